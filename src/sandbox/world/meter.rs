//! Counts uses within a window of the world's time: the services' rate limits.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

/// The recent uses of each bucket.
#[derive(Clone, Debug, Default)]
pub(super) struct Meter(BTreeMap<String, VecDeque<Timestamp>>);

impl Meter {
    pub(super) fn spend(
        &mut self,
        bucket: &str,
        limit: usize,
        (now, window): (Timestamp, SignedDuration),
    ) -> Result<(), SignedDuration> {
        let uses = self.0.entry(bucket.to_owned()).or_default();
        while uses
            .front()
            .is_some_and(|use_| now.duration_since(*use_) >= window)
        {
            uses.pop_front();
        }
        if uses.len() >= limit {
            let oldest = uses.front().copied().unwrap_or(now);
            return Err(window - now.duration_since(oldest));
        }
        uses.push_back(now);
        Ok(())
    }
}
