//! Where output goes: standard output, or a file that is written for its owner alone.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use crate::cli::complaint::{Complaint, Halt};
use crate::cli::exit;
use crate::files::{self, New, Over};
use crate::terminal::tty;

/// An open place for output.
pub(in crate::cli) enum Sink {
    /// Standard output, on a terminal of this width.
    Terminal(usize),
    /// Standard output elsewhere.
    Pipe,
    /// A file.
    File(New),
}

impl Sink {
    /// Standard output.
    pub(in crate::cli) fn standard() -> Self {
        if !io::stdout().is_terminal() {
            return Self::Pipe;
        }
        let columns = tty::size().map_or(80, |size| usize::from(size.width));
        Self::Terminal(columns)
    }

    /// The file, if one is named; else standard output.
    ///
    /// # Errors
    /// When there is such a file already, or it cannot be made.
    pub(in crate::cli) fn open(path: Option<&Path>, over: Over) -> Result<Self, Halt> {
        let Some(path) = path else {
            return Ok(Self::standard());
        };
        files::create(path, over).map(Self::File).map_err(|error| {
            let (why, hint) = if error.is_there() {
                ("it is there already".to_owned(), "--force writes over it")
            } else {
                (error.to_string(), "name another one; nothing was written")
            };
            let message = format!("{}: {why}", path.display());
            Complaint::new(exit::USAGE, "output", message, hint).into()
        })
    }

    /// The width of the terminal, if it is one.
    pub(super) fn columns(&self) -> Option<usize> {
        match self {
            Self::Terminal(columns) => Some(*columns),
            Self::Pipe | Self::File(_) => None,
        }
    }

    /// Whether a person sees what is written as it is written.
    pub(in crate::cli) fn is_terminal(&self) -> bool {
        matches!(self, Self::Terminal(_))
    }

    /// Writes bytes out at once: whoever waits for the first row has it.
    pub(in crate::cli) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Terminal(_) | Self::Pipe => {
                let mut out = io::stdout().lock();
                out.write_all(bytes)?;
                out.flush()
            }
            Self::File(file) => file.write_all(bytes),
        }
    }

    /// Nothing more comes; without this a file is as if it had never been begun.
    pub(in crate::cli) fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Terminal(_) | Self::Pipe => Ok(()),
            Self::File(file) => file.finish(),
        }
    }
}
