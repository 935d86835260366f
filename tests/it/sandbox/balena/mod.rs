//! balena's face: replays of what was recorded, and each rule by itself.

mod likeness;
mod open;
mod queries;
mod reading;
mod refusals;
mod replay;
mod rules;
mod sessions;
mod strictness;
mod writing;

use orgdeck::sandbox::Service::Balena;
use orgdeck::sandbox::data::Size;
use orgdeck::sandbox::world::{Actor, Key, PersonKey, Principal, World};
use orgdeck::sandbox::{Options, Sandbox, Scenario};
use serde_json::Value;

use super::origin;
use crate::support::raw::{self, Heard};

/// Somebody with a token at the face.
pub(crate) struct Desk {
    pub(crate) sandbox: Sandbox,
    pub(crate) token: String,
}

/// The administrator of the small world, a plain member of it, and somebody from outside.
pub(crate) const ADA: PersonKey = PersonKey(10);
pub(crate) const MARIA: PersonKey = PersonKey(11);
pub(crate) const EVE: PersonKey = PersonKey(12);

impl Desk {
    /// Ada's desk in a world with one organization of hers, Maria as its member, and an invite.
    pub(crate) fn small() -> Self {
        let desk = Self::with_three(ADA);
        desk.sandbox.world(|world| {
            let acme = org(world, 101, "Acme Robotics", "acme");
            world.add_member_at((key(54), acme), ADA, &["administrator"]);
            world.add_member_at((key(55), acme), MARIA, &["member"]);
            world.add_invite_at((Key::new(Balena, 77), acme), "new@example.com", |invite| {
                invite.role = Some("member".to_owned());
                invite.inviter = Some(ADA);
                "the-token".clone_into(&mut invite.token);
            });
        });
        desk
    }

    /// A desk in a world of three people whose names the tests know.
    fn with_three(person: PersonKey) -> Self {
        let sandbox = tiny();
        sandbox.world(|world| {
            for (key, name) in [(ADA, "ada"), (MARIA, "maria"), (EVE, "eve")] {
                add_person(world, key, name, &format!("{name}@example.com"));
            }
        });
        let token = String::new();
        Self { sandbox, token }.of(person)
    }

    /// The same world at somebody else's desk.
    pub(crate) fn of(mut self, person: PersonKey) -> Self {
        self.token = format!("key-of-{}", person.0);
        let principal = Principal::new(Actor::User(person));
        self.grant(&self.token, principal);
        self
    }

    pub(crate) fn grant(&self, token: &str, principal: Principal) {
        self.sandbox
            .world(|world| world.grant(Balena, token, principal));
    }

    pub(crate) async fn get(&self, target: &str) -> Heard {
        raw::get(&self.sandbox.balena.url, target, &self.token).await
    }

    /// The records of a list, or its one record.
    pub(crate) async fn list(&self, target: &str) -> Vec<Value> {
        let heard = self.get(target).await;
        assert_eq!(heard.status(), 200, "{target}: {}", heard.body());
        let mut answer = json(&heard);
        serde_json::from_value(answer["d"].take()).unwrap()
    }

    /// One field of each record of a list.
    pub(crate) async fn column(&self, target: &str, field: &str) -> Vec<Value> {
        let rows = self.list(target).await;
        rows.iter().map(|row| row[field].clone()).collect()
    }

    /// Sends JSON; `line` is verb and target.
    pub(crate) async fn send(&self, line: &str, body: &Value) -> Heard {
        let body = (Some("application/json"), body.to_string());
        self.send_as(line, body).await
    }

    /// Sends a body of some content type.
    pub(crate) async fn send_as(&self, line: &str, body: (Option<&str>, String)) -> Heard {
        let authorization = format!("Bearer {}", self.token);
        let mut headers = vec![("Authorization", authorization.as_str())];
        headers.extend(body.0.map(|content_type| ("Content-Type", content_type)));
        let url = &self.sandbox.balena.url;
        let mut stream = raw::send(url, line, &headers, &body.1).await;
        raw::hear(&mut stream, usize::MAX).await
    }

    pub(crate) async fn delete(&self, target: &str) -> Heard {
        let line = format!("DELETE {target}");
        self.send_as(&line, (None, String::new())).await
    }
}

/// A sandbox with next to nothing in it.
fn tiny() -> Sandbox {
    let size = Size {
        orgs: 1,
        members: 1,
        invites: 0,
    };
    let options = Options {
        scenario: Scenario::Sized(size),
        ..Options::demo(origin())
    };
    Sandbox::start(&options).unwrap()
}

pub(crate) fn json(heard: &Heard) -> Value {
    serde_json::from_str(heard.body()).unwrap()
}

/// Status and body in one, for comparing.
pub(crate) fn said(heard: &Heard) -> (u16, &str) {
    (heard.status(), heard.body())
}

pub(crate) fn key(number: u64) -> Key {
    Key::new(Balena, number)
}

pub(crate) fn add_person(world: &mut World, key: PersonKey, name: &str, email: &str) {
    world.add_person_at(key, |person| {
        person.username = Some(name.to_owned());
        person.emails = vec![email.to_owned()];
        person.join(Balena);
    });
}

pub(crate) fn org(world: &mut World, number: u64, name: &str, handle: &str) -> Key {
    world.add_org_at(Key::new(Balena, number), |org| {
        name.clone_into(&mut org.name);
        org.slug = Some(handle.to_owned());
    })
}
