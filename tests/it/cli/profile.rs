//! Tests of `orgdeck profile`: what is added, tried, listed and removed, and that no secret shows.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use orgdeck::sandbox::{Sandbox, Service};
use serde_json::Value;
use tempfile::TempDir;

use crate::sandbox::demo;
use crate::support::program::{Ran, orgdeck, run};

/// A home with a sandbox to connect to.
struct Stand {
    home: Arc<TempDir>,
    sandbox: Sandbox,
}

impl Stand {
    fn new() -> Self {
        Self {
            home: Arc::new(TempDir::new().unwrap()),
            sandbox: demo(),
        }
    }

    fn config(&self) -> PathBuf {
        self.home.path().join(".config/orgdeck/config.toml")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.config()).unwrap_or_default()
    }

    /// Runs the program; the tokens are in variables of their services' names.
    async fn run(&self, arguments: &[&str]) -> Ran {
        let home = Arc::clone(&self.home);
        let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
        let token = |service: Service| {
            (
                service.name().to_uppercase(),
                self.sandbox.face(service).token.clone(),
            )
        };
        let tokens = Service::ALL.map(token);
        let ran = tokio::task::spawn_blocking(move || {
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let log = home.path().join("trace.log");
            let mut command = orgdeck(&arguments, home.path());
            run(command.envs(tokens).env("ORGDECK_LOG", log))
        });
        let ran = ran.await.unwrap();
        self.is_clean(&format!("{ran}"));
        ran
    }

    async fn add(&self, name: &str, service: Service, more: &[&str]) -> Ran {
        let url = &self.sandbox.face(service).url;
        let first = [
            "profile",
            "add",
            name,
            "--provider",
            service.name(),
            "--url",
            url,
        ];
        self.run(&[&first[..], more].concat()).await
    }

    fn is_clean(&self, text: &str) {
        for service in Service::ALL {
            assert!(!text.contains(&self.sandbox.face(service).token), "{text}");
        }
    }
}

impl Drop for Stand {
    /// No file holds a secret, whatever was done.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            for file in files(self.home.path()) {
                self.is_clean(&String::from_utf8_lossy(&fs::read(file).unwrap()));
            }
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| {
        if path.symlink_metadata().unwrap().is_dir() {
            files(&path)
        } else {
            vec![path]
        }
    };
    entries.flat_map(below).collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test(flavor = "multi_thread")]
