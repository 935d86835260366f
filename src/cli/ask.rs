//! Questions to a person at a terminal, a line each. A secret is never asked for here.

use std::io::{self, BufRead, Write};

use crate::domain::Text;

/// Somebody who can be asked.
pub struct Ask<'a> {
    /// What they type.
    pub input: &'a mut dyn BufRead,
    /// What they see.
    pub output: &'a mut dyn Write,
}

impl Ask<'_> {
    /// A line; the default for an empty one.
    ///
    /// # Errors
    /// When the input has ended, or the terminal is gone.
    pub fn line(&mut self, question: &str, default: Option<&str>) -> io::Result<String> {
        loop {
            let shown = default.map_or(String::new(), |word| format!(" [{word}]"));
            write!(self.output, "{}{shown}: ", Text::from(question).clean())?;
            self.output.flush()?;
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            match (line.trim(), default) {
                ("", Some(word)) => return Ok(word.to_owned()),
                ("", None) => {}
                (line, _) => return Ok(line.to_owned()),
            }
        }
    }

    /// One of a few words, by its beginning.
    ///
    /// # Errors
    /// As [`Ask::line`].
    pub fn choice(&mut self, question: &str, words: &[&'static str]) -> io::Result<&'static str> {
        let question = format!("{question} ({})", words.join(", "));
        loop {
            let line = self.line(&question, words.first().copied())?;
            let mut fits = words.iter().filter(|word| word.starts_with(line.as_str()));
            if let (Some(word), None) = (fits.next(), fits.next()) {
                return Ok(word);
            }
        }
    }

    /// Yes or no.
    ///
    /// # Errors
    /// As [`Ask::line`].
    pub fn yes(&mut self, question: &str, default: Yes) -> io::Result<bool> {
        let (shown, default) = match default {
            Yes::Default => ("Y/n", "y"),
            Yes::OnRequest => ("y/N", "n"),
        };
        let line = self.line(&format!("{question} ({shown})"), Some(default))?;
        Ok(line.to_lowercase().starts_with('y'))
    }
}

/// What an empty answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yes {
    /// Yes.
    Default,
    /// No.
    OnRequest,
}
