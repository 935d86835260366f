//! Progress: one line on a terminal for what takes longer than half a second, and nothing elsewhere.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use crate::domain::Moment;
use crate::runtime::clock::Clock;

/// Nothing is said before this.
const PATIENCE: Duration = Duration::from_millis(500);

/// The time between two drawings.
const PAUSE: Duration = Duration::from_millis(100);

/// Cells of the bar.
const BAR: u64 = 20;

/// How far some work is.
pub(super) struct Progress {
    clock: Clock,
    began: Moment,
    drawn: Option<Moment>,
    done: u64,
    total: Option<u64>,
    what: &'static str,
    is_shown: bool,
}

impl Progress {
    /// Work that begins now. What a person reads on the same terminal meanwhile needs no counting.
    pub(super) fn of(clock: Clock, what: &'static str, total: Option<u64>) -> Self {
        Self {
            clock,
            began: clock.moment(),
            drawn: None,
            done: 0,
            total,
            what,
            is_shown: io::stderr().is_terminal(),
        }
    }

    /// The same, said to nobody.
    #[must_use]
    pub(super) fn silent(self) -> Self {
        Self {
            is_shown: false,
            ..self
        }
    }

    /// One more is done.
    pub(super) fn step(&mut self) {
        self.done += 1;
        self.draw();
    }

    /// So many are done.
    pub(super) fn reach(&mut self, done: u64) {
        self.done = done;
        self.draw();
    }

    /// Takes the line away.
    pub(super) fn clear(&mut self) {
        if self.drawn.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }

    fn draw(&mut self) {
        let now = self.clock.moment();
        let waited = now.since(self.began) >= PATIENCE;
        let rested = self.drawn.is_none_or(|drawn| now.since(drawn) >= PAUSE);
        if self.is_shown && waited && rested {
            self.drawn = Some(now);
            let line = line((self.done, self.total), self.what, now.since(self.began));
            let _ = write!(io::stderr(), "\r\x1b[K{line}");
        }
    }
}

/// `[#####...............] 10 of 40 requests, 3.2/s`.
fn line((done, total): (u64, Option<u64>), what: &str, since: Duration) -> String {
    let tenths = u128::from(done) * 10_000 / since.as_millis().max(1);
    let rate = format!("{}.{}/s", tenths / 10, tenths % 10);
    match total {
        None => format!("{done} {what}, {rate}"),
        Some(total) => {
            let full = (done * BAR).checked_div(total).unwrap_or(BAR).min(BAR);
            let cells = |count: u64, cell: &str| cell.repeat(usize::try_from(count).unwrap_or(0));
            let bar = cells(full, "#") + &cells(BAR - full, ".");
            format!("[{bar}] {done} of {total} {what}, {rate}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_counts_and_says_how_fast() {
        let two = Duration::from_secs(2);
        let whole = line((10, Some(40)), "requests", two);
        assert_eq!(whole, "[#####...............] 10 of 40 requests, 5.0/s");
        assert_eq!(line((500, None), "rows", two), "500 rows, 250.0/s");
        assert!(line((0, Some(0)), "requests", Duration::ZERO).contains("0 of 0"));
    }
}
