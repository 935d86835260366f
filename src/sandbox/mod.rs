//! The loopback emulator: one neutral world behind three faces, each speaking its service's protocol.
//!
//! Written from the services' published contracts; it imports nothing else of this crate, so that a
//! misreading of a protocol in an adapter cannot hide in the server that tests it. Each face is one
//! function from the world and a request to a reply; sockets, logs and faults are shared.

pub mod altered;
mod balena;
mod clerk;
pub mod data;
mod dice;
pub mod exchange;
pub mod faults;
mod http;
mod line;
mod log;
mod play;
mod service;
mod vulos;
pub mod world;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::watch;

use dice::Dice;
use exchange::Route;
use faults::{Faults, Rule};
use http::{Answer, Site, lock};
use log::Log;
use world::World;

pub use data::Scenario;
pub use log::Recorded;
pub use service::Service;

/// What a sandbox is made of.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port of the first face, the others follow; 0 takes three free ones.
    pub port: u16,
    /// Who and what is in the world.
    pub scenario: Scenario,
    /// Makes sample data repeatable.
    pub seed: u64,
    /// How long each answer is held back.
    pub latency: Duration,
    /// The tokens of faces that shall not have a random one.
    pub tokens: BTreeMap<Service, String>,
    /// The world's present; all its dates are offsets from it.
    pub origin: Timestamp,
    /// The host that links in answers name, instead of the one that was asked: so that no port gets
    /// into a picture.
    pub host: Option<&'static str>,
}

impl Options {
    /// The demo world at `origin`, on free ports, with random tokens.
    pub fn demo(origin: Timestamp) -> Self {
        Self {
            port: 0,
            scenario: Scenario::Demo,
            seed: 1,
            latency: Duration::ZERO,
            tokens: BTreeMap::new(),
            origin,
            host: None,
        }
    }
}

/// Where a face is reached, and with which token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Face {
    /// The address without a path.
    pub url: String,
    /// The token that the face accepts.
    pub token: String,
}

/// A running sandbox; it stops when it is dropped.
pub struct Sandbox {
    /// balena's face.
    pub balena: Face,
    /// Clerk's face.
    pub clerk: Face,
    /// Vulos' face.
    pub vulos: Face,
    world: Arc<Mutex<World>>,
    sites: [Arc<Site>; 3],
    _running: watch::Sender<()>,
}

#[derive(Serialize)]
struct Ready<'a> {
    balena: &'a Face,
    clerk: &'a Face,
    vulos: &'a Face,
}

impl Sandbox {
    /// Builds the world and serves its faces; to be called within a tokio runtime.
    ///
    /// # Errors
    /// Those of binding the ports.
    pub fn start(options: &Options) -> io::Result<Self> {
        let listeners = [
            bind(options.port, 0)?,
            bind(options.port, 1)?,
            bind(options.port, 2)?,
        ];
        let tokens = Service::ALL.map(|service| {
            let named = options.tokens.get(&service).cloned();
            named.unwrap_or_else(|| fresh_token(service))
        });
        let mut world = data::build(options);
        data::grant(&mut world, &tokens);
        let world = Arc::new(Mutex::new(world));
        let (running, open) = watch::channel(());
        let sites = [balena::answer as Answer, clerk::answer, vulos::answer]
            .map(|answer| site(answer, (&world, &open), options));
        let [balena, clerk, vulos] = faces(&listeners, tokens)?;
        lock(&world).settings.pictures = match options.host {
            Some(host) => format!("http://{host}/img"),
            None => format!("{}/img", clerk.url),
        };
        for (site, listener) in sites.iter().zip(listeners) {
            serve(site.clone(), listener)?;
        }
        Ok(Self {
            balena,
            clerk,
            vulos,
            world,
            sites,
            _running: running,
        })
    }

    /// Where `service` is reached.
    pub fn face(&self, service: Service) -> &Face {
        match service {
            Service::Balena => &self.balena,
            Service::Clerk => &self.clerk,
            Service::Vulos => &self.vulos,
        }
    }

    /// The line of JSON that tells programs where the faces are.
    ///
    /// # Panics
    /// Never: text is always JSON.
    pub fn ready_line(&self) -> String {
        let ready = Ready {
            balena: &self.balena,
            clerk: &self.clerk,
            vulos: &self.vulos,
        };
        serde_json::to_string(&ready).expect("text is JSON")
    }

    /// Reads or changes the world, between two requests.
    pub fn world<T>(&self, visit: impl FnOnce(&mut World) -> T) -> T {
        visit(&mut lock(&self.world))
    }

    /// What `service` was asked so far, oldest first.
    pub fn requests(&self, service: Service) -> Vec<Recorded> {
        lock(&self.sites[service.index()].log).all()
    }

    /// The changes that `service` made because it was asked to, whatever its clients heard of it.
    pub fn applied(&self, service: Service) -> Vec<Recorded> {
        let mut applied = self.requests(service);
        applied.retain(Recorded::is_applied);
        applied
    }

    /// The requests of all faces whose path no face knows, as `METHOD target`.
    pub fn unknown_routes(&self) -> Vec<String> {
        let requests = Service::ALL
            .into_iter()
            .flat_map(|each| self.requests(each));
        requests
            .filter(|request| request.route == Route::Unknown)
            .map(|request| format!("{} {}", request.method, request.target))
            .collect()
    }

    /// Lets `rule` befall the requests to `service`, after the rules that are there.
    pub fn fail(&self, service: Service, rule: Rule) {
        lock(&self.sites[service.index()].faults).add(rule);
    }

    /// Takes back all rules of `service`.
    pub fn heal(&self, service: Service) {
        lock(&self.sites[service.index()].faults).clear();
    }
}

fn bind(first: u16, offset: u16) -> io::Result<TcpListener> {
    let port = match first {
        0 => 0,
        first => first.checked_add(offset).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, "the sandbox needs three ports")
        })?,
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn faces(listeners: &[TcpListener; 3], tokens: [String; 3]) -> io::Result<[Face; 3]> {
    let [first, second, third] = tokens;
    let face = |listener: &TcpListener, token| {
        let url = format!("http://{}", listener.local_addr()?);
        Ok::<_, io::Error>(Face { url, token })
    };
    Ok([
        face(&listeners[0], first)?,
        face(&listeners[1], second)?,
        face(&listeners[2], third)?,
    ])
}

fn site(
    answer: Answer,
    (world, open): (&Arc<Mutex<World>>, &watch::Receiver<()>),
    options: &Options,
) -> Arc<Site> {
    Arc::new(Site {
        answer,
        world: Arc::clone(world),
        log: Mutex::new(Log::default()),
        faults: Mutex::new(Faults::default()),
        latency: options.latency,
        host: options.host,
        open: open.clone(),
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one door through which the sandbox starts tasks; they end when it is dropped"
)]
fn serve(site: Arc<Site>, listener: TcpListener) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    tokio::spawn(http::run(site, listener));
    Ok(())
}

/// A random token in the form of the service's own.
fn fresh_token(service: Service) -> String {
    let mut dice = Dice::fresh();
    match service {
        Service::Balena => dice.letters(32),
        Service::Clerk => format!("sk_test_{}", dice.letters(42)),
        Service::Vulos => dice.letters(43),
    }
}
