//! A canary in the place of each secret, and everything that leaves the program searched for it: output,
//! files, the log, what other programs inherit, and the words of a panic. It is looked for as it is, in
//! pieces of twelve characters, and as base64 and hex.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use orgdeck::app::prompt::Prompt;
use orgdeck::app::store::Lock;
use orgdeck::app::{Effect, RequestId};
use orgdeck::domain::secret::{Pass, Place};
use orgdeck::domain::{Profile, Secret, Wish};
use orgdeck::sandbox::faults::{Fault, Rule};
use orgdeck::sandbox::{Options, Sandbox, Service};
use tempfile::TempDir;
use termlens::Terminal;

use crate::sandbox::origin;
use crate::support::program::{orgdeck, run};
use crate::support::pty::Pty;

/// Characters of a piece that nobody may see.
const PIECE: usize = 12;

/// Tokens with nothing in common, so that each piece tells whose it is.
const TOKENS: [&str; 3] = [
    "Qz7mKp2xVw9tRb4nYc6dLs8fHg3jTa5e",
    "sk_test_Nv3bXq8kWz5rPd2mGt7yJc4hUf6sEa9w",
    "Wd5hZr9cFk3vMt7qBx2gNy6pLj8sKe4a",
];
const INVITE: &str = "Hx4nPz7vCt2kRm9wGb5qYd8jSf3LoVu6";

/// A text in every dress that it could leave in.
fn dresses(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let pieces = (0..=secret.len() - PIECE).map(|at| secret[at..at + PIECE].to_owned());
    let mut hex = String::new();
    for byte in bytes {
        write!(hex, "{byte:02x}").unwrap();
    }
    let nibbles = 2 * PIECE;
    let hexes = (0..=hex.len() - nibbles)
        .step_by(2)
        .map(|at| hex[at..at + nibbles].to_owned());
    let upper: Vec<String> = hexes.clone().map(|piece| piece.to_uppercase()).collect();
    // Wherever it begins in a longer text, twelve of its bytes become these sixteen characters.
    let base64 = (0..=bytes.len() - PIECE).map(|at| base64(&bytes[at..at + PIECE]));
    pieces.chain(hexes).chain(upper).chain(base64).collect()
}

fn base64(bytes: &[u8]) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let of_three = |three: &[u8]| {
        let bits = three
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        [18, 12, 6, 0].map(|shift| char::from(alphabet[(bits >> shift & 63) as usize]))
    };
    bytes.chunks(3).flat_map(of_three).collect()
}

/// The secrets of a test, and what was found of them.
struct Search {
    dresses: Vec<String>,
}

impl Search {
    fn of(secrets: &[&str]) -> Self {
        let dresses = secrets.iter().flat_map(|secret| dresses(secret));
        Self {
            dresses: dresses.collect(),
        }
    }

    fn text(&self, place: &str, text: &str) {
        let found = self.dresses.iter().find(|dress| text.contains(*dress));
        assert!(found.is_none(), "{found:?} stands in {place}:\n{text}");
    }

    /// Every file below a folder, but for those that a person has put a secret into.
    fn files(&self, folder: &Path, own: &[PathBuf]) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.symlink_metadata().unwrap().is_dir() {
                self.files(&path, own);
            } else if !own.contains(&path) {
                let bytes = fs::read(&path).unwrap();
                let place = path.display().to_string();
                self.text(&place, &String::from_utf8_lossy(&bytes));
            }
        }
    }
}

/// Where the secrets of a configuration are.
#[derive(Clone, Copy, Debug)]
enum Source {
    Variables,
    Commands,
    Files,
    Keyring,
}

/// A home with a profile for each face, all of whose secrets come from one kind of source.
struct Stand {
    sandbox: Sandbox,
    home: TempDir,
    own: Vec<PathBuf>,
    source: Source,
}

