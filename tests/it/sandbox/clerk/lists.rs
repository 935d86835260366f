//! Pages, orders and repeated keys, which all lists read alike.

use super::{Desk, refusal};

async fn names(desk: &Desk, query: &str) -> Vec<String> {
    let answer = desk.ask(&format!("GET /v1/organizations?{query}")).await;
    assert_eq!(answer.status(), 200, "{query}: {}", answer.body);
    answer.column("/name")
}

#[tokio::test]
async fn ten_rows_are_a_page_unless_a_limit_is_given() {
    let desk = Desk::open();
    let portal = desk.org("partner-portal");
    let rows = async |query: &str| {
        let line = format!("GET /v1/organizations/{portal}/memberships?{query}");
        let answer = desk.ask(&line).await;
        (
            answer.column("/id").len(),
            answer.done()["total_count"].clone(),
        )
    };
    assert_eq!(rows("").await, (10, 318.into()));
    assert_eq!(rows("limit=500").await, (318, 318.into()));
    assert_eq!(rows("limit=100&offset=300").await, (18, 318.into()));
    assert_eq!(rows("limit=100&offset=318").await, (0, 318.into()));
    assert_eq!(rows("limit=1&offset=0").await, (1, 318.into()));
}

#[tokio::test]
async fn pages_together_are_the_whole_list() {
    let desk = Desk::open();
    let portal = desk.org("partner-portal");
    let page = async |window: &str| {
        let line = format!("GET /v1/organizations/{portal}/memberships?{window}");
        desk.ask(&line).await.column("/id")
    };
    let whole = page("limit=500").await;
    let mut read = Vec::new();
    for offset in (0..320).step_by(64) {
        read.extend(page(&format!("limit=64&offset={offset}")).await);
    }
    assert_eq!(read, whole);
}

#[tokio::test]
async fn limits_and_offsets_are_whole_and_within_bounds() {
    let desk = Desk::open();
    for (parameter, bad) in [
        ("limit", ["501", "0", "-1", "10.0", "ten", ""]),
        (
            "offset",
            ["-1", "1.0", "x", "", "1e3", "99999999999999999999"],
        ),
    ] {
        for value in bad {
            let line = format!("GET /v1/organizations?{parameter}={value}");
            let refused = refusal(422, &format!("form_param_value_invalid {parameter}"));
            assert_eq!(desk.ask(&line).await.refused(), refused, "{line}");
        }
    }
}

#[tokio::test]
async fn the_newest_come_first_unless_an_order_is_named() {
    let desk = Desk::open();
    let newest = ["Acme Sandbox", "Partner Portal", "Acme Shop"];
    assert_eq!(names(&desk, "").await, newest);
    assert_eq!(names(&desk, "order_by=-created_at").await, newest);
    let oldest = ["Acme Shop", "Partner Portal", "Acme Sandbox"];
    assert_eq!(names(&desk, "order_by=created_at").await, oldest);
    assert_eq!(names(&desk, "order_by=%2Bcreated_at").await, oldest);
    let by_name = ["Acme Sandbox", "Acme Shop", "Partner Portal"];
    assert_eq!(names(&desk, "order_by=name").await, by_name);
    assert_eq!(names(&desk, "order_by=name&order_by=-name").await, by_name);
    let by_size = ["Partner Portal", "Acme Shop", "Acme Sandbox"];
    assert_eq!(names(&desk, "order_by=-members_count").await, by_size);
}

#[tokio::test]
async fn a_raw_plus_is_a_space_and_orders_by_nothing() {
    let desk = Desk::open();
    for order in ["+name", "slug", "--name", "name,created_at"] {
        let answer = desk
            .ask(&format!("GET /v1/organizations?order_by={order}"))
            .await;
        let refused = refusal(422, "form_param_value_invalid order_by");
        assert_eq!(answer.refused(), refused, "{order}");
    }
}

#[tokio::test]
async fn repeated_keys_add_up_and_other_spellings_are_not_read() {
    let desk = Desk::open();
    let (shop, portal) = (desk.org("acme-shop"), desk.org("partner-portal"));
    let two = format!("organization_id={shop}&organization_id=%2B{portal}&order_by=name");
    assert_eq!(names(&desk, &two).await, ["Acme Shop", "Partner Portal"]);
    let without = format!("organization_id=-{shop}&order_by=name");
    assert_eq!(
        names(&desk, &without).await,
        ["Acme Sandbox", "Partner Portal"]
    );
    let commas = format!("organization_id={shop},{portal}");
    assert_eq!(names(&desk, &commas).await, [""; 0]);
    let raw_plus = format!("organization_id=+{shop}");
    assert_eq!(names(&desk, &raw_plus).await, [""; 0]);
    let brackets = format!("organization_id[]={shop}");
    assert_eq!(names(&desk, &brackets).await.len(), 3);
}

#[tokio::test]
async fn a_key_takes_a_hundred_values() {
    let desk = Desk::open();
    let many = |count: usize| {
        format!(
            "GET /v1/organizations?{}",
            "organization_id=x&".repeat(count)
        )
    };
    assert_eq!(desk.ask(&many(100)).await.status(), 200);
    let refused = refusal(422, "form_param_array_size_exceeded organization_id");
    assert_eq!(desk.ask(&many(101)).await.refused(), refused);
}

#[tokio::test]
async fn flags_and_dates_must_be_readable() {
    let desk = Desk::open();
    for query in [
        "organizations?include_members_count=yes",
        "users?created_at_after=2024-01-01",
    ] {
        let answer = desk.ask(&format!("GET /v1/{query}")).await;
        assert_eq!(
            answer.refused(),
            refusal(400, "invalid_query_parameter_value"),
            "{query}"
        );
    }
}
