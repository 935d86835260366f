//! Lists: one list of one connection, read page by page, its rows given on in order as soon as all of
//! them is known. Several pages and rows are asked for at the same time.

use futures_util::StreamExt as _;
use futures_util::stream::FuturesOrdered;

use crate::domain::query::{OrgAt, Reply, Start};
use crate::domain::rows::Keyed;
use crate::domain::{
    Answer, ApiError, Cursor, Detail, Fault, Invite, Member, Membership, Org, OrgId, Page, Query,
    Row, User, Verb,
};
use crate::job::feed::{Short, Stage};
use crate::job::{Ask, Feed};
use crate::provider::link::Link;

/// Records that come in lists.
pub(in crate::cli) trait Listed: Keyed + Clone + PartialEq {
    /// The page in an answer.
    fn page(answer: Answer) -> Option<Page<Self>>;

    /// The question for the rest of a row, where rows come as references.
    fn rest(&self) -> Option<Query>;

    /// This row with the rest that an answer brought.
    fn whole(&self, answer: Answer) -> Option<Self>;
}

/// Whether more rows are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum More {
    /// Yes.
    Wanted,
    /// No.
    Enough,
}

/// Reads a list and gives each row on.
///
/// # Errors
/// What the service said when a page failed; the rows before it were given on.
pub(in crate::cli) async fn rows<T: Listed>(
    link: &Link,
    question: impl Fn(Cursor) -> Query,
    put: impl AsyncFnMut(Row<T>) -> More,
) -> Result<(), ApiError> {
    rows_from(link, Start::default(), question, put).await
}

/// The same of a list that the service begins so; no more rows are given on than its first page was to have.
///
/// # Errors
/// What the service said when a page failed; the rows before it were given on.
pub(in crate::cli) async fn rows_from<T: Listed>(
    link: &Link,
    start: Start,
    question: impl Fn(Cursor) -> Query,
    mut put: impl AsyncFnMut(Row<T>) -> More,
) -> Result<(), ApiError> {
    let at_once = link.capabilities().pages_at_once;
    let is_over = |given: u32| start.most.is_some_and(|most| u64::from(given) >= most);
    let mut feed: Feed<T> = Feed::default();
    feed.start_from(start);
    let mut running = FuturesOrdered::new();
    let mut given = 0;
    while !is_over(given) {
        let wanting: Vec<T::Key> = feed.wanting().take(at_once).cloned().collect();
        for ask in feed.next(at_once, &wanting) {
            let query = asked(&feed, &ask, &question);
            running.push_back(async move { (ask, answered(link, query).await) });
        }
        let Some((ask, reply)) = running.next().await else {
            break;
        };
        take(&mut feed, &ask, reply);
        while given < feed.rows.len() && is_settled(feed.rows.row(given)) {
            if put(feed.rows.row(given).clone()).await == More::Enough {
                return Ok(());
            }
            given += 1;
            if is_over(given) {
                return Ok(());
            }
        }
    }
    if is_over(given) {
        return Ok(());
    }
    ended(feed.stage(), question(Cursor::FIRST).verb())
}

fn asked<T: Listed>(
    feed: &Feed<T>,
    ask: &Ask<T::Key>,
    question: impl Fn(Cursor) -> Query,
) -> Option<Query> {
    match ask {
        Ask::Page(cursor) => Some(question(cursor.clone())),
        Ask::Detail(key) => feed.rows.find(key)?.item.rest(),
    }
}

async fn answered(link: &Link, query: Option<Query>) -> Reply {
    match query {
        Some(query) => link.query(query).await,
        None => Err(garbled(Verb::OrgShow)),
    }
}

fn garbled(verb: Verb) -> ApiError {
    ApiError::new(verb, Fault::Garbled("an answer to another question".into()))
}

