//! Providers: the services that keep organizations, each behind the same four functions.
//!
//! An adapter turns questions into requests of its service and answers into values of the domain. It
//! knows nothing of screens; whatever is particular to a service ends here.

pub mod balena;
pub mod clerk;
pub mod http;
mod json;
pub mod link;
pub mod registry;
pub mod vulos;

use std::fmt::Write as _;

use futures_util::future::BoxFuture;

use crate::domain::query::Reply;
use crate::domain::secret::Pass;
use crate::domain::{
    ApiError, Fault, Image, Mutation, Outcome, Query, Request, Skew, Text, Verb, Wish,
};
use crate::gate::Permit;

/// Why a provider plans no bulk: the gate asks for each row of it.
const ONE_BY_ONE: &str = "the rows of a bulk are planned one by one";

/// A connection to one account of a service.
pub trait Provider: Send + Sync {
    /// Asks for one page or one record. May be repeated by itself; never changes anything.
    fn query(&self, query: Query) -> BoxFuture<'_, Reply>;

    /// The requests that a wish comes to, in order. May read, never writes.
    fn plan(&self, wish: Wish) -> BoxFuture<'_, Result<Vec<Mutation>, ApiError>>;

    /// The request that carries a change, without the secret.
    fn render(&self, change: &Mutation) -> Request;

    /// Fetches an image from the address that a record gives for it. It may be on any machine, so nothing of
    /// ours goes there but the question.
    fn picture<'a>(&'a self, _: &'a Text) -> BoxFuture<'a, Result<Image, ApiError>> {
        let why = "it tells the address of no image";
        Box::pin(async move { Err(ApiError::new(Verb::OrgShow, Fault::NotOffered(why))) })
    }

    /// How far the service's clock is ahead of ours, as far as its answers have told.
    fn skew(&self) -> Skew {
        Skew::default()
    }

    /// Goes on with what a person typed, where the service lets nobody in any longer. Whether it is good
    /// is for the next question to find out.
    fn admit(&self, pass: Pass) -> BoxFuture<'_, Result<(), ApiError>>;

    /// Sends `render(change)` once. The permit shows that the gate let it through.
    fn mutate(&self, change: Mutation, permit: Permit) -> BoxFuture<'_, Outcome>;
}

/// Percent-encodes everything but the unreserved characters of RFC 3986: safe as one path segment and
/// as one query value.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
