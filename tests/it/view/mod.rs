//! Every pane and overlay in each of its states, as text and styles at the three sizes.

mod activity;
mod acts;
mod confirm;
mod corpus;
mod details;
mod faces;
mod foot;
mod form;
mod header;
mod help;
mod hints;
mod hostile;
mod invites;
mod layout;
mod members;
mod menu;
mod notices;
mod org;
mod orgs;
mod palette;
mod person;
mod prefix;
mod prompt;
mod roles;
mod sizes;
mod tasks;
mod welcome;

/// The sizes that the pictures are drawn for.
const WIDE: (u16, u16) = (120, 36);
const MEDIUM: (u16, u16) = (80, 24);
const NARROW: (u16, u16) = (60, 20);

/// The rows of a text from one number to another, for what takes a part of the screen only.
fn rows(text: &str, wanted: std::ops::Range<usize>) -> String {
    let lines: Vec<&str> = text.lines().skip(wanted.start).take(wanted.len()).collect();
    lines.join("\n")
}
