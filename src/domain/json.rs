//! JSON as it is handed out: text is kept as it was received, and what could command a terminal or hide in
//! a line is escaped, which JSON reads as the same text.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value as Json;

use super::Text;

/// A value as one line.
pub fn line(value: &impl Serialize) -> String {
    // Texts, numbers and maps of texts can always be written.
    tame(&serde_json::to_string(value).unwrap_or_default())
}

/// A document with indents.
pub fn indented(value: &Json) -> String {
    tame(&serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string()))
}

/// Outside of texts there is nothing but ASCII, so every other character is within one.
fn tame(json: &str) -> String {
    if json.is_ascii() && !json.contains('\u{7f}') {
        return json.to_owned();
    }
    json.chars()
        .fold(String::with_capacity(json.len()), |mut out, character| {
            push(&mut out, character);
            out
        })
}

fn push(out: &mut String, character: char) {
    if is_tame(character) {
        out.push(character);
        return;
    }
    let mut units = [0; 2];
    // Text grows without failing.
    for unit in character.encode_utf16(&mut units) {
        let _ = write!(out, "\\u{unit:04x}");
    }
}

/// Whether a character shows as itself and does nothing else.
fn is_tame(character: char) -> bool {
    if character.is_ascii() {
        return character != '\u{7f}';
    }
    if character.is_alphanumeric() {
        return true;
    }
    let mut own = [0; 4];
    let own = &*character.encode_utf8(&mut own);
    // A letter before it, since marks alone are shown on a place of their own.
    let text = format!("a{own}a");
    Text::from(text.as_str()).clean().as_str() == text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_command_a_terminal_is_escaped_and_stays_what_it_was() {
        for text in [
            "\u{1b}[31m",
            "a\u{202e}b",
            "\u{9b}2J",
            "\u{7f}",
            "x\u{e0001}y",
            "\u{200b}",
        ] {
            let line = line(&text);
            assert!(
                line.chars().all(|c| c == '"' || c.is_ascii_graphic()),
                "{line}"
            );
            assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
        }
        assert_eq!(line(&"größtes 高橋 é"), "\"größtes 高橋 é\"");
    }
}
