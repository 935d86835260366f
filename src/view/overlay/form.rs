//! A form: fields as the service has them, what is wrong with them, and the requests they come to.

use std::borrow::Cow;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use tui_input::Input;

use super::confirm::frame_style;
use super::plan::{Page, is_armed};
use super::{beside, fields, roll};
use crate::app::Model;
use crate::app::drafts;
use crate::app::form::{Button as Name, Field, Focus as At, Form, Goal, Reach, Stage};
use crate::app::layer::Bodies;
use crate::app::page::Again;
use crate::domain::Plan;
use crate::domain::field::Need;
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::buttons::{self, Button, State};
use crate::view::widget::canvas::{Canvas, text_width};
use crate::view::widget::dialog::{self, Dialog};
use crate::view::widget::input;

/// The widest that a form gets.
const WIDEST: u16 = 96;

/// The widest that the names of fields get.
const LABEL: usize = 21;

/// One row of a form.
pub(super) enum Row<'a> {
    /// Words.
    Words(Line<'static>),
    /// A place to type in, behind the name of its field.
    Typed(Line<'static>, Cow<'a, Input>, Focus),
}

/// The rows of a form, and where in them things stand.
struct Rows<'a> {
    all: Vec<Row<'a>>,
    /// The row that must be in sight, where a field has the focus.
    focused: Option<usize>,
    /// Where the requests, or what became of them, begin.
    ending: usize,
}

/// Draws the form.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, (model, form): (&Model, &Form)) {
    let theme = canvas.theme;
    let (mut dialog, rows) = unscrolled(room, (model, form), theme);
    if rows.focused.is_none() {
        let reach = reach_of(&dialog, &rows);
        dialog.top = dialog.top.saturating_add_signed(reach.keep(form.scroll));
    }
    for (area, row) in dialog.open(canvas, rows.all.into_iter()).rows {
        match row {
            Row::Words(line) => canvas.line(area, &line),
            Row::Typed(label, typed, focus) => typed_row(canvas, area, (&label, &typed, focus)),
        }
    }
}

/// How far a form in this room can be scrolled; not at all while a field has the focus.
pub(crate) fn reach(room: Rect, (model, form): (&Model, &Form)) -> Reach {
    let theme = Theme::of(model.settings.color);
    let (dialog, rows) = unscrolled(room, (model, form), theme);
    match rows.focused {
        Some(_) => Reach::default(),
        None => reach_of(&dialog, &rows),
    }
}

fn reach_of(dialog: &Dialog, rows: &Rows<'_>) -> Reach {
    Reach {
        up: dialog.top,
        down: dialog.last_top(rows.all.len()).saturating_sub(dialog.top),
    }
}

/// The form as it stands before anybody scrolls: what has the focus, or what it came to, is in sight.
fn unscrolled<'a>(
    room: Rect,
    (model, form): (&Model, &'a Form),
    theme: &Theme,
) -> (Dialog, Rows<'a>) {
    let room = dialog::place(room, WIDEST);
    let width = dialog::row_width(room);
    let rows = rows(model, form, (width, theme));
    let account = model.store.account(form.goal.profile());
    let title = Line::styled(form.title.excerpt(200).to_string(), theme.title);
    let mut dialog = Dialog::new(title, room, frame_style(account, theme));
    dialog.footer = Some(footer(model, form, (width, theme)));
    dialog.top = rows.ending;
    let last = rows.all.len().saturating_sub(1);
    let row = rows.focused.unwrap_or(rows.ending).min(last);
    if rows.focused.is_some() {
        dialog.top = 0;
    }
    (dialog.follow(row, rows.all.len()), rows)
}

fn typed_row(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (label, typed, focus): (&Line<'_>, &Input, Focus),
) {
    let taken = u16::try_from(crate::view::widget::canvas::width(label)).unwrap_or(0);
    let taken = taken.min(area.width);
    let field = Rect {
        x: area.x + taken,
        width: (area.width - taken).saturating_sub(2),
        ..area
    };
    canvas.line(area, label);
    let end = Rect {
        x: field.right(),
        width: area.right() - field.right(),
        ..area
    };
    canvas.line(end, &Line::raw(" ]"));
    input::draw(canvas, field, typed, focus);
}

fn rows<'a>(model: &Model, form: &'a Form, (width, theme): (u16, &Theme)) -> Rows<'a> {
    let mut rows: Vec<Row<'a>> = heading(model, form, (width, theme));
    let mut focused = None;
    let offered = |field: &&Field| field.spec.is_offered();
    let labels = form.fields.iter().filter(offered);
    let labels = labels.map(|field| text_width(field.spec.label));
    let label = labels.max().unwrap_or(0).min(LABEL);
    for (number, field) in form.fields.iter().enumerate() {
        if !field.spec.is_offered() {
            continue;
        }
        let focus = Focus::from(form.focus == At::Field(number));
        let head = fields::Head { focus, label };
        let (of_field, sight) = fields::rows(model, (form, field), (head, width, theme));
        if focus == Focus::Here {
            focused = Some(rows.len() + sight);
        }
        rows.extend(of_field);
    }
    let mut page = Page::new(width, theme);
    beside::absent(&mut page, form, theme);
    beside::documents(&mut page, form, theme);
    page.gap();
    let mut ending = rows.len() + page.rows.len();
    if let Some(roll) = &form.roll {
        roll::table(&mut page, (model, form, roll), theme);
        if matches!(
            form.stage,
            Stage::Ready(..) | Stage::Failed(_) | Stage::Sent(..)
        ) {
            ending = rows.len() + page.rows.len();
        }
    }
    ended(&mut page, form, theme);
    rows.extend(page.rows.into_iter().map(Row::Words));
    Rows {
        all: rows,
        focused,
        ending,
    }
}

