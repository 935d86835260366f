//! Tests of the keyring: what it has, what it has not, and one that never answers.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use orgdeck::auth::keyring::{Keyring, Vault};
use orgdeck::domain::secret::Place;
use orgdeck::domain::{Fault, Secret, Text};

use super::desk::{Drawer, NoKeyring, keep, keyring, peer};

#[tokio::test]
async fn a_secret_is_kept_found_and_forgotten() {
    let ring = keyring(Drawer::default());
    assert_eq!(ring.read("work").await, Ok(None));
    ring.write("work", &Secret::new("one")).await.unwrap();
    ring.write("work", &Secret::new("two")).await.unwrap();
    assert_eq!(ring.read("work").await, Ok(Some(Secret::new("two"))));
    ring.remove("work").await.unwrap();
    assert_eq!(ring.read("work").await, Ok(None));
}

#[tokio::test]
async fn a_profile_reads_its_entry_or_says_that_there_is_none() {
    let drawer = Drawer::default();
    let place = Place::Keyring("work".to_owned());
    let source = orgdeck::auth::source(
        place,
        peer("https://x.example"),
        (&keep(drawer.clone()), &[]),
    );
    let none = "the keyring has no entry work of the service orgdeck";
    assert_eq!(source.fetch().await, Err(Fault::NoSecret(none.into())));
    drawer.write("work", &Secret::new("tok")).unwrap();
    assert_eq!(source.fetch().await, Ok(Secret::new("tok")));
}

#[tokio::test]
async fn without_a_keyring_there_is_a_reason() {
    let why = "the keyring does not answer: there is no session bus";
    let missing = Err(Fault::NoSecret(why.into()));
    assert_eq!(keyring(NoKeyring).read("work").await, missing);
}

/// A keyring that waits for a person who is not there.
struct Waiting(Mutex<Receiver<()>>);

impl Waiting {
    fn wait(&self) -> Text {
        // It ends when the test does.
        let _ = self.0.lock().unwrap().recv();
        Text::from("ended")
    }
}

impl Vault for Waiting {
    fn read(&self, _: &str) -> Result<Option<Secret>, Text> {
        Err(self.wait())
    }

    fn write(&self, _: &str, _: &Secret) -> Result<(), Text> {
        Err(self.wait())
    }

    fn remove(&self, _: &str) -> Result<(), Text> {
        Err(self.wait())
    }
}

#[tokio::test]
async fn one_that_does_not_answer_is_not_waited_for() {
    let (end, waits) = channel();
    let vault = Arc::new(Waiting(Mutex::new(waits)));
    let ring = Keyring::over(vault, Duration::from_millis(20));
    let late = Fault::NoSecret("the keyring did not answer within 20ms".into());
    assert_eq!(ring.read("work").await, Err(late.clone()));
    drop(end);
}

/// Where these tests run there may be a keyring or none; either way it says so at once.
#[tokio::test]
async fn the_systems_own_keyring_has_nothing_of_a_name_that_nobody_uses() {
    match Keyring::of_system()
        .read("orgdeck-test-no-such-entry")
        .await
    {
        Ok(found) => assert_eq!(found, None),
        Err(Fault::NoSecret(why)) => assert!(why.raw().starts_with("the keyring"), "{why:?}"),
        Err(other) => panic!("{other:?}"),
    }
}
