//! Lists that change while they are read, and lists that lie about their length: what is shown is the world, or
//! it is said that it is not, and no list is read for ever.

use std::collections::BTreeSet;

use orgdeck::domain::query::Scope;
use orgdeck::domain::rows::Keyed;
use orgdeck::domain::{Answer, Cursor, Invite, InviteStatus, Member, Org, OrgId, Page, Query};
use orgdeck::job::feed::{Short, Stage};
use orgdeck::job::{Ask, Feed};
use orgdeck::sandbox::altered::Altered;
use orgdeck::sandbox::data::{Scenario, Size};
use orgdeck::sandbox::faults::{Fault as Trouble, Rule, Turn};
use orgdeck::sandbox::world::{Key, World};
use orgdeck::sandbox::{Options, Service};

use super::paging::open_invites;
use super::{Stand, profile, services};
use crate::sandbox::origin;

/// Longer than two pages of every list of every service that has pages.
const SIZE: Size = Size {
    orgs: 260,
    members: 1_150,
    invites: 730,
};

fn crowded(service: (orgdeck::provider::registry::Service, Service)) -> Stand {
    let options = Options {
        scenario: Scenario::Sized(SIZE),
        ..Options::demo(origin())
    };
    Stand::sized(service, &options)
}

/// A list that can be read: how it is asked for, and which ids of the world belong on it.
struct List<T> {
    name: &'static str,
    query: fn(&OrgId, Cursor) -> Query,
    page: fn(Answer) -> Option<Page<T>>,
    id: fn(&T) -> &str,
    there: fn(&World, Service) -> BTreeSet<String>,
}

const ORGS: List<Org> = List {
    name: "organizations",
    query: |_, page| Query::Orgs {
        scope: Scope::Own,
        text: None,
        page,
    },
    page: |answer| match answer {
        Answer::Orgs(page) => Some(page),
        _ => None,
    },
    id: |org| org.id.raw(),
    there: |world, service| world.orgs(service).map(|org| org.id.clone()).collect(),
};

const MEMBERS: List<Member> = List {
    name: "members",
    query: |org, page| Query::Members {
        org: org.clone(),
        role: None,
        text: None,
        page,
    },
    page: |answer| match answer {
        Answer::Members(page) => Some(page),
        _ => None,
    },
    id: |member| member.id.raw(),
    there: |world, service| {
        let members = world.members_of(first(world, service));
        members.map(|one| one.id.clone()).collect()
    },
};

const INVITES: List<Invite> = List {
    name: "invites",
    query: |org, page| Query::Invites {
        org: Some(org.clone()),
        status: Some(InviteStatus::Pending),
        page,
    },
    page: |answer| match answer {
        Answer::Invites(page) => Some(page),
        _ => None,
    },
    id: |invite| invite.at.id.raw(),
    there: |world, service| open_invites(world, first(world, service)),
};

fn first(world: &World, service: Service) -> Key {
    world.orgs(service).next().unwrap().key
}

/// What came of a reading: the ids that are shown, how it ended, and in how many pages.
struct Came {
    shown: Vec<String>,
    stage: Stage,
    pages: usize,
    first: usize,
    total: Option<u64>,
}

async fn read<T>(stand: &Stand, list: &List<T>) -> Came
where
    T: Keyed + Clone + PartialEq,
{
    let org = stand.sandbox.world(|world| {
        let key = first(world, stand.kind);
        let org = world.orgs(stand.kind).find(|org| org.key == key);
        OrgId::new(&profile(), org.unwrap().id.as_str())
    });
    let at_once = stand.link.capabilities().pages_at_once;
    let mut feed: Feed<T> = Feed::default();
    feed.start();
    let (mut pages, mut first, mut total) = (0, 0, None);
    loop {
        let asks = feed.next(at_once, []);
        if asks.is_empty() {
            break;
        }
        for ask in asks {
            let Ask::Page(cursor) = ask else {
                panic!("details are not asked for here");
            };
            pages += 1;
            assert!(pages < 3_000, "a list without end");
            let answer = stand.link.query((list.query)(&org, cursor.clone())).await;
            let page = (list.page)(answer.unwrap()).unwrap();
            first = first.max(page.rows.len());
            total = total.max(page.total);
            feed.page(&cursor, page);
        }
    }
    let shown = feed.rows.iter().map(|row| (list.id)(&row.item).to_owned());
    Came {
        shown: shown.collect(),
        stage: feed.stage().clone(),
        pages,
        first,
        total,
    }
}

