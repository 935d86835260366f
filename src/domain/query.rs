//! Questions to a service and their answers: one page or one record each.

use super::{
    ApiError, Capabilities, Invite, InviteRef, InviteStatus, Member, MemberRef, Membership, Org,
    OrgId, Principal, Profile, Role, RoleKey, Row, Text, User, UserAt, Verb,
};
use super::{Assignment, UserId};

/// A read. It names one page of a list or one record, and never changes anything.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// Who the credential acts as: answers `Principal`.
    WhoAmI,
    /// What this connection can do: answers `Capabilities`.
    Probe,
    /// A page of organizations: answers `Orgs`.
    Orgs {
        /// Which ones.
        scope: Scope,
        /// Only those whose name fits, searched by the service where it can.
        text: Option<Text>,
        /// Which page.
        page: Cursor,
    },
    /// One organization: answers `Org`.
    Org(OrgAt),
    /// Metadata of an organization: answers `Json`.
    Metadata {
        /// Whose.
        org: OrgId,
        /// Which half.
        privacy: Privacy,
    },
    /// A page of members: answers `Members`.
    Members {
        /// Of which organization.
        org: OrgId,
        /// Only those with this role, filtered by the service where it can.
        role: Option<RoleKey>,
        /// Only those that fit, filtered by the service where it can.
        text: Option<Text>,
        /// Which page.
        page: Cursor,
    },
    /// One member: answers `Member`.
    Member(MemberRef),
    /// The roles of one member, read fresh: answers `Assignments`.
    MemberRoles(MemberRef),
    /// A page of the memberships of one user: answers `Memberships`.
    Memberships {
        /// Whose.
        user: UserAt,
        /// Which page.
        page: Cursor,
    },
    /// A page of invites: answers `Invites`.
    Invites {
        /// Of which organization; `None` is every one that the profile sees.
        org: Option<OrgId>,
        /// With which status; `None` is every one that the service keeps.
        status: Option<InviteStatus>,
        /// Which page.
        page: Cursor,
    },
    /// One invite: answers `Invite`.
    Invite(InviteRef),
    /// The open invites of one address in an organization: answers `Invites`, one page.
    InvitesTo {
        /// The organization.
        org: OrgId,
        /// The address, compared without regard to case.
        email: Text,
    },
    /// The roles that can be given: answers `Roles`.
    Roles {
        /// Those that this organization may use; `None` is all.
        org: Option<OrgId>,
    },
    /// A page of users found by e-mail, user name or text: answers `Users`.
    Users {
        /// What is looked for.
        text: Text,
        /// Without the members of this organization.
        beside: Option<OrgId>,
        /// Which page.
        page: Cursor,
    },
    /// A record as the service sent it, secrets and links masked: answers `Json`.
    Raw(Thing),
}

/// One record of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Thing {
    /// An organization.
    Org(OrgId),
    /// A member.
    Member(MemberRef),
    /// An invite.
    Invite(InviteRef),
}

/// How one organization is addressed.
#[derive(Clone, Debug, PartialEq)]
pub enum OrgAt {
    /// By id.
    Id(OrgId),
    /// By handle or slug.
    Slug(Profile, Text),
}

/// Which organizations a list holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those the caller belongs to (all, for a key that belongs to nobody).
    #[default]
    Own,
    /// Everybody's, on request.
    All,
}

/// Which half of the metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// What any client of the service may see.
    Public,
    /// What only the back end sees: shown on request.
    Private,
}

/// Where a page begins; what lies behind the first one is opaque to everyone but the adapter that made it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor(Place);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Place {
    First(Start),
    Later(Text),
}

/// How a list is to begin, on a service that can do it; the others begin at their first row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Start {
    /// In which order; none is the service's own.
    pub by: Option<Age>,
    /// Behind so many rows.
    pub skip: u64,
    /// With a first page of no more rows than this.
    pub most: Option<u64>,
}

/// An order by when records were made, or members joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Age {
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
}

impl Default for Cursor {
    fn default() -> Self {
        Self::FIRST
    }
}

impl Cursor {
    /// The first page.
    pub const FIRST: Self = Self::first(Start {
        by: None,
        skip: 0,
        most: None,
    });

    /// The first page of a list that begins so.
    pub const fn first(start: Start) -> Self {
        Self(Place::First(start))
    }

    /// A later page, in the adapter's own words.
    pub fn at(place: impl Into<Text>) -> Self {
        Self(Place::Later(place.into()))
    }

    /// The adapter's words; `None` is the first page.
    pub fn place(&self) -> Option<&str> {
        match &self.0 {
            Place::First(_) => None,
            Place::Later(place) => Some(place.raw()),
        }
    }

