//! Signing in on a terminal, from `profile add` to a profile that works, with the browser played here.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use orgdeck::sandbox::{Sandbox, Service};
use tempfile::TempDir;

use crate::auth::desk::{free_redirect, open, redirected};
use crate::sandbox::demo;
use crate::support::program::{Ran, orgdeck, run};
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

/// A home on a machine without a keyring, and a service to sign in at.
struct Stand {
    home: TempDir,
    sandbox: Sandbox,
    redirect: String,
}

impl Stand {
    fn new() -> Self {
        Self {
            home: TempDir::new().unwrap(),
            sandbox: demo(),
            redirect: free_redirect(),
        }
    }

    /// Begins to add the profile, and signs in; where it then asks what may keep the sign-in.
    async fn signs_in(&self) -> (Pty, usize) {
        let flags = [
            "profile",
            "add",
            "me",
            "--provider",
            "vulos",
            "--client-id",
            "console",
        ];
        let places = [
            "--url",
            &self.sandbox.vulos.url,
            "--redirect",
            &self.redirect,
        ];
        let add = [&flags[..], &places].concat();
        let mut pty = Pty::start(remote(&add, self.home.path()), (200, 36));
        let begun = pty.wait_for("sign in at this address", 0);
        let (url, end) = printed(&mut pty, begun);
        let back = redirected(&url).await;
        assert_eq!(open(&back).await.status(), 200);
        let asked = pty.wait_for("Keep the sign-in in a file", end);
        (pty, asked)
    }

    /// A profile that is signed in, in a file.
    async fn added(&self) -> Pty {
        let (mut pty, asked) = self.signs_in().await;
        pty.types("y\r");
        let asked = pty.wait_for("Begin read-only?", asked);
        pty.types("\r");
        pty.wait_for("added profile me", asked);
        assert_eq!(pty.wait_end(), 0, "{}", pty.text());
        pty
    }

