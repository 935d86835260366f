//! JSON that is broken in one place, at every service: the rest of the list stays, and what is no JSON
//! is called what it is.

use orgdeck::domain::query::{Page, Scope};
use orgdeck::domain::{
    Answer, ApiError, Cursor, Detail, Fault, MemberId, Mutation, Org, OrgId, Profile, Query, Text,
    Told,
};
use orgdeck::provider::registry::Service;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::support::link::{limits, link, services};
use crate::support::permit::permit;

/// Values that no field of a record takes, though each is JSON by its grammar.
const BROKEN: &[&str] = &[
    r#""\ud800""#,
    r#""a\udc00b""#,
    "1e999",
    r#"["\ud800"]"#,
    r#"{"a":"\ud800"}"#,
    "[7]",
    "{\"\\ud800\":1}",
];

/// A list of three records in the form of a service; `value` is a field of the second one.
fn list(service: &str, value: &str) -> String {
    match service {
        "balena" => format!(
            r#"{{"d":[{{"id":1,"name":"a"}},{{"id":2,"name":{value}}},{{"id":3,"name":"c"}}]}}"#
        ),
        "clerk" => format!(
            r#"{{"data":[{{"id":"1","name":"a"}},{{"id":"2","name":{value}}},{{"id":"3","name":"c"}}],"total_count":3}}"#
        ),
        "vulos" => format!(
            r#"[{{"organizationId":1,"membershipId":"a"}},{{"organizationId":2,"membershipId":{value}}},{{"organizationId":3,"membershipId":"c"}}]"#
        ),
        other => panic!("no list of {other} is known"),
    }
}

/// What a service makes of an answer to everything that its adapter asks.
async fn told(
    service: &Service,
    body: impl Into<Vec<u8>>,
    kind: &'static str,
) -> Result<Answer, ApiError> {
    let orgs = Query::Orgs {
        scope: Scope::All,
        text: None,
        page: Cursor::FIRST,
    };
    asked(service, orgs, (body.into(), kind)).await
}

async fn asked(
    service: &Service,
    query: Query,
    (body, kind): (Vec<u8>, &'static str),
) -> Result<Answer, ApiError> {
    let server = MockServer::start().await;
    let answer = move |request: &Request| {
        let probes_roles = request.url.path().ends_with("organization_membership_role");
        if probes_roles {
            return ResponseTemplate::new(200)
                .set_body_raw(r#"{"d":[{"id":1}]}"#, "application/json");
        }
        ResponseTemplate::new(200).set_body_raw(body.clone(), kind)
    };
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let (uri, ear) = (server.uri(), |_| {});
    let link = link(
        &profile(),
        service,
        (&uri, "sk_test_canary"),
        (limits(), ear),
    );
    link.query(query).await
}

fn profile() -> Profile {
    Profile::new("p")
}

fn orgs(answer: Result<Answer, ApiError>) -> Page<Org> {
    let Ok(Answer::Orgs(page)) = answer else {
        panic!("no list: {answer:?}");
    };
    page
}

#[tokio::test]
async fn r26_a_value_that_cannot_be_read_marks_its_row_and_no_other() {
    for (service, _) in services() {
        for value in BROKEN {
            let body = list(service.name, value);
            let page = orgs(told(&service, body, "application/json").await);
            let ids: Vec<_> = page.rows.iter().map(|row| row.item.id.raw()).collect();
            assert_eq!(ids, ["1", "2", "3"], "{} {value}", service.name);
            for (number, row) in page.rows.iter().enumerate() {
                let marked =
                    matches!(&row.detail, Detail::Unreadable(what) if what.raw().contains("field"));
                assert_eq!(marked, number == 1, "{} {value}: {row:?}", service.name);
            }
        }
    }
}

#[tokio::test]
async fn a_record_that_is_none_keeps_its_place_and_the_others() {
    for (service, _) in services() {
        for record in ["7", "null", r#""\ud800""#, "[]", r#"{"\ud800":1}"#] {
            let body = list(service.name, "7");
            let second = body.split('{').find(|part| part.contains(":7}")).unwrap();
            let second = format!("{{{}", &second[..=second.find('}').unwrap()]);
            let body = body.replace(&second, record);
            let page = orgs(told(&service, body, "application/json").await);
            assert_eq!(page.rows.len(), 3, "{} {record}", service.name);
            let marked = |detail: &Detail| matches!(detail, Detail::Unreadable(_));
            let marks: Vec<_> = page.rows.iter().map(|row| marked(&row.detail)).collect();
            assert_eq!(marks, [false, true, false], "{} {record}", service.name);
        }
    }
}

#[tokio::test]
async fn a_broken_membership_inside_an_organization_spoils_no_other() {
    let vulos = orgdeck::provider::registry::find("vulos").unwrap();
    let body = r#"{"id":41,"name":"\ud800","memberships":[
        {"organizationId":41,"membershipId":"a"},{"membershipId":"\ud800"},{"organizationId":41,"membershipId":"c"}]}"#;
    let org = OrgId::new(&profile(), "41");
    let members = Query::Members {
        org,
        role: None,
        text: None,
        page: Cursor::FIRST,
    };
    let answer = asked(vulos, members, (body.into(), "application/json")).await;
    let Ok(Answer::Members(page)) = answer else {
        panic!("no members: {answer:?}");
    };
    let ids: Vec<_> = page.rows.iter().map(|row| row.item.id.clone()).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(
        (&ids[0], &ids[2]),
        (
            &MemberId::new(&profile(), "a"),
            &MemberId::new(&profile(), "c")
        )
    );
    assert!(matches!(page.rows[1].detail, Detail::Unreadable(_)));
}

