//! The roll of a bulk invite: the addresses that were typed, who is known in the organization, and a verdict for
//! each address. It asks nobody: what is to be asked next is for its form to pass on.

use std::collections::BTreeSet;

use crate::domain::query::Reply;
use crate::domain::{
    Answer, ApiError, Capabilities, Cursor, Detail, Fault, Invite, InviteDraft, InviteStatus,
    Member, MemberId, OrgId, Query, Text, Verb,
};
use crate::job::lines::{self, Line};
use crate::job::verdict::{self, Known, Verdict};
use crate::job::{Ask, Feed};

/// The most addresses that one form takes.
pub const MOST: usize = 10_000;

/// What of the people is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A page of members.
    Members(Cursor),
    /// The rest of a member's row.
    Member(MemberId),
    /// A page of open invites.
    Invites(Cursor),
}

/// The addresses of a bulk invite with what can be said of each.
#[derive(Clone, Debug)]
pub struct Roll {
    /// The members; none where the service tells no addresses of members.
    pub members: Option<Feed<Member>>,
    /// The open invites; none where the service lists none.
    pub invites: Option<Feed<Invite>>,
    known: Known,
    lines: Result<Vec<Line>, Text>,
    verdicts: Vec<Verdict>,
}

impl Roll {
    /// An empty roll whose people are still to be read; `sent` are the addresses that were invited from here.
    pub fn new(capabilities: &Capabilities, sent: BTreeSet<String>) -> Self {
        let tells = !capabilities.untold.contains(&"email");
        let lists = capabilities.refusal(Verb::InviteList).is_none();
        let mut roll = Self {
            members: tells.then(Feed::default),
            invites: lists.then(Feed::default),
            known: Known {
                sent,
                ..Known::default()
            },
            lines: Ok(Vec::new()),
            verdicts: Vec::new(),
        };
        roll.begin();
        roll
    }

    /// Begins to read the people, all of them anew.
    pub fn begin(&mut self) {
        self.members.iter_mut().for_each(Feed::start);
        self.invites.iter_mut().for_each(Feed::start);
    }

    /// What to ask now, with at most so many questions of a kind under way.
    pub fn next(&mut self, org: &OrgId, at_once: usize) -> Vec<(Part, Query)> {
        let mut asks = Vec::new();
        if let Some(feed) = &mut self.members {
            let wanting: Vec<MemberId> = feed.wanting().take(at_once).cloned().collect();
            for ask in feed.next(at_once, &wanting) {
                asks.extend(of_members(feed, org, ask));
            }
        }
        let pages = self
            .invites
            .iter_mut()
            .flat_map(|feed| feed.next(at_once, []));
        asks.extend(pages.filter_map(|ask| of_invites(org, ask)));
        asks
    }

    /// Takes an answer in; once the last one is here, every address is judged.
    pub fn answered(&mut self, part: &Part, reply: Reply) {
        match (part, reply) {
            (Part::Members(cursor), reply) => {
                if let Some(feed) = &mut self.members {
                    match reply {
                        Ok(Answer::Members(page)) => feed.page(cursor, page),
                        reply => feed.page_failed(cursor, failure(reply, Verb::MemberList)),
                    }
                }
            }
            (Part::Member(id), reply) => {
                if let Some(feed) = &mut self.members {
                    match reply {
                        Ok(Answer::Member(member)) if member.id == *id => feed.detail(*member),
                        reply => feed.detail_failed(id, failure(reply, Verb::MemberShow)),
                    }
                }
            }
            (Part::Invites(cursor), reply) => {
                if let Some(feed) = &mut self.invites {
                    match reply {
                        Ok(Answer::Invites(page)) => feed.page(cursor, page),
                        reply => feed.page_failed(cursor, failure(reply, Verb::InviteList)),
                    }
                }
            }
        }
        if !self.is_reading() {
            self.know();
            self.judge();
        }
    }

    /// Whether people are still being read.
    pub fn is_reading(&self) -> bool {
        let members = self.members.as_ref();
        members.is_some_and(|feed| feed.is_busy() || feed.wanting().next().is_some())
            || self.invites.as_ref().is_some_and(Feed::is_busy)
    }

