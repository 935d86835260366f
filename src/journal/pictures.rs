//! Images beside the journal, each in a file of the name of its hash: those that were sent, and those that were
//! there before and would be needed to take a change back.

use std::path::Path;

use super::segments;
use super::wire;
use crate::domain::entry::Event;
use crate::domain::{Entry, Fields, Image, Mutation, Seen, Value};
use crate::files::{Folder, NotOpened};

/// The folder beside the journal.
const FOLDER: &str = "logos";

/// The largest image that is read back.
const LARGEST: u64 = 16 << 20;

/// The images that are kept.
pub(super) struct Shelf(Option<Folder>);

impl Shelf {
    /// Those beside the journal in this folder.
    pub(super) fn of(journal: &Path) -> Self {
        Self(Folder::open(&journal.join(FOLDER)).ok())
    }

    /// The bytes of an image.
    pub(super) fn find(&self, hash: &str) -> Option<Vec<u8>> {
        self.0.as_ref()?.read(hash, LARGEST).ok()
    }
}

/// The images that an entry speaks of: the one that is sent, and the one that it takes the place of.
pub(super) fn of(entry: &Entry) -> impl Iterator<Item = &Image> {
    let (sent, before) = match &entry.event {
        Event::Intent { change, before, .. } => (sent(change), replaced(before)),
        Event::Planned { .. }
        | Event::Ended { .. }
        | Event::AlreadySo { .. }
        | Event::FoundSo(_)
        | Event::Closed(_) => (None, None),
    };
    sent.into_iter().chain(before)
}

/// Keeps the images that an entry speaks of: its record holds no more of them than their hash.
pub(super) fn keep(journal: &Path, entry: &Entry) -> Result<(), NotOpened> {
    for image in of(entry) {
        let folder = Folder::make(&journal.join(FOLDER))?;
        folder.keep(&wire::digest(image.bytes()), image.bytes())?;
    }
    Ok(())
}

/// Removes the images that no record speaks of any more.
pub(super) fn drop_unused(journal: &Path, segments: &Folder) -> Result<(), NotOpened> {
    let Ok(folder) = Folder::open(&journal.join(FOLDER)) else {
        return Ok(());
    };
    let mut unused = folder.names()?;
    for text in segments::newest_first(segments)? {
        let text = text?;
        unused.retain(|hash| !text.contains(hash.as_str()));
    }
    for hash in unused.iter().filter(|name| !name.starts_with('.')) {
        folder.remove(hash)?;
    }
    Ok(())
}

fn sent(change: &Mutation) -> Option<&Image> {
    match change {
        Mutation::SetLogo { image, .. } => Some(image),
        Mutation::CreateOrg { fields, .. } | Mutation::EditOrg { fields, .. } => in_fields(fields),
        Mutation::DeleteOrg { .. }
        | Mutation::RemoveLogo { .. }
        | Mutation::MergeMetadata { .. }
        | Mutation::AddMember { .. }
        | Mutation::SetRole { .. }
        | Mutation::GiveRole { .. }
        | Mutation::TakeRole { .. }
        | Mutation::RemoveMember { .. }
        | Mutation::Invite { .. }
        | Mutation::InviteBulk { .. }
        | Mutation::RevokeInvite { .. }
        | Mutation::AcceptInvite { .. } => None,
    }
}

fn in_fields(fields: &Fields) -> Option<&Image> {
    fields.iter().find_map(|(_, value)| match value {
        Value::Image(image) => Some(image),
        Value::Text(_) | Value::Flag(_) | Value::Number(_) | Value::Json(_) => None,
    })
}

fn replaced(before: &Seen) -> Option<&Image> {
    match before {
        Seen::Org(org) => org.logo.known()?.image.as_ref(),
        Seen::Nothing
        | Seen::Gone
        | Seen::Member(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    }
}
