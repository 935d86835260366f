//! Reports: every request that began is told as news when it ended, also one that was dropped.

use jiff::Timestamp;
use tokio::time::Instant;

use super::Account;
use super::attempt::{Broken, Ended};
use super::call::Call;
use crate::domain::news::{News, Sent};
use crate::domain::{ApiError, Fault, Text};

/// Tells of one attempt when it goes.
pub(super) struct Report<'a> {
    account: &'a Account,
    call: &'a Call<'a>,
    started: Instant,
    ended: Result<u16, Box<ApiError>>,
    trace: Option<Text>,
    served_at: Option<Timestamp>,
}

impl<'a> Report<'a> {
    /// A report of a request that goes out now; nobody waits for its answer until it says otherwise.
    pub(super) fn begin(account: &'a Account, call: &'a Call<'a>) -> Self {
        Self {
            account,
            call,
            started: Instant::now(),
            ended: Err(Box::new(ApiError::new(call.verb, Fault::Cancelled))),
            trace: None,
            served_at: None,
        }
    }

    /// The request ended like this.
    pub(super) fn end(mut self, ended: &Ended) {
        self.ended = match ended {
            Ok(response) => Ok(response.status),
            Err(broken) => Err(Box::new(broken.error(self.call.verb))),
        };
        if let Ok(response) | Err(Broken::Partly(response, _)) = ended {
            self.trace.clone_from(&response.trace);
            self.served_at = response.served_at;
        }
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        let request = self.call.request;
        (self.account.ear)(News::Sent(Box::new(Sent {
            profile: self.account.profile.clone(),
            verb: self.call.verb,
            method: request.method,
            target: Text::from(request.target()),
            ended: self.ended.clone(),
            served_at: self.served_at,
            took: self.started.elapsed(),
            trace: self.trace.take(),
        })));
    }
}
