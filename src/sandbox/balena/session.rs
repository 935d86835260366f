//! Who calls: signing in, second factors, refreshing, API keys and whoami.
//!
//! Everybody's password and code are the same, as the world knows neither.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::jwt;
use super::refusal::Refusal;
use crate::sandbox::Service;
use crate::sandbox::dice::Dice;
use crate::sandbox::exchange::{Reply, Request};
use crate::sandbox::world::{Actor, BalenaKind, PersonKey, Principal, SecondFactor, World};

const PASSWORD: &str = "sandbox";
const CODE: &str = "123456";

/// How often a password may be tried within [`PATIENCE`].
const TRIES: usize = 10;
const PATIENCE: SignedDuration = SignedDuration::from_hours(1);

/// The token of a request, wherever it stands.
pub(super) fn token(request: &Request) -> Option<String> {
    let pairs = || request.pairs().into_iter();
    let in_query = || pairs().find(|(name, _)| name == "apikey");
    let in_header = request.bearer().map(str::to_owned);
    in_header.or_else(|| in_query().map(|(_, token)| token))
}

#[derive(Deserialize)]
struct Credentials {
    username: String,
    password: String,
}

/// `POST /login_`: a session for an address or a user name and the password.
pub(super) fn login(world: &mut World, request: &Request) -> Reply {
    let Ok(sent) = request.json::<Credentials>() else {
        return Refusal::Unreadable.reply(request);
    };
    let bucket = format!("login of {}", sent.username);
    if let Err(wait) = world.spend(&bucket, TRIES, PATIENCE) {
        let seconds = wait.as_secs().to_string();
        return Reply::json(429, &"Too Many Requests").header("retry-after", seconds);
    }
    let by_email = world.person_by_email(&sent.username);
    let person = by_email.or_else(|| world.person_by_username(&sent.username));
    let person = person.filter(|person| person.id(Service::Balena).is_some());
    match person.map(|person| person.key) {
        Some(key) if sent.password == PASSWORD => {
            session(world, key, Principal::new(Actor::User(key)))
        }
        _ => Reply::empty(401),
    }
}

/// `GET /user/v1/refresh-token`: a new session for one that still lasts; keys have none.
pub(super) fn refresh(world: &mut World, token: &str, principal: &Principal) -> Reply {
    match principal.person() {
        Some(person) if jwt::is_session(token) => session(world, person, principal.clone()),
        _ => Reply::empty(401),
    }
}

#[derive(Deserialize)]
struct Challenge {
    code: String,
}

/// `POST /auth/totp/verify`: the session's second half, which openBalena does not know.
pub(super) fn verify(world: &mut World, request: &Request, principal: &Principal) -> Reply {
    if world.settings.balena == BalenaKind::Open {
        return Reply::empty(404);
    }
    let sent = request.json::<Challenge>();
    let right = sent.is_ok_and(|challenge| challenge.code == CODE);
    match (principal.person(), principal.second_factor) {
        (Some(person), SecondFactor::Missing) if right => {
            let mut principal = principal.clone();
            principal.second_factor = SecondFactor::Passed;
            session(world, person, principal)
        }
        _ => Reply::empty(401),
    }
}

fn session(world: &mut World, person: PersonKey, mut principal: Principal) -> Reply {
    let now = world.now();
    let token = jwt::issue(person, principal.second_factor, now);
    principal.expires = Some(now + jwt::LIFE);
    world.grant(Service::Balena, &token, principal);
    Reply::text(200, &token)
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default, rename = "expiryDate")]
    expiry_date: Option<Timestamp>,
}

/// `POST /api-key/user/full`: a key that may do all that its maker may.
pub(super) fn make_key(world: &mut World, request: &Request, principal: &Principal) -> Reply {
    let Ok(wanted) = request.json::<Wanted>() else {
        return Refusal::Unreadable.reply(request);
    };
    let key = Dice::fresh().letters(32);
    let mut principal = principal.clone();
    principal.expires = wanted.expiry_date;
    world.grant(Service::Balena, &key, principal);
    Reply::json(200, &key)
}

/// `GET /actor/v1/whoami`: the actor behind the token, whose id is not the user's.
pub(super) fn whoami(world: &World, principal: &Principal) -> Reply {
    let described = match &principal.actor {
        Actor::User(key) => world.person(*key).map(|person| {
            json!({
                "id": person.actor(),
                "actorType": "user",
                "actorTypeId": person.key.0,
                "username": person.username,
                "email": person.email(),
            })
        }),
        Actor::Application(number, slug) => Some(machine("application", *number, ("slug", slug))),
        Actor::Device(number, uuid) => Some(machine("device", *number, ("uuid", uuid))),
        Actor::Instance => None,
    };
    described.map_or_else(|| Reply::empty(401), |actor| Reply::json(200, &actor))
}

fn machine(kind: &str, number: u64, (field, name): (&str, &str)) -> Value {
    let mut actor = json!({"id": number + 7_000_000, "actorType": kind, "actorTypeId": number});
    actor[field] = json!(name);
    actor
}
