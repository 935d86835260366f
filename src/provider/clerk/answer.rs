//! Asking: what counts as an answer of the API before anything in it is read.

use serde::de::DeserializeOwned;

use super::field::{Odd, record};
use super::pages::Slice;
use super::{Clerk, errors};
use crate::domain::{ApiError, Request, Verb};
use crate::provider::http::Response;
use crate::provider::json;

impl Clerk {
    /// Asks for something and gives back what was answered with success.
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
        let json = json::document(verb, &response)?;
        record(json)
            .and_then(read)
            .map_err(|odd| response.error(verb, odd.fault()))
    }
}

fn accepted(verb: Verb, response: Response) -> Result<Response, ApiError> {
    if response.is_success() {
        Ok(response)
    } else {
        Err(errors::refusal(verb, &response))
    }
}