async fn profiles_are_added_listed_tried_and_removed() {
    let stand = Stand::new();
    let added = stand
        .add("shop", Service::Clerk, &["--token-env", "CLERK"])
        .await;
    assert_eq!(added.code, Some(0), "{added}");
    assert!(
        added.stderr.starts_with("signed in as development ins_"),
        "{added}"
    );
    assert!(added.stderr.contains("reads: who am I, list"), "{added}");
    assert_eq!(mode(&stand.config()), 0o600);
    assert_eq!(mode(stand.config().parent().unwrap()), 0o700);
    let command = "sh -c 'printf %s $BALENA'";
    let added = stand
        .add(
            "prod",
            Service::Balena,
            &["--token-command", command, "--production", "--read-only"],
        )
        .await;
    assert_eq!(added.code, Some(0), "{added}");
    let listed = stand.run(&["profile", "list"]).await;
    let (clerk, balena) = (&stand.sandbox.clerk.url, &stand.sandbox.balena.url);
    let lines = [
        format!("shop\tclerk\t{clerk}\tenvironment variable CLERK\t?\tno"),
        format!("prod\tbalena\t{balena}\tcommand sh\tyes\tyes"),
    ];
    assert_eq!(listed.stdout.lines().collect::<Vec<_>>(), lines);
    let tested = stand.run(&["profile", "test", "-o", "json"]).await;
    let document: Value = serde_json::from_str(&tested.stdout).unwrap();
    let writes: Vec<&Value> = document["whoami"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["can_write"])
        .collect();
    assert_eq!(writes, [true, false]);
    let before = stand.text();
    let removed = stand.run(&["profile", "remove", "shop"]).await;
    assert_eq!(removed.code, Some(0), "{removed}");
    let at = before.find("[profiles.prod]").unwrap();
    assert_eq!(stand.text(), before[at..]);
    let again = stand.run(&["profile", "remove", "shop"]).await;
    assert_eq!(again.code, Some(2), "{again}");
    for service in [Service::Balena, Service::Clerk] {
        let sent = stand.sandbox.requests(service);
        assert!(sent.iter().all(|request| request.method == "GET"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn profiles_are_listed_in_every_format_as_all_other_rows() {
    let stand = Stand::new();
    let url = &stand.sandbox.balena.url;
    stand
        .add("shop", Service::Clerk, &["--token-env", "CLERK"])
        .await;
    let more = ["--token-env", "BALENA", "--production", "--read-only"];
    stand.add("prod", Service::Balena, &more).await;
    let json = ["profile", "list", "-o", "json"];
    let document: Value = serde_json::from_str(&stand.run(&json).await.stdout).unwrap();
    let prod = serde_json::json!({
        "name": "prod", "provider": "balena", "url": url,
        "token": "environment variable BALENA", "production": true, "read_only": true,
    });
    assert_eq!(document["profiles"][1], prod);
    assert_eq!(document["profiles"][0]["production"], Value::Null);
    assert_eq!(document["errors"], serde_json::json!([]));
    let rows = "name,read_only\r\nprod,true\r\n";
    let csv = [
        "profile",
        "list",
        "prod",
        "-o",
        "csv",
        "--fields",
        "name,read_only",
    ];
    assert_eq!(stand.run(&csv).await.stdout, rows);
    let missing = stand.run(&["profile", "list", "none"]).await;
    assert_eq!(missing.code, Some(2), "{missing}");
    assert!(missing.stderr.contains("profiles: shop, prod"), "{missing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_does_not_work_is_not_written() {
    let stand = Stand::new();
    let open = stand.home.path().join("open");
    fs::write(&open, "x").unwrap();
    fs::set_permissions(&open, fs::Permissions::from_mode(0o644)).unwrap();
    for (more, code, words) in [
        (
            &["--token-env", "NOT_SET"][..],
            3,
            "environment variable NOT_SET is not set",
        ),
        (
            &["--token-env", "VULOS"],
            3,
            "the token is missing, wrong or over",
        ),
        (
            &["--token-command", "sh -c 'echo no such entry >&2; exit 1'"],
            3,
            "no such entry",
        ),
        (
            &["--token-file", &open.display().to_string()],
            3,
            "others can read it: chmod 600 it first",
        ),
        (
            &["--token-keyring", "orgdeck-test-no-such-entry"],
            3,
            "keyring",
        ),
        (&["--token-command", "a 'b"], 2, "a quote is not closed"),
        (&[], 2, "a profile needs where its secret is"),
        (
            &["--client-id", "a", "--redirect", "http://127.0.0.1:1/cb"],
            3,
            "sign-in",
        ),
    ] {
        let ran = stand.add("x", Service::Clerk, more).await;
        assert_eq!(ran.code, Some(code), "{more:?} {ran}");
        assert!(ran.stderr.contains(words), "{more:?} {ran}");
        assert!(!stand.config().exists(), "{more:?}");
    }
    let dead = [
        "profile",
        "add",
        "x",
        "--provider",
        "clerk",
        "--url",
        "http://127.0.0.1:9",
        "--token-env",
        "CLERK",
    ];
    assert_eq!(stand.run(&dead).await.code, Some(7));
    assert!(!stand.config().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_where_a_name_belongs_is_refused_without_repeating_it() {
    let stand = Stand::new();
    for secret in [
        "sk_live_s3cret",
        "eyJhbGciOi.s3cret.x",
        "Qm4s3cretVtrpLw8zKxJ2nHdYb6GfA1",
        &"s3cret".repeat(8),
    ] {
        let ran = stand
            .add("x", Service::Clerk, &["--token-env", secret])
            .await;
        assert_eq!(ran.code, Some(2), "{ran}");
        assert!(!format!("{ran}").contains("s3cret"), "{ran}");
        assert!(!stand.config().exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_at_the_other_end_of_a_link_is_left_alone() {
    let stand = Stand::new();
    let target = stand.home.path().join("target.toml");
    fs::write(&target, "# theirs\n").unwrap();
    fs::create_dir_all(stand.config().parent().unwrap()).unwrap();
    symlink(&target, stand.config()).unwrap();
    let ran = stand
        .add("x", Service::Clerk, &["--token-env", "CLERK"])
        .await;
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(ran.stderr.contains("config.toml: a symbolic link"), "{ran}");
    assert_eq!(fs::read_to_string(&target).unwrap(), "# theirs\n");
    fs::remove_file(stand.config()).unwrap();
    fs::create_dir(stand.config()).unwrap();
    let ran = stand
        .add("x", Service::Clerk, &["--token-env", "CLERK"])
        .await;
    assert_eq!(ran.code, Some(2), "{ran}");
    assert_eq!(
        fs::read_dir(stand.config().parent().unwrap())
            .unwrap()
            .count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_name_and_a_broken_file_change_nothing() {
    let stand = Stand::new();
    stand
        .add("shop", Service::Clerk, &["--token-env", "CLERK"])
        .await;
    let before = stand.text();
    let ran = stand
        .add("shop", Service::Balena, &["--token-env", "BALENA"])
        .await;
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr
            .starts_with("error: there is a profile shop already\n"),
        "{ran}"
    );
    assert_eq!(stand.text(), before);
    fs::write(stand.config(), "[profiles.x\n").unwrap();
    for arguments in [
        &[
            "profile",
            "add",
            "y",
            "--provider",
            "clerk",
            "--token-env",
            "CLERK",
        ][..],
        &["profile", "remove", "x"],
        &["profile", "list"],
        &["profile", "test"],
    ] {
        let ran = stand.run(arguments).await;
        assert_eq!(ran.code, Some(2), "{arguments:?} {ran}");
        assert!(
            ran.stderr.contains(":1:12: unclosed table"),
            "{arguments:?} {ran}"
        );
        assert_eq!(stand.text(), "[profiles.x\n");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn profiles_that_fail_are_among_the_errors_and_the_others_are_there() {
    let stand = Stand::new();
    stand
        .add("shop", Service::Clerk, &["--token-env", "CLERK"])
        .await;
    let dead = "[profiles.dead]\nprovider = \"clerk\"\nurl = \"http://127.0.0.1:9\"\ntoken = { env = \"CLERK\" }\n";
    fs::write(stand.config(), stand.text() + dead).unwrap();
    let ran = stand.run(&["profile", "test", "-o", "json"]).await;
    assert_eq!(ran.code, Some(8), "{ran}");
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["whoami"][0]["profile"], "shop");
    let error = &document["errors"][0];
    assert_eq!(
        (&error["profile"], &error["kind"]),
        (&"dead".into(), &"offline".into())
    );
    assert_eq!(error["exit_code"], 7);
    assert_eq!(stand.run(&["profile", "test", "dead"]).await.code, Some(7));
    assert_eq!(stand.run(&["profile", "test", "shop"]).await.code, Some(0));
}
