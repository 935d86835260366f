//! The profile API: what everybody with the scope `profile:read` may know.

use serde_json::{Value, json};

use super::call::Call;
use super::identity::drop_unknown;
use super::refusal::{Answer, Refusal};
use super::wire;
use crate::sandbox::Service::Vulos;
use crate::sandbox::exchange::{Reply, decode};
use crate::sandbox::world::Org;

const SCOPE: &str = "profile:read";

/// The most organizations of one page.
const LARGEST: usize = 100;

pub(super) fn user(call: &Call, id: &str) -> Answer {
    call.needs(SCOPE)?;
    let id = decode(id).to_ascii_lowercase();
    let person = call.world.find_person(Vulos, &id);
    let person = person.ok_or_else(|| Refusal::new("E_USER", "There is no such user"))?;
    let email = person.email();
    let mut profile = json!({
        "firstName": person.first_name,
        "lastName": person.last_name,
        "email": email.map(|email| json!({"value": email, "confirmed": true})),
        "kycVerified": false,
    });
    drop_unknown(&mut profile);
    Ok(Reply::json(200, &profile))
}

pub(super) fn org(call: &Call, id: &str) -> Answer {
    call.needs(SCOPE)?;
    let org = call.world.find_org(Vulos, &decode(id));
    let org = org.ok_or_else(|| Refusal::new("E_ORGANIZATION", "There is no such organization"))?;
    Ok(Reply::json(200, &profile(org)))
}

/// Organizations whose name contains `search`, in any case of its letters; a page of `amount`.
pub(super) fn search(call: &Call, [search, amount, offset]: [&str; 3]) -> Answer {
    call.needs(SCOPE)?;
    let (amount, offset) = (number(amount)?, number(offset)?);
    if amount > LARGEST {
        return Err(Refusal::new("E_AMOUNT", "At most 100 can be asked for"));
    }
    let search = decode(search).to_lowercase();
    let orgs = call.world.orgs(Vulos);
    let found = orgs.filter(|org| org.name.to_lowercase().contains(&search));
    let page: Value = found.skip(offset).take(amount).map(numbered).collect();
    Ok(Reply::json(200, &page))
}

fn number(text: &str) -> Result<usize, Refusal> {
    let number = text.parse();
    number.map_err(|_| Refusal::new("E_NUMBER", format!("{text:?} is no number")))
}

fn numbered(org: &Org) -> Value {
    let mut found = profile(org);
    found["id"] = json!(org.key.number);
    found
}

/// The country is a plain name here, unlike in the organization's details.
fn profile(org: &Org) -> Value {
    let postal = &org.postal;
    let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut profile = json!({
        "name": org.name,
        "address": known(&postal.address),
        "city": known(&postal.city),
        "country": known(wire::country_name(org)),
        "state": known(&postal.state),
        "website": org.website.as_deref().and_then(known),
        "verified": postal.verified,
        "uniqueId": known(&postal.unique_id),
        "zipCode": known(&postal.zip_code),
    });
    drop_unknown(&mut profile);
    profile
}
