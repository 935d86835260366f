//! Dialogs: a frame above the panes that shrinks to the room there is. Its rows scroll, its buttons
//! stay.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::border::{Border, Stroke};
use super::canvas::Canvas;
use super::wrap;
use crate::app::place::PAD;

/// What stands around the rows of a dialog.
#[derive(Clone, Debug)]
pub(crate) struct Dialog {
    /// The heading.
    pub(crate) title: Line<'static>,
    /// The row that stays at the bottom.
    pub(crate) footer: Option<Line<'static>>,
    /// The rows above it that are kept for a place to type in and what is said of it.
    pub(crate) field: u16,
    /// The first row shown, as far as there are so many.
    pub(crate) top: usize,
    /// What is said of the rows at the lower right, where it is not where the window stands.
    pub(crate) counter: Option<String>,
    /// The style of its frame.
    pub(crate) style: Style,
    /// Where it stands, from [`place`].
    pub(crate) room: Rect,
    /// How it stands there.
    pub(crate) stand: Stand,
}

/// How a dialog stands in its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// In the middle, as high as its rows need.
    Middle,
    /// At the bottom, as high as its rows need and no higher.
    Bottom,
    /// All of the room.
    Filling,
}

/// A dialog that was drawn but for its rows.
pub(crate) struct Opened<T> {
    /// The rows in sight, with the cells that each is to be drawn in.
    pub(crate) rows: Vec<(Rect, T)>,
    /// The cells of the footer.
    pub(crate) footer: Rect,
}

/// The part of a room that a dialog of at most so many columns may take.
pub(crate) fn place(room: Rect, widest: u16) -> Rect {
    let width = room.width.min(widest);
    Rect {
        x: room.x + (room.width - width) / 2,
        width,
        ..room
    }
}

/// How wide the rows of a dialog in this room are.
pub(crate) fn row_width(room: Rect) -> u16 {
    room.width.saturating_sub(2 + 2 * PAD)
}

impl Dialog {
    /// A dialog with a heading, in the whole of a room that [`place`] gave.
    pub(crate) fn new(title: impl Into<Line<'static>>, room: Rect, style: Style) -> Self {
        Self {
            title: title.into(),
            footer: None,
            field: 0,
            top: 0,
            counter: None,
            style,
            room,
            stand: Stand::Middle,
        }
    }

    /// The same, with the row in sight that has the focus, out of so many.
    pub(crate) fn follow(mut self, row: usize, rows: usize) -> Self {
        let most = usize::from(self.most());
        let highest = self.last_top(rows);
        let lowest = (row + 1).saturating_sub(most);
        self.top = self.top.clamp(lowest, row.max(lowest)).min(highest);
        self
    }

    /// The last of so many rows that can be the first one in sight.
    pub(crate) fn last_top(&self, rows: usize) -> usize {
        rows.saturating_sub(usize::from(self.most()))
    }

    /// How many rows it shows at the most.
    fn most(&self) -> u16 {
        self.room.height.saturating_sub(2 + self.footer_height())
    }

    fn footer_height(&self) -> u16 {
        u16::from(self.footer.is_some()) + self.field
    }

    /// Draws the frame and the footer, and returns the rows that are in sight.
    pub(crate) fn open<T>(
        &self,
        canvas: &mut Canvas<'_>,
        rows: impl Iterator<Item = T>,
    ) -> Opened<T> {
        let (rows, shown) = wrap::window(rows, self.top, usize::from(self.most()));
        let count = u16::try_from(rows.len()).unwrap_or(self.most());
        let footer = self.footer_height();
        let is_airy = self.stand != Stand::Bottom && count + footer + 5 <= self.room.height;
        let air = u16::from(is_airy);
        let area = self.area(count + footer + air * footer.min(1) + 2 * air + 2);
        canvas.clear(area);
        self.border(shown).draw(canvas, area);
        let line = |y: u16| Rect {
            x: area.x + 1 + PAD.min(area.width),
            y,
            width: row_width(area),
            height: 1,
        };
        let bottom = line(area.bottom().saturating_sub(2 + air));
        if let Some(words) = self.footer.as_ref().filter(|_| area.height > 2) {
            canvas.line(bottom, words);
        }
        let top = area.y + 1 + air;
        Opened {
            rows: (0..count).map(|row| line(top + row)).zip(rows).collect(),
            footer: bottom,
        }
    }

    /// The cells of the dialog with its frame.
    fn area(&self, wanted: u16) -> Rect {
        let wanted = wanted.min(self.room.height);
        let spare = self.room.height - wanted;
        let (above, height) = match self.stand {
            Stand::Middle => (spare / 2, wanted),
            Stand::Bottom => (spare, wanted),
            Stand::Filling => (0, self.room.height),
        };
        Rect {
            y: self.room.y + above,
            height,
            ..self.room
        }
    }

    fn border(&self, shown: wrap::Shown) -> Border<'static> {
        let counter = self.counter.clone().or(shown.words());
        Border {
            title: self.title.clone(),
            notes: Vec::new(),
            counter: counter.map(Line::from).unwrap_or_default(),
            stroke: Stroke::Double,
            style: self.style,
        }
    }
}
