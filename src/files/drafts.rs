//! Drafts on the disk: a folder with a file for each form in which something was typed. Every session
//! writes files of its own, so that two consoles never write the same one; what a session that has ended
//! left behind is read, and belongs to whoever takes it.
//!
//! A lock for each session tells whether it is still alive; the system lets it go however a process ends.

mod wire;

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{Folder, Lock, NotOpened};
use crate::domain::draft::{self, Leftover};
use crate::domain::{Draft, DraftId, Text};

/// The longest file of a draft, in bytes: the longest form has far less.
const LARGEST: u64 = 16 << 20;

/// Bytes of drafts that are read in one go; what is beyond stays where it is.
const TOGETHER: u64 = 64 << 20;

/// What a file of a draft is called at its end, and a lock, and what could not be read.
const DRAFT: &str = ".json";
const LOCK: &str = ".lock";
const ASIDE: &str = ".aside";

/// The drafts of one session, and those that others have left.
#[derive(Debug)]
pub struct Drafts {
    folder: PathBuf,
    session: String,
    alive: Option<Lock>,
}

/// Why a draft could not be read.
enum Unread {
    File(NotOpened),
    Content(String),
}

impl Drafts {
    /// Drafts in this folder, which is made when the first one is written.
    pub fn new(folder: &Path, session: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            session: session.to_owned(),
            alive: None,
        }
    }

    /// Keeps a draft under its number, in the place of what was kept there.
    ///
    /// # Errors
    /// Why it could not be written, with the place.
    pub fn keep(&mut self, number: u64, draft: &Draft) -> Result<(), Text> {
        let kept = self.write(number, draft);
        kept.map_err(|why| words(&self.folder, &why.to_string()))
    }

    fn write(&mut self, number: u64, draft: &Draft) -> Result<(), NotOpened> {
        let folder = Folder::make(&self.folder)?;
        if self.alive.is_none() {
            self.alive = folder.lock(&format!("{}{LOCK}", self.session))?;
        }
        let content = wire::written(draft);
        if content.len() as u64 > LARGEST {
            return Err(NotOpened::TooLarge(LARGEST));
        }
        folder.replace(&self.name(number), content.as_bytes())
    }

    fn name(&self, number: u64) -> String {
        format!("{}-{number}{DRAFT}", self.session)
    }

    /// Forgets a draft; one that is not there is no error.
    ///
    /// # Errors
    /// Why it could not be removed, with the place.
    pub fn forget(&self, id: &DraftId) -> Result<(), Text> {
        let name = match id {
            DraftId::Own(number) => self.name(*number),
            DraftId::Left(name) => name.raw().to_owned(),
        };
        let removed = match Folder::open(&self.folder) {
            Err(error) if error.is_missing() => return Ok(()),
            Err(error) => Err(error),
            Ok(folder) => folder.remove(&name).map_err(NotOpened::from),
        };
        removed.map_err(|why| words(&self.folder.join(name), &why.to_string()))
    }

    /// What sessions that have ended left behind. What is too old is removed, and what cannot be read is
    /// set aside until it is too old as well.
    pub fn leftover(&self, now: Timestamp) -> Leftover {
        let mut leftover = Leftover::default();
        let read = Folder::open(&self.folder).and_then(|folder| {
            let names = folder.names()?;
            Ok((folder, names))
        });
        match read {
            Ok((folder, names)) => self.gather(&mut leftover, (&folder, &names), now),
            Err(error) if error.is_missing() => {}
            Err(error) => {
                let words = words(&self.folder, &error.to_string());
                leftover.problems.push(words);
            }
        }
        leftover.drafts.sort_by_key(|(_, draft)| draft.at);
        leftover
    }

    fn gather(&self, to: &mut Leftover, (folder, names): (&Folder, &[String]), now: Timestamp) {
        let mut room = TOGETHER;
        for name in names {
            if self.is_in_use(folder, (name, names)) {
                continue;
            }
            let is_left = name.ends_with(LOCK) || name.starts_with('.');
            if is_left || (name.ends_with(ASIDE) && is_old(folder, name, now)) {
                // Of no use to anybody: from a session that was ended while it wrote, or unreadable for long.
                let _ = folder.remove(name);
                continue;
            }
            if !name.ends_with(DRAFT) {
                continue;
            }
            match read(folder, name, &mut room) {
                Ok(Some(draft)) if draft.is_over(now) => {
                    let _ = folder.remove(name);
                }
                Ok(Some(draft)) => {
                    let id = DraftId::Left(Text::from(name.as_str()));
                    to.drafts.push((id, draft));
                }
                Ok(None) => {
                    let why = format!("{name} is not read: there are too many drafts");
                    to.problems.push(words(&self.folder, &why));
                }
                Err(why) => to.problems.push(self.unread(folder, name, &why)),
            }
        }
    }

    /// Whether the session that a file belongs to is this one, or lives.
    fn is_in_use(&self, folder: &Folder, (name, names): (&str, &[String])) -> bool {
        let own = name.trim_start_matches('.');
        let session = own.split(['-', '.']).next().unwrap_or_default();
        let lock = format!("{session}{LOCK}");
        session == self.session || names.contains(&lock) && matches!(folder.lock(&lock), Ok(None))
    }

    /// Sets a file aside that cannot be read, and says so. What the system does not let us read stays.
    fn unread(&self, folder: &Folder, name: &str, why: &Unread) -> Text {
        let place = self.folder.join(name);
        let why = match why {
            Unread::File(why @ NotOpened::Io(_)) => return words(&place, &why.to_string()),
            Unread::File(why) => why.to_string(),
            Unread::Content(why) => why.clone(),
        };
        let aside = format!("{name}{ASIDE}");
        match folder.rename(name, &aside) {
            Ok(()) => {
                let aside = self.folder.join(aside);
                let words = format!(
                    "a draft cannot be read ({why}): it is kept in {}",
                    aside.display()
                );
                Text::from(words)
            }
            Err(_) => words(&place, &why),
        }
    }
}

fn words(place: &Path, why: &str) -> Text {
    Text::from(format!("{}: {why}", place.display()))
}

/// Whether a file was written so long ago that a draft in it would not be kept any longer.
fn is_old(folder: &Folder, name: &str, now: Timestamp) -> bool {
    let written = folder.written_at(name);
    written.is_ok_and(|at| draft::is_over(at, now))
}

/// Reads a draft, as long as there is room for it.
fn read(folder: &Folder, name: &str, room: &mut u64) -> Result<Option<Draft>, Unread> {
    if *room == 0 {
        return Ok(None);
    }
    let bytes = folder.read(name, LARGEST).map_err(Unread::File)?;
    *room = room.saturating_sub(bytes.len() as u64);
    wire::read(&bytes).map(Some).map_err(Unread::Content)
}

impl Drop for Drafts {
    fn drop(&mut self) {
        if self.alive.take().is_some()
            && let Ok(folder) = Folder::open(&self.folder)
        {
            // A file that stays behind says no more than that the session is over.
            let _ = folder.remove(&format!("{}{LOCK}", self.session));
        }
    }
}
