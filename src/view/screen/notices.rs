//! The newest message that waits: what happened and why, what that means, what to do next.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::list::next;
use crate::app::Model;
use crate::app::notice::{Notice, Word};
use crate::view::theme::Theme;
use crate::view::widget::canvas::{Canvas, width};
use crate::view::widget::wrap::wrap;

/// Columns before a sentence.
const INDENT: usize = 3;

/// Draws the message: what happened on one or two rows, behind it what follows from it.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let Some(notice) = model.notice().filter(|_| !area.is_empty()) else {
        return;
    };
    let theme = canvas.theme;
    let mut left = area;
    canvas.clear(area);
    let room = usize::from(area.width).saturating_sub(INDENT);
    let most = usize::from(area.height).div_ceil(2);
    for (number, words) in rows(&notice.happened(), room, most).into_iter().enumerate() {
        let line = match words.strip_prefix(notice.kind()) {
            Some(rest) if number == 0 => headed(notice, rest.to_owned(), theme),
            Some(_) | None => Line::from(format!("   {words}")),
        };
        canvas.line(next(&mut left), &line);
    }
    let dismissal = dismissal(model, theme);
    let taken = width(&dismissal) + 1;
    let consequence = notice.consequence(model);
    let most = usize::from(left.height);
    for words in rows(&consequence, room.saturating_sub(taken), most) {
        let row = next(&mut left);
        let taken = u16::try_from(taken).unwrap_or(u16::MAX);
        let beside = Rect {
            width: row.width.saturating_sub(taken),
            ..row
        };
        canvas.line(beside, &Line::from(format!("   {words}")));
    }
    let last = Rect {
        y: area.bottom() - 1,
        height: 1,
        ..area
    };
    canvas.line(last, &dismissal);
}

fn dismissal(model: &Model, theme: &Theme) -> Line<'static> {
    // Above the panes Esc closes what is on top first.
    let how = if model.overlays.is_empty() {
        "Esc dismisses "
    } else {
        ""
    };
    let words = match model.notices.all().len() {
        1 => how.to_owned(),
        waiting => format!("{how}(1 of {waiting}) "),
    };
    Line::styled(words, theme.faint).right_aligned()
}

fn headed(notice: &Notice, rest: String, theme: &Theme) -> Line<'static> {
    let style = match notice.word {
        Word::Failed(..) | Word::Misconfigured(_) => theme.failure,
        Word::Done(_) => theme.good,
        Word::Unknown { .. } | Word::Unfinished { .. } => theme.warning,
        Word::Note(_) => theme.heading,
    };
    let kind = Span::styled(notice.kind(), style);
    Line::from(vec![Span::raw(" "), kind, Span::styled(rest, Style::new())])
}

/// A text over so many rows at most; what is left over stays in the last one, to be cut there.
fn rows(text: &str, room: usize, most: usize) -> Vec<String> {
    let mut rows: Vec<String> = wrap(text, room.max(1)).map(str::to_owned).collect();
    if rows.len() > most {
        let rest = rows.split_off(most.saturating_sub(1)).join(" ");
        rows.push(rest);
    }
    rows.truncate(most);
    rows
}
