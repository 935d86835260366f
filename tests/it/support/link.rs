//! Links to a service under test: its adapter with quick limits, and somebody who hears its news.

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use orgdeck::domain::connection::Access;
use orgdeck::domain::{Connection, News, Profile, Secret, Text, Told};
use orgdeck::provider::http::{Account, BodyFormat, Limits, Origin, SecretSource};
use orgdeck::provider::link::Link;
use orgdeck::provider::registry::Service;
use orgdeck::sandbox;

use crate::sandbox::origin;

/// Every service of the registry with the face that plays it.
pub(crate) fn services() -> Vec<(Service, sandbox::Service)> {
    let named = |name| move |kind: &sandbox::Service| kind.name() == name;
    let face = |name| sandbox::Service::ALL.into_iter().find(named(name));
    let rows = orgdeck::provider::registry::all().iter();
    rows.map(|service| (*service, face(service.name).unwrap()))
        .collect()
}

/// The looks that settle a lost answer, without waits.
pub(crate) const LOOKS: &[Duration] = &[Duration::ZERO, Duration::ZERO];

/// Limits under which a repeated read does not wait.
pub(crate) fn limits() -> Limits {
    Limits {
        backoff: Duration::from_millis(1),
        ..Limits::default()
    }
}

/// A link of this profile to a service at this address.
pub(crate) fn link(
    profile: &Profile,
    service: &Service,
    (url, token): (&str, &str),
    heard: (Limits, impl Fn(News) + Send + Sync + 'static),
) -> Link {
    link_by(profile, service, (url, gives(&[token])), heard)
}

/// A source that gives these tokens one after another, the last one for good.
pub(crate) fn gives(tokens: &[&str]) -> SecretSource {
    let tokens: Vec<Secret> = tokens.iter().copied().map(Secret::new).collect();
    let fetched = AtomicUsize::new(0);
    Arc::new(move || {
        let number = fetched.fetch_add(1, Ordering::SeqCst);
        ready(Ok(tokens[number.min(tokens.len() - 1)].clone())).boxed()
    })
}

/// A link whose token comes from this source.
pub(crate) fn link_by(
    profile: &Profile,
    service: &Service,
    (url, secret): (&str, SecretSource),
    (limits, ear): (Limits, impl Fn(News) + Send + Sync + 'static),
) -> Link {
    let account = Account {
        profile: profile.clone(),
        origin: Origin::parse(url).unwrap(),
        secret,
        roots: None,
        body: BodyFormat::Json,
        limits,
        ear: Arc::new(ear),
        wall: origin,
    };
    let connection = Connection {
        profile: profile.clone(),
        service: service.name,
        short: service.short,
        url: Text::from(url),
        token: Text::from("a test"),
        production: Told::Unknown,
        access: Access::Full,
    };
    let provider = (service.connect)(account);
    Link::new(connection, provider, (service.capabilities)())
}
