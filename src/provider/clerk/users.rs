//! Users: found by what names exactly one of them, else by text.

use email_address::EmailAddress;

use super::field::{Field, Odd};
use super::pages::{self, Reading, Slice};
use super::wire;
use super::{Clerk, members};
use crate::domain::{
    ApiError, Cursor, Fault, OrgId, Page, Profile, Request, Text, Told, User, UserId, Verb,
};

/// Users on the first page of a search.
const LIMIT: u64 = 100;

const VERB: Verb = Verb::UserFind;

impl Clerk {
    /// The user with exactly this address, id or user name, else a page of those that the text fits.
    pub(super) async fn users(
        &self,
        text: &Text,
        beside: Option<&OrgId>,
        cursor: &Cursor,
    ) -> Result<Page<User>, ApiError> {
        let place = (Slice::at(cursor, LIMIT), beside);
        if let Some(key) = exact(text.raw()).filter(|_| *cursor == Cursor::FIRST) {
            let page = self.users_by(VERB, (key, text.raw()), place).await?;
            if !page.rows.is_empty() {
                return Ok(page);
            }
        }
        self.users_by(VERB, ("query", text.raw()), place).await
    }

    /// The one user with this address or user name.
    pub(super) async fn user_named(&self, verb: Verb, name: &Text) -> Result<UserId, ApiError> {
        let missing = || ApiError::new(verb, Fault::Missing);
        let key = exact(name.raw()).ok_or_else(missing)?;
        let first = Slice::at(&Cursor::FIRST, LIMIT);
        let found = self.users_by(verb, (key, name.raw()), (first, None));
        let page = found.await?;
        // A filter that the server did not understand must not make a stranger of the person.
        let mut users = page.rows.into_iter().map(|row| row.item);
        let found = users.find(|user| is_called(user, name.raw()));
        found.map(|user| user.id).ok_or_else(missing)
    }

    async fn users_by(
        &self,
        verb: Verb,
        (key, value): (&str, &str),
        (slice, beside): (Slice, Option<&OrgId>),
    ) -> Result<Page<User>, ApiError> {
        let without = beside.map(|org| format!("-{}", org.raw()));
        let params = slice
            .params()
            .with(key, value)
            .maybe("organization_id", without.as_deref());
        let request = Request::get("/v1/users").query(params);
        let response = self.get(verb, &request).await?;
        let reading = Reading {
            read: |record: wire::User| record.read(self.profile()),
            blank: |id| blank(UserId::new(self.profile(), id)),
        };
        pages::bare((verb, &response), slice, &reading)
    }
}

/// The filter under which a text names one user and no other.
fn exact(text: &str) -> Option<&'static str> {
    if text.starts_with("user_") {
        Some("user_id")
    } else if EmailAddress::is_valid(text) {
        Some("email_address")
    } else if text.is_empty() || text.contains(char::is_whitespace) {
        None
    } else {
        Some("username")
    }
}

fn is_called(user: &User, name: &str) -> bool {
    let same = |text: &Text| text.raw().to_lowercase() == name.to_lowercase();
    user.id.raw() == name
        || user.username.known().is_some_and(same)
        || user.email.known().is_some_and(same)
}

fn blank(id: UserId) -> User {
    User {
        id,
        name: Told::Unknown,
        username: Told::Unknown,
        email: Told::Unknown,
    }
}

impl wire::User {
    fn read(self, profile: &Profile) -> Result<User, Odd> {
        let addresses = self.email_addresses.optional("email_addresses")?;
        let primary = self
            .primary_email_address_id
            .told("primary_email_address_id")?;
        Ok(User {
            id: UserId::new(profile, self.id.id("id")?),
            name: members::full_name(
                self.first_name.filled("first_name")?,
                self.last_name.filled("last_name")?,
            ),
            username: Told::or_empty(self.username.filled("username")?),
            email: primary_address(primary, addresses.unwrap_or_default()),
        })
    }
}

/// A user has several addresses; the one that the record points at is the one to show.
fn primary_address(id: Told<Text>, addresses: Vec<wire::EmailAddress>) -> Told<Text> {
    match id {
        Told::Is(id) => {
            let mut addresses = addresses.into_iter();
            let found = addresses.find(|address| address.id == Field::Is(id.clone()));
            Told::or_unknown(found.and_then(|address| address.email_address.known()))
        }
        Told::Empty => Told::Empty,
        Told::Unknown => Told::Unknown,
    }
}
