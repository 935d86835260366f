//! The caller's own memberships, as the list of organizations told them last. A memory, not a source:
//! it says which member is the caller, and where it does not know it says so.

use std::collections::BTreeMap;

use tokio::sync::RwLock;

use super::orgs::Own;
use crate::domain::{MemberId, OrgId, Told};

/// What is remembered of the list; nothing before it was asked for.
#[derive(Default)]
pub(super) struct Memory(RwLock<Option<BTreeMap<OrgId, MemberId>>>);

impl Memory {
    /// The caller's membership in an organization, where it is known.
    pub(super) async fn known(&self, org: &OrgId) -> Told<MemberId> {
        let list = self.0.read().await;
        Told::or_unknown(list.as_ref().and_then(|list| list.get(org).cloned()))
    }

    /// Whether nobody has asked for the list yet.
    pub(super) async fn is_blank(&self) -> bool {
        self.0.read().await.is_none()
    }

    /// Forgets it: the caller may be another one from now on.
    pub(super) async fn forget(&self) {
        *self.0.write().await = None;
    }

    /// Takes in a list; an empty one where there was none to be had.
    pub(super) async fn learn(&self, list: &[Own]) {
        let told = list
            .iter()
            .filter_map(|own| Some((own.org.clone(), own.member.clone()?)));
        *self.0.write().await = Some(told.collect());
    }

    /// Adds the membership that came with a new organization.
    pub(super) async fn join(&self, org: OrgId, member: MemberId) {
        if let Some(list) = self.0.write().await.as_mut() {
            list.insert(org, member);
        }
    }
}
