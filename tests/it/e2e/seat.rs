//! A person at the program: keys go in, and what is waited for is on the screen. It knows the
//! screens, and nothing of what is behind them.

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;
use termlens::{Screen, Signal, Terminal, TerminalBuilder};

use crate::cli::command::stage::Stage;

/// The longest that anything may take; nothing waits for it when all is well.
const LIMIT: Duration = Duration::from_secs(30);

/// Whom the tests invite.
pub(super) const NEW: &str = "new.person@quay.example";

/// Where the program is.
const PROGRAM: &str = env!("CARGO_BIN_EXE_orgdeck");

/// Why a seat that was not put on a stage has a home.
const ITS_OWN: &str = "it has a home of its own";

/// High enough for a record to be seen whole.
pub(super) const TALL: (u16, u16) = (120, 80);
pub(super) const LARGE: (u16, u16) = (120, 36);
pub(super) const MEDIUM: (u16, u16) = (80, 24);
pub(super) const SMALL: (u16, u16) = (60, 20);

/// The organizations of the demo in the order they are shown in, with their counts.
pub(super) const ORGS: &[(&str, &str)] = &[
    ("Acme Fleet", "bal 12 3"),
    ("Acme Labs", "bal 4 0"),
    ("Acme Sandbox", "clk 3 0"),
    ("Partner Portal", "clk 318 2"),
    ("Acme Shop", "clk 31 5"),
    ("Harbour Pilots", "vul 6 ?"),
    ("Quay Services", "vul 24 ?"),
];

/// The program on a terminal.
pub(super) struct Seat {
    pub(super) terminal: Terminal,
    /// Its home, where no stage has one for it.
    home: Option<TempDir>,
}

impl Seat {
    pub(super) fn demo(size: (u16, u16)) -> Self {
        Self::at(TempDir::new().unwrap(), &["--demo"], size)
    }

    /// The program in this home.
    pub(super) fn at(home: TempDir, words: &[&str], size: (u16, u16)) -> Self {
        Self::start(home, |program| program.args(words), size)
    }

    /// The same with whatever else is set.
    pub(super) fn start(
        home: TempDir,
        with: impl FnOnce(TerminalBuilder) -> TerminalBuilder,
        size: (u16, u16),
    ) -> Self {
        Self {
            terminal: with(program(home.path(), size)).spawn(PROGRAM).unwrap(),
            home: Some(home),
        }
    }

    /// With the profiles of a stage, opened at a place.
    pub(super) fn on(stage: &Stage, place: &str) -> Self {
        Self {
            terminal: program(stage.home.path(), LARGE)
                .args(["open", place])
                .spawn(PROGRAM)
                .unwrap(),
            home: None,
        }
    }

    pub(super) fn types(&mut self, keys: &str) {
        self.terminal.send_str(keys).unwrap();
    }

    /// Waits until all of this is on the screen; blanks count as one, frames as none.
    pub(super) fn sees(&mut self, wanted: &[&str]) {
        self.until(wanted, |parts| wanted.iter().all(|one| is_in(parts, one)));
    }

    /// Waits until none of this is on the screen.
    pub(super) fn misses(&mut self, gone: &[&str]) {
        self.until(gone, |parts| !gone.iter().any(|one| is_in(parts, one)));
    }

    /// Waits for a whole frame that shows all of this, and requests that may be agreed to.
    pub(super) fn is_armed(&mut self, wanted: &[&str]) {
        let armed = |parts: &[String]| {
            let shown = wanted.iter().all(|one| is_in(parts, one));
            shown && is_in(parts, "Will send") && !is_in(parts, "ready in a moment")
        };
        let met = self.terminal.wait_frame(|screen| armed(&parts(screen)));
        met.unwrap_or_else(|error| panic!("{wanted:?}: {error}"));
    }

