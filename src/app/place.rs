//! Geometry: where the panes are, as plain integers. What is visible decides what is read first, so
//! the core must know it; how it looks is the view's.

/// A size in columns and rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A rectangle of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The leftmost column.
    pub x: u16,
    /// The topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// The inside of a frame of one cell.
    #[must_use]
    pub const fn inside(self) -> Self {
        Self {
            x: self.x + 1,
            y: self.y + 1,
            width: self.width.saturating_sub(2),
            height: self.height.saturating_sub(2),
        }
    }
}

/// The panes, by their number keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    /// 1: every organization.
    #[default]
    Orgs,
    /// 2: one organization.
    Org,
    /// 3: its members.
    Members,
    /// 4: its invites.
    Invites,
    /// 5: what was sent.
    Activity,
}

impl Pane {
    /// All panes in the order of their keys.
    pub const ALL: [Self; 5] = [
        Self::Orgs,
        Self::Org,
        Self::Members,
        Self::Invites,
        Self::Activity,
    ];

    /// Its place among all.
    pub const fn index(self) -> usize {
        match self {
            Self::Orgs => 0,
            Self::Org => 1,
            Self::Members => 2,
            Self::Invites => 3,
            Self::Activity => 4,
        }
    }
}

/// The three layouts, and the notice that there is no room for any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// From 100x28: every pane at once.
    Wide,
    /// From 80 columns: the organizations and a right column.
    Medium,
    /// Below 80 columns: one pane, the others as tabs.
    Narrow,
    /// Below 40x10: nothing but a sentence.
    TooSmall,
}

/// Where everything is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Which of the layouts.
    pub form: Form,
    /// Two rows: the program, the profiles, and where we are.
    pub header: Area,
    /// One row of tabs; empty in the larger layouts.
    pub tabs: Area,
    /// Each pane; an empty area is not on the screen.
    pub panes: [Area; 5],
    /// The rows of messages that wait to be dismissed.
    pub notices: Area,
    /// One row of keys.
    pub hints: Area,
    /// Two rows that never move: status, and the command line.
    pub foot: Area,
}

/// What the layout depends on beside the size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The pane that has the focus.
    pub focus: Pane,
    /// Whether it fills the screen.
    pub zoom: Zoom,
    /// Rows of messages that wait.
    pub notices: u16,
}

/// Whether the focused pane fills the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zoom {
    /// It is one of several.
    #[default]
    Out,
    /// It is alone.
    In,
}

/// Below so many rows for all panes, those that are no lists of people give some of theirs away.
const LOW: u16 = 26;

/// Of the rows for all panes beyond so many, a third goes to the facts of the organization.
const AMPLE: u16 = 31;

/// Rows that a pane keeps whatever messages wait.
const LEAST: u16 = 3;

const NOWHERE: Area = Area {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
};

/// The layout of a screen.
pub fn layout(size: Size, wanted: Wanted) -> Layout {
    let form = form(size);
    let row = |y: u16, height: u16| Area {
        x: 0,
        y,
        width: size.width,
        height,
    };
    if form == Form::TooSmall {
        return Layout {
            form,
            header: NOWHERE,
            tabs: NOWHERE,
            panes: [NOWHERE; 5],
            notices: NOWHERE,
            hints: NOWHERE,
            foot: NOWHERE,
        };
    }
    let tabs = u16::from(form == Form::Narrow) * 2;
    let foot = size.height - 2;
    let hints = foot - 1;
    let room = hints - 2 - tabs;
    let notices = wanted.notices.min(4).min(room.saturating_sub(LEAST));
    let messages = hints - notices;
    let body = row(2 + tabs, messages - 2 - tabs);
    Layout {
        form,
        header: row(0, 2),
        tabs: row(2, tabs),
        panes: panes(form, body, wanted),
        notices: row(messages, notices),
        hints: row(hints, 1),
        foot: row(foot, 2),
    }
}

fn form(size: Size) -> Form {
    match (size.width, size.height) {
        (0..40, _) | (_, 0..10) => Form::TooSmall,
        (0..80, _) => Form::Narrow,
        (100.., 28..) => Form::Wide,
        _ => Form::Medium,
    }
}

fn panes(form: Form, body: Area, wanted: Wanted) -> [Area; 5] {
    let mut panes = [NOWHERE; 5];
    let focused = wanted.focus.index();
    match (form, wanted.zoom) {
        (Form::TooSmall, _) => {}
        (Form::Narrow, _) | (Form::Medium | Form::Wide, Zoom::In) => panes[focused] = body,
        (Form::Wide, Zoom::Out) => {
            let (facts, sent) = if body.height < LOW {
                (5, 4)
            } else {
                (7 + body.height.saturating_sub(AMPLE) / 3, 6)
            };
            let (upper, activity) = split_rows(body, body.height - sent);
            let (left, right) = split_columns(upper, 38);
            let (org, lists) = split_rows(right, facts);
            let (members, invites) = split_rows(lists, lists.height - lists.height * 2 / 5);
            panes = [left, org, members, invites, activity];
        }
        (Form::Medium, Zoom::Out) => {
            let (left, right) = split_columns(body, 26);
            panes[0] = left;
            if matches!(wanted.focus, Pane::Org | Pane::Activity) {
                panes[focused] = right;
            } else {
                let (members, invites) = split_rows(right, right.height - right.height * 2 / 5);
                panes[Pane::Members.index()] = members;
                panes[Pane::Invites.index()] = invites;
            }
        }
    }
    panes
}

fn split_rows(area: Area, upper: u16) -> (Area, Area) {
    let upper = upper.min(area.height);
    (
        Area {
            height: upper,
            ..area
        },
        Area {
            y: area.y + upper,
            height: area.height - upper,
            ..area
        },
    )
}

fn split_columns(area: Area, left: u16) -> (Area, Area) {
    let left = left.min(area.width);
    (
        Area {
            width: left,
            ..area
        },
        Area {
            x: area.x + left,
            width: area.width - left,
            ..area
        },
    )
}

/// Fewest rows that a dialog gets before it covers the messages too.
const DIALOG: u16 = 10;

/// The widest that a question gets.
pub const QUESTION: u16 = 84;

/// The cells between the frame of a dialog and its rows, on each side.
pub const PAD: u16 = 2;

/// Where overlays stand: header and foot stay in sight, the messages too where there is room.
pub fn overlays(layout: &Layout) -> Area {
    let top = layout.header.y + layout.header.height;
    let above = |bottom: Area| bottom.y.saturating_sub(top);
    let height = match above(layout.notices) {
        enough @ DIALOG.. => enough,
        _ => above(layout.hints),
    };
    Area {
        x: 0,
        y: top,
        width: layout.header.width,
        height,
    }
}

/// The columns and rows inside the frame of a dialog of at most so many columns.
pub fn page(room: Area, widest: u16) -> (usize, usize) {
    let width = room.width.min(widest).saturating_sub(2 + 2 * PAD);
    (
        usize::from(width),
        usize::from(room.height.saturating_sub(2)),
    )
}

/// How many rows of a list its pane shows: inside the frame, below the line of headings.
pub const fn list_height(area: Area) -> u16 {
    area.inside().height.saturating_sub(1)
}
