//! Long lists: every row once, in no more requests than there are pages, and some to find the end.

use std::collections::BTreeSet;

use orgdeck::domain::query::{Next, Scope};
use orgdeck::domain::rows::Keyed;
use orgdeck::domain::{
    Answer, Cursor, Invite, InviteStatus, Member, Org, OrgId, Page, Query, Row, Verb,
};
use orgdeck::job::feed::{Short, Stage};
use orgdeck::job::{Ask, Feed};
use orgdeck::sandbox::Options;
use orgdeck::sandbox::data::{Scenario, Size};
use orgdeck::sandbox::world::{self, InviteState, Key, World};

use super::{Stand, profile, services};
use crate::sandbox::origin;

const SIZE: Size = Size {
    orgs: 120,
    members: 1_150,
    invites: 230,
};

fn crowded() -> Options {
    Options {
        scenario: Scenario::Sized(SIZE),
        ..Options::demo(origin())
    }
}

/// Walks a list to its end: the ids of its rows, and how many pages it came in.
async fn walked(stand: &Stand, query: impl Fn(Cursor) -> Query) -> (Vec<String>, usize) {
    let mut waiting = vec![Cursor::FIRST];
    let (mut ids, mut pages) = (Vec::new(), 0);
    while let Some(page) = waiting.pop() {
        pages += 1;
        assert!(pages < 1_000, "a list without end");
        let (came, next) = page_of(stand.link.query(query(page)).await.unwrap());
        ids.extend(came);
        waiting.extend(next.cursors());
    }
    (ids, pages)
}

fn page_of(answer: Answer) -> (Vec<String>, Next) {
    match answer {
        Answer::Orgs(page) => (ids(&page.rows, |org| org.id.raw()), page.next),
        Answer::Members(page) => (ids(&page.rows, |member| member.id.raw()), page.next),
        Answer::Invites(page) => (ids(&page.rows, |invite| invite.at.id.raw()), page.next),
        other => panic!("no list: {other:?}"),
    }
}

/// The ids of rows, in their order.
pub(super) fn ids<T>(rows: &[Row<T>], id: impl Fn(&T) -> &str) -> Vec<String> {
    rows.iter().map(|row| id(&row.item).to_owned()).collect()
}

fn all_once(ids: Vec<String>, there: &BTreeSet<String>) {
    assert_eq!(ids.len(), there.len());
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), *there);
}

#[tokio::test]
async fn every_list_is_walked_to_its_end_with_each_row_once() {
    for service in services() {
        let stand = Stand::sized(service, &crowded());
        let (kind, sandbox) = (stand.kind, &stand.sandbox);
        let first = sandbox.world(|world| world.orgs(kind).next().unwrap().clone());
        let org = OrgId::new(&profile(), first.id.as_str());
        let (ids, _) = walked(&stand, orgs).await;
        let there = sandbox.world(|world| world.orgs(kind).map(|org| org.id.clone()).collect());
        all_once(ids, &there);
        let (ids, pages) = walked(&stand, |page| members(&org, page)).await;
        assert!(pages <= 25, "{pages} pages of {}", service.0.name);
        let there = sandbox.world(|world| {
            let members = world.members_of(first.key);
            members.map(|one| one.id.clone()).collect()
        });
        all_once(ids, &there);
        if stand.link.check(Verb::InviteList).is_ok() {
            let (ids, _) = walked(&stand, |page| invites(&org, page)).await;
            all_once(ids, &sandbox.world(|world| open_invites(world, first.key)));
        }
    }
}

/// Reads a list from which one row is taken as soon as its first page is there.
async fn read<T: Keyed + Clone + PartialEq>(
    stand: &Stand,
    query: impl Fn(Cursor) -> Query,
    page: impl Fn(Answer) -> Page<T>,
    end: impl Fn(&mut World, &T),
) -> Feed<T> {
    let mut feed = Feed::default();
    feed.start();
    while let Some(Ask::Page(cursor)) = feed.next(1, []).pop() {
        let answer = stand.link.query(query(cursor.clone())).await.unwrap();
        feed.page(&cursor, page(answer));
        if cursor == Cursor::FIRST {
            let gone = &feed.rows.row(3).item;
            stand.sandbox.world(|world| end(world, gone));
        }
    }
    feed
}

fn is_told<T: Keyed + Clone + PartialEq>(feed: &Feed<T>) -> bool {
    *feed.stage() == Stage::Partial(Short::Shifted)
}

#[tokio::test]
async fn r42_no_row_is_silently_missing_when_one_is_removed_while_paging() {
    for service in services() {
        let stand = Stand::sized(service, &crowded());
        let kind = stand.kind;
        let first = stand
            .sandbox
            .world(|world| world.orgs(kind).next().unwrap().clone());
        let org = OrgId::new(&profile(), first.id.as_str());
        let feed = read(
            &stand,
            |page| members(&org, page),
            members_of,
            |world, gone| {
                let key = world.find_member(kind, gone.id.raw()).unwrap().key;
                world.remove_member(key).unwrap();
            },
        );
        let feed = feed.await;
        let there = stand.sandbox.world(|world| world.member_count(first.key));
        assert!(
            is_told(&feed) || feed.rows.len() as usize > there,
            "{kind:?}"
        );
        if stand.link.check(Verb::InviteList).is_ok() {
            let feed = read(
                &stand,
                |page| invites(&org, page),
                invites_of,
                |world, gone| {
                    let key = world.find_invite(kind, gone.at.id.raw()).unwrap().key;
                    world.remove_invite(key).unwrap();
                },
            );
            let feed = feed.await;
            let there = stand.sandbox.world(|world| open_invites(world, first.key));
            let all = feed.rows.len() as usize > there.len();
            assert!(is_told(&feed) || all, "{kind:?}");
        }
        let feed = read(&stand, orgs, orgs_of, |world, gone| {
            let key = world.find_org(kind, gone.id.raw()).unwrap().key;
            world.remove_org(key).unwrap();
        });
        let feed = feed.await;
        let there = stand.sandbox.world(|world| world.orgs(kind).count());
        assert!(
            is_told(&feed) || feed.rows.len() as usize > there,
            "{kind:?}"
        );
    }
}

fn members_of(answer: Answer) -> Page<Member> {
    let Answer::Members(page) = answer else {
        panic!("no list of members: {answer:?}");
    };
    page
}

fn invites_of(answer: Answer) -> Page<Invite> {
    let Answer::Invites(page) = answer else {
        panic!("no list of invites: {answer:?}");
    };
    page
}

fn orgs_of(answer: Answer) -> Page<Org> {
    let Answer::Orgs(page) = answer else {
        panic!("no list of organizations: {answer:?}");
    };
    page
}

fn orgs(page: Cursor) -> Query {
    Query::Orgs {
        scope: Scope::Own,
        text: None,
        page,
    }
}

fn members(org: &OrgId, page: Cursor) -> Query {
    Query::Members {
        org: org.clone(),
        role: None,
        text: None,
        page,
    }
}

fn invites(org: &OrgId, page: Cursor) -> Query {
    Query::Invites {
        org: Some(org.clone()),
        status: Some(InviteStatus::Pending),
        page,
    }
}

/// The ids of the invites that are open in an organization.
pub(super) fn open_invites(world: &World, org: Key) -> BTreeSet<String> {
    let open = |invite: &&world::Invite| invite.state_at(world.now()) == InviteState::Pending;
    let invites = world.invites_of(org).filter(open);
    invites.map(|invite| invite.id.clone()).collect()
}
