//! Image files that a person names: found, read, and checked by what they are.

use std::path::{Path, PathBuf};

use crate::domain::Text;
use crate::domain::image::{Image, LARGEST, NotAnImage};
use crate::files::{self, NotOpened, Privacy};

/// Reads the image at a path as it was typed; a `~` at its beginning is the home directory.
///
/// # Errors
/// Why the file cannot be a logo, in words for its field.
pub fn read(typed: &str, home: Option<&Path>) -> Result<Image, Text> {
    let path = expanded(typed, home)?;
    let bytes = files::read(&path, LARGEST as u64, Privacy::Public).map_err(|why| refused(&why))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let image = Image::new(name.as_ref(), bytes).map_err(|why| Text::from(why.to_string()))?;
    let whole = std::path::absolute(&path).unwrap_or(path);
    Ok(image.from_path(whole.to_string_lossy().into_owned()))
}

/// The path that is meant by what was typed.
///
/// # Errors
/// Why there is none.
pub(super) fn expanded(typed: &str, home: Option<&Path>) -> Result<PathBuf, Text> {
    let typed = typed.trim();
    let behind = match typed.strip_prefix('~') {
        Some("") => Some(""),
        Some(rest) => rest.strip_prefix('/'),
        None => None,
    };
    match (behind, home) {
        (None, _) => Ok(PathBuf::from(typed)),
        (Some(rest), Some(home)) => Ok(home.join(rest)),
        (Some(_), None) => Err(Text::from("nobody says where ~ is: HOME is not set")),
    }
}

fn refused(why: &NotOpened) -> Text {
    match why {
        NotOpened::TooLarge(_) => Text::from(NotAnImage::Size.to_string()),
        why if why.is_missing() => Text::from("there is no such file"),
        NotOpened::Io(_)
        | NotOpened::Link
        | NotOpened::TwoNames
        | NotOpened::NotPlain
        | NotOpened::Open => Text::from(why.to_string()),
    }
}
