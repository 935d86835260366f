//! Attempts: one request out, one answer in, and how that ended.

use tokio::time::{Instant, timeout_at};

use super::call::{Brings, Call};
use super::client::Purpose;
use super::report::Report;
use super::{Response, Transport, answer, failure};
use crate::domain::{ApiError, Fault, News, Verb};

/// An attempt without a whole answer, by how far it came. What a write may be said to have done
/// depends on nothing else.
#[derive(Debug)]
pub(super) enum Broken {
    /// No connection stood, so no byte of the request left.
    Unsent(Fault),
    /// Bytes may have left, and no head of an answer came.
    Unanswered(Fault),
    /// The head came and cannot be followed or its body cannot be read to the end.
    Partly(Response, Fault),
}

/// How an attempt ended.
pub(super) type Ended = Result<Response, Broken>;

impl Broken {
    /// The error for whoever asked.
    pub(super) fn error(&self, verb: Verb) -> ApiError {
        match self {
            Self::Unsent(fault) | Self::Unanswered(fault) => ApiError::new(verb, fault.clone()),
            Self::Partly(response, fault) => response.error(verb, fault.clone()),
        }
    }

    /// What is the matter.
    pub(super) fn fault(&self) -> &Fault {
        match self {
            Self::Unsent(fault) | Self::Unanswered(fault) | Self::Partly(_, fault) => fault,
        }
    }
}

impl Transport {
    /// Sends a call once and tells how it ended.
    pub(super) async fn attempt(&self, call: &Call<'_>, deadline: Instant) -> Ended {
        let report = Report::begin(&self.account, call);
        let mut ended = self.exchange(call, deadline).await;
        if let Ok(response) | Err(Broken::Partly(response, _)) = &mut ended
            && (call.brings == Brings::Words || !response.is_success())
        {
            let body = std::mem::take(&mut response.body);
            response.body = call.masks.hide(body);
        }
        report.end(&ended);
        if let Ok(response) | Err(Broken::Partly(response, _)) = &ended {
            self.heed(response);
            self.clock.heard(response.served_at, self.wall());
        }
        ended
    }

    async fn exchange(&self, call: &Call<'_>, deadline: Instant) -> Ended {
        let limits = &self.account.limits;
        let request = call.request().map_err(Broken::Unsent)?;
        // A write's head may be long in coming: it comes after the last byte of an upload.
        let head_by = match call.purpose {
            Purpose::Reads => deadline.min(Instant::now() + limits.connect + limits.idle),
            Purpose::Writes => deadline,
        };
        let mut answer = timeout_at(head_by, call.client.execute(request))
            .await
            .map_err(|_| Broken::Unanswered(Fault::TimedOut))?
            .map_err(|error| failure::of_sending(&error))?;
        self.spare(&answer);
        let mut response = Response::head(&answer, self.account.wall, &call.masks);
        if let Some(fault) = answer::redirect(&answer, &call.masks) {
            return Err(Broken::Partly(response, fault));
        }
        match response.fill(&mut answer, limits, deadline).await {
            Ok(()) => Ok(response),
            Err(fault) => Err(Broken::Partly(response, fault)),
        }
    }

    /// What can wait is left to do when few requests are left.
    fn spare(&self, answer: &reqwest::Response) {
        if let Some(wait) = answer::scarce(answer.headers()) {
            (self.account.ear)(News::Scarce {
                profile: self.account.profile.clone(),
                wait,
            });
        }
    }

    /// A service that says how long to wait is left alone for so long, by every request of the profile.
    fn heed(&self, response: &Response) {
        let Some(wait) = response.retry_after.filter(|wait| !wait.is_zero()) else {
            return;
        };
        if matches!(response.status, 429 | 503) && self.pause.extend(wait) {
            (self.account.ear)(News::Paused {
                profile: self.account.profile.clone(),
                wait,
            });
        }
    }
}
