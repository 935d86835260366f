//! Which people a list is about: the filters that users and memberships share, and their orders.

use super::listing::Rank;
use super::query::{Query, Signed, Span};
use super::refusal::Refusal;
use super::show::millis;
use crate::sandbox::Service::Clerk;
use crate::sandbox::world::Person;

/// What a query asks of a person; by default nothing.
#[derive(Default, PartialEq)]
pub(super) struct Wanted {
    ids: Signed,
    emails: Vec<String>,
    usernames: Vec<String>,
    /// Parts of what a person is found by, in small letters.
    anywhere: Option<String>,
    in_email: Option<String>,
    in_username: Option<String>,
    in_name: Option<String>,
    active: Span,
    created: Span,
    /// Something was named that nobody here has.
    nobody: bool,
}

/// Filters by what nobody here has.
const STRANGE: [&str; 3] = ["phone_number", "web3_wallet", "phone_number_query"];

impl Wanted {
    pub(super) fn read(query: &Query) -> Result<Self, Refusal> {
        let part = |name| query.first(name).map(str::to_lowercase);
        let mut nobody = false;
        for name in STRANGE {
            nobody |= !query.all(name)?.is_empty();
        }
        Ok(Self {
            ids: query.signed("user_id")?,
            emails: query.all("email_address")?,
            usernames: query.all("username")?,
            anywhere: part("query"),
            in_email: part("email_address_query"),
            in_username: part("username_query"),
            in_name: part("name_query"),
            active: query.span("last_active_at")?,
            created: query.span("created_at")?,
            nobody,
        })
    }

    /// Whether `person` is one of those asked for.
    pub(super) fn fits(&self, person: &Person) -> bool {
        let id = person.id(Clerk).unwrap_or_default();
        !self.nobody
            && self.ids.wants(|wanted| wanted == id)
            && self.is_named_by(person)
            && self.contains_parts(person)
            && self.active.holds(person.seen.map(millis))
            && self.created.holds(Some(millis(person.created)))
    }

    fn is_named_by(&self, person: &Person) -> bool {
        let username = person.username.as_ref();
        (self.emails.is_empty() || self.emails.iter().any(|email| owns(person, email)))
            && (self.usernames.is_empty()
                || username.is_some_and(|name| self.usernames.contains(name)))
    }

    fn contains_parts(&self, person: &Person) -> bool {
        let in_email = |part: &String| person.emails.iter().any(|email| has(email, part));
        let in_username = |part: &String| person.username.iter().any(|name| has(name, part));
        let in_name = |part: &String| has(&full_name(person), part);
        let in_id = |part: &String| person.id(Clerk).is_some_and(|id| has(id, part));
        let anywhere =
            |part: &String| in_email(part) || in_username(part) || in_name(part) || in_id(part);
        self.anywhere.iter().all(anywhere)
            && self.in_email.iter().all(in_email)
            && self.in_username.iter().all(in_username)
            && self.in_name.iter().all(in_name)
    }
}

/// Whether an address is one of a person's.
pub(super) fn owns(person: &Person, email: &str) -> bool {
    let email = email.to_lowercase();
    person.emails.iter().any(|own| own.to_lowercase() == email)
}

fn has(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(part)
}

fn full_name(person: &Person) -> String {
    let names = [person.first_name.as_deref(), person.last_name.as_deref()];
    names.map(Option::unwrap_or_default).join(" ")
}

/// What a person is ordered by under a field's name; by the account's age under any other.
pub(super) fn rank(person: &Person, field: &str) -> Rank {
    match field {
        "email_address" => Rank::text(person.email()),
        "username" => Rank::text(person.username.as_deref()),
        "first_name" => Rank::text(person.first_name.as_deref()),
        "last_name" => Rank::text(person.last_name.as_deref()),
        "phone_number" | "web3wallet" => Rank::Nothing,
        "last_active_at" | "last_sign_in_at" => person.seen.map_or(Rank::Nothing, Rank::moment),
        _ => Rank::moment(person.created),
    }
}
