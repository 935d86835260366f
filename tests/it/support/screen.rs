//! Models as text: what a terminal of some size would show, and in which styles.

use std::fmt::Write as _;

use orgdeck::app::Model;
use orgdeck::app::model::{Color as Colours, Lines};
use orgdeck::app::place::Size;
use orgdeck::rig::Frame;
use orgdeck::view;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// A model drawn on so many columns and rows.
pub(crate) fn buffer(model: &Model, size: (u16, u16)) -> Buffer {
    drawn(model, size).buffer().clone()
}

/// The same, and where the cursor is.
pub(crate) fn frame(model: &Model, size: (u16, u16)) -> (Buffer, Position) {
    let drawn = drawn(model, size);
    let cursor = drawn.cursor().unwrap_or(Position::ORIGIN);
    (drawn.buffer().clone(), cursor)
}

fn drawn(model: &Model, (width, height): (u16, u16)) -> Frame {
    let mut model = model.clone();
    model.size = Size { width, height };
    super::world::arrange(&mut model);
    Frame::drawn(model.size, |frame| view::draw(frame, frame.area(), &model))
}

/// Text and styles of a model on so many columns and rows.
pub(crate) fn screen(model: &Model, size: (u16, u16)) -> String {
    let buffer = buffer(model, size);
    format!("{}\n{}", text(&buffer), styles(&buffer))
}

/// Text of a model on so many columns and rows.
pub(crate) fn plain(model: &Model, size: (u16, u16)) -> String {
    text(&buffer(model, size))
}

/// Text and styles without colour, with frames of ASCII characters.
pub(crate) fn monochrome(model: &Model, size: (u16, u16)) -> String {
    let mut model = model.clone();
    model.settings.lines = Lines::Ascii;
    model.settings.color = Colours::Off;
    screen(&model, size)
}

/// The rows of a buffer; the cells that a wide glyph covers are left out.
pub(crate) fn text(buffer: &Buffer) -> String {
    Frame::from(buffer.clone()).text()
}

/// One line for each run of cells in one style: `row:from-to fg/bg modifiers`.
pub(crate) fn styles(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut run: Option<(u16, u16, String)> = None;
        for (x, cell) in cells(buffer, y) {
            let style = style(cell);
            let end = x + cell.cell_width().max(1) - 1;
            match &mut run {
                Some((_, to, known)) if *known == style => *to = end,
                Some(_) | None => {
                    write_run(&mut out, y, run.take());
                    run = Some((x, end, style));
                }
            }
        }
        write_run(&mut out, y, run);
    }
    out
}

fn write_run(out: &mut String, y: u16, run: Option<(u16, u16, String)>) {
    if let Some((from, to, style)) = run.filter(|(_, _, style)| !style.is_empty()) {
        writeln!(out, "{y}:{from}-{to} {style}").unwrap();
    }
}

/// The cells of a row with their columns, without those that a wide glyph covers.
pub(crate) fn cells(buffer: &Buffer, y: u16) -> impl Iterator<Item = (u16, &Cell)> {
    let mut covered = 0;
    (0..buffer.area.width).filter_map(move |x| {
        let cell = &buffer[(x, y)];
        if x < covered {
            return None;
        }
        covered = x + cell.cell_width().max(1);
        Some((x, cell))
    })
}

fn style(cell: &Cell) -> String {
    let colours = match (cell.fg, cell.bg) {
        (Color::Reset, Color::Reset) => String::new(),
        (fg, Color::Reset) => format!("{fg}"),
        (fg, bg) => format!("{fg}/{bg}"),
    };
    let names: Vec<String> = cell
        .modifier
        .iter_names()
        .map(|(name, _): (_, Modifier)| name.to_lowercase())
        .collect();
    let both = [vec![colours], names].concat();
    both.into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
