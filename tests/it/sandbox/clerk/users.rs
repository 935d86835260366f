//! Users: found, counted, read, and what they belong to.

use serde_json::json;

use super::{Desk, refusal};

async fn found(desk: &Desk, query: &str) -> Vec<String> {
    let answer = desk
        .ask(&format!("GET /v1/users?order_by=username&{query}"))
        .await;
    assert_eq!(answer.status(), 200, "{query}: {}", answer.body);
    answer.column("/username")
}

#[tokio::test]
async fn the_list_is_bare_unless_pages_are_asked_for() {
    let desk = Desk::open();
    let bare = desk.ask("GET /v1/users?limit=3").await.done();
    assert_eq!(bare.as_array().unwrap().len(), 3);
    let count = desk.ask("GET /v1/users/count").await.done();
    assert_eq!(count["object"], "total_count");
    assert!(count["total_count"].as_u64().unwrap() > 340);
    let pages = desk
        .ask("GET /v1/users?limit=3&paginated=true")
        .await
        .done();
    assert_eq!(pages["data"], bare);
    assert_eq!(pages["total_count"], count["total_count"]);
}

#[tokio::test]
async fn users_are_found_exactly() {
    let desk = Desk::open();
    let ana = desk.user("ana@acme.example");
    assert_eq!(
        found(&desk, "email_address=Ana.Costa%40mail.example").await,
        ["ana"]
    );
    assert_eq!(
        found(&desk, "username=bo&username=ana").await,
        ["ana", "bo"]
    );
    assert_eq!(
        found(&desk, &format!("user_id={ana}&user_id=user_nobody")).await,
        ["ana"]
    );
    assert_eq!(found(&desk, "username=an").await, [""; 0]);
    assert_eq!(found(&desk, "phone_number=%2B1555").await, [""; 0]);
    assert_eq!(found(&desk, "external_id=7").await, [""; 0]);
    assert_eq!(found(&desk, "external_id=-7&username=ana").await, ["ana"]);
    assert_eq!(
        found(&desk, "provider=oauth_google&provider_user_id=7").await,
        [""; 0]
    );
}

#[tokio::test]
async fn users_are_found_by_parts() {
    let desk = Desk::open();
    let ana = desk.user("ana@acme.example");
    assert_eq!(found(&desk, "query=lindqvist").await, ["bo"]);
    assert_eq!(found(&desk, "query=ANA%40acme").await, ["ana"]);
    assert_eq!(
        found(&desk, &format!("query={}", &ana[..20])).await,
        ["ana"]
    );
    assert_eq!(
        found(&desk, "query=%E6%96%87%E5%AD%90").await,
        ["fumiko_文子"]
    );
    assert_eq!(
        found(&desk, "email_address_query=mail.example").await,
        ["ana"]
    );
    assert_eq!(found(&desk, "name_query=ana+costa").await, ["ana"]);
    let count = desk
        .ask("GET /v1/users/count?name_query=ana+costa")
        .await
        .done();
    assert_eq!(count["total_count"], 1);
}

#[tokio::test]
async fn members_are_left_out_or_kept_alone() {
    let desk = Desk::open();
    let (sandbox, shop) = (desk.org("acme-sandbox"), desk.org("acme-shop"));
    let kept = format!("organization_id={sandbox}");
    assert_eq!(found(&desk, &kept).await, ["ana", "emre", "kshitij"]);
    let either = format!("limit=100&organization_id=%2B{sandbox}&organization_id={shop}");
    assert_eq!(found(&desk, &either).await.len(), 31);
    let outside = format!("username=kim&username=bo&organization_id=-{shop}");
    assert_eq!(found(&desk, &outside).await, ["kim"]);
}

#[tokio::test]
async fn users_are_found_by_state_and_dates() {
    let desk = Desk::open();
    assert_eq!(found(&desk, "banned=true").await, ["lou"]);
    assert_eq!(
        found(&desk, "banned=false&username=lou&username=kim").await,
        ["kim"]
    );
    let now = desk.world(|world| world.now().as_millisecond());
    let days = |days: i64| now - days * 86_400_000;
    for name in [
        "last_active_at_since",
        "last_active_at_after",
        "last_sign_in_at_after",
    ] {
        let query = format!("{name}={}&username=ana&username=bo", days(2));
        assert_eq!(found(&desk, &query).await, ["ana"], "{name}");
    }
    let exactly = format!("last_active_at_since={}&username=bo", days(3));
    assert_eq!(found(&desk, &exactly).await, ["bo"]);
    let before = format!(
        "last_sign_in_at_before={}&username=ana&username=bo",
        days(2)
    );
    assert_eq!(found(&desk, &before).await, ["bo"]);
}

