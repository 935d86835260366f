//! A form: fields as the service has them, what is wrong with them, and the requests they come to.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use tui_input::Input;

use super::confirm::frame_style;
use super::plan::{Page, is_armed};
use crate::app::Model;
use crate::app::fault;
use crate::app::form::{Button as Name, Entry, Field, Flag, Focus as At, Form, Stage};
use crate::app::layer::Bodies;
use crate::app::store::Loaded;
use crate::domain::field::Need;
use crate::domain::{FieldKind, Role};
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::buttons::{self, Button, State};
use crate::view::widget::canvas::{Canvas, text_width};
use crate::view::widget::dialog::{self, Dialog};
use crate::view::widget::input;
use crate::view::widget::wrap::wrap;

/// The widest that a form gets.
const WIDEST: u16 = 96;

/// The widest that the names of fields get.
const LABEL: usize = 18;

/// One row of a form.
enum Row<'a> {
    /// Words.
    Words(Line<'static>),
    /// A place to type in, behind the name of its field.
    Typed(Line<'static>, &'a Input, Focus),
}

/// Draws the form.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, (model, form): (&Model, &Form)) {
    let theme = canvas.theme;
    let room = dialog::place(room, WIDEST);
    let width = dialog::row_width(room);
    let (rows, focused) = rows(model, form, (width, theme));
    let account = model.store.account(form.org.profile());
    let title = Line::styled(form.title.excerpt(200).to_string(), theme.title);
    let mut dialog = Dialog::new(title, room, frame_style(account, theme));
    dialog.top = usize::from(form.top);
    dialog.footer = Some(footer(model, form, (width, theme)));
    let dialog = dialog.follow(focused, rows.len());
    for (area, row) in dialog.open(canvas, rows.into_iter()).rows {
        match row {
            Row::Words(line) => canvas.line(area, &line),
            Row::Typed(label, typed, focus) => field_row(canvas, area, (&label, typed, focus)),
        }
    }
}

fn field_row(
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

/// All rows, and the one that must be in sight.
fn rows<'a>(model: &Model, form: &'a Form, (width, theme): (u16, &Theme)) -> (Vec<Row<'a>>, usize) {
    let mut rows = Vec::new();
    let mut focused = None;
    let labels = form.fields.iter().map(|field| text_width(field.spec.label));
    let label = labels.max().unwrap_or(0).min(LABEL);
    for (number, field) in form.fields.iter().enumerate() {
        let focus = Focus::from(form.focus == At::Field(number));
        if focus == Focus::Here {
            focused = Some(rows.len());
        }
        let head = Head { focus, label };
        rows.extend(field_rows(model, (form, field), (head, width, theme)));
    }
    let mut page = Page::new(width, theme);
    page.gap();
    match &form.stage {
        Stage::Editing => {
            let words = "Preview shows the requests; nothing is sent by it.";
            page.say(0, words, theme.faint);
        }
        Stage::Preparing(_) => page.say(0, "Working out the requests ..", theme.busy),
        Stage::Ready(plan, _) => page.plan(plan, Bodies::Shown),
        Stage::Failed(error) => page.failure(error),
    }
    rows.extend(page.rows.into_iter().map(Row::Words));
    let focused = focused.unwrap_or(rows.len() - 1);
    (rows, focused)
}

/// What stands before a field.
#[derive(Clone, Copy)]
struct Head {
    focus: Focus,
    label: usize,
}

impl Head {
    /// The mark of the focus and the name of the field.
    fn spans(self, field: &Field, theme: &Theme) -> Vec<Span<'static>> {
        let mark = match self.focus {
            Focus::Here => "> ",
            Focus::Elsewhere => "  ",
        };
        let width = self.label;
        let style = match self.focus {
            Focus::Here => theme.title,
            Focus::Elsewhere => Style::new(),
        };
        let label = format!("{:width$} ", field.spec.label);
        vec![Span::raw(mark), Span::styled(label, style)]
    }

    /// How wide it is.
    fn width(self) -> usize {
        self.label + 3
    }
}

