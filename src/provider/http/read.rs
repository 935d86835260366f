//! Reads: repeated where that may help, within one span of time.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use tokio::time::{Instant, sleep};

use super::attempt::Ended;
use super::call::Call;
use super::client::Purpose;
use super::{Response, Transport, Unauthorized};
use crate::domain::{ApiError, Fault, Method, Request, Verb};

/// How often a read is sent at most.
const TRIES: usize = 3;

/// What one question may cost, whatever becomes of its token meanwhile: so many sends in one span of time.
pub struct Budget {
    /// Begins with the first send, not while others are waited for.
    deadline: Option<Instant>,
    waits: ExponentialBackoff,
}

impl Budget {
    /// Takes one more send out of it, which waits for nothing: whether one was left.
    pub fn again(&mut self) -> bool {
        self.waits.next().is_some()
    }

    fn deadline(&mut self, span: Duration) -> Instant {
        *self.deadline.get_or_insert_with(|| Instant::now() + span)
    }
}

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
        self.read_within(verb, request, &mut self.budget()).await
    }

    /// The same for as much as is left of a budget.
    ///
    /// # Errors
    /// As [`Transport::read`].
    pub async fn read_within(
        &self,
        verb: Verb,
        request: &Request,
        budget: &mut Budget,
    ) -> Result<Response, ApiError> {
        let reading = Reading::new(verb, request, Kind::Ordinary);
        self.read_with(reading, self.unauthorized, budget).await
    }

    /// What one question may cost.
    pub fn budget(&self) -> Budget {
        Budget {
            deadline: None,
            waits: waits(self.account.limits.backoff),
        }
    }

    /// Sends a read whose 401 can only mean that the token is bad.
    ///
    /// # Errors
    /// As [`Transport::read`].
    pub async fn read_as_me(&self, verb: Verb, request: &Request) -> Result<Response, ApiError> {
        let reading = Reading::new(verb, request, Kind::Ordinary);
        let budget = &mut self.budget();
        self.read_with(reading, Unauthorized::BadToken, budget)
            .await
    }

    /// Sends a read for one page of a long list: of these more may be under way at the same time.
    ///
    /// # Errors
    /// As [`Transport::read`].
    pub async fn read_page(&self, verb: Verb, request: &Request) -> Result<Response, ApiError> {
        let reading = Reading::new(verb, request, Kind::Page);
        let budget = &mut self.budget();
        self.read_with(reading, self.unauthorized, budget).await
    }

    /// Sends a read that is answered with another token.
    ///
    /// # Errors
    /// As [`Transport::read`].
    pub async fn read_token(&self, verb: Verb, request: &Request) -> Result<Response, ApiError> {
        let reading = Reading::new(verb, request, Kind::Token);
        let budget = &mut self.budget();
        self.read_with(reading, self.unauthorized, budget).await
    }

    /// A read whose token is refused is sent once more if there is another token by now.
    async fn read_with(
        &self,
        reading: Reading<'_>,
        unauthorized: Unauthorized,
        budget: &mut Budget,
    ) -> Result<Response, ApiError> {
        let call = self.reading(reading).await?;
        let response = self.in_its_turn(&call, reading.kind, budget).await?;
        let refused = response.status == 401 && unauthorized == Unauthorized::BadToken;
        if !refused || !self.renew_secret(&call.secret).await {
            return Ok(response);
        }
        if !budget.again() {
            return Err(response.error(reading.verb, Fault::Renewed));
        }
        let call = self.reading(reading).await?;
        self.in_its_turn(&call, reading.kind, budget).await
    }

    async fn in_its_turn(
        &self,
        call: &Call<'_>,
        kind: Kind,
        budget: &mut Budget,
    ) -> Result<Response, ApiError> {
        match kind {
            Kind::Ordinary | Kind::Token => {
                let _room = self.room.one().await;
                self.repeat(call, budget).await
            }
            Kind::Page => {
                let _room = self.room.page().await;
                self.repeat(call, budget).await
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

    async fn repeat(&self, call: &Call<'_>, budget: &mut Budget) -> Result<Response, ApiError> {
        let deadline = budget.deadline(self.account.limits.read);
        loop {
            let paused = |fault| ApiError::new(call.verb, fault);
            self.pause.sit_out(deadline).await.map_err(paused)?;
            let ended = self.attempt(call, deadline).await;
            let wait = may_pass(&ended).then(|| budget.waits.next()).flatten();
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
fn waits(first: Duration) -> ExponentialBackoff {
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
