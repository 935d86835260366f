//! The rows of every list: moving, finding, seeing, and the program itself.

use crate::app::action::{Action, Needs, Section};
use crate::app::columns::Column;
use crate::app::layer::Layer;
use crate::app::overlay::{details, drafts, help, line, palette, person, tasks};
use crate::app::screen::{activity, invites, lists, marks, members, org, orgs, panes, program};
use crate::domain::Verb;

pub(super) const MOVING: &[Action] = &[
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

pub(super) const FINDING: &[Action] = &[
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

pub(super) const MARKING: &[Action] = &[
    Action::new("mark.row", "Mark the row, or not any more", marks::toggle)
        .keys(&["space"])
        .under(Section::Mark)
        .needs(Needs::Marks)
        .hint("mark"),
    Action::new("mark.range", "Mark up to the cursor", marks::toggle_range)
        .keys(&["v"])
        .under(Section::Mark)
        .needs(Needs::Marks),
    Action::new("mark.invert", "Turn the marks around", marks::invert)
        .keys(&["V"])
        .under(Section::Mark)
        .needs(Needs::Marks),
    Action::new("mark.all", "Mark every row shown", marks::mark_all)
        .keys(&["*"])
        .under(Section::Mark)
        .needs(Needs::Marks),
    Action::new("mark.only", "Only the marked rows", marks::show_marked)
        .keys(&["f m"])
        .under(Section::Find)
        .needs(Needs::Marked),
    Action::new("mark.show-all", "All rows again", marks::show_all)
        .keys(&["f c"])
        .under(Section::Find)
        .needs(Needs::List),
];

pub(super) const SEEING: &[Action] = &[
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
    Action::new("task.list", "Tasks of this session", tasks::open)
        .keys(&["w"])
        .under(Section::See),
    Action::new("draft.list", "Drafts of forms", drafts::open)
        .keys(&["g d"])
        .under(Section::See),
    Action::new("activity.clear", "Clear the activity", activity::clear)
        .on(Layer::Activity)
        .keys(&["C"])
        .under(Section::See),
];

pub(super) const PROGRAM: &[Action] = &[
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
        .on(Layer::Everywhere)
        .keys(&["c-l"])
        .under(Section::Program),
    Action::new("program.suspend", "Suspend", program::suspend)
        .on(Layer::Everywhere)
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
