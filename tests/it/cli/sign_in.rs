//! Signing in on a terminal, from `profile add` to a profile that works, with the browser played here.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use orgdeck::sandbox::Service;
use tempfile::TempDir;

use crate::auth::desk::{free_redirect, open, redirected};
use crate::sandbox::demo;
use crate::support::program::{orgdeck, run};
use crate::support::pty::Pty;

/// The program on another machine without a keyring, so that nothing but a file can keep a sign-in.
fn remote(arguments: &[&str], home: &Path) -> Command {
    let mut command = orgdeck(arguments, home);
    command
        .env("SSH_TTY", "/dev/pts/0")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    command
}

/// The address that the program printed behind `from`.
fn printed(pty: &mut Pty, from: usize) -> (String, usize) {
    let start = pty.wait_for("http://127.0.0.1", from) - "http://127.0.0.1".len();
    pty.wait_for("\r\n", start);
    let text = String::from_utf8_lossy(&pty.seen[start..]).into_owned();
    let line = text.lines().next().unwrap().to_owned();
    let end = start + line.len();
    (line, end)
}

async fn person_signs_in(url: &str) {
    let back = redirected(url).await;
    assert_eq!(open(&back).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_and_a_file_keeps_it_when_they_agree() {
    let (sandbox, home, redirect) = (demo(), TempDir::new().unwrap(), free_redirect());
    let add = [
        "profile",
        "add",
        "me",
        "--provider",
        "vulos",
        "--url",
        &sandbox.vulos.url,
        "--client-id",
        "console",
        "--redirect",
        &redirect,
    ];
    let mut pty = Pty::start(remote(&add, home.path()), (200, 36));
    let begun = pty.wait_for("sign in at this address", 0);
    let (url, end) = printed(&mut pty, begun);
    person_signs_in(&url).await;
    let asked = pty.wait_for("Keep the sign-in in a file", end);
    pty.types("y\r");
    let asked = pty.wait_for("Begin read-only?", asked);
    pty.types("\r");
    pty.wait_for("added profile me", asked);
    assert_eq!(pty.wait_end(), 0, "{}", pty.text());
    let file = home.path().join(".local/state/orgdeck/sign-in/me.json");
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let config = fs::read_to_string(home.path().join(".config/orgdeck/config.toml")).unwrap();
    let kept = fs::read_to_string(&file).unwrap();
    for token in sandbox
        .world(|world| world.sign_ins.refreshes.clone())
        .keys()
    {
        assert!(
            kept.contains(token),
            "the file holds the newest and nothing else does"
        );
        assert!(!config.contains(token) && !pty.text().contains(token));
    }
    assert!(
        config.contains("oauth = { client_id = \"console\"") && config.contains("read_only = true")
    );
    let tried = |arguments: &'static [&'static str]| {
        let mut command = remote(arguments, home.path());
        tokio::task::spawn_blocking(move || run(&mut command))
    };
    let tested = tried(&["profile", "test"]).await.unwrap();
    assert_eq!(tested.code, Some(0), "{tested}");
    sandbox.world(|world| world.sign_ins.refreshes.clear());
    let over = tried(&["profile", "test"]).await.unwrap();
    assert_eq!(over.code, Some(3), "{over}");
    assert!(
        over.stderr.contains("`orgdeck profile add me` signs in"),
        "{over}"
    );
    let mut pty = Pty::start(remote(&add, home.path()), (200, 36));
    let (url, end) = printed(&mut pty, 0);
    person_signs_in(&url).await;
    pty.wait_for("Keep the sign-in in a file", end);
    pty.types("y\r");
    assert_eq!(pty.wait_end(), 0, "{}", pty.text());
    let tested = tried(&["profile", "test"]).await.unwrap();
    assert_eq!(tested.code, Some(0), "{tested}");
    let removed = tried(&["profile", "remove", "me"]).await.unwrap();
    assert_eq!(removed.code, Some(0), "{removed}");
    assert!(!file.exists());
    let writes = sandbox.requests(Service::Vulos).into_iter();
    let mut writes = writes.filter(|request| request.method != "GET");
    assert!(writes.all(|request| request.target == "/connect/token"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_does_not_agree_has_nothing_kept() {
    let (sandbox, home, redirect) = (demo(), TempDir::new().unwrap(), free_redirect());
    let add = [
        "profile",
        "add",
        "me",
        "--provider",
        "vulos",
        "--url",
        &sandbox.vulos.url,
        "--client-id",
        "console",
        "--redirect",
        &redirect,
    ];
    let mut pty = Pty::start(remote(&add, home.path()), (200, 36));
    let (url, end) = printed(&mut pty, 0);
    person_signs_in(&url).await;
    pty.wait_for("Keep the sign-in in a file", end);
    pty.types("\r");
    assert_eq!(pty.wait_end(), 3, "{}", pty.text());
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_asked_for() {
    let (sandbox, home) = (demo(), TempDir::new().unwrap());
    let mut command = remote(&["profile", "add"], home.path());
    command.env("CLERK_SECRET_KEY", &sandbox.clerk.token);
    let mut pty = Pty::start(command, (200, 36));
    let mut at = 0;
    for (question, answer) in [
        ("Which service?", "cl"),
        ("A name for the profile? [clerk]", "shop"),
        (
            "Its address? [https://api.clerk.com]",
            sandbox.clerk.url.as_str(),
        ),
        (
            "Use the secret in environment variable CLERK_SECRET_KEY?",
            "",
        ),
        ("Begin read-only?", "n"),
    ] {
        at = pty.wait_for(question, at);
        pty.types(&format!("{answer}\r"));
    }
    assert_eq!(pty.wait_end(), 0, "{}", pty.text());
    assert!(!pty.text().contains(&sandbox.clerk.token));
    let config = fs::read_to_string(home.path().join(".config/orgdeck/config.toml")).unwrap();
    let url = &sandbox.clerk.url;
    let wanted = format!(
        "[profiles.shop]\nprovider = \"clerk\"\nurl = \"{url}\"\ntoken = {{ env = \"CLERK_SECRET_KEY\" }}\n"
    );
    assert_eq!(config, wanted);
}
