//! Questions at a terminal, asked on standard error so that standard output holds data alone; and what
//! comes from standard input.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

use super::args::Writing;
use super::complaint::{Complaint, Halt};
use crate::domain::Text;

/// Whether somebody is there to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    /// Yes.
    There,
    /// No, or nothing may be asked.
    Away,
}

impl Person {
    /// Whether a write may ask.
    pub(super) fn of(writing: &Writing) -> Self {
        let terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
        if terminal && !writing.no_input {
            Self::There
        } else {
            Self::Away
        }
    }
}

/// Asks for a line; nothing at the end of the input.
pub(super) async fn line(question: &str) -> Result<Option<String>, Halt> {
    let question = Text::from(question).clean();
    write!(io::stderr(), "{question} ")?;
    io::stderr().flush()?;
    let read = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        let count = io::stdin().lock().read_line(&mut line)?;
        Ok::<_, io::Error>((count > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
    });
    Ok(read.await.unwrap_or(Ok(None))?)
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
        return Err(Complaint::usage(message, "").into());
    }
    Ok(bytes)
}
