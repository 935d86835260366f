//! Files of addresses that a person names: found and read as text.

use std::path::Path;

use super::picture::expanded;
use crate::domain::Text;
use crate::files::{self, Privacy};

/// The largest file that is read, in bytes: as much as a form takes.
const LARGEST: u64 = 1_048_576;

/// Reads the file at a path as it was typed; a `~` at its beginning is the home directory.
///
/// # Errors
/// Why it cannot be read, in words for its field.
pub fn read(typed: &str, home: Option<&Path>) -> Result<Text, Text> {
    let path = expanded(typed, home)?;
    let bytes = files::read(&path, LARGEST, Privacy::Public).map_err(|why| {
        let words = if why.is_missing() {
            "there is no such file".to_owned()
        } else {
            why.to_string()
        };
        Text::from(words)
    })?;
    let text = String::from_utf8(bytes).map_err(|_| Text::from("not UTF-8 text"))?;
    Ok(Text::from(text))
}
