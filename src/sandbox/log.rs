//! What each face was asked, in order; the oldest requests are forgotten.

use std::collections::VecDeque;

use axum::http::HeaderMap;
use bytes::Bytes;

use super::exchange::{Reply, Request, Route};

/// Enough for every test; a sandbox that runs for days must not grow with it.
const KEPT: usize = 20_000;

/// One request that reached a face.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The verb.
    pub method: String,
    /// Path and query as they were sent.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The status of the answer; none while there is none, or when none was sent.
    pub status: Option<u16>,
    /// Whether the face knew the path.
    pub route: Route,
    /// The status that the face itself gave, whatever was answered; none when a fault kept the request
    /// from it.
    pub effect: Option<u16>,
}

impl Recorded {
    /// Whether it asked for a change, and the service made it.
    pub fn is_applied(&self) -> bool {
        self.method != "GET"
            && self
                .effect
                .is_some_and(|status| (200..300).contains(&status))
    }
}

/// The number of a request within its log.
#[derive(Clone, Copy)]
pub(super) struct Entry(usize);

#[derive(Default)]
pub(super) struct Log {
    forgotten: usize,
    requests: VecDeque<Recorded>,
}

impl Log {
    pub(super) fn came(&mut self, request: &Request) -> Entry {
        if self.requests.len() == KEPT {
            self.requests.pop_front();
            self.forgotten += 1;
        }
        self.requests.push_back(Recorded {
            method: request.method.clone(),
            target: target(request),
            headers: request.headers.clone(),
            body: request.body.clone(),
            status: None,
            route: Route::Known,
            effect: None,
        });
        Entry(self.forgotten + self.requests.len() - 1)
    }

    /// The face was asked, and gives this reply.
    pub(super) fn took_effect(&mut self, entry: Entry, reply: &Reply) {
        if let Some(recorded) = self.get(entry) {
            recorded.effect = Some(reply.status);
            recorded.route = reply.route;
        }
    }

    /// This reply is on its way to the client.
    pub(super) fn answered(&mut self, entry: Entry, reply: &Reply) {
        if let Some(recorded) = self.get(entry) {
            recorded.status = Some(reply.status);
        }
    }

    fn get(&mut self, entry: Entry) -> Option<&mut Recorded> {
        self.requests.get_mut(entry.0.checked_sub(self.forgotten)?)
    }

    pub(super) fn all(&self) -> Vec<Recorded> {
        self.requests.iter().cloned().collect()
    }
}

fn target(request: &Request) -> String {
    if request.query.is_empty() {
        return request.path.clone();
    }
    format!("{}?{}", request.path, request.query)
}
