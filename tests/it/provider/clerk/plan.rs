//! Plans: the changes that a wish comes to, and the wishes that come to none.

use orgdeck::domain::mutation::Parting;
use orgdeck::domain::{
    Assignment, Body, Fault, Fields, Image, Member, Method, Mutation, OrgRef, Role, Text, Value,
    Wish,
};
use serde_json::json;

use super::names::{by_id, by_user, member_id, org, shop, user};
use super::records::{acme, alan, list};
use super::support::{Service, invalid, nothing, refused};

fn role(key: &str) -> Role {
    Role::named(key)
}

fn held(key: &str) -> Vec<Assignment> {
    vec![Assignment {
        role: role(key),
        id: None,
    }]
}

fn text(text: &str) -> Value {
    Value::Text(Text::from(text))
}

fn create(fields: Fields) -> Wish {
    Wish::CreateOrg {
        profile: shop(),
        fields,
        first_member: None,
    }
}

fn edit(fields: Fields) -> Wish {
    Wish::EditOrg { org: org(), fields }
}

#[tokio::test]
async fn a_first_member_is_added_to_what_the_first_step_makes() {
    let service = nothing().await;
    let fields = Fields::default().with("name", text("Acme"));
    let wish = Wish::CreateOrg {
        profile: shop(),
        fields: fields.clone(),
        first_member: Some((user("user_1"), role("org:admin"))),
    };
    let changes = service.plan(wish).await;
    let add = Mutation::AddMember {
        org: OrgRef::Of(shop(), 0),
        user: user("user_1"),
        role: role("org:admin"),
        metadata: None,
    };
    assert_eq!(
        changes,
        [
            Mutation::CreateOrg {
                profile: shop(),
                fields
            },
            add.clone()
        ]
    );
    let request = service.provider().render(&add);
    assert_eq!(request.path, "/v1/organizations/{id of step 1}/memberships");
    assert!(service.seen().await.is_empty());
}

#[tokio::test]
async fn fields_that_clerk_does_not_have_are_not_dropped_in_silence() {
    let picture = Image::new("a.gif", b"GIF89a".to_vec()).unwrap();
    let with_logo = Fields::default().with("logo_image", Value::Image(picture));
    let why = "there is no such field here";
    assert_eq!(refused(create(with_logo)).await, invalid("logo_image", why));
    let website = Fields::default().with("website", text("https://example.com"));
    assert_eq!(refused(edit(website)).await, invalid("website", why));
    let creator = Fields::default().with("created_by", text("user_1"));
    assert_eq!(refused(edit(creator)).await, invalid("created_by", why));
}

#[tokio::test]
async fn metadata_among_edited_fields_goes_out_by_its_own_call() {
    let merge = json!({"plan": null});
    let fields = Fields::default()
        .with("name", text("Acme 2"))
        .with("public_metadata", Value::Json(merge.clone()));
    let changes = nothing().await.plan(edit(fields)).await;
    let name = Fields::default().with("name", text("Acme 2"));
    assert_eq!(
        changes,
        [
            Mutation::EditOrg {
                org: org(),
                fields: name
            },
            Mutation::MergeMetadata {
                org: org(),
                merge: merge.clone()
            },
        ]
    );
    let alone = Fields::default().with("public_metadata", Value::Json(merge.clone()));
    let changes = nothing().await.plan(edit(alone)).await;
    assert_eq!(changes, [Mutation::MergeMetadata { org: org(), merge }]);
    assert!(
        nothing()
            .await
            .plan(edit(Fields::default()))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn metadata_is_an_object() {
    let why = invalid("public_metadata", "a JSON object is needed");
    for document in [json!([]), json!("x"), json!(null)] {
        let wish = Wish::SetMetadata {
            org: org(),
            merge: document.clone(),
        };
        assert_eq!(refused(wish).await, why);
        let fields = Fields::default().with("public_metadata", Value::Json(document));
        assert_eq!(refused(create(fields)).await, why);
    }
}

#[tokio::test]
async fn the_role_that_is_held_already_is_no_change() {
    let service = nothing().await;
    let wish = |to: Vec<Role>| Wish::SetRoles {
        member: by_user("user_2"),
        from: held("org:member"),
        to,
    };
    assert!(
        service
            .plan(wish(vec![role("org:member")]))
            .await
            .is_empty()
    );
    let change = Mutation::SetRole {
        member: by_user("user_2"),
        role: role("org:admin"),
    };
    assert_eq!(service.plan(wish(vec![role("org:admin")])).await, [change]);
    assert!(service.seen().await.is_empty());
}

#[tokio::test]
async fn a_member_holds_exactly_one_role() {
    for to in [vec![], vec![role("org:admin"), role("org:member")]] {
        let wish = Wish::SetRoles {
            member: by_user("user_2"),
            from: held("org:member"),
            to,
        };
        assert_eq!(
            refused(wish).await,
            invalid("role", "a member holds exactly one role here")
        );
    }
}

#[tokio::test]
async fn a_membership_id_becomes_the_user_in_the_plan() {
    let service = Service::saying(list(&[alan()])).await;
    let wish = Wish::SetRoles {
        member: by_id("orgmem_2"),
        from: held("org:member"),
        to: vec![role("org:admin")],
    };
    let change = Mutation::SetRole {
        member: by_user("user_2"),
        role: role("org:admin"),
    };
    assert_eq!(service.plan(wish).await, [change]);
    let member = Member::reference(by_id("orgmem_2"), member_id("orgmem_2"));
    let change = Mutation::RemoveMember {
        member: by_user("user_2"),
        why: Parting::Removed,
    };
    let wish = Wish::RemoveMember {
        member: Box::new(member),
    };
    assert_eq!(service.plan(wish).await, [change]);
    assert!(service.writes().await.is_empty());
}

#[tokio::test]
async fn a_membership_whose_user_nobody_tells_cannot_be_changed() {
    let nameless = json!({"id": "orgmem_2", "role": "org:member"});
    let service = Service::saying(list(&[nameless])).await;
    let member = Member::reference(by_id("orgmem_2"), member_id("orgmem_2"));
    let wish = Wish::RemoveMember {
        member: Box::new(member),
    };
    let error = service.provider().plan(wish).await.unwrap_err();
    let why = "members are addressed by user here, not by membership id";
    assert_eq!(error.fault, Fault::NotOffered(why));
}

#[tokio::test]
async fn what_is_shown_is_what_would_be_sent() {
    let service = Service::knowing(&[("GET", "/v1/organizations/org_1", acme())]).await;
    let plan = service.prepare(Wish::DeleteOrg { org: org() }).await;
    assert_eq!(plan.steps.len(), 1);
    let request = &plan.steps[0].request;
    assert_eq!(
        (request.method, request.target()),
        (Method::Delete, "/v1/organizations/org_1".to_owned())
    );
    assert_eq!(request.body, Body::Empty);
}
