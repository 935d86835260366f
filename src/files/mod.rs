//! Files: the only user of the file system, so that modes, links and sizes are checked in one place.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Mode, OFlags};

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// Anybody.
    Public,
    /// Its owner alone: a file that others can read is refused.
    OwnerOnly,
}

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum NotRead {
    /// The system says no.
    #[error("{0}")]
    Io(#[from] io::Error),
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

impl NotRead {
    /// Whether there is no such file.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

/// Reads a plain file of at most `largest` bytes. Links are not followed, and a pipe is not waited for.
///
/// # Errors
/// When it is not there, not readable, not plain, too large, or not private enough.
pub fn read(path: &Path, largest: u64, privacy: Privacy) -> Result<Vec<u8>, NotRead> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty()).map_err(io::Error::from)?);
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(NotRead::NotPlain);
    }
    if privacy == Privacy::OwnerOnly && about.mode() & 0o077 != 0 {
        return Err(NotRead::Open);
    }
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that grows while it is read.
    file.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest {
        return Err(NotRead::TooLarge(largest));
    }
    Ok(bytes)
}

/// Whether there is a plain file.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|about| about.is_file())
}
