//! Where secrets come from: a variable, a command, a file, the system's keyring, a sign-in. Each is
//! read when the first request needs it, and never before.

pub mod command;
pub mod keep;
pub mod keyring;
pub mod sign_in;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rustix::process::{Resource, Rlimit, setrlimit};

use self::keyring::Keyring;
use crate::domain::secret::Place;
use crate::domain::{Fault, Secret, Text};
use crate::files::{self, Privacy};
use crate::provider::http::{Peer, SecretSource};

pub use keep::Keep;
pub use sign_in::Waiting;

/// Longest time that a command may take to print a secret; a person may have to unlock something.
const PATIENCE: Duration = Duration::from_mins(2);

/// The most that is taken for a secret, in bytes.
const LARGEST: u64 = 64 * 1024;

/// The source of a profile's secret, read from its place each time it is asked. A sign-in is refreshed
/// at the other end of the profile, and what comes of it is kept. A command does not inherit the variables
/// that are to be hidden from it.
pub fn source(place: Place, peer: Peer, (keep, hidden): (&Keep, &[String])) -> SecretSource {
    match place {
        Place::SignIn(registered) => {
            Arc::new(sign_in::SignedIn::new(registered, peer, keep.clone()))
        }
        place @ (Place::Env { .. }
        | Place::Command(_)
        | Place::File(_)
        | Place::Given(_)
        | Place::Keyring(_)) => plain(place, (keep.keyring.clone(), hidden.into())),
    }
}

/// The source of a secret that somebody has put in its place.
fn plain(place: Place, around: (Keyring, Arc<[String]>)) -> SecretSource {
    Arc::new(move || -> BoxFuture<'static, Result<Secret, Fault>> {
        let (place, (keyring, hidden)) = (place.clone(), around.clone());
        async move { fetch(&place, (&keyring, &hidden)).await }.boxed()
    })
}

/// Keeps what is in this process's memory out of core files and away from other processes of the same
/// person.
pub fn guard_memory() {
    // Where one of these is not allowed we are no worse off than without.
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = setrlimit(Resource::Core, none);
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

async fn fetch(place: &Place, (keyring, hidden): (&Keyring, &[String])) -> Result<Secret, Fault> {
    let secret = match place {
        Place::Env { name, value } => value
            .clone()
            .ok_or_else(|| missing(format!("environment variable {name} is not set")))?,
        Place::Command(words) => command::run(words, (PATIENCE, hidden)).await?,
        Place::File(path) => read(path)?,
        Place::Given(secret) => secret.clone(),
        Place::Keyring(name) => entry(keyring, name).await?,
        Place::SignIn(_) => return Err(missing("a sign-in is no place that can be read")),
    };
    if secret.is_empty() {
        return Err(missing(format!("{} holds nothing", place.words())));
    }
    Ok(secret)
}

fn missing(why: impl Into<Text>) -> Fault {
    Fault::NoSecret(why.into())
}

fn read(path: &Path) -> Result<Secret, Fault> {
    let bytes = files::read(path, LARGEST, Privacy::OwnerOnly)
        .map_err(|error| missing(format!("{}: {error}", path.display())))?;
    first_line(&bytes, &path.display().to_string())
}

async fn entry(keyring: &Keyring, name: &str) -> Result<Secret, Fault> {
    let none = || {
        missing(format!(
            "the keyring has no entry {name} of the service orgdeck"
        ))
    };
    keyring.read(name).await?.ok_or_else(none)
}

/// The first line: what password stores print behind it is no part of the secret.
fn first_line(bytes: &[u8], from: &str) -> Result<Secret, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| missing(format!("{from}: not text")))?;
    Ok(Secret::new(
        text.trim_start().lines().next().unwrap_or_default(),
    ))
}
