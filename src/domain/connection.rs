//! Connections: one configured account of a service, and who its credential acts as.

use super::{Profile, Text, Told, UserId};

/// What is known of a connection before anything was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// The name of the profile.
    pub profile: Profile,
    /// The service's name: `balena`, `clerk`, `vulos`.
    pub service: &'static str,
    /// The service's name in three letters, for narrow columns.
    pub short: &'static str,
    /// The origin that requests go to.
    pub url: Text,
    /// Where its secret comes from, in words that never hold it.
    pub token: Text,
    /// Whether real people depend on it.
    pub production: Told<Stage>,
    /// Whether the configuration forbids writes.
    pub access: Access,
}

/// What depends on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Real people.
    Production,
    /// Tests and trials.
    Development,
}

/// What a profile may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing.
    Full,
    /// Reading only; the reason names the switch that says so.
    ReadOnly(&'static str),
}

/// Who a credential acts as.
#[derive(Clone, Debug, PartialEq)]
pub struct Principal {
    /// What kind of actor.
    pub kind: PrincipalKind,
    /// The user's id, for a person.
    pub user: Option<UserId>,
    /// A name for the actor.
    pub label: Text,
    /// The e-mail address.
    pub email: Told<Text>,
    /// What the service says of the account: production or not.
    pub stage: Told<Stage>,
}

/// Kinds of actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrincipalKind {
    /// A person.
    User,
    /// The instance itself: a key without a person.
    Service,
    /// An application's key.
    Application,
    /// A device's key.
    Device,
}

impl PrincipalKind {
    /// The kind as scripts see it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Service => "service",
            Self::Application => "application",
            Self::Device => "device",
        }
    }
}

/// How bodies are encoded where a service leaves that open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyFormat {
    /// As a JSON document.
    #[default]
    Json,
    /// As form fields.
    Form,
}
