//! Reads: the calls behind the screens, who sees what, the shapes of links, keys and pages.

use serde_json::{Value, json};

use super::{Desk, EVE, MARIA, json, key, org, said};
use crate::sandbox::demo;
use crate::support::raw::{get, hear, send};

const M: &str = "/v7/organization_membership";
const I: &str = "/v7/invitee__is_invited_to__organization";

/// The desk of the demo's own token.
fn demo_desk() -> Desk {
    let sandbox = demo();
    let token = sandbox.balena.token.clone();
    Desk { sandbox, token }
}

#[tokio::test]
async fn one_call_lists_organizations_with_their_counts() {
    let target = "/v7/organization?$select=id,name,handle&$expand=organization_membership/$count,\
        organization_invite/$count&$orderby=name%20asc,id%20asc";
    let rows = demo_desk().list(target).await;
    let row = |id: u64, name: &str, handle: &str, members: u64, invites: u64| {
        json!({"id": id, "name": name, "handle": handle,
            "organization_membership": members, "organization_invite": invites})
    };
    let fleet = row(26_474, "Acme Fleet", "acme_fleet", 12, 3);
    let labs = row(26_475, "Acme Labs", "acme_labs", 4, 0);
    assert_eq!(rows, [fleet, labs]);
}

#[tokio::test]
async fn one_call_fills_the_screen_of_members() {
    let target = format!(
        "{M}?$filter=is_member_of__organization%20eq%2026475&$select=id,created_at\
        &$expand=user($select=id,username),organization_membership_role($select=id,name)\
        &$orderby=user/username%20asc,id%20asc"
    );
    let rows = demo_desk().list(&target).await;
    let names: Vec<_> = rows.iter().map(|row| &row["user"][0]["username"]).collect();
    assert_eq!(names, ["ana", "fumiko_文子", "noa", "wen"]);
    let role = &rows[0]["organization_membership_role"];
    assert_eq!(*role, json!([{"id": 1, "name": "administrator"}]));
    assert_eq!(rows[1].as_object().unwrap().len(), 4);
}

#[tokio::test]
async fn one_call_fills_the_screen_of_invites() {
    let target = format!(
        "{I}?$filter=is_invited_to__organization%20eq%2026474&$select=id,message\
        &$expand=invitee($select=id,email),organization_membership_role($select=id,name),\
        is_created_by__user($select=id,username)&$orderby=id%20desc"
    );
    let rows = demo_desk().list(&target).await;
    let emails: Vec<_> = rows.iter().map(|row| &row["invitee"][0]["email"]).collect();
    let expected = [
        "night+shift@acme.example",
        "ivy@partner.example",
        "hal@acme.example",
    ];
    assert_eq!(emails, expected);
    assert_eq!(rows[1]["message"], Value::Null);
    assert_eq!(rows[1]["is_created_by__user"][0]["username"], "dee");
    assert_eq!(
        rows[1]["organization_membership_role"][0]["name"],
        "administrator"
    );
}

#[tokio::test]
async fn the_memberships_of_a_person_are_found_by_id_and_by_name() {
    let desk = Desk::small();
    let by_id = desk.list(&format!("{M}?$filter=user%20eq%2011")).await;
    let by_name = format!("{M}?$filter=user/any(u:u/username%20eq%20'maria')");
    assert_eq!(desk.list(&by_name).await, by_id);
    assert_eq!(by_id.len(), 1);
    assert_eq!(by_id[0]["id"], 55);
    assert_eq!(by_id[0]["effective_seat_role"], "member");
}

#[tokio::test]
async fn strangers_see_nothing_and_members_see_all_of_theirs() {
    let desk = Desk::small().of(EVE);
    for target in [
        "/v7/organization",
        "/v7/organization(101)",
        "/v7/organization(handle='acme')",
        &format!("{M}(55)"),
        &format!("{M}?$filter=is_member_of__organization%20eq%20101"),
        &format!("{M}?$filter=user%20eq%2011"),
        M,
        I,
        &format!("{I}(77)"),
        "/v7/invitee",
        "/v7/user(11)",
    ] {
        assert_eq!(desk.list(target).await, [] as [Value; 0], "{target}");
    }
    assert_eq!(desk.column("/v7/user", "username").await, ["eve"]);
    let desk = desk.of(MARIA);
    assert_eq!(desk.column("/v7/organization", "id").await, [101]);
    assert_eq!(desk.column(M, "id").await, [54, 55]);
    assert_eq!(desk.column(I, "id").await, [77]);
    assert_eq!(desk.column("/v7/user", "id").await, [10, 11]);
}

#[tokio::test]
async fn other_peoples_memberships_elsewhere_stay_hidden() {
    let desk = Desk::small();
    desk.sandbox.world(|world| {
        let elsewhere = org(world, 102, "Elsewhere", "elsewhere");
        world.add_member_at((key(56), elsewhere), MARIA, &["member"])
    });
    let target = format!("{M}(55)?$expand=user($expand=organization_membership($select=id))");
    let rows = desk.list(&target).await;
    assert_eq!(
        rows[0]["user"][0]["organization_membership"],
        json!([{"id": 55}])
    );
    let both = desk.of(MARIA).column(M, "id").await;
    assert_eq!(both, [54, 55, 56]);
}

