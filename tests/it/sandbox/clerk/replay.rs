//! Every recorded request of the official client, against what is published of the answers.
//!
//! The one recorded refusal of too many reads is not here: reads do not move the world's clock, so
//! only writes are limited.

use bytes::Bytes;
use orgdeck::sandbox::Service::Clerk;
use orgdeck::sandbox::world::{Invite, InviteState, Key, Logo, Org, World};
use serde::Deserialize;
use serde_json::Value;

use super::schema::Schemas;
use super::{Answer, Desk};

/// A call of the client's own interface.
#[derive(Deserialize)]
struct Case {
    call: String,
    requests: Vec<Sent>,
    /// What must not be there before.
    lacks: Option<String>,
}

/// A request that it sends, and the answer.
#[derive(Deserialize)]
struct Sent {
    line: String,
    body: Option<Value>,
    multipart: Option<Vec<SentPart>>,
    status: u16,
    reply: String,
    shows: Option<Value>,
}

#[derive(Deserialize)]
struct SentPart {
    headers: Vec<String>,
    size: usize,
}

/// What the client puts on every request beside its key.
const HEADERS: [(&str, &str); 2] = [("User-Agent", "@clerk/backend@3.25.0"), ("Accept", "*/*")];

#[tokio::test]
async fn every_recorded_request_is_answered_as_published() {
    let schemas = Schemas::read();
    let cases: Vec<Case> = serde_json::from_str(include_str!("requests.json")).unwrap();
    assert_eq!(cases.len(), 54);
    for case in cases {
        let desk = Desk::open();
        desk.world(|world| furnish(world, case.lacks.as_deref()));
        for sent in &case.requests {
            let answer = replay(&desk, sent).await;
            let told = format!("{}: {} {}", case.call, sent.line, answer.body);
            assert_eq!(answer.status(), sent.status, "{told}");
            let kind = answer.heard.header("content-type");
            assert_eq!(kind, Some("application/json"), "{told}");
            assert!(answer.heard.header("x-clerk-trace-id").is_some(), "{told}");
            assert_eq!(
                schemas.complaints(&sent.reply, &answer.body),
                [""; 0],
                "{told}"
            );
            let shows = sent.shows.as_ref().unwrap_or(&Value::Null);
            assert!(
                sent.shows.is_none() || contains(&answer.body, shows),
                "{told}\n{shows}"
            );
        }
        assert_eq!(desk.sandbox.unknown_routes(), [""; 0]);
    }
}

async fn replay(desk: &Desk, sent: &Sent) -> Answer {
    let (kind, body) = match (&sent.body, &sent.multipart) {
        (_, Some(parts)) => ("multipart/form-data; boundary=X", multipart(parts)),
        (Some(body), None) => ("application/json", body.to_string()),
        (None, None) => ("application/json", String::new()),
    };
    let headers = [&HEADERS[..], &[("Content-Type", kind)]].concat();
    desk.send(&sent.line, &headers, &body).await
}

fn multipart(parts: &[SentPart]) -> String {
    let parts = parts.iter().map(|part| {
        // The one part that is no file names a user.
        let content = if part.size == 6 {
            "user_1"
        } else {
            &"x".repeat(part.size)
        };
        format!("--X\r\n{}\r\n\r\n{content}\r\n", part.headers.join("\r\n"))
    });
    parts.collect::<String>() + "--X--\r\n"
}

/// Whether `whole` has all that is in `part`; lists must be of the same length.
fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => part.iter().all(|(name, part)| {
            let known = whole.get(name);
            known.is_some_and(|whole| contains(whole, part))
        }),
        (Value::Array(whole), Value::Array(part)) => {
            let mut pairs = whole.iter().zip(part);
            whole.len() == part.len() && pairs.all(|(whole, part)| contains(whole, part))
        }
        (whole, part) => whole == part,
    }
}

/// Adds what the recorded requests name: two users, two organizations, invitations, role ids.
fn furnish(world: &mut World, lacks: Option<&str>) {
    "https://img.clerk.com".clone_into(&mut world.settings.pictures);
    let ada = world.add_person(|person| {
        person.join_as(Clerk, "user_1");
        person.username = Some("ada".to_owned());
        person.first_name = Some("Ada".to_owned());
        person.last_name = Some("Lovelace".to_owned());
        person.emails = vec!["ada@example.com".to_owned()];
    });
    let bea = world.add_person(|person| {
        person.join_as(Clerk, "user_2");
        person.emails = vec!["bea@example.com".to_owned()];
    });
    let acme = world.add_org_at(Key::new(Clerk, 1_000), |org| {
        dress(org);
        org.created_by = Some(ada);
        org.slug = org.slug.take().filter(|_| lacks != Some("slug"));
    });
    world.add_member(acme, ada, &["org:admin"]).unwrap();
    if lacks != Some("membership") {
        let member = world.add_member(acme, bea, &["org:member"]).unwrap();
        world.edit_member(member, |member| {
            member.metadata.private.insert("note".to_owned(), 1.into());
        });
    }
    let zeta = world.add_org(Clerk, |org| {
        org.id = "org_2".into();
        org.name = "Zeta".into();
    });
    invite(world, (acme, "waiting@example.com"), |invite| {
        invite.id = "orginv_1".into();
    });
    invite(world, (acme, "unwanted@example.com"), |invite| {
        invite.state = InviteState::Revoked;
    });
    invite(world, (acme, "late@example.com"), |invite| {
        invite.expires = Some(invite.created);
    });
    invite(world, (zeta, "bea@example.com"), |_| ());
    let roles = world.catalogue.roles.iter_mut();
    for role in roles.filter(|role| role.service == Clerk) {
        role.id = format!("role_{}", role.number);
    }
}

fn invite(world: &mut World, (org, email): (Key, &str), fill: impl FnOnce(&mut Invite)) {
    let added = world.add_invite(org, email, |invite| {
        invite.role = Some("org:member".to_owned());
        fill(invite);
    });
    added.unwrap();
}

fn dress(org: &mut Org) {
    org.id = "org_1".into();
    org.name = "Acme".into();
    org.slug = Some("acme".to_owned());
    org.logo = Some(Logo {
        filename: "acme.png".to_owned(),
        content_type: "image/png".to_owned(),
        bytes: Bytes::from_static(b"x"),
    });
    let public = serde_json::json!({"old": 1, "kept": {"deep": true}});
    org.metadata.public = serde_json::from_value(public).unwrap();
    org.metadata.private.insert("crm".to_owned(), 1.into());
}
