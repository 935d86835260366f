//! Commands that print a secret: run without a shell, within a span of time, and told of by their
//! complaint when they fail.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Command;

use super::{LARGEST, first_line, missing};
use crate::domain::{Fault, Secret};

/// The most of a complaint that is repeated, in characters.
const EXCERPT: usize = 200;

/// Runs a command within this span of time and without these variables: the first line that it prints.
///
/// # Errors
/// When it cannot be run, does not end in time, fails, or prints no text.
pub async fn run(
    words: &[String],
    (patience, hidden): (Duration, &[String]),
) -> Result<Secret, Fault> {
    let (program, arguments) = words
        .split_first()
        .ok_or_else(|| missing("the command for the token is empty"))?;
    let printed = tokio::time::timeout(patience, printed_by((program, arguments), hidden)).await;
    let late = |_| missing(format!("{program} did not end within {patience:?}"));
    first_line(&printed.map_err(late)??, program)
}

async fn printed_by(
    (program, arguments): (&str, &[String]),
    hidden: &[String],
) -> Result<Vec<u8>, Fault> {
    let failed = |error: std::io::Error| missing(format!("{program}: {error}"));
    let mut command = Command::new(program);
    for name in hidden {
        command.env_remove(name);
    }
    let mut child = command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    let printed = child.stdout.take().expect("its output is piped");
    let said = child.stderr.take().expect("its complaints are piped");
    let (printed, said) = tokio::join!(at_most(LARGEST, printed), at_most(LARGEST, said));
    let (printed, said) = (printed.map_err(failed)?, said.map_err(failed)?);
    let status = child.wait().await.map_err(failed)?;
    if !status.success() {
        let complaint = complaint(&said, &printed);
        return Err(missing(format!("{program} ended with {status}{complaint}")));
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

/// The last line of what a command complained of, without anything that it printed as the secret.
fn complaint(said: &[u8], printed: &[u8]) -> String {
    let (said, printed) = (
        String::from_utf8_lossy(said),
        String::from_utf8_lossy(printed),
    );
    let last = said.lines().rev().map(str::trim).find(|l| !l.is_empty());
    let Some(last) = last else {
        return String::new();
    };
    let hidden = printed
        .split_whitespace()
        .fold(last.to_owned(), |line, word| line.replace(word, "***"));
    let cut: String = hidden.chars().take(EXCERPT).collect();
    format!(": {cut}")
}