#[tokio::test]
async fn r37_a_mark_of_byte_order_and_another_type_do_not_matter() {
    for (service, _) in services() {
        let body = format!("\u{feff}{}", list(service.name, "\"b\""));
        let page = orgs(told(&service, body, "text/plain").await);
        assert!(
            page.rows
                .iter()
                .all(|row| !matches!(row.detail, Detail::Unreadable(_)))
        );
    }
}

#[tokio::test]
async fn a_byte_that_is_no_character_is_replaced() {
    for (service, _) in services() {
        let body = list(service.name, "\"S\u{e9}\"").replace('\u{e9}', "#");
        let body: Vec<u8> = body
            .bytes()
            .map(|byte| if byte == b'#' { 0xe9 } else { byte })
            .collect();
        let page = orgs(told(&service, body, "application/json").await);
        let row = &page.rows[1];
        assert!(!matches!(row.detail, Detail::Unreadable(_)), "{row:?}");
        if row.item.name != Told::Unknown {
            assert_eq!(row.item.name, Told::Is(Text::from("S\u{fffd}")));
        }
    }
}

#[tokio::test]
async fn r37_what_is_no_json_is_named_with_its_type_and_beginning() {
    for (service, _) in services() {
        let long = format!("upstream\u{1b}[31m is down{}", ".".repeat(500));
        let error = told(&service, long, "text/plain").await.unwrap_err();
        let begin: String = "upstream\u{1b}[31m is down"
            .chars()
            .chain(".".repeat(500).chars())
            .take(80)
            .collect();
        let words = format!("no JSON, but text/plain: {begin}");
        assert_eq!(
            error.fault,
            Fault::Garbled(Text::from(words)),
            "{}",
            service.name
        );
        assert_eq!(error.status, Some(200));
    }
}

/// Numbers of ours end at 64 bits, and doubles at 53.
const LARGE: &[&str] = &[
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "170141183460469231731687303715884105727",
    "100000000000000000000000000000000000000000000000001",
];

