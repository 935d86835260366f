//! The rows of table 2.

mod acts;
mod copying;
mod dialogs;
mod lists;
mod pickers;

use super::Action;

/// Every action: one slice a screen or overlay.
pub const ALL: &[&[Action]] = &[
    lists::MOVING,
    lists::FINDING,
    lists::MARKING,
    lists::SEEING,
    copying::COPYING,
    acts::ACTING,
    lists::PROGRAM,
    dialogs::DIALOG,
    dialogs::FORM,
    dialogs::PROMPT,
    dialogs::LINE,
    pickers::MENU,
    pickers::HELP,
    pickers::JOURNAL,
    pickers::DETAILS,
    pickers::TASKS,
    pickers::PATH,
    pickers::WELCOME,
];
