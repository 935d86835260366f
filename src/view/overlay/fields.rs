//! The rows of one field of a form: what is in it, what may be chosen, what is wrong with it.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use tui_input::Input;

use super::form::{Row, lead};
use super::plan::Page;
use crate::app::Model;
use crate::app::fault;
use crate::app::form::{Checklist, Entry, Field, Flag, Form, Masked, NAME, Picked, Tick};
use crate::app::pending::Purpose;
use crate::app::store::Loaded;
use crate::domain::FieldKind;
use crate::domain::field::Need;
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::wrap::wrap;

/// What stands before a field.
#[derive(Clone, Copy)]
pub(super) struct Head {
    /// Whether the field has the focus.
    pub(super) focus: Focus,
    /// The columns that names of fields get.
    pub(super) label: usize,
}

impl Head {
    /// The mark of the focus and the name of the field, starred where it is needed.
    pub(super) fn spans(self, field: &Field, theme: &Theme) -> Vec<Span<'static>> {
        let (mark, style) = match self.focus {
            Focus::Here => ("> ", theme.title),
            Focus::Elsewhere => ("  ", Style::new()),
        };
        let star = match field.spec.need {
            Need::Required => "*",
            Need::Optional | Need::NotOffered(_) => " ",
        };
        let width = self.label;
        let label = format!("{:width$}{star} ", field.spec.label);
        vec![Span::raw(mark), Span::styled(label, style)]
    }

    /// How wide it is.
    pub(super) fn width(self) -> usize {
        self.label + 4
    }
}

/// Rows of a field under construction.
pub(super) struct Block<'a, 'b> {
    pub(super) rows: Vec<Row<'a>>,
    /// The row among them that must be in sight.
    pub(super) sight: usize,
    pub(super) head: Head,
    pub(super) width: u16,
    pub(super) theme: &'b Theme,
}

/// The rows of a field, and which of them must be in sight while it has the focus.
pub(super) fn rows<'a>(
    model: &Model,
    (form, field): (&Form, &'a Field),
    (head, width, theme): (Head, u16, &Theme),
) -> (Vec<Row<'a>>, usize) {
    let mut block = Block {
        rows: Vec::new(),
        sight: 0,
        head,
        width,
        theme,
    };
    block.entry(model, (form, field));
    if let (Entry::Area(_), Some(roll)) = (&field.entry, &form.roll) {
        block.summary(roll);
    }
    if let Some(note) = &field.note {
        block.say(note.excerpt(400).as_str(), theme.faint);
        if field.spec.key == NAME && head.focus == Focus::Here {
            block.sight = block.rows.len() - 1;
        }
    }
    if let Some(error) = &field.error {
        block.say(&format!("! {}", error.excerpt(400)), theme.failure);
        if head.focus == Focus::Here {
            block.sight = block.sight.max(block.rows.len() - 1);
        }
    }
    if let (Focus::Here, Some(hint)) = (head.focus, hint(field)) {
        block.say(&hint, theme.faint);
    }
    (block.rows, block.sight)
}

