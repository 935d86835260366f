//! Invites: of one organization, of all, of an address, one by id.

use orgdeck::domain::{
    Answer, Cursor, Fault, Invite, InviteStatus, OrgId, Page, Query, Text, Told,
};
use serde_json::json;

use super::plan::listed;
use super::records::invite_record;
use super::stage::{Stage, invite, org};

const LIST: &str = "GET /v7/invitee__is_invited_to__organization";
const ONE: &str = "GET /v7/invitee__is_invited_to__organization(77)";
const LINKS: &str = "invitee($select=id,email),organization_membership_role($select=id,name),\
is_created_by__user($select=id,username)";

fn open(org: Option<OrgId>, status: Option<InviteStatus>) -> Query {
    Query::Invites {
        org,
        status,
        page: Cursor::FIRST,
    }
}

async fn invites(stage: &Stage, query: Query) -> Page<Invite> {
    let Answer::Invites(page) = stage.ask(query).await.unwrap() else {
        panic!("another answer was asked for");
    };
    page
}

#[tokio::test]
async fn the_list_of_an_organization_is_one_call() {
    let stage = Stage::cloud().await;
    let mut record = invite_record();
    record
        .as_object_mut()
        .unwrap()
        .remove("is_invited_to__organization");
    stage.records(LIST, &json!([record]));
    let page = invites(&stage, open(Some(org("101")), None)).await;
    assert_eq!(page.rows[0].item, listed());
    let query = stage.last(LIST).await.query;
    assert_eq!(query["$filter"], "is_invited_to__organization eq 101");
    assert_eq!(query["$select"], "id,message");
    assert_eq!(query["$expand"], LINKS);
    assert_eq!(query["$orderby"], "id desc");
    assert_eq!(query["$top"], "100");
}

#[tokio::test]
async fn an_empty_list_is_believed_where_its_organization_is_there() {
    let stage = Stage::cloud().await;
    stage.records(LIST, &json!([]));
    assert_eq!(invites(&stage, open(None, None)).await.rows, []);
    let call = "GET /v7/organization(101)";
    stage.records(call, &json!([]));
    let of = || open(Some(org("101")), None);
    assert_eq!(stage.ask(of()).await.unwrap_err().fault, Fault::Missing);
    stage.records(call, &json!([{"id": 101}]));
    assert_eq!(invites(&stage, of()).await.rows, []);
}

#[tokio::test]
async fn all_invites_name_their_organization() {
    let stage = Stage::cloud().await;
    stage.records(LIST, &json!([invite_record()]));
    let page = invites(&stage, open(None, None)).await;
    assert_eq!(page.rows[0].item.at, invite("101", "77"));
    assert_eq!(
        page.rows[0].item.org_name,
        Told::Is(Text::from("Acme Robotics"))
    );
    let query = stage.last(LIST).await.query;
    assert!(!query.contains_key("$filter"));
    assert_eq!(
        query["$expand"],
        format!("{LINKS},is_invited_to__organization($select=id,name)")
    );
}

#[tokio::test]
async fn empty_messages_and_vanished_creators_are_empty() {
    let stage = Stage::cloud().await;
    let with = |id: u32, message: serde_json::Value, creator: serde_json::Value| {
        json!({
            "invitee": [{"id": 1, "email": "a@example.com"}], "id": id, "message": message,
            "organization_membership_role": [{"id": 2, "name": "member"}],
            "is_created_by__user": creator
        })
    };
    let sent = [
        with(1, json!(""), json!([])),
        with(2, json!(null), json!(null)),
        with(3, json!("hi"), json!({"__id": 11})),
    ];
    stage.records(LIST, &json!(sent));
    let rows = invites(&stage, open(Some(org("101")), None)).await.rows;
    for row in &rows[..2] {
        assert_eq!(
            (&row.item.message, &row.item.inviter),
            (&Told::Empty, &Told::Empty)
        );
    }
    assert_eq!(rows[2].item.inviter, Told::Unknown);
}

#[tokio::test]
async fn only_open_invites_are_kept() {
    let stage = Stage::cloud().await;
    stage.records(LIST, &json!([invite_record()]));
    for status in [
        InviteStatus::Accepted,
        InviteStatus::Revoked,
        InviteStatus::Expired,
    ] {
        let page = invites(&stage, open(Some(org("101")), Some(status))).await;
        assert_eq!((page.rows.len(), page.total), (0, Some(0)));
    }
    let pending = open(Some(org("101")), Some(InviteStatus::Pending));
    assert_eq!(invites(&stage, pending).await.rows.len(), 1);
}

#[tokio::test]
async fn the_invites_of_an_address_are_found_whatever_its_case() {
    let stage = Stage::cloud().await;
    let near = json!({
        "invitee": [{"id": 2, "email": "brand-new.person@example.com"}], "id": 78,
        "organization_membership_role": [{"id": 2, "name": "member"}]
    });
    stage.records(LIST, &json!([near, invite_record()]));
    let query = Query::InvitesTo {
        org: org("101"),
        email: Text::from("New.Person@example.com"),
    };
    let page = invites(&stage, query).await;
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].item.at, invite("101", "77"));
    assert_eq!(
        stage.last(LIST).await.query["$filter"],
        "is_invited_to__organization eq 101 and \
         invitee/any(i:contains(tolower(i/email),'new.person@example.com'))"
    );
}

#[tokio::test]
async fn an_invite_is_found_by_id_in_its_own_organization_only() {
    let stage = Stage::cloud().await;
    stage.records(ONE, &json!([invite_record()]));
    let Answer::Invite(found) = stage.ask(Query::Invite(invite("101", "77"))).await.unwrap() else {
        panic!("an invite was asked for");
    };
    assert_eq!(found.at, invite("101", "77"));
    let elsewhere = stage
        .ask(Query::Invite(invite("102", "77")))
        .await
        .unwrap_err();
    assert_eq!(elsewhere.fault, Fault::Missing);
    stage.records(ONE, &json!([]));
    for (org, fault) in [
        (json!([{"id": 101}]), Fault::Missing),
        (json!([]), Fault::Unseen),
    ] {
        stage.records("GET /v7/organization(101)", &org);
        let asked = stage.ask(Query::Invite(invite("101", "77"))).await;
        assert_eq!(asked.unwrap_err().fault, fault);
    }
}
