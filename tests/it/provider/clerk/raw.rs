//! Raw records: everything but what opens a door or is shown on request only.

use orgdeck::domain::query::{Query, Thing};
use orgdeck::domain::{Answer, Fault};
use serde_json::{Value as Json, json};

use super::names::{by_id, by_user, invite_ref, org};
use super::records::{acme, alan, list, new_hire, with};
use super::support::Service;

async fn raw(service: &Service, thing: Thing) -> String {
    let answer = service.ask(Query::Raw(thing)).await.unwrap();
    let Answer::Json(text) = answer else {
        panic!("{answer:?}");
    };
    text.raw().to_owned()
}

fn parsed(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn an_organization_comes_without_its_private_metadata() {
    let service = Service::saying(acme()).await;
    let text = raw(&service, Thing::Org(org())).await;
    assert!(text.starts_with("{\n  \""), "{text}");
    let mut expected = acme();
    expected.as_object_mut().unwrap().remove("private_metadata");
    assert_eq!(parsed(&text), expected);
}

#[tokio::test]
async fn r96_the_link_of_an_invite_is_masked() {
    let service = Service::saying(new_hire()).await;
    let text = raw(&service, Thing::Invite(invite_ref("orginv_1"))).await;
    assert!(!text.contains("canary"), "{text}");
    assert_eq!(parsed(&text)["url"], json!("***"));
    assert!(parsed(&text).get("private_metadata").is_none());
}

#[tokio::test]
async fn a_link_that_is_not_there_is_not_masked() {
    let service = Service::saying(with(new_hire(), "url", json!(null))).await;
    let text = raw(&service, Thing::Invite(invite_ref("orginv_1"))).await;
    assert_eq!(parsed(&text)["url"], json!(null));
}

#[tokio::test]
async fn a_member_hides_its_own_and_its_organizations_private_metadata() {
    let service = Service::saying(list(&[alan()])).await;
    for at in [by_user("user_2"), by_id("orgmem_2")] {
        let text = raw(&service, Thing::Member(at)).await;
        assert!(!text.contains("private_metadata"), "{text}");
        assert_eq!(parsed(&text)["organization"]["name"], json!("Acme Corp"));
    }
}

#[tokio::test]
async fn a_record_that_is_not_there_is_missing() {
    let service = Service::saying(list(&[])).await;
    let error = service
        .ask(Query::Raw(Thing::Member(by_user("user_2"))))
        .await
        .unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
}