    pub(super) fn until(&mut self, what: &[&str], so: impl Fn(&[String]) -> bool) {
        let met = self.terminal.wait_until(|screen| so(&parts(screen)));
        met.unwrap_or_else(|error| panic!("{what:?}: {error}"));
    }

    /// Opens an organization of pane 1.
    pub(super) fn opens(&mut self, name: &str) {
        // The cursor stays on its row while rows of slower profiles come in above it.
        self.sees_all();
        self.types("1gg");
        for (org, _) in ORGS {
            self.sees(&[&format!("> {org}")]);
            if *org == name {
                break;
            }
            self.types("j");
        }
        self.sees(&[&format!("{name} (")]);
    }

    /// Waits for the rows of every profile.
    pub(super) fn sees_all(&mut self) {
        let names: Vec<_> = ORGS.iter().map(|(name, _)| *name).collect();
        self.sees(&names);
    }

    /// Takes a filter away.
    pub(super) fn clears(&mut self) {
        self.types("\x1b");
        self.misses(&["filter:"]);
    }

    /// Shows one pane alone until something else is looked at.
    pub(super) fn zooms(&mut self, pane: &str, wanted: &[&str]) {
        self.types(&format!("{pane}+"));
        self.sees(wanted);
        self.types("_");
        self.sees(&["1 Organizations 7"]);
    }

    /// Invites the new person to the organization that is open, with keys for what must be chosen.
    pub(super) fn invites(&mut self, choice: &str, request: &str) {
        self.types("i");
        self.sees(&["Invite people to", "[ Send ]"]);
        self.misses(&["reading the roles"]);
        self.types(&format!("{NEW}{choice}\x1b[Z\x1b[Z\r"));
        self.is_armed(&["Will send 1 request:", request, "[ Send 1 ]"]);
        self.types("\t\r");
        self.sees(&[&format!("invite {NEW}: done")]);
        self.misses(&["Invite people to"]);
    }

    /// Takes the invite of the new person back.
    pub(super) fn revokes(&mut self, request: &str) {
        self.types("4/new.person\r");
        self.sees(&[&format!("> {NEW}")]);
        self.types("D");
        self.is_armed(&["Will send 1 request:", request, "Yes, revoke ]"]);
        self.types("y");
        self.sees(&["revoke", ": done"]);
        self.misses(&[&format!("> {NEW}")]);
        self.clears();
    }

    /// Ends the program by a signal; its home stays.
    pub(super) fn ends_by(mut self, signal: Signal) -> TempDir {
        self.terminal.signal(signal).unwrap();
        self.terminal.wait_exit().unwrap();
        self.home.expect(ITS_OWN)
    }

    /// The folder in which the program may write.
    pub(super) fn home(&self) -> &Path {
        self.home.as_ref().expect(ITS_OWN).path()
    }

    /// Leaves the program; it has written no file.
    pub(super) fn leaves(mut self) {
        self.types("q");
        assert!(self.terminal.wait_exit().unwrap().success());
        let home = self.home.expect(ITS_OWN);
        assert_eq!(home.path().read_dir().unwrap().count(), 0);
    }
}

/// The program, to be started on a terminal of this size with nothing set but its home.
fn program(home: &Path, (columns, rows): (u16, u16)) -> TerminalBuilder {
    Terminal::builder()
        .size(columns, rows)
        .timeout(LIMIT)
        .env_clear()
        .env("HOME", home)
        .env("LANG", "C.UTF-8")
}

/// What the screen says between its frames, blanks taken together.
pub(super) fn parts(screen: &Screen) -> Vec<String> {
    let text = screen.text();
    let framed = text.split([
        '│', '║', '═', '─', '╔', '╗', '╚', '╝', '┌', '┐', '└', '┘', '\n',
    ]);
    let words = framed.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    words.filter(|part| !part.is_empty()).collect()
}

pub(super) fn is_in(parts: &[String], wanted: &str) -> bool {
    parts.iter().any(|part| part.contains(wanted))
}