impl Stand {
    fn new(source: Source) -> Self {
        let options = Options {
            tokens: Service::ALL
                .into_iter()
                .zip(TOKENS.map(str::to_owned))
                .collect(),
            ..Options::demo(origin())
        };
        let sandbox = Sandbox::start(&options).unwrap();
        let home = TempDir::new().unwrap();
        let mut stand = Self {
            sandbox,
            home,
            own: Vec::new(),
            source,
        };
        let tables: Vec<String> = Service::ALL.iter().map(|it| stand.table(*it)).collect();
        let folder = stand.home.path().join(".config/orgdeck");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("config.toml"), tables.concat()).unwrap();
        stand
    }

    fn table(&mut self, service: Service) -> String {
        let name = service.name();
        let face = self.sandbox.face(service);
        let path = self.home.path().join(name);
        let shown = path.display().to_string();
        let token = match self.source {
            Source::Variables => format!("{{ env = \"SECRET_{name}\" }}"),
            Source::Keyring => format!("{{ keyring = \"{name}\" }}"),
            Source::Files | Source::Commands => {
                fs::write(&path, &face.token).unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
                self.own.push(path);
                match self.source {
                    Source::Commands => format!(
                        "{{ command = [\"sh\", \"{}\", \"{shown}\"] }}",
                        self.probe()
                    ),
                    _ => format!("{{ file = \"{shown}\" }}"),
                }
            }
        };
        let url = &face.url;
        format!("[profiles.{name}]\nprovider = \"{name}\"\nurl = \"{url}\"\ntoken = {token}\n")
    }

    /// A command that writes down what it inherited and how its parent was called, then prints a file.
    fn probe(&self) -> String {
        let path = self.home.path().join("probe.sh");
        let seen = self.home.path().join("inherited").display().to_string();
        let script = format!(
            "cat /proc/$$/environ /proc/$$/cmdline /proc/$PPID/cmdline >> {seen} 2>/dev/null\ncat \"$1\"\n"
        );
        fs::write(&path, script).unwrap();
        path.display().to_string()
    }

    fn command(&self, line: &str) -> Command {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut command = orgdeck(&words, self.home.path());
        command
            .current_dir(self.home.path())
            .env("ORGDECK_LOG", self.home.path().join("trace.log"))
            .env("ORGDECK_INVITE_TOKEN", INVITE)
            .env("CLERK_SECRET_KEY", TOKENS[1])
            .env("RUST_BACKTRACE", "full");
        if let Source::Variables = self.source {
            for (service, token) in Service::ALL.into_iter().zip(TOKENS) {
                command.env(format!("SECRET_{}", service.name()), token);
            }
        }
        command
    }

    /// Runs every line and searches what comes of it.
    fn search(&self, lines: &[&str]) {
        let search = Search::of(&[&TOKENS[..], &[INVITE]].concat());
        for line in lines {
            let ran = run(&mut self.command(line));
            search.text(&format!("{:?}: {line}", self.source), &format!("{ran}"));
        }
        search.files(self.home.path(), &self.own);
    }
}

const LINES: [&str; 36] = [
    "org list",
    "org list -o json",
    "whoami -o ndjson",
    "profile list",
    "profile list -o json",
    "profile test",
    "doctor",
    "doctor -o json",
    "config show --origin",
    "config show -o json",
    "config check",
    "config path",
    "org show clerk/nowhere",
    "member list balena/acme_fleet -o csv",
    "invite create clerk/acme-shop new@else.example --role org:member --dry-run",
    "invite create clerk/acme-shop new@else.example --role org:member --yes",
    "invite create vulos/41 new@else.example --yes",
    "invite accept balena --yes",
    "invite accept balena --dry-run",
    "org delete balena/acme_fleet --yes",
    "org edit balena/acme_fleet --field nothing=1 --yes",
    "profile add other --provider clerk --token-env CLERK_SECRET_KEY --no-input",
    "org edit balena/acme_fleet --field website=https://x.example --yes",
    "member role vulos/41 ines@pilots.example --give night --yes",
    "undo --yes",
    "redo --yes",
    "journal list -o json",
    "journal show 1",
    "journal verify",
    "journal export -o ndjson --out journal.ndjson",
    "invite list clerk -o csv --out invites.csv",
    "invite list clerk -o json",
    "org show clerk/acme-shop -o json",
    "user memberships clerk bo@acme.example",
    "snapshot --keys 4d",
    "completions bash",
];

