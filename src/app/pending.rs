//! What is under way: every question with the reason it was asked for.
//!
//! An answer whose question is not here any more is dropped.

use std::collections::BTreeMap;

use super::effect::Effect;
use super::form::roll::Part;
use super::msg::RequestId;
use super::place::Pane;
use crate::domain::query::{Cursor, Privacy};
use crate::domain::{MemberId, OrgId, Profile};

/// Why something was asked, and so where its answer belongs.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// What a connection can do.
    Probe(Profile),
    /// Who a connection acts as.
    WhoAmI(Profile),
    /// Whether what a person typed lets a connection in.
    Admission(Profile),
    /// A page of a connection's organizations.
    Orgs(Profile, Cursor),
    /// The rest of an organization's row.
    Org(OrgId),
    /// A page of members.
    Members(OrgId, Cursor),
    /// The rest of a member's row.
    Member(OrgId, MemberId),
    /// A page of one of the lists of invites of an organization.
    Invites(OrgId, usize, Cursor),
    /// A page of one of the lists of all invites of a connection.
    AllInvites(Profile, usize, Cursor),
    /// The roles that can be given in an organization.
    Roles(OrgId),
    /// A page of the memberships of the person that is looked at.
    Memberships(Profile, Cursor),
    /// The user that the person who is looked at is.
    User(Profile),
    /// The roles that can be given on a profile.
    ProfileRoles(Profile),
    /// A half of an organization's metadata, for a form.
    Metadata(OrgId, Privacy),
    /// Users that are looked for in a form.
    Users,
    /// The image that a form names.
    Image,
    /// The file that results are written to.
    Export,
    /// The file of addresses that a form names.
    List,
    /// Who is known in the organization that a form invites many to.
    Roll(OrgId, Part),
    /// The record shown in the details.
    Raw,
    /// The plan of the dialog or form on top.
    Plan,
    /// What takes something back, does it again or finishes it.
    Way,
    /// The journal.
    History,
    /// The order of a pane's list.
    Order(Pane),
}

impl Purpose {
    /// The open organization that it reads members, invites or roles of.
    pub fn visited(&self) -> Option<&OrgId> {
        match self {
            Self::Members(org, _)
            | Self::Member(org, _)
            | Self::Invites(org, ..)
            | Self::Roles(org) => Some(org),
            Self::Probe(_)
            | Self::WhoAmI(_)
            | Self::Admission(_)
            | Self::Orgs(..)
            | Self::Org(_)
            | Self::AllInvites(..)
            | Self::Memberships(..)
            | Self::User(_)
            | Self::ProfileRoles(_)
            | Self::Metadata(..)
            | Self::Users
            | Self::Image
            | Self::Export
            | Self::List
            | Self::Roll(..)
            | Self::Raw
            | Self::Plan
            | Self::Way
            | Self::History
            | Self::Order(_) => None,
        }
    }

    /// The connection whose records it asks for.
    pub fn connection(&self) -> Option<&Profile> {
        match self {
            Self::WhoAmI(profile)
            | Self::Admission(profile)
            | Self::Orgs(profile, _)
            | Self::AllInvites(profile, ..)
            | Self::ProfileRoles(profile)
            | Self::Memberships(profile, _)
            | Self::User(profile) => Some(profile),
            Self::Org(org)
            | Self::Members(org, _)
            | Self::Member(org, _)
            | Self::Invites(org, ..)
            | Self::Roles(org)
            | Self::Roll(org, _)
            | Self::Metadata(org, _) => Some(org.profile()),
            Self::Probe(_)
            | Self::Users
            | Self::Image
            | Self::Export
            | Self::List
            | Self::Raw
            | Self::Plan
            | Self::Way
            | Self::History
            | Self::Order(_) => None,
        }
    }

    /// The connection that is asked, where the question names one.
    pub fn asked(&self) -> Option<&Profile> {
        if let Self::Probe(profile) = self {
            return Some(profile);
        }
        self.connection()
    }

    /// Whether only the form on top waits for it.
    pub fn is_of_a_form(&self) -> bool {
        matches!(
            self,
            Self::Plan
                | Self::Users
                | Self::Image
                | Self::List
                | Self::Roll(..)
                | Self::Metadata(..)
                | Self::ProfileRoles(_)
        )
    }

    /// Whether it reads the members of this organization.
    pub fn is_of_members(&self, org: &OrgId) -> bool {
        matches!(self, Self::Members(other, _) | Self::Member(other, _) if other == org)
    }

    /// Whether it reads the organizations of this profile.
    pub fn is_of_orgs(&self, profile: &Profile) -> bool {
        matches!(self, Self::Orgs(other, _) if other == profile)
            || matches!(self, Self::Org(org) if org.profile() == profile)
    }
}

/// Who wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody who waits for it.
    Person,
    /// The program itself, to keep a list fresh: nobody is told that it is under way.
    Clock,
}

/// The questions under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pending {
    purposes: BTreeMap<RequestId, (Purpose, By)>,
    last: u64,
}

impl Pending {
    /// A name for a new question with this purpose.
    pub fn ask(&mut self, purpose: Purpose) -> RequestId {
        self.ask_by(By::Person, purpose)
    }

    /// The same for a question of somebody in particular.
    pub fn ask_by(&mut self, by: By, purpose: Purpose) -> RequestId {
        self.last += 1;
        let id = RequestId(self.last);
        self.purposes.insert(id, (purpose, by));
        id
    }

    /// The purpose of a question that is answered now.
    pub fn answered(&mut self, id: RequestId) -> Option<Purpose> {
        Some(self.purposes.remove(&id)?.0)
    }

    /// Who asked a question; of one that nobody waits for any more, the program itself.
    pub fn asker(&self, id: RequestId) -> By {
        self.purposes.get(&id).map_or(By::Clock, |(_, by)| *by)
    }

    /// Gives up the questions that `which` picks.
    pub fn cancel(&mut self, which: impl Fn(&Purpose) -> bool) -> Vec<Effect> {
        let picked = self
            .purposes
            .extract_if(.., |_, (purpose, _)| which(purpose));
        picked.map(|(id, _)| Effect::Cancel(id)).collect()
    }

    /// Gives up what the program itself asks a profile.
    pub fn cancel_quiet(&mut self, profile: &Profile) -> Vec<Effect> {
        let of = |purpose: &Purpose| purpose.connection() == Some(profile);
        let is_quiet =
            |_: &RequestId, (purpose, by): &mut (Purpose, By)| *by == By::Clock && of(purpose);
        let picked = self.purposes.extract_if(.., is_quiet);
        picked.map(|(id, _)| Effect::Cancel(id)).collect()
    }

    /// Whether any question is under way that `which` picks.
    pub fn any(&self, which: impl Fn(&Purpose) -> bool) -> bool {
        self.purposes.values().any(|(purpose, _)| which(purpose))
    }

    /// Whether somebody waits for a question that `which` picks.
    pub fn is_waited_for(&self, which: impl Fn(&Purpose) -> bool) -> bool {
        self.waited().any(which)
    }

    /// How many questions somebody waits for.
    pub fn len(&self) -> usize {
        self.waited().count()
    }

    /// Whether nobody waits for anything.
    pub fn is_empty(&self) -> bool {
        self.waited().next().is_none()
    }

    fn waited(&self) -> impl Iterator<Item = &Purpose> {
        let asked = self.purposes.values().filter(|(_, by)| *by == By::Person);
        asked.map(|(purpose, _)| purpose)
    }
}
