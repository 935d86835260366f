//! The canvas: the only place where cells are written.
//!
//! A line is drawn into a row of cells and never beyond it: it is cut between clusters, a wide glyph
//! that does not fit is left out, and marks that stand for hostile characters are dimmed.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Alignment, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use crate::app::model::Lines;
use crate::view::theme::Theme;

/// Stands where something is missing.
const ELLIPSIS: &str = "…";

/// What is drawn on, and with what.
pub(crate) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    /// The styles.
    pub(crate) theme: &'a Theme,
    /// The characters of frames.
    pub(crate) lines: Lines,
    cursor: Option<Position>,
}

impl<'a> Canvas<'a> {
    /// A canvas over these cells.
    pub(crate) fn new(buffer: &'a mut Buffer, theme: &'a Theme, lines: Lines) -> Self {
        Self {
            buffer,
            theme,
            lines,
            cursor: None,
        }
    }

    /// Where the terminal's cursor belongs, if anywhere.
    pub(crate) fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    /// Puts the terminal's cursor there.
    pub(crate) fn place_cursor(&mut self, x: u16, y: u16) {
        if self.buffer.area.contains(Position { x, y }) {
            self.cursor = Some(Position { x, y });
        }
    }

    /// Empties cells of what lies below.
    pub(crate) fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for position in area.positions() {
            self.buffer[position].reset();
        }
        self.mend_left_edge(area);
    }

    /// Adds a style to cells.
    pub(crate) fn style(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area, style);
    }

    /// Draws one line of text into the first row of an area.
    pub(crate) fn line(&mut self, area: Rect, line: &Line<'_>) {
        let area = row(area).intersection(self.buffer.area);
        if area.is_empty() {
            return;
        }
        let wide = width(line);
        let room = usize::from(area.width);
        let mut pen = Pen {
            x: area.x + indent(line.alignment, room.saturating_sub(wide)),
            end: area.right() - u16::from(wide > room),
            y: area.y,
            in_mark: false,
        };
        for span in line {
            self.span(&mut pen, span, line.style);
        }
        if wide > room {
            let symbol = self.own_symbol(ELLIPSIS);
            self.buffer[(pen.x, pen.y)].set_symbol(symbol);
        }
    }

    /// The ellipsis has a stand-in where nothing but ASCII can be drawn.
    fn own_symbol<'s>(&self, cluster: &'s str) -> &'s str {
        match self.lines {
            Lines::Ascii if cluster == ELLIPSIS => "~",
            Lines::Ascii | Lines::Drawn => cluster,
        }
    }

    /// Draws the same one-column symbol into every cell of an area.
    pub(crate) fn fill(&mut self, area: Rect, symbol: &str, style: Style) {
        for position in area.intersection(self.buffer.area).positions() {
            self.buffer[position].set_symbol(symbol).set_style(style);
        }
    }

    fn span(&mut self, pen: &mut Pen, span: &Span<'_>, base: Style) {
        let style = base.patch(span.style);
        for cluster in span.content.graphemes(true) {
            let width = columns(cluster);
            if width == 0 {
                continue;
            }
            if pen.x + width > pen.end {
                pen.end = pen.x;
                return;
            }
            let style = if pen.is_mark(cluster) {
                style.patch(self.theme.mark)
            } else {
                style
            };
            let symbol = self.own_symbol(cluster);
            self.buffer[(pen.x, pen.y)]
                .set_symbol(symbol)
                .set_style(style);
            for x in pen.x + 1..pen.x + width {
                self.buffer[(x, pen.y)].reset();
            }
            pen.x += width;
        }
    }

    /// A wide glyph that reaches into a cleared area from the left would push everything after it.
    fn mend_left_edge(&mut self, area: Rect) {
        if area.x == self.buffer.area.x || area.is_empty() {
            return;
        }
        for y in area.rows().map(|row| row.y) {
            let cell = &mut self.buffer[(area.x - 1, y)];
            if columns(cell.symbol()) > 1 {
                cell.set_symbol(" ");
            }
        }
    }
}

/// Where the next cluster goes.
struct Pen {
    x: u16,
    end: u16,
    y: u16,
    in_mark: bool,
}

impl Pen {
    /// Whether a cluster is part of a mark: a code in brackets, a control picture, a visible blank.
    fn is_mark(&mut self, cluster: &str) -> bool {
        let was_in = self.in_mark;
        match cluster {
            "⟦" => self.in_mark = true,
            "⟧" => self.in_mark = false,
            _ => {}
        }
        let pictured = |character| matches!(character, '\u{2400}'..='\u{2424}');
        was_in || self.in_mark || cluster.starts_with(pictured)
    }
}

fn indent(alignment: Option<Alignment>, spare: usize) -> u16 {
    let spare = u16::try_from(spare).unwrap_or(u16::MAX);
    match alignment {
        None | Some(Alignment::Left) => 0,
        Some(Alignment::Center) => spare / 2,
        Some(Alignment::Right) => spare,
    }
}

/// The first row of an area.
pub(crate) fn row(area: Rect) -> Rect {
    Rect {
        height: area.height.min(1),
        ..area
    }
}

/// How many columns a line takes.
pub(crate) fn width(line: &Line<'_>) -> usize {
    line.iter().map(|span| text_width(&span.content)).sum()
}

/// How many columns a text takes.
pub(crate) fn text_width(text: &str) -> usize {
    let clusters = text.graphemes(true);
    clusters.map(|cluster| usize::from(columns(cluster))).sum()
}

/// How many columns a cluster takes. Control characters never get here: what is drawn is clean.
pub(crate) fn columns(cluster: &str) -> u16 {
    if cluster.contains(char::is_control) {
        return 0;
    }
    cluster.cell_width()
}