#[tokio::test(flavor = "multi_thread")]
async fn r8_nothing_that_leaves_the_program_holds_a_secret() {
    for source in [
        Source::Variables,
        Source::Commands,
        Source::Files,
        Source::Keyring,
    ] {
        Stand::new(source).search(&LINES);
    }
}

/// A refusal that repeats what the request brought.
fn quoting(secret: &str) -> String {
    let message = format!("bad token {secret} in Bearer {secret}");
    let error = serde_json::json!({"message": message, "long_message": message, "code": "x"});
    let body = serde_json::json!({"message": message, "error": message, "errors": [error]});
    body.to_string()
}

/// A service that answers in every bad way there is.
#[tokio::test(flavor = "multi_thread")]
async fn r8_no_failure_quotes_a_secret() {
    let status = |status, secret: &str| Fault::Status(status, Vec::new(), quoting(secret));
    let faults: [fn(&str) -> Fault; 5] = [
        |_| Fault::Html200,
        |_| Fault::Garbage,
        |_| Fault::CutBody,
        |_| Fault::ResetBefore,
        |secret| Fault::Redirect(format!("http://127.0.0.1:9/?token={}", &secret[..4])),
    ];
    let quoted = [400, 401, 403, 404, 422, 500].map(|code| {
        Box::new(move |secret: &str| status(code, secret)) as Box<dyn Fn(&str) -> Fault>
    });
    let silent = faults.map(|fault| Box::new(fault) as Box<dyn Fn(&str) -> Fault>);
    for fault in quoted.into_iter().chain(silent) {
        let stand = Stand::new(Source::Commands);
        for (service, token) in Service::ALL.into_iter().zip(TOKENS) {
            let accepts = Rule::always(fault(INVITE)).path("/org/v1/invitation/");
            stand.sandbox.fail(service, accepts);
            let others = Rule::always(fault(token));
            stand.sandbox.fail(service, others);
        }
        stand.search(&["whoami", "org list -o json", "doctor"]);
        stand.sandbox.heal(Service::Balena);
        let accepts = Rule::always(fault(INVITE)).path("/org/v1/invitation/");
        stand.sandbox.fail(Service::Balena, accepts);
        stand.search(&["invite accept balena --yes"]);
    }
}

/// What programs inherit that print a secret: those of no other profile, and none that is found here.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_command_inherits_no_secret() {
    let stand = Stand::new(Source::Commands);
    let path = stand.home.path().join(".config/orgdeck/config.toml");
    let config = fs::read_to_string(&path).unwrap();
    let more = format!(
        "[profiles.more]\nprovider = \"vulos\"\nurl = \"{}\"\ntoken = {{ env = \"SECRET_vulos\" }}\n",
        stand.sandbox.vulos.url
    );
    fs::write(&path, format!("{config}{more}")).unwrap();
    let mut command = stand.command("whoami clerk --profile clerk");
    let ran = run(command.env("SECRET_vulos", TOKENS[2]));
    assert_eq!(ran.code, Some(0), "{ran}");
    let inherited = fs::read(stand.home.path().join("inherited")).unwrap();
    let inherited = String::from_utf8_lossy(&inherited);
    assert!(inherited.contains("HOME="), "{inherited}");
    for name in ["SECRET_vulos", "CLERK_SECRET_KEY", "ORGDECK_INVITE_TOKEN"] {
        assert!(!inherited.contains(name), "{name}: {inherited}");
    }
    Search::of(&TOKENS).text("what it inherited", &inherited);
}

