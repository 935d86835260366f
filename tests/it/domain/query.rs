//! Questions: each belongs to a reading verb and to the profile of its ids.

use orgdeck::domain::query::{Next, OrgAt, Privacy, Scope, Thing};
use orgdeck::domain::{Cursor, Page, Query, Row, Text, UserAt, Verb};

use super::sample::{invite_ref, member_ref, org, org_id, other_profile, profile, user_id};

/// One of each, with the verb it belongs to; those with an id name it on the profile `work`.
#[expect(clippy::too_many_lines, reason = "a table of one of each")]
fn all() -> Vec<(Query, Verb, bool)> {
    let text = || Text::from("a");
    let org = || org_id("1");
    vec![
        (Query::WhoAmI, Verb::WhoAmI, false),
        (Query::Probe, Verb::WhoAmI, false),
        (orgs(), Verb::OrgList, false),
        (Query::Org(OrgAt::Id(org())), Verb::OrgShow, true),
        (
            Query::Org(OrgAt::Slug(profile(), text())),
            Verb::OrgShow,
            true,
        ),
        (Query::Raw(Thing::Org(org())), Verb::OrgShow, true),
        (
            Query::Metadata {
                org: org(),
                privacy: Privacy::Private,
            },
            Verb::MetadataShow,
            true,
        ),
        (members(), Verb::MemberList, true),
        (Query::Member(member_ref("m")), Verb::MemberShow, true),
        (
            Query::Raw(Thing::Member(member_ref("m"))),
            Verb::MemberShow,
            true,
        ),
        (Query::MemberRoles(member_ref("m")), Verb::MemberRoles, true),
        (
            memberships(UserAt::Id(user_id("u"))),
            Verb::UserMemberships,
            true,
        ),
        (
            memberships(UserAt::Name(profile(), text())),
            Verb::UserMemberships,
            true,
        ),
        (
            memberships(UserAt::Me(profile())),
            Verb::UserMemberships,
            true,
        ),
        (invites(true), Verb::InviteList, true),
        (invites(false), Verb::InviteList, false),
        (Query::Invite(invite_ref("i")), Verb::InviteList, true),
        (
            Query::Raw(Thing::Invite(invite_ref("i"))),
            Verb::InviteList,
            true,
        ),
        (
            Query::InvitesTo {
                org: org(),
                email: text(),
            },
            Verb::InviteList,
            true,
        ),
        (Query::Roles { org: Some(org()) }, Verb::RoleList, true),
        (Query::Roles { org: None }, Verb::RoleList, false),
        (
            Query::Users {
                text: text(),
                beside: Some(org()),
                page: Cursor::FIRST,
            },
            Verb::UserFind,
            true,
        ),
    ]
}

fn orgs() -> Query {
    Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    }
}

fn members() -> Query {
    Query::Members {
        org: org_id("1"),
        role: None,
        text: None,
        page: Cursor::FIRST,
    }
}

fn memberships(user: UserAt) -> Query {
    Query::Memberships {
        user,
        page: Cursor::FIRST,
    }
}

fn invites(of_one: bool) -> Query {
    Query::Invites {
        org: of_one.then(|| org_id("1")),
        status: None,
        page: Cursor::FIRST,
    }
}

#[test]
fn every_question_is_a_read_on_the_profile_of_its_ids() {
    for (query, verb, bound) in all() {
        assert_eq!(query.verb(), verb, "{query:?}");
        assert!(verb.is_read());
        let profile = bound.then(profile);
        assert_eq!(query.profile(), profile.as_ref(), "{query:?}");
    }
    let there = memberships(UserAt::Me(other_profile()));
    assert_eq!(there.profile(), Some(&other_profile()));
}

#[test]
fn the_first_page_has_no_place_and_sorts_first() {
    assert_eq!(Cursor::FIRST.place(), None);
    assert_eq!(Cursor::at("50").place(), Some("50"));
    assert!(Cursor::FIRST < Cursor::at(""));
}

#[test]
fn a_list_that_came_whole_knows_its_total_and_its_end() {
    let page = Page::whole(vec![Row::whole(org("1")), Row::wanted(org("2"))]);
    assert_eq!((page.total, page.next), (Some(2), Next::End));
}
