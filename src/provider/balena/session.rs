//! Session tokens: what a JWT says of itself, and its exchange for a younger one before it ends.
//!
//! The payload is decoded and never verified: it decides what is worth sending, the server decides
//! the rest. An API key says nothing of itself and is sent as it is.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;

use super::{Balena, errors};
use crate::domain::secret::Pass;
use crate::domain::{ApiError, Fault, Request, Secret, Text, Verb};
use crate::provider::http::Response;

/// balena's own client exchanges a session that is older than this.
const OLD: SignedDuration = SignedDuration::from_hours(24);
/// A session that ends this soon is exchanged whatever its age.
const NEARLY_OVER: SignedDuration = SignedDuration::from_hours(1);
/// Between two attempts to exchange a session.
const PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// Where a session gets its second half.
const SECOND_FACTOR: &str = "/auth/totp/verify";

const HALF_OPEN: &str = "the session waits for the code of its second factor; API keys need none";
const WRONG_CODE: &str = "this code is not the right one now";
const NO_CODES: &str = "this server knows no second factor";
const OVER: &str = "the session token has expired: sign in again, or use an API key";

/// What can be done with a token at some point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It can be sent.
    Good,
    /// It can be sent, and it is time for another one.
    Ageing,
    /// Its end has passed, by our clock.
    Over,
    /// The second factor is still due: the server would answer 401 to everything.
    HalfOpen,
}

impl Balena {
    /// Refuses a token that cannot work, and exchanges one that ages. Comes before every request.
    ///
    /// Our clock may be wrong: it alone calls no session over.
    pub(super) async fn sign_in(&self, verb: Verb) -> Result<(), ApiError> {
        let mut secret = self.transport.secret(verb).await?;
        if standing(&secret, self.transport.wall()) == Standing::Over
            && self.transport.renew_secret(&secret).await
        {
            secret = self.transport.secret(verb).await?;
        }
        let closed = |fault, words: &str| Err(ApiError::new(verb, fault).words(words));
        match standing(&secret, self.transport.wall()) {
            Standing::Good => Ok(()),
            Standing::Over => self.still_taken(verb, &secret).await,
            Standing::HalfOpen => closed(Fault::SecondFactor, HALF_OPEN),
            Standing::Ageing => {
                self.exchange(verb).await;
                Ok(())
            }
        }
    }

    /// Whether the service takes a session that should be over: whoami decides.
    async fn still_taken(&self, verb: Verb, secret: &Secret) -> Result<(), ApiError> {
        let known = self.actor.lock().await;
        if known.as_ref().is_some_and(|(known, _)| known == secret) {
            return Ok(());
        }
        drop(known);
        match self.fresh_actor(verb).await {
            Err(error) if error.fault == Fault::SignedOut => Err(error.words(OVER)),
            asked => asked.map(drop),
        }
    }

    /// Goes on with what a person typed: another token, or the code that completes the session.
    pub(super) async fn take(&self, pass: Pass) -> Result<(), ApiError> {
        match pass {
            Pass::Code(code) => self.complete(&code).await,
            token @ Pass::Token(_) => self.transport.admit(token).await,
        }
    }

    /// Exchanges a session that is half open, with the code, for one that is open.
    async fn complete(&self, code: &Secret) -> Result<(), ApiError> {
        let verb = Verb::WhoAmI;
        let response = self.transport.verify(SECOND_FACTOR, code).await?;
        let failed = |fault, words: &str| Err(response.error(verb, fault).words(words));
        match response.status {
            401 => return failed(Fault::Refused, WRONG_CODE),
            404 => return failed(Fault::NotOffered(NO_CODES), NO_CODES),
            _ if !response.is_success() => return Err(errors::of(verb, &response)),
            _ => {}
        }
        let Some(secret) = younger(&response, self.transport.wall()) else {
            let what = Text::from("the session that the code opens");
            return Err(response.error(verb, Fault::Garbled(what)));
        };
        self.transport.replace_secret(secret).await;
        Ok(())
    }

    /// Asks for a younger token, one attempt at a time. Where that fails the old one stays.
    async fn exchange(&self, verb: Verb) {
        let now = self.transport.wall();
        let mut tried = self.exchanged.lock().await;
        if tried.is_some_and(|at| now.duration_since(at) < PAUSE) {
            return;
        }
        *tried = Some(now);
        let request = Request::get("/user/v1/refresh-token");
        if let Ok(response) = self.transport.read_token(verb, &request).await
            && let Some(secret) = younger(&response, now)
        {
            self.transport.replace_secret(secret).await;
        }
    }
}

/// The token out of an answer, which is bare text, if it is one that can be sent.
fn younger(response: &Response, now: Timestamp) -> Option<Secret> {
    let text = std::str::from_utf8(&response.body).ok()?;
    let secret = Secret::new(text);
    let usable = matches!(standing(&secret, now), Standing::Good | Standing::Ageing);
    (response.is_success() && payload(secret.expose()).is_some() && usable).then_some(secret)
}

fn standing(secret: &Secret, now: Timestamp) -> Standing {
    let Some(claims) = payload(secret.expose()) else {
        return Standing::Good;
    };
    let issued = second(&claims["iat"]);
    let ends = second(&claims["exp"]);
    if ends.is_some_and(|end| end <= now) {
        Standing::Over
    } else if claims["twoFactorRequired"] == true {
        Standing::HalfOpen
    } else if issued.is_some_and(|at| now.duration_since(at) > OLD)
        || ends.is_some_and(|end| end.duration_since(now) < NEARLY_OVER)
    {
        Standing::Ageing
    } else {
        Standing::Good
    }
}

fn second(claim: &Json) -> Option<Timestamp> {
    Timestamp::from_second(claim.as_i64()?).ok()
}

/// The claims of a JWT; any other text is taken for an API key, as balena's own client does.
fn payload(token: &str) -> Option<Json> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    let claims: Json = serde_json::from_slice(&base64url(payload)?).ok()?;
    (parts.next().is_none() && claims.is_object()).then_some(claims)
}

/// Decodes base64 in its variant for addresses, which pads nothing.
fn base64url(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let mut held: u32 = 0;
    let mut bits = 0;
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).expect("masked to eight bits"));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_is_decoded_without_padding() {
        assert_eq!(base64url("TQ").unwrap(), b"M");
        assert_eq!(base64url("TWE=").unwrap(), b"Ma");
        assert_eq!(base64url("_-8").unwrap(), [0xff, 0xef]);
        assert_eq!(base64url("a+b"), None);
    }

    #[test]
    fn only_three_parts_with_an_object_are_a_session() {
        assert!(payload("e30.e30.x").is_some());
        for key in ["x", "a.b", "e30.e30.x.y", "e30.MQ.x", "e30.!!.x"] {
            assert_eq!(payload(key), None, "{key}");
        }
    }
}
