//! What was sent: every request with its end, the newest first, without a secret.

use ratatui::layout::Rect;
use ratatui::text::{Line as Text, Span};

use super::list::{behind_mark, mark, next};
use super::pane::{self, Face, Sentence};
use crate::app::Model;
use crate::app::fault;
use crate::app::notice::Line;
use crate::app::place::Pane;
use crate::domain::moment::clock_time;
use crate::domain::text::cut;
use crate::view::theme::Theme;
use crate::view::value::{fit, foreign};
use crate::view::widget::canvas::{Canvas, row, text_width};
use crate::view::widget::table::{Cell, Column, Shape};

/// The columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Time,
    Word,
    Profile,
    Request,
    Status,
    Took,
}

const COLUMNS: &[Column<Key>] = &[
    Column::new(Key::Time, "TIME", 8).rank(1),
    Column::new(Key::Word, "", 4),
    Column::new(Key::Profile, "PROFILE", 8).rank(2),
    Column::new(Key::Request, "REQUEST", 20).grows(1),
    Column::new(Key::Status, "STATUS", 6).rank(3).numbers(),
    Column::new(Key::Took, "TOOK", 8).rank(4).numbers(),
];

/// Draws the pane.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let log = &model.log;
    let height = usize::from(area.height.saturating_sub(3));
    let cursor = model.panes.activity.min(log.len().saturating_sub(1));
    let top = (cursor + 1).saturating_sub(height);
    let mut face = Face::new(Pane::Activity, "Activity");
    "(what was sent)".clone_into(&mut face.count);
    if !log.is_empty() {
        face.counter = format!("{}/{}", cursor + 1, log.len());
    }
    let inside = pane::frame(canvas, area, (model, &face));
    if log.is_empty() {
        let said = Sentence::new("Nothing was sent yet.", canvas.theme.faint);
        pane::sentences(canvas, behind_mark(inside), &[said]);
        return;
    }
    let theme = canvas.theme;
    let shape = Shape::new(COLUMNS, behind_mark(inside).width, None);
    shape.head(canvas, behind_mark(row(inside)));
    let mut left = inside;
    next(&mut left);
    let focus = pane::focus(model, Pane::Activity);
    for (number, sent) in (top..).zip(log.window(top, height)) {
        let line = next(&mut left);
        shape.cells(canvas, behind_mark(line), |key, width| {
            cell((model, sent), (key, width), theme)
        });
        if number == cursor {
            mark(canvas, line, focus);
        }
    }
}

fn cell((model, line): (&Model, &Line), (key, width): (Key, u16), theme: &Theme) -> Cell {
    let sent = &line.sent;
    match key {
        Key::Time => Span::raw(clock_time(line.at, &model.settings.zone)).into(),
        Key::Word if is_good(line) => Span::styled("ok", theme.good).into(),
        Key::Word => Span::styled("FAIL", theme.failure).into(),
        Key::Profile => foreign(sent.profile.text(), width).into(),
        Key::Request => request(line, (width, theme)).into(),
        Key::Status => match &sent.ended {
            Ok(status) => Text::from(status.to_string()).right_aligned().into(),
            Err(_) => Text::styled("-", theme.faint).right_aligned().into(),
        },
        Key::Took => {
            let took = format!("{} ms", sent.took.as_millis());
            Text::from(took).right_aligned().into()
        }
    }
}

fn is_good(line: &Line) -> bool {
    matches!(line.sent.ended, Ok(..400))
}

/// The request, and why it had no answer; half of the room is the request's at least.
fn request(line: &Line, (width, theme): (u16, &Theme)) -> Text<'static> {
    let sent = &line.sent;
    let cause = match &sent.ended {
        Ok(_) => String::new(),
        Err(error) => format!("  {}", fault::words(error).cause),
    };
    let room = usize::from(width);
    let left = room.saturating_sub(text_width(&cause)).max(room / 2);
    let request = format!("{} {}", sent.method.as_str(), fit(&sent.target, width));
    Text::from(vec![
        Span::raw(cut(&request, left).into_owned()),
        Span::styled(cause, theme.failure),
    ])
}
