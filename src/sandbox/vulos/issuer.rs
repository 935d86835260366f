//! The issuer of tokens: the code flow with PKCE, and refresh with a new token each time.
//!
//! The person at the browser is signed in already and answers at once, as the world says. What is
//! wrong with a request is an error page or a refusal in the standard's own words.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::refusal::{Answer, Refusal};
use crate::sandbox::Service::Vulos;
use crate::sandbox::dice::Dice;
use crate::sandbox::exchange::{Reply, Request};
use crate::sandbox::world::{Allowed, Code, Consent, Principal, World};

type Form = BTreeMap<String, String>;

/// The page on which a person says yes or no: here they have said it already.
pub(super) fn authorize(world: &mut World, request: &Request) -> Answer {
    let asked: Form = request.pairs().into_iter().collect();
    let redirect = field(&asked, "redirect_uri")?;
    let state = field(&asked, "state")?;
    let page = (redirect.as_str(), state.as_str());
    let wanted = [("response_type", "code"), ("code_challenge_method", "S256")];
    for (name, value) in wanted {
        if asked.get(name).map(String::as_str) != Some(value) {
            let why = format!("{name} must be {value}");
            return Ok(back(
                page,
                &[("error", "invalid_request"), ("error_description", &why)],
            ));
        }
    }
    let person = world.sign_ins.person.ok_or(Refusal::Unauthorized)?;
    let Some(scopes) = agreed(&world.sign_ins.consent, &field(&asked, "scope")?) else {
        let why = "The person said no";
        return Ok(back(
            page,
            &[("error", "access_denied"), ("error_description", why)],
        ));
    };
    let code = Code {
        allowed: Allowed {
            client: field(&asked, "client_id")?,
            person,
            scopes,
        },
        redirect: redirect.clone(),
        challenge: field(&asked, "code_challenge")?,
    };
    let name = Dice::fresh().letters(32);
    world.sign_ins.codes.insert(name.clone(), code);
    Ok(back(page, &[("code", &name)]))
}

/// Exchanges a code or a refresh token; each works once.
pub(super) fn token(world: &mut World, request: &Request) -> Reply {
    if request.content_type() != "application/x-www-form-urlencoded" {
        return no("invalid_request", "a form is needed");
    }
    let form: Form = url::form_urlencoded::parse(&request.body)
        .into_owned()
        .collect();
    let given = |name: &str| form.get(name).map_or("", String::as_str);
    let allowed = match given("grant_type") {
        "authorization_code" => by_code(world, given),
        "refresh_token" => world.sign_ins.refreshes.remove(given("refresh_token")),
        _ => return no("unsupported_grant_type", "not played here"),
    };
    match allowed.filter(|allowed| allowed.client == given("client_id")) {
        Some(allowed) => grant(world, allowed),
        None => no("invalid_grant", "It is unknown, used or over"),
    }
}

fn by_code<'a>(world: &mut World, given: impl Fn(&str) -> &'a str) -> Option<Allowed> {
    let code = world.sign_ins.codes.remove(given("code"))?;
    let hash = base64url(&Sha256::digest(given("code_verifier")));
    let fits = code.redirect == given("redirect_uri") && code.challenge == hash;
    fits.then_some(code.allowed)
}

fn grant(world: &mut World, allowed: Allowed) -> Reply {
    let mut dice = Dice::fresh();
    let (access, refresh) = (dice.letters(43), dice.letters(43));
    let life = world.sign_ins.lifetime;
    let mut principal = Principal::new(allowed.actor());
    principal.scopes.clone_from(&allowed.scopes);
    principal.expires = world
        .now()
        .checked_add(SignedDuration::from_secs(life.into()))
        .ok();
    world.grant(Vulos, &access, principal);
    let mut answer = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": life,
        "scope": allowed.scopes.join(" "),
    });
    if allowed.scopes.iter().any(|scope| scope == "offline_access") {
        answer["refresh_token"] = json!(refresh);
        world.sign_ins.refreshes.insert(refresh, allowed);
    }
    Reply::json(200, &answer).header("cache-control", "no-store")
}

/// The scopes that are granted, unless nothing is.
fn agreed(consent: &Consent, asked: &str) -> Option<Vec<String>> {
    let asked = asked.split(' ').map(str::to_owned);
    match consent {
        Consent::All => Some(asked.collect()),
        Consent::Without(refused) => Some(asked.filter(|scope| !refused.contains(scope)).collect()),
        Consent::None => None,
    }
}

fn field(form: &Form, name: &str) -> Result<String, Refusal> {
    let missing = || Refusal::new("E_SIGN_IN", format!("{name} is missing"));
    form.get(name).cloned().ok_or_else(missing)
}

/// Sends the browser back to whoever asked.
fn back((redirect, state): (&str, &str), fields: &[(&str, &str)]) -> Reply {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .append_pair("state", state)
        .finish();
    Reply::empty(302).header("location", format!("{redirect}?{query}"))
}

fn no(error: &str, description: &str) -> Reply {
    let refusal = json!({"error": error, "error_description": description});
    Reply::json(400, &refusal)
}

/// Base64 in its variant for addresses, without padding.
fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let held = chunk
            .iter()
            .zip([16, 8, 0])
            .fold(0_u32, |held, (byte, shift)| {
                held | u32::from(*byte) << shift
            });
        for place in 0..=chunk.len() {
            let six = (held >> (18 - 6 * place)) & 0x3f;
            out.push(char::from(LETTERS[six as usize]));
        }
    }
    out
}
