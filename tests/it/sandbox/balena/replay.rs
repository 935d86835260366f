//! Recorded requests and recorded answers: what the official client sends must be answered as the
//! real server answers, and what the real server was asked gets the same answer here.

use orgdeck::sandbox::Service::Balena;
use orgdeck::sandbox::world::{Actor, BalenaKind, Key, PersonKey, Principal, World};
use serde::Deserialize;
use serde_json::Value;

use super::likeness::{is_even, normal, shape, without_extras};
use super::{ADA, Desk, MARIA, add_person, key, org, tiny};
use crate::support::raw::{self, Heard};

/// Verb and target, content type, body.
type Sent = (String, Option<String>, String);

#[derive(Deserialize)]
struct Call {
    call: String,
    requests: Vec<Recorded>,
}

#[derive(Deserialize)]
struct Recorded {
    #[serde(default)]
    label: String,
    #[serde(rename = "as")]
    caller: String,
    #[serde(default)]
    world: String,
    send: Sent,
    status: u16,
    #[serde(rename = "type")]
    content_type: Option<String>,
    /// Whether the answer forbids keeping it; not recorded with the requests.
    cache: Option<bool>,
    location: Option<String>,
    answer: Value,
    /// Whether only the form of the answer can be the same.
    #[serde(default)]
    loosely: bool,
}

#[derive(Deserialize)]
struct Answers {
    worlds: std::collections::BTreeMap<String, SmallWorld>,
    answers: Vec<Recorded>,
}

/// Number, organization, address, role, message, inviter.
type InviteRow = (u64, u64, String, String, Option<String>, Option<u64>);

#[derive(Clone, Deserialize)]
struct SmallWorld {
    server: String,
    people: Vec<(u64, String, String)>,
    orgs: Vec<(u64, String, String)>,
    members: Vec<(u64, u64, u64, String)>,
    invites: Vec<InviteRow>,
}

impl SmallWorld {
    fn fill(&self, world: &mut World) {
        if self.server == "open" {
            world.settings.balena = BalenaKind::Open;
        }
        let others: Vec<Key> = world.orgs(Balena).map(|org| org.key).collect();
        for other in others {
            world.remove_org(other);
        }
        for (number, name, email) in &self.people {
            add_person(world, PersonKey(*number), name, email);
        }
        for (number, name, handle) in &self.orgs {
            org(world, *number, name, handle);
        }
        for (number, person, org, role) in &self.members {
            let at = (key(*number), Key::new(Balena, *org));
            world.add_member_at(at, PersonKey(*person), &[role]);
        }
        for (number, org, email, role, message, inviter) in &self.invites {
            let at = (Key::new(Balena, *number), Key::new(Balena, *org));
            world.add_invite_at(at, email, |invite| {
                invite.role = Some(role.clone());
                invite.message.clone_from(message);
                invite.inviter = inviter.map(PersonKey);
            });
        }
    }
}

const SESSION: &str = "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl";

/// The header and value with which a recorded caller shows who they are.
fn authorization(caller: &str) -> Option<String> {
    match caller {
        "nobody" => None,
        "session" => Some(format!("Bearer {SESSION}")),
        "small scheme" => Some(format!("bearer {SESSION}")),
        "odd scheme" => Some(format!("Token {SESSION}")),
        "key" => Some("Bearer KEY".to_owned()),
        "widened" | "administrator" => Some("Bearer WIDE".to_owned()),
        "stranger" => Some("Bearer who-knows".to_owned()),
        other => panic!("nobody is called {other}"),
    }
}

async fn carry(desk: &Desk, recorded: &Recorded) -> Heard {
    let (line, content_type, body) = &recorded.send;
    let authorization = authorization(&recorded.caller);
    let mut headers = Vec::new();
    headers.extend(
        authorization
            .iter()
            .map(|value| ("Authorization", value.as_str())),
    );
    headers.extend(
        content_type
            .iter()
            .map(|value| ("Content-Type", value.as_str())),
    );
    let mut stream = raw::send(&desk.sandbox.balena.url, line, &headers, body).await;
    raw::hear(&mut stream, usize::MAX).await
}

/// The body as JSON, or as text when it is none.
fn body(heard: &Heard) -> Value {
    let json = serde_json::from_str(heard.body());
    json.unwrap_or_else(|_| Value::String(heard.body().to_owned()))
}

/// A location without the number of what was made.
fn unnumbered(location: Option<&str>) -> Option<&str> {
    location.map(|text| text.trim_end_matches(|letter: char| letter.is_ascii_digit()))
}

fn compare_heads(recorded: &Recorded, heard: &Heard, about: &str) {
    assert_eq!(heard.status(), recorded.status, "{about}: {}", heard.body());
    let expected = recorded.content_type.as_deref();
    assert_eq!(heard.header("content-type"), expected, "{about}");
    let (ours, theirs) = (heard.header("location"), recorded.location.as_deref());
    assert_eq!(unnumbered(ours), unnumbered(theirs), "{about}");
    if let Some(cache) = recorded.cache {
        let ours = heard.header("cache-control");
        assert_eq!(ours, cache.then_some("no-cache"), "{about}");
    }
}