#[tokio::test]
async fn a_cursor_walks_the_list_by_date() {
    let desk = Desk::open();
    let page = async |query: &str| {
        let answer = desk.ask(&format!("GET /v1/users?limit=100{query}")).await;
        answer.column("/id")
    };
    let mut read = page("").await;
    while let Some(last) = read.last() {
        let next = page(&format!("&starting_after={last}")).await;
        if next.is_empty() {
            break;
        }
        read.extend(next);
    }
    let mut by_offset = Vec::new();
    for offset in (0..500).step_by(100) {
        by_offset.extend(page(&format!("&offset={offset}")).await);
    }
    assert_eq!(read, by_offset);
    assert!(read.len() > 340, "{}", read.len());
    for query in ["order_by=username", "offset=1"] {
        let answer = desk
            .ask(&format!("GET /v1/users?{query}&starting_after={}", read[0]))
            .await;
        let refused = refusal(422, "form_param_value_invalid starting_after");
        assert_eq!(answer.refused(), refused, "{query}");
    }
    let nobody = desk.ask("GET /v1/users?starting_after=user_nobody").await;
    assert_eq!(nobody.refused(), refusal(404, "resource_not_found"));
}

#[tokio::test]
async fn orders_are_those_of_users() {
    let desk = Desk::open();
    let first = async |order: &str| {
        let line =
            format!("GET /v1/users?limit=1&username=ana&username=bo&username=zed&order_by={order}");
        desk.ask(&line).await.column("/username").concat()
    };
    for (order, username) in [
        ("username", "ana"),
        ("-username", "zed"),
        ("-first_name", "zed"),
        ("last_name", "ana"),
        ("-email_address", "zed"),
        ("last_active_at", "zed"),
        ("-last_sign_in_at", "ana"),
        ("created_at", "ana"),
        ("-updated_at", "zed"),
    ] {
        assert_eq!(first(order).await, username, "{order}");
    }
    let answer = desk.ask("GET /v1/users?order_by=name").await;
    assert_eq!(
        answer.refused(),
        refusal(422, "form_param_value_invalid order_by")
    );
}

#[tokio::test]
async fn a_user_is_read_with_the_primary_address() {
    let desk = Desk::open();
    let ana = desk.user("ana@acme.example");
    let user = desk.ask(&format!("GET /v1/users/{ana}")).await.done();
    let emails = user["email_addresses"].as_array().unwrap();
    assert_eq!(emails.len(), 2);
    assert_eq!(emails[0]["id"], user["primary_email_address_id"]);
    assert_ne!(emails[0]["id"], emails[1]["id"]);
    assert_eq!(emails[0]["email_address"], "ana@acme.example");
    let nobody = desk.ask("GET /v1/users/user_nobody").await;
    assert_eq!(nobody.refused(), refusal(404, "resource_not_found"));
}

#[tokio::test]
async fn a_user_belongs_to_organizations_and_is_invited_to_others() {
    let desk = Desk::open();
    let (dee, kim) = (desk.user("dee@acme.example"), desk.user("kim@acme.example"));
    let memberships = desk
        .ask(&format!("GET /v1/users/{dee}/organization_memberships"))
        .await;
    let mut names = memberships.column("/organization/name");
    names.sort();
    assert_eq!(names, ["Acme Shop", "Partner Portal"]);
    let none = desk
        .ask(&format!("GET /v1/users/{kim}/organization_memberships"))
        .await;
    assert_eq!(none.done(), json!({"data": [], "total_count": 0}));
    let line = format!(
        "POST /v1/organizations/{}/invitations",
        desk.org("acme-shop")
    );
    let body = json!({"email_address": "KIM@acme.example", "role": "org:member"});
    desk.tell(&line, body).await.done();
    let invited = async |status: &str| {
        let line = format!("GET /v1/users/{kim}/organization_invitations?status={status}");
        desk.ask(&line)
            .await
            .column("/public_organization_data/name")
    };
    assert_eq!(invited("pending").await, ["Acme Shop"]);
    assert_eq!(invited("accepted").await, [""; 0]);
    for call in ["organization_memberships", "organization_invitations"] {
        let answer = desk.ask(&format!("GET /v1/users/user_nobody/{call}")).await;
        assert_eq!(answer.refused(), refusal(404, "resource_not_found"));
    }
}
