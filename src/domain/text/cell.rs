//! Cells of spreadsheets: what one of them would take for a formula is text in it, and who takes the guard away
//! has what was typed.

use super::Clean;

/// A text as a cell for programs: what could command a terminal is shown, tabs and line ends stay as they are.
pub fn cell(raw: &str) -> String {
    guarded(raw, lines(raw))
}

/// A cell that shows `raw`, behind an apostrophe where either of them begins like a formula.
pub fn guarded(raw: &str, shown: String) -> String {
    let begins = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if begins(raw) || begins(&shown) {
        return format!("'{shown}");
    }
    shown
}

fn lines(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for piece in raw.split_inclusive(['\t', '\r', '\n']) {
        let words = piece.trim_end_matches(['\t', '\r', '\n']);
        if words.bytes().all(|byte| byte == b' ') {
            out += words;
        } else {
            // Blanks at an end are seen by a program.
            out += Clean::of(words).as_str();
        }
        out += &piece[words.len()..];
    }
    out
}
