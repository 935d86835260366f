//! What was read: the connections with their organizations, and the organizations that were visited.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::Timestamp;

use super::fault;
use super::refresh::Pace;
use crate::domain::connection::{Access, Stage};
use crate::domain::query::Scope;
use crate::domain::rows::Shelf;
use crate::domain::{
    ApiError, Capabilities, Connection, Fault, FieldKind, Invite, Member, Moment, Org, OrgId,
    Principal, Profile, Role, Row, Skew, Text, Verb,
};
use crate::job::Feed;

/// Organizations whose members and invites are kept; the one visited longest ago goes first.
const KEPT: usize = 12;

/// One thing that is asked once.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Loaded<T> {
    /// Not asked.
    #[default]
    No,
    /// Asked.
    Asked,
    /// Here.
    Yes(T),
    /// Not to be had: why.
    Failed(ApiError),
}

impl<T> Loaded<T> {
    /// The thing, if it is here.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Yes(value) => Some(value),
            Self::No | Self::Asked | Self::Failed(_) => None,
        }
    }
}

/// How a connection is doing, by its latest request.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Health {
    /// Nothing came back yet.
    #[default]
    Untried,
    /// It answers.
    Fine,
    /// It answers after this long.
    Slow(std::time::Duration),
    /// It asked for patience until then.
    Limited(Moment),
    /// It does not accept the credential.
    SignedOut,
    /// It cannot be used: why.
    Failing(Trouble),
}

impl Health {
    /// The word for a connection whose answers cannot be had: what was read before is all there is.
    pub const fn down(&self) -> Option<&'static str> {
        match self {
            Self::Untried | Self::Fine | Self::Slow(_) | Self::Limited(_) => None,
            Self::SignedOut => Some("signed out"),
            Self::Failing(trouble) => Some(trouble.word()),
        }
    }
}

/// Why a connection cannot be used as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no connection.
    Offline,
    /// It does not answer in time.
    Silent,
    /// It is there and cannot answer.
    Unavailable,
    /// The other end cannot be trusted.
    Untrusted,
    /// What it answers cannot be read.
    Garbled,
    /// It does not let us list anything.
    Forbidden,
}

impl Trouble {
    /// What a fault says of the connection as a whole, if anything.
    pub fn of(verb: Verb, fault: &Fault) -> Option<Self> {
        match fault {
            Fault::Offline(_) => Some(Self::Offline),
            Fault::TimedOut => Some(Self::Silent),
            Fault::Unavailable => Some(Self::Unavailable),
            Fault::Insecure(_) => Some(Self::Untrusted),
            Fault::Garbled(_)
            | Fault::NotTheApi(_)
            | Fault::Cut
            | Fault::TooLarge
            | Fault::Redirected(_) => Some(Self::Garbled),
            Fault::Forbidden if verb == Verb::OrgList => Some(Self::Forbidden),
            // A 401 alone may mean "not allowed"; the adapter knows.
            Fault::SignedOut
            | Fault::Renewed
            | Fault::SecondFactor
            | Fault::Forbidden
            | Fault::Missing
            | Fault::Unseen
            | Fault::Conflict
            | Fault::Refused
            | Fault::Invalid(_)
            | Fault::Slowed { .. }
            | Fault::NotOffered(_)
            | Fault::ReadOnly(_)
            | Fault::Unrecorded(_)
            | Fault::Cancelled
            | Fault::UnderWay
            | Fault::NoConsent
            | Fault::NotApplied(_)
            | Fault::NoSecret(_)
            | Fault::Foreign => None,
        }
    }

    /// What the header calls it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Silent => "no answer",
            Self::Unavailable => "unavailable",
            Self::Untrusted => "not trusted",
            Self::Garbled => "garbled",
            Self::Forbidden => "forbidden",
        }
    }

    /// Whether it may be over without anybody doing anything about it.
    pub const fn may_pass(self) -> bool {
        match self {
            Self::Offline | Self::Silent | Self::Unavailable | Self::Garbled => true,
            Self::Untrusted | Self::Forbidden => false,
        }
    }
}