    async fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = remote(arguments, self.home.path());
        let ran = tokio::task::spawn_blocking(move || run(&mut command));
        ran.await.unwrap()
    }

    fn kept(&self) -> PathBuf {
        self.home
            .path()
            .join(".local/state/orgdeck/sign-in/me.json")
    }

    fn config(&self) -> String {
        fs::read_to_string(self.home.path().join(".config/orgdeck/config.toml")).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_and_a_file_keeps_it_when_they_agree() {
    let stand = Stand::new();
    let pty = stand.added().await;
    let about = fs::metadata(stand.kept()).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
    let (config, kept) = (stand.config(), fs::read_to_string(stand.kept()).unwrap());
    assert!(
        config.contains("oauth = { client_id = \"console\""),
        "{config}"
    );
    assert!(config.contains("read_only = true"), "{config}");
    let newest = stand
        .sandbox
        .world(|world| world.sign_ins.refreshes.clone());
    assert_eq!(newest.len(), 1);
    for token in newest.keys() {
        assert!(
            kept.contains(token),
            "the file holds it, and nothing else does"
        );
        assert!(!config.contains(token) && !pty.text().contains(token));
    }
    let tested = stand.run(&["profile", "test"]).await;
    assert_eq!(tested.code, Some(0), "{tested}");
    let writes = stand.sandbox.requests(Service::Vulos).into_iter();
    let mut writes = writes.filter(|request| request.method != "GET");
    assert!(writes.all(|request| request.target == "/connect/token"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_is_over_is_begun_again_and_forgotten_with_its_profile() {
    let stand = Stand::new();
    stand.added().await;
    let config = stand.config();
    stand
        .sandbox
        .world(|world| world.sign_ins.refreshes.clear());
    let over = stand.run(&["profile", "test"]).await;
    assert_eq!(over.code, Some(3), "{over}");
    assert!(
        over.stderr.contains("`orgdeck profile add me` signs in"),
        "{over}"
    );
    let (mut pty, _) = stand.signs_in().await;
    pty.types("y\r");
    assert_eq!(pty.wait_end(), 0, "{}", pty.text());
    assert_eq!(stand.config(), config);
    let tested = stand.run(&["profile", "test"]).await;
    assert_eq!(tested.code, Some(0), "{tested}");
    let removed = stand.run(&["profile", "remove", "me"]).await;
    assert_eq!(removed.code, Some(0), "{removed}");
    assert!(!stand.kept().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_does_not_agree_has_nothing_kept() {
    let stand = Stand::new();
    let (mut pty, asked) = stand.signs_in().await;
    pty.types("\r");
    let asked = pty.wait_for("the sign-in is in memory only", asked);
    pty.wait_for("signed in as", asked);
    let asked = pty.wait_for("Begin read-only?", asked);
    pty.types("\r");
    pty.wait_for("added profile me", asked);
    assert_eq!(pty.wait_end(), 0, "{}", pty.text());
    assert!(!stand.kept().exists());
    assert!(stand.config().contains("client_id"), "the profile is there");
    let tested = stand.run(&["profile", "test"]).await;
    assert_eq!(tested.code, Some(3), "{tested}");
}

/// Every question has its flag: nothing is asked, and nothing is kept that was not agreed to.
#[tokio::test(flavor = "multi_thread")]
async fn flags_answer_every_question_of_a_sign_in() {
    for (flags, is_kept) in [
        (&["--keep-in-file", "--read-write"][..], true),
        (&[], false),
    ] {
        let stand = Stand::new();
        let url = &stand.sandbox.vulos.url;
        let first = [
            "profile",
            "add",
            "me",
            "--provider",
            "vulos",
            "--client-id",
            "console",
        ];
        let places = ["--url", url, "--redirect", &stand.redirect, "--no-input"];
        let add = [&first[..], &places, flags].concat();
        let mut pty = Pty::start(remote(&add, stand.home.path()), (200, 36));
        let begun = pty.wait_for("sign in at this address", 0);
        let (url, _) = printed(&mut pty, begun);
        assert_eq!(open(&redirected(&url).await).await.status(), 200);
        assert_eq!(pty.wait_end(), 0, "{}", pty.text());
        assert!(!pty.text().contains("/N)"), "{}", pty.text());
        assert_eq!(stand.kept().exists(), is_kept);
        assert_eq!(pty.text().contains("in memory only"), !is_kept);
        assert!(!stand.config().contains("read_only"));
    }
}

#[test]
fn what_is_missing_is_named_where_nothing_may_be_asked() {
    let home = TempDir::new().unwrap();
    for (flags, wanted) in [
        (
            &[][..],
            "its NAME, its service (--provider P), where its secret is",
        ),
        (
            &["me", "--provider", "clerk"],
            "a profile needs where its secret is",
        ),
        (
            &["--provider", "clerk", "--token-env", "T"],
            "a profile needs its NAME",
        ),
        (
            &["me", "--token-env", "T"],
            "a profile needs its service (--provider P)",
        ),
    ] {
        let line = [&["profile", "add", "--no-input"][..], flags].concat();
        let mut pty = Pty::start(remote(&line, home.path()), (200, 36));
        assert_eq!(pty.wait_end(), 2, "{}", pty.text());
        assert!(pty.text().contains(wanted), "{}", pty.text());
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_does_not_work_yet_is_added_by_a_flag_alone() {
    let home = TempDir::new().unwrap();
    let add = |more: &[&str]| {
        let first = [
            "profile",
            "add",
            "shop",
            "--provider",
            "clerk",
            "--token-env",
            "NOT_SET",
        ];
        let mut command = remote(&[&first[..], more].concat(), home.path());
        run(&mut command)
    };
    let ran = add(&["--no-input"]);
    assert_eq!(ran.code, Some(3), "{ran}");
    assert!(
        ran.stderr.contains("--untested adds it all the same"),
        "{ran}"
    );
    let ran = add(&["--no-input", "--untested"]);
    assert_eq!(ran.code, Some(0), "{ran}");
    let config = fs::read_to_string(home.path().join(".config/orgdeck/config.toml")).unwrap();
    assert!(config.contains("NOT_SET"), "{config}");
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
