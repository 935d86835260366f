//! That an undo or a redo was found to be needless, as JSON.

use serde::{Deserialize, Serialize};

use super::{Reason, named};
use crate::domain::entry::Found;
use crate::domain::{OrgId, Profile, Text};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FoundLine {
    why: Reason,
    verb: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    org: Option<Text>,
    target: Text,
    message: Text,
}

impl FoundLine {
    pub(super) fn of(found: &Found) -> Self {
        Self {
            why: Reason::of(&found.why),
            verb: found.verb.name().to_owned(),
            org: found.org.as_ref().map(|org| org.text().clone()),
            target: found.target.clone(),
            message: found.words.clone(),
        }
    }

    pub(super) fn read(self, profile: &Profile) -> Option<Found> {
        Some(Found {
            why: self.why.read(),
            verb: named(&self.verb)?,
            org: self.org.map(|org| OrgId::new(profile, org)),
            target: self.target,
            words: self.message,
        })
    }
}
