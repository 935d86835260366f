//! What comes from standard input: answers to questions, which are asked on standard error so that standard
//! output holds data alone, and whole documents.

use std::io::{self, IsTerminal as _, Read as _, Write as _};

use super::args::Writing;
use super::ask::Ask;
use super::complaint::{Complaint, Halt};
use super::stop::Stop;
use crate::domain::{Secret, Text};
use crate::terminal::hidden::{self, Hidden};

/// Whether somebody is there to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    /// Yes.
    There,
    /// No, or nothing may be asked.
    Away,
}

impl Person {
    /// Whether somebody sees a question and can answer it.
    pub(super) fn here() -> Self {
        if io::stdin().is_terminal() && io::stderr().is_terminal() {
            Self::There
        } else {
            Self::Away
        }
    }

    /// Whether a write may ask.
    pub(super) fn of(writing: &Writing) -> Self {
        if writing.no_input {
            Self::Away
        } else {
            Self::here()
        }
    }
}

/// Asks for a line; nothing at the end of the input.
pub(super) async fn line(question: &str) -> Result<Option<String>, Halt> {
    let question = question.to_owned();
    let read = tokio::task::spawn_blocking(move || {
        let (mut input, mut output) = (io::stdin().lock(), io::stderr());
        let mut ask = Ask {
            input: &mut input,
            output: &mut output,
        };
        ask.once(&question)
    });
    Ok(read.await.unwrap_or(Ok(None))?)
}

/// Asks for a secret, of which nothing is shown; nothing at the end of the input, or when the command is
/// to stop.
pub(super) async fn secret(question: &str, stop: &Stop) -> io::Result<Option<Secret>> {
    let hidden = Hidden::begin()?;
    let question = Text::from(question);
    let _ = write!(io::stderr(), "{} ", question.clean());
    let typed = tokio::task::spawn_blocking(hidden::read_line);
    let typed = tokio::select! {
        typed = typed => typed.unwrap_or(Ok(None)),
        () = stop.told() => Ok(None),
    };
    drop(hidden);
    let _ = writeln!(io::stderr());
    typed
}

/// All of standard input, which must not be a terminal and not be larger than this.
pub(super) async fn all(largest: u64) -> Result<Vec<u8>, Halt> {
    if io::stdin().is_terminal() {
        let hint = "pipe it in, such as `orgdeck ... < FILE`";
        return Err(Complaint::usage("standard input is a terminal", hint).into());
    }
    let read = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .take(largest + 1)
            .read_to_end(&mut bytes)?;
        Ok::<_, io::Error>(bytes)
    });
    let bytes = read.await.unwrap_or_else(|_| Ok(Vec::new()))?;
    if bytes.len() as u64 > largest {
        let message = format!("standard input holds more than {largest} bytes");
        return Err(Complaint::usage(message, "nothing was sent; give it in parts").into());
    }
    Ok(bytes)
}
