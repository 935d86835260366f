//! A session that opens everything there is on a service, copies whatever can be copied, types secrets and
//! takes them back, leaves a draft, writes, and is searched: every frame, every text for the clipboard, every
//! file, and what the system tells of the process.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use orgdeck::sandbox::Service;
use termlens::{Recording, Terminal};

use super::search::Search;
use super::stand::{INVITE, Source, Stand, TYPED, search};

const BACK: &str = "\x1b[Z";
const ESC: &str = "\x1b";

/// Keys, and what they bring.
type Step = (&'static str, &'static str);

/// Help, the palette, a record as the service sent it, every action.
const LOOKS: [Step; 8] = [
    ("?", "Help"),
    (ESC, "1 Organizations"),
    ("\x10", "Everything by name"),
    (ESC, "1 Organizations"),
    ("3d", "AS THE SERVICE SENT IT"),
    (ESC, "3 Members"),
    (".", "Actions"),
    (ESC, "1 Organizations"),
];

/// What is typed where it is hidden, and what is left in a form.
const TYPES: [Step; 6] = [
    ("gt", "Another token"),
    (TYPED, "****************"),
    (ESC, "1 Organizations"),
    ("1i", "Invite people to"),
    ("draft@else.example", "draft@else.example"),
    (ESC, "1 Organizations"),
];

/// An edit with its requests, its results in a file, its way back, the journal, what was sent.
const WRITES: [Step; 14] = [
    ("1e", "Preview shows the requests"),
    ("!\x1b[Z\x1b[Z\r", "Will send"),
    ("\t\r", ": done"),
    ("w", "Tasks"),
    ("e", ".csv"),
    ("\r", "written"),
    (ESC, "Tasks"),
    (ESC, "1 Organizations"),
    ("u", "Undo"),
    (ESC, "1 Organizations"),
    ("gj", "Journal"),
    ("\r", "of the journal"),
    (ESC, "Journal"),
    (ESC, "1 Organizations"),
];

/// The keys that copy.
const COPIES: [&str; 6] = ["yy", "yi", "yj", "yc", "yr", "yl"];

/// The folder that the program is started in.
fn desk(home: &Path, service: Service) -> PathBuf {
    home.join(format!("{}-desk", service.name()))
}

/// A console that is watched.
struct Tour<'a> {
    terminal: Terminal,
    search: &'a Search,
}

impl<'a> Tour<'a> {
    /// The program as a person with the most open umask starts it.
    fn start(stand: &Stand, service: Service, search: &'a Search) -> Self {
        let home = stand.home.path();
        let line = "umask 000; exec \"$0\" --profile \"$1\"";
        let terminal = Terminal::builder()
            .size(120, 36)
            .timeout(Duration::from_secs(30))
            .record_budget(100_000_000)
            .env_clear()
            .env("HOME", home)
            .env("PATH", "/usr/bin:/bin")
            .env("LANG", "C.UTF-8")
            .env("ORGDECK_LOG", home.join("trace.log"))
            .current_dir(desk(home, service))
            .args(["-c", line, env!("CARGO_BIN_EXE_orgdeck"), service.name()])
            .spawn("/bin/sh")
            .unwrap();
        Self { terminal, search }
    }

    /// Waits for a frame; every one that is drawn until then is searched.
    fn sees(&mut self, shown: &str) {
        let met = self.terminal.wait_frame(|screen| {
            let text = screen.text();
            self.search.text("the screen", &text);
            text.contains(shown) && !text.contains("ready in a moment")
        });
        met.unwrap_or_else(|error| panic!("{shown}: {error}"));
    }

    fn walks(&mut self, steps: &[Step]) {
        for (keys, shown) in steps {
            self.terminal.send_str(keys).unwrap();
            self.sees(shown);
        }
    }

    /// Presses keys and has the screen drawn anew, whatever they have changed of it.
    fn presses(&mut self, keys: &str) {
        let before = self.terminal.screen().repaints();
        self.terminal.send_str(&format!("{keys}\x0c")).unwrap();
        let met = self
            .terminal
            .wait_until(|screen| screen.repaints() > before);
        met.unwrap_or_else(|error| panic!("{keys}: {error}"));
    }

    /// Copies whatever a pane has.
    fn copies(&mut self, pane: &str) {
        self.presses(pane);
        for keys in COPIES {
            self.presses(keys);
        }
    }

