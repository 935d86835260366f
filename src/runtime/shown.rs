//! What a terminal shows: the cells as they were last written.
//!
//! Needed for one thing: a cluster whose width is in doubt may have damaged what stands behind it, and
//! is itself damaged by what is written there. So all of its reach is written again as soon as one
//! cell of it changes. A row without such a cluster gets its changed cells and no more.

use std::ops::Range;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect};

use super::doubt;
use crate::app::place::Size;

/// Columns of one row.
type Columns = Range<u16>;

/// A changed cell with its column and row, as ratatui hands it over.
pub(super) type Change<'a> = (u16, u16, &'a Cell);

/// The cells of a screen.
pub(super) struct Shown(Buffer);

impl Shown {
    /// An empty screen.
    pub(super) fn empty(size: Size) -> Self {
        Self(Buffer::empty(Rect::new(0, 0, size.width, size.height)))
    }

    /// Nothing is shown any more.
    pub(super) fn clear(&mut self) {
        self.0.reset();
    }

    /// Takes in what changes in one row, and tells which columns have to be written.
    pub(super) fn change(&mut self, row: u16, changes: &[Change<'_>]) -> Vec<u16> {
        let before = self.doubtful(row);
        let mut stale = vec![false; usize::from(self.0.area.width)];
        for &(column, _, cell) in changes {
            let width = self.set(Position { x: column, y: row }, cell);
            mark(&mut stale, column..column.saturating_add(width));
        }
        for zone in merged(before, self.doubtful(row)) {
            if zone.clone().any(|column| stale[usize::from(column)]) {
                mark(&mut stale, zone);
            }
        }
        let starts = self.starts(row);
        starts.filter(|x| stale[usize::from(*x)]).collect()
    }

    /// The cell in a place, which must be on the screen.
    pub(super) fn cell(&self, position: Position) -> &Cell {
        &self.0[position]
    }

    /// Puts a cell into its place and tells how many columns that concerns.
    fn set(&mut self, position: Position, cell: &Cell) -> u16 {
        let Some(place) = self.0.cell_mut(position) else {
            return 0;
        };
        *place = cell.clone();
        let width = cell.cell_width().max(1);
        for x in (position.x..).take(usize::from(width)).skip(1) {
            if let Some(covered) = self.0.cell_mut((x, position.y)) {
                covered.clone_from(cell);
                covered.set_symbol(" ");
            }
        }
        width
    }

    /// How far the clusters of a row may reach whose width is in doubt.
    fn doubtful(&self, row: u16) -> Vec<Columns> {
        let end = self.0.area.width;
        let zone = |x: u16| {
            let reach = doubt::reach(self.0[(x, row)].symbol())?;
            Some(x..x.saturating_add(reach).min(end))
        };
        self.starts(row).filter_map(zone).collect()
    }

    /// The columns of a row in which a cluster begins.
    fn starts(&self, row: u16) -> impl Iterator<Item = u16> {
        let mut covered = 0;
        (0..self.0.area.width).filter(move |x| {
            let is_start = *x >= covered;
            if is_start {
                covered = x.saturating_add(self.0[(*x, row)].cell_width().max(1));
            }
            is_start
        })
    }
}

fn mark(columns: &mut [bool], zone: Columns) {
    let end = usize::from(zone.end).min(columns.len());
    let start = usize::from(zone.start).min(end);
    columns[start..end].fill(true);
}

/// The zones of both, in order; what overlaps is one.
fn merged(mut zones: Vec<Columns>, more: Vec<Columns>) -> Vec<Columns> {
    zones.extend(more);
    zones.sort_by_key(|zone| zone.start);
    let mut merged: Vec<Columns> = Vec::new();
    for zone in zones {
        match merged.last_mut() {
            Some(last) if zone.start < last.end => last.end = last.end.max(zone.end),
            Some(_) | None => merged.push(zone),
        }
    }
    merged
}
