//! The rules of the house: administrators, uniqueness, names, invites, removals.

use serde_json::json;

use super::{ADA, Desk, EVE, MARIA, json as body_of, key, org, said};

const ACME: &str = "/v7/organization(101)";
const I: &str = "/v7/invitee__is_invited_to__organization";
const M: &str = "/v7/organization_membership";
const LAST: &str = "It is necessary that each organization that is active, includes at least one";

#[tokio::test]
async fn the_last_administrator_stays() {
    let desk = Desk::small();
    let member_role = json!({"organization_membership_role": 2});
    let pair = format!("{M}(user=10,is_member_of__organization=101)");
    let all = format!("{M}?$filter=is_member_of__organization%20eq%20101");
    let mut refused = Vec::new();
    for target in [format!("{M}(54)"), pair, all] {
        refused.push(desk.delete(&target).await);
        refused.push(desk.send(&format!("PATCH {target}"), &member_role).await);
    }
    for heard in refused {
        assert_eq!(heard.status(), 400);
        assert!(body_of(&heard).as_str().unwrap().starts_with(LAST));
    }
    let roles = desk
        .column(&format!("{M}?$orderby=id%20asc"), "effective_seat_role")
        .await;
    assert_eq!(roles, ["administrator", "member"]);
}

#[tokio::test]
async fn one_of_two_administrators_may_go() {
    let desk = Desk::small();
    let role = |number: u64| json!({"organization_membership_role": number});
    let heard = desk.send(&format!("PATCH {M}(55)"), &role(1)).await;
    assert_eq!(said(&heard), (200, ""));
    let heard = desk.send(&format!("PATCH {M}(54)"), &role(2)).await;
    assert_eq!(said(&heard), (200, ""));
    // No administrator any more: the first word of the next write is no.
    assert_eq!(said(&desk.delete(&format!("{M}(55)")).await), (401, ""));
    assert_eq!(said(&desk.delete(&format!("{M}(54)")).await), (200, ""));
    assert_eq!(desk.list(ACME).await.len(), 0);
}

#[tokio::test]
async fn an_administrator_may_be_named_again() {
    let desk = Desk::small();
    let role = json!({"organization_membership_role": 1});
    let heard = desk.send(&format!("PATCH {M}(54)"), &role).await;
    assert_eq!(said(&heard), (200, ""));
}

#[tokio::test]
async fn members_may_read_and_leave_and_nothing_else() {
    let desk = Desk::small().of(MARIA);
    let name = json!({"name": "Mine"});
    let role = json!({"organization_membership_role": 1});
    let invite = json!({"is_invited_to__organization": 101, "invitee": "x@example.com"});
    for (line, sent) in [
        (format!("PATCH {ACME}"), &name),
        (format!("PATCH {M}(55)"), &role),
        (format!("POST {I}"), &invite),
        (format!("DELETE {ACME}"), &json!(null)),
        (format!("DELETE {M}(54)"), &json!(null)),
        (format!("DELETE {I}(77)"), &json!(null)),
    ] {
        let sent = (Some("application/json"), sent.to_string());
        assert_eq!(said(&desk.send_as(&line, sent).await), (401, ""), "{line}");
    }
    assert_eq!(said(&desk.delete(&format!("{M}(55)")).await), (200, ""));
    assert_eq!(desk.list("/v7/organization").await.len(), 0);
}

#[tokio::test]
async fn strangers_change_nothing_and_are_not_told() {
    let desk = Desk::small().of(EVE);
    let heard = desk
        .send(&format!("PATCH {ACME}"), &json!({"name": "Mine"}))
        .await;
    assert_eq!(said(&heard), (200, ""));
    for target in [ACME.to_owned(), format!("{M}(55)"), format!("{I}(77)")] {
        assert_eq!(said(&desk.delete(&target).await), (200, ""), "{target}");
    }
    let desk = desk.of(ADA);
    assert_eq!(
        desk.column("/v7/organization", "name").await,
        ["Acme Robotics"]
    );
    assert_eq!(
        desk.column(&format!("{M}?$orderby=id%20asc"), "id").await,
        [54, 55]
    );
    assert_eq!(desk.column(I, "id").await, [77]);
}

#[tokio::test]
async fn whoever_makes_an_organization_runs_it() {
    let desk = Desk::small().of(EVE);
    let made = body_of(
        &desk
            .send("POST /v7/organization", &json!({"name": "Eve's"}))
            .await,
    );
    let target = format!(
        "{M}?$filter=is_member_of__organization%20eq%20{}",
        made["id"]
    );
    let rows = desk.list(&target).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["user"], json!({"__id": 12}));
    assert_eq!(rows[0]["effective_seat_role"], "administrator");
}

