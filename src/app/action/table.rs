//! The rows of table 2.

use super::{Action, Class, Needs, Section};
use crate::app::columns::Column;
use crate::app::layer::Layer;
use crate::app::overlay::{confirm, details, edit, form, help, line, menu, palette, person, roles};
use crate::app::screen::{
    activity, acts, asks, invites, lists, members, org, orgs, panes, profiles, program, welcome,
};
use crate::app::write;
use crate::domain::Verb;

/// Every action: one slice a screen or overlay.
pub const ALL: &[&[Action]] = &[
    MOVING, FINDING, SEEING, ACTING, PROGRAM, DIALOG, FORM, LINE, MENU, HELP, DETAILS, WELCOME,
];

const MOVING: &[Action] = &[
    Action::new("row.next", "Next row", lists::move_down).keys(&["j", "down"]),
    Action::new("row.previous", "Previous row", lists::move_up).keys(&["k", "up"]),
    Action::new("row.first", "First row", lists::move_first).keys(&["g g", "home"]),
    Action::new("row.last", "Last row", lists::move_last).keys(&["G", "end"]),
    Action::new("page.half-down", "Half a page down", lists::move_half_down).keys(&["c-d"]),
    Action::new("page.half-up", "Half a page up", lists::move_half_up).keys(&["c-u"]),
    Action::new("page.down", "Page down", lists::move_page_down).keys(&["c-f", "pgdn"]),
    Action::new("page.up", "Page up", lists::move_page_up).keys(&["c-b", "pgup"]),
    Action::new(
        "details.down",
        "Scroll the organization down",
        org::move_down,
    )
    .keys(&["J"]),
    Action::new("details.up", "Scroll the organization up", org::move_up).keys(&["K"]),
    Action::new("pane.right", "Pane to the right", panes::move_right).keys(&["l", "right"]),
    Action::new("pane.left", "Pane to the left", panes::move_left).keys(&["h", "left"]),
    Action::new("pane.next", "Next pane", panes::move_next)
        .keys(&["tab"])
        .hint("pane"),
    Action::new("pane.previous", "Previous pane", panes::move_previous).keys(&["s-tab"]),
    Action::new("pane.orgs", "Pane Organizations", panes::open_orgs).keys(&["1", "g o"]),
    Action::new("pane.org", "Pane Organization", panes::open_org).keys(&["2"]),
    Action::new("pane.members", "Pane Members", panes::open_members).keys(&["3", "g m"]),
    Action::new("pane.invites", "Pane Invites", panes::open_invites).keys(&["4"]),
    Action::new("pane.activity", "Pane Activity", panes::open_activity).keys(&["5"]),
    Action::new("invite.all", "Invites of all profiles", invites::open_all).keys(&["g i"]),
    Action::new("org.open", "Open the organization", orgs::open)
        .on(Layer::Orgs)
        .keys(&["enter"])
        .needs(Needs::Org)
        .hint("open"),
    Action::new("org.enter", "Go to its members", panes::open_members)
        .on(Layer::Org)
        .keys(&["enter"])
        .needs(Needs::Org),
    Action::new("pane.zoom", "Zoom the pane", panes::zoom_in).keys(&["+"]),
    Action::new("pane.unzoom", "All panes again", panes::zoom_out).keys(&["_"]),
];

