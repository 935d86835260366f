//! Each request, compared with what balena's own client sends for the same method (`requests.json`
//! holds those facts). Free to differ: fewer look-ups, and the options that choose fields and pages.

use std::collections::BTreeMap;

use orgdeck::domain::member::Mine;
use orgdeck::domain::query::{OrgAt, Scope};
use orgdeck::domain::request::{Body, PartContent};
use orgdeck::domain::{
    Assignment, Cursor, Fields, Image, InviteDraft, Member, MemberRef, Method, Mutation, Query,
    Role, Secret, Text, Told, UserAt, Value, Wish,
};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::records::{invite_record, member_record, org_record, role_records};
use super::script::{Call, decode, ok, status};
use super::stage::{KEY, Stage, invite, member, org, pair, profile, user};

#[derive(Deserialize)]
struct Recorded {
    method: String,
    case: String,
    request: Facts,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Facts {
    verb: String,
    path: String,
    #[serde(default)]
    query: BTreeMap<String, String>,
    #[serde(default, rename = "type")]
    content_type: Option<String>,
    #[serde(default)]
    body: Json,
}

impl Facts {
    fn of(call: &Call) -> Self {
        let free = ["$select", "$expand", "$orderby", "$top", "$skip"];
        let mut query = call.query.clone();
        query.retain(|name, _| !free.contains(&name.as_str()));
        Self {
            verb: call.method.clone(),
            path: call.path.clone(),
            query,
            content_type: call.headers.get("content-type").cloned(),
            body: call.body.clone(),
        }
    }
}

enum Act {
    Ask(Query),
    Do(Wish),
}

fn named(name: &str) -> Fields {
    Fields::default().with("name", Value::Text(Text::from(name)))
}

fn with_handle() -> Fields {
    named("Acme Robotics").with("slug", Value::Text(Text::from("acme")))
}

fn image() -> Image {
    Image::new("img.jpeg", vec![0xff, 0xd8, 0xff, 0xe0]).unwrap()
}

fn create(fields: Fields) -> Act {
    Act::Do(Wish::CreateOrg {
        profile: profile(),
        fields,
        first_member: None,
    })
}

fn by_handle(handle: &str) -> Act {
    Act::Ask(Query::Org(OrgAt::Slug(profile(), Text::from(handle))))
}

fn invite_with(draft: InviteDraft) -> Act {
    Act::Do(Wish::Invite {
        org: org("101"),
        drafts: vec![draft],
    })
}

fn change_role(member: MemberRef) -> Act {
    Act::Do(Wish::SetRoles {
        member,
        from: vec![Assignment {
            role: Role::named("administrator"),
            id: None,
        }],
        to: vec![Role::named("member")],
    })
}

fn remove(at: MemberRef) -> Act {
    let id = orgdeck::domain::MemberId::new(&profile(), "55");
    let member = Member {
        is_me: Told::Is(Mine::Other),
        ..Member::reference(at, id)
    };
    Act::Do(Wish::RemoveMember {
        member: Box::new(member),
    })
}

fn memberships(user: UserAt) -> Act {
    Act::Ask(Query::Memberships {
        user,
        page: Cursor::FIRST,
    })
}

fn full_draft() -> InviteDraft {
    InviteDraft {
        role: Some(Role::named("member")),
        message: Some(Text::from("Welcome aboard")),
        ..InviteDraft::to("new.person@example.com")
    }
}

fn open_invites(org: Option<orgdeck::domain::OrgId>) -> Act {
    Act::Ask(Query::Invites {
        org,
        status: None,
        page: Cursor::FIRST,
    })
}

/// What we do for a method of balena's own client.
fn act(method: &str, case: &str) -> Act {
    match (method, case) {
        ("whoami", _) => Act::Ask(Query::WhoAmI),
        ("organization.create", "name") => create(named("Acme Robotics")),
        ("organization.create", "name and handle") => create(with_handle()),
        ("organization.create", "with a logo") => {
            create(with_handle().with("logo_image", Value::Image(image())))
        }
        ("organization.get", "by handle") => by_handle("acme"),
        ("organization.get", "by a handle of digits") => by_handle("101"),
        ("organization.get", "by id") => Act::Ask(Query::Org(OrgAt::Id(org("101")))),
        ("organization.get", _) => by_handle("o'neill & co/x"),
        ("organization.getAll", _) => Act::Ask(Query::Orgs {
            scope: Scope::All,
            text: None,
            page: Cursor::FIRST,
        }),
        ("organization.remove", _) => Act::Do(Wish::DeleteOrg { org: org("101") }),
        ("PATCH of the record", _) => Act::Do(Wish::EditOrg {
            org: org("101"),
            fields: named("Acme Robots"),
        }),
        ("organization.invite.accept", _) => Act::Do(Wish::AcceptInvite {
            profile: profile(),
            token: Secret::new("qwerty-invitation-token"),
        }),
        ("organization.invite.create", "address") => {
            invite_with(InviteDraft::to("new.person@example.com"))
        }
        ("organization.invite.create", _) => invite_with(full_draft()),
        ("organization.invite.getAll", _) => open_invites(None),
        ("organization.invite.getAllByOrganization", _) => open_invites(Some(org("101"))),
        ("organization.invite.revoke", _) => Act::Do(Wish::RevokeInvite {
            invite: Box::new(super::plan::listed()),
        }),
        ("organization.membership.changeRole", "by id") => change_role(member("101", "55")),
        ("organization.membership.changeRole", _) => change_role(pair("101", "11")),
        ("organization.membership.get", "by id") => Act::Ask(Query::Member(member("101", "55"))),
        ("organization.membership.get", _) => Act::Ask(Query::Member(pair("101", "11"))),
        ("organization.membership.getAllByOrganization", _) => Act::Ask(Query::Members {
            org: org("101"),
            role: None,
            text: None,
            page: Cursor::FIRST,
        }),
        ("organization.membership.getAllByUser", "by id") => memberships(UserAt::Id(user("11"))),
        ("organization.membership.getAllByUser", _) => {
            memberships(UserAt::Name(profile(), Text::from("maria")))
        }
        ("organization.membership.remove", "by id") => remove(member("101", "55")),
        ("organization.membership.remove", _) => remove(pair("101", "11")),
        ("list of roles", _) => Act::Ask(Query::Roles { org: None }),
        _ => panic!("{method} {case} is not tried"),
    }
}

/// A cloud that has one of everything and takes every change.
async fn stage() -> Stage {
    let stage = Stage::cloud().await;
    stage.records("GET /v7/organization", &json!([]));
    stage.records(
        "GET /v7/organization(handle='acme')",
        &json!([org_record()]),
    );
    stage.records("GET /v7/organization(101)", &json!([org_record()]));
    stage.records("GET /v7/organization_membership", &json!([]));
    stage.records("GET /v7/organization_membership_role", &role_records());
    stage.records("GET /v7/invitee__is_invited_to__organization", &json!([]));
    let invite = "/v7/invitee__is_invited_to__organization(77)";
    stage.records(&format!("GET {invite}"), &json!([invite_record()]));
    for key in ["55", "user=11,is_member_of__organization=101"] {
        let path = format!("/v7/organization_membership({key})");
        stage.records(&format!("GET {path}"), &json!([member_record()]));
    }
    stage
}

async fn facts(recorded: &Recorded) -> Call {
    let stage = stage().await;
    let line = format!("{} {}", recorded.request.verb, recorded.request.path);
    match act(&recorded.method, &recorded.case) {
        Act::Ask(query) => drop(stage.ask(query).await),
        Act::Do(wish) => {
            stage.when(&line, "", status(200, ""));
            stage.carry_one(wish).await;
            assert_eq!(stage.writes().await.len(), 1, "{line}: one write");
        }
    }
    stage.last(&line).await
}

#[tokio::test]
async fn requests_are_those_of_the_vendors_client() {
    let recorded: Vec<Recorded> = serde_json::from_str(include_str!("requests.json")).unwrap();
    for recorded in recorded {
        let call = facts(&recorded).await;
        let what = format!("{} {}", recorded.method, recorded.case);
        assert_eq!(Facts::of(&call), recorded.request, "{what}");
        assert_eq!(
            call.headers["authorization"],
            format!("Bearer {KEY}"),
            "{what}"
        );
    }
}

#[test]
fn every_method_of_the_reference_is_compared() {
    let recorded: Vec<Recorded> = serde_json::from_str(include_str!("requests.json")).unwrap();
    let methods = [
        "organization.create",
        "organization.get",
        "organization.getAll",
        "organization.remove",
        "PATCH of the record",
        "organization.invite.accept",
        "organization.invite.create",
        "organization.invite.getAll",
        "organization.invite.getAllByOrganization",
        "organization.invite.revoke",
        "organization.membership.changeRole",
        "organization.membership.get",
        "organization.membership.getAllByOrganization",
        "organization.membership.getAllByUser",
        "organization.membership.remove",
    ];
    for method in methods {
        assert!(
            recorded.iter().any(|known| known.method == method),
            "{method}"
        );
    }
}

#[tokio::test]
async fn what_is_rendered_is_what_is_sent() {
    let stage = stage().await;
    let path = "/v7/organization_membership(user=11,is_member_of__organization=101)";
    stage.when(&format!("PATCH {path}"), "", status(200, ""));
    let Act::Do(wish) = act("organization.membership.changeRole", "by pair") else {
        panic!("a change of role is a wish");
    };
    let rendered = stage.render(&stage.plan(wish.clone()).await.unwrap()[0]);
    stage.carry_one(wish).await;
    let sent = stage.last(&format!("PATCH {path}")).await;
    assert_eq!(rendered.method, Method::Patch);
    assert_eq!(rendered.target(), sent.target);
    assert_eq!(rendered.body, Body::Json(sent.body));
}

#[tokio::test]
async fn r45_a_quote_in_a_handle_is_doubled_and_the_rest_encoded() {
    let stage = stage().await;
    drop(
        stage
            .ask(Query::Org(OrgAt::Slug(
                profile(),
                Text::from("o'neill & co/x"),
            )))
            .await,
    );
    let sent = stage.sent().await;
    let target = &sent.last().unwrap().target;
    assert!(
        target.starts_with("/v7/organization(handle='o''neill%20%26%20co%2Fx')?"),
        "{target}"
    );
}

#[tokio::test]
async fn a_logo_goes_up_as_a_part_and_away_as_null() {
    let stage = stage().await;
    let set = stage.render(&Mutation::SetLogo {
        org: org("101"),
        image: image(),
    });
    assert_eq!(
        (set.method, set.path.as_str()),
        (Method::Patch, "/v7/organization(101)")
    );
    let Body::Multipart(parts) = set.body else {
        panic!("an image goes as multipart");
    };
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].name, "logo_image");
    assert_eq!(parts[0].content, PartContent::File(image()));
    let removed = stage.render(&Mutation::RemoveLogo { org: org("101") });
    assert_eq!(removed.method, Method::Patch);
    assert_eq!(removed.body, Body::Json(json!({"logo_image": null})));
}

