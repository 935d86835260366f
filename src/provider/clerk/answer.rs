//! Asking and judging: what counts as an answer of the API before anything in it is read.

use serde::de::DeserializeOwned;

use super::body::Body;
use super::field::Odd;
use super::pages::Slice;
use super::{Clerk, errors};
use crate::domain::{ApiError, Fault, Request, Text, Verb};
use crate::provider::http::{Response, not_the_api};

/// How much of a body that is no JSON is quoted.
const EXCERPT: usize = 80;

impl Clerk {
    /// Asks for something and gives back what is at least JSON of the API.
    pub(super) async fn get(&self, verb: Verb, request: &Request) -> Result<Response, ApiError> {
        accepted(verb, self.transport.read(verb, request).await?)
    }

    /// Asks for a page; of those in the middle of a list more may be under way than of other reads.
    pub(super) async fn get_page(
        &self,
        verb: Verb,
        slice: Slice,
        request: &Request,
    ) -> Result<Response, ApiError> {
        if slice.is_first() {
            return self.get(verb, request).await;
        }
        accepted(verb, self.transport.read_page(verb, request).await?)
    }

    /// Asks for one record and makes something of it.
    pub(super) async fn record<W: DeserializeOwned, T>(
        &self,
        verb: Verb,
        request: &Request,
        read: impl FnOnce(W) -> Result<T, Odd>,
    ) -> Result<T, ApiError> {
        let response = self.get(verb, request).await?;
        let record = Body::of(&response).record();
        record
            .and_then(read)
            .map_err(|odd| response.error(verb, odd.fault()))
    }
}

fn accepted(verb: Verb, response: Response) -> Result<Response, ApiError> {
    if !response.is_success() {
        return Err(errors::refusal(verb, &response));
    }
    if let Some(fault) = not_the_api(&response) {
        return Err(response.error(verb, fault));
    }
    let body = Body::of(&response);
    let start = body.as_str().trim_start();
    if start.starts_with(['{', '[']) {
        return Ok(response);
    }
    // What begins like JSON may hold people's data; anything else is quoted to tell where it came from.
    let excerpt: String = start.chars().take(EXCERPT).collect();
    let fault = Fault::Garbled(Text::from("the body is no JSON"));
    Err(ApiError {
        words: (!excerpt.is_empty()).then(|| Text::from(excerpt)),
        ..response.error(verb, fault)
    })
}