const FINDING: &[Action] = &[
    Action::new("list.filter", "Filter this pane", line::open)
        .keys(&["/"])
        .under(Section::Find)
        .needs(Needs::List)
        .hint("filter"),
    Action::new("match.next", "Next match", lists::move_next_match)
        .keys(&["n"])
        .under(Section::Find)
        .needs(Needs::Filter),
    Action::new(
        "match.previous",
        "Previous match",
        lists::move_previous_match,
    )
    .keys(&["N"])
    .under(Section::Find)
    .needs(Needs::Filter),
    Action::new("sort.name", "Sort by name", lists::sort_name)
        .keys(&["s n"])
        .under(Section::Find)
        .needs(Needs::Column(Column::Name)),
    Action::new("sort.email", "Sort by e-mail", lists::sort_email)
        .keys(&["s e"])
        .under(Section::Find)
        .needs(Needs::Column(Column::Email)),
    Action::new("sort.role", "Sort by role", lists::sort_role)
        .keys(&["s r"])
        .under(Section::Find)
        .needs(Needs::Column(Column::Role)),
    Action::new("sort.status", "Sort by status", lists::sort_status)
        .keys(&["s s"])
        .under(Section::Find)
        .needs(Needs::Column(Column::Status)),
    Action::new("sort.date", "Sort by date", lists::sort_date)
        .keys(&["s d"])
        .under(Section::Find)
        .needs(Needs::Column(Column::Date)),
    Action::new("sort.seen", "Sort by last seen", lists::sort_seen)
        .keys(&["s l"])
        .under(Section::Find)
        .needs(Needs::Column(Column::Seen)),
    Action::new(
        "sort.members",
        "Sort by number of members",
        lists::sort_members,
    )
    .keys(&["s m"])
    .under(Section::Find)
    .needs(Needs::Column(Column::Members)),
    Action::new("sort.profile", "Sort by profile", lists::sort_profile)
        .keys(&["s p"])
        .under(Section::Find)
        .needs(Needs::Column(Column::Profile)),
    Action::new("sort.none", "As delivered", lists::sort_none)
        .keys(&["s x"])
        .under(Section::Find)
        .needs(Needs::List),
    Action::new("sort.reverse", "Reverse the sort", lists::sort_reverse)
        .keys(&["S"])
        .under(Section::Find)
        .needs(Needs::Sort),
    Action::new("palette.open", "Everything by name", palette::open)
        .keys(&["c-p"])
        .under(Section::Find)
        .hint("palette"),
    Action::new(
        "profile.pick",
        "Only one profile, or all",
        orgs::open_profiles,
    )
    .keys(&["P"])
    .under(Section::Find),
    Action::new(
        "org.scope",
        "Everybody's organizations, or only our own",
        orgs::toggle_scope,
    )
    .keys(&["g a"])
    .under(Section::Find),
];

const SEEING: &[Action] = &[
    Action::new("row.details", "Details and raw JSON", details::open)
        .keys(&["d"])
        .under(Section::See)
        .needs(Needs::Row)
        .hint("details"),
    Action::new("member.details", "Details", details::open)
        .on(Layer::Members)
        .keys(&["enter"])
        .under(Section::See)
        .needs(Needs::Row),
    Action::new("invite.details", "Details", details::open)
        .on(Layer::Invites)
        .keys(&["enter"])
        .under(Section::See)
        .needs(Needs::Row),
    Action::new("activity.details", "Details", details::open)
        .on(Layer::Activity)
        .keys(&["enter"])
        .under(Section::See)
        .needs(Needs::Row),
    Action::new(
        "person.memberships",
        "Organizations of this person",
        person::open,
    )
    .keys(&["p"])
    .under(Section::See)
    .needs(Needs::Person)
    .verb(Verb::UserMemberships)
    .hint("person"),
    Action::new("list.read", "Read again", lists::read_again)
        .keys(&["R", "c-r"])
        .under(Section::See)
        .hint("read again"),
    Action::new("times.turn", "Ages or dates", program::toggle_times)
        .keys(&["T"])
        .under(Section::See),
    Action::new("row.retry", "Read this row again", members::retry)
        .keys(&["g r"])
        .under(Section::See)
        .needs(Needs::Row),
    Action::new("activity.clear", "Clear the activity", activity::clear)
        .on(Layer::Activity)
        .keys(&["C"])
        .under(Section::See),
];

