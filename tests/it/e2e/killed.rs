//! Killed in the middle of a bulk: the next start says how far it had come, looks up what was open, and
//! takes up the rest. In the end the service's own record holds each row exactly once.

use std::collections::BTreeMap;

use orgdeck::sandbox::Service::{self, Balena, Clerk};
use orgdeck::sandbox::faults::{Fault, Rule};
use orgdeck::sandbox::world::{InviteState, World};
use rustix::process::{Pid, Signal, kill_process};

use super::hands::BACK;
use super::seat::Seat;
use crate::cli::command::stage::{Stage, until};

/// The rows of the bulk.
const ROWS: usize = 60;

/// The requests that a task has under way at once.
const WORKERS: usize = 4;

/// Where the addresses of the tests are.
const OURS: &str = "@kills.example";

/// Where the requests stand that are under way when the program is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// They have reached the service, which did nothing yet.
    Before,
    /// The service has done them, and its answers are on their way.
    After,
}

impl Moment {
    fn fault(self) -> Fault {
        match self {
            Self::Before => Fault::NeverAnswer,
            Self::After => Fault::Withhold,
        }
    }
}

/// An organization on Clerk with so many open invites.
fn invited() -> Stage {
    let stage = Stage::new();
    stage.sandbox.world(|world| {
        let org = world.orgs(Clerk).find(|org| org.name == "Acme Shop");
        let org = org.unwrap().key;
        for number in 0..ROWS {
            let fill = |invite: &mut orgdeck::sandbox::world::Invite| {
                invite.role = Some("org:member".to_owned());
            };
            world.add_invite(org, &format!("n{number:02}{OURS}"), fill);
        }
    });
    stage
}

/// The states of the invites to our addresses, by the service's own record.
fn record(stage: &Stage, service: Service) -> BTreeMap<String, Vec<InviteState>> {
    let mut all: BTreeMap<String, Vec<InviteState>> = BTreeMap::new();
    let states = |world: &mut World| {
        for invite in world.invites(service) {
            if invite.email.ends_with(OURS) {
                let states = all.entry(invite.email.clone()).or_default();
                states.push(invite.state_at(world.now()));
            }
        }
    };
    stage.sandbox.world(states);
    all
}

/// Ends the program by a signal when so many writes have reached the service.
fn end_at(seat: Seat, (stage, service): (&Stage, Service), (writes, signal): (usize, Signal)) {
    until(|| stage.writes(service).len() == writes);
    let pid = i32::try_from(seat.terminal.pid().unwrap()).unwrap();
    kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    let mut terminal = seat.terminal;
    terminal.wait_exit().unwrap();
    stage.sandbox.heal(service);
}

/// Says yes to the question on the screen, by the name where one is asked for.
fn agrees(seat: &mut Seat, (rows, name): (usize, &str)) {
    let requests = match rows {
        1 => "Will send 1 request:".to_owned(),
        _ => format!("Will send {rows} requests"),
    };
    if rows > 5 {
        seat.is_armed(&[&requests]);
        seat.types(name);
        seat.is_armed(&["(matches)"]);
        seat.types("\t\t\r");
    } else {
        seat.is_armed(&[&requests]);
        seat.types("y");
    }
}

/// Revokes all of them, and is ended when the writes from this one on, from 1, are under way.
fn revokes(stage: &Stage, (first, moment): (usize, Moment), signal: Signal) {
    let rule = Rule::always(moment.fault()).path("/revoke");
    stage.sandbox.fail(Clerk, rule.after(first - 1));
    let mut seat = Seat::on(stage, "clerk/acme-shop/invites");
    seat.sees(&[&format!("n{}{OURS}", ROWS - 1)]);
    seat.types("/kills\r");
    seat.sees(&[&format!("filter: kills, {ROWS} of")]);
    seat.types("*D");
    agrees(&mut seat, (ROWS, "Acme Shop"));
    let writes = ROWS.min(first - 1 + WORKERS);
    end_at(seat, (stage, Clerk), (writes, signal));
}

