//! Pauses: a service that asked for patience is left alone for as long as it asked.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use crate::domain::Fault;

/// Until when nothing is sent.
#[derive(Debug, Default)]
pub(super) struct Pause(watch::Sender<Option<Instant>>);

impl Pause {
    /// Waits at least so long from now on. Whether that is longer than before.
    pub(super) fn extend(&self, wait: Duration) -> bool {
        let until = Some(Instant::now() + wait);
        self.0.send_if_modified(|known| {
            let longer = until > *known;
            *known = until.max(*known);
            longer
        })
    }

    /// Refuses when it does not end before `deadline`.
    pub(super) fn ends_before(&self, deadline: Instant) -> Result<(), Fault> {
        match self.end() {
            Some(end) if end >= deadline => Err(Fault::Slowed {
                after: Some(end - Instant::now()),
            }),
            Some(_) | None => Ok(()),
        }
    }

    /// Waits for its end, unless that does not come before `deadline`.
    pub(super) async fn sit_out(&self, deadline: Instant) -> Result<(), Fault> {
        let mut changes = self.0.subscribe();
        while let Some(end) = self.end() {
            self.ends_before(deadline)?;
            // It may grow meanwhile, and then beyond what this request can wait for.
            let _ = timeout_at(end, changes.changed()).await;
        }
        Ok(())
    }

    fn end(&self) -> Option<Instant> {
        self.0.borrow().filter(|end| *end > Instant::now())
    }
}
