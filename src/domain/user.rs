//! Users: accounts of a service, whether or not they are members of anything.

use super::rows::Keyed;
use super::{Profile, Told, UserId};
use crate::domain::Text;

/// An account.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// The service's id of the account.
    pub id: UserId,
    /// The full name.
    pub name: Told<Text>,
    /// The user name.
    pub username: Told<Text>,
    /// The primary e-mail address.
    pub email: Told<Text>,
}

/// How a user is addressed when memberships of one person are asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum UserAt {
    /// By id.
    Id(UserId),
    /// By user name.
    Name(Profile, Text),
    /// The person whose credential this profile holds.
    Me(Profile),
}

impl Keyed for User {
    type Key = UserId;

    fn key(&self) -> &UserId {
        &self.id
    }

    fn texts(&self) -> Vec<&Text> {
        let told = [&self.name, &self.username, &self.email];
        let told = told.into_iter().filter_map(Told::known);
        told.chain([self.id.text()]).collect()
    }
}
