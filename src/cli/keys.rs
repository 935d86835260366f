//! `orgdeck keys`: the key table, from the actions that the program runs on.

use std::fmt::Write as _;
use std::process::ExitCode;

use color_eyre::eyre::Result;

use super::print;
use crate::app::{action, keymap};

/// Prints the table.
///
/// # Errors
/// When it cannot be printed.
pub fn run() -> Result<ExitCode> {
    print(&table())
}

/// Every action that has keys, with the place where they count: a table in Markdown, as README holds it.
pub fn table() -> String {
    let mut table = String::from("| where | keys | action |\n| --- | --- | --- |\n");
    for action in action::all().filter(|action| !action.keys.is_empty()) {
        let keys: Vec<String> = action.keys.iter().map(|chord| cell(chord)).collect();
        let (place, keys) = (action.layer.word(), keys.join(" "));
        // Text grows without failing.
        let _ = writeln!(table, "| {place} | {keys} | {} |", action.title);
    }
    table
}

/// A bar would end the cell.
fn cell(chord: &str) -> String {
    format!("`{}`", keymap::shown(chord).replace('|', "\\|"))
}
