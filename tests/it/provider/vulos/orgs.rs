//! The list of references, and the thirteen fields of one organization.

use jiff::Timestamp;
use orgdeck::domain::query::{Next, OrgAt, Page, Scope, Thing};
use orgdeck::domain::{
    Answer, Cursor, Detail, Fault, MemberId, Org, OrgId, Profile, Query, Row, Text, Told, Value,
};
use serde_json::{Value as Json, json};

use super::{
    Bench, LIST, ORG, RUI, answer, harbour, list, me, organization, organization_with, refusal,
    without,
};

fn orgs() -> Query {
    Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    }
}

async fn listed(bench: &Bench) -> Page<Org> {
    let Answer::Orgs(page) = bench.ask(orgs()).await.unwrap() else {
        panic!("not a list");
    };
    page
}

async fn org(details: Json) -> Org {
    let bench = Bench::empty().await;
    bench.get(ORG, 200, details).await;
    bench.org().await.unwrap()
}

fn unreadable(why: &str) -> Detail {
    Detail::Unreadable(Text::from(why))
}

#[tokio::test]
async fn the_list_is_references_with_the_own_membership() {
    let bench = Bench::documented().await;
    let page = listed(&bench).await;
    let wanted = Row::wanted(Org {
        own: Told::Is(MemberId::new(&me(), RUI)),
        ..Org::reference(harbour())
    });
    assert_eq!(page.rows[0], wanted);
    assert_eq!(page.rows[1].item.id, OrgId::new(&me(), "58"));
    assert_eq!((page.total, page.next), (Some(2), Next::End));
    assert_eq!(bench.heard().await, [format!("GET {LIST}")]);
}

#[tokio::test]
async fn nobody_s_list_is_empty_and_asked_for_once() {
    let bench = Bench::empty().await;
    bench.get(LIST, 200, json!([])).await;
    let page = listed(&bench).await;
    assert_eq!(page, Page::whole(Vec::new()));
    assert_eq!(bench.heard().await.len(), 1);
}

#[tokio::test]
async fn a_broken_entry_is_marked_and_the_others_stay() {
    let bench = Bench::empty().await;
    let rows = json!([
        {"organizationId": {"a": "secret name"}, "membershipId": RUI},
        "nonsense",
        {"organizationId": 9_007_199_254_740_993_u64, "membershipId": 5},
        {"organizationId": "62", "membershipId": null, "new": true},
        {"organizationId": 63, "membershipId": [RUI]},
        {"organizationId": 1.5},
        list()[0],
    ]);
    bench.get(LIST, 200, rows).await;
    let rows = listed(&bench).await.rows;
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.item.id.raw(), &row.detail))
        .collect();
    let no_id = unreadable("field organizationId");
    assert_eq!(
        told,
        [
            ("#1", &no_id),
            ("#2", &unreadable("field membership")),
            ("9007199254740993", &Detail::Wanted),
            ("62", &Detail::Wanted),
            ("63", &unreadable("field membershipId")),
            ("#6", &no_id),
            ("41", &Detail::Wanted),
        ]
    );
    assert_eq!(rows[3].item.own, Told::Unknown);
}

#[tokio::test]
async fn a_list_of_another_shape_is_garbled() {
    for body in [
        json!({}),
        json!("organizations"),
        json!(null),
        json!({"items": []}),
    ] {
        let bench = Bench::empty().await;
        bench.get(LIST, 200, body).await;
        let error = bench.ask(orgs()).await.unwrap_err();
        assert_eq!(
            error.fault,
            Fault::Garbled(Text::from("field organizations"))
        );
    }
}

#[tokio::test]
async fn all_thirteen_fields_are_told() {
    let org = org(organization()).await;
    assert_eq!(org.id, harbour());
    assert_eq!(org.name, Told::Is(Text::from("Harbour Pilots Ltd")));
    assert_eq!(org.slug, Told::Empty);
    assert_eq!(org.members, Told::Is(2));
    assert_eq!(org.invites, Told::Unknown);
    let created: Timestamp = "2023-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(org.created, Told::Is(created));
    let text = |text: &str| Told::Is(Value::Text(Text::from(text)));
    let wanted = [
        ("website", text("https://pilots.example")),
        ("address", text("Quay 7")),
        ("city", text("Porto")),
        ("zip_code", text("4050-101")),
        ("state", Told::Empty),
        ("country_code", text("PT")),
        ("country_name", text("Portugal")),
        ("unique_id", text("HP-2291")),
        ("tax_number", text("EX123456")),
        ("verified", Told::Is(Value::Flag(false))),
    ];
    let told: Vec<_> = org
        .attributes
        .into_iter()
        .map(|a| (a.key, a.value))
        .collect();
    assert_eq!(told, wanted);
}

