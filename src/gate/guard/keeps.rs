//! What a person keeps elsewhere on this connection when a membership ends.

use futures_util::{StreamExt as _, stream};

use super::case::{Case, Left, Subject};
use super::{Findings, UNREAD, counted};
use crate::domain::mutation::Parting;
use crate::domain::{
    Answer, Cursor, Fault, Membership, Next, Page, Query, Text, UserAt, UserId, Verb,
};

const WHAT: &str = "Keeps";
/// Some services do not tell what else somebody is a member of, or tell the caller alone.
const UNTOLD: &str = "cannot be told here: the service does not tell the memberships of others";
/// Organizations that are called by name.
const NAMED: usize = 3;
/// Members of a bulk that are looked up.
const MOST: usize = 40;
/// Members that are looked up at the same time.
const AT_ONCE: usize = 4;

/// The other organizations of everybody whose membership ends, by the first page of them.
pub(super) async fn elsewhere(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    let ending = || {
        let each = case.subjects.iter();
        each.filter_map(|subject| match subject.left {
            Left::Nothing(why) => Some((subject, why)),
            Left::Roles(_) => None,
        })
    };
    let is_told = case.link.check(Verb::UserMemberships).is_ok();
    if !is_told && ending().next().is_some() {
        found.tell(WHAT, UNTOLD);
        return found;
    }
    let looked: Vec<_> = ending()
        .take(MOST)
        .map(|one| looked_at(case, one))
        .collect();
    let looked = stream::iter(looked).buffered(AT_ONCE);
    let parts: Vec<Findings> = looked.collect().await;
    for part in parts {
        // What cannot be told is the same of everybody, and said once.
        if !(is_untold(&part) && is_untold(&found)) {
            found.join(part);
        }
    }
    if ending().count() > MOST {
        found.warn(WHAT, format!("{UNREAD} beyond the first {MOST} members"));
    }
    found
}

fn is_untold(found: &Findings) -> bool {
    found.checks.iter().any(|check| check.found.raw() == UNTOLD)
}

async fn looked_at(case: &Case<'_>, (subject, why): (&Subject, Parting)) -> Findings {
    let mut found = Findings::default();
    match whose(subject, why) {
        Some(user) => asked(case, (subject, user), &mut found).await,
        None => found.unread(WHAT),
    }
    found
}

fn whose(subject: &Subject, why: Parting) -> Option<UserAt> {
    let id = |user: &UserId| UserAt::Id(user.clone());
    match why {
        Parting::Leaves => Some(UserAt::Me(subject.member.at.org.profile().clone())),
        Parting::Removed => subject.member.user.known().map(id),
    }
}

async fn asked(case: &Case<'_>, (subject, user): (&Subject, UserAt), found: &mut Findings) {
    let page = Cursor::FIRST;
    match case.link.query(Query::Memberships { user, page }).await {
        Ok(Answer::Memberships(page)) => {
            let words = words(subject, page);
            found.tell(WHAT, case.about(subject, words));
        }
        Err(error) if matches!(error.fault, Fault::NotOffered(_)) => found.tell(WHAT, UNTOLD),
        Ok(_) | Err(_) => found.unread(WHAT),
    }
}

fn words(subject: &Subject, page: Page<Membership>) -> String {
    let here = &subject.member.at.org;
    let more = if page.next == Next::End {
        ""
    } else {
        "at least "
    };
    let rows = page.rows.into_iter().map(|row| row.item);
    let others: Vec<_> = rows.filter(|one| one.member.at.org != *here).collect();
    let names = others.iter().filter_map(|one| one.org_name.known());
    let names: Vec<_> = names.map(Text::raw).take(NAMED).collect();
    if others.is_empty() && more.is_empty() {
        return "no other organization here".to_owned();
    }
    let count = others.len() as u64;
    let organizations = counted(count, "other organization", "other organizations");
    let listed = if names.is_empty() {
        String::new()
    } else if names.len() < others.len() {
        format!(": {}, …", names.join(", "))
    } else {
        format!(": {}", names.join(", "))
    };
    format!("{more}{organizations} here{listed}")
}