#[tokio::test]
async fn names_and_handles_obey_their_rules() {
    let desk = Desk::small();
    let named = |name: &str, handle: &str| json!({"name": name, "handle": handle});
    let long_name = "It is necessary that each organization has a name";
    let long_handle = "It is necessary that each organization has a handle";
    let odd = "Handles can only contain";
    for (sent, status, words) in [
        (named("", "x"), 400, "It is necessary that each name (Auth)"),
        (named(&"ü".repeat(101), "x"), 400, long_name),
        (named("X", "Upper"), 400, "Handles must be lowercase"),
        (named("X", "a-b"), 400, odd),
        (named("X", "é"), 400, odd),
        (named("X", &"a".repeat(101)), 400, long_handle),
        (named("X", "acme"), 409, "\"handle\" must be unique."),
    ] {
        let heard = desk.send("POST /v7/organization", &sent).await;
        assert_eq!(heard.status(), status, "{sent}");
        assert!(
            body_of(&heard).as_str().unwrap().starts_with(words),
            "{sent}"
        );
    }
    let mut taken = named("X", "free");
    taken["id"] = json!(101);
    let heard = desk.send("POST /v7/organization", &taken).await;
    assert_eq!(said(&heard), (409, r#""Unique key constraint violated""#));
}

#[tokio::test]
async fn what_the_rules_allow_is_made() {
    let desk = Desk::small();
    for sent in [
        json!({"name": "ü".repeat(100), "handle": "a_1".repeat(33)}),
        json!({"name": "Acme Robotics", "handle": "acme_two"}),
    ] {
        let heard = desk.send("POST /v7/organization", &sent).await;
        assert_eq!(heard.status(), 201, "{sent}");
    }
}

#[tokio::test]
async fn a_new_name_obeys_the_same_rules() {
    let desk = Desk::small();
    for name in ["", &"ü".repeat(101)] {
        let heard = desk
            .send(&format!("PATCH {ACME}"), &json!({"name": name}))
            .await;
        assert_eq!(heard.status(), 400);
    }
    assert_eq!(desk.column(ACME, "name").await, ["Acme Robotics"]);
}

#[tokio::test]
async fn an_organization_goes_with_all_that_is_in_it() {
    let desk = Desk::small();
    assert_eq!(said(&desk.delete(ACME).await), (200, ""));
    for target in ["/v7/organization", M, I] {
        assert_eq!(desk.list(target).await.len(), 0, "{target}");
    }
    let made = body_of(
        &desk
            .send("POST /v7/organization", &json!({"name": "Acme"}))
            .await,
    );
    assert_eq!(made["handle"], "acme");
    assert_ne!(made["id"], 101);
}

#[tokio::test]
async fn the_organization_of_an_account_stays() {
    let desk = Desk::small();
    desk.sandbox.world(|world| {
        let first = org(world, 100, "ada’s Organization", "ada");
        world.edit_org(first, |org| org.created_by = Some(ADA));
        world.add_member(first, ADA, &["administrator"]);
    });
    let heard = desk.delete("/v7/organization(100)").await;
    assert_eq!(heard.status(), 400);
    assert!(
        body_of(&heard)
            .as_str()
            .unwrap()
            .starts_with("It is necessary that")
    );
    assert_eq!(desk.list("/v7/organization(100)").await.len(), 1);
}

#[tokio::test]
async fn an_address_is_invited_once() {
    let desk = Desk::small();
    let invite =
        |email: &str, org: u64| json!({"is_invited_to__organization": org, "invitee": email});
    let twice = r#""\"invitee\" and \"is_invited_to__organization\" must be unique.""#;
    let member = r#""\"user\" and \"is_member_of__organization\" must be unique.""#;
    let nowhere = r#""Data is referenced by is_invited_to__organization.""#;
    for (sent, words) in [
        (invite("NEW@example.com", 101), twice),
        (invite("Maria@example.com", 101), member),
        (invite("x@example.com", 999), nowhere),
    ] {
        let heard = desk.send(&format!("POST {I}"), &sent).await;
        assert_eq!(said(&heard), (409, words), "{sent}");
    }
    let mut unknown_role = invite("x@example.com", 101);
    unknown_role["organization_membership_role"] = json!(99);
    let heard = desk.send(&format!("POST {I}"), &unknown_role).await;
    let words = r#""Data is referenced by organization_membership_role.""#;
    assert_eq!(said(&heard), (409, words));
    assert_eq!(said(&desk.delete(&format!("{I}(77)")).await), (200, ""));
    let again = desk
        .send(&format!("POST {I}"), &invite("new@example.com", 101))
        .await;
    assert_eq!(again.status(), 201);
    assert_ne!(body_of(&again)["id"], 77);
}

#[tokio::test]
async fn an_invite_is_accepted_once_by_somebody_new() {
    let desk = Desk::small();
    let accept = "POST /org/v1/invitation/the%2Dtoken";
    let none = || (None, String::new());
    let heard = desk.send_as(accept, none()).await;
    let member = r#""\"user\" and \"is_member_of__organization\" must be unique.""#;
    assert_eq!(said(&heard), (409, member));
    let desk = desk.of(EVE);
    let heard = desk.send_as("POST /org/v1/invitation/wrong", none()).await;
    assert_eq!(said(&heard), (404, ""));
    assert_eq!(said(&desk.send_as(accept, none()).await), (200, ""));
    assert_eq!(said(&desk.send_as(accept, none()).await), (404, ""));
    assert_eq!(desk.column(ACME, "handle").await, ["acme"]);
    assert_eq!(desk.list(I).await.len(), 0);
    let role = desk.sandbox.world(|world| {
        let membership = world.membership(key(101), EVE);
        membership.unwrap().role().to_owned()
    });
    assert_eq!(role, "member");
}
