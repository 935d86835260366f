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
    /// The statuses by which invites are listed, one list each.
    pub invite_lists: &'static [InviteStatus],
    /// Sentences about this connection that a person should know (an old server, organizations switched off).
    pub notes: Vec<Text>,
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
            invite_lists: &[InviteStatus::Pending],
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

    /// The label of an attribute; its key where none is known.
    pub fn label(&self, key: &'static str) -> &'static str {
        self.attributes
            .iter()
            .find(|(known, _)| *known == key)
            .map_or(key, |(_, label)| label)
    }
}