#[tokio::test]
async fn r25_what_may_be_left_out_is_empty_or_unknown_and_never_invented() {
    for details in [
        json!({"id": 41}),
        json!({
            "id": "41", "name": null, "website": null, "country": null, "verified": null,
            "created": null, "memberships": null, "later": {"field": 1}
        }),
        json!({"id": 41, "name": "", "country": {"alpha2": "", "name": null}, "created": "1 January"}),
    ] {
        let org = org(details).await;
        assert_eq!(org.name, Told::Empty);
        assert_eq!(org.created, Told::Unknown);
        assert_eq!(org.members, Told::Unknown);
        assert_eq!(org.attribute("website"), Some(&Told::Empty));
        assert_eq!(org.attribute("country_code"), Some(&Told::Empty));
        assert_eq!(org.attribute("country_name"), Some(&Told::Empty));
        assert_eq!(org.attribute("verified"), Some(&Told::Unknown));
    }
}

#[tokio::test]
async fn a_time_is_in_milliseconds_above_ten_to_the_eleventh_and_else_in_seconds() {
    let time = |text: &str| Told::Is(text.parse::<Timestamp>().unwrap());
    for (created, wanted) in [
        (json!(1_672_531_200_000_i64), time("2023-01-01T00:00:00Z")),
        (json!(1_672_531_200), time("2023-01-01T00:00:00Z")),
        (json!(1_672_531_200.5), time("2023-01-01T00:00:00Z")),
        (json!(100_000_000_000_i64), time("5138-11-16T09:46:40Z")),
        (json!(100_000_000_001_i64), time("1973-03-03T09:46:40.001Z")),
        (json!(-86_400), time("1969-12-31T00:00:00Z")),
        (json!(i64::MAX), Told::Unknown),
        (json!(i64::MIN), Told::Unknown),
        (json!(u64::MAX), Told::Unknown),
        (json!(1e300), Told::Unknown),
        (json!(true), Told::Unknown),
    ] {
        let org = org(organization_with("created", created.clone())).await;
        assert_eq!(org.created, wanted, "{created}");
    }
}

#[tokio::test]
async fn a_field_of_another_type_is_named_without_its_value() {
    for (field, value, place) in [
        ("name", json!(["Ines Moreira"]), "field name"),
        ("taxNumber", json!(77), "field taxNumber"),
        ("zipCode", json!({}), "field zipCode"),
        ("country", json!("Portugal"), "field country"),
        ("country", json!({"alpha2": 3}), "field country.alpha2"),
        ("country", json!({"name": false}), "field country.name"),
        ("verified", json!("no"), "field verified"),
        ("memberships", json!({}), "field memberships"),
        ("id", json!(null), "field id"),
        ("id", json!(58), "field id"),
    ] {
        let bench = Bench::empty().await;
        bench.get(ORG, 200, organization_with(field, value)).await;
        let error = bench.org().await.unwrap_err();
        assert_eq!(error.fault, Fault::Garbled(Text::from(place)));
    }
}

#[tokio::test]
async fn an_organization_that_the_caller_s_list_lacks_is_missing() {
    let bench = Bench::empty().await;
    bench.get(ORG, 400, refusal()).await;
    bench.get(LIST, 200, json!([list()[1]])).await;
    let error = bench.org().await.unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
    assert_eq!(
        error.words,
        Some(Text::from("You are not allowed to do this"))
    );
}

#[tokio::test]
async fn a_refusal_stays_one_where_the_list_does_not_settle_it() {
    for entries in [
        answer(200, list()),
        answer(200, json!([list()[1], {"organizationId": {}}])),
        answer(400, refusal()),
    ] {
        let bench = Bench::empty().await;
        bench.get(ORG, 400, refusal()).await;
        bench.on("GET", LIST, entries).await;
        assert_eq!(bench.org().await.unwrap_err().fault, Fault::Refused);
    }
}

#[tokio::test]
async fn the_raw_record_is_the_answer_indented() {
    let bench = Bench::documented().await;
    let raw = bench.ask(Query::Raw(Thing::Org(harbour()))).await.unwrap();
    let Answer::Json(text) = raw else {
        panic!("not a document: {raw:?}");
    };
    assert!(text.raw().contains("\n  \"name\": \"Harbour Pilots Ltd\","));
    assert_eq!(
        serde_json::from_str::<Json>(text.raw()).unwrap(),
        organization()
    );
}

#[tokio::test]
async fn a_details_record_without_an_id_is_no_organization() {
    let bench = Bench::empty().await;
    bench.get(ORG, 200, without(organization(), "id")).await;
    let error = bench.org().await.unwrap_err();
    assert_eq!(error.fault, Fault::Garbled(Text::from("field id")));
}

#[tokio::test]
async fn ids_of_other_profiles_and_short_names_send_nothing() {
    let bench = Bench::documented().await;
    let foreign = OrgId::new(&Profile::new("other"), "41");
    let asked = Query::Org(OrgAt::Id(foreign.clone()));
    assert_eq!(bench.ask(asked).await.unwrap_err().fault, Fault::Foreign);
    let raw = Query::Raw(Thing::Org(foreign));
    assert_eq!(bench.ask(raw).await.unwrap_err().fault, Fault::Foreign);
    let slug = Query::Org(OrgAt::Slug(me(), Text::from("harbour")));
    let fault = bench.ask(slug).await.unwrap_err().fault;
    assert_eq!(
        fault,
        Fault::NotOffered("Vulos knows organizations by id only")
    );
    assert_eq!(bench.heard().await, [""; 0]);
}
