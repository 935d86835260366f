//! The invites pane of a service that keeps no list: one sentence, and the program's own notes of what
//! was sent from here. A number of invites is never shown, since nobody knows it.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::list::{behind_mark, mark, next, with_mark};
use super::pane::{self, Face, Sentence};
use super::sending;
use crate::app::Model;
use crate::app::place::Pane;
use crate::app::screen::marks;
use crate::app::store::SentNote;
use crate::domain::{OrgId, Text};
use crate::view::theme::Theme;
use crate::view::value::{foreign, when_in_words};
use crate::view::widget::canvas::Canvas;
use crate::view::widget::table::{Column, Shape};

/// The columns of the notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Address,
    State,
}

/// The cells of the mark before an address, where any is marked.
const MARKED: u16 = 2;

/// Draws the pane.
pub(crate) fn draw(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (model, mut face, (org, why)): (&Model, Face, (&OrgId, &'static str)),
) {
    let theme = canvas.theme;
    "?".clone_into(&mut face.count);
    let marked = marks::counts(model, Pane::Invites).words();
    let marked = marked.map(|words| Line::styled(words, theme.warning));
    face.notes.extend(marked);
    let inside = behind_mark(pane::frame(canvas, area, (model, &face)));
    let said = [
        Sentence::new(format!("Invites cannot be listed: {why}."), theme.warning),
        Sentence::new("", theme.faint),
        Sentence::new("SENT FROM HERE (this program's own memory)", theme.heading),
    ];
    let left = pane::sentences(canvas, inside, &said);
    let sent = sent_from_here(model, (org, theme));
    if sent.is_empty() {
        let none = Sentence::new("nothing since the program was started", theme.faint);
        pane::sentences(canvas, left, &[none]);
    }
    notes(canvas, left, (model, &sent));
}

/// Draws the window of the notes that the cursor is in.
fn notes(canvas: &mut Canvas<'_>, mut left: Rect, (model, sent): (&Model, &[Sent<'_>])) {
    let columns = [
        Column::new(Key::Address, "", left.width.min(36)),
        Column::new(Key::State, "", 12).rank(1).grows(1),
    ];
    let marks = &model.panes.note_marks;
    let lead = if marks.is_empty() { 0 } else { MARKED };
    let shape = Shape::new(&columns, left.width.saturating_sub(lead), None);
    let held = model.sent_note();
    let is_held = |sent: &Sent<'_>| sent.note.is_some() && sent.note == held;
    let cursor = sent.iter().position(is_held);
    let height = usize::from(left.height);
    let top = cursor.map_or(0, |cursor| (cursor + 1).saturating_sub(height));
    let focus = pane::focus(model, Pane::Invites);
    for (number, sent) in sent.iter().enumerate().skip(top).take(height) {
        let line = next(&mut left);
        if sent.note.is_some_and(|note| marks.has(note)) {
            canvas.line(line, &Line::raw("*"));
        }
        let behind = Rect {
            x: line.x + lead.min(line.width),
            width: line.width.saturating_sub(lead),
            ..line
        };
        shape.cells(canvas, behind, |key, width| {
            if key == Key::Address {
                foreign(sent.email, width).into()
            } else {
                sent.state.clone().into()
            }
        });
        if Some(number) == cursor {
            mark(canvas, with_mark(line), focus);
        }
    }
}

/// An address that is being invited, or was.
struct Sent<'a> {
    email: &'a Text,
    state: Span<'static>,
    note: Option<&'a SentNote>,
}

/// What is being sent and what was sent, the newest first.
fn sent_from_here<'a>(model: &'a Model, (org, theme): (&OrgId, &Theme)) -> Vec<Sent<'a>> {
    let writes = sending::invited(model);
    let open = writes.filter(|(into, _, write)| *into == org && !write.is_done());
    let fresh = open.map(|(_, draft, write)| Sent {
        email: &draft.email,
        state: write.of_new(model, theme),
        note: None,
    });
    let note = |note: &'a SentNote| {
        let sent = format!("sent {}", when_in_words(note.at, model.now.wall, model));
        Sent {
            email: &note.email,
            state: Span::styled(sent, theme.faint),
            note: Some(note),
        }
    };
    fresh
        .chain(model.sent_notes().into_iter().map(note))
        .collect()
}
