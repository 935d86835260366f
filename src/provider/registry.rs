//! The services that this program knows, one row each: the only list of them.

use std::sync::Arc;

use super::Provider;
use super::http::Account;
use crate::domain::Capabilities;

/// A kind of service.
#[derive(Clone, Copy)]
pub struct Service {
    /// Its name in the configuration and in output.
    pub name: &'static str,
    /// Its name in three letters.
    pub short: &'static str,
    /// The origin that is used when the configuration names none.
    pub default_url: &'static str,
    /// What it offers as long as no probe has said otherwise.
    pub capabilities: fn() -> Capabilities,
    /// Makes a connection; sends nothing yet.
    pub connect: fn(Account) -> Arc<dyn Provider>,
}

/// All services, in the order they are shown in.
pub fn all() -> &'static [Service] {
    &[
        super::balena::SERVICE,
        super::clerk::SERVICE,
        super::vulos::SERVICE,
    ]
}

/// The service with this name.
pub fn find(name: &str) -> Option<&'static Service> {
    all().iter().find(|service| service.name == name)
}
