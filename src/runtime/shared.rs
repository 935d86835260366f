//! What all sessions share: the connections and the gate.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::browser::Browser;
use crate::domain::Profile;
use crate::gate::Gate;
use crate::provider::link::Link;

/// Connections by profile.
type Links = Arc<BTreeMap<Profile, Arc<Link>>>;

/// The connections and the gate, cheap to clone.
#[derive(Clone)]
pub struct Shared {
    links: Links,
    /// The only door for writes.
    pub gate: Arc<Gate>,
    /// How addresses are opened.
    pub browser: Browser,
}

impl Shared {
    /// What sessions share over these connections.
    pub fn new<L: Into<Arc<Link>>>(links: impl IntoIterator<Item = L>, gate: Gate) -> Self {
        Self {
            links: keyed(links),
            gate: Arc::new(gate),
            browser: Browser::default(),
        }
    }

    /// The same with a browser.
    #[must_use]
    pub fn with_browser(self, browser: Browser) -> Self {
        Self { browser, ..self }
    }

    /// From now on these are the connections; what is under way ends on the one that it began on.
    pub fn connect<L: Into<Arc<Link>>>(&mut self, links: impl IntoIterator<Item = L>) {
        self.links = keyed(links);
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

fn keyed<L: Into<Arc<Link>>>(links: impl IntoIterator<Item = L>) -> Links {
    let links = links.into_iter().map(Into::into);
    let keyed = links.map(|link: Arc<Link>| (link.connection.profile.clone(), link));
    Arc::new(keyed.collect())
}
