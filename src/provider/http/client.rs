//! The two clients of a connection: one for reads, one for writes.

use super::{Account, Limits};
use crate::domain::{Fault, Text};

/// Reads keep connections; writes never reuse one, so that nothing below us can send them again.
pub(super) struct Clients {
    pub(super) reads: reqwest::Client,
    pub(super) writes: reqwest::Client,
}

impl Clients {
    pub(super) fn build(account: &Account) -> Result<Self, Fault> {
        let failed = |error: reqwest::Error| Fault::Offline(Text::from(error.to_string()));
        Ok(Self {
            reads: builder(&account.limits).build().map_err(failed)?,
            writes: builder(&account.limits)
                .pool_max_idle_per_host(0)
                .build()
                .map_err(failed)?,
        })
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that builds clients"
)]
fn builder(limits: &Limits) -> reqwest::ClientBuilder {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(limits.connect)
        .read_timeout(limits.idle)
}
