//! What a connection can do: constant data of a service, chosen and trimmed by a probe.

use std::collections::BTreeMap;

use super::{Fidelity, FieldSpec, InviteStatus, Role, Text, Verb};

/// Whether a service offers a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// By one call.
    Native,
    /// By several calls of these verbs; it may stop half-way.
    Composed(&'static [Verb]),
    /// Not at all: why, as a sentence part that ends without a full stop.
    No(&'static str),
}

/// How many roles a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleCount {
    /// Exactly one.
    One,
    /// Any number.
    Any,
}

/// Where role names come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Vocabulary {
    /// The service lists them.
    Listed,
    /// Any text; these are suggested.
    Free(Vec<Role>),
}

/// What a connection can do and how its words go.
#[derive(Clone, Debug, PartialEq)]
pub struct Capabilities {
    offers: BTreeMap<Verb, Offer>,
    /// How many roles a member holds.
    pub role_count: RoleCount,
    /// Where role names come from.
    pub vocabulary: Vocabulary,
    /// Fields of a new organization.
    pub create: Vec<FieldSpec>,
    /// Fields of an organization that can be changed.
    pub edit: Vec<FieldSpec>,
    /// Fields of an invite.
    pub invite: Vec<FieldSpec>,
    /// Labels of the attributes that the service tells, by key and in order.
    pub attributes: &'static [(&'static str, &'static str)],
    /// Facts about members that the service cannot tell, as attribute keys (`email`, `joined`, ...).
    pub untold: &'static [&'static str],
    /// What goes with a deleted organization, for the dialog.
    pub cascade: &'static str,
    /// What an organization's short name is called (`handle`, `slug`); empty where there is none.
    pub slug_word: &'static str,
    /// Whose organizations the list holds by default.
    pub reach: Reach,
    /// What an undo of each writing verb could do.
    pub undo: &'static [(Verb, Fidelity)],
    /// Pages of one list that may be under way at the same time.
    pub pages_at_once: usize,
    /// How lists can begin.
    pub starts: Starts,
    /// The statuses by which invites are listed, one list each.
    pub invite_lists: &'static [InviteStatus],
    /// What the service is known to refuse or to limit, looked at before anything is sent.
    pub rules: Rules,
    /// The service's own pages for people, where it documents some.
    pub site: Option<Site>,
    /// Sentences about this connection that a person should know (an old server, organizations switched off).
    pub notes: Vec<Text>,
}

/// The pages of a service for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// The origin whose accounts they are of.
    pub origin: &'static str,
    /// The page that leads to the organizations.
    pub page: &'static str,
}

/// Rules of a service that its documents name; what they leave open is no rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The keys of the roles that make an administrator; none where the service names no such role.
    pub admins: &'static [&'static str],
    /// What becomes of the last administrator's end.
    pub last_admin: LastAdmin,
    /// The weakest level that a verb asks for; verbs that are left out ask for none that is documented.
    pub levels: &'static [(Verb, u8)],
    /// The attribute of an organization that limits its members and pending invites together (0 is no limit).
    pub places: Option<&'static str>,
    /// How many calls that invite are taken in an hour.
    pub hourly: Option<Hourly>,
    /// Whether members can be found by their address in one question.
    pub addresses: Addresses,
}

/// How a service can be asked to begin its lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Starts {
    /// The lists that come by age, the newest or the oldest first, and in pages of any size.
    pub by_age: &'static [Verb],
    /// The lists that begin at any row.
    pub anywhere: &'static [Verb],
}

impl Starts {
    /// Every list begins as the service has it.
    pub const NONE: Self = Self {
        by_age: &[],
        anywhere: &[],
    };
}

/// What a service does about the end of an organization's last administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastAdmin {
    /// It refuses. The keys are those of roles that certainly make no administrator.
    Refused(&'static [&'static str]),
    /// It names no rule, so it may well let it happen.
    Unguarded,
}

/// The calls that a service takes in an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hourly {
    /// Those that invite one address.
    pub single: usize,
    /// Those that invite several at once.
    pub bulk: usize,
    /// The most addresses of one that invites several.
    pub batch: usize,
}

/// Whether members are found by address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    /// The service searches its members by address.
    Searched,
    /// It does not, or tells no addresses.
    Untold,
}

impl Rules {
    /// No rule is documented.
    pub const NONE: Self = Self {
        admins: &[],
        last_admin: LastAdmin::Unguarded,
        levels: &[],
        places: None,
        hourly: None,
        addresses: Addresses::Untold,
    };
}

/// Whose organizations the service lists when it is simply asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The caller's own.
    Own,
    /// Everybody's: the caller's own are shown first and alone, all on request.
    Everyone,
}

impl Capabilities {
    /// A table with nothing but the offers; a verb that is left out is not offered.
    pub fn offering(offers: &[(Verb, Offer)]) -> Self {
        Self {
            offers: offers.iter().copied().collect(),
            role_count: RoleCount::One,
            vocabulary: Vocabulary::Listed,
            create: Vec::new(),
            edit: Vec::new(),
            invite: Vec::new(),
            attributes: &[],
            untold: &[],
            cascade: "",
            slug_word: "",
            reach: Reach::Own,
            undo: &[],
            pages_at_once: 4,
            starts: Starts::NONE,
            invite_lists: &[InviteStatus::Pending],
            rules: Rules::NONE,
            site: None,
            notes: Vec::new(),
        }
    }

    /// Whether and how a verb is offered.
    pub fn offer(&self, verb: Verb) -> Offer {
        self.offers
            .get(&verb)
            .copied()
            .unwrap_or(Offer::No("this service has no such call"))
    }

    /// Takes a verb away, or changes how it is offered.
    pub fn set_offer(&mut self, verb: Verb, offer: Offer) {
        self.offers.insert(verb, offer);
    }

    /// The reason why a verb is not offered, if it is not.
    pub fn refusal(&self, verb: Verb) -> Option<&'static str> {
        match self.offer(verb) {
            Offer::No(why) => Some(why),
            Offer::Native | Offer::Composed(_) => None,
        }
    }

    /// What an undo of this verb could do.
    pub fn fidelity(&self, verb: Verb) -> Fidelity {
        self.undo.iter().find(|(known, _)| *known == verb).map_or(
            Fidelity::Impossible("no call takes it back"),
            |(_, fidelity)| *fidelity,
        )
    }

    /// How strong a role is: as it says itself, else as the vocabulary says of its name.
    pub fn level(&self, role: &Role) -> Option<u8> {
        let known = self.suggested().iter();
        role.level.or_else(|| {
            let mut same = known.filter(|one| one.key == role.key);
            same.next()?.level
        })
    }

    /// The roles that are suggested where any text can be one.
    pub fn suggested(&self) -> &[Role] {
        match &self.vocabulary {
            Vocabulary::Listed => &[],
            Vocabulary::Free(suggested) => suggested,
        }
    }

    /// The label of an attribute; its key where none is known.
    pub fn label(&self, key: &'static str) -> &'static str {
        self.attributes
            .iter()
            .find(|(known, _)| *known == key)
            .map_or(key, |(_, label)| label)
    }
}
