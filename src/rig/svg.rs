//! Frames as SVG: each run of cells is put at its own column and stretched to its own width, so that no
//! font can push a border out of line.

use std::fmt::Write as _;

use super::frame::Frame;
use super::ink::{self, PAPER, RULES, Run};

/// The width of a cell in hundredths of a pixel: whole numbers are written alike everywhere.
const CELL: u32 = 843;

/// The height of a cell in pixels.
const LINE: u32 = 17;

/// From the top of a cell to the line that letters stand on, in pixels.
const ASCENT: u32 = 13;

/// What is left free on each side, in pixels.
const MARGIN: u32 = 12;

/// A frame as a picture.
pub(super) fn written(frame: &Frame) -> String {
    let area = frame.buffer().area;
    let width = (u32::from(area.width) * CELL).div_ceil(100) + 2 * MARGIN;
    let height = u32::from(area.height) * LINE + 2 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">\n\
         <style>text{{font:14px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre;\
         direction:ltr;unicode-bidi:isolate}}{RULES}</style>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for (row, y) in ink::rows(frame).zip(0..) {
        let top = MARGIN + y * LINE;
        for run in row.iter().filter(|run| !run.is_blank()) {
            write_run(&mut out, run, top).expect("text grows");
        }
    }
    out.push_str("</svg>\n");
    out
}

fn write_run(out: &mut String, run: &Run, top: u32) -> std::fmt::Result {
    let (x, width) = (left(run.x), Pixels(u32::from(run.columns) * CELL));
    if let Some(back) = run.ink.back {
        writeln!(
            out,
            "<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{LINE}\" fill=\"{back}\"/>"
        )?;
    }
    if !run.is_written() {
        return Ok(());
    }
    let class = match run.ink.classes() {
        names if names.is_empty() => names,
        names => format!(" class=\"{names}\""),
    };
    let (baseline, front) = (top + ASCENT, run.ink.front);
    writeln!(
        out,
        "<text x=\"{x}\" y=\"{baseline}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" \
         xml:space=\"preserve\" fill=\"{front}\"{class}>{}</text>",
        ink::escaped(&run.text)
    )
}

fn left(column: u16) -> Pixels {
    Pixels(MARGIN * 100 + u32::from(column) * CELL)
}

/// Hundredths of a pixel.
struct Pixels(u32);

impl std::fmt::Display for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, rest) if rest % 10 == 0 => write!(f, "{whole}.{}", rest / 10),
            (whole, rest) => write!(f, "{whole}.{rest:02}"),
        }
    }
}