/// The world whose ids the recorded requests name.
fn named_in_requests(world: &mut World) {
    for (number, name, handle) in [
        (101, "Robots", "acme"),
        (1, "Abacus", "a_b"),
        (2, "O'Neill", "oneill"),
        (3, "Quoted", "o'neill & co/x"),
    ] {
        let key = org(world, number, name, handle);
        world.add_member(key, ADA, &["administrator"]);
    }
    let acme = Key::new(Balena, 101);
    world.add_member_at((key(55), acme), MARIA, &["member"]);
    for number in 0..60 {
        let person = world.add_person(|person| person.username = Some(format!("p{number}")));
        world.add_member(acme, person, &["member"]);
    }
    invited(world, (77, acme), "seventy.seven");
    let elsewhere = org(world, 102, "Elsewhere", "elsewhere");
    invited(world, (78, elsewhere), "qwerty-invitation-token");
    invited(world, (79, elsewhere), "qwerty");
}

fn invited(world: &mut World, (number, org): (u64, Key), token: &str) {
    world.add_invite_at(
        (Key::new(Balena, number), org),
        "who@example.com",
        |invite| {
            invite.role = Some("member".to_owned());
            invite.inviter = Some(ADA);
            token.clone_into(&mut invite.token);
        },
    );
}

#[tokio::test]
async fn every_recorded_request_is_answered_in_the_recorded_form() {
    let calls: Vec<Call> = serde_json::from_str(include_str!("requests.json")).unwrap();
    assert_eq!(calls.len(), 59);
    for call in calls {
        let desk = Desk::with_three(ADA);
        for token in [SESSION, "KEY"] {
            desk.grant(token, Principal::new(Actor::User(ADA)));
        }
        if !call.call.starts_with("organization.create") {
            desk.sandbox.world(named_in_requests);
        }
        for recorded in &call.requests {
            let heard = carry(&desk, recorded).await;
            let about = format!("{}, {}", call.call, recorded.send.0);
            compare_heads(recorded, &heard, &about);
            let ours = without_extras(body(&heard), &recorded.answer);
            assert!(is_even_in_links(&ours), "{about}: {ours}");
            let (ours, theirs) = (shape(&ours), shape(&recorded.answer));
            assert_eq!(ours, theirs, "{about}");
        }
        let unknown = desk.sandbox.unknown_routes();
        assert_eq!(unknown, Vec::<String>::new(), "{}", call.call);
    }
}

/// Rows may differ where a message is there or not; elsewhere all look alike.
fn is_even_in_links(ours: &Value) -> bool {
    is_even(ours) || ours.to_string().contains("message")
}

#[tokio::test]
async fn every_recorded_answer_is_given_again() {
    let recorded: Answers = serde_json::from_str(include_str!("responses.json")).unwrap();
    assert_eq!(recorded.answers.len(), 170);
    for answer in &recorded.answers {
        let (sandbox, token) = (tiny(), String::new());
        let desk = Desk { sandbox, token };
        let small = recorded.worlds[&answer.world].clone();
        desk.sandbox.world(|world| small.fill(world));
        let maria = Principal::new(Actor::User(PersonKey(3)));
        desk.grant(SESSION, maria.clone());
        desk.grant("KEY", maria);
        let mut widened = Principal::new(Actor::User(PersonKey(2)));
        widened.scopes = vec!["organization.all".to_owned()];
        desk.grant("WIDE", widened);
        let heard = carry(&desk, answer).await;
        compare_heads(answer, &heard, &answer.label);
        compare_bodies(answer, &heard);
    }
}

fn compare_bodies(answer: &Recorded, heard: &Heard) {
    let ours = without_extras(body(heard), &answer.answer);
    let (ours, theirs) = if answer.loosely {
        (shape(&ours), shape(&answer.answer))
    } else if answer.status == 201 {
        (
            unidentified(normal(&ours)),
            unidentified(normal(&answer.answer)),
        )
    } else if answer.send.0.contains("$orderby") {
        (normal(&ours), normal(&answer.answer))
    } else {
        // Without a sort the real server's order means nothing.
        (sorted(normal(&ours)), sorted(normal(&answer.answer)))
    };
    assert_eq!(ours, theirs, "{}: {}", answer.label, answer.send.0);
}

fn unidentified(mut record: Value) -> Value {
    assert!(record["id"].take().is_u64());
    record
}

fn sorted(mut answer: Value) -> Value {
    if let Some(rows) = answer.get_mut("d").and_then(Value::as_array_mut) {
        rows.sort_by_key(ToString::to_string);
    }
    answer
}
