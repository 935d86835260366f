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

#[cfg(test)]
mod tests {
    use super::*;

    const fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[tokio::test(start_paused = true)]
    async fn only_a_longer_wait_counts() {
        let pause = Pause::default();
        let start = Instant::now();
        assert!(pause.extend(seconds(600)));
        assert!(!pause.extend(seconds(10)));
        let slowed = |after| {
            Err(Fault::Slowed {
                after: Some(seconds(after)),
            })
        };
        assert_eq!(pause.ends_before(start + seconds(600)), slowed(600));
        assert_eq!(pause.ends_before(start + seconds(601)), Ok(()));
        assert_eq!(pause.sit_out(start + seconds(600)).await, slowed(600));
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert_eq!(pause.sit_out(start + seconds(601)).await, Ok(()));
        assert_eq!(start.elapsed().as_secs(), 600);
        assert_eq!(pause.ends_before(start), Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_grows_too_long_ends_at_once() {
        let pause = Pause::default();
        let start = Instant::now();
        pause.extend(seconds(10));
        let (waited, ()) = tokio::join!(pause.sit_out(start + seconds(30)), async {
            tokio::time::advance(seconds(4)).await;
            pause.extend(seconds(600));
        });
        let after = Some(seconds(600));
        assert_eq!(waited, Err(Fault::Slowed { after }));
        assert_eq!(start.elapsed().as_secs(), 4);
    }
}
