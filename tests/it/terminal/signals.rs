//! Whatever is on the screen, a signal puts the terminal back and ends the program with its code; what
//! is under way at a service is not waited for, and stands open in the journal.

use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};
use rustix::process::Signal;

use crate::cli::command::stage::{Stage, until};
use crate::support::pty::{Modes, Pty};
use crate::support::sight::Sight;

const SIZE: (u16, u16) = (120, 36);

/// The signals that end a program, and its exit code then.
const ENDS: [(Signal, i32); 4] = [
    (Signal::TERM, 143),
    (Signal::HUP, 129),
    (Signal::INT, 130),
    (Signal::QUIT, 131),
];

/// What is on the screen when the signal comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Lists,
    Loading,
    FilterLine,
    HalfAForm,
    Dialog,
    WriteUnderWay,
    TaskUnderWay,
    Palette,
    Help,
    Details,
    TokenPrompt,
    HalfAPaste,
}

const STATES: [State; 12] = [
    State::Lists,
    State::Loading,
    State::FilterLine,
    State::HalfAForm,
    State::Dialog,
    State::WriteUnderWay,
    State::TaskUnderWay,
    State::Palette,
    State::Help,
    State::Details,
    State::TokenPrompt,
    State::HalfAPaste,
];

impl State {
    /// What has to happen at the service for it.
    fn prepare(self, served: &Stage) {
        match self {
            Self::Loading => served
                .sandbox
                .fail(Service::Clerk, Rule::always(Fault::NeverAnswer)),
            Self::TokenPrompt => {
                let token = served.sandbox.face(Service::Clerk).token.clone();
                served
                    .sandbox
                    .world(|world| world.revoke(Service::Clerk, &token));
            }
            Self::WriteUnderWay | Self::TaskUnderWay => {
                let rule = Rule::always(Fault::Withhold).method("DELETE");
                served.sandbox.fail(Service::Clerk, rule);
            }
            Self::Lists
            | Self::FilterLine
            | Self::HalfAForm
            | Self::Dialog
            | Self::Palette
            | Self::Help
            | Self::Details
            | Self::HalfAPaste => {}
        }
    }

    /// How many writes are under way in it: sent and applied, but not answered.
    fn writes(self) -> usize {
        match self {
            Self::WriteUnderWay => 1,
            Self::TaskUnderWay => 3,
            Self::Lists
            | Self::Loading
            | Self::FilterLine
            | Self::HalfAForm
            | Self::Dialog
            | Self::Palette
            | Self::Help
            | Self::Details
            | Self::TokenPrompt
            | Self::HalfAPaste => 0,
        }
    }
}

/// The console at the shop, in some state, and its terminal's modes before it came.
struct Seat {
    // Dropped in this order: who is served ends before who serves.
    sight: Sight,
    stage: Stage,
    before: Modes,
}

impl Seat {
    fn in_state(state: State) -> Self {
        let served = Stage::new();
        state.prepare(&served);
        let before = Pty::start(std::process::Command::new("true"), SIZE).modes();
        let command = served.command(&["--profile", "clerk"]);
        let mut seat = Self {
            sight: Sight::of(command, SIZE),
            stage: served,
            before,
        };
        seat.reach(state);
        seat.assert_taken(state);
        seat
    }

    fn reach(&mut self, state: State) {
        if state == State::Loading {
            self.sight.sees(&["Organizations"]);
            return until(|| !self.stage.sandbox.requests(Service::Clerk).is_empty());
        }
        if state == State::TokenPrompt {
            self.sight.sees(&["token"]);
            return;
        }
        self.sight.sees(&["Acme Shop"]);
        self.types("1G", &["hedda@acme.example", "hal@acme.example"]);
        match state {
            State::Lists => {}
            State::FilterLine => self.types("3/hed", &["filter / hed"]),
            State::HalfAForm => self.types("ikim@half", &["Invite people to", "kim@half"]),
            State::Dialog => self.types("3jD", &["Will send 1 request"]),
            State::Palette => self.types("\x10rem", &["Everything by name", "rem"]),
            State::Help => self.types("?", &["Help: the organizations"]),
            State::Details => self.types("3d", &["AS THE SERVICE SENT IT"]),
            State::HalfAPaste => self.sight.pty.types("\x1b[200~half a paste"),
            State::WriteUnderWay => self.agrees(state, "3jD"),
            State::TaskUnderWay => self.agrees(state, "3jvjjD"),
            State::Loading | State::TokenPrompt => unreachable!("reached above"),
        }
    }

    fn types(&mut self, keys: &str, seen: &[&str]) {
        self.sight.pty.types(keys);
        self.sight.sees(seen);
    }

    /// Opens a question, agrees to it, and waits until its writes have reached the service.
    fn agrees(&mut self, state: State, keys: &str) {
        self.types(keys, &["Yes, remove", "Will send"]);
        let what = ["a question that may be answered"];
        self.sight
            .until(&what, |text| !text.contains("ready in a moment"));
        self.sight.pty.types("y");
        until(|| self.stage.writes(Service::Clerk).len() == state.writes());
    }

