//! The rows of dialogs, forms and the filter line.

use crate::app::action::{Action, Class, Needs};
use crate::app::layer::Layer;
use crate::app::overlay::{confirm, drafts, edit, form, line, prompt};
use crate::app::screen::lists;

pub(super) const DIALOG: &[Action] = &[
    Action::new(
        "dialog.press",
        "Press the focused button",
        confirm::submit_focused,
    )
    .on(Layer::Dialog)
    .keys(&["enter"])
    .class(Class::Sends)
    .hint("press"),
    Action::new("dialog.yes", "Yes", confirm::submit_yes)
        .on(Layer::Dialog)
        .keys(&["y"])
        .class(Class::Sends),
    Action::new("dialog.no", "No", confirm::close)
        .on(Layer::Dialog)
        .keys(&["n"]),
    Action::new("dialog.close", "Cancel", confirm::close)
        .on(Layer::Dialog)
        .keys(&["esc", "c-c", "q"])
        .hint("cancel"),
    Action::new("dialog.next", "Next button or field", confirm::move_next)
        .on(Layer::Dialog)
        .keys(&["tab"])
        .hint("button"),
    Action::new(
        "dialog.previous",
        "Previous button or field",
        confirm::move_previous,
    )
    .on(Layer::Dialog)
    .keys(&["s-tab"]),
    Action::new("dialog.left", "Left", confirm::move_left)
        .on(Layer::Dialog)
        .keys(&["left"]),
    Action::new("dialog.right", "Right", confirm::move_right)
        .on(Layer::Dialog)
        .keys(&["right"]),
    Action::new("dialog.down", "Scroll down", confirm::move_down)
        .on(Layer::Dialog)
        .keys(&["j", "down"])
        .hint("scroll"),
    Action::new("dialog.up", "Scroll up", confirm::move_up)
        .on(Layer::Dialog)
        .keys(&["k", "up"]),
    Action::new("dialog.page-down", "Page down", confirm::move_page_down)
        .on(Layer::Dialog)
        .keys(&["pgdn", "c-d", "c-f"]),
    Action::new("dialog.page-up", "Page up", confirm::move_page_up)
        .on(Layer::Dialog)
        .keys(&["pgup", "c-b"]),
    Action::new("dialog.home", "Beginning", confirm::move_home)
        .on(Layer::Dialog)
        .keys(&["home"]),
    Action::new("dialog.end", "End", confirm::move_end)
        .on(Layer::Dialog)
        .keys(&["end"]),
    Action::new(
        "dialog.erase",
        "Delete the character before",
        confirm::erase,
    )
    .on(Layer::Dialog)
    .keys(&["bs"]),
    Action::new(
        "dialog.erase-next",
        "Delete the character",
        confirm::erase_next,
    )
    .on(Layer::Dialog)
    .keys(&["delete"]),
    Action::new("dialog.erase-word", "Delete the word", confirm::erase_word)
        .on(Layer::Dialog)
        .keys(&["c-w"]),
    Action::new("dialog.clear", "Empty the field", confirm::clear)
        .on(Layer::Dialog)
        .keys(&["c-u"]),
    Action::new("dialog.bodies", "Show the requests", confirm::toggle_bodies)
        .on(Layer::Dialog)
        .keys(&["d"])
        .needs(Needs::Requests)
        .hint("requests"),
];

