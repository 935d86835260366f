//! Who could still run the organization: the administrators that a plan leaves.

use super::case::{Case, Left, Subject};
use super::reads::{self, Roster};
use super::{Findings, UNREAD};
use crate::domain::capabilities::LastAdmin;
use crate::domain::{ApiError, Fault, Member, OrgId, Role};

const WHAT: &str = "Administrators left";

const LAST: &str = "this is the last administrator, and the service keeps one: make somebody else an administrator first";
const NOBODY_LEFT: &str = "no administrator would be left, and the service keeps one: leave one of them out, or make somebody else an administrator first";

/// The members beside those who lose the role.
#[derive(Default)]
struct Others {
    admins: u64,
    /// Those of whose roles nobody here knows what they allow.
    unclear: u64,
    whole: bool,
}

/// How many administrators a plan leaves, where it takes one away.
pub(super) async fn left(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    if case.can.rules.admins.is_empty() {
        return found;
    }
    if case.subjects.iter().any(|one| one.held().is_none()) {
        found.unread(WHAT);
        return found;
    }
    let losing: Vec<_> = case
        .subjects
        .iter()
        .filter(|one| loses(case, one))
        .collect();
    let Some(first) = losing.first() else {
        return found;
    };
    match count(case, &first.member.at.org, &losing).await {
        Ok(others) => judge(case, (&losing, &others), &mut found),
        Err(_) => found.unread(WHAT),
    }
    found
}

fn judge(case: &Case<'_>, (losing, others): (&[&Subject], &Others), found: &mut Findings) {
    let roles = case.can.rules.admins.join(" or ");
    let at_least = if others.whole { "" } else { "at least " };
    if others.admins > 0 {
        let words = format!("{at_least}{} with the role {roles}", others.admins);
        found.tell(WHAT, words);
        return;
    }
    if !others.whole {
        let words = format!("{UNREAD}: not all members were read");
        found.warn(WHAT, words);
        return;
    }
    found.warn(WHAT, format!("0 with the role {roles}"));
    match case.can.rules.last_admin {
        LastAdmin::Unguarded => found.want_name("nobody would be left to administer it"),
        LastAdmin::Refused(plain) => {
            let certain = losing.iter().all(|one| is_plain(one.kept(), plain));
            if certain && others.unclear == 0 {
                found.refuse(refusal(case, losing.len()));
            } else {
                found.warn(
                    "Other roles",
                    "whether one of them may administer it is not told",
                );
            }
        }
    }
}

fn refusal(case: &Case<'_>, losing: usize) -> ApiError {
    ApiError::new(case.wish.verb(), Fault::Refused).words(if losing > 1 {
        NOBODY_LEFT
    } else {
        LAST
    })
}

/// Whether somebody is an administrator now and will not be one.
fn loses(case: &Case<'_>, subject: &Subject) -> bool {
    let admins = case.can.rules.admins;
    let ends = matches!(subject.left, Left::Nothing(_));
    let held = subject
        .held()
        .is_some_and(|mut held| held.any(|role| is_among(role, admins)));
    held && (ends || !subject.kept().iter().any(|role| is_among(role, admins)))
}

/// Reads those who hold the role that is lost. Before a refusal all members are read: somebody may
/// administer it under another role.
async fn count(case: &Case<'_>, org: &OrgId, losing: &[&Subject]) -> Result<Others, ApiError> {
    let mut others = Others {
        whole: true,
        ..Others::default()
    };
    let lost = |key: &&&str| losing.iter().any(|one| one.holds(key));
    for key in case.can.rules.admins.iter().filter(lost) {
        let roster = reads::roster(case.link, org, Some(key)).await?;
        others.add(case, &roster, losing);
    }
    let LastAdmin::Refused(_) = case.can.rules.last_admin else {
        return Ok(others);
    };
    if others.admins == 0 {
        let roster = reads::roster(case.link, org, None).await?;
        others = Others {
            whole: true,
            ..Others::default()
        };
        others.add(case, &roster, losing);
    }
    Ok(others)
}

impl Others {
    fn add(&mut self, case: &Case<'_>, roster: &Roster, losing: &[&Subject]) {
        self.whole &= roster.whole;
        let leaves = |member: &&Member| losing.iter().any(|one| one.member.id == member.id);
        for member in roster.members.iter().filter(|member| !leaves(member)) {
            let roles: Vec<_> = member
                .assignments()
                .iter()
                .map(|held| held.role.clone())
                .collect();
            if roles
                .iter()
                .any(|role| is_among(role, case.can.rules.admins))
            {
                self.admins += 1;
            } else if !is_known_plain(member, &roles, case.can.rules.last_admin) {
                self.unclear += 1;
            }
        }
    }
}

fn is_known_plain(member: &Member, roles: &[Role], rule: LastAdmin) -> bool {
    match rule {
        LastAdmin::Refused(plain) => member.roles.known().is_some() && is_plain(roles, plain),
        LastAdmin::Unguarded => true,
    }
}

fn is_plain(roles: &[Role], plain: &[&str]) -> bool {
    roles.iter().all(|role| is_among(role, plain))
}

fn is_among(role: &Role, keys: &[&str]) -> bool {
    keys.contains(&role.key.raw())
}
