//! The rows of menus, help, details and the first screen.

use crate::app::action::{Action, Needs};
use crate::app::layer::Layer;
use crate::app::overlay::{details, edit, help, menu};
use crate::app::screen::{program, welcome};

pub(super) const MENU: &[Action] = &[
    Action::new("menu.take", "Take the line", menu::take)
        .on(Layer::Menu)
        .keys(&["enter"])
        .hint("take"),
    Action::new("menu.next", "Next line", menu::move_next)
        .on(Layer::Menu)
        .keys(&["down", "tab", "c-n"])
        .hint("line"),
    Action::new("menu.previous", "Previous line", menu::move_previous)
        .on(Layer::Menu)
        .keys(&["up", "s-tab", "c-p"]),
    Action::new("menu.page-down", "Page down", menu::move_page_down)
        .on(Layer::Menu)
        .keys(&["pgdn", "c-d"]),
    Action::new("menu.page-up", "Page up", menu::move_page_up)
        .on(Layer::Menu)
        .keys(&["pgup", "c-u"]),
    Action::new("menu.filter", "Look for words", menu::open_filter)
        .on(Layer::Menu)
        .keys(&["/"])
        .needs(Needs::Closed)
        .hint("filter"),
    Action::new("menu.erase", "Delete the character before", menu::erase)
        .on(Layer::Menu)
        .keys(&["bs"]),
    Action::new("menu.close", "Close the filter, then the list", menu::close)
        .on(Layer::Menu)
        .keys(&["esc", "c-c"])
        .hint("close"),
];

pub(super) const HELP: &[Action] = &[
    Action::new("help.take", "Run the line", menu::take)
        .on(Layer::Help)
        .keys(&["enter"])
        .hint("run"),
    Action::new("help.next", "Next line", menu::move_next)
        .on(Layer::Help)
        .keys(&["down", "c-n"])
        .hint("line"),
    Action::new("help.previous", "Previous line", menu::move_previous)
        .on(Layer::Help)
        .keys(&["up", "c-p"]),
    Action::new("help.page-down", "Page down", menu::move_page_down)
        .on(Layer::Help)
        .keys(&["pgdn", "c-d"]),
    Action::new("help.page-up", "Page up", menu::move_page_up)
        .on(Layer::Help)
        .keys(&["pgup", "c-u"]),
    Action::new("help.section", "Next section", help::move_section)
        .on(Layer::Help)
        .keys(&["tab"])
        .hint("section"),
    Action::new("help.erase", "Delete the character before", edit::erase)
        .on(Layer::Help)
        .keys(&["bs"]),
    Action::new("help.close", "Close", menu::close)
        .on(Layer::Help)
        .keys(&["esc", "c-c", "f1"])
        .hint("close"),
];

pub(super) const DETAILS: &[Action] = &[
    Action::new("details.next", "Down", details::move_down)
        .on(Layer::Details)
        .keys(&["j", "down", "J"])
        .hint("down"),
    Action::new("details.previous", "Up", details::move_up)
        .on(Layer::Details)
        .keys(&["k", "up", "K"])
        .hint("up"),
    Action::new("details.page-down", "Page down", details::move_page_down)
        .on(Layer::Details)
        .keys(&["pgdn", "c-d", "c-f", "space"]),
    Action::new("details.page-up", "Page up", details::move_page_up)
        .on(Layer::Details)
        .keys(&["pgup", "c-u", "c-b"]),
    Action::new("details.first", "Beginning", details::move_first)
        .on(Layer::Details)
        .keys(&["g g", "home"]),
    Action::new("details.read", "Read again", details::read_again)
        .on(Layer::Details)
        .keys(&["R", "c-r"]),
    Action::new("details.close", "Close", details::close)
        .on(Layer::Details)
        .keys(&["esc", "c-c", "d", "enter", "q"])
        .hint("close"),
];

pub(super) const WELCOME: &[Action] = &[
    Action::new("welcome.next", "Next choice", welcome::move_next)
        .on(Layer::Welcome)
        .keys(&["j", "down", "tab"])
        .hint("choose"),
    Action::new(
        "welcome.previous",
        "Previous choice",
        welcome::move_previous,
    )
    .on(Layer::Welcome)
    .keys(&["k", "up", "s-tab"]),
    Action::new("welcome.take", "Go on", welcome::take)
        .on(Layer::Welcome)
        .keys(&["enter"])
        .hint("go on"),
    Action::new("welcome.quit", "Quit", program::quit)
        .on(Layer::Welcome)
        .keys(&["q", "esc", "c-c"])
        .hint("quit"),
];
