//! What all sessions share: the connections and the gate.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::browser::Browser;
use crate::domain::Profile;
use crate::gate::Gate;
use crate::provider::link::Link;

/// The connections and the gate, cheap to clone.
#[derive(Clone)]
pub struct Shared {
    links: Arc<BTreeMap<Profile, Arc<Link>>>,
    /// The only door for writes.
    pub gate: Arc<Gate>,
    /// How addresses are opened.
    pub browser: Browser,
}

impl Shared {
    /// What sessions share over these connections.
    pub fn new(links: impl IntoIterator<Item = Link>, gate: Gate) -> Self {
        let keyed = links
            .into_iter()
            .map(|link| (link.connection.profile.clone(), Arc::new(link)));
        Self {
            links: Arc::new(keyed.collect()),
            gate: Arc::new(gate),
            browser: Browser::default(),
        }
    }

    /// The same with a browser.
    #[must_use]
    pub fn with_browser(self, browser: Browser) -> Self {
        Self { browser, ..self }
    }

    /// The connection of a profile.
    pub fn link(&self, profile: &Profile) -> Option<&Arc<Link>> {
        self.links.get(profile)
    }

    /// All connections, by profile.
    pub fn links(&self) -> impl Iterator<Item = &Arc<Link>> {
        self.links.values()
    }
}
