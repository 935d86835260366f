//! Users: finding, counting, reading one, and what they belong to.

use serde_json::json;

use super::people::{self, Wanted};
use super::query::{Query, Signed, Span};
use super::refusal::Refusal;
use super::show::millis;
use super::{Call, Replied, rules, show};
use crate::sandbox::Service::Clerk;
use crate::sandbox::world::{Member, Person, World};

const ORDERS: [&str; 10] = [
    "created_at",
    "updated_at",
    "email_address",
    "web3wallet",
    "first_name",
    "last_name",
    "phone_number",
    "username",
    "last_active_at",
    "last_sign_in_at",
];

/// `GET /v1/users`
pub(super) fn list(world: &World, call: &Call) -> Replied {
    let query = &call.query;
    let (mut window, order) = (query.window()?, query.order(&ORDERS)?);
    let mut rows = found(world, query)?;
    order.arrange(&mut rows, |person, field| people::rank(person, field));
    if let Some(last) = query.first("starting_after") {
        if order.field != "created_at" || window.offset > 0 {
            let rule = "needs the order of created_at and no offset";
            return Err(Refusal::field(
                "form_param_value_invalid",
                "starting_after",
                rule,
            ));
        }
        let index = rows
            .iter()
            .position(|person| person.id(Clerk) == Some(last));
        let index = index.ok_or_else(|| Refusal::missing("user", last))?;
        window.offset = index + 1;
    }
    if query.flag("paginated")?.unwrap_or_default() {
        return Ok(window.page(&rows, |person| show::user(person)));
    }
    Ok(show::reply(
        &window.cut(&rows, |person| show::user(person)).into(),
    ))
}

/// `GET /v1/users/count`
pub(super) fn count(world: &World, call: &Call) -> Replied {
    let count = found(world, &call.query)?.len();
    Ok(show::reply(
        &json!({"object": "total_count", "total_count": count}),
    ))
}

/// `GET /v1/users/{id}`
pub(super) fn get(world: &World, id: &str) -> Replied {
    let person = rules::user(world, id)?;
    Ok(show::reply(&show::user(person)))
}

/// `GET /v1/users/{id}/organization_memberships`
pub(super) fn memberships(world: &World, call: &Call, id: &str) -> Replied {
    rules::organizations_are_on(world)?;
    let person = rules::user(world, id)?.key;
    let mut rows: Vec<&Member> = world.memberships_of(person, Clerk).collect();
    rows.sort_by_key(|member| std::cmp::Reverse((member.created, member.key)));
    let window = call.query.window()?;
    Ok(window.page(&rows, |member| show::membership(world, member)))
}

/// The users whom a query asks for, in the order they came.
fn found<'a>(world: &'a World, query: &Query) -> Result<Vec<&'a Person>, Refusal> {
    let wanted = Wanted::read(query)?;
    let accounts = Accounts::read(query)?;
    let people = world.people(Clerk);
    let people = people.filter(|person| wanted.fits(person) && accounts.fit(world, person));
    Ok(people.collect())
}

/// What a query asks of a user beyond names and dates.
struct Accounts {
    orgs: Signed,
    banned: Option<bool>,
    signed_in: Span,
    since: Option<i64>,
    /// Something was named that nobody here has.
    nobody: bool,
}

impl Accounts {
    fn read(query: &Query) -> Result<Self, Refusal> {
        let providers = query.all("provider_user_id")?;
        let external = query.signed("external_id")?;
        Ok(Self {
            orgs: query.signed("organization_id")?,
            banned: query.flag("banned")?,
            signed_in: query.span("last_sign_in_at")?,
            since: query.millis("last_active_at_since")?,
            nobody: !providers.is_empty() || !external.kept.is_empty(),
        })
    }

    fn fit(&self, world: &World, person: &Person) -> bool {
        let is_member = |org: &str| {
            let org = world.find_org(Clerk, org);
            org.is_some_and(|org| world.membership(org.key, person.key).is_some())
        };
        let seen = person.seen.map(millis);
        !self.nobody
            && self.orgs.wants(is_member)
            && self.banned.is_none_or(|banned| banned == person.banned)
            && self.signed_in.holds(seen)
            && self.since.is_none_or(|since| seen >= Some(since))
    }
}
