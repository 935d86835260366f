//! `OpenID` Connect: who the token speaks for, and where that and the rest is asked.

use serde_json::{Value, json};

use super::call::Call;
use super::refusal::Answer;
use crate::sandbox::Service::Vulos;
use crate::sandbox::exchange::{Reply, Request};

/// The scopes that have an effect here.
const SCOPES: [&str; 7] = [
    "openid",
    "offline_access",
    "email",
    "profile",
    "profile:read",
    "organization:read",
    "organization:manage",
];

/// The discovery document; it names no endpoint that is not here.
pub(super) fn discovery(request: &Request) -> Reply {
    let issuer = request.origin();
    let document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/connect/authorize"),
        "token_endpoint": format!("{issuer}/connect/token"),
        "userinfo_endpoint": format!("{issuer}/connect/userinfo"),
        "scopes_supported": SCOPES,
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
    });
    Reply::json(200, &document)
}

/// The claims of the granted scopes, and no others.
pub(super) fn userinfo(call: &Call) -> Answer {
    call.needs("openid")?;
    let person = &call.caller;
    let mut claims = json!({"sub": person.id(Vulos)});
    if call.has("email") {
        claims["email"] = json!(person.email());
        claims["email_verified"] = json!(person.email().is_some());
    }
    if call.has("profile") {
        claims["given_name"] = json!(person.first_name);
        claims["family_name"] = json!(person.last_name);
        claims["birthdate"] = json!(person.birthdate);
    }
    if call.has("organization:read") {
        let own = call.world.memberships_of(person.key, Vulos);
        let orgs = own.filter_map(|member| call.world.org(member.org));
        let (names, ids): (Vec<_>, Vec<_>) = orgs.map(|org| (&*org.name, &*org.id)).unzip();
        claims["organization:name"] = one_or_many(&names);
        claims["organization:id"] = one_or_many(&ids);
    }
    drop_unknown(&mut claims);
    Ok(Reply::json(200, &claims))
}

/// A claim of one value is that value, as in other servers of `OpenID` Connect.
fn one_or_many(values: &[&str]) -> Value {
    match values {
        [] => Value::Null,
        [one] => json!(one),
        many => json!(many),
    }
}

/// Leaves out what is not known, as claims do.
pub(super) fn drop_unknown(object: &mut Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
}
