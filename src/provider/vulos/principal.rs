//! The person behind the token, as the sign-in's own endpoint tells it.

use super::members::full_name;
use super::wire::{Claims, Wrong, record};
use super::{Vulos, answers, requests};
use crate::domain::{
    ApiError, Principal, PrincipalKind, Profile, Request, Text, Told, UserId, Verb,
};

impl Vulos {
    /// Who the token belongs to.
    pub(super) async fn principal(&self) -> Result<Principal, ApiError> {
        let verb = Verb::WhoAmI;
        let json = self.read(verb, &Request::get(requests::USERINFO)).await?;
        let claims = record(json, "claims");
        claims
            .and_then(|claims| read(&self.requests.profile, claims))
            .map_err(|wrong| answers::garbled(verb, wrong))
    }
}

fn read(profile: &Profile, claims: Claims) -> Result<Principal, Wrong> {
    let sub = claims.sub.required("sub")?.0;
    let filled = |text: &Text| !text.is_empty();
    let email = claims.email.optional("email")?.filter(filled);
    let given = claims.given_name.optional("given_name")?;
    let family = claims.family_name.optional("family_name")?;
    let name = claims.name.optional("name")?.filter(filled);
    let label = full_name(given, family).or(name).or(email.clone());
    Ok(Principal {
        kind: PrincipalKind::User,
        label: label.unwrap_or_else(|| sub.clone()),
        user: Some(UserId::new(profile, sub)),
        email: Told::or_unknown(email),
        stage: Told::Unknown,
    })
}