    /// How many members were listed whose addresses could not be read.
    pub fn unread(&self) -> usize {
        let rows = self.members.iter().flat_map(|feed| feed.rows.iter());
        let lacking = rows.filter(|row| match row.detail {
            Detail::Failed(_) | Detail::Unreadable(_) => true,
            Detail::Whole | Detail::Wanted | Detail::Asked => row.item.email.known().is_none(),
        });
        lacking.count()
    }

    /// Reads the addresses out of a text, and judges each.
    pub fn read(&mut self, text: &str) {
        self.lines = match lines::parse(text.as_bytes()) {
            Ok(lines) if lines.len() > MOST => Err(Text::from(format!(
                "{} addresses, and one form takes {MOST}: send them in parts",
                lines.len()
            ))),
            read => read.map_err(Text::from),
        };
        self.judge();
    }

    /// What is wrong with the text as a whole.
    pub fn problem(&self) -> Option<&Text> {
        self.lines.as_ref().err()
    }

    /// The addresses, each with its verdict.
    pub fn judged(&self) -> impl Iterator<Item = (&Line, &Verdict)> {
        let lines = self.lines.as_ref().map_or(&[][..], Vec::as_slice);
        lines.iter().zip(&self.verdicts)
    }

    /// How many addresses have a verdict that `which` picks.
    pub fn count(&self, which: impl Fn(&Verdict) -> bool) -> usize {
        self.verdicts
            .iter()
            .filter(|verdict| which(verdict))
            .count()
    }

    /// The invites that the good addresses come to, with what all have in common.
    pub fn drafts(&self, pattern: &InviteDraft) -> Vec<InviteDraft> {
        let good = self
            .judged()
            .filter(|(_, verdict)| **verdict == Verdict::Ok);
        good.map(|(line, _)| line.draft(pattern)).collect()
    }

    /// The text without the lines whose address `is_done` knows.
    pub fn without(&self, is_done: impl Fn(&str) -> bool) -> String {
        let left = self.judged().filter(|(line, _)| !is_done(&line.email));
        lines::written(&left.map(|(line, _)| line.clone()).collect::<Vec<_>>())
    }

    fn know(&mut self) {
        let members = self.members.iter().flat_map(|feed| feed.rows.iter());
        let invites = self.invites.iter().flat_map(|feed| feed.rows.iter());
        let mut known = Known {
            sent: std::mem::take(&mut self.known.sent),
            ..Known::default()
        };
        known.add_members(members.map(|row| &row.item));
        known.add_invites(invites.map(|row| &row.item));
        self.known = known;
    }

    fn judge(&mut self) {
        let lines = self.lines.as_ref().map_or(&[][..], Vec::as_slice);
        let addresses = lines.iter().map(|line| line.email.as_str());
        self.verdicts = verdict::verdicts(&self.known, addresses);
    }
}

fn of_members(feed: &Feed<Member>, org: &OrgId, ask: Ask<MemberId>) -> Option<(Part, Query)> {
    match ask {
        Ask::Page(page) => {
            let query = Query::Members {
                org: org.clone(),
                role: None,
                text: None,
                page: page.clone(),
            };
            Some((Part::Members(page), query))
        }
        Ask::Detail(id) => {
            let at = feed.rows.find(&id)?.item.at.clone();
            Some((Part::Member(id), Query::Member(at)))
        }
    }
}

fn of_invites<K>(org: &OrgId, ask: Ask<K>) -> Option<(Part, Query)> {
    match ask {
        Ask::Page(page) => {
            let query = Query::Invites {
                org: Some(org.clone()),
                status: Some(InviteStatus::Pending),
                page: page.clone(),
            };
            Some((Part::Invites(page), query))
        }
        Ask::Detail(_) => None,
    }
}

/// Why an answer is none to what was asked.
fn failure(reply: Reply, verb: Verb) -> ApiError {
    reply.err().unwrap_or_else(|| {
        let fault = Fault::Garbled(Text::from("an answer to another question"));
        ApiError::new(verb, fault)
    })
}
