//! Requests: verb, path, query, headers and body are those of the vendor's own client, call by call.
//!
//! `requests.json` keeps the facts of that client's recorded requests. Free are page sizes and places.

use orgdeck::domain::invite::Notify;
use orgdeck::domain::query::{Cursor, OrgAt, Query, Scope};
use orgdeck::domain::{
    Assignment, Fields, Image, InviteDraft, InviteId, InviteRef, InviteStatus, Member, OrgId, Role,
    RoleKey, Text, UserAt, Value, Wish,
};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use wiremock::Request;

use super::names::{by_user, invite, invite_ref, member_id, org, shop, user};
use super::records::{acme, alan, list, new_hire};
use super::support::{KEY, Seen, Service, ok};

#[derive(Deserialize)]
struct Fixture {
    call: String,
    method: String,
    path: String,
    #[serde(default)]
    query: Vec<(String, String)>,
    body: Option<Json>,
    file: Option<File>,
}

#[derive(Deserialize)]
struct File {
    name: String,
    filename: String,
    content_type: String,
}

enum Deed {
    Ask(Query),
    Do(Wish),
    /// An invite is revoked as it was shown.
    Revoke,
}

#[tokio::test]
async fn every_call_equals_the_vendors_own() {
    let fixtures: Vec<Fixture> = serde_json::from_str(include_str!("requests.json")).unwrap();
    assert_eq!(fixtures.len(), 32);
    for fixture in fixtures {
        let service = Service::new(answer).await;
        match deed(&fixture.call) {
            Deed::Ask(query) => {
                service.ask(query).await.unwrap();
                let seen = service.seen().await;
                let of_call = seen.iter().find(|seen| decoded(&seen.path) == fixture.path);
                compare(&fixture, of_call.unwrap());
            }
            Deed::Do(wish) => sends(&service, wish, &fixture).await,
            Deed::Revoke => {
                let invite = invite(service.ask(Query::Invite(invite_ref("orginv_1"))).await);
                let invite = Box::new(invite);
                sends(&service, Wish::RevokeInvite { invite }, &fixture).await;
            }
        }
    }
}

async fn sends(service: &Service, wish: Wish, fixture: &Fixture) {
    service.carry(wish).await;
    let writes = service.writes().await;
    assert_eq!(writes.len(), 1, "{}", fixture.call);
    compare(fixture, &writes[0]);
}

fn compare(fixture: &Fixture, seen: &Seen) {
    let call = &fixture.call;
    assert_eq!(seen.method, fixture.method, "{call}");
    assert_eq!(decoded(&seen.path), fixture.path, "{call}");
    let meant = |(key, _): &&(String, String)| !matches!(key.as_str(), "limit" | "offset");
    let query: Vec<_> = seen.query.iter().filter(meant).cloned().collect();
    assert_eq!(query, fixture.query, "{call}");
    assert_eq!(
        seen.header("authorization"),
        format!("Bearer {KEY}"),
        "{call}"
    );
    assert_eq!(seen.header("clerk-api-version"), "2026-05-12", "{call}");
    match (&fixture.body, &fixture.file) {
        (Some(body), _) => {
            assert_eq!(seen.header("content-type"), "application/json", "{call}");
            assert_eq!(seen.json(), *body, "{call}");
        }
        (None, Some(file)) => compare_file(file, seen),
        (None, None) => assert!(seen.raw.body.is_empty(), "{call}"),
    }
}

