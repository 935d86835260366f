//! Tests of the guard, from outside: whatever ends the program, the terminal is as it was before.

use std::process::Command;

use orgdeck::terminal::{Guard, guard};
use rustix::process::Signal;
use tempfile::TempDir;

use crate::support::program::orgdeck;
use crate::support::pty::{Modes, Pty};

/// A console on a terminal, its first frame drawn, and the terminal's modes before it came.
struct Open {
    pty: Pty,
    before: Modes,
    _home: TempDir,
}

/// What is on the first screen, which needs neither configuration nor network.
const FIRST_SCREEN: &str = "Add a profile";

fn open() -> Open {
    let home = TempDir::new().unwrap();
    let command = orgdeck(&[], home.path());
    let before = Pty::start(Command::new("true"), (80, 24)).modes();
    let mut pty = Pty::start(command, (80, 24));
    pty.wait_for(FIRST_SCREEN, 0);
    Open {
        pty,
        before,
        _home: home,
    }
}

impl Open {
    fn assert_taken(&self) {
        assert!(self.pty.is_on("?1049"), "alternate screen");
        assert!(self.pty.is_on("?2004"), "pasted text is marked");
        assert!(!self.pty.is_on("?25"), "cursor hidden");
        assert_ne!(self.pty.modes(), self.before, "raw");
    }

    fn assert_restored(&self) {
        assert!(!self.pty.is_on("?1049"), "normal screen");
        assert!(!self.pty.is_on("?2004"), "pasted text is not marked");
        assert!(self.pty.is_on("?25"), "cursor shown");
        assert_eq!(self.pty.modes(), self.before, "as before");
    }
}

#[test]
fn quitting_restores_the_terminal() {
    let mut open = open();
    open.assert_taken();
    open.pty.types("q");
    assert_eq!(open.pty.wait_end(), 0);
    open.assert_restored();
}

#[test]
fn r17_every_signal_restores_the_terminal_and_ends_with_its_code() {
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
        (Signal::ABORT, 134),
        (Signal::USR1, 138),
        (Signal::USR2, 140),
        (Signal::ALARM, 142),
        (Signal::XCPU, 152),
        (Signal::VTALARM, 154),
        (Signal::PROF, 155),
        (Signal::IO, 157),
    ] {
        let mut open = open();
        open.pty.signal(signal);
        assert_eq!(open.pty.wait_end(), code, "{signal:?}");
        open.assert_restored();
    }
}

#[test]
fn r17_a_signal_restores_the_terminal_in_every_state_of_the_screen() {
    for keys in [
        "",
        "?",
        "/x",
        ".",
        "i",
        "d",
        "z5",
        "4D",
        "\x1b[200~half a paste",
    ] {
        let home = TempDir::new().unwrap();
        let mut pty = Pty::start(orgdeck(&["--demo"], home.path()), (120, 36));
        pty.wait_for("Members", 0);
        let drawn = pty.seen.len();
        pty.types(keys);
        if !keys.is_empty() && !keys.contains("paste") {
            pty.wait_for("\x1b[", drawn);
        }
        pty.signal(Signal::TERM);
        assert_eq!(pty.wait_end(), 143, "{keys:?}");
        assert!(!pty.is_on("?1049") && !pty.is_on("?2004"), "{keys:?}");
        assert!(pty.is_on("?25"), "{keys:?}");
    }
}

/// Nobody sends a signal here: the end of the input says it all.
#[test]
fn r18_a_terminal_that_is_gone_ends_the_program() {
    let mut open = open();
    open.pty.hang_up();
    assert_eq!(open.pty.wait_end(), 129);
}

#[test]
fn r59_stopping_restores_and_continuing_takes_the_terminal_again() {
    for by_key in [true, false] {
        let mut open = open();
        if by_key {
            open.pty.types("\x1a");
        } else {
            open.pty.signal(Signal::TSTP);
        }
        open.pty.wait_stopped();
        let stopped = open.pty.wait_for("\x1b[?1049l", 0);
        open.assert_restored();
        open.pty.signal(Signal::CONT);
        let back = open.pty.wait_for("\x1b[?1049h", stopped);
        open.pty.wait_for(FIRST_SCREEN, back);
        open.assert_taken();
        open.pty.types("q");
        assert_eq!(open.pty.wait_end(), 0);
        open.assert_restored();
    }
}

