//! Tables: columns that share the room of a row, and cells that never leave their column.
//!
//! Which columns there is room for is decided once a frame; rows are drawn one by one, so that only
//! those of the window are ever looked at.

use ratatui::layout::{Alignment, Rect};
use ratatui::text::Line;

use super::canvas::Canvas;
use crate::app::columns::Column as Key;
use crate::job::order::Turn;

/// A column as a screen wants it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<K> {
    /// What it holds.
    pub(crate) key: K,
    /// What stands above it.
    pub(crate) heading: &'static str,
    /// The fewest columns it is of use with.
    pub(crate) least: u16,
    /// How much of the spare room it takes in relation to the others.
    pub(crate) grows: u16,
    /// Left out first, the higher it is; 0 always stays.
    pub(crate) rank: u8,
    /// What a list is sorted by when it is sorted by this.
    pub(crate) sorts: Option<Key>,
    /// On which side its heading stands.
    pub(crate) side: Alignment,
}

impl<K> Column<K> {
    /// A column that always stays and never grows.
    pub(crate) const fn new(key: K, heading: &'static str, least: u16) -> Self {
        Self {
            key,
            heading,
            least,
            grows: 0,
            rank: 0,
            sorts: None,
            side: Alignment::Left,
        }
    }

    /// Holding numbers, at the right.
    pub(crate) const fn numbers(mut self) -> Self {
        self.side = Alignment::Right;
        self
    }

    /// Taking this share of the spare room.
    pub(crate) const fn grows(mut self, share: u16) -> Self {
        self.grows = share;
        self
    }

    /// Left out where there is little room, the higher the sooner.
    pub(crate) const fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// Holding what a list may be sorted by.
    pub(crate) const fn sorts(mut self, by: Key) -> Self {
        self.sorts = Some(by);
        self
    }
}

/// A column with its place in a row.
#[derive(Clone, Debug)]
struct Placed<K> {
    key: K,
    sorts: Option<Key>,
    heading: String,
    side: Alignment,
    x: u16,
    width: u16,
}

/// The columns that there is room for.
#[derive(Clone, Debug)]
pub(crate) struct Shape<K> {
    columns: Vec<Placed<K>>,
}

impl<K: Copy + PartialEq> Shape<K> {
    /// The columns that fit into a row of so many columns, the most needed ones first to stay.
    pub(crate) fn new(columns: &[Column<K>], room: u16, sort: Option<(Key, Turn)>) -> Self {
        let gap = if room < 70 { 1 } else { 2 };
        let headed = |column: &Column<K>| (*column, heading(column, sort));
        let mut wanted: Vec<(Column<K>, String)> = columns.iter().map(headed).collect();
        while needs(&wanted, gap) > room {
            let Some(least_needed) = least_needed(&wanted) else {
                break;
            };
            wanted.remove(least_needed);
        }
        let spare = room.saturating_sub(needs(&wanted, gap));
        Self {
            columns: place(wanted, gap, spare),
        }
    }

    /// Whether there is room for a column.
    pub(crate) fn has(&self, key: K) -> bool {
        self.columns.iter().any(|column| column.key == key)
    }

    /// Whether a column of it holds what a list is sorted by.
    pub(crate) fn shows_sort(&self, by: Key) -> bool {
        self.columns.iter().any(|column| column.sorts == Some(by))
    }

    /// Draws the headings.
    pub(crate) fn head(&self, canvas: &mut Canvas<'_>, row: Rect) {
        let style = canvas.theme.heading;
        for column in &self.columns {
            let heading = Line::styled(column.heading.as_str(), style).alignment(column.side);
            canvas.line(cell(row, column.x, column.width), &heading);
        }
    }

    /// Draws the cells of a row; each is asked for with the width it has.
    pub(crate) fn cells(&self, canvas: &mut Canvas<'_>, row: Rect, text: impl Fn(K, u16) -> Cell) {
        for column in &self.columns {
            match text(column.key, column.width) {
                Cell::One(line) => canvas.line(cell(row, column.x, column.width), &line),
                Cell::Rest(line) => {
                    canvas.line(cell(row, column.x, row.width), &line);
                    return;
                }
            }
        }
    }
}

/// What is drawn in a column.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    /// This, and no further than the column goes.
    One(Line<'static>),
    /// A sentence of ours over this column and all that follow.
    Rest(Line<'static>),
}

impl<L: Into<Line<'static>>> From<L> for Cell {
    fn from(line: L) -> Self {
        Self::One(line.into())
    }
}

/// A heading with the direction as a word, where the list is sorted by it.
fn heading<K>(column: &Column<K>, sort: Option<(Key, Turn)>) -> String {
    match sort {
        Some((by, turn)) if column.sorts == Some(by) => {
            format!("{} {}", column.heading, direction(turn))
        }
        Some(_) | None => column.heading.to_owned(),
    }
}

/// The direction of a sort in a word.
pub(crate) const fn direction(turn: Turn) -> &'static str {
    match turn {
        Turn::Up => "up",
        Turn::Down => "down",
    }
}

fn least<K>(column: &Column<K>, heading: &str) -> u16 {
    let heading = u16::try_from(heading.len()).unwrap_or(u16::MAX);
    column.least.max(heading)
}

fn needs<K>(columns: &[(Column<K>, String)], gap: u16) -> u16 {
    let widths: u16 = columns
        .iter()
        .map(|(column, heading)| least(column, heading))
        .sum();
    let gaps = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
    widths + gaps * gap
}

fn least_needed<K>(columns: &[(Column<K>, String)]) -> Option<usize> {
    let ranked = columns.iter().enumerate();
    let (number, (column, _)) = ranked.max_by_key(|(_, (column, _))| column.rank)?;
    (column.rank > 0).then_some(number)
}

fn place<K: Copy>(wanted: Vec<(Column<K>, String)>, gap: u16, spare: u16) -> Vec<Placed<K>> {
    let shares: u16 = wanted.iter().map(|(column, _)| column.grows).sum();
    let mut x = 0;
    let mut placed = Vec::with_capacity(wanted.len());
    for (column, heading) in wanted {
        let grown = spare.saturating_mul(column.grows).checked_div(shares);
        let width = least(&column, &heading) + grown.unwrap_or(0);
        placed.push(Placed {
            key: column.key,
            sorts: column.sorts,
            heading,
            side: column.side,
            x,
            width,
        });
        x += width + gap;
    }
    placed
}

fn cell(row: Rect, x: u16, width: u16) -> Rect {
    let room = row.width.saturating_sub(x);
    Rect {
        x: row.x + x.min(row.width),
        width: width.min(room),
        ..row
    }
}
