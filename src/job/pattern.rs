//! Regular expressions in filters: matched in time that grows with the text alone, and compiled into little room,
//! since whoever hands a filter over may not be who runs it.

use regex::{Regex, RegexBuilder};

/// The longest expression, in bytes.
const LONGEST: usize = 1_000;

/// The most room that one may take once it is compiled, in bytes.
const ROOM: usize = 256 * 1024;

/// The deepest that its parts may stand in each other.
const DEPTH: u32 = 40;

/// A regular expression without regard to case; two are the same that are written the same.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Pattern {
    /// The expression that is written so.
    ///
    /// # Errors
    /// Why it is none, or none that is taken.
    pub fn new(written: &str) -> Result<Self, String> {
        if written.len() > LONGEST {
            return Err(format!("longer than {LONGEST} bytes"));
        }
        let built = RegexBuilder::new(written)
            .case_insensitive(true)
            .size_limit(ROOM)
            .dfa_size_limit(ROOM)
            .nest_limit(DEPTH)
            .build();
        built.map(Self).map_err(|error| {
            if matches!(error, regex::Error::CompiledTooBig(_)) {
                "too large once it is compiled".to_owned()
            } else {
                reason(&error.to_string())
            }
        })
    }

    /// Whether it is found in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// The last line of what the parser says: the others draw a picture of where it stopped.
fn reason(error: &str) -> String {
    let last = error.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}
