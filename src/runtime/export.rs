//! Results that a person wants as a file: written whole, for its owner alone, and over another one only
//! when that was asked.

use std::io::Write as _;
use std::path::Path;

use super::picture::expanded;
use crate::app::effect::Over;
use crate::app::msg::Unwritten;
use crate::domain::Text;
use crate::files::{self, NotOpened};

/// Writes a file at a path as it was typed; a `~` at its beginning is the home directory.
///
/// # Errors
/// `Taken` when there is a file that is to stay, else why it cannot be written.
pub fn write(
    typed: &str,
    home: Option<&Path>,
    (content, over): (&[u8], Over),
) -> Result<(), Unwritten> {
    let path = expanded(typed, home).map_err(Unwritten::Failed)?;
    let over = match over {
        Over::Never => files::Over::Never,
        Over::Forced => files::Over::Forced,
    };
    let mut new = files::create(&path, over).map_err(|why| refused(&why))?;
    let written = new.write_all(content).and_then(|()| new.finish());
    written.map_err(|why| Unwritten::Failed(Text::from(why.to_string())))
}

fn refused(why: &NotOpened) -> Unwritten {
    if why.is_there() {
        return Unwritten::Taken;
    }
    Unwritten::Failed(Text::from(why.to_string()))
}
