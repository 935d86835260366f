//! Disks that fail under the journal: with an error at once, in the middle of a line, or once all of it is there.
//! Nothing is sent without its line, reads go on, and the chain goes on when the disk does.

use std::io;
use std::path::Path;
use std::sync::Arc;

use orgdeck::domain::connection::Access;
use orgdeck::domain::entry::EntryNo;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Actor, Fault, Keep, Outcome, Plan, Why};
use orgdeck::files::Lines;
use orgdeck::gate::{Crossing, Gate};
use orgdeck::journal;
use orgdeck::journal::file::{Append, File};
use orgdeck::provider::link::Link;
use rustix::io::Errno;
use tempfile::TempDir;

use crate::support::fake::{self, Fake, invite, revoke};

/// A session whose journal lies on a disk of this kind.
struct Session {
    gate: Arc<Gate>,
    actor: Actor,
}

impl Session {
    fn on(folder: &Path, (name, append): (&str, Append)) -> Self {
        let journal = File::new(folder, Keep::default(), fake::wall).on_disk(append);
        Self {
            gate: Arc::new(Gate::new(Arc::new(journal), fake::wall)),
            actor: Actor::new("ana", name),
        }
    }

    async fn record(&self, plan: &Plan) -> Result<EntryNo, Fault> {
        let task = (TaskId(1), Why::Wished);
        let recorded = self.gate.record(&self.actor, task, plan.clone()).await;
        recorded.map_err(|error| error.fault)
    }

    async fn carry(&self, link: &Arc<Link>, plan: &Plan) -> Outcome {
        let crossing = Crossing {
            link: Arc::clone(link),
            actor: self.actor.clone(),
            number: 0,
            step: plan.steps[0].clone(),
            consent: plan.agree(TaskId(1), None).unwrap(),
        };
        self.gate.carry(crossing).await.unwrap()
    }
}

fn at_once<const ERRNO: i32>(_: &mut Lines, _: &[u8]) -> io::Result<()> {
    Err(io::Error::from_raw_os_error(ERRNO))
}

/// The half of a line that nobody could take back.
fn half_way(lines: &mut Lines, bytes: &[u8]) -> io::Result<()> {
    lines.append(&bytes[..bytes.len() / 2])?;
    Err(Errno::IO.into())
}

/// All of it was written, and whether it is on the disk cannot be said.
fn unsynced(lines: &mut Lines, bytes: &[u8]) -> io::Result<()> {
    lines.append(bytes)?;
    Err(Errno::IO.into())
}

/// What was sent cannot be followed by what came of it.
fn no_outcome(lines: &mut Lines, bytes: &[u8]) -> io::Result<()> {
    let is_outcome = String::from_utf8_lossy(bytes).contains(r#""record":"outcome""#);
    if is_outcome {
        return Err(Errno::IO.into());
    }
    lines.append(bytes)
}

const EIO: i32 = Errno::IO.raw_os_error();
const READ_ONLY: i32 = Errno::ROFS.raw_os_error();
const FULL: i32 = Errno::NOSPC.raw_os_error();

#[tokio::test]
async fn r48_a_disk_that_fails_refuses_every_write_with_its_reason_and_no_read() {
    let disks: [(Append, &str); 5] = [
        (at_once::<EIO>, "Input/output error"),
        (at_once::<READ_ONLY>, "Read-only file system"),
        (at_once::<FULL>, "No space left on device"),
        (half_way, "Input/output error"),
        (unsynced, "Input/output error"),
    ];
    for (number, (disk, reason)) in disks.into_iter().enumerate() {
        let home = TempDir::new().unwrap();
        let one = invite("a", "a@old.example");
        let fake = Fake::with(std::slice::from_ref(&one));
        let link = fake.link(Access::Full);
        let broken = Session::on(home.path(), ("first", disk));
        let plan = broken.gate.prepare(&link, revoke(&one)).await.unwrap();
        let is_said = |fault: &Fault| match fault {
            Fault::Unrecorded(why) => {
                why.raw().contains(reason) && why.raw().contains("journal.jsonl")
            }
            _ => false,
        };
        let refused = broken.record(&plan).await.unwrap_err();
        assert!(is_said(&refused), "{number}: {refused:?}");
        let Outcome::Refused(error) = broken.carry(&link, &plan).await else {
            panic!("{number}: nothing may be sent");
        };
        assert!(is_said(&error.fault), "{number}: {error:?}");
        assert!(fake.sent().is_empty(), "{number}");
        drop(broken);
        let well = Session::on(home.path(), ("second", Lines::append));
        let found = well.gate.recover(&well.actor, &[Arc::clone(&link)]).await;
        assert_eq!(found.unwrap().done, 0, "{number}: nothing was done");
        assert!(fake.sent().is_empty(), "{number}");
        let plan = well.gate.prepare(&link, revoke(&one)).await.unwrap();
        well.record(&plan).await.unwrap();
        assert!(
            matches!(well.carry(&link, &plan).await, Outcome::Done(_)),
            "{number}"
        );
        let checked = journal::check(home.path()).unwrap();
        assert_eq!((checked.broken, checked.is_torn), (None, false), "{number}");
    }
}

#[tokio::test]
async fn r48_a_disk_that_fails_after_a_request_leaves_an_end_that_is_looked_up() {
    let home = TempDir::new().unwrap();
    let one = invite("a", "a@old.example");
    let fake = Fake::with(std::slice::from_ref(&one));
    let link = fake.link(Access::Full);
    let broken = Session::on(home.path(), ("first", no_outcome));
    let plan = broken.gate.prepare(&link, revoke(&one)).await.unwrap();
    broken.record(&plan).await.unwrap();
    assert!(matches!(broken.carry(&link, &plan).await, Outcome::Done(_)));
    drop(broken);
    let well = Session::on(home.path(), ("second", Lines::append));
    let found = well.gate.recover(&well.actor, &[Arc::clone(&link)]).await;
    assert_eq!(found.unwrap().done, 1);
    assert_eq!(fake.sent().len(), 1, "it is looked up, not sent again");
}