fn take<T: Listed>(feed: &mut Feed<T>, ask: &Ask<T::Key>, reply: Reply) {
    match (ask, reply) {
        (Ask::Page(cursor), Ok(answer)) => match T::page(answer) {
            Some(page) => feed.page(cursor, page),
            None => feed.page_failed(cursor, garbled(Verb::OrgList)),
        },
        (Ask::Page(cursor), Err(error)) => feed.page_failed(cursor, error),
        (Ask::Detail(key), Ok(answer)) => match whole(feed, key, answer) {
            Some(item) => feed.detail(item),
            None => feed.detail_failed(key, garbled(Verb::OrgShow)),
        },
        (Ask::Detail(key), Err(error)) => feed.detail_failed(key, error),
    }
}

fn whole<T: Listed>(feed: &Feed<T>, key: &T::Key, answer: Answer) -> Option<T> {
    feed.rows.find(key)?.item.whole(answer)
}

/// Whether everything is known of a row that ever will be.
fn is_settled<T>(row: &Row<T>) -> bool {
    match row.detail {
        Detail::Whole | Detail::Failed(_) | Detail::Unreadable(_) => true,
        Detail::Wanted | Detail::Asked => false,
    }
}

/// A list that lacks rows is no whole list, and is not passed off as one.
fn ended(stage: &Stage, verb: Verb) -> Result<(), ApiError> {
    let short = |why: &str| {
        let error = ApiError::new(verb, Fault::Cut);
        Err(error.words(why))
    };
    match stage {
        Stage::Failed(error) => Err(error.clone()),
        Stage::Partial(Short::TooLong) => short("longer than what is ever read"),
        Stage::Partial(Short::Shifted) => {
            short("it changed while it was read: rows may be missing")
        }
        Stage::Partial(Short::Stopped) | Stage::Idle | Stage::Reading | Stage::Whole => Ok(()),
    }
}

impl Listed for Org {
    fn page(answer: Answer) -> Option<Page<Self>> {
        if let Answer::Orgs(page) = answer {
            Some(page)
        } else {
            None
        }
    }

    fn rest(&self) -> Option<Query> {
        Some(Query::Org(OrgAt::Id(OrgId::clone(&self.id))))
    }

    fn whole(&self, answer: Answer) -> Option<Self> {
        if let Answer::Org(org) = answer {
            Some(*org)
        } else {
            None
        }
    }
}

impl Listed for Member {
    fn page(answer: Answer) -> Option<Page<Self>> {
        if let Answer::Members(page) = answer {
            Some(page)
        } else {
            None
        }
    }

    fn rest(&self) -> Option<Query> {
        Some(Query::Member(self.at.clone()))
    }

    fn whole(&self, answer: Answer) -> Option<Self> {
        if let Answer::Member(member) = answer {
            Some(*member)
        } else {
            None
        }
    }
}

impl Listed for Invite {
    fn page(answer: Answer) -> Option<Page<Self>> {
        if let Answer::Invites(page) = answer {
            Some(page)
        } else {
            None
        }
    }

    fn rest(&self) -> Option<Query> {
        Some(Query::Invite(self.at.clone()))
    }

    fn whole(&self, answer: Answer) -> Option<Self> {
        if let Answer::Invite(invite) = answer {
            Some(*invite)
        } else {
            None
        }
    }
}

impl Listed for Membership {
    fn page(answer: Answer) -> Option<Page<Self>> {
        if let Answer::Memberships(page) = answer {
            Some(page)
        } else {
            None
        }
    }

    fn rest(&self) -> Option<Query> {
        Some(Query::Member(self.member.at.clone()))
    }

    fn whole(&self, answer: Answer) -> Option<Self> {
        let org_name = self.org_name.clone();
        let member = Member::whole(&self.member, answer)?;
        Some(Self { member, org_name })
    }
}

impl Listed for User {
    fn page(answer: Answer) -> Option<Page<Self>> {
        if let Answer::Users(page) = answer {
            Some(page)
        } else {
            None
        }
    }

    fn rest(&self) -> Option<Query> {
        None
    }

    fn whole(&self, _: Answer) -> Option<Self> {
        None
    }
}
