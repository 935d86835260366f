//! Tests of where secrets come from, mirroring `src/auth`.

pub(crate) mod desk;
mod keep;
mod keyring;
mod memory;
mod renew;
mod sign_in;

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::time::Duration;

use orgdeck::auth;
use orgdeck::domain::secret::Place;
use orgdeck::domain::{Fault, Secret};
use orgdeck::provider::http::SecretSource;
use tempfile::TempDir;

use desk::{Drawer, keep, peer};

/// The secret of a place, or why there is none.
async fn fetch(place: Place) -> Result<String, String> {
    match source(place).fetch().await {
        Ok(secret) => Ok(secret.expose().to_owned()),
        Err(Fault::NoSecret(why)) => Err(why.raw().to_owned()),
        Err(other) => panic!("{other:?}"),
    }
}

fn source(place: Place) -> SecretSource {
    auth::source(
        place,
        peer("https://nowhere.example"),
        (&keep(Drawer::default()), &[]),
    )
}

fn command(words: &[&str]) -> Place {
    Place::Command(words.iter().map(|word| (*word).to_owned()).collect())
}

fn variable(value: Option<&str>) -> Place {
    Place::Env {
        name: "T".to_owned(),
        value: value.map(Secret::new),
    }
}

fn refused(why: &str) -> Result<String, String> {
    Err(why.to_owned())
}

fn file(path: &Path, content: &[u8], mode: u32) -> Place {
    fs::write(path, content).unwrap();
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    Place::File(path.to_owned())
}

#[tokio::test]
async fn a_variable_holds_a_secret_or_says_that_it_does_not() {
    assert_eq!(fetch(variable(Some(" tok\n"))).await, Ok("tok".to_owned()));
    assert_eq!(
        fetch(variable(None)).await,
        refused("environment variable T is not set")
    );
    assert_eq!(
        fetch(variable(Some("  "))).await,
        refused("environment variable T holds nothing")
    );
}

#[tokio::test]
async fn a_command_gets_its_arguments_as_they_are() {
    let odd = "$HOME `id` $(id) ; * 'x' \"y\"";
    let place = command(&["printf", "%s", odd]);
    assert_eq!(fetch(place).await.unwrap(), odd);
}

#[tokio::test]
async fn the_first_line_is_the_secret() {
    let place = command(&["printf", "\ntok\nuser: me\n"]);
    assert_eq!(fetch(place).await.unwrap(), "tok");
}

#[tokio::test]
async fn a_command_that_gives_nothing_says_why() {
    for (words, why) in [
        (&["false"][..], "false ended with exit status: 1"),
        (&["true"], "command true holds nothing"),
        (&["printf", "\\377"], "printf: not text"),
        (
            &["/nonexistent/pass", "show"],
            "/nonexistent/pass: No such file or directory (os error 2)",
        ),
    ] {
        assert_eq!(fetch(command(words)).await, refused(why), "{words:?}");
    }
}

#[tokio::test]
async fn output_without_end_is_not_collected() {
    let why = fetch(command(&["yes"])).await.unwrap_err();
    assert!(why.starts_with("yes ended with"), "{why}");
}

#[tokio::test]
async fn what_a_failed_command_complains_of_last_is_told() {
    let place = command(&["sh", "-c", "echo first >&2; echo no such entry >&2; exit 3"]);
    let why = fetch(place).await.unwrap_err();
    assert_eq!(why, "sh ended with exit status: 3: no such entry");
    let long = "head -c 5000 /dev/zero | tr '\\0' x >&2; exit 1";
    let why = fetch(command(&["sh", "-c", long])).await.unwrap_err();
    assert!(why.ends_with(&"x".repeat(200)) && why.len() < 250, "{why}");
}

#[tokio::test]
async fn a_complaint_does_not_repeat_the_secret() {
    let place = command(&[
        "sh",
        "-c",
        "echo s3cret; echo cannot lock s3cret now >&2; exit 1",
    ]);
    let why = fetch(place).await.unwrap_err();
    assert_eq!(why, "sh ended with exit status: 1: cannot lock *** now");
}

#[tokio::test]
async fn a_command_that_hangs_is_ended() {
    let words = ["tail", "-f", "/dev/null"].map(str::to_owned);
    let ran = auth::command::run(&words, (Duration::from_millis(50), &[])).await;
    let why = Fault::NoSecret("tail did not end within 50ms".into());
    assert_eq!(ran, Err(why));
}

/// What belongs to other profiles is hidden from it; what a password store needs is not.
#[tokio::test]
async fn a_command_inherits_no_variable_that_is_hidden() {
    let words = ["sh", "-c", "echo ${PATH:+path}-${HOME:-hidden}"].map(str::to_owned);
    let run = |hidden: Vec<String>| {
        let words = words.clone();
        async move { auth::command::run(&words, (Duration::from_secs(20), &hidden)).await }
    };
    let hidden = vec!["HOME".to_owned(), "NOT_SET_AT_ALL".to_owned()];
    assert_eq!(run(hidden).await.unwrap().expose(), "path-hidden");
    let open = run(Vec::new()).await.unwrap();
    assert_ne!(open.expose(), "path-hidden", "the test would see one");
}

#[tokio::test]
async fn a_file_is_read_when_it_is_its_owners_alone() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("token");
    let shown = path.display();
    assert_eq!(fetch(file(&path, b"tok\n", 0o600)).await.unwrap(), "tok");
    for (content, mode, why) in [
        (&b"tok"[..], 0o644, "others can read it: chmod 600 it first"),
        (b"\xff", 0o600, "not text"),
        (&vec![b'x'; 70_000], 0o600, "larger than 65536 bytes"),
    ] {
        let fetched = fetch(file(&path, content, mode)).await;
        assert_eq!(fetched, refused(&format!("{shown}: {why}")));
    }
    let empty = fetch(file(&path, b"\n", 0o600)).await;
    assert_eq!(empty, refused(&format!("file {shown} holds nothing")));
}

#[tokio::test]
async fn a_link_is_no_secret() {
    let home = TempDir::new().unwrap();
    let (real, link) = (home.path().join("real"), home.path().join("link"));
    file(&real, b"tok", 0o600);
    symlink(&real, &link).unwrap();
    let why = fetch(Place::File(link)).await.unwrap_err();
    assert!(why.ends_with("name the file itself"), "{why}");
}

#[tokio::test]
async fn a_file_is_read_anew_each_time() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("token");
    let source = source(file(&path, b"one", 0o600));
    assert_eq!(source.fetch().await.unwrap().expose(), "one");
    file(&path, b"two", 0o600);
    assert_eq!(source.fetch().await.unwrap().expose(), "two");
}
