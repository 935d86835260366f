//! Questions to a person at a terminal, a line each. A secret is never asked for here.

use std::io::{self, BufRead, Write};

use crate::domain::Clean;

/// Somebody who can be asked.
pub struct Ask<'a> {
    /// What they type.
    pub input: &'a mut dyn BufRead,
    /// What they see.
    pub output: &'a mut dyn Write,
}

impl Ask<'_> {
    /// What is answered, as it is typed; nothing at the end of the input.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn once(&mut self, question: &str) -> io::Result<Option<String>> {
        write!(self.output, "{} ", Clean::from_ours(question))?;
        self.output.flush()?;
        let mut line = String::new();
        let count = self.input.read_line(&mut line)?;
        Ok((count > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// A line; the default for an empty one.
    ///
    /// # Errors
    /// When the input has ended, or the terminal is gone.
    pub fn line(&mut self, question: &str, default: Option<&str>) -> io::Result<String> {
        let shown = default.map_or(String::new(), |word| format!(" [{word}]"));
        let question = format!("{question}{shown}");
        loop {
            let Some(line) = self.once(&question)? else {
                return Err(io::ErrorKind::UnexpectedEof.into());
            };
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of a question when somebody types this.
    fn asked<T>(typed: &str, question: impl FnOnce(&mut Ask<'_>) -> T) -> (T, String) {
        let (mut input, mut output) = (typed.as_bytes(), Vec::new());
        let answer = question(&mut Ask {
            input: &mut input,
            output: &mut output,
        });
        (answer, String::from_utf8(output).unwrap())
    }

    #[test]
    fn an_empty_line_is_the_default_or_no_answer() {
        let (line, seen) = asked("\n", |ask| ask.line("Name?", Some("me")).unwrap());
        assert_eq!((line.as_str(), seen.as_str()), ("me", "Name? [me] "));
        let (line, seen) = asked("\n \n a b \n", |ask| ask.line("Name?", None).unwrap());
        assert_eq!(
            (line.as_str(), seen.as_str()),
            ("a b", "Name? Name? Name? ")
        );
        let (ended, _) = asked("", |ask| ask.line("Name?", Some("me")).unwrap_err().kind());
        assert_eq!(ended, io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_choice_is_made_by_a_beginning_that_fits_one_word() {
        let words = ["env", "command", "clerk"];
        let (word, seen) = asked("c\nx\ncom\n", |ask| ask.choice("Where?", &words).unwrap());
        assert_eq!((word, seen.matches("Where?").count()), ("command", 3));
    }

    #[test]
    fn only_a_yes_is_one() {
        for (typed, default, yes) in [
            ("\n", Yes::Default, true),
            ("\n", Yes::OnRequest, false),
            ("Yes\n", Yes::OnRequest, true),
            ("no\n", Yes::Default, false),
            ("what\n", Yes::Default, false),
        ] {
            let (answer, _) = asked(typed, |ask| ask.yes("Sure?", default).unwrap());
            assert_eq!(answer, yes, "{typed:?}");
        }
    }
}
