//! Reads: repeated where that may help, within one span of time.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use tokio::time::{Instant, sleep};

use super::attempt::Ended;
use super::call::Call;
use super::client::Purpose;
use super::{Response, Transport, Unauthorized};
use crate::domain::{ApiError, Fault, Method, Request, Verb};

/// How often a read is sent at most.
const TRIES: usize = 3;

/// How many reads of a kind may be under way at the same time differs, and what their answers bring.
#[derive(Clone, Copy)]
enum Kind {
    Ordinary,
    Page,
    Token,
}

/// A question that may be asked again.
#[derive(Clone, Copy)]
struct Reading<'a> {
    verb: Verb,
    request: &'a Request,
    kind: Kind,
}

impl<'a> Reading<'a> {
    fn new(verb: Verb, request: &'a Request, kind: Kind) -> Self {
        Self {
            verb,
            request,
            kind,
        }
    }
}

impl Transport {
    /// Sends a read, repeating it where that may help; an answer of any status but a redirect is `Ok`.
    ///
    /// # Errors
    /// When there was no answer at all, or none that could be taken; `Slowed` when the service asked
    /// for a longer wait than a read has time for.
    pub async fn read(&self, verb: Verb, request: &Request) -> Result<Response, ApiError> {
        let reading = Reading::new(verb, request, Kind::Ordinary);
        self.read_with(reading, self.unauthorized).await
    }

    /// Sends a read whose 401 can only mean that the token is bad.
    ///
    /// # Errors
    /// As [`Transport::read`].
    pub async fn read_as_me(&self, verb: Verb, request: &Request) -> Result<Response, ApiError> {
        let reading = Reading::new(verb, request, Kind::Ordinary);
        self.read_with(reading, Unauthorized::BadToken).await
    }

    /// Sends a read for one page of a long list: of these more may be under way at the same time.
    ///
    /// # Errors
    /// As [`Transport::read`].
    pub async fn read_page(&self, verb: Verb, request: &Request) -> Result<Response, ApiError> {
        let reading = Reading::new(verb, request, Kind::Page);
        self.read_with(reading, self.unauthorized).await
    }

    /// Sends a read that is answered with another token.
    ///
    /// # Errors
    /// As [`Transport::read`].
    pub async fn read_token(&self, verb: Verb, request: &Request) -> Result<Response, ApiError> {
        let reading = Reading::new(verb, request, Kind::Token);
        self.read_with(reading, self.unauthorized).await
    }

    /// A read whose token is refused is sent once more if there is another token by now.
    async fn read_with(
        &self,
        reading: Reading<'_>,
        unauthorized: Unauthorized,
    ) -> Result<Response, ApiError> {
        let call = self.reading(reading).await?;
        let response = self.in_its_turn(&call, reading.kind).await?;
        let refused = response.status == 401 && unauthorized == Unauthorized::BadToken;
        if !refused || !self.renew_secret(&call.secret).await {
            return Ok(response);
        }
        let call = self.reading(reading).await?;
        self.in_its_turn(&call, reading.kind).await
    }

    async fn in_its_turn(&self, call: &Call<'_>, kind: Kind) -> Result<Response, ApiError> {
        match kind {
            Kind::Ordinary | Kind::Token => {
                let _room = self.room.one().await;
                self.repeat(call).await
            }
            Kind::Page => {
                let _room = self.room.page().await;
                self.repeat(call).await
            }
        }
    }

    /// What is no plain GET might change something, and there is no permit here.
    async fn reading<'a>(&'a self, reading: Reading<'a>) -> Result<Call<'a>, ApiError> {
        let Reading {
            verb,
            request,
            kind,
        } = reading;
        if request.method != Method::Get {
            return Err(ApiError::new(verb, Fault::NoConsent));
        }
        let target = request.target();
        let call = self.call(verb, request, (Purpose::Reads, &target)).await?;
        Ok(match kind {
            Kind::Ordinary | Kind::Page => call,
            Kind::Token => call.for_a_token(),
        })
    }

    async fn repeat(&self, call: &Call<'_>) -> Result<Response, ApiError> {
        let deadline = Instant::now() + self.account.limits.read;
        let mut waits = waits(self.account.limits.backoff);
        loop {
            let paused = |fault| ApiError::new(call.verb, fault);
            self.pause.sit_out(deadline).await.map_err(paused)?;
            let ended = self.attempt(call, deadline).await;
            let wait = may_pass(&ended).then(|| waits.next()).flatten();
            let Some(wait) = wait.filter(|wait| Instant::now() + *wait < deadline) else {
                return ended.map_err(|broken| broken.error(call.verb));
            };
            if let Err(fault) = self.pause.ends_before(deadline) {
                return Err(match &ended {
                    Ok(response) => response.error(call.verb, fault),
                    Err(_) => ApiError::new(call.verb, fault),
                });
            }
            sleep(wait).await;
        }
    }
}

/// The waits between tries, each up to twice as long as it says so that clients do not march in step.
fn waits(first: Duration) -> impl Iterator<Item = Duration> {
    ExponentialBuilder::default()
        .with_min_delay(first)
        .with_max_times(TRIES - 1)
        .with_jitter()
        .build()
}

/// Whether the next try may end better.
fn may_pass(ended: &Ended) -> bool {
    match ended {
        Ok(response) => matches!(response.status, 429 | 502 | 503 | 504),
        Err(broken) => matches!(
            broken.fault(),
            Fault::Offline(_) | Fault::TimedOut | Fault::Cut
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_jitter_stays_within_their_length() {
        let first = Duration::from_millis(250);
        for _ in 0..100 {
            let waits: Vec<_> = waits(first).collect();
            assert_eq!(waits.len(), 2);
            assert!((first..=first * 2).contains(&waits[0]), "{waits:?}");
            assert!((first * 2..=first * 4).contains(&waits[1]), "{waits:?}");
        }
    }
}
