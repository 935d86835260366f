//! A list in its pane: headings, the rows of the window, and what is said around them.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::pane::{self, Face};
use super::reading::{self, Said};
use crate::app::Model;
use crate::app::columns::Column as Sort;
use crate::app::cursor::List;
use crate::app::screen::marks;
use crate::domain::rows::{Keyed, Shelf};
use crate::domain::{Detail, Row};
use crate::job::Place;
use crate::job::order::Arrangeable;
use crate::view::widget::Focus;
use crate::view::widget::canvas::{Canvas, row};
use crate::view::widget::table::{Cell, Column, Shape};

/// The cells before the first column: the mark of the cursor.
const LEAD: u16 = 2;

/// The same where rows are marked: the mark stands between blanks, so that no name looks like one.
const MARKED: u16 = 4;

/// The cells behind the last column.
const TAIL: u16 = 1;

/// A list as a pane shows it.
pub(crate) struct Listing<'a, T: Keyed + Arrangeable, K, A> {
    /// The frame around it; what is said of the list is added here.
    pub(crate) face: Face,
    /// How it is looked at.
    pub(crate) list: &'a List<T>,
    /// Its rows.
    pub(crate) shelves: Vec<&'a Shelf<T>>,
    /// Which of these hold rows as they were read before.
    pub(crate) old: Vec<bool>,
    /// Its columns.
    pub(crate) columns: Vec<Column<K>>,
    /// What stands above the rows and is not one of them.
    pub(crate) above: Vec<A>,
    /// What is said of it beside its rows.
    pub(crate) said: Said,
}

/// What a cell is drawn for.
pub(crate) enum Entry<'a, T, A> {
    /// A row of the list.
    Row(&'a Row<T>),
    /// Something above the rows.
    Above(&'a A),
}

// A derived one would want the records themselves to be copied.
impl<T, A> Copy for Entry<'_, T, A> {}

impl<T, A> Clone for Entry<'_, T, A> {
    fn clone(&self) -> Self {
        *self
    }
}

/// Draws one row.
type DrawRow<'f, T, A> = dyn Fn(&mut Canvas<'_>, Rect, Entry<'_, T, A>) + 'f;

