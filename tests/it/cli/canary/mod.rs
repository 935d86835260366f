//! A canary in the place of each secret, and everything that leaves the program searched for it: output,
//! files, the log, what other programs inherit, and the words of a panic. It is looked for as it is, in
//! pieces of twelve characters, and as base64, as hex and as an address has it.

mod search;
mod stand;
mod tour;

use std::fs;
use std::time::Duration;

use orgdeck::app::prompt::Prompt;
use orgdeck::app::store::Lock;
use orgdeck::app::{Effect, RequestId};
use orgdeck::domain::secret::{Pass, Place};
use orgdeck::domain::{Profile, Secret, Wish};
use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};
use termlens::Terminal;

use self::search::Search;
use self::stand::{INVITE, Source, Stand, TOKENS, search};
use crate::support::program::run;
use crate::support::pty::Pty;

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
    command.env("SECRET_vulos", TOKENS[2]);
    let ran = run(command.env("A_COPY", format!("Bearer {}", TOKENS[2])));
    assert_eq!(ran.code, Some(0), "{ran}");
    let inherited = fs::read(stand.home.path().join("inherited")).unwrap();
    let inherited = String::from_utf8_lossy(&inherited);
    assert!(inherited.contains("HOME="), "{inherited}");
    for name in [
        "SECRET_vulos",
        "A_COPY",
        "CLERK_SECRET_KEY",
        "ORGDECK_INVITE_TOKEN",
    ] {
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
        let search = search(&[typed]);
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
    let search = search(&[typed]);
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
