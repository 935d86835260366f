//! Invites: those under way, and those that ended where the service remembers them.

use jiff::Timestamp;
use serde::Deserialize;

use super::{Key, Kind, Metadata, PersonKey, World, written};
use crate::sandbox::Service;

/// What became of an invite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InviteState {
    /// Sent, and neither used nor withdrawn.
    #[default]
    Pending,
    /// Used.
    Accepted,
    /// Withdrawn.
    Revoked,
    /// Not used in time; follows from the clock and is never stored.
    Expired,
}

/// An invite of an e-mail address to an organization.
#[derive(Clone, Debug)]
pub struct Invite {
    /// Where it is kept.
    pub key: Key,
    /// The id as its service writes it.
    pub id: String,
    /// The organization.
    pub org: Key,
    /// The address it was sent to.
    pub email: String,
    /// The role that comes with it; none on Vulos.
    pub role: Option<String>,
    /// The words that came with it (balena).
    pub message: Option<String>,
    /// Who sent it; none when a program did.
    pub inviter: Option<PersonKey>,
    /// The secret of the link in the mail.
    pub token: String,
    /// Where the link leads in the end (Clerk).
    pub redirect_url: Option<String>,
    /// When it ends (Clerk).
    pub expires: Option<Timestamp>,
    /// Whether a mail was sent (Clerk).
    pub notify: bool,
    /// Free values (Clerk).
    pub metadata: Metadata,
    /// What became of it, the clock aside; [`Invite::state_at`] is the whole truth.
    pub state: InviteState,
    /// When it was sent.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
}

impl Invite {
    /// The state at `now`: a pending invite whose time is over has expired.
    pub fn state_at(&self, now: Timestamp) -> InviteState {
        let over = self.expires.is_some_and(|expires| expires <= now);
        if over && self.state == InviteState::Pending {
            return InviteState::Expired;
        }
        self.state
    }

    /// The number of balena's `invitee` record for the address.
    pub fn invitee(&self) -> u64 {
        self.key.number + 103
    }
}

impl World {
    /// Adds an invite; `fill` writes what is known of it. None when there is no such organization.
    pub fn add_invite(
        &mut self,
        org: Key,
        email: &str,
        fill: impl FnOnce(&mut Invite),
    ) -> Option<Key> {
        self.orgs.get(&org)?;
        let number = self.numbers.take(org.service, Kind::Invite);
        self.add_invite_at((Key::new(org.service, number), org), email, fill)
    }

    /// Adds an invite under a number of the caller's choice, which none may have yet.
    pub fn add_invite_at(
        &mut self,
        (key, org): (Key, Key),
        email: &str,
        fill: impl FnOnce(&mut Invite),
    ) -> Option<Key> {
        self.orgs.get(&org)?;
        self.numbers.claim(key.service, Kind::Invite, key.number);
        let created = self.tick();
        let mut invite = Invite {
            key,
            id: written(key.service, Kind::Invite, key.number),
            org,
            email: email.to_owned(),
            role: None,
            message: None,
            inviter: None,
            token: invite_token(key),
            redirect_url: None,
            expires: None,
            notify: true,
            metadata: Metadata::default(),
            state: InviteState::Pending,
            created,
            updated: created,
        };
        fill(&mut invite);
        self.choose(Kind::Invite, key, &invite.id);
        self.invites.insert(key, invite);
        self.invites_by_org.insert((org, key));
        Some(key)
    }

    /// Changes an invite and its date, not where it is; false when there is none.
    pub fn edit_invite(&mut self, key: Key, change: impl FnOnce(&mut Invite)) -> bool {
        let updated = self.tick();
        let Some(invite) = self.invites.get_mut(&key) else {
            return false;
        };
        invite.updated = updated;
        change(invite);
        true
    }

    /// Forgets an invite, as balena does with those that ended.
    pub fn remove_invite(&mut self, key: Key) -> Option<Invite> {
        let invite = self.invites.remove(&key)?;
        self.invites_by_org.remove(&(invite.org, key));
        self.tick();
        Some(invite)
    }

    /// The invite kept at `key`.
    pub fn invite(&self, key: Key) -> Option<&Invite> {
        self.invites.get(&key)
    }

    /// All invites of `service`, oldest first.
    pub fn invites(&self, service: Service) -> impl DoubleEndedIterator<Item = &Invite> {
        let range = Key::first(service)..=Key::last(service);
        self.invites.range(range).map(|(_, invite)| invite)
    }

    /// The invites of an organization, oldest first.
    pub fn invites_of(&self, org: Key) -> impl DoubleEndedIterator<Item = &Invite> {
        let range = (org, Key::first(org.service))..=(org, Key::last(org.service));
        let keys = self.invites_by_org.range(range);
        keys.filter_map(|(_, key)| self.invites.get(key))
    }

    /// How many invites of an organization wait for an answer.
    pub fn pending_count(&self, org: Key) -> usize {
        let now = self.now();
        self.invites_of(org)
            .filter(|invite| invite.state_at(now) == InviteState::Pending)
            .count()
    }

    /// The invite with this id on `service`.
    pub fn find_invite(&self, service: Service, id: &str) -> Option<&Invite> {
        let number = self.number_of(service, Kind::Invite, id)?;
        let invite = self.invites.get(&Key::new(service, number))?;
        (invite.id == id).then_some(invite)
    }

    /// The invite whose mail carried `token`.
    pub fn invite_by_token(&self, service: Service, token: &str) -> Option<&Invite> {
        self.invites(service).find(|invite| invite.token == token)
    }
}

fn invite_token(key: Key) -> String {
    let secret = written(Service::Vulos, Kind::Invite, key.number);
    secret.replace('-', "")
}
