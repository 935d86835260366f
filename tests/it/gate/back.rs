//! The way back over a journal of many segments: its newest ones say what all of it would.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use orgdeck::domain::back::Way;
use orgdeck::domain::connection::Access;
use orgdeck::domain::entry::{EntryNo, SessionId};
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Actor, Entry, Fidelity, Keep, Outcome, Record, Text, Verb, Why, Wish};
use orgdeck::gate::{Crossing, Gate};
use orgdeck::journal::file::File;
use orgdeck::journal::{Journal, Newest, Takeover};
use orgdeck::provider::link::Link;
use tempfile::TempDir;

use crate::support::fake::{self, Fake, invite, revoke};

/// A journal that counts the parts that were asked for at once, or gives no part alone.
struct Counted {
    file: File,
    most: Option<AtomicUsize>,
}

impl Journal for Counted {
    fn append(&self, entry: Entry) -> BoxFuture<'_, Result<EntryNo, Text>> {
        self.file.append(entry)
    }

    fn since(&self, start: Timestamp) -> BoxFuture<'_, Result<Vec<Record>, Text>> {
        self.file.since(start)
    }

    fn newest(&self, parts: usize) -> BoxFuture<'_, Result<Newest, Text>> {
        match &self.most {
            Some(most) => {
                most.fetch_max(parts, Ordering::Relaxed);
                self.file.newest(parts)
            }
            None => self.file.newest(usize::MAX),
        }
    }

    fn ready(&self) -> BoxFuture<'_, Result<Option<Text>, Text>> {
        self.file.ready()
    }

    fn take_over(&self, session: &SessionId) -> Option<Box<dyn Takeover>> {
        self.file.take_over(session)
    }
}

struct House {
    journal: Arc<Counted>,
    gate: Arc<Gate>,
    links: [Arc<Link>; 1],
}

impl House {
    fn over(home: &TempDir, most: Option<AtomicUsize>, link: &Arc<Link>) -> Self {
        let keep = (Keep::default(), 2_000);
        let file = File::in_segments(home.path(), keep, fake::wall);
        let journal = Arc::new(Counted { file, most });
        Self {
            gate: Arc::new(Gate::new(Arc::clone(&journal) as _, fake::wall)),
            journal,
            links: [Arc::clone(link)],
        }
    }

    async fn carry(&self, task: u64, (why, wish): (Why, Wish)) {
        let actor = Actor::new("ana", "one");
        let plan = self.gate.prepare(&self.links[0], wish).await.unwrap();
        let recorded = self.gate.record(&actor, (TaskId(task), why), plan.clone());
        recorded.await.unwrap();
        let carried = self.gate.carry(Crossing {
            link: Arc::clone(&self.links[0]),
            actor,
            number: 0,
            step: plan.steps[0].clone(),
            consent: plan.agree(TaskId(task), None).unwrap(),
        });
        assert!(matches!(carried.await.unwrap(), Outcome::Done(_)));
    }

    async fn back(&self, task: u64, way: Way) {
        let mut back = self.gate.way(&self.links, (way, None)).await.unwrap();
        let wish = back.wishes.remove(0);
        self.carry(task, (back.why, wish)).await;
    }

    async fn told(&self, way: Way, entry: Option<u64>) -> String {
        let told = self.gate.way(&self.links, (way, entry.map(EntryNo))).await;
        format!("{told:?}")
    }
}

#[tokio::test]
async fn the_newest_segments_say_what_all_of_them_would() {
    let home = TempDir::new().unwrap();
    let old: Vec<_> = (0..20)
        .map(|number| {
            invite(
                &format!("inv_old{number}"),
                &format!("p{number}@old.example"),
            )
        })
        .collect();
    let mut can = fake::everything();
    can.undo = &[(Verb::InviteRevoke, Fidelity::Exact)];
    let link = Link::new(fake::connection(Access::Full), Fake::with(&old), can);
    let link = Arc::new(link);
    let parts = House::over(&home, Some(AtomicUsize::new(0)), &link);
    let whole = House::over(&home, None, &link);
    parts.carry(1, (Why::Wished, revoke(&old[0]))).await;
    for task in 2..20 {
        match task % 6 {
            0 | 3 => parts.back(task, Way::Undo).await,
            4 => parts.back(task, Way::Redo).await,
            _ => {
                let wish = revoke(&old[usize::try_from(task).unwrap()]);
                parts.carry(task, (Why::Wished, wish)).await;
            }
        }
        for way in [Way::Undo, Way::Redo] {
            for entry in std::iter::once(None).chain((0..task * 3).map(Some)) {
                let (some, all) = (parts.told(way, entry), whole.told(way, entry));
                assert_eq!(some.await, all.await, "{way:?} {entry:?} after {task}");
            }
        }
    }
    let fresh = House::over(&home, Some(AtomicUsize::new(0)), &link);
    assert!(fresh.told(Way::Undo, None).await.starts_with("Ok("));
    let asked = fresh.journal.most.as_ref().unwrap().load(Ordering::Relaxed);
    let segments = std::fs::read_dir(home.path()).unwrap().count();
    assert!(asked <= 4 && segments > 12, "{asked} of {segments}");
}
