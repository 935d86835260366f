//! A person whose memberships are looked at: how the service is asked for them, and what of the same
//! person is known already from lists that were read. Nothing here asks.

use super::model::Model;
use super::store::{Store, Visit};
use crate::domain::{
    ApiError, Invite, Member, Membership, OrgId, Profile, Text, Told, UserAt, UserId,
};
use crate::job::Feed;

/// A person, by what the row told from which the view was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The connection that is asked.
    pub profile: Profile,
    /// What the person is called.
    pub name: Text,
    /// The id on that connection, where it is known.
    pub user: Option<UserId>,
    /// The e-mail address, where it is known.
    pub email: Option<Text>,
    /// How far the asking is.
    pub lookup: Lookup,
    /// What the service tells.
    pub feed: Feed<Membership>,
}

/// How far the asking for a person's memberships is.
#[derive(Clone, Debug, PartialEq)]
pub enum Lookup {
    /// The user with this address is looked for.
    Finding,
    /// The memberships of this user are read.
    Reading(UserAt),
    /// The user could not be looked for.
    Failed(Box<ApiError>),
    /// Nobody can be asked about: why.
    Nobody(Text),
    /// The service has no such user.
    Unknown,
}

/// A place in which the person was met.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    /// The organization.
    pub org: OrgId,
    /// As what.
    pub what: Text,
}

impl Person {
    /// The person that a member's row is about.
    pub fn of_member(member: &Member) -> Self {
        let profile = member.at.org.profile().clone();
        let user = member.user.known().cloned();
        let name = member.username.known().cloned();
        let at = if member.is_own() {
            Some(UserAt::Me(profile.clone()))
        } else {
            let by_id = user.clone().map(UserAt::Id);
            by_id.or(name.map(|name| UserAt::Name(profile.clone(), name)))
        };
        let unknown = || Lookup::Nobody(Text::from("the row tells neither id nor user name"));
        Self {
            name: member.display_name().clone(),
            user,
            email: member.email.known().cloned(),
            lookup: at.map_or_else(unknown, Lookup::Reading),
            feed: Feed::default(),
            profile,
        }
    }

    /// The person that an invite went to, if its address is told.
    pub fn of_invite(invite: &Invite) -> Option<Self> {
        let email = invite.email.known()?;
        Some(Self {
            profile: invite.at.org.profile().clone(),
            name: email.clone(),
            user: None,
            email: Some(email.clone()),
            lookup: Lookup::Finding,
            feed: Feed::default(),
        })
    }

    /// Where the person was met in lists that were read: on the same connection by user id or address,
    /// on others by address. What the service told itself is left out.
    pub fn met(&self, model: &Model) -> Vec<Met> {
        let store = &model.store;
        let told: Vec<&OrgId> = self.told().map(|member| &member.at.org).collect();
        let mut met = Vec::new();
        for (org, visit) in store.visits() {
            if !told.contains(&org) {
                met.extend(self.met_in(org, visit, model));
            }
        }
        let lists = store.accounts.iter().flat_map(|account| &account.invites);
        for invite in lists.flat_map(|feed| feed.rows.iter()) {
            let known = met.iter().any(|met| met.org == invite.item.at.org);
            if !known && self.is_invited(&invite.item) {
                met.push(invited(&invite.item, model));
            }
        }
        met
    }

    /// The memberships that the service told.
    pub fn told(&self) -> impl Iterator<Item = &Member> {
        self.feed.rows.iter().map(|row| &row.item.member)
    }

    fn met_in(&self, org: &OrgId, visit: &Visit, model: &Model) -> Option<Met> {
        let mut members = visit.members.rows.iter();
        if let Some(row) = members.find(|row| self.is_member(&row.item)) {
            return Some(Met {
                org: org.clone(),
                what: roles(&row.item),
            });
        }
        let mut invites = visit.invites.iter().flat_map(|feed| feed.rows.iter());
        let row = invites.find(|row| self.is_invited(&row.item))?;
        Some(invited(&row.item, model))
    }

    fn is_member(&self, member: &Member) -> bool {
        self.user.is_some() && member.user.known() == self.user.as_ref() || self.has(&member.email)
    }

    fn is_invited(&self, invite: &Invite) -> bool {
        self.has(&invite.email)
    }

    fn has(&self, email: &Told<Text>) -> bool {
        let (Some(own), Some(other)) = (&self.email, email.known()) else {
            return false;
        };
        own.raw().eq_ignore_ascii_case(other.raw())
    }
}

fn invited(invite: &Invite, model: &Model) -> Met {
    let now = model.theirs(invite.at.profile());
    Met {
        org: invite.at.org.clone(),
        what: Text::from(format!("invite, {}", invite.status_at(now).key())),
    }
}

/// The roles of a member in words; `?` where they are not known.
pub fn roles(member: &Member) -> Text {
    let names: Vec<&str> = member
        .assignments()
        .iter()
        .map(|held| held.role.name.raw())
        .collect();
    match &member.roles {
        Told::Unknown => Text::from("role ?"),
        Told::Is(roles) if !roles.is_empty() => Text::from(names.join(", ")),
        Told::Is(_) | Told::Empty => Text::from("no role"),
    }
}

/// How many lists of members were read, in whole or in part.
pub fn lists_read(store: &Store) -> usize {
    let read = |visit: &&Visit| !visit.members.rows.is_empty();
    store.visits().map(|(_, visit)| visit).filter(read).count()
}