    /// What the system tells of the process to whoever may ask.
    fn is_not_told_by_the_system(&self) {
        let process = Path::new("/proc").join(self.terminal.pid().unwrap().to_string());
        for told in ["cmdline", "environ", "comm"] {
            // Of a process that is not dumpable nobody but the administrator may read it.
            let text = fs::read(process.join(told)).unwrap_or_default();
            self.search.text(told, &String::from_utf8_lossy(&text));
        }
    }
}

/// An invite that is accepted by its token, which is typed twice: taken back at first, then sent.
fn accepts(tour: &mut Tour) {
    let open: [Step; 2] = [
        ("\x10accept an", "> Accept an invite by its token"),
        ("\r", "never shown"),
    ];
    tour.walks(&open);
    tour.walks(&[(INVITE, "****************"), (ESC, "1 Organizations")]);
    tour.walks(&open);
    tour.walks(&[(INVITE, "****************")]);
    tour.presses(&format!("{BACK}{BACK}\r"));
    tour.sees("Will send");
    tour.walks(&[("\t\r", ": done")]);
    tour.copies("1");
}

/// Every frame, with all that a frame carries beside its letters; how many texts were copied.
fn searched(recording: &Recording, search: &Search) -> usize {
    assert_eq!(recording.dropped(), 0);
    let mut copied = Vec::new();
    for (_, screen) in recording.frames() {
        search.text("a frame", &screen.full_text());
        search.text("a title", screen.title());
        for link in screen.links() {
            search.text("a link", link.uri());
        }
        assert!(screen.unsupported().is_empty());
        if let Some(text) = screen.clipboard() {
            copied.push(text.text().expect("what is copied is text").to_owned());
        }
    }
    copied.dedup();
    for text in &copied {
        search.text("the clipboard", text);
    }
    copied.len()
}

/// Whatever is below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let and_below = |path: PathBuf| {
        if path.is_dir() {
            [vec![path.clone()], below(&path)].concat()
        } else {
            vec![path]
        }
    };
    paths.flat_map(and_below).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn r8_a_tour_of_the_console_on_each_service_leaves_no_trace() {
    let stand = Stand::new(Source::Commands);
    let home = stand.home.path();
    for service in Service::ALL {
        fs::create_dir(desk(home, service)).unwrap();
    }
    let before = below(home);
    let search = search(&[TYPED]);
    for service in Service::ALL {
        let mut tour = Tour::start(&stand, service, &search);
        let recorder = tour.terminal.record();
        tour.sees("3 Members");
        tour.walks(&LOOKS);
        for pane in ["1", "2", "3", "4", "5"] {
            tour.copies(pane);
        }
        let listed = service != Service::Vulos;
        for (keys, pane) in [("1d", true), ("3d", true), ("4d", listed)] {
            if pane {
                tour.walks(&[(keys, "AS THE SERVICE SENT IT")]);
                tour.presses("y");
                tour.walks(&[(ESC, "1 Organizations")]);
            }
        }
        tour.walks(&TYPES);
        tour.walks(&WRITES);
        tour.copies("1");
        tour.copies("5");
        if service == Service::Balena {
            accepts(&mut tour);
        }
        tour.is_not_told_by_the_system();
        tour.terminal.send_str("_q").unwrap();
        assert!(tour.terminal.wait_exit().unwrap().success());
        search.text("what is left", &tour.terminal.screen().full_text());
        let copied = searched(&recorder.stop().unwrap(), &search);
        assert!(copied >= 20, "{copied} texts were copied");
    }
    search.files(home, &stand.own);
    let kept = below(home);
    let kept: Vec<_> = kept.iter().filter(|path| !before.contains(path)).collect();
    for name in ["inherited", "trace.log", "journal.jsonl", ".csv", "drafts"] {
        let is_there = kept
            .iter()
            .any(|path| path.to_string_lossy().ends_with(name));
        assert!(is_there, "{name}: {kept:?}");
    }
    for path in kept.iter().filter(|path| !path.ends_with("inherited")) {
        let mode = fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let private = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, private, "{}", path.display());
    }
    let applied = Service::ALL.map(|service| stand.sandbox.applied(service).len());
    assert_eq!(applied, [2, 1, 1]);
}
