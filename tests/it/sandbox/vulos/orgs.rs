//! Creating, changing and deleting organizations.

use orgdeck::sandbox::Service::Vulos;
use orgdeck::sandbox::world::Key;
use serde_json::{Value, json};

use super::{HARBOUR, Stage, refusal};

const REQUIRED: [&str; 7] = [
    "name",
    "address",
    "uniqueId",
    "taxNumber",
    "city",
    "countryCode",
    "zipCode",
];

fn complete() -> Value {
    json!({
        "name": "Quay Services", "address": "Rua do Cais 12", "uniqueId": "QS-1", "taxNumber": "T1",
        "city": "Porto", "countryCode": "PT", "zipCode": "4450-718"
    })
}

#[tokio::test]
async fn a_new_organization_has_its_creator_for_super_admin() {
    let stage = Stage::new();
    let line = "PUT organization/create";
    let heard = stage.put("ines", line, &complete()).await;
    let created: Value = serde_json::from_str(heard.body()).unwrap();
    let (org, member) = (&created["organizationId"], &created["membershipId"]);
    let member = member.as_str().unwrap();
    assert!(org.as_u64().unwrap() > 1 << 31);
    let line = format!("GET organization/{org}/{member}/role/list");
    assert_eq!(stage.get("ines", &line).await[0]["name"], "SuperAdmin");
    let details = stage.get("ines", &format!("GET organization/{org}")).await;
    assert_eq!(details["id"], *org);
    assert_eq!(details["taxNumber"], "T1");
    assert_eq!(details["website"], Value::Null);
    assert_eq!(details["state"], "");
    assert_eq!(details["verified"], false);
    assert_eq!(details["memberships"], json!([created]));
    let listed = stage.get("ines", "GET organization/list").await;
    assert!(listed.as_array().unwrap().contains(&created));
}

#[tokio::test]
async fn each_required_field_is_demanded() {
    let stage = Stage::new();
    for name in REQUIRED {
        for value in [None, Some(json!("")), Some(json!(" \t")), Some(Value::Null)] {
            let mut body = complete();
            match value {
                Some(value) => body[name] = value,
                None => drop(body.as_object_mut().unwrap().remove(name)),
            }
            let heard = stage.put("rui", "PUT organization/create", &body).await;
            let text = refusal(&heard);
            assert_eq!(text, format!("The field {name} is required"));
        }
    }
    assert_eq!(stage.world(|world| world.orgs(Vulos).count()), 2);
}

#[tokio::test]
async fn the_same_creation_twice_makes_two() {
    let stage = Stage::new();
    for _ in 0..2 {
        let line = "PUT organization/create";
        let heard = stage.put("rui", line, &complete()).await;
        assert_eq!(heard.status(), 200);
    }
    assert_eq!(stage.world(|world| world.orgs(Vulos).count()), 4);
}

#[tokio::test]
async fn countries_have_to_exist() {
    let stage = Stage::new();
    for code in ["XX", "PRT", "P", "Portugal", "620", "\u{212a}R", "P T"] {
        let body = json!({"name": "Changed", "countryCode": code});
        let heard = stage.put("rui", "PUT organization/41/update", &body).await;
        assert!(refusal(&heard).starts_with("There is no country"), "{code}");
    }
    let details = stage.get("rui", "GET organization/41").await;
    assert_eq!(details["name"], "Harbour Pilots Ltd");
    let body = json!({"countryCode": "jp"});
    stage.put("rui", "PUT organization/41/update", &body).await;
    let details = stage.get("rui", "GET organization/41").await;
    assert_eq!(details["country"], json!({"alpha2": "JP", "name": "Japan"}));
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_nothing_else() {
    let stage = Stage::new();
    let mut wanted = stage.get("rui", "GET organization/41").await;
    for (name, text) in [
        ("name", "Ports 日本"),
        ("website", ""),
        ("address", "Quay 8"),
        ("uniqueId", "HP-1"),
        ("taxNumber", "T2"),
        ("city", "Faro"),
        ("zipCode", "8000"),
        ("state", "Algarve"),
    ] {
        let body = json!({name: text, "verified": true, "id": 7, "created": 1});
        let heard = stage.put("rui", "PUT organization/41/update", &body).await;
        assert_eq!(heard.status(), 200, "{name}");
        wanted[name] = json!(text);
        assert_eq!(stage.get("rui", "GET organization/41").await, wanted);
    }
}

#[tokio::test]
async fn an_update_clears_only_what_may_be_empty() {
    let stage = Stage::new();
    let clear = json!({"website": "", "state": "", "city": null});
    let heard = stage.put("rui", "PUT organization/41/update", &clear).await;
    assert_eq!(heard.status(), 200);
    let details = stage.get("rui", "GET organization/41").await;
    assert_eq!(details["website"], "");
    assert_eq!(details["city"], "Porto");
    let blank = json!({"website": "https://new.example", "city": ""});
    let heard = stage.put("rui", "PUT organization/41/update", &blank).await;
    assert_eq!(refusal(&heard), "The field city is required");
    assert_eq!(stage.get("rui", "GET organization/41").await, details);
}

#[tokio::test]
async fn a_deleted_organization_takes_members_and_invites_along() {
    let stage = Stage::new();
    stage
        .get("rui", "PUT organization/41/invite/new%40pilots.example")
        .await;
    let line = "DELETE organization/41/delete";
    assert_eq!(stage.get("rui", line).await["success"], true);
    refusal(&stage.ask("rui", line).await);
    stage.world(|world| {
        assert!(world.org(HARBOUR).is_none());
        assert_eq!(world.members_of(HARBOUR).count(), 0);
        assert_eq!(world.invites_of(HARBOUR).count(), 0);
    });
    let listed = stage.get("rui", "GET organization/list").await;
    assert_eq!(listed[0]["organizationId"], 58);
}

#[tokio::test]
async fn ids_beyond_32_and_53_bits_are_numbers_like_others() {
    let stage = Stage::new();
    for number in [1 << 31, (1 << 53) + 1, u64::MAX] {
        stage.world(|world| {
            let rui = world.person_by_email("rui@pilots.example").unwrap().key;
            let org = world.add_org_at(Key::new(Vulos, number), |_| ());
            world.add_member(org, rui, &["SuperAdmin"]).unwrap();
        });
        let line = format!("GET organization/{number}");
        assert_eq!(stage.get("rui", &line).await["id"], number);
    }
}

#[tokio::test]
async fn a_country_that_does_not_exist_is_named_by_its_code() {
    let stage = Stage::new();
    stage.world(|world| world.edit_org(HARBOUR, |org| org.postal.country_code = "YU".to_owned()));
    let details = stage.get("rui", "GET organization/41").await;
    assert_eq!(details["country"], json!({"alpha2": "YU", "name": "YU"}));
}

#[tokio::test]
async fn an_organization_without_a_registration_leaves_it_out() {
    let stage = Stage::new();
    let details = stage.get("rui", "GET organization/58").await;
    assert!(details.get("uniqueId").is_none());
    assert_eq!(details["name"], "Other");
}
