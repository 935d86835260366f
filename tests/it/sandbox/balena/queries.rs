//! Filters, sorts and nested options, each for what it finds.

use serde_json::json;

use super::{ADA, Desk, EVE, MARIA, json as body_of, key, org};

const M: &str = "/v7/organization_membership";
const I: &str = "/v7/invitee__is_invited_to__organization";

/// Three more organizations of Ada's; the first has a web site, the second more members.
fn with_four() -> Desk {
    let desk = Desk::small();
    desk.sandbox.world(|world| {
        for (number, name, handle) in [
            (102, "Zeta O'Neill", "zeta"),
            (103, "alpha 50%", "alpha"),
            (104, "Émile", "emile"),
        ] {
            let key = org(world, number, name, handle);
            world.add_member(key, ADA, &["administrator"]);
        }
        let site = Some("https://acme.example".to_owned());
        world.edit_org(key(101), |org| org.website = site);
        world.add_member(key(103), MARIA, &["member"]);
        world.add_member(key(103), EVE, &["administrator"]);
    });
    desk
}

#[tokio::test]
async fn filters_find_what_they_say() {
    let desk = with_four();
    for (filter, ids) in [
        ("name eq 'Zeta O''Neill'", &[102][..]),
        ("id ne 101", &[102, 103, 104]),
        ("id gt 101 and id lt 103", &[102]),
        ("id ge 103", &[103, 104]),
        ("id le 101", &[101]),
        ("id in (101,104,7)", &[101, 104]),
        ("handle in ('zeta','acme')", &[101, 102]),
        ("contains(tolower(name),'o''n')", &[102]),
        ("contains(name,'50%25')", &[103]),
        ("contains(tolower(name),'é')", &[104]),
        ("startswith(handle,'a')", &[101, 103]),
        ("endswith(handle,'a')", &[102, 103]),
        ("not startswith(handle,'a')", &[102, 104]),
        ("not (id eq 101)", &[102, 103, 104]),
        ("not(id eq 101 or id eq 102)", &[103, 104]),
        ("website eq null", &[102, 103, 104]),
        ("website ne null", &[101]),
        ("is_frozen eq false", &[101, 102, 103, 104]),
        ("created_at gt '2020-01-01'", &[101, 102, 103, 104]),
        ("created_at lt datetime'2020-01-01T00:00:00Z'", &[]),
        (
            "created_at gt '2020-01-01T00:00:00.5Z'",
            &[101, 102, 103, 104],
        ),
        ("organization_membership/any(om:om/user eq 11)", &[101, 103]),
        (
            "organization_membership/any(om:true)",
            &[101, 102, 103, 104],
        ),
        ("not organization_invite/any(oi:true)", &[102, 103, 104]),
        ("organization_membership/$count gt 1", &[101, 103]),
        (
            "organization_membership/any(m:m/user/any(u:u/username eq 'eve'))",
            &[103],
        ),
        (
            "organization_membership/any(m:m/user/username eq handle)",
            &[],
        ),
        (
            "organization_membership/any(m:m/user eq 11 and id eq 103)",
            &[103],
        ),
    ] {
        let encoded = filter.replace(' ', "%20");
        let target = format!("/v7/organization?$filter={encoded}&$orderby=id%20asc");
        assert_eq!(desk.column(&target, "id").await, ids, "{filter}");
    }
}

#[tokio::test]
async fn and_and_or_have_one_rank() {
    let desk = with_four();
    for (filter, ids) in [
        // (a or b) and c, not a or (b and c).
        ("id eq 101 or id eq 102 and id eq 103", &[][..]),
        ("id eq 101 or (id eq 102 and id eq 103)", &[101]),
        ("id eq 102 and id eq 103 or id eq 101", &[101]),
    ] {
        let encoded = filter.replace(' ', "%20");
        let target = format!("/v7/organization?$filter={encoded}");
        assert_eq!(desk.column(&target, "id").await, ids, "{filter}");
    }
}

#[tokio::test]
async fn sorts_go_by_bytes_and_downwards_unless_told() {
    let desk = with_four();
    for (sort, ids) in [
        ("name%20asc", [101, 102, 103, 104]),
        ("name%20desc", [104, 103, 102, 101]),
        ("name", [104, 103, 102, 101]),
        ("id", [104, 103, 102, 101]),
        (
            "organization_membership/$count%20desc,id%20asc",
            [103, 101, 102, 104],
        ),
        // What is not there is larger than everything.
        ("website%20asc,id%20desc", [101, 104, 103, 102]),
        ("website%20desc,id%20asc", [102, 103, 104, 101]),
    ] {
        let target = format!("/v7/organization?$orderby={sort}");
        assert_eq!(desk.column(&target, "id").await, ids, "{sort}");
    }
}

#[tokio::test]
async fn sorts_and_filters_reach_over_links() {
    let desk = with_four();
    let target = format!(
        "{M}?$filter=is_member_of__organization%20eq%20103&$orderby=user/username%20desc&$select=user"
    );
    let users = desk.column(&target, "user").await;
    assert_eq!(
        users,
        [
            json!({"__id": 11}),
            json!({"__id": 12}),
            json!({"__id": 10})
        ]
    );
    let of_role = "organization_membership_role/any(omr:omr/name%20eq%20'administrator')";
    let target =
        format!("{M}/$count?$filter=is_member_of__organization%20eq%20103%20and%20{of_role}");
    assert_eq!(body_of(&desk.get(&target).await), json!({"d": 2}));
    let target = format!("{I}?$filter=invitee/any(i:contains(tolower(i/email),'new@'))&$select=id");
    assert_eq!(desk.column(&target, "id").await, [77]);
}

#[tokio::test]
async fn links_take_options_of_their_own() {
    let desk = with_four();
    let expand = "organization_membership($select=id;$filter=user%20ne%2010;\
        $expand=user($select=username);$orderby=user/username%20asc;$top=1;$skip=1)";
    let rows = desk
        .list(&format!(
            "/v7/organization(103)?$select=id&$expand={expand}"
        ))
        .await;
    let members = rows[0]["organization_membership"].as_array().unwrap();
    assert_eq!(members.len(), 1);
    assert_eq!(members[0]["user"], json!([{"username": "maria"}]));
    let counted = "organization_membership/$count($filter=user%20ne%2010)";
    let rows = desk
        .list(&format!(
            "/v7/organization(103)?$select=id&$expand={counted}"
        ))
        .await;
    assert_eq!(rows, [json!({"id": 103, "organization_membership": 2})]);
}