#[test]
fn r60_another_size_is_drawn_at_once_and_the_smallest_says_so() {
    let mut open = open();
    let drawn = open.pty.seen.len();
    open.pty.resize(30, 9);
    let small = open.pty.wait_for("needs", drawn);
    open.pty.resize(1, 1);
    open.pty.resize(500, 200);
    open.pty.wait_for(FIRST_SCREEN, small);
    open.pty.types("q");
    assert_eq!(open.pty.wait_end(), 0);
}

#[test]
fn each_kind_of_terminal_is_told_what_it_understands() {
    for (term, marked, colored, drawn) in [
        ("xterm-256color", true, true, true),
        ("screen", true, true, true),
        ("linux", false, true, true),
        ("dumb", false, false, false),
    ] {
        let home = TempDir::new().unwrap();
        let mut command = orgdeck(&["--demo"], home.path());
        command.env("TERM", term);
        let mut pty = Pty::start(command, (120, 36));
        pty.wait_for("Organizations", 0);
        pty.types("q");
        assert_eq!(pty.wait_end(), 0, "{term}");
        let text = pty.text();
        assert_eq!(text.contains("\x1b[?2026h"), marked, "{term}: frames");
        assert_eq!(has_color(&text), colored, "{term}: colours");
        assert_eq!(text.contains('─'), drawn, "{term}: lines");
        assert_eq!(text.contains("+-"), !drawn, "{term}: ASCII");
    }
}

/// Whether a sequence chooses a colour; 39 and 49 go back to the usual ones.
fn has_color(text: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || c == ';';
    let sequences = text.split("\x1b[").skip(1);
    let styles = sequences.filter(|rest| rest.trim_start_matches(is_number).starts_with('m'));
    // What stands behind the `m` is text, and may well be a number.
    let styles = styles.filter_map(|rest| rest.split('m').next());
    let numbers = styles.flat_map(|style| style.split(';').map_while(|n| n.parse().ok()));
    numbers
        .into_iter()
        .any(|number: u8| matches!(number, 30..=38 | 40..=48 | 90..=107))
}

/// The variable that makes this test the program that panics.
const PANICS: &str = "ORGDECK_TEST_PANICS_ON_A_TERMINAL";

#[expect(
    clippy::disallowed_methods,
    reason = "it is how this test knows its other half"
)]
fn is_the_one_that_panics() -> bool {
    std::env::var_os(PANICS).is_some()
}

#[test]
fn r16_a_panic_on_any_thread_restores_the_terminal_before_its_report() {
    if is_the_one_that_panics() {
        guard::restore_on_panic();
        let _guard = Guard::enter().unwrap();
        let panic = std::thread::spawn(|| panic!("nobody foresaw this"));
        panic!("the program went on: {:?}", panic.join());
    }
    let name = "terminal::guard::r16_a_panic_on_any_thread_restores_the_terminal_before_its_report";
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", name, "--nocapture"])
        .env(PANICS, "1");
    let before = Pty::start(Command::new("true"), (80, 24)).modes();
    let mut pty = Pty::start(command, (80, 24));
    assert_eq!(pty.wait_end(), 101);
    let entered = pty.wait_for("\x1b[?1049h", 0);
    let left = pty.wait_for("\x1b[?1049l", entered);
    pty.wait_for("nobody foresaw this", left);
    assert!(
        !pty.text().contains("the program went on"),
        "{}",
        pty.text()
    );
    assert_eq!(pty.modes(), before);
    assert!(pty.is_on("?25") && !pty.is_on("?2004"));
    assert_eq!(pty.odd_modes(), [""; 0], "every mode is restored");
}