/// What was sent last to whoever answers everything with the same document.
async fn deleted(service: &Service, body: String) -> (Text, String) {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_raw(body, "application/json");
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let account = (limits(), |_: orgdeck::domain::News| {});
    let link = link(
        &profile(),
        service,
        (&server.uri(), "sk_test_canary"),
        account,
    );
    let query = Query::Orgs {
        scope: Scope::All,
        text: None,
        page: Cursor::FIRST,
    };
    let org = orgs(link.query(query).await).rows.remove(0).item.id;
    let id = OrgId::text(&org).clone();
    let delete = Mutation::DeleteOrg { org };
    let _ = link.provider().mutate(delete, permit().await).await;
    let sent = server.received_requests().await.unwrap();
    let sent = sent.iter().filter(|one| one.method.as_str() == "DELETE");
    let paths: Vec<&str> = sent.map(|one| one.url.path()).collect();
    (id, paths.join(" "))
}

#[tokio::test]
async fn r44_an_id_of_any_size_goes_out_digit_by_digit_as_it_came_in() {
    for (service, _) in services() {
        for id in LARGE {
            let (record, path) = match service.name {
                "balena" => (
                    format!(r#"{{"d":[{{"id":{id}}}]}}"#),
                    format!("/v7/organization({id})"),
                ),
                "clerk" => (
                    format!(r#"{{"data":[{{"id":"{id}","name":"a"}}],"total_count":1}}"#),
                    format!("/v1/organizations/{id}"),
                ),
                _ => (
                    format!(r#"[{{"organizationId":{id},"membershipId":"a"}}]"#),
                    format!("/api/v1/organization/{id}/delete"),
                ),
            };
            let (came, sent) = deleted(&service, record).await;
            assert_eq!((came.raw(), sent), (*id, path), "{}", service.name);
        }
    }
}

/// A document in which the value of a record's field is that many lists deep, the field with it.
fn nested(service: &str, depth: usize) -> String {
    list(
        service,
        &format!("{}{}", "[".repeat(depth), "]".repeat(depth)),
    )
}

#[tokio::test]
async fn r40_up_to_a_depth_of_128_a_document_is_read_and_beyond_it_one_value_is_given_up() {
    for (service, _) in services() {
        for depth in [1, 100, 120, 124, 125, 126, 127, 128, 129, 200, 10_000] {
            let page = orgs(told(&service, nested(service.name, depth), "application/json").await);
            let told = format!("{} {depth}", service.name);
            assert_eq!(page.rows.len(), 3, "{told}");
            // A list is no name, however deep it is: its row says which field that is, and no other does.
            for (number, row) in page.rows.iter().enumerate() {
                let marked =
                    matches!(&row.detail, Detail::Unreadable(what) if what.raw().contains("field"));
                assert_eq!(marked, number == 1, "{told}: {row:?}");
            }
        }
        // What nobody asked for costs its row nothing at a depth that can be read.
        let odd = |depth: usize| {
            let value = format!("\"b\",\"odd\":{}{}", "[".repeat(depth), "]".repeat(depth));
            list(service.name, &value)
        };
        for depth in [1, 100, 120] {
            let page = orgs(told(&service, odd(depth), "application/json").await);
            let marked =
                |row: &orgdeck::domain::Row<Org>| matches!(row.detail, Detail::Unreadable(_));
            assert!(!page.rows.iter().any(marked), "{} {depth}", service.name);
        }
    }
}

#[tokio::test]
async fn r40_deep_and_endless_nesting_is_no_danger() {
    for (service, _) in services() {
        let deep = list(
            service.name,
            &format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)),
        );
        let page = orgs(told(&service, deep, "application/json").await);
        assert!(matches!(page.rows[1].detail, Detail::Unreadable(_)));
        let open = "[{\"a\":".repeat(100_000);
        let error = told(&service, open, "application/json").await.unwrap_err();
        assert!(matches!(error.fault, Fault::Garbled(_)), "{error:?}");
    }
}
