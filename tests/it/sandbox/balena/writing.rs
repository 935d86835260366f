//! Writes: what success looks like, what is dropped in silence, what is refused by type.

use serde_json::{Value, json};

use super::{ADA, Desk, MARIA, json as body_of, org, said};

const ACME: &str = "/v7/organization(101)";
const I: &str = "/v7/invitee__is_invited_to__organization";

#[tokio::test]
async fn a_creation_answers_the_bare_record_and_its_place() {
    let desk = Desk::small();
    let sent = json!({"name": "Müller & Söhne 🚀", "nope": 1, "id": 7});
    let heard = desk.send("POST /v7/organization", &sent).await;
    assert_eq!(heard.status(), 201);
    let made = body_of(&heard);
    let location = format!("/v7/organization(@id)?@id={}", made["id"]);
    assert_eq!(heard.header("location"), Some(location.as_str()));
    assert_eq!(made["name"], "Müller & Söhne 🚀");
    assert_eq!(made["handle"], "m_ller_s_hne");
    assert_eq!(made["logo_image"], Value::Null);
    let target = format!("/v7/organization({})", made["id"]);
    assert_eq!(desk.list(&target).await, [made]);
}

#[tokio::test]
async fn a_handle_is_made_when_none_is_sent() {
    let desk = Desk::small();
    for (name, handle) in [
        ("ACME", "acme_2"),
        ("ACME", "acme_3"),
        ("文子", "org_1"),
        ("  O'Neill 7 ", "o_neill_7"),
    ] {
        let heard = desk
            .send("POST /v7/organization", &json!({"name": name}))
            .await;
        assert_eq!(body_of(&heard)["handle"], handle);
    }
}

#[tokio::test]
async fn fields_of_a_company_are_written_and_taken_away() {
    let desk = Desk::small();
    let fields = json!({"website": "https://a.example", "company_name": "Acme AG",
        "industry": "Pilots", "is_enforcing_saml_login": true});
    let heard = desk.send(&format!("PATCH {ACME}"), &fields).await;
    assert_eq!(said(&heard), (200, ""));
    assert_eq!(heard.header("content-type"), None);
    let select = format!("{ACME}?$select=website,company_name,industry,is_enforcing_saml_login");
    assert_eq!(desk.list(&select).await, [fields]);
    let sent = json!({"website": null, "nope": 1});
    assert_eq!(
        desk.send(&format!("PATCH {ACME}"), &sent).await.status(),
        200
    );
    let record = &desk.list(ACME).await[0];
    assert_eq!(record["website"], Value::Null);
    assert_eq!(record["industry"], "Pilots");
    assert_eq!(record["name"], "Acme Robotics");
}

const FORM: &str = "multipart/form-data; boundary=X";

fn form(name: &str) -> String {
    format!(
        "--X\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n{name}\r\n--X\r\n\
        Content-Disposition: form-data; name=\"logo_image\"; filename=\"i.jpeg\"\r\n\
        Content-Type: image/jpeg\r\n\r\nabcd\r\n--X--\r\n"
    )
}

#[tokio::test]
async fn a_logo_comes_with_a_form_and_goes_with_null() {
    let desk = Desk::small();
    let sent = (Some(FORM), form("Acme"));
    let heard = desk.send_as(&format!("PATCH {ACME}"), sent).await;
    assert_eq!(said(&heard), (200, ""));
    let record = &desk.list(ACME).await[0];
    let logo = &record["logo_image"];
    assert_eq!(
        (&record["name"], &logo["filename"]),
        (&json!("Acme"), &json!("i.jpeg"))
    );
    assert_eq!(
        (&logo["content_type"], &logo["size"]),
        (&json!("image/jpeg"), &json!(4))
    );
    let heard = desk
        .send(&format!("PATCH {ACME}"), &json!({"logo_image": null}))
        .await;
    assert_eq!(said(&heard), (200, ""));
    assert_eq!(desk.list(ACME).await[0]["logo_image"], Value::Null);
    let heard = desk
        .send(&format!("PATCH {ACME}"), &json!({"logo_image": "x"}))
        .await;
    assert_eq!(said(&heard), (400, ""));
}

#[tokio::test]
async fn an_organization_is_made_with_its_logo() {
    let desk = Desk::small();
    let heard = desk
        .send_as("POST /v7/organization", (Some(FORM), form("Logo Org")))
        .await;
    assert_eq!(heard.status(), 201);
    let made = body_of(&heard);
    assert_eq!(made["handle"], "logo_org");
    assert_eq!(made["logo_image"]["filename"], "i.jpeg");
}