const ACTING: &[Action] = &[
    Action::new("invite.create", "Invite", acts::open_invite)
        .keys(&["i"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::InviteCreate)
        .hint("invite"),
    Action::new("invite.revoke", "Revoke the invite", asks::wish_revoke)
        .on(Layer::Invites)
        .keys(&["D", "delete"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Row)
        .verb(Verb::InviteRevoke)
        .hint("revoke"),
    Action::new("invite.resend", "Send the invite again", asks::wish_resend)
        .on(Layer::Invites)
        .keys(&["t"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Row)
        .verb(Verb::InviteResend)
        .hint("send again"),
    Action::new("member.remove", "Remove the member", asks::wish_remove)
        .on(Layer::Members)
        .keys(&["D", "delete"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Row)
        .verb(Verb::MemberRemove)
        .hint("remove"),
    Action::new("org.delete", "Delete the organization", asks::wish_delete)
        .on(Layer::Orgs)
        .keys(&["D", "delete"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::OrgDelete),
    Action::new(
        "org.delete-open",
        "Delete the organization",
        asks::wish_delete,
    )
    .on(Layer::Org)
    .keys(&["D", "delete"])
    .class(Class::Opens)
    .under(Section::Act)
    .needs(Needs::Org)
    .verb(Verb::OrgDelete),
    Action::new("org.leave", "Leave the organization", asks::wish_leave)
        .keys(&["X"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::MemberLeave),
    Action::new("logo.remove", "Remove the logo", asks::wish_remove_logo)
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::LogoRemove),
    Action::new("task.finish", "Take up what was left undone", write::finish)
        .keys(&["g f"])
        .class(Class::Opens)
        .under(Section::Act),
    Action::new("member.role", "Change the role", roles::open)
        .on(Layer::Members)
        .keys(&["r"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Roles)
        .verb(Verb::MemberRole)
        .hint("role"),
    Action::new(
        "org.create",
        "Create an organization",
        profiles::open_create,
    )
    .keys(&["c"])
    .class(Class::Opens)
    .under(Section::Act)
    .needs(Needs::Profile)
    .verb(Verb::OrgCreate),
    Action::new("org.edit", "Edit the organization", acts::open_edit)
        .on(Layer::Orgs)
        .keys(&["e"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::OrgEdit),
    Action::new("org.change", "Edit the organization", acts::open_edit)
        .on(Layer::Org)
        .keys(&["e"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::OrgEdit),
    Action::new("logo.set", "Set the logo from a file", acts::open_logo)
        .keys(&["O"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::LogoSet),
    Action::new(
        "metadata.set",
        "Metadata of the organization",
        acts::open_metadata,
    )
    .keys(&["M"])
    .class(Class::Opens)
    .under(Section::Act)
    .needs(Needs::Org)
    .verb(Verb::MetadataSet),
    Action::new("member.add", "Add an existing user", acts::open_add)
        .keys(&["a"])
        .class(Class::Opens)
        .under(Section::Act)
        .needs(Needs::Org)
        .verb(Verb::MemberAdd),
    Action::new(
        "invite.accept",
        "Accept an invite by its token",
        profiles::open_accept,
    )
    .class(Class::Opens)
    .under(Section::Act)
    .needs(Needs::Profile)
    .verb(Verb::InviteAccept),
    Action::new("row.actions", "Every action for this row", menu::open)
        .keys(&["."])
        .under(Section::Act)
        .hint("actions"),
];

const PROGRAM: &[Action] = &[
    Action::new("help.open", "Help", help::open)
        .keys(&["?", "f1"])
        .under(Section::Program)
        .hint("help"),
    Action::new(
        "program.back",
        "Stop, dismiss, clear, go back",
        program::back,
    )
    .keys(&["esc"])
    .under(Section::Program),
    Action::new("program.redraw", "Draw anew", program::redraw)
        .keys(&["c-l"])
        .under(Section::Program),
    Action::new("program.suspend", "Suspend", program::suspend)
        .keys(&["c-z"])
        .under(Section::Program),
    Action::new(
        "program.cancel",
        "Stop what is under way; twice quits",
        program::cancel,
    )
    .keys(&["c-c"])
    .under(Section::Program),
    Action::new("program.quit", "Quit", program::quit)
        .keys(&["q"])
        .under(Section::Program)
        .hint("quit"),
];

const DIALOG: &[Action] = &[
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
        .hint("requests"),
];

const FORM: &[Action] = &[
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
    Action::new("form.close", "Close", form::close)
        .on(Layer::Form)
        .keys(&["esc", "c-c"])
        .hint("close"),
];

const LINE: &[Action] = &[
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

const MENU: &[Action] = &[
    Action::new("menu.take", "Take the line", menu::take)
        .on(Layer::Menu)
        .keys(&["enter"])
        .hint("take"),
    Action::new("menu.next", "Next line", menu::move_next)
        .on(Layer::Menu)
        .keys(&["down", "tab"])
        .hint("line"),
    Action::new("menu.previous", "Previous line", menu::move_previous)
        .on(Layer::Menu)
        .keys(&["up", "s-tab"]),
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

const HELP: &[Action] = &[
    Action::new("help.take", "Run the line", menu::take)
        .on(Layer::Help)
        .keys(&["enter"])
        .hint("run"),
    Action::new("help.next", "Next line", menu::move_next)
        .on(Layer::Help)
        .keys(&["down"])
        .hint("line"),
    Action::new("help.previous", "Previous line", menu::move_previous)
        .on(Layer::Help)
        .keys(&["up"]),
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

const DETAILS: &[Action] = &[
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
    Action::new("details.close", "Close", details::close)
        .on(Layer::Details)
        .keys(&["esc", "c-c", "d", "enter", "q"])
        .hint("close"),
];

const WELCOME: &[Action] = &[
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
    Action::new("welcome.suspend", "Suspend", program::suspend)
        .on(Layer::Welcome)
        .keys(&["c-z"]),
];
