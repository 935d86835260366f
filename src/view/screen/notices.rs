//! The newest message that waits: what happened and why, what that means, what to do next.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::list::next;
use crate::app::Model;
use crate::app::fault;
use crate::app::notice::{Notice, Word};
use crate::domain::moment::clock_time;
use crate::view::theme::Theme;
use crate::view::widget::canvas::{Canvas, width};

/// Draws the message on two rows.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let Some(notice) = model.notices.top().filter(|_| !area.is_empty()) else {
        return;
    };
    let theme = canvas.theme;
    let mut left = area;
    canvas.clear(area);
    canvas.line(next(&mut left), &first(notice, theme));
    let row = next(&mut left);
    let waiting = model.notices.all().len();
    let dismiss = match waiting {
        1 => "Esc dismisses ".to_owned(),
        _ => format!("Esc dismisses (1 of {waiting}) "),
    };
    let dismiss = Line::styled(dismiss, theme.faint).right_aligned();
    let taken = u16::try_from(width(&dismiss)).unwrap_or(u16::MAX);
    canvas.line(row, &dismiss);
    let beside = Rect {
        width: row.width.saturating_sub(taken + 1),
        ..row
    };
    canvas.line(beside, &second(model, notice));
}

/// The word that says what kind of message it is, the profile, and what happened.
fn first(notice: &Notice, theme: &Theme) -> Line<'static> {
    let (word, style, words) = match &notice.word {
        Word::Failed(error, _) => ("FAIL", theme.failure, fault::words(error).cause),
        Word::Done(text) => ("DONE", theme.good, text.excerpt(400)),
        Word::Unknown(text) => ("UNKNOWN", theme.warning, text.excerpt(400)),
        Word::Note(text) => ("note", theme.heading, text.excerpt(400)),
    };
    let mut spans = vec![Span::raw(" "), Span::styled(word, style), Span::raw(" ")];
    if let Some(profile) = &notice.profile {
        spans.push(Span::raw(format!("{}: ", profile.text().excerpt(40))));
    }
    spans.push(Span::styled(words.to_string(), Style::new()));
    Line::from(spans)
}

fn second(model: &Model, notice: &Notice) -> Line<'static> {
    let zone = &model.settings.zone;
    let mut said = Vec::new();
    if let Word::Failed(error, read_at) = &notice.word {
        let words = fault::words(error);
        said.push(words.next.to_owned());
        said.push(match read_at {
            Some(at) => format!("data from {}", clock_time(*at, zone)),
            None => words.effect.to_owned(),
        });
        said.extend(words.trace.map(|trace| format!("request id {trace}")));
    }
    said.push(clock_time(notice.at, zone));
    Line::from(format!("   {}", said.join("; ")))
}