pub(super) const FORM: &[Action] = &[
    Action::new(
        "form.press",
        "Next field, or press the button",
        form::submit,
    )
    .on(Layer::Form)
    .keys(&["enter"])
    .class(Class::Sends)
    .hint("next, press"),
    Action::new("form.next", "Next field", form::move_next)
        .on(Layer::Form)
        .keys(&["tab"])
        .hint("field"),
    Action::new("form.previous", "Previous field", form::move_previous)
        .on(Layer::Form)
        .keys(&["s-tab"]),
    Action::new("form.up", "Previous choice", form::move_choice_up)
        .on(Layer::Form)
        .keys(&["up"]),
    Action::new("form.down", "Next choice", form::move_choice_down)
        .on(Layer::Form)
        .keys(&["down"])
        .hint("choice"),
    Action::new("form.toggle", "Toggle the choice", form::toggle)
        .on(Layer::Form)
        .keys(&["space"]),
    Action::new("form.left", "Left", form::move_left)
        .on(Layer::Form)
        .keys(&["left"]),
    Action::new("form.right", "Right", form::move_right)
        .on(Layer::Form)
        .keys(&["right"]),
    Action::new("form.home", "Beginning of the field", edit::move_home)
        .on(Layer::Form)
        .keys(&["home"]),
    Action::new("form.end", "End of the field", edit::move_end)
        .on(Layer::Form)
        .keys(&["end"]),
    Action::new("form.erase", "Delete the character before", edit::erase)
        .on(Layer::Form)
        .keys(&["bs"]),
    Action::new("form.erase-next", "Delete the character", edit::erase_next)
        .on(Layer::Form)
        .keys(&["delete"]),
    Action::new("form.erase-word", "Delete the word", edit::erase_word)
        .on(Layer::Form)
        .keys(&["c-w"]),
    Action::new(
        "form.clear",
        "Empty the field, on a button the form",
        form::clear,
    )
    .on(Layer::Form)
    .keys(&["c-u"]),
    Action::new("form.line", "New line in a message", form::insert_line)
        .on(Layer::Form)
        .keys(&["c-n"]),
    Action::new("form.page-up", "Scroll up, on a button", form::move_page_up)
        .on(Layer::Form)
        .keys(&["pgup"]),
    Action::new(
        "form.page-down",
        "Scroll down, on a button",
        form::move_page_down,
    )
    .on(Layer::Form)
    .keys(&["pgdn"]),
    Action::new("form.take-draft", "Take the draft", drafts::take)
        .on(Layer::Form)
        .keys(&["c-t"])
        .needs(Needs::Draft)
        .hint("take the draft"),
    Action::new("form.discard-draft", "Discard the draft", drafts::discard)
        .on(Layer::Form)
        .keys(&["c-x"])
        .needs(Needs::Draft),
    Action::new("form.close", "Close, what is typed is kept", form::close)
        .on(Layer::Form)
        .keys(&["esc", "c-c"])
        .hint("close"),
];

pub(super) const PROMPT: &[Action] = &[
    Action::new(
        "prompt.press",
        "Use it, or press the button",
        prompt::submit,
    )
    .on(Layer::Prompt)
    .keys(&["enter"])
    .class(Class::Sends)
    .hint("use it"),
    Action::new("prompt.close", "Leave it", prompt::close)
        .on(Layer::Prompt)
        .keys(&["esc", "c-c"])
        .hint("leave it"),
    Action::new("prompt.next", "Next button or field", prompt::move_next)
        .on(Layer::Prompt)
        .keys(&["tab", "down", "right"])
        .hint("button"),
    Action::new(
        "prompt.previous",
        "Previous button or field",
        prompt::move_previous,
    )
    .on(Layer::Prompt)
    .keys(&["s-tab", "up", "left"]),
    Action::new("prompt.erase", "Delete the last character", prompt::erase)
        .on(Layer::Prompt)
        .keys(&["bs"]),
    Action::new("prompt.clear", "Empty the field", prompt::clear)
        .on(Layer::Prompt)
        .keys(&["c-u", "c-w"]),
];

pub(super) const LINE: &[Action] = &[
    Action::new("line.apply", "Keep the filter", line::apply)
        .on(Layer::Line)
        .keys(&["enter"])
        .hint("keep"),
    Action::new("line.close", "No filter", line::close)
        .on(Layer::Line)
        .keys(&["esc", "c-c"])
        .hint("no filter"),
    Action::new("line.left", "Left", edit::move_left)
        .on(Layer::Line)
        .keys(&["left"]),
    Action::new("line.right", "Right", edit::move_right)
        .on(Layer::Line)
        .keys(&["right"]),
    Action::new("line.home", "Beginning", edit::move_home)
        .on(Layer::Line)
        .keys(&["home"]),
    Action::new("line.end", "End", edit::move_end)
        .on(Layer::Line)
        .keys(&["end"]),
    Action::new("line.erase", "Delete the character before", edit::erase)
        .on(Layer::Line)
        .keys(&["bs"]),
    Action::new("line.erase-next", "Delete the character", edit::erase_next)
        .on(Layer::Line)
        .keys(&["delete"]),
    Action::new("line.erase-word", "Delete the word", edit::erase_word)
        .on(Layer::Line)
        .keys(&["c-w"]),
    Action::new("line.clear", "Empty the line", edit::clear)
        .on(Layer::Line)
        .keys(&["c-u"]),
    Action::new("line.down", "Next row", lists::move_down)
        .on(Layer::Line)
        .keys(&["down"]),
    Action::new("line.up", "Previous row", lists::move_up)
        .on(Layer::Line)
        .keys(&["up"]),
];
