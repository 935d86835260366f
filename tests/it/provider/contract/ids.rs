//! Ids: out as they came in, or not at all.

use orgdeck::domain::mutation::Parting;
use orgdeck::domain::query::{OrgAt, Thing};
use orgdeck::domain::{
    AssignmentId, Detail, InviteDraft, InviteId, InviteRef, MemberId, MemberRef, Mutation, OrgId,
    Query, Role, UserId, Verb,
};
use orgdeck::provider::registry;
use orgdeck::sandbox::Service;
use orgdeck::sandbox::exchange::decode;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};

use super::cast::Cast;
use super::{Stand, profile, services};
use crate::domain::hostile;
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

fn addressed(id: &str) -> (OrgId, MemberRef) {
    let org = OrgId::new(&profile(), id);
    let at = MemberRef::id(&org, &MemberId::new(&profile(), id));
    (org, at)
}

/// Every change that an id or an address can be named in.
fn changes(id: &str) -> [Mutation; 7] {
    let (org, at) = addressed(id);
    let remove = |member| Mutation::RemoveMember {
        member,
        why: Parting::Removed,
    };
    [
        Mutation::DeleteOrg { org: org.clone() },
        Mutation::RemoveLogo { org: org.clone() },
        remove(at.clone()),
        remove(MemberRef::user(&org, &UserId::new(&profile(), id))),
        Mutation::RevokeInvite {
            invite: InviteRef {
                org: org.clone(),
                id: InviteId::new(&profile(), id),
            },
        },
        Mutation::Invite {
            org,
            draft: InviteDraft::to(id),
        },
        Mutation::TakeRole {
            member: at,
            role: Role::named("x"),
            assignment: AssignmentId::new(&profile(), id),
        },
    ]
}

/// The paths of those changes by the contracts of balena, Clerk and Vulos; an empty one is of a change that the
/// service does not have, or that it names somebody else in.
const PATHS: [[&str; 3]; 7] = [
    [
        "/v7/organization({})",
        "/v1/organizations/{}",
        "/api/v1/organization/{}/delete",
    ],
    ["/v7/organization({})", "/v1/organizations/{}/logo", ""],
    [
        "/v7/organization_membership({})",
        "",
        "/api/v1/organization/{}/{}/delete",
    ],
    [
        "/v7/organization_membership(user={},is_member_of__organization={})",
        "/v1/organizations/{}/memberships/{}",
        "",
    ],
    [
        "/v7/invitee__is_invited_to__organization({})",
        "/v1/organizations/{}/invitations/{}/revoke",
        "",
    ],
    [
        "/v7/invitee__is_invited_to__organization",
        "/v1/organizations/{}/invitations",
        "/api/v1/organization/{}/invite/{}",
    ],
    ["", "", "/api/v1/organization/{}/{}/role/{}/delete"],
];

/// Where a change goes that names this id; nowhere, where the id cannot stand in the path.
fn path(service: Service, paths: [&str; 3], id: &str) -> Option<String> {
    let digits = id.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits && (id == "0" || !id.starts_with('0'));
    let segment_fits = !["", ".", ".."].contains(&id);
    let (path, fits) = match service {
        Service::Balena => (paths[0], number && segment_fits),
        Service::Clerk => (paths[1], segment_fits),
        Service::Vulos => (paths[2], segment_fits),
    };
    (fits && !path.is_empty()).then(|| path.replace("{}", &segment(id)))
}

/// A text as one segment of a path: what RFC 3986 leaves unreserved, and the rest byte by byte.
fn segment(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// The ids of above and every text of the corpus.
fn ids() -> Vec<String> {
    let corpus = hostile().into_values().flatten();
    let ids = HOSTILE.iter().copied().map(str::to_owned);
    ids.chain(corpus).collect()
}

/// A stand whose service finds nothing, let alone changes it, once it is known who asks.
async fn empty_handed(service: (registry::Service, Service)) -> (Stand, usize) {
    let stand = Stand::of(service);
    let list = Cast::of(&stand).query(Verb::OrgList).unwrap();
    stand.link.query(Query::Probe).await.unwrap();
    stand.link.query(list).await.unwrap();
    let before = stand.sent().len();
    let nothing = Trouble::Status(404, Vec::new(), "{}".to_owned());
    stand.sandbox.fail(stand.kind, Rule::always(nothing));
    (stand, before)
}

#[tokio::test]
async fn r45_a_write_goes_to_the_path_of_the_contract_or_nowhere() {
    for service in services() {
        for ids in ids().chunks(40) {
            let (stand, _) = empty_handed(service).await;
            for id in ids {
                assert_eq!(decode(&segment(id)), *id);
                for (change, paths) in changes(id).into_iter().zip(PATHS) {
                    let before = stand.writes().len();
                    let told = format!("{} {id:?} {change:?}", service.0.name);
                    let _ = stand.link.provider().mutate(change, permit().await).await;
                    let sent = stand.writes().split_off(before);
                    let sent: Vec<&str> = sent.iter().map(|one| one.target.as_str()).collect();
                    let wanted = path(service.1, paths, id);
                    let wanted: Vec<&str> = wanted.as_deref().into_iter().collect();
                    assert_eq!(sent, wanted, "{told}");
                }
            }
        }
    }
}

/// Whether a path names the id in whole segments, or quoted in a key, and nothing more came into it.
fn names(target: &str, id: &str) -> bool {
    let path = target.split('?').next().unwrap();
    let quoted = id.replace('\'', "''");
    let mut segments = path.split('/').map(decode);
    segments.any(|segment| {
        segment == id
            || segment.ends_with(&format!("(handle='{quoted}')"))
            || segment.ends_with(&format!("({id})"))
            || segment.ends_with(&format!("(user={id},is_member_of__organization={id})"))
    })
}

/// Questions that name what they ask for in their query: there it cannot end the value it stands in.
fn asks_by_query(target: &str, id: &str) -> bool {
    let Some((_, query)) = target.split_once('?') else {
        return target.ends_with("/list");
    };
    let quoted = id.replace('\'', "''").to_lowercase();
    let mut values = query.split('&').filter_map(|pair| pair.split_once('='));
    let is_plain = query
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'#');
    is_plain
        && values.any(|(_, value)| {
            let value = decode(value);
            value == id || value.to_lowercase().contains(&quoted)
        })
}

#[tokio::test]
async fn r45_no_id_reaches_another_record_than_the_one_it_names() {
    for service in services() {
        for ids in ids().chunks(40) {
            let (stand, before) = empty_handed(service).await;
            let mut seen = before;
            for id in ids {
                for query in questions(id) {
                    let _ = stand.link.query(query).await;
                }
                let sent = stand.sent().split_off(seen);
                seen += sent.len();
                for sent in sent {
                    let place = format!("{} {id:?}: {}", service.0.name, sent.target);
                    let named = names(&sent.target, id) || asks_by_query(&sent.target, id);
                    assert!(named && sent.method == "GET", "{place}");
                }
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
