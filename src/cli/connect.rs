//! From configured profiles to connections.

use std::collections::BTreeSet;
use std::sync::Arc;

use color_eyre::eyre::{OptionExt as _, Result, WrapErr as _};
use tokio::sync::mpsc;

use super::args::Args;
use super::trace;
use crate::auth::keyring::Keyring;
use crate::auth::{self, Keep};
use crate::cache::names;
use crate::config::{self, Environment, Known, Profile};
use crate::domain::connection::{Access, BodyFormat, Stage};
use crate::domain::secret::Place;
use crate::domain::{self, Connection, News, Origin, Secret, Text, Told};
use crate::files::{self, Privacy};
use crate::provider::http::{self, Ear, Limits, Peer};
use crate::provider::link::Link;
use crate::provider::registry::{self, Service};
use crate::runtime::clock;
use crate::sandbox::{self, Sandbox};

/// The largest file of certificates that is read, in bytes.
const LARGEST_ROOTS: u64 = 1024 * 1024;

/// The services that a profile may name.
pub(super) fn known() -> Vec<Known> {
    let row = |service: &Service| Known {
        name: service.name,
        default_url: service.default_url,
    };
    registry::all().iter().map(row).collect()
}

/// The three profiles of the demo; balena's is the only production one.
pub(super) fn demo_profiles(sandbox: &Sandbox) -> Result<Vec<Profile>> {
    let rows = [
        ("prod", sandbox::Service::Balena, true),
        ("shop", sandbox::Service::Clerk, false),
        ("me", sandbox::Service::Vulos, false),
    ];
    let profile = |(name, service, production): (&str, sandbox::Service, bool)| {
        let face = sandbox.face(service);
        Ok(Profile {
            name: name.to_owned(),
            provider: service.name(),
            origin: Origin::parse(&face.url)?,
            token: Place::Given(Secret::new(&face.token)),
            production: Some(production),
            read_only: false,
            ca_file: None,
            body: BodyFormat::default(),
            hidden: Vec::new(),
        })
    };
    rows.into_iter().map(profile).collect()
}

/// The variables that hold secrets of any of these profiles: no other program inherits them.
pub(super) fn hidden(profiles: &[Profile]) -> Vec<String> {
    let all = profiles.iter().flat_map(|profile| &profile.hidden);
    let all: BTreeSet<&String> = all.collect();
    all.into_iter().cloned().collect()
}

/// The switch that forbids every write, if one is set.
pub(super) fn switch(args: &Args, environment: &Environment) -> Option<&'static str> {
    if args.read_only {
        Some("--read-only")
    } else if environment.read_only {
        Some("ORGDECK_READ_ONLY")
    } else {
        None
    }
}

/// A connection for a profile; nothing is sent yet.
///
/// # Errors
/// When its file of certificates cannot be read.
pub(super) fn link(
    profile: Profile,
    switch: Option<&'static str>,
    news: &mpsc::UnboundedSender<News>,
) -> Result<Link> {
    link_within(profile, switch, news, Limits::default())
}

/// The same within other limits.
///
/// # Errors
/// Those of [`link`].
pub(super) fn link_within(
    profile: Profile,
    switch: Option<&'static str>,
    news: &mpsc::UnboundedSender<News>,
    limits: Limits,
) -> Result<Link> {
    let service = service(&profile)?;
    let connection = connection(&profile, switch)?;
    let peer = Peer {
        limits,
        ..peer(&profile, ear(news.clone()))?
    };
    // Only the demo's tokens are given, and it writes no file.
    let remembers = !matches!(profile.token, Place::Given(_));
    let account = http::Account {
        profile: connection.profile.clone(),
        roots: peer.roots.clone(),
        origin: peer.origin.clone(),
        limits: peer.limits.clone(),
        ear: peer.ear.clone(),
        wall: peer.wall,
        secret: auth::source(profile.token, peer, (&keep(), &profile.hidden)),
        body: profile.body,
    };
    let mut provider = (service.connect)(account);
    if remembers {
        provider = names::remembering(provider, &connection.profile);
    }
    Ok(Link::new(connection, provider, (service.capabilities)()))
}

/// The other end of a profile, as it is met without a token.
///
/// # Errors
/// When its file of certificates cannot be read.
pub(super) fn peer(profile: &Profile, ear: Ear) -> Result<Peer> {
    Ok(Peer {
        profile: domain::Profile::new(profile.name.as_str()),
        origin: profile.origin.clone(),
        roots: roots(profile)?,
        limits: Limits::default(),
        ear,
        wall: clock::wall,
    })
}

/// Where the tokens of sign-ins are kept.
pub(super) fn keep() -> Keep {
    Keep {
        keyring: Keyring::of_system(),
        folder: config::state_folder().map(|state| state.join("sign-in")),
    }
}

fn service(profile: &Profile) -> Result<&'static Service> {
    registry::find(profile.provider).ok_or_eyre("a profile of an unknown service")
}

/// What the configuration says of a profile.
///
/// # Errors
/// When its service is not known.
pub(super) fn connection(profile: &Profile, switch: Option<&'static str>) -> Result<Connection> {
    let service = service(profile)?;
    let stage = |production| {
        if production {
            Stage::Production
        } else {
            Stage::Development
        }
    };
    Ok(Connection {
        profile: domain::Profile::new(profile.name.as_str()),
        service: service.name,
        short: service.short,
        url: Text::from(profile.origin.as_str()),
        token: Text::from(profile.token.words()),
        production: Told::or_unknown(profile.is_production().map(stage)),
        access: match switch {
            Some(switch) => Access::ReadOnly(switch),
            None if profile.read_only => Access::ReadOnly("read_only in the configuration"),
            None => Access::Full,
        },
    })
}

fn roots(profile: &Profile) -> Result<Option<Vec<u8>>> {
    let Some(path) = &profile.ca_file else {
        return Ok(None);
    };
    files::read(path, LARGEST_ROOTS, Privacy::Public)
        .map(Some)
        .wrap_err_with(|| format!("profile {}: ca_file {}", profile.name, path.display()))
}

/// Hears what happens at the edges: for the log, and for the session while it lasts.
fn ear(session: mpsc::UnboundedSender<News>) -> Ear {
    Arc::new(move |news| {
        trace::told(&news);
        // A session that has ended hears nothing any more.
        let _ = session.send(news);
    })
}
