//! Whole files of ours: written beside the old one and put into its place, so that a reader finds the
//! old or the new one and never half of it.

use std::fs::{self, DirBuilder, File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::Path;

use rustix::fs::{OFlags, open};

use super::{NotOpened, OWNER};

/// Puts a file with these bytes into its place, for its owner's eyes alone, as is its folder.
///
/// # Errors
/// When the folder or the file cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), NotOpened> {
    if let Some(folder) = path.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    }
    // Another process that does the same has a name of its own.
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let written = write(&beside, bytes).and_then(|()| Ok(fs::rename(&beside, path)?));
    if written.is_err() {
        // What could not be finished is of no use to anybody.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), NotOpened> {
    let flags =
        OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut file = File::from(open(path, flags, OWNER)?);
    Ok(file.write_all(bytes)?)
}
