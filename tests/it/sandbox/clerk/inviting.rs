//! Inviting: one by one and in bulk, whom and on whose behalf; quotas and hourly limits.

use jiff::SignedDuration;
use orgdeck::sandbox::Service::Clerk;
use serde_json::{Value, json};

use super::{Answer, Desk, refusal};

/// The path of an organization's invitations.
pub(super) fn path(desk: &Desk, slug: &str) -> String {
    format!("/v1/organizations/{}/invitations", desk.org(slug))
}

/// Sends one invitation to the shop, which has room for fourteen more people.
pub(super) async fn invite(desk: &Desk, body: Value) -> Answer {
    desk.tell(&format!("POST {}", path(desk, "acme-shop")), body)
        .await
}

async fn invite_all(desk: &Desk, body: Value) -> Answer {
    desk.tell(&format!("POST {}/bulk", path(desk, "acme-shop")), body)
        .await
}

/// The least that an invitation needs.
pub(super) fn to(email: &str) -> Value {
    json!({"email_address": email, "role": "org:member"})
}

#[tokio::test]
async fn an_invitation_lasts_thirty_days_or_as_long_as_it_says() {
    let desk = Desk::open();
    let days = |sent: &Value| {
        let dates = [&sent["expires_at"], &sent["created_at"]].map(|date| date.as_i64().unwrap());
        (dates[0] - dates[1]) / 86_400_000
    };
    let usual = invite(&desk, to("a@acme.example")).await.done();
    assert_eq!(days(&usual), 30);
    let lasting = async |email: &str, days: i64| {
        let mut body = to(email);
        body["expires_in_days"] = json!(days);
        invite(&desk, body).await
    };
    assert_eq!(days(&lasting("b@acme.example", 1).await.done()), 1);
    assert_eq!(days(&lasting("c@acme.example", 365).await.done()), 365);
    let short = lasting("d@acme.example", 0).await;
    assert_eq!(
        short.refused(),
        refusal(422, "form_param_value_invalid expires_in_days")
    );
    let long = lasting("d@acme.example", 366).await;
    assert_eq!(
        long.refused(),
        refusal(422, "form_param_value_too_large expires_in_days")
    );
}

#[tokio::test]
async fn an_invitation_keeps_what_it_was_given() {
    let desk = Desk::open();
    let ana = desk.user("ana@acme.example");
    let sent = invite(
        &desk,
        json!({
            "email_address": "New+1@acme.example", "role": "org:billing", "inviter_user_id": ana,
            "redirect_url": "https://app.example.com/accept", "notify": false,
            "public_metadata": {"dept": "ops"}, "private_metadata": {"src": 1},
        }),
    );
    let sent = sent.await.done();
    assert_eq!(sent["email_address"], "New+1@acme.example");
    assert_eq!(
        (&sent["role"], &sent["role_name"]),
        (&json!("org:billing"), &json!("Billing"))
    );
    assert_eq!(sent["inviter_id"], json!(ana));
    assert_eq!(sent["public_inviter_data"]["first_name"], "Ana");
    assert_eq!(sent["public_metadata"], json!({"dept": "ops"}));
    assert_eq!(sent["private_metadata"], json!({"src": 1}));
    desk.world(|world| {
        let id = sent["id"].as_str().unwrap();
        let kept = world.find_invite(Clerk, id).unwrap();
        assert!(!kept.notify);
        assert_eq!(
            kept.redirect_url.as_deref(),
            Some("https://app.example.com/accept")
        );
    });
}

#[tokio::test]
async fn addresses_roles_and_links_are_checked() {
    let desk = Desk::open();
    for email in [
        "x",
        "",
        "a@b@c",
        "Ada <ada@acme.example>",
        "a b@acme.example",
    ] {
        let refused = invite(&desk, to(email)).await.refused();
        let format = refusal(422, "form_param_format_invalid email_address");
        assert_eq!(refused, format, "{email}");
    }
    let body =
        json!({"email_address": "a@acme.example", "role": "org:auditor", "redirect_url": "/in"});
    let problems = [
        "form_param_value_invalid role",
        "form_param_format_invalid redirect_url",
    ];
    let refused = invite(&desk, body).await.refused();
    assert_eq!(refused, (422, problems.map(str::to_owned).to_vec()));
    let refused = invite(&desk, json!({})).await.refused();
    let problems = [
        "form_param_missing email_address",
        "form_param_missing role",
    ];
    assert_eq!(refused, (422, problems.map(str::to_owned).to_vec()));
}

#[tokio::test]
async fn an_address_is_invited_once_until_the_invitation_ends() {
    let desk = Desk::open();
    let twice = refusal(400, "organization_invitation_not_unique");
    assert_eq!(invite(&desk, to("Hal@acme.example")).await.refused(), twice);
    let expired = invite(&desk, to("jon@old.example")).await.done();
    assert_eq!(invite(&desk, to("jon@old.example")).await.refused(), twice);
    let id = expired["id"].as_str().unwrap();
    let line = format!("POST {}/{id}/revoke", path(&desk, "acme-shop"));
    desk.ask(&line).await.done();
    let again = invite(&desk, to("jon@old.example")).await.done();
    assert_ne!(again["id"], expired["id"]);
    assert_ne!(again["url"], expired["url"]);
}

