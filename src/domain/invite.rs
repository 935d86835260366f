//! Invites: offers of membership to an e-mail address.
//!
//! The link or token that accepts an invite lets its holder join: it is never kept here, only that
//! the service told one.

use std::ops::RangeInclusive;

use jiff::Timestamp;

use super::rows::{Keyed, share};
use super::{InviteId, OrgId, Role, Text, Told};

/// For how many days an invite may stay open.
pub const DAYS: RangeInclusive<u16> = 1..=365;

/// How an invite is addressed in a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InviteRef {
    /// The organization the invite belongs to.
    pub org: OrgId,
    /// The invite's own id.
    pub id: InviteId,
}

/// Where an invite stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InviteStatus {
    /// Open.
    Pending,
    /// Over its date, and not accepted.
    Expired,
    /// Accepted: the person is a member.
    Accepted,
    /// Taken back.
    Revoked,
    /// A status of the service that this program does not know, as received.
    Other(Text),
}

impl InviteStatus {
    /// The status as scripts see it.
    pub fn key(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Expired => "expired",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
            Self::Other(text) => text.raw(),
        }
    }
}

/// An invite as a service lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct Invite {
    /// How it is addressed.
    pub at: InviteRef,
    /// The organization's name, where the answer brought it.
    pub org_name: Told<Text>,
    /// The invited address.
    pub email: Told<Text>,
    /// The role the person will get.
    pub role: Told<Role>,
    /// Where it stands.
    pub status: InviteStatus,
    /// When it was made.
    pub created: Told<Timestamp>,
    /// When it ends.
    pub expires: Told<Timestamp>,
    /// Who invited: a name or address.
    pub inviter: Told<Text>,
    /// The personal message.
    pub message: Told<Text>,
    /// Whether the service told a link to accept it (the link itself stays where it came from).
    pub has_link: Told<Link>,
    /// Public metadata as JSON text, kept so that sending again loses nothing.
    pub metadata: Told<Text>,
    /// The address that the link leads to afterwards, where it is known.
    pub redirect: Told<Text>,
}

/// Whether an invite has a link that can be shown on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The service would show one.
    Held,
    /// There is none, or none any more.
    Gone,
}

impl Invite {
    /// The status at a point in time: a pending invite whose end has passed is expired.
    pub fn status_at(&self, wall: Timestamp) -> InviteStatus {
        match (&self.status, self.expires.known()) {
            (InviteStatus::Pending, Some(end)) if *end <= wall => InviteStatus::Expired,
            (status, _) => status.clone(),
        }
    }

    /// For how many days it was made, where that can be told.
    pub fn days(&self) -> Option<u16> {
        let (created, expires) = (self.created.known()?, self.expires.known()?);
        let hours = expires.duration_since(*created).as_hours();
        let days = u16::try_from((hours + 12) / 24).ok()?;
        DAYS.contains(&days).then_some(days)
    }
}

/// What an invite is made of, before a service has seen it.
#[derive(Clone, Debug, PartialEq)]
pub struct InviteDraft {
    /// The address.
    pub email: Text,
    /// The role; `None` names none, and the service gives its default.
    pub role: Option<Role>,
    /// A personal message.
    pub message: Option<Text>,
    /// Where the link leads after it was accepted.
    pub redirect: Option<Text>,
    /// Days until it ends, 1 to 365.
    pub expires_in_days: Option<u16>,
    /// Whether the service sends the mail.
    pub notify: Notify,
    /// Public metadata, a JSON object.
    pub public_metadata: Option<serde_json::Value>,
    /// Private metadata, a JSON object.
    pub private_metadata: Option<serde_json::Value>,
}

/// Whether a mail goes out with an invite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notify {
    /// The service's own way, which is to send it.
    #[default]
    Default,
    /// No mail: the link is the only way in.
    Silent,
}

impl InviteDraft {
    /// An invite to an address with nothing else chosen.
    pub fn to(email: impl Into<Text>) -> Self {
        Self {
            email: email.into(),
            role: None,
            message: None,
            redirect: None,
            expires_in_days: None,
            notify: Notify::Default,
            public_metadata: None,
            private_metadata: None,
        }
    }

    /// Whether an invite went to this address, compared without regard to case.
    pub fn is_to(&self, invite: &Invite) -> bool {
        let address = |email: &Text| email.raw().to_lowercase();
        let invited = invite.email.known().map(address);
        invited == Some(address(&self.email))
    }
}

impl Keyed for Invite {
    type Key = InviteRef;

    fn key(&self) -> &InviteRef {
        &self.at
    }

    fn texts(&self) -> Vec<&Text> {
        let (email, inviter) = (&self.email, &self.inviter);
        let (message, metadata) = (&self.message, &self.metadata);
        let told = [email, inviter, message, metadata, &self.redirect];
        let told = told.into_iter().filter_map(Told::known);
        told.chain([self.at.id.text()]).collect()
    }

    fn share(&mut self, other: &Self) {
        share(&mut self.role, &other.role);
        share(&mut self.org_name, &other.org_name);
        share(&mut self.inviter, &other.inviter);
        share(&mut self.message, &other.message);
        share(&mut self.metadata, &other.metadata);
        share(&mut self.redirect, &other.redirect);
    }
}
