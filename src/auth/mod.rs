//! Where secrets come from: a variable, a command, a file. Each is read when the first request needs
//! it, and never before.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use rustix::process::{Resource, Rlimit, setrlimit};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

use crate::domain::secret::Place;
use crate::domain::{Fault, Secret, Text};
use crate::files::{self, Privacy};
use crate::provider::http::SecretSource;

/// Longest time that a command may take to print a secret; a person may have to unlock something.
const PATIENCE: Duration = Duration::from_mins(2);

/// The most that is taken for a secret, in bytes.
const LARGEST: u64 = 64 * 1024;

/// A source that reads a place each time it is asked.
pub fn source(place: Place) -> SecretSource {
    Arc::new(move || {
        let place = place.clone();
        async move { fetch(&place).await }.boxed()
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

async fn fetch(place: &Place) -> Result<Secret, Fault> {
    let secret = match place {
        Place::Env { name, value } => value
            .clone()
            .ok_or_else(|| missing(format!("environment variable {name} is not set")))?,
        Place::Command(words) => run(words).await?,
        Place::File(path) => read(path)?,
        Place::Given(secret) => secret.clone(),
        Place::Unusable(why) => return Err(missing(*why)),
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

/// Runs a command without a shell; what it prints on standard error is its own affair and is not kept.
async fn run(words: &[String]) -> Result<Secret, Fault> {
    let (program, arguments) = words
        .split_first()
        .ok_or_else(|| missing("the command for the token is empty"))?;
    let printed = tokio::time::timeout(PATIENCE, printed_by(program, arguments)).await;
    let printed =
        printed.map_err(|_| missing(format!("{program} did not end in two minutes")))??;
    first_line(&printed, program)
}

async fn printed_by(program: &str, arguments: &[String]) -> Result<Vec<u8>, Fault> {
    let failed = |error: std::io::Error| missing(format!("{program}: {error}"));
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    let printed = child.stdout.take().expect("its output is piped");
    let printed = at_most(LARGEST, printed).await.map_err(failed)?;
    let status = child.wait().await.map_err(failed)?;
    if !status.success() {
        return Err(missing(format!("{program} ended with {status}")));
    }
    Ok(printed)
}

/// What comes first; the pipe is closed behind it, so that a command which never ends its output does
/// not fill the memory.
async fn at_most(limit: u64, from: impl AsyncRead + Unpin) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(limit).read_to_end(&mut bytes).await?;
    Ok(bytes)
}

/// The first line: what password stores print behind it is no part of the secret.
fn first_line(bytes: &[u8], from: &str) -> Result<Secret, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| missing(format!("{from}: not text")))?;
    Ok(Secret::new(
        text.trim_start().lines().next().unwrap_or_default(),
    ))
}
