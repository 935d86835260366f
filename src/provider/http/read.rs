//! Reads.

use super::{Response, Transport};
use crate::domain::{ApiError, Fault, Request, Text, Verb};

impl Transport {
    /// Sends a read, repeating it where that may help; an answer of any status is `Ok`.
    ///
    /// # Errors
    /// When there was no answer at all, or none that could be taken.
    pub async fn read(&self, verb: Verb, request: &Request) -> Result<Response, ApiError> {
        let clients = self.clients(verb).await?;
        let secret = self.secret(verb).await?;
        let _room = self.room.acquire().await;
        let url = format!("{}{}", self.account.origin.as_str(), request.target());
        let mut call = clients.reads.get(url).bearer_auth(secret.expose());
        for (name, value) in self.headers {
            call = call.header(*name, *value);
        }
        let fail = |error: reqwest::Error| {
            ApiError::new(verb, Fault::Offline(Text::from(error.to_string())))
        };
        let answer = call.send().await.map_err(fail)?;
        Response::take(answer).await.map_err(fail)
    }
}

impl Response {
    pub(super) async fn take(answer: reqwest::Response) -> Result<Self, reqwest::Error> {
        let status = answer.status().as_u16();
        let header = |name: &str| {
            let value = answer.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        let content_type = header("content-type").unwrap_or_default();
        let content_type = content_type.split(';').next().unwrap_or_default();
        Ok(Self {
            status,
            content_type: content_type.trim().to_lowercase(),
            retry_after: None,
            trace: header("x-clerk-trace-id").map(Text::from),
            body: answer.bytes().await?,
        })
    }
}