/// Every tenth row goes, wherever it stands in a list.
fn thins(world: &mut World) {
    for service in Service::ALL {
        let key = first(world, service);
        let members: Vec<Key> = world.members_of(key).map(|one| one.key).collect();
        let invites: Vec<Key> = world.invites_of(key).map(|one| one.key).collect();
        let orgs: Vec<Key> = world.orgs(service).skip(1).map(|one| one.key).collect();
        for key in members.iter().step_by(10) {
            world.remove_member(*key);
        }
        for key in invites.iter().step_by(10) {
            world.remove_invite(*key);
        }
        for key in orgs.iter().step_by(10) {
            world.remove_org(*key);
        }
    }
}

fn is_said(stage: &Stage) -> bool {
    *stage == Stage::Partial(Short::Shifted)
}

fn each_once(came: &Came, place: &str) {
    let once: BTreeSet<&String> = came.shown.iter().collect();
    assert_eq!(once.len(), came.shown.len(), "{place}: doubled");
}

/// Rows go while a list is read, before each page of it that is not the first.
async fn thinned<T>(service: (orgdeck::provider::registry::Service, Service), list: &List<T>)
where
    T: Keyed + Clone + PartialEq,
{
    let whole = read(&crowded(service), list).await;
    assert_eq!(whole.stage, Stage::Whole, "{}", list.name);
    for before in 1..whole.pages {
        let stand = crowded(service);
        // Once, so that nothing but the pages is counted.
        read(&stand, list).await;
        let rule = Rule::once(Trouble::Meanwhile(Turn(thins))).after(before);
        stand.sandbox.fail(stand.kind, rule);
        let came = read(&stand, list).await;
        let place = format!("{} {} before page {before}", service.0.name, list.name);
        let there = stand.sandbox.world(|world| (list.there)(world, stand.kind));
        let shown: BTreeSet<String> = came.shown.iter().cloned().collect();
        assert!(there.len() < whole.shown.len(), "{place}: nothing has gone");
        assert!(
            shown == there || is_said(&came.stage),
            "{place}: in silence"
        );
        each_once(&came, &place);
    }
}

#[tokio::test]
async fn r42_rows_that_go_while_a_list_is_read_are_not_missed_in_silence() {
    for service in services() {
        thinned(service, &ORGS).await;
        thinned(service, &MEMBERS).await;
        if service.1 != Service::Vulos {
            thinned(service, &INVITES).await;
        }
    }
}

/// A list whose pages are not what they are said to be, from the second one on.
async fn lied<T>(service: (orgdeck::provider::registry::Service, Service), list: &List<T>)
where
    T: Keyed + Clone + PartialEq,
{
    for lie in [Altered::FirstPage, Altered::NoRecords] {
        let stand = crowded(service);
        let whole = read(&stand, list).await;
        let rule = Rule::always(Trouble::Altered(lie.clone()));
        let rule = if lie == Altered::NoRecords {
            rule.after(1)
        } else {
            rule
        };
        stand.sandbox.fail(stand.kind, rule);
        let came = read(&stand, list).await;
        let place = format!("{} {} {lie:?}", service.0.name, list.name);
        each_once(&came, &place);
        if whole.pages > 1 {
            assert!(is_said(&came.stage), "{place}: {:?}", came.stage);
        }
        let total = came.total.unwrap_or(0).max(whole.shown.len() as u64);
        let most = total / came.first.max(1) as u64 + 2;
        assert!(came.pages as u64 <= most, "{place}: {} pages", came.pages);
        assert!(
            came.pages <= whole.pages + 130,
            "{place}: {} pages",
            came.pages
        );
    }
}

#[tokio::test]
async fn r43_a_list_that_lies_about_its_length_ends_and_is_not_called_whole() {
    for service in services() {
        lied(service, &ORGS).await;
        lied(service, &MEMBERS).await;
        if service.1 != Service::Vulos {
            lied(service, &INVITES).await;
        }
    }
}