/// Typed at the terminal: the echo, the files and the log know nothing of it.
#[tokio::test(flavor = "multi_thread")]
async fn r8_what_is_typed_leaves_no_trace() {
    let typed = "Vk8cTz3nXp6wQd9hRm2gLb5yJf7sEa4u";
    for (line, question) in [
        ("whoami clerk", "another token"),
        ("invite accept balena --yes", "The token of the invite"),
    ] {
        let stand = Stand::new(Source::Files);
        stand
            .sandbox
            .world(|world| world.revoke(Service::Clerk, TOKENS[1]));
        let mut command = stand.command(line);
        command.env_remove("ORGDECK_INVITE_TOKEN");
        let mut pty = Pty::start(command, (120, 36));
        pty.wait_for(question, 0);
        pty.types(&format!("{typed}\r"));
        assert_ne!(pty.wait_end(), 0);
        let search = Search::of(&[&TOKENS[..], &[typed]].concat());
        search.text(line, &pty.text());
        search.files(stand.home.path(), &stand.own);
    }
}

/// In the console: typed into the field that asks for another token, and drawn, logged, kept nowhere.
#[tokio::test(flavor = "multi_thread")]
async fn r8_the_console_shows_and_keeps_nothing_of_it() {
    let typed = "sk_test_Vk8cTz3nXp6wQd9hRm2gLb5yJf7sEa4u";
    let stand = Stand::new(Source::Files);
    stand.sandbox.world(|world| {
        let principal = world
            .caller(Service::Clerk, Some(TOKENS[1]))
            .unwrap()
            .clone();
        world.revoke(Service::Clerk, TOKENS[1]);
        world.grant(Service::Clerk, typed, principal);
    });
    let home = stand.home.path();
    let mut terminal = Terminal::builder()
        .size(120, 36)
        .timeout(Duration::from_secs(30))
        .env_clear()
        .env("HOME", home)
        .env("LANG", "C.UTF-8")
        .env("ORGDECK_LOG", home.join("trace.log"))
        .args(["--profile", "clerk"])
        .spawn(env!("CARGO_BIN_EXE_orgdeck"))
        .unwrap();
    let search = Search::of(&[&TOKENS[..], &[typed]].concat());
    let until = |terminal: &mut Terminal, so: &dyn Fn(&str) -> bool| {
        let met = terminal.wait_frame(|screen| {
            let text = screen.text();
            search.text("the screen", &text);
            so(&text)
        });
        met.unwrap();
    };
    until(&mut terminal, &|text| text.contains("Another token"));
    terminal.send_str(typed).unwrap();
    let stars = "*".repeat(typed.len());
    until(&mut terminal, &|text| {
        text.contains(&stars) && !text.contains("ready in a moment")
    });
    terminal.send_str("\r").unwrap();
    until(&mut terminal, &|text| text.contains("Partner Portal"));
    terminal.send_str("q").unwrap();
    assert!(terminal.wait_exit().unwrap().success());
    search.files(stand.home.path(), &stand.own);
}

/// Waits for a frame; every one that is drawn until then is searched.
fn sees(terminal: &mut Terminal, search: &Search, so: impl Fn(&str) -> bool) {
    let met = terminal.wait_frame(|screen| {
        let text = screen.text();
        search.text("the screen", &text);
        so(&text)
    });
    met.unwrap();
}

/// The keys of a tour, and what each of them brings: help, the palette, a record as the service sent it,
/// an edit with its requests, the journal, what was sent.
const TOUR: [(&str, &str); 14] = [
    ("?", "Help"),
    ("\x1b", "1 Organizations"),
    ("\x10", "Everything by name"),
    ("\x1b", "1 Organizations"),
    ("3d", "AS THE SERVICE SENT IT"),
    ("\x1b", "3 Members"),
    (".", "Actions"),
    ("\x1b", "1 Organizations"),
    ("1e", "Preview shows the requests"),
    ("!\x1b[Z\x1b[Z\r", "Will send"),
    ("\t\r", ": done"),
    ("gj", "Journal"),
    ("\x1b", "1 Organizations"),
    ("5+", "GET"),
];

