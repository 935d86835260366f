//! A sign-in under way: the address for the person, and the wait for what the browser brings back.

use std::time::Duration;

use url::Url;

use super::issuer::{Asked, Issuer, NoGrant};
use super::listener::Listener;
use super::{Grant, missing};
use crate::domain::secret::SignIn;
use crate::domain::{Fault, Text};
use crate::provider::http::Peer;

/// Characters of an issuer's own words that are repeated.
const EXCERPT: usize = 200;

/// A sign-in that waits for a person.
pub struct Waiting {
    registered: SignIn,
    peer: Peer,
    issuer: Issuer,
    listener: Listener,
    asked: Asked,
}

impl Waiting {
    /// Finds out where people sign in, and listens for the answer.
    ///
    /// # Errors
    /// When the service cannot be asked or offers no sign-in, or nobody can listen at the redirect.
    pub async fn begin(registered: &SignIn, peer: &Peer) -> Result<Self, Fault> {
        let issuer = Issuer::discover(peer).await?;
        let redirect =
            Url::parse(&registered.redirect).map_err(|_| missing("the redirect is no address"))?;
        let listener = Listener::at(&redirect).await.map_err(|error| {
            missing(format!(
                "nobody can listen at {}: {error}",
                registered.redirect
            ))
        })?;
        Ok(Self {
            asked: issuer.ask(registered)?,
            registered: registered.clone(),
            peer: peer.clone(),
            issuer,
            listener,
        })
    }

    /// The address that the person opens in a browser.
    pub fn url(&self) -> &str {
        self.asked.url.as_str()
    }

    /// Waits for the person, and takes what the service grants.
    ///
    /// # Errors
    /// When they refuse, allow too little, or do not come back in time.
    pub async fn finish(self, patience: Duration) -> Result<Grant, Fault> {
        let answer = self.listener.answer(self.asked.state.secret());
        let answer = tokio::time::timeout(patience, answer).await;
        let answer = answer.map_err(|_| missing("nobody signed in in time"))?;
        let Some(code) = answer.code else {
            let words = [answer.error, answer.description].into_iter().flatten();
            let words: Vec<String> = words
                .map(|word| Text::from(word).excerpt(EXCERPT).to_string())
                .collect();
            return Err(missing(format!(
                "the sign-in was refused: {}",
                words.join(": ")
            )));
        };
        let client = (&self.registered, &self.peer);
        let granted = self
            .issuer
            .exchange(client, code, self.asked.verifier)
            .await;
        granted.map_err(|none| match none {
            NoGrant::Refused(why) => missing(format!("the sign-in was refused: {why}")),
            NoGrant::Failed(fault) => fault,
        })
    }
}
