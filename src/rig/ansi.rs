//! Frames for terminals: text and colours, row below row, without any movement of the cursor.

use super::frame::Frame;
use crate::runtime::pen::Pen;

/// A frame as a terminal shows it.
pub(super) fn written(frame: &Frame) -> String {
    let mut bytes = Vec::new();
    for row in frame.rows() {
        write_row((&mut bytes, frame.buffer().area.width), row).expect("memory takes every byte");
        bytes.push(b'\n');
    }
    String::from_utf8(bytes).expect("cells and their colours are text")
}

fn write_row<'a>(
    (bytes, width): (&mut Vec<u8>, u16),
    row: impl Iterator<Item = (u16, &'a ratatui::buffer::Cell)>,
) -> std::io::Result<()> {
    let mut pen = Pen::on(bytes, width);
    for (_, cell) in row {
        pen.write_on(cell)?;
    }
    pen.lift()
}
