//! Long texts over several rows, and the part of many rows that fits into a window.

pub(crate) use crate::domain::text::wrap;

/// Rows that are counted below a window; beyond them it only says that there are more.
const COUNTED: usize = 1_000;

/// Which of many rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The first one.
    pub(crate) top: usize,
    /// The one after the last.
    pub(crate) end: usize,
    /// How many there are, as far as they were counted.
    pub(crate) of: Count,
}

/// How many rows there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    /// So many.
    All(usize),
    /// So many and more.
    Over(usize),
}

impl Shown {
    /// Where the window stands, unless everything is in it: `4-10/31`.
    pub(crate) fn words(self) -> Option<String> {
        let (first, last) = (self.top + 1, self.end);
        match self.of {
            Count::All(all) if self.top == 0 && self.end >= all => None,
            Count::All(all) => Some(format!("{first}-{last}/{all}")),
            Count::Over(all) => Some(format!("{first}-{last}/{all}+")),
        }
    }
}

/// The rows of a window from `top` on; where that is behind the last page, the last page.
pub(crate) fn window<T>(
    mut rows: impl Iterator<Item = T>,
    top: usize,
    height: usize,
) -> (Vec<T>, Shown) {
    let mut kept: std::collections::VecDeque<T> = rows.by_ref().take(height).collect();
    let mut first = 0;
    while first < top {
        let Some(next) = rows.next() else { break };
        kept.push_back(next);
        kept.pop_front();
        first += 1;
    }
    let below = rows.by_ref().take(COUNTED).count();
    let end = first + kept.len();
    let of = if below == COUNTED {
        Count::Over(end + below)
    } else {
        Count::All(end + below)
    };
    let shown = Shown {
        top: first,
        end,
        of,
    };
    (kept.into(), shown)
}
