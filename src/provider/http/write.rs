//! Writes: sent once, whatever happens.
//!
//! What became of a write is said as carefully as it is known:
//!
//! - `NotSent` only with proof: no connection stood, or nothing was tried.
//! - `Renewed` for a token that was refused, where its source has another one.
//! - `Answered` for a whole answer, and for a refusal or failure (400 and above) whose body did not
//!   come whole: its status alone says what happened, the lost words only would have said why.
//! - `Lost` for the rest. A success whose body is cut is among it: there are services that say no in
//!   the body of a 200. A redirect does not tell either whether the first place did anything: that is
//!   `Instead`.

use tokio::time::Instant;

use super::attempt::Broken;
use super::call::Call;
use super::client::Purpose;
use super::mask::Masks;
use super::{Response, Transport, Unauthorized};
use crate::domain::{ApiError, Fault, Method, Request, Secret, Verb};
use crate::gate::Permit;

/// What became of a request that may have changed something.
#[derive(Clone, Debug)]
pub enum Sent {
    /// There was an answer, of any status but a redirect.
    Answered(Response),
    /// No byte of it left: why.
    NotSent(ApiError),
    /// It was turned away for its token, and there is another one by now: nothing was applied.
    Renewed(ApiError),
    /// Bytes may have left, and no answer came back that could be read.
    Lost,
    /// The same, and this came back in its place: a redirect.
    Instead(ApiError),
}

impl Transport {
    /// Sends a write once.
    pub async fn write(&self, verb: Verb, request: &Request, permit: Permit) -> Sent {
        let sealed = (&*request.target(), permit, Masks::default());
        self.send(verb, request, sealed).await
    }

    /// Sends a write once, with a secret (percent-encoded) in the place of `{token}` in its path.
    pub async fn write_hidden(
        &self,
        verb: Verb,
        request: &Request,
        hidden: (&Secret, Permit),
    ) -> Sent {
        let (secret, permit) = hidden;
        let encoded = crate::provider::encode(secret.expose());
        let target = request.target().replace("{token}", &encoded);
        let masks = Masks::of([secret.expose()]);
        self.send(verb, request, (&target, permit, masks)).await
    }

    /// Posts the code of a second factor with the session that it completes, once. No permit: what it
    /// makes is a token, and the service keeps nothing else of it.
    ///
    /// # Errors
    /// When there was no whole answer; one of any status but a redirect is one.
    pub async fn verify(&self, path: &str, code: &Secret) -> Result<Response, ApiError> {
        let verb = Verb::WhoAmI;
        let body = serde_json::json!({ "code": code.expose() });
        let request = Request::new(Method::Post, path).json(body);
        let call = self.call(verb, &request, (Purpose::Writes, path)).await?;
        let call = call.for_a_token();
        let _room = self.room.one().await;
        let deadline = Instant::now() + self.account.limits.read;
        let ended = self.attempt(&call, deadline).await;
        ended.map_err(|broken| broken.error(verb))
    }

    async fn send(&self, verb: Verb, request: &Request, sealed: (&str, Permit, Masks)) -> Sent {
        let (target, _permit, masks) = sealed;
        let call = match self.call(verb, request, (Purpose::Writes, target)).await {
            Ok(call) => call.hiding(masks),
            Err(error) => return Sent::NotSent(error),
        };
        let _room = self.room.one().await;
        if let Err(fault) = self.pause.ends_before(Instant::now()) {
            return Sent::NotSent(ApiError::new(verb, fault));
        }
        let deadline = Instant::now() + self.account.limits.write;
        match self.attempt(&call, deadline).await {
            Ok(response) => self.answered(&call, response).await,
            Err(Broken::Partly(response, _)) if response.status >= 400 => {
                self.answered(&call, response).await
            }
            Err(Broken::Unsent(fault)) => Sent::NotSent(ApiError::new(verb, fault)),
            Err(Broken::Partly(response, fault @ Fault::Redirected(_))) => {
                Sent::Instead(response.error(verb, fault))
            }
            Err(Broken::Unanswered(_) | Broken::Partly(..)) => Sent::Lost,
        }
    }

    /// A write is never repeated here; but when it goes out again, its token is a new one.
    async fn answered(&self, call: &Call<'_>, response: Response) -> Sent {
        let is_refused = response.status == 401 && self.unauthorized == Unauthorized::BadToken;
        if is_refused && self.renew_secret(&call.secret).await {
            return Sent::Renewed(response.error(call.verb, Fault::Renewed));
        }
        Sent::Answered(response)
    }
}
