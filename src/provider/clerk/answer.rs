//! Asking and judging: what counts as an answer of the API before anything in it is read.

use serde::de::DeserializeOwned;

use super::body::Body;
use super::pages::{Slice, garbled};
use super::{Clerk, errors};
use crate::domain::{ApiError, Fault, Request, Text, Verb};
use crate::provider::http::{Response, not_the_api};

/// How much of a body that is no JSON is quoted.
const EXCERPT: usize = 80;

impl Clerk {
    /// Asks for something and gives back what is at least JSON of the API.
    pub(super) async fn get(&self, verb: Verb, request: &Request) -> Result<Response, ApiError> {
        let _turn = self.few.acquire().await;
        self.fetch(verb, request).await
    }

    /// Asks for a page; one in the middle of a list does not wait for its turn among other reads.
    pub(super) async fn get_page(
        &self,
        verb: Verb,
        slice: Slice,
        request: &Request,
    ) -> Result<Response, ApiError> {
        if slice.is_first() {
            self.get(verb, request).await
        } else {
            self.fetch(verb, request).await
        }
    }

    /// Asks for one record.
    pub(super) async fn record<W: DeserializeOwned>(
        &self,
        verb: Verb,
        request: &Request,
    ) -> Result<W, ApiError> {
        let response = self.get(verb, request).await?;
        record(verb, &response)
    }

    async fn fetch(&self, verb: Verb, request: &Request) -> Result<Response, ApiError> {
        let response = self.transport.read(verb, request).await?;
        match objection(verb, &response) {
            Some(error) => Err(error),
            None => Ok(response),
        }
    }
}

/// The record in an answer.
pub(super) fn record<W: DeserializeOwned>(verb: Verb, response: &Response) -> Result<W, ApiError> {
    let record = Body::of(response).record();
    record.map_err(|odd| ApiError {
        status: Some(response.status),
        trace: response.trace.clone(),
        ..garbled(verb, odd)
    })
}

fn objection(verb: Verb, response: &Response) -> Option<ApiError> {
    if !response.is_success() {
        return Some(errors::refusal(verb, response));
    }
    let error = ApiError {
        status: Some(response.status),
        trace: response.trace.clone(),
        ..ApiError::new(verb, Fault::Cut)
    };
    if let Some(fault) = not_the_api(response) {
        return Some(ApiError { fault, ..error });
    }
    let body = Body::of(response);
    let start = body.as_str().trim_start();
    // What begins like JSON may hold people's data; anything else is quoted to tell where it came from.
    (!start.starts_with(['{', '['])).then(|| ApiError {
        fault: Fault::Garbled(Text::from("the body is no JSON")),
        words: (!start.is_empty()).then(|| start.chars().take(EXCERPT).collect::<String>().into()),
        ..error
    })
}
