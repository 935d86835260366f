//! Verdicts: what can be said of each address before anything is sent. It reads nothing: who is a member and
//! who is invited is brought to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Invite, InviteStatus, Member, email};

/// What can be said of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It can be invited.
    Ok,
    /// The person is a member.
    Member,
    /// There is an open invite.
    Invited,
    /// An invite was sent from here, on a service that lists none.
    Sent,
    /// It is on this earlier line too.
    Duplicate(usize),
    /// No mail could be sent there: why.
    NotAnAddress(String),
}

impl Verdict {
    /// Whether the line cannot be done as it stands. A second mention of an address is done with the first.
    pub fn is_wrong(&self) -> bool {
        match self {
            Self::Ok | Self::Duplicate(_) => false,
            Self::Member | Self::Invited | Self::Sent | Self::NotAnAddress(_) => true,
        }
    }

    /// It in words.
    pub fn words(&self) -> String {
        match self {
            Self::Ok => "ok".to_owned(),
            Self::Member => "already member".to_owned(),
            Self::Invited => "already invited".to_owned(),
            Self::Sent => "sent from here before (our own memory: t sends it again)".to_owned(),
            Self::Duplicate(first) => format!("duplicate of address {first}"),
            Self::NotAnAddress(why) => format!("not an address: {why}"),
        }
    }
}

/// What is known of an organization's people: addresses in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Of its members.
    pub members: BTreeSet<String>,
    /// Of those with an open invite.
    pub invited: BTreeSet<String>,
    /// Of those who were invited from here, where the service lists no invites.
    pub sent: BTreeSet<String>,
}

impl Known {
    /// Adds members, as far as their addresses are told.
    pub fn add_members<'a>(&mut self, members: impl IntoIterator<Item = &'a Member>) {
        let emails = members.into_iter().filter_map(|one| one.email.known());
        self.members
            .extend(emails.map(|email| email.raw().to_lowercase()));
    }

    /// Adds those invites that are open.
    pub fn add_invites<'a>(&mut self, invites: impl IntoIterator<Item = &'a Invite>) {
        let open = invites
            .into_iter()
            .filter(|invite| invite.status == InviteStatus::Pending);
        let emails = open.filter_map(|invite| invite.email.known());
        self.invited
            .extend(emails.map(|email| email.raw().to_lowercase()));
    }
}

/// A verdict for each address, as it was written.
pub fn verdicts<'a>(known: &Known, addresses: impl IntoIterator<Item = &'a str>) -> Vec<Verdict> {
    let mut met = BTreeMap::new();
    let judge = |(address, number): (&str, usize)| {
        let address = match email::parse(address) {
            Ok(address) => address.to_lowercase(),
            Err(why) => return Verdict::NotAnAddress(why),
        };
        let first = *met.entry(address.clone()).or_insert(number);
        match first {
            first if first < number => Verdict::Duplicate(first),
            _ if known.members.contains(&address) => Verdict::Member,
            _ if known.invited.contains(&address) => Verdict::Invited,
            _ if known.sent.contains(&address) => Verdict::Sent,
            _ => Verdict::Ok,
        }
    };
    addresses.into_iter().zip(1..).map(judge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_a_verdict() {
        let known = Known {
            members: ["ana@x.example".to_owned()].into(),
            invited: ["bo@x.example".to_owned()].into(),
            sent: ["cy@x.example".to_owned()].into(),
        };
        let addresses = [
            "new@x.example",
            "Ana@X.example",
            "bo@x.example",
            "NEW@x.example",
            "no@@x",
            "cy@x.example",
        ];
        let found = verdicts(&known, addresses);
        let words: Vec<String> = found.iter().map(Verdict::words).collect();
        assert_eq!(
            words[..4],
            [
                "ok",
                "already member",
                "already invited",
                "duplicate of address 1"
            ]
        );
        assert!(words[4].starts_with("not an address: "));
        let wrong = found.iter().filter(|verdict| verdict.is_wrong());
        assert_eq!(wrong.count(), 4);
        assert!(words[5].starts_with("sent from here before"));
    }
}
