//! A folder of our own: for its owner's eyes alone, every file in it opened relative to it, and no link
//! followed in its place or in that of a file.

use std::fs::{DirBuilder, File, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::Path;

use jiff::Timestamp;
use rustix::fs::{
    AtFlags, Dir, Mode, OFlags, fchmod, fsync, open, openat, renameat, statat, unlinkat,
};

use super::{NotOpened, OWNER};

/// The mode of every folder that is ours.
const OWNERS: Mode = Mode::RWXU;

/// An open folder.
#[derive(Debug)]
pub struct Folder(OwnedFd);

impl Folder {
    /// Opens a folder, and makes it and those above it where they are missing.
    ///
    /// # Errors
    /// When it is a link or no folder, or cannot be made.
    pub fn make(path: &Path) -> Result<Self, NotOpened> {
        if !path.is_symlink() {
            DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        }
        let folder = Self::open(path)?;
        fchmod(&folder.0, OWNERS)?;
        Ok(folder)
    }

    /// Opens a folder that is there.
    ///
    /// # Errors
    /// When it is not there, is a link or no folder, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, NotOpened> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match open(path, flags, Mode::empty()) {
            Ok(folder) => Ok(Self(folder)),
            Err(_) if path.is_symlink() => Err(NotOpened::Link),
            Err(errno) => Err(errno.into()),
        }
    }

    /// The names in it, sorted.
    ///
    /// # Errors
    /// Those of reading it.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            let name = entry?.file_name().to_str().map(str::to_owned);
            names.extend(name.ok());
        }
        names.sort();
        Ok(names)
    }

    /// Reads a file of at most `largest` bytes.
    ///
    /// # Errors
    /// When it is not there, is a link, has a second name, is not plain, or is too large.
    pub fn read(&self, name: &str, largest: u64) -> Result<Vec<u8>, NotOpened> {
        let file = self.plain(name, OFlags::RDONLY)?;
        let mut bytes = Vec::new();
        file.take(largest + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > largest {
            return Err(NotOpened::TooLarge(largest));
        }
        Ok(bytes)
    }

    /// Reads at most `count` bytes of a file from a place in it on.
    ///
    /// # Errors
    /// When it is not there, is a link, has a second name, is not plain, or cannot be read.
    pub fn part(&self, name: &str, (start, count): (u64, u64)) -> Result<Vec<u8>, NotOpened> {
        let mut file = self.plain(name, OFlags::RDONLY)?;
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.take(count).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Opens a file of lines that is written at its end; makes it if it is not there.
    ///
    /// # Errors
    /// When it is a link, has a second name, is not plain or cannot be written.
    pub fn lines(&self, name: &str) -> Result<Lines, NotOpened> {
        let file = self.plain(name, OFlags::RDWR | OFlags::APPEND | OFlags::CREATE)?;
        fchmod(&file, OWNER)?;
        Ok(Lines(file))
    }

    /// Keeps bytes in a new file; one of this name that is there stays as it is.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> Result<(), NotOpened> {
        if self.plain(name, OFlags::RDONLY).is_ok() {
            return Ok(());
        }
        self.replace(name, bytes)
    }

    /// Puts a file of these bytes in the place of what is there: the old one or the new one, never a half.
    ///
    /// # Errors
    /// When there is a link, a file with a second name or no plain file in its place, or it cannot be
    /// written; then what was there is as it was.
    pub fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), NotOpened> {
        match self.plain(name, OFlags::RDONLY) {
            Ok(_) => {}
            Err(error) if error.is_missing() => {}
            Err(error) => return Err(error),
        }
        let beside = format!(".{name}.new");
        let written = self
            .write(&beside, bytes)
            .and_then(|file| Ok(file.sync_all()?));
        if let Err(error) = written {
            // The half of a file is of no use to anybody.
            let _ = self.remove(&beside);
            return Err(error);
        }
        renameat(&self.0, &beside, &self.0, name)?;
        Ok(self.sync()?)
    }

    /// Writes a file in the place of what is there: the old one or the new one is found, never half of
    /// one. It is not waited for until it is on the disk.
    ///
    /// # Errors
    /// When it cannot be written; then what was there is as it was.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<(), NotOpened> {
        let beside = format!(".{name}.new");
        self.write(&beside, bytes)?;
        Ok(renameat(&self.0, &beside, &self.0, name)?)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<File, NotOpened> {
        let mut file = self.plain(name, OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC)?;
        fchmod(&file, OWNER)?;
        file.write_all(bytes)?;
        Ok(file)
    }

    /// When a file was last written; of a link, the link itself.
    ///
    /// # Errors
    /// Those of asking.
    pub fn written_at(&self, name: &str) -> io::Result<Timestamp> {
        let about = statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW)?;
        Timestamp::from_second(about.st_mtime).map_err(io::Error::other)
    }

    /// Gives a file another name.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        renameat(&self.0, from, &self.0, to)?;
        self.sync()
    }

    /// Removes a file; one that is not there is no error.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        match unlinkat(&self.0, name, AtFlags::empty()) {
            Err(errno) if errno != rustix::io::Errno::NOENT => Err(errno.into()),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Takes the lock that a file stands for, and makes it if it is not there; nothing while another
    /// process, or another part of this one, holds it.
    ///
    /// # Errors
    /// When there is no such file and it cannot be made.
    pub fn lock(&self, name: &str) -> Result<Option<Lock>, NotOpened> {
        let file = self.plain(name, OFlags::RDWR | OFlags::CREATE)?;
        fchmod(&file, OWNER)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    fn sync(&self) -> io::Result<()> {
        Ok(fsync(&self.0)?)
    }

    fn plain(&self, name: &str, access: OFlags) -> Result<File, NotOpened> {
        let flags = access | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = File::from(openat(&self.0, name, flags, OWNER)?);
        let about = file.metadata()?;
        if !about.is_file() {
            return Err(NotOpened::NotPlain);
        }
        if about.nlink() > 1 {
            return Err(NotOpened::TwoNames);
        }
        Ok(file)
    }
}

/// A lock, held until this is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// A file of lines.
#[derive(Debug)]
pub struct Lines(File);

impl Lines {
    /// How long it is.
    ///
    /// # Errors
    /// Those of asking.
    pub fn len(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    /// Whether there is nothing in it.
    ///
    /// # Errors
    /// Those of asking.
    pub fn is_empty(&self) -> io::Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Its last `count` bytes, or all where there are fewer.
    ///
    /// # Errors
    /// Those of reading.
    pub fn tail(&mut self, count: u64) -> io::Result<Vec<u8>> {
        let start = self.len()?.saturating_sub(count);
        self.0.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        self.0.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes at the end and waits until it is on the disk. What could not be written whole is taken
    /// back as far as the disk lets us.
    ///
    /// # Errors
    /// Those of writing.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let before = self.len()?;
        let written = self.0.write_all(bytes).and_then(|()| self.0.sync_data());
        if written.is_err() {
            // A half that stays is found as such by whoever reads it.
            let _ = self.0.set_len(before);
        }
        written
    }

    /// Cuts it off.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn cut(&mut self, length: u64) -> io::Result<()> {
        self.0.set_len(length)?;
        self.0.sync_all()
    }
}