/// What a person is asked for where a service does not let a profile in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Another token.
    Token,
    /// The code of the second factor.
    Code,
}

impl Lock {
    /// What opens where a service said this.
    pub fn of(fault: &Fault) -> Self {
        if *fault == Fault::SecondFactor {
            Self::Code
        } else {
            Self::Token
        }
    }

    /// What is missing.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Token => "the token is missing or over",
            Self::Code => "the code of the second factor is due",
        }
    }
}

/// Whether a service lets a profile in, and whether a person was asked for what is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Door {
    /// It does, as far as is known.
    #[default]
    Open,
    /// It does not, and nobody was asked yet.
    Due(Lock),
    /// It does not, and a person was asked: from then on only on request.
    Asked(Lock),
}

/// A connection and all that was read of it as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// What the configuration says.
    pub connection: Connection,
    /// What it can do.
    pub capabilities: Capabilities,
    /// Who we are there.
    pub principal: Loaded<Principal>,
    /// Its organizations.
    pub orgs: Feed<Org>,
    /// Which of them are listed.
    pub scope: Scope,
    /// All its invites, one feed for each list that the service keeps; filled on request.
    pub invites: Vec<Feed<Invite>>,
    /// How it is doing.
    pub health: Health,
    /// How far its clock is ahead of ours.
    pub skew: Skew,
    /// Whether it is let in.
    pub door: Door,
    /// When its organizations were last read as a whole.
    pub read_at: Option<Timestamp>,
    /// When all its invites were last read as a whole.
    pub invites_read_at: Option<Timestamp>,
    /// How it is kept fresh.
    pub pace: Pace,
    /// Until then few requests are left: what can wait is not asked.
    pub spare_until: Option<Moment>,
}

impl Account {
    /// A connection of which nothing was read yet.
    pub fn new(connection: Connection, capabilities: Capabilities) -> Self {
        Self {
            connection,
            capabilities,
            principal: Loaded::No,
            orgs: Feed::default(),
            scope: Scope::Own,
            invites: Vec::new(),
            health: Health::Untried,
            skew: Skew::default(),
            door: Door::default(),
            read_at: None,
            invites_read_at: None,
            pace: Pace::default(),
            spare_until: None,
        }
    }

    /// Why a verb cannot be used on it, if it cannot: the service has it not, or writing is off.
    pub fn refusal(&self, verb: Verb) -> Option<Text> {
        let off = match self.connection.access {
            Access::ReadOnly(switch) if !verb.is_read() => Some(switch),
            Access::ReadOnly(_) | Access::Full => None,
        };
        let off = off.map(|switch| Text::from(format!("writing is off ({switch})")));
        fault::not_offered(&self.capabilities, verb).or(off)
    }

    /// What is missing to be let in, if anything is.
    pub fn lock(&self) -> Option<Lock> {
        match self.door {
            Door::Open => None,
            Door::Due(lock) | Door::Asked(lock) => Some(lock),
        }
    }

    /// The field that names who a new organization belongs to, where the caller is no member of it.
    pub fn creator(&self) -> Option<&'static str> {
        let fields = self.capabilities.create.iter();
        let mut users = fields.filter(|spec| spec.kind == FieldKind::User);
        users.next().map(|spec| spec.key)
    }

    /// What depends on it: as configured, else as the service says.
    pub fn stage(&self) -> Stage {
        let principal = self.principal.known();
        let said = principal.and_then(|principal| principal.stage.known());
        let configured = self.connection.production.known();
        configured.or(said).copied().unwrap_or(Stage::Development)
    }
}

/// An organization that was visited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visit {
    /// Its members.
    pub members: Feed<Member>,
    /// Its invites, one feed for each list that the service keeps.
    pub invites: Vec<Feed<Invite>>,
    /// The roles that can be given in it.
    pub roles: Loaded<Vec<Role>>,
    /// When its members were last read as a whole.
    pub read_at: Option<Timestamp>,
    /// When its invites were last read as a whole.
    pub invites_read_at: Option<Timestamp>,
}