/// What it is about, and what there is to know before it is filled in.
fn heading<'a>(model: &Model, form: &Form, (width, theme): (u16, &Theme)) -> Vec<Row<'a>> {
    let mut page = Page::new(width, theme);
    if !form.about.is_empty() {
        page.say(0, form.about.excerpt(300).as_str(), theme.faint);
    }
    if let Some(offer) = drafts::offered(model, form) {
        page.say(0, &offer, theme.warning);
    }
    if !matches!(form.stage, Stage::Failed(_)) {
        note(&mut page, form, theme);
    }
    page.rows.into_iter().map(Row::Words).collect()
}

/// What would be sent, or why it is not known.
fn ended(page: &mut Page<'_>, form: &Form, theme: &Theme) {
    match &form.stage {
        Stage::Sent(_, ends) => roll::ended(page, ends, theme),
        Stage::Reading => page.say(
            0,
            "Preview follows as soon as members and invites are read. Esc closes this; nothing is sent.",
            theme.busy,
        ),
        Stage::Editing => {
            let needed = |field: &Field| field.spec.need == Need::Required;
            let star = if form.fields.iter().any(needed) {
                "* is needed. "
            } else {
                ""
            };
            let words = format!("{star}Preview shows the requests; nothing is sent by it.");
            page.say(0, &words, theme.faint);
        }
        Stage::Preparing(_) if form.unread_file().is_some() || form.list_path().is_some() => {
            page.say(0, "Reading the file ..", theme.busy);
        }
        Stage::Preparing(_) => page.say(0, "Working out the requests ..", theme.busy),
        Stage::Ready(plan, _) => page.plan(plan, Bodies::Shown),
        Stage::Failed(error) => {
            note(page, form, theme);
            page.failure(error, Again::Below);
        }
    }
}

/// What there is to know of the form: before it is filled in above its fields, else with what became of it.
fn note(page: &mut Page<'_>, form: &Form, theme: &Theme) {
    if let Some(note) = &form.note {
        page.say(0, note.excerpt(300).as_str(), theme.warning);
    }
}

fn footer(model: &Model, form: &Form, (width, theme): (u16, &Theme)) -> Line<'static> {
    let (send, state, words) = match &form.stage {
        Stage::Ready(plan, _) if plan.sends_nothing() => {
            ("Send".to_owned(), State::Off, "nothing changes")
        }
        Stage::Ready(plan, shown) => {
            let armed = is_armed(model, *shown);
            let (state, words) = readiness(form, plan, armed.into());
            (send_word(form, plan), state, words)
        }
        Stage::Editing
        | Stage::Preparing(_)
        | Stage::Reading
        | Stage::Failed(_)
        | Stage::Sent(..) => ("Send".to_owned(), State::Off, ""),
    };
    let (close, preview) = match &form.stage {
        Stage::Sent(..) if form.is_under_way() => ("Close", State::Off),
        Stage::Sent(..) => ("Close", State::Ready),
        Stage::Editing
        | Stage::Preparing(_)
        | Stage::Reading
        | Stage::Ready(..)
        | Stage::Failed(_) => ("Cancel", State::Ready),
    };
    let button = |name: Name, label: String, state: State| Button {
        label,
        focus: Focus::from(form.focus == At::Button(name)),
        state,
    };
    let all = [
        button(Name::Cancel, close.to_owned(), State::Ready),
        button(Name::Preview, "Preview".to_owned(), preview),
        button(Name::Send, send, state),
    ];
    buttons::row(&all, words, (width, theme))
}

/// Whether the plan was looked at long enough.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looked {
    Enough,
    Briefly,
}

impl From<bool> for Looked {
    fn from(armed: bool) -> Self {
        if armed { Self::Enough } else { Self::Briefly }
    }
}

/// Whether the requests can be sent now, and why not.
fn readiness(form: &Form, plan: &Plan, looked: Looked) -> (State, &'static str) {
    if plan.refusal().is_some() {
        (State::Off, "cannot be sent")
    } else if form.lacks_name() {
        (State::Off, "type the name first")
    } else if form.lacks_yes() {
        (State::Off, "say yes to overwriting first")
    } else if looked == Looked::Briefly {
        (State::Off, "ready in a moment")
    } else {
        (State::Ready, "")
    }
}

/// The word of the button that sends; how many invites, where there may be many.
fn send_word(form: &Form, plan: &Plan) -> String {
    match form.goal {
        Goal::Invite { .. } | Goal::InviteMany { .. } => format!("Send {}", plan.rows()),
        Goal::CreateOrg { .. }
        | Goal::EditOrg { .. }
        | Goal::SetLogo { .. }
        | Goal::Metadata { .. }
        | Goal::AddMember { .. }
        | Goal::SetRoles { .. }
        | Goal::AcceptInvite { .. } => "Send".to_owned(),
    }
}

/// A row that is a mark and a name before something.
pub(super) fn lead(spans: Vec<Span<'static>>) -> Line<'static> {
    let mut line = Line::from(spans);
    line.push_span(Span::raw("[ "));
    line
}
