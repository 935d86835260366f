//! Tests of the transport against servers that do what no server should.
//!
//! There is no waiting: where time has to pass, the client's clock is put forward by hand.

mod body;
mod call;
mod client;
mod h2;
mod masked;
mod odd;
mod pause;
mod picture;
mod read;
mod report;
mod scarce;
mod target;
pub(crate) mod tls;
mod write;

use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt as _;
use jiff::Timestamp;
use orgdeck::domain::{Fault, News, Profile, Secret, news};
use orgdeck::provider::http::{Account, BodyFormat, Limits, Origin, SecretSource, Transport};

use crate::support::wire::Wire;

/// The token of every test: it must turn up in one header and nowhere else.
pub(crate) const CANARY: &str = "canary-4f1d9b2e-token";

/// The wall clock of every test.
fn wall() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

/// Everything that was told.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<News>>>);

impl Heard {
    fn all(&self) -> Vec<News> {
        self.0.lock().unwrap().clone()
    }

    /// How each request ended, by status or fault.
    fn ends(&self) -> Vec<Result<u16, Fault>> {
        let end = |sent: news::Sent| sent.ended.map_err(|error| error.fault);
        self.sent().into_iter().map(end).collect()
    }

    fn sent(&self) -> Vec<news::Sent> {
        let sent = |news| match news {
            News::Sent(sent) => Some(*sent),
            News::Paused { .. } | News::Scarce { .. } => None,
        };
        self.all().into_iter().filter_map(sent).collect()
    }
}

/// An account at this address, quick to try again, and what it hears.
fn account(url: &str) -> (Account, Heard) {
    let heard = Heard::default();
    let ear = heard.clone();
    let account = Account {
        profile: Profile::new("work"),
        origin: Origin::parse(url).unwrap(),
        secret: holds(CANARY),
        roots: None,
        body: BodyFormat::Json,
        limits: Limits {
            backoff: Duration::from_millis(1),
            ..Limits::default()
        },
        ear: Arc::new(move |news| ear.0.lock().unwrap().push(news)),
        wall,
    };
    (account, heard)
}

/// A source that holds this secret.
fn holds(secret: &'static str) -> SecretSource {
    Arc::new(move || ready(Ok(Secret::new(secret))).boxed())
}

/// A transport to a server of ours.
fn transport(wire: &Wire) -> (Transport, Heard) {
    let (account, heard) = account(&format!("http://{}", wire.address()));
    (Transport::new(account, &[]), heard)
}

/// Puts the clock forward.
async fn later(by: Duration) {
    tokio::time::pause();
    tokio::time::advance(by).await;
    tokio::time::resume();
}

/// Drives `work` up to the moment when the server has seen so many requests, or fails if it ends before.
async fn until_seen<T: std::fmt::Debug>(
    wire: &Wire,
    requests: usize,
    work: &mut (impl Future<Output = T> + Unpin),
) {
    tokio::select! {
        ended = work => panic!("ended early: {ended:?}"),
        () = wire.seen(requests) => {}
    }
}
