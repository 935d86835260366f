//! Writing whole files: the new content is there completely or not at all, for its owner alone, and
//! never at the other end of a link.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{OFlags, fchmod, open};

use super::{NotOpened, OWNER};

/// What becomes of a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// It stays, and nothing is written.
    Never,
    /// The new one takes its place.
    Forced,
}

/// A file under construction. One that is never finished leaves everything as it was.
#[derive(Debug)]
pub struct New {
    file: File,
    at: PathBuf,
    place: PathBuf,
    is_finished: bool,
}

/// Begins a file for its owner's eyes alone. What it is to replace stays until it is finished.
///
/// # Errors
/// When there is a file that is to stay, a link, a file with a second name or no plain file in its place,
/// or it cannot be made.
pub fn create(path: &Path, over: Over) -> Result<New, NotOpened> {
    let at = match over {
        Over::Never => path.to_owned(),
        Over::Forced => {
            check(path)?;
            beside(path)?
        }
    };
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = File::from(open(&at, flags, OWNER)?);
    let new = New {
        file,
        at,
        place: path.to_owned(),
        is_finished: false,
    };
    fchmod(&new.file, OWNER)?;
    Ok(new)
}

impl Write for New {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl New {
    /// Gives it its name.
    ///
    /// # Errors
    /// When it cannot be kept; then what was there is as it was.
    pub fn finish(&mut self) -> io::Result<()> {
        self.file.sync_all()?;
        if self.at != self.place {
            fs::rename(&self.at, &self.place)?;
        }
        self.is_finished = true;
        // Where a folder cannot be synced the file itself was.
        let _ = File::open(folder(&self.place)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Drop for New {
    fn drop(&mut self) {
        if !self.is_finished {
            // The half of a file is of no use to anybody.
            let _ = fs::remove_file(&self.at);
        }
    }
}

/// Writes a file in the place of what is there. Folders that are missing are made, for their owner alone.
///
/// # Errors
/// When there is a link, a file with a second name or no plain file in its place, or it cannot be
/// written; then what was there is as it was.
pub fn replace(path: &Path, content: &[u8]) -> Result<(), NotOpened> {
    check(path)?;
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder(path))?;
    let mut new = create(path, Over::Forced)?;
    new.write_all(content)?;
    Ok(new.finish()?)
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
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
