//! Sign-ins: what people allow, and the codes and tokens that are open because of it.

use std::collections::BTreeMap;

use super::{Actor, PersonKey};

/// What the person at the browser says when somebody asks to act for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// Yes to everything.
    #[default]
    All,
    /// Yes, but not to these scopes.
    Without(Vec<String>),
    /// No.
    None,
}

/// What was allowed, and to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// The application.
    pub client: String,
    /// The person.
    pub person: PersonKey,
    /// The scopes.
    pub scopes: Vec<String>,
}

/// A code that waits to be exchanged, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// What it stands for.
    pub allowed: Allowed,
    /// Where the browser was sent with it.
    pub redirect: String,
    /// The hash of the secret that only the asking program knows.
    pub challenge: String,
}

/// The open ends of all sign-ins.
#[derive(Clone, Debug)]
pub struct SignIns {
    /// What the person at the browser says.
    pub consent: Consent,
    /// How long an access token lives, in seconds.
    pub lifetime: u32,
    /// Who sits at the browser.
    pub person: Option<PersonKey>,
    /// Codes that were not exchanged yet.
    pub codes: BTreeMap<String, Code>,
    /// Refresh tokens that were not exchanged yet.
    pub refreshes: BTreeMap<String, Allowed>,
}

impl Default for SignIns {
    fn default() -> Self {
        Self {
            consent: Consent::default(),
            lifetime: 3600,
            person: None,
            codes: BTreeMap::new(),
            refreshes: BTreeMap::new(),
        }
    }
}

impl Allowed {
    /// Who calls with a token that was given for this.
    pub fn actor(&self) -> Actor {
        Actor::User(self.person)
    }
}
