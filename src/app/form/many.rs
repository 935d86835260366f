//! The form that invites many: its own fields, and what they come to once every address was judged.

use std::collections::BTreeSet;

use tui_input::Input;

use super::area::{Area, LONGEST};
use super::entry::{Entry, Flag};
use super::wish::wrong;
use super::{Button, Ended, Field, Focus, Form, Stage};
use crate::domain::plan::TaskId;
use crate::domain::{FieldError, FieldKind, FieldSpec, InviteDraft, Text, email};
use crate::job::rest;
use crate::job::verdict::Verdict;

/// The addresses.
pub const ADDRESSES: FieldSpec = FieldSpec::required("addresses", "To", FieldKind::Addresses);

/// A file that the addresses are read from.
pub const FROM: FieldSpec =
    FieldSpec::optional("from", "Or from a file", FieldKind::Text { max: 4096 })
        .hint("the path of lines or CSV: Enter reads it into the field above");

/// Whether the good ones go out although others are wrong.
pub const PARTIAL: FieldSpec = FieldSpec::optional("partial", "Only the good", FieldKind::Flag)
    .hint("yes sends the good ones and leaves the wrong ones out");

/// The fields of the form: many addresses in place of the one that the service's own form asks for.
pub fn specs(invite: &[FieldSpec]) -> Vec<FieldSpec> {
    let own = invite.iter().filter(|spec| spec.kind != FieldKind::Email);
    let head = [ADDRESSES, FROM];
    head.iter().chain(own).chain([&PARTIAL]).copied().collect()
}

impl Form {
    /// The text with the addresses.
    pub fn area(&self) -> Option<&Area> {
        self.fields.iter().find_map(|field| field.entry.area())
    }

    /// The same, to be changed.
    pub fn area_mut(&mut self) -> Option<&mut Area> {
        let mut fields = self.fields.iter_mut();
        fields.find_map(|field| field.entry.area_mut())
    }

    /// Judges the addresses as they stand.
    pub fn judge(&mut self) {
        let text = self.area().map(Area::text);
        let (Some(roll), Some(text)) = (&mut self.roll, text) else {
            return;
        };
        roll.read(&text);
        let problem = roll.problem().cloned();
        if let Some(field) = self.field_mut(ADDRESSES.key) {
            field.error = problem;
        }
    }

    /// Puts other addresses in place of those that stand there.
    pub fn put_addresses(&mut self, text: &str) {
        let mut area = Area::default();
        let left = area.put(text);
        if let Some(own) = self.area_mut() {
            *own = area;
        }
        self.judge();
        if let Some(field) = self.field_mut(ADDRESSES.key).filter(|_| left > 0) {
            let words = format!("{left} bytes are left out: a text has at most {LONGEST}");
            field.error = Some(Text::from(words));
        }
    }

    /// Whether members and invites are still being read.
    pub fn is_reading(&self) -> bool {
        self.roll.as_ref().is_some_and(|roll| roll.is_reading())
    }

    /// The file that addresses are to be read from.
    pub fn list_path(&self) -> Option<&str> {
        let typed = self.field(FROM.key)?.typed();
        Some(typed).filter(|path| !path.is_empty())
    }

    /// The file with addresses was read: they are the form's own now.
    pub fn take_list(&mut self, text: &Text) {
        if let Some(field) = self.field_mut(FROM.key) {
            let words = format!("read from {}", field.typed());
            field.note = Some(Text::from(words));
            field.entry = Entry::Line(Input::default());
        }
        self.put_addresses(&text.raw().replace("\r\n", "\n").replace('\r', "\n"));
    }

    /// Whether the path of such a file has the focus.
    pub fn is_at_list(&self) -> bool {
        self.list_path().is_some() && self.here().is_some_and(|field| field.spec.key == FROM.key)
    }

    /// Whether a text of many lines has the focus.
    pub fn is_in_area(&self) -> bool {
        self.here()
            .is_some_and(|field| field.entry.area().is_some())
    }

    /// So many lines up or down in it, or to its end; whether there were any.
    pub fn leaf(&mut self, by: isize) -> bool {
        let Some(area) = self.area_mut() else {
            return false;
        };
        let before = area.row();
        for _ in 0..by.unsigned_abs() {
            area.step(by.signum());
        }
        area.row() != before
    }

    /// Whether the wrong ones are left out.
    pub fn is_partial(&self) -> bool {
        let entry = self.field(PARTIAL.key).map(|field| &field.entry);
        matches!(entry, Some(Entry::Flag(Flag::Yes)))
    }

    /// Its requests have come to their end. What was certainly not done stands in it again; what may have been
    /// done does not: that is to be looked at first.
    pub fn end(&mut self, task: TaskId, ends: Vec<Ended>) {
        let is_left = |end: &&Ended| rest::is_left(&end.state);
        let left = ends.iter().filter(is_left);
        let left: BTreeSet<String> = left.map(|end| end.email.raw().to_lowercase()).collect();
        let text = self.roll.as_ref().map(|roll| {
            roll.without(|address| {
                let address = email::parse(address).unwrap_or_default();
                !left.contains(&address.to_lowercase())
            })
        });
        self.put_addresses(&text.unwrap_or_default());
        if let Some(roll) = self.roll.as_mut().filter(|_| !left.is_empty()) {
            roll.begin();
        }
        self.fields.retain(|field| !field.is_second_thought());
        self.focus = Focus::Button(Button::Cancel);
        self.stage = Stage::Sent(task, ends);
    }

    /// Whether everybody in it was invited.
    pub fn is_spent(&self) -> bool {
        let is_blank = self.area().is_some_and(Area::is_blank);
        matches!(self.stage, Stage::Sent(..)) && is_blank
    }

    /// The invites that the good addresses come to.
    pub(super) fn many_drafts(&self) -> Vec<InviteDraft> {
        let pattern = self.draft("");
        let roll = self.roll.as_ref();
        roll.map_or(Vec::new(), |roll| roll.drafts(&pattern))
    }

    /// What is wrong with the addresses.
    pub(super) fn many_complaint(&self) -> Option<FieldError> {
        let roll = self.roll.as_ref()?;
        if let Some(problem) = roll.problem() {
            return Some(wrong(ADDRESSES.key, problem.clone()));
        }
        let bad = roll.count(Verdict::is_wrong);
        let good = roll.count(|verdict| *verdict == Verdict::Ok);
        let words = match (good, bad) {
            (0, 0) => "an address is needed".to_owned(),
            (0, _) => "nobody is left to be invited".to_owned(),
            (_, 0) => return None,
            _ if self.is_partial() => return None,
            (_, bad) => format!(
                "{}: nothing is sent. Correct what is listed, or say yes to `{}`",
                is_wrong(bad),
                PARTIAL.label
            ),
        };
        Some(wrong(ADDRESSES.key, words))
    }
}

fn is_wrong(lines: usize) -> String {
    match lines {
        1 => "1 line is wrong".to_owned(),
        lines => format!("{lines} lines are wrong"),
    }
}

impl Field {
    /// Whether it is the one with many addresses, which are judged as a whole.
    pub(super) fn is_judged(&self) -> bool {
        self.spec.key == ADDRESSES.key
    }
}