#[tokio::test]
async fn the_token_of_an_invite_is_encoded_when_sent_and_never_rendered() {
    let stage = stage().await;
    stage.when("POST /org/v1/invitation/a/b c?", "", ok(&json!({})));
    let wish = Wish::AcceptInvite {
        profile: profile(),
        token: Secret::new("a/b c?"),
    };
    let rendered = stage.render(&stage.plan(wish.clone()).await.unwrap()[0]);
    assert_eq!(rendered.path, "/org/v1/invitation/{token}");
    stage.carry_one(wish).await;
    let writes = stage.writes().await;
    assert_eq!(writes[0].target, "/org/v1/invitation/a%2Fb%20c%3F");
    assert_eq!(decode(&writes[0].target), "/org/v1/invitation/a/b c?");
}

#[tokio::test]
async fn an_emptied_field_is_null_and_one_left_out_is_not_sent() {
    let stage = stage().await;
    let fields = Fields::default()
        .with("website", Value::Text(Text::from("")))
        .with("industry", Value::Text(Text::from("Robots")));
    let edit = stage.render(&Mutation::EditOrg {
        org: org("101"),
        fields: fields.clone(),
    });
    assert_eq!(
        edit.body,
        Body::Json(json!({"website": null, "industry": "Robots"}))
    );
    let create = stage.render(&Mutation::CreateOrg {
        profile: profile(),
        fields: fields.with("name", Value::Text(Text::from("Acme"))),
    });
    assert_eq!(
        create.body,
        Body::Json(json!({"name": "Acme", "industry": "Robots"}))
    );
}

#[tokio::test]
async fn r98_a_change_without_a_key_cannot_be_made() {
    let stage = Stage::bare(KEY).await;
    for id in ["", "acme", "1) or (1 eq 1", "+1", "01", "-1", "1,2"] {
        let changes = [
            Mutation::DeleteOrg { org: org(id) },
            Mutation::EditOrg {
                org: org(id),
                fields: named("x"),
            },
            Mutation::RevokeInvite {
                invite: invite("101", id),
            },
            Mutation::RemoveMember {
                member: pair("101", id),
                why: orgdeck::domain::mutation::Parting::Removed,
            },
        ];
        for change in changes {
            let request = stage.render(&change);
            assert_eq!(request.method, Method::Get, "{id}: {}", request.path);
        }
    }
}
