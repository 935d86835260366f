//! From configured profiles to connections.

use std::sync::Arc;

use color_eyre::eyre::{OptionExt as _, Result, WrapErr as _};
use tokio::sync::mpsc;

use super::args::Args;
use crate::auth;
use crate::config::{Environment, Known, Profile};
use crate::domain::connection::{Access, BodyFormat, Stage};
use crate::domain::secret::Place;
use crate::domain::{Connection, News, Origin, Secret, Text, Told};
use crate::files::{self, Privacy};
use crate::provider::http::{self, Limits};
use crate::provider::link::Link;
use crate::provider::registry;
use crate::runtime::clock;
use crate::sandbox::{Sandbox, Service};

/// The largest file of certificates that is read, in bytes.
const LARGEST_ROOTS: u64 = 1024 * 1024;

/// The services that a profile may name.
pub(super) fn known() -> Vec<Known> {
    let row = |service: &registry::Service| Known {
        name: service.name,
        default_url: service.default_url,
    };
    registry::all().iter().map(row).collect()
}

/// The three profiles of the demo; balena's is the only production one.
pub(super) fn demo_profiles(sandbox: &Sandbox) -> Result<Vec<Profile>> {
    let rows = [
        ("prod", Service::Balena, true),
        ("shop", Service::Clerk, false),
        ("me", Service::Vulos, false),
    ];
    let mut profiles = Vec::new();
    for (name, service, production) in rows {
        let face = sandbox.face(service);
        profiles.push(Profile {
            name: name.to_owned(),
            provider: service.name(),
            origin: Origin::parse(&face.url)?,
            token: Place::Given(Secret::new(&face.token)),
            production: Some(production),
            read_only: false,
            ca_file: None,
            body: BodyFormat::Json,
        });
    }
    Ok(profiles)
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
pub(super) fn link(
    profile: Profile,
    switch: Option<&'static str>,
    ear: &mpsc::UnboundedSender<News>,
) -> Result<Link> {
    let service = registry::find(profile.provider).ok_or_eyre("a profile of an unknown service")?;
    let access = match switch {
        Some(switch) => Access::ReadOnly(switch),
        None if profile.read_only => Access::ReadOnly("read_only in the configuration"),
        None => Access::Full,
    };
    let name = crate::domain::Profile::new(profile.name.as_str());
    let connection = Connection {
        profile: name.clone(),
        service: service.name,
        short: service.short,
        url: Text::from(profile.origin.as_str()),
        production: Told::or_unknown(profile.production.map(|production| {
            if production {
                Stage::Production
            } else {
                Stage::Development
            }
        })),
        access,
    };
    let roots = profile.ca_file.as_deref().map(|path| {
        files::read(path, LARGEST_ROOTS, Privacy::Public)
            .wrap_err_with(|| format!("ca_file {}", path.display()))
    });
    let ear = ear.clone();
    let account = http::Account {
        profile: name,
        origin: profile.origin,
        secret: auth::source(profile.token),
        roots: roots.transpose()?,
        body: profile.body,
        limits: Limits::default(),
        ear: Arc::new(move |news| {
            // A session that has ended hears nothing any more.
            let _ = ear.send(news);
        }),
        wall: clock::wall,
    };
    let provider = (service.connect)(account);
    Ok(Link::new(connection, provider, (service.capabilities)()))
}