#[tokio::test]
async fn members_are_not_invited() {
    let desk = Desk::open();
    let already = refusal(400, "already_a_member_in_organization");
    assert_eq!(
        invite(&desk, to("BO@acme.example")).await.refused(),
        already
    );
    assert_eq!(
        invite(&desk, to("ana.costa@mail.example")).await.refused(),
        already
    );
    let bulk = json!([to("new@acme.example"), to("bo@acme.example")]);
    assert_eq!(invite_all(&desk, bulk).await.refused(), already);
    invite(&desk, to("kim@acme.example")).await.done();
}

#[tokio::test]
async fn who_acts_must_be_a_member_who_may() {
    let desk = Desk::open();
    let by = |user: &str| json!({"email_address": "a@acme.example", "role": "org:member", "inviter_user_id": user});
    let outsider = invite(&desk, by(&desk.user("kim@acme.example"))).await;
    assert_eq!(
        outsider.refused(),
        refusal(403, "not_a_member_in_organization")
    );
    let member = invite(&desk, by(&desk.user("bo@acme.example"))).await;
    assert_eq!(
        member.refused(),
        refusal(403, "missing_organization_permission")
    );
    let meta = &member.body["errors"][0]["meta"];
    assert_eq!(
        meta,
        &json!({"permissions": ["org:sys_memberships:manage"]})
    );
    let nobody = invite(&desk, by("user_nobody")).await;
    assert_eq!(nobody.refused(), refusal(404, "resource_not_found"));
    invite(&desk, by(&desk.user("dee@acme.example")))
        .await
        .done();
}

#[tokio::test]
async fn ten_are_invited_at_once_or_none() {
    let desk = Desk::open();
    let many = |count: usize| {
        (0..count)
            .map(|index| to(&format!("n{index}@acme.example")))
            .collect::<Value>()
    };
    let too_many = invite_all(&desk, many(11)).await;
    assert_eq!(too_many.refused(), refusal(400, "bulk_size_exceeded"));
    for body in [json!([]), json!({"data": []}), json!(["x"])] {
        let refused = invite_all(&desk, body).await.refused();
        assert_eq!(refused, refusal(400, "request_body_invalid"));
    }
    let mut broken = many(2);
    broken[1]["role"] = json!("org:none");
    let refused = invite_all(&desk, broken).await.refused();
    assert_eq!(refused, refusal(422, "form_param_value_invalid role"));
    let mut again = many(3);
    again[1]["email_address"] = json!("hal@acme.example");
    again[2]["email_address"] = json!("N0@acme.example");
    let again = invite_all(&desk, again).await;
    assert_eq!(again.refused(), refusal(400, "duplicate_record"));
    let named = json!({"email_addresses": ["hal@acme.example", "N0@acme.example"]});
    assert_eq!(again.body["errors"][0]["meta"], named);
    let before = desk
        .ask(&format!("GET {}?status=pending", path(&desk, "acme-shop")))
        .await;
    assert_eq!(before.done()["total_count"], 5);
    let sent = invite_all(&desk, many(10)).await;
    assert_eq!(sent.column("/email_address").len(), 10);
    assert_eq!(sent.done()["total_count"], 10);
    let full = invite_all(
        &desk,
        json!(
            (20..25)
                .map(|index| to(&format!("n{index}@acme.example")))
                .collect::<Vec<_>>()
        ),
    )
    .await;
    assert_eq!(
        full.refused(),
        refusal(403, "organization_membership_quota_exceeded")
    );
    let rest = json!([to("y@acme.example"), to("z@acme.example")]);
    invite_all(&desk, rest).await.done();
}

/// The shop without a limit of members.
async fn unlimited() -> Desk {
    let desk = Desk::open();
    let line = format!("PATCH /v1/organizations/{}", desk.org("acme-shop"));
    desk.tell(&line, json!({"max_allowed_memberships": 0}))
        .await
        .done();
    desk
}

#[tokio::test]
async fn an_instance_invites_two_hundred_and_fifty_times_an_hour() {
    let desk = unlimited().await;
    for index in 0..250 {
        invite(&desk, to(&format!("n{index}@acme.example")))
            .await
            .done();
    }
    let slowed = invite(&desk, to("late@acme.example")).await;
    assert_eq!(slowed.refused(), refusal(429, "too_many_requests"));
    // Each invitation took a second of the world's time.
    assert_eq!(slowed.heard.header("retry-after"), Some("3350"));
    let elsewhere = format!("POST {}", path(&desk, "partner-portal"));
    let elsewhere = desk.tell(&elsewhere, to("late@acme.example")).await;
    assert_eq!(elsewhere.status(), 429);
    invite_all(&desk, json!([to("late@acme.example")]))
        .await
        .done();
    desk.world(|world| world.advance(SignedDuration::from_secs(3349)));
    invite(&desk, to("later@acme.example")).await.done();
}

#[tokio::test]
async fn a_bulk_costs_one_of_fifty_an_hour() {
    let desk = unlimited().await;
    for index in 0..50 {
        let pair = json!([
            to(&format!("a{index}@acme.example")),
            to(&format!("b{index}@acme.example"))
        ]);
        invite_all(&desk, pair).await.done();
    }
    let slowed = invite_all(&desk, json!([to("late@acme.example")])).await;
    assert_eq!(slowed.refused(), refusal(429, "too_many_requests"));
    assert_eq!(slowed.heard.header("retry-after"), Some("3500"));
    invite(&desk, to("late@acme.example")).await.done();
}
