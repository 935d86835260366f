//! Files: the only user of the file system, so that modes, links and sizes are checked in one place.

mod drafts;
mod folder;
mod replace;

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Mode, OFlags, fchmod, open};
use rustix::io::Errno;

pub use drafts::Drafts;
pub use folder::{Folder, Lines, Lock};
pub use replace::{New, Over, create, remove, replace};

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// Anybody.
    Public,
    /// Anybody, but it is ours: a file with a second name, by which others could change it, is refused.
    Ours,
    /// Its owner alone: a file that others can read, or that has a second name, is refused.
    OwnerOnly,
}

/// Why a file was not opened.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// The system says no.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// A link would lead somewhere else.
    #[error("a symbolic link, and these are not followed: name the file itself")]
    Link,
    /// It has a second name: writing to it would change another file too, and others may change it by that.
    #[error("the same file has a second name elsewhere")]
    TwoNames,
    /// It is no plain file.
    #[error("not a plain file")]
    NotPlain,
    /// Others can read what should be secret.
    #[error("others can read it: chmod 600 it first")]
    Open,
    /// It is larger than such a file ever is.
    #[error("larger than {0} bytes")]
    TooLarge(u64),
}

impl NotOpened {
    /// Whether there is no such file.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }

    /// Whether it is there and was to be new.
    pub fn is_there(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::AlreadyExists)
    }
}

impl From<Errno> for NotOpened {
    fn from(errno: Errno) -> Self {
        match errno {
            // What opening a link answers when links are not to be followed.
            Errno::LOOP => Self::Link,
            errno => Self::Io(errno.into()),
        }
    }
}

/// Reads a plain file of at most `largest` bytes. Links are not followed, and a pipe is not waited for.
///
/// # Errors
/// When it is not there, not readable, not plain, too large, or not private enough.
pub fn read(path: &Path, largest: u64, privacy: Privacy) -> Result<Vec<u8>, NotOpened> {
    let file = plain(path, OFlags::RDONLY)?;
    let about = file.metadata()?;
    if privacy != Privacy::Public && about.nlink() > 1 {
        return Err(NotOpened::TwoNames);
    }
    if privacy == Privacy::OwnerOnly && about.mode() & 0o077 != 0 {
        return Err(NotOpened::Open);
    }
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that grows while it is read.
    file.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest {
        return Err(NotOpened::TooLarge(largest));
    }
    Ok(bytes)
}

/// Opens a plain file that is written at its end, for its owner's eyes alone; makes it if it is not
/// there.
///
/// # Errors
/// When it is a link, has a second name, is not plain or cannot be written.
pub fn append(path: &Path) -> Result<File, NotOpened> {
    let file = plain(path, OFlags::WRONLY | OFlags::APPEND | OFlags::CREATE)?;
    if file.metadata()?.nlink() > 1 {
        return Err(NotOpened::TwoNames);
    }
    fchmod(&file, OWNER)?;
    Ok(file)
}

/// Whether there is a plain file.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|about| about.is_file())
}

/// Whether others than its owner may write a file.
pub fn is_anybodys(path: &Path) -> bool {
    path.symlink_metadata()
        .is_ok_and(|about| about.mode() & 0o022 != 0)
}

/// What tells whether a file was changed; nothing of what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    place: (u64, u64),
    size: u64,
    changed: (i64, i64),
}

/// The stamp of what has this name, a link itself and not what it leads to; none where nothing has.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let about = path.symlink_metadata().ok()?;
    Some(Stamp {
        place: (about.dev(), about.ino()),
        size: about.size(),
        changed: (about.ctime(), about.ctime_nsec()),
    })
}

/// The mode of every file that is ours.
const OWNER: Mode = Mode::RUSR.union(Mode::WUSR);

fn plain(path: &Path, access: OFlags) -> Result<File, NotOpened> {
    let flags = access | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::from(open(path, flags, OWNER)?);
    if !file.metadata()?.is_file() {
        return Err(NotOpened::NotPlain);
    }
    Ok(file)
}