impl<T, K, A> Listing<'_, T, K, A>
where
    T: Keyed + Arrangeable<By = Sort> + Clone,
    K: Copy + PartialEq,
{
    /// Draws the pane; `cell` says what stands in each column of a row.
    pub(crate) fn draw(
        mut self,
        canvas: &mut Canvas<'_>,
        (area, model): (Rect, &Model),
        cell: impl Fn(Entry<'_, T, A>, (K, u16), &Shape<K>) -> Cell,
    ) {
        let height = usize::from(area.height.saturating_sub(3));
        let hidden = self.above.len().saturating_sub(height / 2);
        self.above.truncate(height / 2);
        let window = Window::over(self.list, height - self.above.len());
        let inside = pane::inside(area);
        let sort = self.list.lens.by.map(|by| (by, self.list.lens.turn));
        let lead = if self.list.marks.is_empty() {
            LEAD
        } else {
            MARKED
        };
        let shape = Shape::new(&self.columns, behind(inside, lead).width, sort);
        self.speak((window, hidden), &shape);
        let marks = marks::counts(model, self.face.pane).words();
        let marks = marks.map(|words| Line::styled(words, canvas.theme.warning));
        self.face.notes.splice(0..0, marks);
        pane::frame(canvas, area, (model, &self.face));
        let mut left = inside;
        if !self.list.is_empty() || !self.above.is_empty() {
            shape.head(canvas, behind(next(&mut left), lead));
            let focus = pane::focus(model, self.face.pane);
            let draw = |canvas: &mut Canvas<'_>, line: Rect, entry: Entry<'_, T, A>| {
                let text = |key, width| cell(entry, (key, width), &shape);
                shape.cells(canvas, behind(line, lead), text);
            };
            left = self.rows(canvas, (left, focus), (window, &draw));
        }
        self.below(canvas, left);
    }

    /// Draws what stands above the rows and those of the window; returns the room that is left.
    fn rows(
        &self,
        canvas: &mut Canvas<'_>,
        (mut left, focus): (Rect, Focus),
        (window, draw): (Window, &DrawRow<'_, T, A>),
    ) -> Rect {
        for above in &self.above {
            draw(canvas, next(&mut left), Entry::Above(above));
        }
        for (number, place) in (window.top..).zip(window.places(self.list)) {
            let line = next(&mut left);
            if let Some(record) = self.row_at(*place) {
                draw(canvas, line, Entry::Row(record));
                if self.is_old(*place, record) {
                    old(canvas, line);
                }
                if self.list.marks.has(record.item.key()) {
                    star(canvas, line);
                }
            }
            if number == self.list.index {
                mark(canvas, line, focus);
            }
        }
        left
    }

    /// Whether a row is shown as it was read before.
    fn is_old(&self, place: Place, record: &Row<T>) -> bool {
        let in_old = self.old.get(usize::from(place.list)) == Some(&true);
        in_old || matches!(record.detail, Detail::Failed(_))
    }

    /// What is said at the edges: filter and sort, what is missing where it has no other room, and
    /// where the window stands.
    fn speak(&mut self, (window, hidden): (Window, usize), shape: &Shape<K>) {
        self.face.notes = reading::notes(self.list, shape);
        if self.list.len() >= window.height {
            self.face.notes.extend(self.said.short.iter().cloned());
        }
        if hidden > 0 {
            let more = format!("and {hidden} more above");
            self.face.notes.push(Line::from(more));
        }
        self.face.counter = window.counter(self.list);
    }

    /// Says what is not here in the room below the rows, behind an empty line where there is one.
    fn below(&self, canvas: &mut Canvas<'_>, left: Rect) {
        let rows_above = !self.list.is_empty() || !self.above.is_empty();
        let mut left = left;
        if rows_above && usize::from(left.height) > self.said.full.len() + 1 {
            next(&mut left);
        }
        pane::sentences(canvas, behind_mark(left), &self.said.full);
    }

    /// The row at a place; none when the order is of an older list than what is here.
    fn row_at(&self, place: Place) -> Option<&Row<T>> {
        let rows = self.shelves.get(usize::from(place.list))?;
        (place.row < rows.len()).then(|| rows.row(place.row))
    }
}

/// The window of a list on so many rows.
#[derive(Clone, Copy, Debug)]
struct Window {
    /// The first row.
    top: usize,
    /// How many rows fit.
    height: usize,
}

impl Window {
    /// The window that the core has chosen, moved where that would leave the cursor outside.
    fn over<T: Keyed + Arrangeable + Clone>(list: &List<T>, height: usize) -> Self {
        let cursor = list.index;
        let lowest = (cursor + 1).saturating_sub(height).min(cursor);
        Self {
            top: list.top.clamp(lowest, cursor),
            height,
        }
    }

    /// Where it stands: the row of the cursor when everything is in sight, else the rows.
    fn counter<T: Keyed + Arrangeable + Clone>(self, list: &List<T>) -> String {
        let all = list.len();
        let end = (self.top + self.height).min(all);
        match all {
            0 => String::new(),
            _ if all <= self.height => format!("{}/{all}", list.index + 1),
            _ => format!("{}-{end}/{all}", self.top + 1),
        }
    }

    /// The places in it.
    fn places<T: Keyed + Arrangeable + Clone>(self, list: &List<T>) -> &[Place] {
        let all = &list.order.places;
        let end = (self.top + self.height).min(all.len());
        &all[self.top.min(end)..end]
    }
}

/// Takes the first row of an area off; an empty one where there is none left.
pub(crate) fn next(left: &mut Rect) -> Rect {
    let first = row(*left);
    left.y += first.height;
    left.height -= first.height;
    first
}

/// The cells of a row between the mark of the cursor and the frame.
pub(crate) fn behind_mark(area: Rect) -> Rect {
    behind(area, LEAD)
}

fn behind(area: Rect, lead: u16) -> Rect {
    let lead = lead.min(area.width);
    Rect {
        x: area.x + lead,
        width: (area.width - lead).saturating_sub(TAIL),
        ..area
    }
}

/// The same row with the cells before it, where the mark stands.
pub(crate) fn with_mark(line: Rect) -> Rect {
    let lead = LEAD.min(line.x);
    Rect {
        x: line.x - lead,
        width: line.width + lead,
        ..line
    }
}

/// Marks a line as one of those that are shown as they were read before.
fn old(canvas: &mut Canvas<'_>, line: Rect) {
    let place = Rect {
        x: line.x + 1.min(line.width),
        width: line.width.saturating_sub(1).min(1),
        ..line
    };
    let mark = Line::styled(reading::OLD, canvas.theme.failure);
    canvas.line(place, &mark);
}

/// Marks a line as one of those that are meant together.
pub(crate) fn star(canvas: &mut Canvas<'_>, line: Rect) {
    let place = Rect {
        x: line.x + LEAD.min(line.width),
        width: line.width.saturating_sub(LEAD).min(1),
        ..line
    };
    canvas.line(place, &Line::from(Span::raw("*")));
}

/// Marks a line as the one under the cursor.
pub(crate) fn mark(canvas: &mut Canvas<'_>, line: Rect, focus: Focus) {
    canvas.line(line, &Line::from(Span::raw(">")));
    if focus == Focus::Here {
        canvas.style(line, canvas.theme.cursor);
    }
}
