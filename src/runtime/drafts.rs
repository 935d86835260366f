//! Keeping drafts beside the loop: what is ordered is done in its order, and only the latest of several
//! contents of one draft is written.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;

use crate::app::Msg;
use crate::domain::{Draft, DraftId, Text};
use crate::files::Drafts;

/// The longest that the end of a session waits for a disk.
const PATIENCE: Duration = Duration::from_millis(500);

/// What is to be done with drafts.
enum Job {
    Keep(u64, Box<Draft>),
    Forget(DraftId),
    Read(Timestamp),
}

impl Job {
    /// The draft that it puts into another state.
    fn about(&self) -> Option<DraftId> {
        match self {
            Self::Keep(number, _) => Some(DraftId::Own(*number)),
            Self::Forget(id) => Some(id.clone()),
            Self::Read(_) => None,
        }
    }
}

/// Keeps the drafts of a session; without a place for them it does nothing.
pub(crate) struct Keeper(Option<(UnboundedSender<Job>, JoinHandle<()>)>);

impl Keeper {
    /// A keeper that tells there what came of it.
    #[expect(
        clippy::disallowed_methods,
        reason = "effects that take time run beside the loop"
    )]
    pub(crate) fn of(drafts: Option<Drafts>, facts: UnboundedSender<Msg>) -> Self {
        Self(drafts.map(|drafts| {
            let (orders, jobs) = unbounded_channel();
            (orders, tokio::spawn(work(drafts, jobs, facts)))
        }))
    }

    pub(crate) fn keep(&self, number: u64, draft: Box<Draft>) {
        self.order(Job::Keep(number, draft));
    }

    pub(crate) fn forget(&self, id: DraftId) {
        self.order(Job::Forget(id));
    }

    pub(crate) fn read(&self, now: Timestamp) {
        self.order(Job::Read(now));
    }

    fn order(&self, job: Job) {
        if let Some((orders, _)) = &self.0 {
            // The worker ends when this does.
            let _ = orders.send(job);
        }
    }

    /// Waits until everything is kept; a disk that does not answer is not waited for.
    pub(crate) async fn end(&mut self) {
        if let Some((orders, worker)) = self.0.take() {
            drop(orders);
            let _ = timeout(PATIENCE, worker).await;
        }
    }
}

async fn work(mut drafts: Drafts, mut jobs: UnboundedReceiver<Job>, facts: UnboundedSender<Msg>) {
    while let Some(first) = jobs.recv().await {
        let mut batch = vec![first];
        while let Ok(next) = jobs.try_recv() {
            batch.push(next);
        }
        let facts = facts.clone();
        let done = spawn_blocking(move || {
            for msg in latest(batch)
                .into_iter()
                .filter_map(|job| carry_out(&mut drafts, job))
            {
                // Who has gone wants to know nothing more.
                let _ = facts.send(msg);
            }
            drafts
        });
        drafts = match done.await {
            Ok(drafts) => drafts,
            // What panicked there has said so itself.
            Err(_) => return,
        };
    }
}

/// Jobs without those that a later one makes void.
fn latest(mut batch: Vec<Job>) -> Vec<Job> {
    let abouts: Vec<Option<DraftId>> = batch.iter().map(Job::about).collect();
    let mut number = 0;
    batch.retain(|job| {
        number += 1;
        let about = job.about();
        about.is_none() || !abouts[number..].contains(&about)
    });
    batch
}

/// Does one job: what is to be said of it.
fn carry_out(drafts: &mut Drafts, job: Job) -> Option<Msg> {
    let done = match job {
        Job::Keep(number, draft) => drafts.keep(number, &draft),
        Job::Forget(id) => drafts.forget(&id),
        Job::Read(now) => {
            return Some(Msg::Drafts(Box::new(drafts.leftover(now))));
        }
    };
    done.err().map(|why: Text| Msg::Unkept(why))
}
