//! Who a token speaks for.

use jiff::Timestamp;

use super::{PersonKey, World};
use crate::sandbox::Service;

/// What kind of caller a token stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person.
    User(PersonKey),
    /// The owner of a Clerk instance: nobody in particular.
    Instance,
    /// A fleet on balena, with its number and slug.
    Application(u64, String),
    /// A device on balena, with its number and uuid.
    Device(u64, String),
}

/// Whether a session on balena still waits for its second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// The account has none, or the token is a key.
    NotNeeded,
    /// It is missing: the session is only half open.
    Missing,
    /// It was given.
    Passed,
}

/// A caller, and what their token allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Who calls.
    pub actor: Actor,
    /// The scopes that were granted (Vulos).
    pub scopes: Vec<String>,
    /// When the token ends.
    pub expires: Option<Timestamp>,
    /// The state of the second factor (balena).
    pub second_factor: SecondFactor,
}

impl Principal {
    /// A caller whose token never ends and allows everything.
    pub fn new(actor: Actor) -> Self {
        let scopes = ["openid", "email", "profile", "organization:manage"];
        Self {
            actor,
            scopes: scopes.map(str::to_owned).to_vec(),
            expires: None,
            second_factor: SecondFactor::NotNeeded,
        }
    }

    /// The person, if the caller is one.
    pub fn person(&self) -> Option<PersonKey> {
        match self.actor {
            Actor::User(person) => Some(person),
            Actor::Instance | Actor::Application(..) | Actor::Device(..) => None,
        }
    }
}

impl World {
    /// Lets `token` speak for `principal` on `service`.
    pub fn grant(&mut self, service: Service, token: &str, principal: Principal) {
        self.tokens.insert((service, token.to_owned()), principal);
    }

    /// Takes a token back; false when it was unknown.
    pub fn revoke(&mut self, service: Service, token: &str) -> bool {
        self.tokens.remove(&(service, token.to_owned())).is_some()
    }

    /// Who calls with `token`; nobody when it is missing, unknown, revoked or over.
    pub fn caller(&self, service: Service, token: Option<&str>) -> Option<&Principal> {
        let principal = self.tokens.get(&(service, token?.to_owned()))?;
        let over = principal.expires.is_some_and(|end| end <= self.now());
        (!over).then_some(principal)
    }
}
