//! Ids: out as they came in, or not at all.

use orgdeck::domain::mutation::Parting;
use orgdeck::domain::query::{OrgAt, Thing};
use orgdeck::domain::{
    AssignmentId, Detail, InviteId, InviteRef, MemberId, MemberRef, Mutation, OrgId, Query, Role,
    UserId, Verb,
};
use orgdeck::sandbox::exchange::decode;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};

use super::cast::Cast;
use super::{Stand, profile, services};
use crate::support::permit::permit;

/// Ids that would change the meaning of a path, a filter or a query.
const HOSTILE: &[&str] = &[
    "..",
    ".",
    "",
    "a/b",
    "a/../b",
    "%2e%2e",
    "a%2Fb",
    "a?b=c",
    "a#b",
    "a b",
    "a+b",
    "a'b",
    "a''b",
    "1) or (1 eq 1",
    "a&b",
    "a;b",
    "a\\b",
    "a\r\nX: y",
    "ü",
    "👩‍🚀",
    "9007199254740993",
    "18446744073709551616",
    "-1",
    "007",
    "1.0",
];

/// Every question that an id can be asked with.
fn questions(id: &str) -> Vec<Query> {
    let (org, at) = addressed(id);
    let by_user = MemberRef::user(&org, &UserId::new(&profile(), id));
    let invite = InviteRef {
        org: org.clone(),
        id: InviteId::new(&profile(), id),
    };
    vec![
        Query::Org(OrgAt::Id(org.clone())),
        Query::Org(OrgAt::Slug(profile(), id.into())),
        Query::Raw(Thing::Org(org)),
        Query::Member(at.clone()),
        Query::Member(by_user),
        Query::MemberRoles(at),
        Query::Invite(invite),
    ]
}

/// Every change that an id can be named in.
fn changes(id: &str) -> Vec<Mutation> {
    let (org, at) = addressed(id);
    let invite = InviteRef {
        org: org.clone(),
        id: InviteId::new(&profile(), id),
    };
    let remove = |member| Mutation::RemoveMember {
        member,
        why: Parting::Removed,
    };
    vec![
        Mutation::DeleteOrg { org: org.clone() },
        Mutation::RemoveLogo { org: org.clone() },
        remove(at.clone()),
        remove(MemberRef::user(&org, &UserId::new(&profile(), id))),
        Mutation::RevokeInvite { invite },
        Mutation::TakeRole {
            member: at,
            role: Role::named("x"),
            assignment: AssignmentId::new(&profile(), id),
        },
    ]
}

fn addressed(id: &str) -> (OrgId, MemberRef) {
    let org = OrgId::new(&profile(), id);
    let at = MemberRef::id(&org, &MemberId::new(&profile(), id));
    (org, at)
}

/// Whether a path names the id in whole segments, or quoted in a key, and nothing more came into it.
fn names(target: &str, id: &str) -> bool {
    let path = target.split('?').next().unwrap();
    let quoted = id.replace('\'', "''");
    let mut segments = path.split('/').map(decode);
    segments.any(|segment| {
        segment == id
            || segment.contains(&format!("'{quoted}'"))
            || segment.contains(&format!("({id})"))
    })
}

#[tokio::test]
async fn r45_no_id_reaches_another_record_than_the_one_it_names() {
    for service in services() {
        let stand = Stand::of(service);
        // Nothing here is to be found, let alone changed.
        let nothing = Trouble::Status(404, Vec::new(), "{}".to_owned());
        stand.link.query(Query::Probe).await.unwrap();
        stand
            .link
            .query(Cast::of(&stand).query(Verb::OrgList).unwrap())
            .await
            .unwrap();
        let asked_before = stand.sent().len();
        stand.sandbox.fail(stand.kind, Rule::always(nothing));
        for id in HOSTILE {
            for query in questions(id) {
                let _ = stand.link.query(query).await;
            }
            for change in changes(id) {
                let _ = stand.link.provider().mutate(change, permit().await).await;
            }
            for sent in stand.sent().split_off(asked_before) {
                let looked = HOSTILE.iter().any(|id| names(&sent.target, id));
                let general = sent.target.contains("$filter")
                    || sent.target.contains("user_id=")
                    || sent.target.contains("/list");
                assert!(
                    looked || general,
                    "{} {id:?}: {} {}",
                    service.0.name,
                    sent.method,
                    sent.target
                );
            }
        }
    }
}

#[tokio::test]
async fn r44_the_id_that_came_in_is_the_id_that_goes_out() {
    for service in services() {
        let stand = Stand::of(service);
        let cast = Cast::of(&stand);
        let wish = cast.wish(Verb::MemberRemove, &stand).await.unwrap();
        stand.done(wish).await;
        let sent = stand.writes().remove(0);
        let at = cast.member_at();
        let id = match &at.by {
            orgdeck::domain::MemberBy::Id(id) => id.raw(),
            orgdeck::domain::MemberBy::User(id) => id.raw(),
        };
        assert!(sent.target.contains(id), "{}", sent.target);
    }
}

#[tokio::test]
async fn a_detail_that_fails_leaves_the_other_rows() {
    for service in services() {
        let stand = Stand::of(service);
        let cast = Cast::of(&stand);
        let answer = stand
            .link
            .query(cast.query(Verb::MemberList).unwrap())
            .await
            .unwrap();
        let orgdeck::domain::Answer::Members(page) = answer else {
            panic!("no members: {answer:?}");
        };
        let wanted: Vec<_> = page
            .rows
            .iter()
            .filter(|row| row.detail == Detail::Wanted)
            .collect();
        if wanted.is_empty() {
            assert!(page.rows.iter().all(|row| row.detail == Detail::Whole));
            continue;
        }
        let broken = Trouble::Status(500, Vec::new(), String::new());
        stand.sandbox.fail(
            stand.kind,
            Rule::always(broken).path(wanted[0].item.id.raw()),
        );
        for (number, row) in wanted.iter().enumerate() {
            let answer = stand.link.query(Query::Member(row.item.at.clone())).await;
            assert_eq!(answer.is_err(), number == 0, "{answer:?}");
        }
    }
}