    fn assert_taken(&self, state: State) {
        assert_ne!(self.sight.pty.modes(), self.before, "{state:?}: raw");
        assert!(self.sight.pty.is_on("?1049"), "{state:?}: second screen");
    }

    fn assert_restored(&self, what: &str) {
        let odd = self.sight.pty.odd_modes();
        assert!(odd.is_empty(), "{what}: {odd:?} are left");
        assert!(!self.sight.pty.text().contains("\x1b[>"), "{what}: keys");
        assert_eq!(self.sight.pty.modes(), self.before, "{what}: as before");
    }

    /// What the journal holds of its writes: how many were begun, how many have come to an end.
    fn journal(&self) -> (usize, usize) {
        let path = ".local/state/orgdeck/journal.jsonl";
        let lines = std::fs::read_to_string(self.stage.home.path().join(path)).unwrap_or_default();
        let count = |record| lines.matches(&format!("\"record\":\"{record}\"")).count();
        (count("intent"), count("outcome"))
    }

    /// Writes that were under way are open in the journal, and the next start settles them by reading.
    fn assert_left_open(&self, state: State) {
        let writes = state.writes();
        assert_eq!(self.journal(), (writes, 0), "{state:?}");
        if writes == 0 {
            return;
        }
        let told = self.stage.run("journal list").stderr;
        assert!(told.contains("open when the program ended"), "{told}");
        assert!(told.contains(&format!("{writes} done")), "{told}");
        assert_eq!(self.journal(), (writes, writes), "{state:?}");
        assert_eq!(self.stage.writes(Service::Clerk).len(), writes, "{state:?}");
    }
}

/// Whether a screen is as it was, but for a line or two: ages move on, and something may have been read.
fn is_like(text: &str, shown: &str) -> bool {
    let pairs = text.lines().zip(shown.lines());
    pairs.filter(|(now, before)| now != before).count() <= 2
}

#[test]
fn r17_every_signal_in_every_state_restores_the_terminal_and_waits_for_no_write() {
    for state in STATES {
        for (signal, code) in ENDS {
            let mut seat = Seat::in_state(state);
            seat.sight.pty.signal(signal);
            let what = format!("{state:?} {signal:?}");
            assert_eq!(seat.sight.pty.wait_end(), code, "{what}");
            seat.assert_restored(&what);
            seat.assert_left_open(state);
        }
    }
}

/// A hundred of a hundred: every state so many times, all states side by side.
const HANG_UPS: usize = 9;

#[test]
fn r18_a_terminal_that_is_gone_ends_the_program_in_every_state() {
    let hang_up = |state: State| {
        let mut seat = Seat::in_state(state);
        seat.sight.pty.hang_up();
        assert_eq!(seat.sight.pty.wait_end(), 129, "{state:?}");
        seat.assert_left_open(state);
    };
    const { assert!(HANG_UPS * STATES.len() >= 100) };
    std::thread::scope(|scope| {
        for state in STATES {
            scope.spawn(move || (0..HANG_UPS).for_each(|_| hang_up(state)));
        }
    });
}

#[test]
fn r59_every_state_is_there_again_after_a_stop() {
    for state in STATES {
        let mut seat = Seat::in_state(state);
        let shown = seat.sight.text();
        let drawn = seat.sight.drawn();
        seat.sight.pty.signal(Signal::TSTP);
        seat.sight.pty.wait_stopped();
        let stopped = seat.sight.pty.wait_for("\x1b[?1049l", drawn);
        seat.assert_restored(&format!("{state:?}, stopped"));
        seat.sight.pty.signal(Signal::CONT);
        seat.sight.pty.wait_for("\x1b[?1049h", stopped);
        let what = [shown.as_str()];
        seat.sight.until(&what, |text| is_like(text, &shown));
        seat.assert_taken(state);
        seat.sight.pty.signal(Signal::TERM);
        assert_eq!(seat.sight.pty.wait_end(), 143, "{state:?}");
        seat.assert_restored(&format!("{state:?}, ended"));
    }
}

#[test]
fn r60_a_storm_of_sizes_ends_on_a_whole_screen() {
    for state in STATES {
        let mut seat = Seat::in_state(state);
        for round in 0..12_u16 {
            for (columns, rows) in [(1, 1), (10, 3), (500, 200), (0, 0), (39, 9), (60, 20)] {
                seat.sight.pty.resize(columns + round % 3, rows);
            }
        }
        let stormed = seat.sight.pty.seen.len();
        seat.sight.pty.resize(1, 1);
        seat.sight.pty.resize(30, 9);
        seat.sight.pty.wait_for("needs", stormed);
        seat.sight.pty.signal(Signal::TERM);
        assert_eq!(seat.sight.pty.wait_end(), 143, "{state:?}");
        seat.assert_restored(&format!("{state:?}"));
    }
}
