//! Writing whole files: the new content is there completely or not at all, for its owner alone, and
//! never at the other end of a link.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{OFlags, fchmod, open};

use super::{NotOpened, OWNER};

/// Writes a file in the place of what is there. Folders that are missing are made, for their owner alone.
///
/// # Errors
/// When there is a link, a file with a second name or no plain file in its place, or it cannot be
/// written; then what was there is as it was.
pub fn replace(path: &Path, content: &[u8]) -> Result<(), NotOpened> {
    check(path)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let beside = beside(path)?;
    let written = write_new(&beside, content).and_then(|()| Ok(fs::rename(&beside, path)?));
    if written.is_err() {
        // The half of a file is of no use to anybody.
        let _ = fs::remove_file(&beside);
    }
    written?;
    // Where a folder cannot be synced the file itself was.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Removes a plain file.
///
/// # Errors
/// When it is not there, is no plain file, or may not be removed.
pub fn remove(path: &Path) -> Result<(), NotOpened> {
    check(path)?;
    Ok(fs::remove_file(path)?)
}

/// Refuses a place that is taken by something else than one plain file with one name.
fn check(path: &Path) -> Result<(), NotOpened> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
        Ok(about) if about.is_symlink() => Err(NotOpened::Link),
        Ok(about) if !about.is_file() => Err(NotOpened::NotPlain),
        Ok(about) if about.nlink() > 1 => Err(NotOpened::TwoNames),
        Ok(_) => Ok(()),
    }
}

/// A name beside a file that no other process uses.
fn beside(path: &Path) -> Result<PathBuf, NotOpened> {
    let name = path.file_name().ok_or(NotOpened::NotPlain)?;
    let mut beside = OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(beside);
    // Left by a process of the same number that was ended here.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        Ok(()) | Err(_) => Ok(beside),
    }
}

fn write_new(path: &Path, content: &[u8]) -> Result<(), NotOpened> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut file = File::from(open(path, flags, OWNER)?);
    fchmod(&file, OWNER)?;
    file.write_all(content)?;
    Ok(file.sync_all()?)
}