impl<'a> Block<'a, '_> {
    fn entry(&mut self, model: &Model, (form, field): (&Form, &'a Field)) {
        let plain = Style::new();
        match &field.entry {
            Entry::Line(input) if input.value().contains('\n') => self.lines(field, input),
            Entry::Line(input) => self.typed(field, Cow::Borrowed(input)),
            Entry::Area(area) => self.area(field, area),
            Entry::Masked(masked) => self.masked(field, masked),
            Entry::Role(roles, _) if roles.is_empty() => {
                self.headed(field, (&no_roles(model, form), plain));
            }
            Entry::Role(roles, chosen) => self.roles(field, (roles, *chosen)),
            Entry::Roles(list) => self.checklist(field, list),
            Entry::Flag(flag) => self.flag(field, *flag),
            Entry::Country(input, index) => {
                self.typed(field, Cow::Borrowed(input));
                self.countries(input, *index);
            }
            Entry::User(finder) => {
                self.typed(field, Cow::Borrowed(&finder.input));
                self.users(finder);
            }
            Entry::File(picked) => {
                self.typed(field, Cow::Borrowed(&picked.input));
                self.file(picked);
            }
            Entry::Absent => {}
        }
    }

    fn typed(&mut self, field: &Field, input: Cow<'a, Input>) {
        let label = lead(self.head.spans(field, self.theme));
        self.rows.push(Row::Typed(label, input, self.head.focus));
    }

    /// A text of several lines: the cursor is in one of them.
    fn lines(&mut self, field: &Field, input: &Input) {
        let mut left = input.cursor();
        let mut found = false;
        for (number, text) in input.value().split('\n').enumerate() {
            let length = text.chars().count();
            let here = !found && left <= length;
            let focus = if here {
                self.head.focus
            } else {
                Focus::Elsewhere
            };
            let line = Input::new(text.to_owned()).with_cursor(if here { left } else { 0 });
            let label = if number == 0 {
                lead(self.head.spans(field, self.theme))
            } else {
                lead(vec![Span::raw(" ".repeat(self.head.width()))])
            };
            if here {
                found = true;
                self.sight = self.rows.len();
            }
            self.rows.push(Row::Typed(label, Cow::Owned(line), focus));
            left = left.saturating_sub(length + 1);
        }
    }

    /// As many stars as characters.
    fn masked(&mut self, field: &Field, masked: &Masked) {
        let stars = Input::new("*".repeat(masked.len()));
        self.typed(field, Cow::Owned(stars));
    }

    fn checklist(&mut self, field: &'a Field, list: &'a Checklist) {
        let here = |number: usize| self.head.focus == Focus::Here && list.index == number;
        let mut rows: Vec<String> = Vec::new();
        for (number, (role, tick)) in list.items.iter().enumerate() {
            let mark = if here(number) { ">" } else { " " };
            let tick_mark = match tick {
                Tick::On => "[x]",
                Tick::Off => "[ ]",
            };
            let changed = match (list.held.contains(&role.key), tick) {
                (true, Tick::Off) => "  (is taken)",
                (false, Tick::On) => "  (is given)",
                (true, Tick::On) | (false, Tick::Off) => "",
            };
            let name = role.name.excerpt(60);
            rows.push(format!("{mark} {tick_mark} {name}{changed}"));
        }
        let typing = self.head.focus == Focus::Here && list.is_typing();
        let first = if rows.is_empty() {
            String::new()
        } else {
            rows.remove(0)
        };
        self.headed(field, (&first, Style::new()));
        for row in &rows {
            self.say(row, Style::new());
        }
        let mark = if typing { ">" } else { " " };
        let indent = " ".repeat(self.head.width());
        let label = lead(vec![Span::raw(format!("{indent}{mark} other "))]);
        let input = Cow::Borrowed(&list.other);
        self.sight = list.index.min(self.rows.len());
        self.rows
            .push(Row::Typed(label, input, Focus::from(typing)));
    }

    fn flag(&mut self, field: &Field, flag: Flag) {
        let (words, chosen): (&[&str], usize) = match flag {
            Flag::Yes => (&["yes", "no"], 0),
            Flag::No => (&["yes", "no"], 1),
            Flag::Untold => (&["yes", "no", "as it is"], 2),
        };
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        self.choices(field, (&words, Some(chosen)));
    }

    fn file(&mut self, picked: &Picked) {
        if let Some(image) = picked.image() {
            let kind = image.kind().content_type();
            let words = format!("{kind}, {} bytes", image.bytes().len());
            self.say(&words, Style::new());
        }
    }

    /// Words behind the name of a field, over as many rows as they need.
    pub(super) fn headed(&mut self, field: &Field, (words, style): (&str, Style)) {
        let room = usize::from(self.width).saturating_sub(self.head.width());
        let mut parts = wrap(words, room.max(1));
        let mut spans = self.head.spans(field, self.theme);
        let first = parts.next().unwrap_or_default();
        spans.push(Span::styled(first.to_owned(), style));
        self.rows.push(Row::Words(Line::from(spans)));
        for part in parts {
            self.say(part, style);
        }
    }

    pub(super) fn say(&mut self, words: &str, style: Style) {
        let mut page = Page::new(self.width, self.theme);
        page.say(self.head.width(), words, style);
        self.rows.extend(page.rows.into_iter().map(Row::Words));
    }
}

/// Why there are no roles to choose from.
fn no_roles(model: &Model, form: &Form) -> String {
    let asks = |purpose: &Purpose| matches!(purpose, Purpose::ProfileRoles(_));
    if model.pending.any(asks) {
        return "reading the roles ..".to_owned();
    }
    let visit = form.goal.org().and_then(|org| model.store.visit(org));
    match visit.map(|visit| &visit.roles) {
        Some(Loaded::Asked) => "reading the roles ..".to_owned(),
        Some(Loaded::Failed(error)) => {
            let cause = fault::words(error).cause;
            format!("none named; {cause}; opened again, the form reads them again")
        }
        Some(Loaded::Yes(_) | Loaded::No) | None => "none named".to_owned(),
    }
}

/// What to know while it is filled in: how, and what leaving it empty means.
fn hint(field: &Field) -> Option<String> {
    let emptied = match (field.emptying, &field.before) {
        (crate::app::form::Emptying::Refused, _) => "cannot be left empty",
        (crate::app::form::Emptying::Sent, _) => "",
    };
    let kind = match field.spec.kind {
        FieldKind::Email => "several are separated by commas or blanks",
        FieldKind::Country => "type a name or a code; Up and Down choose",
        FieldKind::User => "Enter looks it up; Up and Down choose",
        FieldKind::Message => "^n begins a new line",
        FieldKind::Addresses => "one or several a line, or CSV with a header",
        FieldKind::Text { .. }
        | FieldKind::Url
        | FieldKind::Flag
        | FieldKind::Number { .. }
        | FieldKind::Role
        | FieldKind::Json
        | FieldKind::Image
        | FieldKind::Secret => "",
    };
    let parts = [field.spec.hint, kind, emptied];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (!said.is_empty()).then(|| said.join("; "))
}
