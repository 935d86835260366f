//! What was typed into a form of the built program, over kills, signals, refusals and sending.

use std::fs;
use std::path::Path;

use orgdeck::sandbox::faults::{Fault, Rule};
use orgdeck::sandbox::{Options, Sandbox, Service};
use tempfile::TempDir;
use termlens::Signal;
use tokio::runtime::Runtime;

use super::seat::{LARGE, NEW, Seat};
use crate::sandbox::origin;
use crate::support::program::{configure, until};

/// The services, played on loopback.
struct Town {
    // Dropped in this order: what is served ends before what it is served on.
    sandbox: Sandbox,
    _runtime: Runtime,
}

impl Town {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let within = runtime.enter();
        let sandbox = Sandbox::start(&Options::demo(origin())).unwrap();
        drop(within);
        Self {
            sandbox,
            _runtime: runtime,
        }
    }

    /// A home with a profile for each of them.
    fn home(&self) -> TempDir {
        let home = TempDir::new().unwrap();
        configure(home.path(), &self.sandbox);
        home
    }

    /// How many invites were sent.
    fn invited(&self) -> usize {
        let requests = self.sandbox.requests(Service::Clerk);
        requests.iter().filter(|one| one.method == "POST").count()
    }
}

/// The drafts below a home, all of them together.
fn drafts(home: &Path) -> String {
    let folder = home.join(".local/state/orgdeck/drafts");
    let Ok(entries) = fs::read_dir(folder) else {
        return String::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let drafts = paths.filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    // One may be replaced while it is looked at.
    drafts
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}

const WEB: &str = "https://acme.example/welcome";

/// Somebody who fills an invite in and sends nothing.
fn typing(home: TempDir) -> Seat {
    let mut seat = Seat::at(home, &[], LARGE);
    seat.opens("Acme Shop");
    seat.types("i");
    seat.sees(&["Invite people to", "[ Send ]"]);
    seat.misses(&["reading the roles"]);
    seat.types(&format!("{NEW}\t\x1b[A\t{WEB}\t14\t \t{{\"team\": 7}}"));
    seat.sees(&[NEW, WEB, "14", "\"team\": 7"]);
    seat
}

/// The draft is offered and not filled in, and comes back whole.
fn is_offered(home: TempDir) -> Seat {
    let mut seat = Seat::at(home, &[], LARGE);
    seat.sees(&["a draft of a form that was not sent is kept"]);
    seat.opens("Acme Shop");
    seat.types("i");
    seat.sees(&["A draft from", "was not sent: ^t takes it, ^x discards it"]);
    seat.misses(&[NEW, "reading the roles"]);
    seat.types("\x14");
    seat.sees(&[NEW, WEB, "14", "\"team\": 7", "From the draft"]);
    seat
}

#[test]
fn r53_a_kill_loses_nothing_that_was_typed_two_seconds_ago() {
    let town = Town::new();
    let seat = typing(town.home());
    until(|| drafts(seat.home()).contains("team"));
    is_offered(seat.ends_by(Signal::Kill));
    assert_eq!(town.invited(), 0);
}

#[test]
fn a_signal_loses_nothing_at_all() {
    for signal in [Signal::Hup, Signal::Term] {
        let town = Town::new();
        let seat = typing(town.home());
        let home = seat.ends_by(signal);
        assert!(drafts(home.path()).contains("team"), "{signal:?}");
        is_offered(home);
        assert_eq!(town.invited(), 0);
    }
}

#[test]
fn what_was_sent_leaves_no_draft() {
    let town = Town::new();
    let mut seat = typing(town.home());
    seat.types("\x1b[Z\x1b[Z\x1b[Z\x1b[Z\x1b[Z\x1b[Z\x1b[Z\r");
    seat.is_armed(&["Will send 1 request:", "[ Send 1 ]"]);
    until(|| drafts(seat.home()).contains("team"));
    seat.types("\t\r");
    seat.sees(&[&format!("invite {NEW}: done")]);
    until(|| drafts(seat.home()).is_empty());
    assert_eq!(town.invited(), 1);
    seat.types("q");
    assert!(seat.terminal.wait_exit().unwrap().success());
    assert_eq!(drafts(seat.home()), "");
}

#[test]
fn what_was_refused_stays_in_the_form_and_on_the_disk() {
    let town = Town::new();
    let refusal = r#"{"errors":[{"code":"duplicate","message":"no more of these","long_message":"no more of these"}]}"#;
    let rule = Rule::always(Fault::Status(422, Vec::new(), refusal.to_owned()));
    town.sandbox.fail(Service::Clerk, rule.method("POST"));
    let mut seat = typing(town.home());
    seat.types("\x1b[Z\x1b[Z\x1b[Z\x1b[Z\x1b[Z\x1b[Z\x1b[Z\r");
    seat.is_armed(&["Will send 1 request:", "[ Send 1 ]"]);
    seat.types("\t\r");
    seat.sees(&["no more of these", "[ Preview ]"]);
    seat.types("\x1b[Z\x1b[Z\x1b[Z");
    until(|| drafts(seat.home()).contains("refused"));
    let home = seat.ends_by(Signal::Kill);
    let mut seat = Seat::at(home, &[], LARGE);
    seat.opens("Acme Shop");
    seat.types("i");
    seat.sees(&["was refused: ^t takes it"]);
    seat.types("\x14");
    seat.sees(&[NEW, WEB, "14", "\"team\": 7"]);
    seat.types("\x1b");
    seat.misses(&["[ Preview ]"]);
    seat.types("gd");
    seat.sees(&["Drafts of forms", "Invite people to Acme Shop"]);
    seat.types("\x18");
    seat.sees(&["Nothing is kept"]);
    until(|| drafts(seat.home()).is_empty());
}