/// A session that opens everything there is on one service, and writes.
#[tokio::test(flavor = "multi_thread")]
async fn r8_a_tour_of_the_console_on_each_service_leaves_no_trace() {
    let stand = Stand::new(Source::Commands);
    let home = stand.home.path();
    let search = Search::of(&TOKENS);
    for service in Service::ALL {
        let mut terminal = Terminal::builder()
            .size(120, 36)
            .timeout(Duration::from_secs(30))
            .env_clear()
            .env("HOME", home)
            .env("PATH", "/usr/bin:/bin")
            .env("LANG", "C.UTF-8")
            .env("ORGDECK_LOG", home.join("trace.log"))
            .args(["--profile", service.name()])
            .spawn(env!("CARGO_BIN_EXE_orgdeck"))
            .unwrap();
        sees(&mut terminal, &search, |text| {
            text.contains("> ") && text.contains("3 Members")
        });
        for (keys, shown) in TOUR {
            terminal.send_str(keys).unwrap();
            let calm = |text: &str| text.contains(shown) && !text.contains("ready in a moment");
            sees(&mut terminal, &search, calm);
        }
        terminal.send_str("_q").unwrap();
        assert!(terminal.wait_exit().unwrap().success());
    }
    assert!(home.join("inherited").exists(), "no child was started");
    let kept = home.join(".local/state/orgdeck/journal.jsonl");
    assert!(fs::read_to_string(kept).unwrap().lines().count() >= 9);
    search.files(home, &stand.own);
    for service in Service::ALL {
        assert_eq!(stand.sandbox.applied(service).len(), 1, "{service:?}");
    }
}

/// What a panic would print of the values that hold one.
#[test]
fn r8_no_value_prints_its_secret() {
    let secret = || Secret::new(TOKENS[0]);
    let mut prompt = Prompt::new(Profile::new("x"), Lock::Token);
    TOKENS[0]
        .chars()
        .for_each(|letter| prompt.masked.push(letter));
    let place = Place::Env {
        name: "T".to_owned(),
        value: Some(secret()),
    };
    let wish = Wish::AcceptInvite {
        profile: Profile::new("x"),
        token: secret(),
    };
    let effect = Effect::Admit {
        id: RequestId(1),
        to: Profile::new("x"),
        pass: Pass::Code(secret()),
    };
    let values = format!(
        "{place:?} {:?} {wish:?} {effect:?} {prompt:?}",
        Place::Given(secret())
    );
    let panic = std::panic::catch_unwind(|| panic!("{values}")).unwrap_err();
    let words = panic.downcast_ref::<String>().unwrap();
    Search::of(&TOKENS).text("a panic", words);
    assert_eq!(words.matches("***").count(), 5, "{words}");
}

/// The search itself finds what it looks for.
#[test]
fn a_secret_in_any_dress_is_found() {
    let search = Search::of(&TOKENS);
    let token = TOKENS[0];
    for text in [
        token.to_owned(),
        format!("..{}..", &token[7..19]),
        base64(format!("x{token}").as_bytes()),
        base64(format!("xy{token}z").as_bytes()),
        base64(token.as_bytes()),
        upper_hex(token),
    ] {
        let looked = std::panic::catch_unwind(|| search.text("a text", &text));
        assert!(looked.is_err(), "{text} was overlooked");
    }
    search.text("a text", "nothing of it");
}

fn upper_hex(text: &str) -> String {
    let mut hex = String::new();
    for byte in text.bytes() {
        write!(hex, "{byte:02X}").unwrap();
    }
    hex
}
