//! The transport under all adapters, and the only user of the HTTP client.
//!
//! Reads may be repeated, writes never are: they travel on a client that keeps no connections and
//! follows nothing. Requests carry the profile's own token to the profile's own origin only; every
//! request that ends is told as news, without its secret, and what an answer repeats of it is masked.

mod answer;
mod attempt;
mod call;
mod certificate;
mod client;
mod clock;
mod credential;
mod failure;
mod mask;
mod pause;
mod peer;
mod picture;
mod read;
mod report;
mod room;
mod write;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::OnceCell;

use self::client::{End, Headers, Purpose};
use self::clock::Clock;
use self::credential::Credential;
use self::mask::Wardrobe;
use self::pause::Pause;
use self::room::Room;
use crate::domain::secret::Pass;
use crate::domain::{ApiError, Fault, News, Profile, Secret, Skew, Verb};

pub use crate::domain::connection::BodyFormat;
pub use crate::domain::origin::Origin;
pub use answer::Response;
pub use certificate::Certificate;
pub use credential::{SecretSource, Source};
pub use failure::{not_the_api, page_beside, unproven};
pub use peer::{Glance, Peer};
pub use read::Budget;
pub use write::Sent;

/// How long things may take, and how much may come at once. Fields so that tests can be quick.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Until a connection stands.
    pub connect: Duration,
    /// For a read, with all its repetitions.
    pub read: Duration,
    /// For a write.
    pub write: Duration,
    /// Between two bytes of an answer.
    pub idle: Duration,
    /// The first wait before a read is repeated; doubled each time, with jitter.
    pub backoff: Duration,
    /// The largest answer, decoded, in bytes.
    pub largest: usize,
    /// Requests under way at the same time.
    pub at_once: usize,
    /// The same while pages of a long list are among them, where a service allows more for these.
    pub pages_at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(30),
            write: Duration::from_mins(1),
            idle: Duration::from_secs(15),
            backoff: Duration::from_millis(250),
            largest: 64 * 1024 * 1024,
            at_once: 4,
            pages_at_once: 8,
        }
    }
}

/// Who hears of every request that ended.
pub type Ear = Arc<dyn Fn(News) + Send + Sync>;

/// What a connection is built from.
#[derive(Clone)]
pub struct Account {
    /// The profile.
    pub profile: Profile,
    /// Where requests go.
    pub origin: Origin,
    /// Where the secret comes from; asked at the first request, not before.
    pub secret: SecretSource,
    /// More certificates to trust, as a PEM file's content.
    pub roots: Option<Vec<u8>>,
    /// How bodies are encoded, where the service leaves that open.
    pub body: BodyFormat,
    /// The limits.
    pub limits: Limits,
    /// Who hears of requests.
    pub ear: Ear,
    /// The wall clock, for tokens that end.
    pub wall: fn() -> Timestamp,
}

/// What a service means by 401.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unauthorized {
    /// The token is bad.
    BadToken,
    /// The token is bad, or may not do just this.
    Unclear,
}

/// The transport of one connection.
pub struct Transport {
    account: Account,
    headers: Headers,
    reads: OnceCell<reqwest::Client>,
    writes: OnceCell<reqwest::Client>,
    credential: Credential,
    wardrobe: Wardrobe,
    unauthorized: Unauthorized,
    room: Room,
    pause: Pause,
    clock: Clock,
}

impl Transport {
    /// A transport for an account that sends these constant headers with each request. Nothing is
    /// built or read before the first request.
    pub fn new(account: Account, headers: &'static [(&'static str, &'static str)]) -> Self {
        Self {
            headers,
            reads: OnceCell::new(),
            writes: OnceCell::new(),
            credential: Credential::new(Arc::clone(&account.secret)),
            wardrobe: Wardrobe::default(),
            unauthorized: Unauthorized::BadToken,
            room: Room::new(&account.limits),
            pause: Pause::default(),
            clock: Clock::default(),
            account,
        }
    }

    /// The same transport for a service that answers 401 to a good token as well: only
    /// [`Transport::read_as_me`] takes one for a bad token.
    #[must_use]
    pub fn with_unclear_401(mut self) -> Self {
        self.unauthorized = Unauthorized::Unclear;
        self
    }

    /// The profile whose requests it carries.
    pub fn profile(&self) -> &Profile {
        &self.account.profile
    }

    /// The wall clock.
    pub fn wall(&self) -> Timestamp {
        (self.account.wall)()
    }

    /// How far the service's clock is ahead of ours, as far as it has told.
    pub fn skew(&self) -> Skew {
        self.clock.skew()
    }

    /// The profile's secret, fetched at the first call and kept as long as its source says.
    ///
    /// # Errors
    /// When its source cannot be read.
    pub async fn secret(&self, verb: Verb) -> Result<Secret, ApiError> {
        let secret = self.credential.get().await;
        secret.map_err(|fault| ApiError::new(verb, fault))
    }

    /// Uses another secret from now on: one that the service gave in exchange for the old one, or that
    /// a person typed. It stays in memory.
    pub async fn replace_secret(&self, secret: Secret) {
        self.credential.replace(secret).await;
    }

    /// Goes on with a token that a person typed. A second factor is asked for elsewhere, if at all.
    ///
    /// # Errors
    /// When no service has tokens like this one; then the one before stays.
    pub async fn admit(&self, pass: Pass) -> Result<(), ApiError> {
        let failed = |fault| ApiError::new(Verb::WhoAmI, fault);
        match pass {
            Pass::Token(secret) => {
                call::authorization(&secret).map_err(failed)?;
                self.replace_secret(secret).await;
                Ok(())
            }
            Pass::Code(_) => Err(failed(Fault::NotOffered("it asks for no second factor"))),
        }
    }

    /// Reads the source again, since this secret is over: whether there is another one now.
    pub async fn renew_secret(&self, refused: &Secret) -> bool {
        self.credential.renewed(refused).await
    }

    async fn client(&self, purpose: Purpose) -> Result<&reqwest::Client, Fault> {
        let cell = match purpose {
            Purpose::Reads => &self.reads,
            Purpose::Writes => &self.writes,
        };
        let end = End {
            origin: &self.account.origin,
            roots: self.account.roots.as_deref(),
            connect: self.account.limits.connect,
            known: None,
        };
        let build = || client::build(end, self.headers, purpose);
        cell.get_or_try_init(build).await
    }
}
