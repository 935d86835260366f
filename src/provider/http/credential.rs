//! The credential of a connection: fetched when it is needed, kept while it works, and looked for
//! again when it is refused. Where it comes from is its source's affair.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::{Mutex, RwLock};
use tokio::time::Instant;

use crate::domain::{Fault, Secret};

/// A source that has just given a refused secret again is left alone for so long: requests that were
/// under way together are refused together, and a command may ask a person something.
const PAUSE: Duration = Duration::from_secs(1);

/// Where a profile's secret comes from.
pub trait Source: Send + Sync {
    /// The secret as its place has it now.
    fn fetch(&self) -> BoxFuture<'static, Result<Secret, Fault>>;

    /// The secret after the service has refused this one.
    fn renew(&self, _refused: &Secret) -> BoxFuture<'static, Result<Secret, Fault>> {
        self.fetch()
    }

    /// Whether a secret is good until it is refused; otherwise its source is asked before each request.
    fn is_lasting(&self) -> bool {
        true
    }
}

impl<F> Source for F
where
    F: Fn() -> BoxFuture<'static, Result<Secret, Fault>> + Send + Sync,
{
    fn fetch(&self) -> BoxFuture<'static, Result<Secret, Fault>> {
        self()
    }
}

/// A source as connections share it.
pub type SecretSource = Arc<dyn Source>;

/// The secret of a connection.
pub(super) struct Credential {
    source: SecretSource,
    /// What is used without asking the source.
    kept: RwLock<Option<Secret>>,
    /// The refused secret for which there was no other, and when that was found out.
    given_up: Mutex<Option<(Secret, Instant)>>,
}

impl Credential {
    /// A credential that is not fetched yet.
    pub(super) fn new(source: SecretSource) -> Self {
        Self {
            source,
            kept: RwLock::default(),
            given_up: Mutex::default(),
        }
    }

    /// The secret to use now.
    pub(super) async fn get(&self) -> Result<Secret, Fault> {
        if let Some(secret) = self.kept.read().await.as_ref() {
            return Ok(secret.clone());
        }
        if !self.source.is_lasting() {
            return self.source.fetch().await;
        }
        let mut kept = self.kept.write().await;
        if let Some(secret) = kept.as_ref() {
            return Ok(secret.clone());
        }
        let secret = self.source.fetch().await?;
        Ok(kept.insert(secret).clone())
    }

    /// Uses another secret from now on, until it is refused: one that the service gave in exchange, or
    /// that a person typed.
    pub(super) async fn replace(&self, secret: Secret) {
        *self.kept.write().await = Some(secret);
    }

    /// Looks for another secret than a refused one: whether there is one now.
    pub(super) async fn renewed(&self, refused: &Secret) -> bool {
        let mut given_up = self.given_up.lock().await;
        let kept = self.kept.read().await.clone();
        if kept.is_some_and(|secret| secret != *refused) {
            return true;
        }
        let too_soon = |(secret, at): &(Secret, Instant)| secret == refused && at.elapsed() < PAUSE;
        if given_up.as_ref().is_some_and(too_soon) {
            return false;
        }
        let fetched = self.source.renew(refused).await;
        if let Ok(secret) = fetched
            && secret != *refused
        {
            *self.kept.write().await = self.source.is_lasting().then_some(secret);
            return true;
        }
        *given_up = Some((refused.clone(), Instant::now()));
        false
    }
}
