//! Tests of the journal: what is written, what can be read back, and what it survives.

mod file;
mod keep;
mod open;
mod pictures;
mod two;
mod wire;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use orgdeck::domain::Keep;
use orgdeck::domain::entry::{EntryNo, Event};
use orgdeck::domain::plan::{Seen, TaskId};
use orgdeck::domain::{
    Actor, Entry, InviteDraft, Method, Mutation, OrgId, Outcome, Profile, Receipt, Record, Request,
    Text,
};
use orgdeck::journal::Journal as _;
use orgdeck::journal::file::File;
use tempfile::TempDir;

use crate::support::fake::wall;

/// A journal in a folder of its own.
struct Shelf {
    home: TempDir,
}

impl Shelf {
    fn new() -> Self {
        Self {
            home: TempDir::new().unwrap(),
        }
    }

    /// The folder, which is not there before the first record.
    fn folder(&self) -> PathBuf {
        self.home.path().join("state/orgdeck")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    fn journal(&self) -> File {
        File::new(&self.folder(), Keep::default(), wall)
    }

    fn lines(&self) -> Vec<String> {
        lines(&self.path("journal.jsonl"))
    }
}

fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn profile() -> Profile {
    Profile::new("shop")
}

/// An entry of this session.
fn entry(session: &str, event: Event) -> Entry {
    Entry {
        at: wall(),
        actor: Actor::new("ana", session),
        principal: Some(Text::from("ana@acme.example")),
        profile: profile(),
        event,
    }
}

/// An intent to invite somebody with this name.
fn intent(email: &str) -> Event {
    intent_of(Mutation::Invite {
        org: OrgId::new(&profile(), "org_1"),
        draft: InviteDraft::to(email),
    })
}

fn intent_of(change: Mutation) -> Event {
    Event::Intent {
        task: TaskId(1),
        step: 0,
        change: Box::new(change),
        request: Box::new(Request::new(
            Method::Post,
            "/v1/organizations/org_1/invitations",
        )),
        before: Box::new(Seen::Gone),
    }
}

fn done(intent: u64) -> Event {
    Event::Ended {
        intent: EntryNo(intent),
        outcome: Box::new(Outcome::Done(Receipt::default())),
        took: Duration::from_millis(12),
    }
}

async fn all(journal: &File) -> Vec<Record> {
    journal.since(Timestamp::MIN).await.unwrap()
}
