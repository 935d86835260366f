//! Vulos Identity's face, with the organization that the service's reference takes for its examples.

mod bodies;
mod identity;
mod invites;
mod issuer;
mod orgs;
mod profiles;
mod replay;
mod rights;
mod roles;

use orgdeck::sandbox::data::Size;
use orgdeck::sandbox::world::{Actor, Key, PersonKey, Principal, World};
use orgdeck::sandbox::{Options, Sandbox, Scenario, Service::Vulos};
use serde_json::Value;

use super::origin;
use crate::support::raw::{self, Heard};

/// The organization of the examples.
const HARBOUR: Key = Key {
    service: Vulos,
    number: 41,
};
const RUI: &str = "0b7c9c1e-6a54-4f0e-9d3f-2f6f5b1d0a11";
const INES: &str = "e0a4b7d2-3c15-4b52-9f27-1d5a6c3b8e33";
const JSON: &str = "application/json";

/// A sandbox with the examples' people; everybody's token is their given name.
struct Stage(Sandbox);

impl Stage {
    fn new() -> Self {
        let nobody = Size {
            orgs: 0,
            members: 0,
            invites: 0,
        };
        let options = Options {
            scenario: Scenario::Sized(nobody),
            ..Options::demo(origin())
        };
        let sandbox = Sandbox::start(&options).unwrap();
        sandbox.world(fill);
        Self(sandbox)
    }

    fn world<T>(&self, visit: impl FnOnce(&mut World) -> T) -> T {
        self.0.world(visit)
    }

    /// One more member of the organization, with these roles; gives back the membership's id.
    fn join(&self, name: &str, roles: &[&str]) -> String {
        self.world(|world| {
            let person = somebody(world, name);
            let member = world.add_member(HARBOUR, person, roles).unwrap();
            world.member(member).unwrap().id.clone()
        })
    }

    /// Sends `line` below the API's prefix with `token`, and a body of a content type.
    async fn send(&self, token: &str, line: &str, (content_type, body): (&str, &str)) -> Heard {
        let authorization = format!("Bearer {token}");
        let headers = [
            ("Authorization", authorization.as_str()),
            ("Content-Type", content_type),
        ];
        let count = if content_type.is_empty() { 1 } else { 2 };
        let (verb, path) = line.split_once(' ').unwrap();
        let line = format!("{verb} /api/v1/{path}");
        let mut stream = raw::send(&self.0.vulos.url, &line, &headers[..count], body).await;
        raw::hear(&mut stream, usize::MAX).await
    }

    /// Sends `line` without a body.
    async fn ask(&self, token: &str, line: &str) -> Heard {
        self.send(token, line, ("", "")).await
    }

    /// What `line` answers, which has to be a success.
    async fn get(&self, token: &str, line: &str) -> Value {
        let heard = self.ask(token, line).await;
        assert_eq!(heard.status(), 200, "{line}: {}", heard.text);
        serde_json::from_str(heard.body()).unwrap()
    }

    /// Sends `line` with a body of JSON.
    async fn put(&self, token: &str, line: &str, body: &Value) -> Heard {
        self.send(token, line, (JSON, &body.to_string())).await
    }
}

/// The text of a refusal in the service's form.
fn refusal(heard: &Heard) -> String {
    assert_eq!(heard.status(), 400, "{}", heard.text);
    let body: Value = serde_json::from_str(heard.body()).unwrap();
    let fields: Vec<&str> = body
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(fields, ["code", "error", "request"]);
    assert!(!body["code"].as_str().unwrap().is_empty());
    assert!(!body["request"].as_str().unwrap().is_empty());
    body["error"].as_str().unwrap().to_owned()
}

fn somebody(world: &mut World, name: &str) -> PersonKey {
    let person = world.add_person(|person| {
        person.emails = vec![format!("{name}@pilots.example")];
        person.join(Vulos);
    });
    world.grant(Vulos, name, Principal::new(Actor::User(person)));
    person
}

fn fill(world: &mut World) {
    let rui = somebody(world, "rui");
    world.edit_person(rui, |person| {
        person.first_name = Some("Rui".into());
        person.last_name = Some("Costa".into());
        person.birthdate = Some("1990-01-31".into());
        person.join_as(Vulos, "c6d2a8f4-1f0d-4a4b-8a51-0f7c1f6b7e90");
    });
    let ines = somebody(world, "ines");
    world.edit_person(ines, |person| {
        person.first_name = Some("Ines".into());
        person.last_name = Some("Moreira".into());
        person.join_as(Vulos, "a91f3b60-52c7-4e8e-b0d4-7c2e9d6f1b44");
    });
    harbour(world);
    world.add_org_at(Key::new(Vulos, 58), |org| org.name = "Other".into());
    for (number, org, person, id, roles) in [
        (1, HARBOUR, rui, RUI, &["SuperAdmin"][..]),
        (2, HARBOUR, ines, INES, &["Moderator", "dispatch"]),
        (3, Key::new(Vulos, 58), rui, OTHER, &["Admin"]),
    ] {
        let key = Key::new(Vulos, number);
        world.add_member_at((key, org), person, roles).unwrap();
        world.edit_member(key, |member| member.id = id.into());
    }
    world.edit_member(Key::new(Vulos, 2), |member| {
        for (held, id) in member.roles.iter_mut().zip([MODERATOR, DISPATCH]) {
            held.id = id.into();
        }
    });
}

/// Rui's membership of the other organization.
const OTHER: &str = "5d1e2f30-77aa-4c39-8a10-6f1f0c9e4d22";
/// Ines' two roles.
const MODERATOR: &str = "7f0f3c52-8b0e-4f7a-a1f6-2f8f3f9f4a55";
const DISPATCH: &str = "91c9d5f8-2d6b-4f8a-9c2e-5a0d7e6b1c66";

fn harbour(world: &mut World) {
    world.set_now("2022-12-31T23:59:59Z".parse().unwrap());
    world.add_org_at(HARBOUR, |org| {
        org.name = "Harbour Pilots Ltd".into();
        org.website = Some("https://pilots.example".into());
        org.postal.address = "Quay 7".into();
        org.postal.unique_id = "HP-2291".into();
        org.postal.tax_number = "EX123456".into();
        org.postal.city = "Porto".into();
        org.postal.country_code = "PT".into();
        org.postal.zip_code = "4050-101".into();
    });
    world.set_now(origin());
}
