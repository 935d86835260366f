//! The rows of menus, help, details and the first screen.

use crate::app::action::{Action, Class, Needs};
use crate::app::layer::Layer;
use crate::app::overlay::{details, drafts, edit, export, help, menu, scroll, tasks};
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
    Action::new("menu.discard", "Discard the draft", drafts::discard)
        .on(Layer::Menu)
        .keys(&["c-x"])
        .needs(Needs::Draft)
        .hint("discard it"),
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

pub(super) const JOURNAL: &[Action] = &[
    Action::new("journal.look", "Show the entry", menu::take)
        .on(Layer::Journal)
        .keys(&["enter"])
        .needs(Needs::Line)
        .hint("look"),
    Action::new("journal.next", "Next entry", menu::move_next)
        .on(Layer::Journal)
        .keys(&["down", "c-n"])
        .needs(Needs::Line)
        .hint("line"),
    Action::new("journal.previous", "Previous entry", menu::move_previous)
        .on(Layer::Journal)
        .keys(&["up", "c-p"])
        .needs(Needs::Line),
    Action::new("journal.page-down", "Page down", menu::move_page_down)
        .on(Layer::Journal)
        .keys(&["pgdn", "c-d"])
        .needs(Needs::Line),
    Action::new("journal.page-up", "Page up", menu::move_page_up)
        .on(Layer::Journal)
        .keys(&["pgup", "c-u"])
        .needs(Needs::Line),
    Action::new("journal.erase", "Delete the character before", edit::erase)
        .on(Layer::Journal)
        .keys(&["bs"]),
    Action::new("journal.close", "Close", menu::close)
        .on(Layer::Journal)
        .keys(&["esc", "c-c", "f1"])
        .hint("close"),
];

pub(super) const DETAILS: &[Action] = &[
    Action::new("details.next", "Down", scroll::move_down)
        .on(Layer::Details)
        .keys(&["j", "down", "J"])
        .hint("down"),
    Action::new("details.previous", "Up", scroll::move_up)
        .on(Layer::Details)
        .keys(&["k", "up", "K"])
        .hint("up"),
    Action::new("details.page-down", "Page down", scroll::move_page_down)
        .on(Layer::Details)
        .keys(&["pgdn", "c-d", "c-f", "space"]),
    Action::new("details.page-up", "Page up", scroll::move_page_up)
        .on(Layer::Details)
        .keys(&["pgup", "c-u", "c-b"]),
    Action::new("details.first", "Beginning", scroll::move_first)
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

pub(super) const TASKS: &[Action] = &[
    Action::new("task.inspect", "Show its rows", tasks::inspect)
        .on(Layer::Tasks)
        .keys(&["enter"])
        .hint("rows"),
    Action::new(
        "task.pause",
        "Hold it, or let it go on",
        tasks::toggle_pause,
    )
    .on(Layer::Tasks)
    .keys(&["p"])
    .hint("pause"),
    Action::new("task.stop", "Stop it", tasks::stop)
        .on(Layer::Tasks)
        .keys(&["x"])
        .hint("stop"),
    Action::new("task.retry", "Try again what failed", tasks::wish_retry)
        .on(Layer::Tasks)
        .keys(&["r"])
        .class(Class::Opens)
        .hint("retry failed"),
    Action::new("task.export", "Write its results to a file", export::open)
        .on(Layer::Tasks)
        .keys(&["e"])
        .hint("export"),
    Action::new(
        "task.take-up",
        "Take up what was not started",
        tasks::wish_rest,
    )
    .on(Layer::Tasks)
    .keys(&["g f"])
    .class(Class::Opens)
    .hint("take up"),
    Action::new("task.dismiss", "Take it off the list", tasks::dismiss)
        .on(Layer::Tasks)
        .keys(&["D", "delete"]),
    Action::new(
        "task.look-up",
        "Look up what an ended session left open",
        tasks::look_up,
    )
    .on(Layer::Tasks)
    .keys(&["R", "c-r"]),
    Action::new("task.next", "Next row", scroll::move_down)
        .on(Layer::Tasks)
        .keys(&["j", "down"]),
    Action::new("task.previous", "Previous row", scroll::move_up)
        .on(Layer::Tasks)
        .keys(&["k", "up"]),
    Action::new("task.page-down", "Page down", scroll::move_page_down)
        .on(Layer::Tasks)
        .keys(&["pgdn", "c-d", "c-f"]),
    Action::new("task.page-up", "Page up", scroll::move_page_up)
        .on(Layer::Tasks)
        .keys(&["pgup", "c-u", "c-b"]),
    Action::new("task.first", "First row", scroll::move_first)
        .on(Layer::Tasks)
        .keys(&["g g", "home"]),
    Action::new("task.last", "Last row", scroll::move_last)
        .on(Layer::Tasks)
        .keys(&["G", "end"]),
    Action::new("task.close", "Close", tasks::close)
        .on(Layer::Tasks)
        .keys(&["esc", "w", "q", "c-c"])
        .hint("close"),
];

pub(super) const PATH: &[Action] = &[
    Action::new("export.write", "Write the file", export::submit)
        .on(Layer::Path)
        .keys(&["enter"])
        .needs(Needs::Path)
        .hint("write"),
    Action::new("export.close", "Close", export::close)
        .on(Layer::Path)
        .keys(&["esc", "c-c"])
        .hint("close"),
    Action::new("export.left", "Left", edit::move_left)
        .on(Layer::Path)
        .keys(&["left"])
        .needs(Needs::Path),
    Action::new("export.right", "Right", edit::move_right)
        .on(Layer::Path)
        .keys(&["right"])
        .needs(Needs::Path),
    Action::new("export.home", "Beginning", edit::move_home)
        .on(Layer::Path)
        .keys(&["home"])
        .needs(Needs::Path),
    Action::new("export.end", "End", edit::move_end)
        .on(Layer::Path)
        .keys(&["end"])
        .needs(Needs::Path),
    Action::new("export.erase", "Delete the character before", edit::erase)
        .on(Layer::Path)
        .keys(&["bs"])
        .needs(Needs::Path),
    Action::new(
        "export.erase-next",
        "Delete the character",
        edit::erase_next,
    )
    .on(Layer::Path)
    .keys(&["delete"])
    .needs(Needs::Path),
    Action::new("export.erase-word", "Delete the word", edit::erase_word)
        .on(Layer::Path)
        .keys(&["c-w"])
        .needs(Needs::Path),
    Action::new("export.clear", "Empty the field", edit::clear)
        .on(Layer::Path)
        .keys(&["c-u"])
        .needs(Needs::Path),
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