#[tokio::test]
async fn links_have_three_shapes() {
    let desk = Desk::small();
    desk.sandbox.world(|world| {
        let nobody = |invite: &mut orgdeck::sandbox::world::Invite| invite.inviter = None;
        world.edit_invite(key(77), nobody)
    });
    let plain = &desk.list(&format!("{M}(55)?$select=id,user")).await[0];
    assert_eq!(*plain, json!({"id": 55, "user": {"__id": 11}}));
    let expanded = format!("{M}(55)?$select=id&$expand=user($select=username)");
    let user = json!([{"username": "maria"}]);
    assert_eq!(
        desk.list(&expanded).await[0],
        json!({"id": 55, "user": user})
    );
    let unset = desk.list(&format!("{I}(77)")).await;
    assert_eq!(unset[0]["is_created_by__user"], Value::Null);
    let unset = desk
        .list(&format!("{I}(77)?$expand=is_created_by__user"))
        .await;
    assert_eq!(unset[0]["is_created_by__user"], json!([]));
}

#[tokio::test]
async fn a_person_on_the_cloud_shows_four_fields() {
    let rows = Desk::small()
        .list(&format!("{M}(55)?$select=id&$expand=user"))
        .await;
    let mut user = rows[0]["user"][0].clone();
    assert!(user["created_at"].take().is_string());
    let actor = json!({"__id": 3_000_011});
    let expected = json!({"id": 11, "username": "maria", "created_at": null, "actor": actor});
    assert_eq!(user, expected);
}

#[tokio::test]
async fn pages_follow_one_another() {
    let desk = demo_desk();
    let page = |skip: usize| format!("{M}?$select=id&$orderby=id%20asc&$top=5&$skip={skip}");
    let mut pages = Vec::new();
    for skip in [0, 5, 10, 15, 20] {
        pages.push(desk.column(&page(skip), "id").await);
    }
    assert_eq!(
        pages.iter().map(Vec::len).collect::<Vec<_>>(),
        [5, 5, 5, 1, 0]
    );
    let whole = desk.column(&format!("{M}?$orderby=id%20asc"), "id").await;
    assert_eq!(pages.concat(), whole);
    assert_eq!(
        json(&desk.get(&format!("{M}/$count")).await),
        json!({"d": 16})
    );
    let heard = desk.get(&format!("{M}?$top=0")).await;
    assert_eq!(said(&heard), (200, r#"{"d":[]}"#));
}

#[tokio::test]
async fn a_record_is_named_by_each_of_its_keys() {
    let desk = Desk::small();
    for (target, id) in [
        ("/v7/organization(handle='acme')", 101),
        ("/v7/organization(id=101)", 101),
        (
            "/v7/organization_membership(user=11,is_member_of__organization=101)",
            55,
        ),
        (
            "/v7/organization_membership(is_member_of__organization=101,user=11)",
            55,
        ),
        ("/v7/organization_membership_role(name='administrator')", 1),
        (
            "/v7/invitee__is_invited_to__organization(invitee=180,is_invited_to__organization=101)",
            77,
        ),
        ("/v7/invitee(email='new@example.com')", 180),
        ("/v7/user(username='maria')", 11),
    ] {
        assert_eq!(desk.column(target, "id").await, [id], "{target}");
    }
    let filtered = "/v7/organization(101)?$filter=name%20eq%20'Other'";
    assert_eq!(desk.list(filtered).await, [] as [Value; 0]);
}

#[tokio::test]
async fn dates_have_milliseconds() {
    let desk = Desk::small();
    let created = desk.column("/v7/organization(101)", "created_at").await;
    assert_eq!(created, ["2026-03-01T12:00:04.000Z"]);
}

#[tokio::test]
async fn a_logo_is_fetched_without_the_token() {
    let desk = demo_desk();
    let logos = desk
        .column("/v7/organization?$orderby=id%20asc", "logo_image")
        .await;
    assert_eq!(logos[1], Value::Null);
    let address = logos[0]["href"].as_str().unwrap();
    assert_eq!(logos[0]["filename"], "fleet.png");
    assert_eq!(logos[0]["content_type"], "image/png");
    let path = address.strip_prefix(&desk.sandbox.balena.url).unwrap();
    let mut stream = send(&desk.sandbox.balena.url, &format!("GET {path}"), &[], "").await;
    let heard = hear(&mut stream, usize::MAX).await;
    assert_eq!(heard.status(), 200);
    assert_eq!(heard.header("content-type"), Some("image/png"));
    assert_eq!(
        heard.header("content-length"),
        Some(&*logos[0]["size"].to_string())
    );
    let heard = get(&desk.sandbox.balena.url, path, &desk.token).await;
    assert_eq!(heard.status(), 400);
}