/// The next start after that: what it says, what it takes up, and what the record holds in the end.
fn resumes(stage: &Stage, (first, moment): (usize, Moment)) {
    let open = WORKERS.min(ROWS + 1 - first);
    let done = match moment {
        Moment::Before => first - 1,
        Moment::After => first - 1 + open,
    };
    let left = ROWS - done;
    let before = stage.writes(Clerk).len();
    let mut seat = Seat::on(stage, "clerk/acme-shop/invites");
    if left == 0 {
        // An answer that came as the program was killed may not have been written down: it is open, too.
        seat.sees(&["writes were open", "0 not done, 0 unknown"]);
        seat.types("w\r");
        seat.sees(&[&format!("{ROWS} done")]);
    } else {
        seat.sees(&[&format!("{done} done, 0 unknown, {left} not started")]);
        seat.types("w\r");
        seat.sees(&["interrupted", &format!("{left} not sent")]);
        assert_eq!(stage.writes(Clerk).len(), before, "nothing went out yet");
        seat.types("gf");
        agrees(&mut seat, (left, "Acme Shop"));
        seat.sees(&[&format!("{left} done")]);
    }
    let revoked: Vec<_> = record(stage, Clerk).into_values().collect();
    assert_eq!(
        revoked,
        vec![vec![InviteState::Revoked]; ROWS],
        "each of them once"
    );
    let again = match moment {
        Moment::Before => open,
        Moment::After => 0,
    };
    assert_eq!(
        stage.writes(Clerk).len(),
        ROWS + again,
        "only what was not applied went out again"
    );
    drop(seat);
    let said = stage.run("journal list");
    assert_eq!(said.stderr, "", "nothing is open and nothing is left");
    assert_eq!(stage.run("journal verify").code, Some(0));
}

fn killed_at(first: usize, moment: Moment) {
    let stage = invited();
    revokes(&stage, (first, moment), Signal::KILL);
    resumes(&stage, (first, moment));
}

#[test]
fn r19_killed_with_the_first_requests_at_the_service() {
    killed_at(1, Moment::Before);
}

#[test]
fn r19_killed_when_the_first_requests_were_applied() {
    killed_at(1, Moment::After);
}

#[test]
fn r19_killed_in_the_middle_before_anything_was_applied() {
    killed_at(31, Moment::Before);
}

#[test]
fn r19_killed_in_the_middle_after_it_was_applied() {
    killed_at(31, Moment::After);
}

#[test]
fn r19_killed_with_the_last_requests_at_the_service() {
    killed_at(58, Moment::Before);
}

#[test]
fn r19_killed_when_the_last_requests_were_applied() {
    killed_at(58, Moment::After);
}

/// A signal does not wait for the answer: what is under way stays open, and the next start looks it up.
#[test]
fn r17_a_signal_waits_for_nothing_and_the_next_start_takes_it_up() {
    for signal in [Signal::TERM, Signal::HUP] {
        let stage = invited();
        revokes(&stage, (12, Moment::After), signal);
        resumes(&stage, (12, Moment::After));
    }
}

/// Mails that went out twice could not be taken back.
#[test]
fn r19_invites_that_were_interrupted_go_out_once_each() {
    for moment in [Moment::Before, Moment::After] {
        let stage = Stage::new();
        let rule = Rule::always(moment.fault()).method("POST");
        stage.sandbox.fail(Balena, rule.after(1));
        let mut seat = Seat::on(&stage, "balena/acme_fleet/invites");
        seat.sees(&["Acme Fleet (", "hal@acme.example"]);
        seat.types("I");
        seat.sees(&["Invite many to Acme Fleet", "[ Send ]"]);
        seat.misses(&["reading the roles"]);
        let addresses: Vec<String> = (0..5).map(|number| format!("n{number}{OURS}")).collect();
        seat.types(&addresses.join("\r"));
        seat.sees(&["5 addresses"]);
        seat.types(&format!("{BACK}{BACK}\r"));
        seat.is_armed(&["Will send 5 requests"]);
        seat.types("\t\r");
        end_at(seat, (&stage, Balena), (5, Signal::KILL));
        let (done, left) = match moment {
            Moment::Before => (1, 4),
            Moment::After => (5, 0),
        };
        let mut seat = Seat::on(&stage, "balena/acme_fleet/invites");
        if left > 0 {
            seat.sees(&[&format!("{done} done, 0 unknown, {left} not started")]);
            seat.types("gf");
            agrees(&mut seat, (left, ""));
        }
        seat.sees(&["writes were open"]);
        until(|| stage.writes(Balena).len() == 5 + left);
        let once = vec![vec![InviteState::Pending]; 5];
        until(|| record(&stage, Balena).into_values().collect::<Vec<_>>() == once);
    }
}