    /// How the list is to begin, on its first page.
    pub fn start(&self) -> Start {
        match &self.0 {
            Place::First(start) => *start,
            Place::Later(_) => Start::default(),
        }
    }
}

/// What can be asked for after a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Next {
    /// Nothing: this was the last one.
    #[default]
    End,
    /// The page that follows.
    One(Cursor),
    /// All pages that are left, which may be asked for at the same time.
    Many(Vec<Cursor>),
}

impl Next {
    /// The pages that can be asked for.
    pub fn cursors(self) -> Vec<Cursor> {
        match self {
            Self::End => Vec::new(),
            Self::One(cursor) => vec![cursor],
            Self::Many(cursors) => cursors,
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The rows, in the service's order; a record that could not be read is among them, marked.
    pub rows: Vec<Row<T>>,
    /// How many there are in all, where the service says.
    pub total: Option<u64>,
    /// What comes after.
    pub next: Next,
    /// Whether it does not join on to the page before, so that rows between them may be missing.
    pub is_torn: bool,
}

impl<T> Page<T> {
    /// A list that came whole.
    pub fn whole(rows: Vec<Row<T>>) -> Self {
        Self {
            total: u64::try_from(rows.len()).ok(),
            rows,
            next: Next::End,
            is_torn: false,
        }
    }
}

/// What a query brought.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Who we are.
    Principal(Principal),
    /// What can be done.
    Capabilities(Box<Capabilities>),
    /// A page of organizations.
    Orgs(Page<Org>),
    /// An organization.
    Org(Box<Org>),
    /// A JSON document as text, indented.
    Json(Text),
    /// A page of members.
    Members(Page<Member>),
    /// A member.
    Member(Box<Member>),
    /// Roles of one member.
    Assignments(Vec<Assignment>),
    /// A page of one person's memberships.
    Memberships(Page<Membership>),
    /// A page of invites.
    Invites(Page<Invite>),
    /// An invite.
    Invite(Box<Invite>),
    /// Roles that can be given, and records of roles that could not be read.
    Roles(Vec<Row<Role>>),
    /// Users.
    Users(Page<User>),
}

impl Answer {
    /// Roles that could all be read.
    pub fn roles(roles: Vec<Role>) -> Self {
        Self::Roles(roles.into_iter().map(Row::whole).collect())
    }
}

impl Query {
    /// The verb that this read belongs to.
    pub fn verb(&self) -> Verb {
        match self {
            Self::WhoAmI | Self::Probe => Verb::WhoAmI,
            Self::Orgs { .. } => Verb::OrgList,
            Self::Org(_) | Self::Raw(Thing::Org(_)) => Verb::OrgShow,
            Self::Metadata { .. } => Verb::MetadataShow,
            Self::Members { .. } => Verb::MemberList,
            Self::Member(_) | Self::Raw(Thing::Member(_)) => Verb::MemberShow,
            Self::MemberRoles(_) => Verb::MemberRoles,
            Self::Memberships { .. } => Verb::UserMemberships,
            Self::Invites { .. }
            | Self::Invite(_)
            | Self::InvitesTo { .. }
            | Self::Raw(Thing::Invite(_)) => Verb::InviteList,
            Self::Roles { .. } => Verb::RoleList,
            Self::Users { .. } => Verb::UserFind,
        }
    }

    /// The profile that an id in it belongs to; `None` where it holds none.
    pub fn profile(&self) -> Option<&Profile> {
        match self {
            Self::WhoAmI | Self::Probe | Self::Orgs { .. } => None,
            Self::Org(OrgAt::Slug(profile, _)) => Some(profile),
            Self::Org(OrgAt::Id(org))
            | Self::Metadata { org, .. }
            | Self::Members { org, .. }
            | Self::InvitesTo { org, .. }
            | Self::Raw(Thing::Org(org)) => Some(org.profile()),
            Self::Member(member) | Self::MemberRoles(member) | Self::Raw(Thing::Member(member)) => {
                Some(member.org.profile())
            }
            Self::Memberships { user, .. } => Some(user_profile(user)),
            Self::Invite(invite) | Self::Raw(Thing::Invite(invite)) => Some(invite.org.profile()),
            Self::Invites { org, .. } | Self::Roles { org } | Self::Users { beside: org, .. } => {
                org.as_ref().map(OrgId::profile)
            }
        }
    }
}

fn user_profile(user: &UserAt) -> &Profile {
    match user {
        UserAt::Id(id) => UserId::profile(id),
        UserAt::Name(profile, _) | UserAt::Me(profile) => profile,
    }
}

/// What came back for a query.
pub type Reply = Result<Answer, ApiError>;