fn field_rows<'a>(
    model: &Model,
    (form, field): (&Form, &'a Field),
    (head, width, theme): (Head, u16, &Theme),
) -> Vec<Row<'a>> {
    let spans = head.spans(field, theme);
    let mut page = Page::new(width, theme);
    let mut typed = None;
    match &field.entry {
        Entry::Line(input) => {
            let mut label = Line::from(spans);
            label.push_span(Span::raw("[ "));
            typed = Some(Row::Typed(label, input, head.focus));
        }
        Entry::Role(roles, chosen) => {
            let words = role_words((model, form), field, (roles, *chosen));
            headed(&mut page, (spans, head), (&words, Style::new(), width));
        }
        Entry::Flag(flag) => {
            let words = match flag {
                Flag::Yes => "(*) yes   ( ) no",
                Flag::No => "( ) yes   (*) no",
            };
            headed(&mut page, (spans, head), (words, Style::new(), width));
        }
        Entry::Absent => {
            let words = format!("[ not offered: {} ]", absent(field));
            headed(&mut page, (spans, head), (&words, theme.faint, width));
        }
    }
    if let Some(error) = &field.error {
        let words = format!("! {}", error.excerpt(400));
        page.say(head.width(), &words, theme.failure);
    }
    if let Some(hint) = hint(field) {
        page.say(head.width(), &hint, theme.faint);
    }
    typed
        .into_iter()
        .chain(page.rows.into_iter().map(Row::Words))
        .collect()
}

/// Words behind the name of a field, over as many rows as they need.
fn headed(
    page: &mut Page<'_>,
    (mut spans, head): (Vec<Span<'static>>, Head),
    (words, style, width): (&str, Style, u16),
) {
    let room = usize::from(width).saturating_sub(head.width()).max(1);
    let mut parts = wrap(words, room);
    let first = parts.next().unwrap_or_default();
    spans.push(Span::styled(first.to_owned(), style));
    page.rows.push(Line::from(spans));
    for part in parts {
        page.say(head.width(), part, style);
    }
}

fn absent(field: &Field) -> &'static str {
    match field.spec.need {
        Need::NotOffered(why) => why,
        Need::Required | Need::Optional => "this service has no such field",
    }
}

/// The roles to choose from, or why there are none.
fn role_words(
    (model, form): (&Model, &Form),
    field: &Field,
    (roles, chosen): (&[Role], Option<usize>),
) -> String {
    if roles.is_empty() {
        let known = model.store.visit(&form.org).map(|visit| &visit.roles);
        return match known {
            Some(Loaded::Asked) => "reading the roles ..".to_owned(),
            Some(Loaded::Failed(error)) => {
                format!("none named; {}", fault::words(error).cause)
            }
            Some(Loaded::Yes(_) | Loaded::No) | None => "none named".to_owned(),
        };
    }
    let mark = |is_chosen: bool| if is_chosen { "(*)" } else { "( )" };
    let role = |(number, role): (usize, &Role)| {
        let name = role.name.excerpt(60);
        format!("{} {name}", mark(chosen == Some(number)))
    };
    let none = (field.spec.need != Need::Required)
        .then(|| format!("{} none named", mark(chosen.is_none())));
    let words: Vec<String> = none
        .into_iter()
        .chain(roles.iter().enumerate().map(role))
        .collect();
    words.join("   ")
}

fn hint(field: &Field) -> Option<String> {
    let needed = match (field.spec.need, field.spec.kind) {
        (Need::Required, FieldKind::Email) => "needed; several are separated by commas or blanks",
        (Need::Required, _) => "needed",
        (Need::Optional | Need::NotOffered(_), _) => "",
    };
    match (needed, field.spec.hint) {
        ("", "") => None,
        (needed, "") => Some(needed.to_owned()),
        ("", hint) => Some(hint.to_owned()),
        (needed, hint) => Some(format!("{needed}; {hint}")),
    }
}

fn footer(model: &Model, form: &Form, (width, theme): (u16, &Theme)) -> Line<'static> {
    let (send, state, words) = match &form.stage {
        Stage::Ready(plan, shown) => {
            let send = format!("Send {}", plan.steps.len());
            if plan.refusal().is_some() {
                (send, State::Off, "cannot be sent")
            } else if is_armed(model, *shown) {
                (send, State::Ready, "")
            } else {
                (send, State::Off, "ready in a moment")
            }
        }
        Stage::Editing | Stage::Preparing(_) | Stage::Failed(_) => {
            ("Send".to_owned(), State::Off, "")
        }
    };
    let button = |name: Name, label: String, state: State| Button {
        label,
        focus: Focus::from(form.focus == At::Button(name)),
        state,
    };
    let all = [
        button(Name::Cancel, "Cancel".to_owned(), State::Ready),
        button(Name::Preview, "Preview".to_owned(), State::Ready),
        button(Name::Send, send, state),
    ];
    buttons::row(&all, words, (width, theme))
}
