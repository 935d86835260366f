//! Room: how many requests of a connection are under way at the same time.

use tokio::sync::{Semaphore, SemaphorePermit};

use super::Limits;

/// Places for requests; the pages of one long list may take more of them than everything else.
#[derive(Debug)]
pub(super) struct Room {
    all: Semaphore,
    ordinary: Semaphore,
}

impl Room {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            all: Semaphore::new(limits.at_once.max(limits.pages_at_once)),
            ordinary: Semaphore::new(limits.at_once),
        }
    }

    /// A place for an ordinary request, given back when it is dropped.
    pub(super) async fn one(&self) -> (SemaphorePermit<'_>, SemaphorePermit<'_>) {
        let ordinary = take(&self.ordinary).await;
        (ordinary, take(&self.all).await)
    }

    /// A place for a page of a long list, given back when it is dropped.
    pub(super) async fn page(&self) -> SemaphorePermit<'_> {
        take(&self.all).await
    }
}

async fn take(places: &Semaphore) -> SemaphorePermit<'_> {
    places.acquire().await.expect("places are never closed")
}