#[tokio::test]
async fn writes_to_nothing_succeed_in_silence() {
    let desk = Desk::small();
    let name = json!({"name": "X"});
    let role = json!({"organization_membership_role": 1});
    for (line, sent) in [
        ("PATCH /v7/organization(999999)", &name),
        ("PATCH /v7/organization(handle='nope')", &name),
        ("PATCH /v7/organization_membership(999999)", &role),
        ("PATCH /v7/organization?$filter=id%20eq%20999999", &name),
    ] {
        assert_eq!(said(&desk.send(line, sent).await), (200, ""), "{line}");
    }
    for target in [
        "/v7/organization(999999)".to_owned(),
        "/v7/organization_membership(user=999,is_member_of__organization=101)".to_owned(),
        format!("{I}(999999)"),
    ] {
        assert_eq!(said(&desk.delete(&target).await), (200, ""), "{target}");
    }
    assert_eq!(
        desk.column("/v7/organization", "name").await,
        ["Acme Robotics"]
    );
}

#[tokio::test]
async fn a_write_without_a_key_meets_all_that_its_filter_finds() {
    let desk = Desk::small();
    desk.sandbox.world(|world| {
        let second = org(world, 102, "Second", "second");
        world.add_member(second, ADA, &["administrator"]);
        let others = org(world, 103, "Others", "others");
        world.add_member(others, MARIA, &["administrator"]);
        world.add_member(others, ADA, &["member"]);
    });
    let sent = json!({"website": "https://x.example"});
    let heard = desk
        .send("PATCH /v7/organization?$filter=id%20gt%20101", &sent)
        .await;
    assert_eq!(said(&heard), (200, ""));
    let sites = desk
        .column("/v7/organization?$orderby=id%20asc", "website")
        .await;
    assert_eq!(
        sites,
        [json!(null), json!("https://x.example"), json!(null)]
    );
    assert_eq!(said(&desk.delete("/v7/organization").await), (200, ""));
    assert_eq!(desk.column("/v7/organization", "id").await, [103]);
}

#[tokio::test]
async fn roles_change_by_id_and_by_pair() {
    let desk = Desk::small();
    let role = |number: u64| json!({"organization_membership_role": number});
    let target = "/v7/organization_membership(55)";
    let pair = "/v7/organization_membership(user=11,is_member_of__organization=101)";
    for (line, number, name) in [(target, 1, "administrator"), (pair, 2, "member")] {
        let heard = desk.send(&format!("PATCH {line}"), &role(number)).await;
        assert_eq!(said(&heard), (200, ""));
        assert_eq!(desk.column(target, "effective_seat_role").await, [name]);
    }
    let heard = desk.send(&format!("PATCH {target}"), &role(99)).await;
    let words = r#""Data is referenced by organization_membership_role.""#;
    assert_eq!(said(&heard), (409, words));
}

#[tokio::test]
async fn an_invite_carries_role_and_message_or_the_defaults() {
    let desk = Desk::small();
    let sent = json!({"is_invited_to__organization": 101, "invitee": "a@example.com"});
    let heard = desk.send(&format!("POST {I}"), &sent).await;
    let mut made = body_of(&heard);
    let id = made["id"].take();
    assert_eq!(
        heard.header("location"),
        Some(&*format!("{I}(@id)?@id={id}"))
    );
    let link = |number: u64| json!({"__id": number});
    let invitee = link(id.as_u64().unwrap() + 103);
    assert_eq!(
        made,
        json!({"id": null, "message": null, "invitee": invitee, "organization_membership_role":
            link(2), "is_invited_to__organization": link(101), "is_created_by__user": link(10)})
    );
    let sent = json!({"is_invited_to__organization": "101", "invitee": "b@example.com",
        "message": "Welcome", "organization_membership_role": 1});
    let made = body_of(&desk.send(&format!("POST {I}"), &sent).await);
    assert_eq!(
        (&made["message"], &made["organization_membership_role"]),
        (&json!("Welcome"), &link(1))
    );
    let target = format!("{I}({})?$expand=invitee", made["id"]);
    assert_eq!(
        desk.list(&target).await[0]["invitee"][0]["email"],
        "b@example.com"
    );
    assert_eq!(said(&desk.delete(&target).await), (200, ""));
    assert_eq!(desk.column(I, "id").await, [json!(77), id]);
}
