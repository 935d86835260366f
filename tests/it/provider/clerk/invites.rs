//! Invites: of an organization, of the instance, of an address; and what is not kept of them.

use orgdeck::domain::invite::Link;
use orgdeck::domain::query::{Cursor, Query};
use orgdeck::domain::{
    Detail, Fault, Invite, InviteRef, InviteStatus, Next, OrgId, Role, Text, Told,
};
use serde_json::{Value as Json, json};

use super::names::{at, invite, invite_ref, invites, org, shop};
use super::records::{list, new_hire, with, without};
use super::support::Service;

fn page(org: Option<OrgId>, status: Option<InviteStatus>) -> Query {
    Query::Invites {
        org,
        status,
        page: Cursor::FIRST,
    }
}

async fn read(record: Json) -> Invite {
    let service = Service::saying(record).await;
    invite(service.ask(Query::Invite(invite_ref("orginv_1"))).await)
}

#[tokio::test]
async fn r96_everything_that_is_told_is_kept_but_the_link() {
    let invite = read(new_hire()).await;
    let role = Role {
        name: Text::from("Member"),
        ..Role::named("org:member")
    };
    let expected = Invite {
        at: invite_ref("orginv_1"),
        org_name: Told::Unknown,
        email: Told::Is(Text::from("new.hire@example.com")),
        role: Told::Is(role),
        status: InviteStatus::Pending,
        created: Told::Is(at(1_755_600_000_123)),
        expires: Told::Is(at(1_758_192_000_123)),
        inviter: Told::Empty,
        message: Told::Empty,
        has_link: Told::Is(Link::Held),
        metadata: Told::Is(Text::from(r#"{"dept":"ops"}"#)),
        redirect: Told::Unknown,
    };
    assert_eq!(invite, expected);
    assert!(!format!("{invite:?}").contains("canary"));
}

#[tokio::test]
async fn a_link_that_is_used_up_is_gone() {
    assert_eq!(
        read(with(new_hire(), "url", json!(null))).await.has_link,
        Told::Is(Link::Gone)
    );
    assert_eq!(
        read(without(new_hire(), "url")).await.has_link,
        Told::Unknown
    );
}

#[tokio::test]
async fn every_status_is_read_and_an_unknown_one_stays_as_it_came() {
    for (word, status) in [
        ("pending", InviteStatus::Pending),
        ("accepted", InviteStatus::Accepted),
        ("revoked", InviteStatus::Revoked),
        ("expired", InviteStatus::Expired),
        ("on_hold", InviteStatus::Other(Text::from("on_hold"))),
    ] {
        assert_eq!(
            read(with(new_hire(), "status", json!(word))).await.status,
            status
        );
    }
}

#[tokio::test]
async fn what_may_be_null_may_be_null() {
    let record = with(new_hire(), "expires_at", json!(null));
    let invite = read(with(record, "public_metadata", json!({}))).await;
    assert_eq!(
        (invite.expires, invite.metadata),
        (Told::Empty, Told::Empty)
    );
    let bare = read(json!({"id": "orginv_1"})).await;
    assert_eq!(bare.status, InviteStatus::Other(Text::from("unknown")));
    assert_eq!((bare.email, bare.role), (Told::Unknown, Told::Unknown));
}

#[tokio::test]
async fn an_inviter_is_called_by_name_else_address_else_id() {
    let full = json!({"user_id": "user_1", "first_name": "Ada", "last_name": "Lovelace", "identifier": "ada@example.com"});
    let plain = json!({"user_id": "user_1", "first_name": null, "last_name": null, "identifier": "ada@example.com"});
    let named = |person| {
        with(
            with(new_hire(), "inviter_id", json!("user_1")),
            "public_inviter_data",
            person,
        )
    };
    let inviter = |name: &str| Told::Is(Text::from(name));
    assert_eq!(read(named(full)).await.inviter, inviter("Ada Lovelace"));
    assert_eq!(read(named(plain)).await.inviter, inviter("ada@example.com"));
    assert_eq!(read(named(json!(null))).await.inviter, inviter("user_1"));
}

#[tokio::test]
async fn one_status_a_request_and_none_for_all() {
    let service = Service::saying(list(&[new_hire()])).await;
    invites(
        service
            .ask(page(Some(org()), Some(InviteStatus::Expired)))
            .await,
    );
    invites(service.ask(page(Some(org()), None)).await);
    let seen = service.seen().await;
    assert_eq!(seen[0].path, "/v1/organizations/org_1/invitations");
    assert_eq!(seen[0].param("status"), Some("expired"));
    assert_eq!(seen[1].param("status"), None);
}

#[tokio::test]
async fn the_instance_lists_the_invites_of_all_its_organizations() {
    let there = json!({"id": "org_9", "name": "Harbour", "slug": "harbour", "has_image": false});
    let record = with(
        with(new_hire(), "organization_id", json!("org_9")),
        "public_organization_data",
        there,
    );
    let service = Service::saying(list(&[record, without(new_hire(), "organization_id")])).await;
    let page = invites(service.ask(page(None, Some(InviteStatus::Pending))).await);
    assert_eq!(service.only().await.path, "/v1/organization_invitations");
    let first = &page.rows[0].item;
    assert_eq!(first.at.org, OrgId::new(&shop(), "org_9"));
    assert_eq!(first.org_name, Told::Is(Text::from("Harbour")));
    let why = Text::from("field organization_id: missing");
    assert_eq!(page.rows[1].detail, Detail::Unreadable(why));
}

#[tokio::test]
async fn one_bad_row_is_marked_and_the_others_stay() {
    let bad = with(with(new_hire(), "role", json!(7)), "id", json!("orginv_2"));
    let service = Service::saying(list(&[bad, new_hire()])).await;
    let page = invites(service.ask(page(Some(org()), None)).await);
    assert_eq!(page.rows[0].item.at, invite_ref("orginv_2"));
    let why = Text::from("field role: not of the expected type");
    assert_eq!(page.rows[0].detail, Detail::Unreadable(why));
    assert_eq!(page.rows[1].detail, Detail::Whole);
}

#[tokio::test]
async fn long_lists_come_in_pages_of_100() {
    let service = Service::saying(json!({"data": [], "total_count": 500})).await;
    let empty = invites(service.ask(page(Some(org()), None)).await);
    assert_eq!(empty.next, Next::End);
    assert_eq!(service.only().await.param("limit"), Some("100"));
}

#[tokio::test]
async fn the_open_invites_of_an_address_are_compared_without_case() {
    let other = with(
        with(new_hire(), "email_address", json!("other@example.com")),
        "id",
        json!("orginv_2"),
    );
    let service = Service::saying(list(&[other, new_hire()])).await;
    let query = Query::InvitesTo {
        org: org(),
        email: Text::from("New.Hire+x@example.com".replace("+x", "")),
    };
    let page = invites(service.ask(query).await);
    let ids: Vec<_> = page.rows.iter().map(|row| row.item.at.id.raw()).collect();
    assert_eq!(
        (ids, page.total, page.next),
        (vec!["orginv_1"], Some(1), Next::End)
    );
    let seen = service.only().await;
    assert_eq!(seen.param("email_address"), Some("New.Hire@example.com"));
    assert_eq!(seen.param("status"), Some("pending"));
}

#[tokio::test]
async fn an_address_with_a_plus_keeps_it() {
    let service = Service::saying(list(&[])).await;
    let email = Text::from("ada+work@example.com");
    invites(service.ask(Query::InvitesTo { org: org(), email }).await);
    let seen = service.only().await;
    assert!(
        seen.raw
            .url
            .query()
            .unwrap()
            .contains("email_address=ada%2Bwork%40example.com")
    );
}

#[tokio::test]
async fn an_invite_that_is_not_there_is_missing() {
    let service = Service::knowing(&[]).await;
    let at = InviteRef {
        ..invite_ref("orginv_9")
    };
    let error = service.ask(Query::Invite(at)).await.unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
    assert_eq!(error.trace, Some(Text::from("trace_1")));
}
