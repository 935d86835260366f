//! The invites pane of a service that keeps no list: one sentence, and the program's own notes of what
//! was sent from here. A number of invites is never shown, since nobody knows it.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::list::{behind_mark, next};
use super::pane::{self, Face, Sentence};
use super::sending;
use crate::app::Model;
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

/// Draws the pane.
pub(crate) fn draw(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (model, mut face, (org, why)): (&Model, Face, (&OrgId, &'static str)),
) {
    let theme = canvas.theme;
    "?".clone_into(&mut face.count);
    let inside = behind_mark(pane::frame(canvas, area, (model, &face)));
    let said = [
        Sentence::new(format!("Invites cannot be listed: {why}."), theme.warning),
        Sentence::new("", theme.faint),
        Sentence::new("SENT FROM HERE (this program's own memory)", theme.heading),
    ];
    let mut left = pane::sentences(canvas, inside, &said);
    let sent = sent_from_here(model, (org, theme));
    if sent.is_empty() {
        let none = Sentence::new("nothing since the program was started", theme.faint);
        pane::sentences(canvas, left, &[none]);
    }
    let columns = [
        Column::new(Key::Address, "", left.width.min(36)),
        Column::new(Key::State, "", 12).rank(1).grows(1),
    ];
    let shape = Shape::new(&columns, left.width, None);
    for (email, state) in sent.into_iter().take(usize::from(left.height)) {
        shape.cells(canvas, next(&mut left), |key, width| {
            if key == Key::Address {
                foreign(email, width).into()
            } else {
                state.clone().into()
            }
        });
    }
}

/// What is being sent and what was sent, the newest first.
fn sent_from_here<'a>(
    model: &'a Model,
    (org, theme): (&OrgId, &Theme),
) -> Vec<(&'a Text, Span<'static>)> {
    let writes = sending::invited(model);
    let open = writes.filter(|(into, _, write)| *into == org && !write.is_done());
    let fresh = open.map(|(_, draft, write)| (&draft.email, write.of_new(model, theme)));
    let notes = model.store.sent_notes.iter().rev();
    let here = notes.filter(|note| note.org == *org);
    let note = |note: &'a SentNote| {
        let sent = format!("sent {}", when_in_words(note.at, model));
        (&note.email, Span::styled(sent, theme.faint))
    };
    fresh.chain(here.map(note)).collect()
}
