//! Reads for guards: no page twice, no more than a few pages, and no complaint: what could not be read is not there.

use futures_util::{StreamExt as _, stream};

use crate::domain::query::OrgAt;
use crate::domain::{
    Answer, ApiError, Cursor, Detail, Fault, Member, MemberRef, Org, OrgId, Page, Principal, Query,
    RoleKey, Row, UserAt, Verb,
};
use crate::provider::link::Link;

/// Pages of members that are walked for one look.
const MOST_PAGES: usize = 5;
/// Members whose details are asked for one by one.
const MOST_DETAILS: usize = 40;
/// Details that are asked for at the same time.
const AT_ONCE: usize = 4;

/// Members of an organization, as far as they were read.
pub(super) struct Roster {
    /// Those that could be read in full.
    pub(super) members: Vec<Member>,
    /// Whether that is all of them.
    pub(super) whole: bool,
}

/// How many members there are, as far as they were counted.
pub(super) struct Head {
    /// Those that were counted.
    pub(super) count: u64,
    /// Whether that is all of them.
    pub(super) whole: bool,
}

/// Counts the members of an organization.
///
/// # Errors
/// When a page could not be read.
pub(super) async fn head(link: &Link, org: &OrgId) -> Result<Head, ApiError> {
    let mut waiting = vec![Cursor::FIRST];
    let (mut count, mut is_torn) = (0, false);
    for _ in 0..MOST_PAGES {
        let Some(page) = waiting.pop() else {
            break;
        };
        let page = members_page(link, org, (None, page)).await?;
        count += page.rows.len() as u64;
        is_torn |= page.is_torn;
        waiting.extend(page.next.cursors());
    }
    let whole = waiting.is_empty() && !is_torn;
    Ok(Head { count, whole })
}

async fn members_page(
    link: &Link,
    org: &OrgId,
    (role, page): (Option<&str>, Cursor),
) -> Result<Page<Member>, ApiError> {
    let query = Query::Members {
        org: org.clone(),
        role: role.map(RoleKey::from),
        text: None,
        page,
    };
    if let Answer::Members(page) = link.query(query).await? {
        Ok(page)
    } else {
        Err(ApiError::new(Verb::MemberList, Fault::Missing))
    }
}

/// An organization as it is now.
pub(super) async fn org(link: &Link, org: &OrgId) -> Option<Org> {
    match link.query(Query::Org(OrgAt::Id(org.clone()))).await {
        Ok(Answer::Org(org)) => Some(*org),
        Ok(_) | Err(_) => None,
    }
}

/// Who we are.
pub(super) async fn principal(link: &Link) -> Option<Principal> {
    link.identify().await
}

/// One member as it is now.
pub(super) async fn member(link: &Link, at: &MemberRef) -> Option<Member> {
    match link.query(Query::Member(at.clone())).await {
        Ok(Answer::Member(member)) => Some(*member),
        Ok(_) | Err(_) => None,
    }
}

/// The caller's own membership in an organization, with its roles as they are now.
pub(super) async fn own(link: &Link, org: &OrgId) -> Option<Member> {
    let mine = Query::Memberships {
        user: UserAt::Me(org.profile().clone()),
        page: Cursor::FIRST,
    };
    let Ok(Answer::Memberships(page)) = link.query(mine).await else {
        return None;
    };
    let mut rows = page.rows.into_iter().map(|row| row.item.member.at);
    let at = rows.find(|at| at.org == *org)?;
    member(link, &at).await
}

/// The members of an organization, narrowed to a role where the service can: those with other roles
/// may be among them.
///
/// # Errors
/// When the first page could not be read.
pub(super) async fn roster(
    link: &Link,
    org: &OrgId,
    role: Option<&str>,
) -> Result<Roster, ApiError> {
    let mut waiting = vec![Cursor::FIRST];
    let mut roster = Roster {
        members: Vec::new(),
        whole: true,
    };
    let mut bare = Vec::new();
    for _ in 0..MOST_PAGES {
        let Some(page) = waiting.pop() else {
            break;
        };
        let page = members_page(link, org, (role, page)).await?;
        roster.whole &= !page.is_torn;
        waiting.extend(page.next.cursors());
        page.rows
            .into_iter()
            .for_each(|row| roster.take(row, &mut bare));
    }
    roster.whole &= waiting.is_empty() && bare.len() <= MOST_DETAILS;
    bare.truncate(MOST_DETAILS);
    roster.fill(link, bare).await;
    Ok(roster)
}

impl Roster {
    fn take(&mut self, row: Row<Member>, bare: &mut Vec<MemberRef>) {
        match row.detail {
            Detail::Whole => self.members.push(row.item),
            Detail::Wanted => bare.push(row.item.at),
            Detail::Asked | Detail::Failed(_) | Detail::Unreadable(_) => self.whole = false,
        }
    }

    /// Asks for the members of which the list told the reference only.
    async fn fill(&mut self, link: &Link, bare: Vec<MemberRef>) {
        let asked = bare.len();
        let asked_for = stream::iter(bare).map(|at| async move { member(link, &at).await });
        let told: Vec<_> = asked_for.buffered(AT_ONCE).collect().await;
        let before = self.members.len();
        self.members.extend(told.into_iter().flatten());
        self.whole &= self.members.len() == before + asked;
    }
}
