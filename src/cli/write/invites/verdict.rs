//! Verdicts: what can be said of each address before anything is sent.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::Line;
use crate::cli::complaint;
use crate::cli::resolve;
use crate::domain::{
    ApiError, Cursor, Invite, InviteStatus, Member, OrgId, Query, Text, Verb, email,
};
use crate::provider::link::Link;

/// What can be said of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It can be invited.
    Ok,
    /// The person is a member.
    Member,
    /// There is an open invite.
    Invited,
    /// It is on this earlier line too.
    Duplicate(usize),
    /// No mail could be sent there: why.
    NotAnAddress(String),
}

impl Verdict {
    /// Whether the line cannot be done as it stands. A second mention of an address is done with the first.
    pub(super) fn is_wrong(&self) -> bool {
        match self {
            Self::Ok | Self::Duplicate(_) => false,
            Self::Member | Self::Invited | Self::NotAnAddress(_) => true,
        }
    }

    /// It in words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Ok => "ok".to_owned(),
            Self::Member => "already member".to_owned(),
            Self::Invited => "already invited".to_owned(),
            Self::Duplicate(first) => format!("duplicate of address {first}"),
            Self::NotAnAddress(why) => format!("not an address: {why}"),
        }
    }
}

/// What is known of the organization's people, in lower case.
#[derive(Default)]
struct Known {
    members: BTreeSet<String>,
    invited: BTreeSet<String>,
}

/// A verdict for each line.
pub(super) async fn verdicts(link: &Link, org: &OrgId, lines: &[Line]) -> Vec<Verdict> {
    let known = known(link, org, lines).await;
    judge(&known, lines)
}

fn judge(known: &Known, lines: &[Line]) -> Vec<Verdict> {
    let mut met = BTreeMap::new();
    let numbered = lines.iter().zip(1..);
    let judge = |(line, number): (&Line, usize)| {
        let address = match email::parse(&line.email) {
            Ok(address) => address.to_lowercase(),
            Err(why) => return Verdict::NotAnAddress(why),
        };
        let first = *met.entry(address.clone()).or_insert(number);
        match first {
            first if first < number => Verdict::Duplicate(first),
            _ if known.members.contains(&address) => Verdict::Member,
            _ if known.invited.contains(&address) => Verdict::Invited,
            _ => Verdict::Ok,
        }
    };
    numbered.map(judge).collect()
}

/// What cannot be read is said and claims nothing: the service has the last word.
async fn known(link: &Link, org: &OrgId, lines: &[Line]) -> Known {
    let capabilities = link.capabilities();
    let mut known = Known::default();
    if !capabilities.untold.contains(&"email") {
        match members(link, org, lines).await {
            Ok(members) => known.members = members,
            Err(_) => complaint::note("who is a member already could not be checked"),
        }
    }
    if capabilities.refusal(Verb::InviteList).is_none() {
        match resolve::invites(link, org).await {
            Ok(invites) => known.invited = open(&invites),
            Err(_) => complaint::note("who is invited already could not be checked"),
        }
    }
    known
}

async fn members(link: &Link, org: &OrgId, lines: &[Line]) -> Result<BTreeSet<String>, ApiError> {
    // One address is searched for where the service can; for many, the list is read once.
    let text = match lines {
        [only] => email::parse(&only.email).ok().map(Text::from),
        _ => None,
    };
    let question = |page: Cursor| Query::Members {
        org: org.clone(),
        role: None,
        text: text.clone(),
        page,
    };
    let members: Vec<Member> = resolve::collect(link, question, |_| true).await?;
    let emails = members.iter().filter_map(|member| member.email.known());
    Ok(emails.map(|email| email.raw().to_lowercase()).collect())
}

fn open(invites: &[Invite]) -> BTreeSet<String> {
    let open = invites
        .iter()
        .filter(|invite| invite.status == InviteStatus::Pending);
    let emails = open.filter_map(|invite| invite.email.known());
    emails.map(|email| email.raw().to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_has_a_verdict() {
        let known = Known {
            members: ["ana@x.example".to_owned()].into(),
            invited: ["bo@x.example".to_owned()].into(),
        };
        let lines = [
            "new@x.example",
            "Ana@X.example",
            "bo@x.example",
            "NEW@x.example",
            "no@@x",
        ];
        let lines = lines.map(Line::of);
        let words: Vec<String> = judge(&known, &lines).iter().map(Verdict::words).collect();
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
        let wrong = judge(&known, &lines);
        assert_eq!(wrong.iter().filter(|verdict| verdict.is_wrong()).count(), 3);
    }
}