impl Visit {
    /// Stops what is being read of it.
    pub fn stop(&mut self) {
        self.members.stop();
        self.invites.iter_mut().for_each(Feed::stop);
        if self.roles == Loaded::Asked {
            self.roles = Loaded::No;
        }
    }
}

/// The program's own memory of an invite sent from here, where the service keeps no list. Never to be
/// mistaken for an invite that was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SentNote {
    /// Into which organization.
    pub org: OrgId,
    /// To whom.
    pub email: Text,
    /// When.
    pub at: Timestamp,
}

/// Everything that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Store {
    /// The connections in the order of the configuration.
    pub accounts: Vec<Account>,
    /// Invites sent from here on services without a list.
    pub sent_notes: Vec<SentNote>,
    visits: BTreeMap<OrgId, Visit>,
    recent: VecDeque<OrgId>,
}

impl Store {
    /// A store for these connections.
    pub fn new(accounts: Vec<Account>) -> Self {
        Self {
            accounts,
            ..Self::default()
        }
    }

    /// The connection of a profile.
    pub fn account(&self, profile: &Profile) -> Option<&Account> {
        self.accounts
            .iter()
            .find(|account| account.connection.profile == *profile)
    }

    /// The same, to be changed.
    pub fn account_mut(&mut self, profile: &Profile) -> Option<&mut Account> {
        self.accounts
            .iter_mut()
            .find(|account| account.connection.profile == *profile)
    }

    /// What is known of an organization's row.
    pub fn org(&self, id: &OrgId) -> Option<&Row<Org>> {
        self.account(id.profile())?.orgs.rows.find(id)
    }

    /// A visited organization.
    pub fn visit(&self, id: &OrgId) -> Option<&Visit> {
        self.visits.get(id)
    }

    /// The same, to be changed.
    pub fn visit_mut(&mut self, id: &OrgId) -> Option<&mut Visit> {
        self.visits.get_mut(id)
    }

    /// Lets go of a visit: what was read of it is read anew at the next one.
    pub fn forget(&mut self, id: &OrgId) {
        self.recent.retain(|other| other != id);
        self.visits.remove(id);
    }

    /// Lets go of everything that was read of these connections, and of what is remembered of them.
    pub fn let_go(&mut self, lost: &BTreeSet<Profile>) {
        self.visits.retain(|org, _| !lost.contains(org.profile()));
        self.recent.retain(|org| !lost.contains(org.profile()));
        self.sent_notes
            .retain(|note| !lost.contains(note.org.profile()));
    }

    /// The organizations that were visited.
    pub fn visits(&self) -> impl Iterator<Item = (&OrgId, &Visit)> {
        self.visits.iter()
    }

    /// Opens an organization: a new one is made ready to be read, the one visited longest ago is let go of.
    pub fn open(&mut self, id: &OrgId) {
        self.recent.retain(|other| other != id);
        self.recent.push_back(id.clone());
        if !self.visits.contains_key(id) {
            let lists = self
                .account(id.profile())
                .map_or(1, |account| account.capabilities.invite_lists.len());
            let visit = Visit {
                invites: vec![Feed::default(); lists],
                ..Visit::default()
            };
            self.visits.insert(id.clone(), visit);
        }
        let surplus = self.recent.len().saturating_sub(KEPT);
        for gone in self.recent.drain(..surplus) {
            self.visits.remove(&gone);
        }
    }

    /// The organizations of every connection, each as one list; empty for those that `shown` leaves out.
    pub fn org_lists(&self, shown: impl Fn(&Profile) -> bool) -> Vec<Shelf<Org>> {
        let list = |account: &Account| {
            if shown(&account.connection.profile) {
                account.orgs.rows.shelf().clone()
            } else {
                Shelf::default()
            }
        };
        self.accounts.iter().map(list).collect()
    }

    /// The latest time at which every shown list was read as a whole.
    pub fn read_at(&self) -> Option<Timestamp> {
        self.accounts
            .iter()
            .filter_map(|account| account.read_at)
            .max()
    }
}