fn compare_file(file: &File, seen: &Seen) {
    let kind = seen.header("content-type");
    assert!(kind.starts_with("multipart/form-data; boundary="), "{kind}");
    let body = String::from_utf8_lossy(&seen.raw.body);
    let (name, filename) = (&file.name, &file.filename);
    let head = format!("Content-Disposition: form-data; name=\"{name}\"; filename=\"{filename}\"");
    assert!(body.contains(&head), "{body}");
    assert!(
        body.contains(&format!("Content-Type: {}", file.content_type)),
        "{body}"
    );
    assert!(seen.raw.body.windows(PNG.len()).any(|part| part == PNG));
    assert_eq!(body.matches("Content-Disposition").count(), 1, "{body}");
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and the picture";

/// Documented answers, so that nothing but the request decides.
fn answer(request: &Request) -> wiremock::ResponseTemplate {
    let path = request.url.path();
    let get = request.method.as_str() == "GET";
    let document = match path {
        "/v1/users" => json!([]),
        "/v1/instance" => json!({"id": "ins_1", "environment_type": "development"}),
        path if path.starts_with("/v1/role_sets/") => json!({"roles": []}),
        "/v1/instance/organization_settings" => json!({"enabled": true, "slug_disabled": false}),
        path if path.ends_with("/invitations/orginv_1") || path.ends_with("/revoke") => new_hire(),
        "/v1/organizations" if get => list(&[acme()]),
        "/v1/organizations/org_1/memberships" if get => list(&[alan()]),
        path if path.starts_with("/v1/organizations/") && path.matches('/').count() == 3 => acme(),
        path if path.ends_with("/logo") || path.ends_with("/metadata") => acme(),
        _ if get => list(&[]),
        _ => json!({}),
    };
    ok(&document)
}

fn deed(call: &str) -> Deed {
    match call {
        "getOrganizationList" => Deed::Ask(search("acme")),
        "getOrganizationList(text)" => Deed::Ask(search("a&b c+d/ü")),
        "attributes" => Deed::Ask(Query::Org(OrgAt::Id(org()))),
        "attributes(slug)" => Deed::Ask(Query::Org(OrgAt::Slug(shop(), Text::from("acme")))),
        "getMemberships" => Deed::Ask(member_list(None, None)),
        "getMemberships(filtered)" => Deed::Ask(member_list(Some("org:admin"), Some("ada"))),
        "getMembership" => Deed::Ask(Query::Member(by_user("user_2"))),
        "getPendingInvitations" => Deed::Ask(Query::Invites {
            org: Some(org()),
            status: Some(InviteStatus::Pending),
            page: Cursor::FIRST,
        }),
        "getInvitationsOfInstance" => Deed::Ask(Query::Invites {
            org: None,
            status: Some(InviteStatus::Expired),
            page: Cursor::FIRST,
        }),
        "getInvitation" => Deed::Ask(Query::Invite(invite_ref("orginv_1"))),
        "getUserList" => Deed::Ask(Query::Users {
            text: Text::from("ada lovelace"),
            beside: None,
            page: Cursor::FIRST,
        }),
        "getUserList(address)" => Deed::Ask(Query::Users {
            text: Text::from("ada@example.com"),
            beside: Some(org()),
            page: Cursor::FIRST,
        }),
        "getUserMemberships" => Deed::Ask(Query::Memberships {
            user: UserAt::Id(user("user_2")),
            page: Cursor::FIRST,
        }),
        "instance" => Deed::Ask(Query::WhoAmI),
        "settings" => Deed::Ask(Query::Probe),
        "getRoleList" => Deed::Ask(Query::Roles { org: None }),
        "getRoleSet" => Deed::Ask(Query::Roles { org: Some(org()) }),
        "revokeInvitation" => Deed::Revoke,
        call => Deed::Do(wish(call)),
    }
}

fn wish(call: &str) -> Wish {
    match call {
        "createOrganization" => create(named("Acme")),
        "createOrganization(all)" => create(
            named("Acme")
                .with("slug", text("acme"))
                .with("created_by", text("user_1"))
                .with("max_allowed_memberships", Value::Number(0))
                .with(
                    "public_metadata",
                    Value::Json(json!({"planTier": "gold", "nested": {"camelKey": 1}})),
                ),
        ),
        "update" => edit(named("Acme 2")),
        "update(all)" => edit(
            named("Acme 2")
                .with("slug", text("acme-2"))
                .with("admin_delete_enabled", Value::Flag(false))
                .with("max_allowed_memberships", Value::Number(50)),
        ),
        "updateMetadata" => Wish::SetMetadata {
            org: org(),
            merge: json!({"planTier": "gold", "old": null}),
        },
        "setLogo" => Wish::SetLogo {
            org: org(),
            image: Image::new("logo.png", PNG.to_vec()).unwrap(),
        },
        "removeLogo" => Wish::RemoveLogo { org: org() },
        "destroy" => Wish::DeleteOrg { org: org() },
        "addMember" => Wish::AddMember {
            org: org(),
            user: user("user_2"),
            role: Role::named("org:member"),
            metadata: None,
        },
        "updateMember" => Wish::SetRoles {
            member: by_user("user_2"),
            from: vec![Assignment {
                role: Role::named("org:member"),
                id: None,
            }],
            to: vec![Role::named("org:admin")],
        },
        "removeMember" => Wish::RemoveMember {
            member: Box::new(Member::reference(by_user("user_2"), member_id("orgmem_2"))),
        },
        call => Wish::Invite {
            org: org(),
            drafts: drafts(call),
        },
    }
}

fn drafts(call: &str) -> Vec<InviteDraft> {
    let member = |email: &str| InviteDraft {
        role: Some(Role::named("org:member")),
        ..InviteDraft::to(email)
    };
    let redirect = Some(Text::from("https://app.example.com/accept"));
    match call {
        "inviteMember" => vec![InviteDraft {
            redirect,
            ..member("new@example.com")
        }],
        "inviteMember(all)" => vec![InviteDraft {
            expires_in_days: Some(7),
            notify: Notify::Silent,
            public_metadata: Some(json!({"dept": "ops"})),
            private_metadata: Some(json!({"src": "import"})),
            ..member("new@example.com")
        }],
        "inviteMembers" => vec![
            member("a@example.com"),
            InviteDraft {
                role: Some(Role::named("org:admin")),
                redirect,
                ..InviteDraft::to("b@example.com")
            },
        ],
        unknown => panic!("no deed for {unknown}"),
    }
}

fn named(name: &str) -> Fields {
    Fields::default().with("name", text(name))
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

fn search(words: &str) -> Query {
    Query::Orgs {
        scope: Scope::Own,
        text: Some(Text::from(words)),
        page: Cursor::FIRST,
    }
}

fn member_list(role: Option<&str>, words: Option<&str>) -> Query {
    Query::Members {
        org: org(),
        role: role.map(RoleKey::from),
        text: words.map(Text::from),
        page: Cursor::FIRST,
    }
}

/// The path as the server reads it.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
        } else {
            byte
        });
    }
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn what_reserved_letters_mean_survives_the_query() {
    let service = Service::saying(list(&[])).await;
    service.ask(search("a&b c+d=#?")).await.unwrap();
    let seen = service.only().await;
    let query = seen.raw.url.query().unwrap();
    assert!(query.contains("query=a%26b%20c%2Bd%3D%23%3F"), "{query}");
}

#[tokio::test]
async fn ids_travel_as_one_segment_byte_for_byte() {
    for hostile in ["a/b", "a?b=c", "a#b", "%2e%2e", "ä b+c", "x%2Fy", "a\\b"] {
        let service = Service::failing(404, json!({})).await;
        let id = OrgId::new(&shop(), hostile);
        let _ = service.ask(Query::Org(OrgAt::Id(id.clone()))).await;
        let at = InviteRef {
            org: id,
            id: InviteId::new(&shop(), hostile),
        };
        let _ = service.ask(Query::Invite(at)).await;
        let seen = service.seen().await;
        assert_eq!(
            decoded(&seen[0].path),
            format!("/v1/organizations/{hostile}")
        );
        let path = format!("/v1/organizations/{hostile}/invitations/{hostile}");
        assert_eq!(decoded(&seen[1].path), path);
        assert_eq!(seen[1].path.matches('/').count(), 5, "{hostile}");
    }
}
