//! The cap on removals: how many members one yes may take away. A few always may go; more of them only up
//! to a share of the members, unless somebody has allowed that many.

use super::case::{Case, Left};
use super::reads::{self, Head};
use super::{Findings, counted};
use crate::domain::mutation::Parting;
use crate::domain::{ApiError, Fault};

const WHAT: &str = "Removals";

const UNCOUNTED: &str =
    "how many members there are could not be read, so that no share of them is known";

/// Removals that no share is asked for.
const FEW: usize = 5;

/// The share of the members, in per cent, that may go at once where nobody says otherwise.
const SHARE: u8 = 25;

/// How many removals one yes may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// The share of the members, in per cent.
    pub share: u8,
    /// A number that was allowed for this run, in place of the share.
    pub allowed: Option<usize>,
}

impl Default for Cap {
    fn default() -> Self {
        Self {
            share: SHARE,
            allowed: None,
        }
    }
}

impl Cap {
    /// A cap of this share, or of the usual one.
    pub fn share(per_cent: Option<u8>) -> Self {
        Self {
            share: per_cent.unwrap_or(SHARE),
            allowed: None,
        }
    }
}

/// Refuses to remove more members at once than the cap lets through.
pub(super) async fn removals(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    let ending = |left: &Left| matches!(left, Left::Nothing(Parting::Removed));
    let ending = case.subjects.iter().filter(|one| ending(&one.left));
    let (count, cap) = (ending.count(), case.cap);
    if let Some(allowed) = cap.allowed {
        if count > allowed {
            let words = format!("{count} removals are more than --allow-removals {allowed}");
            found.refuse(refused(case, words));
        }
        return found;
    }
    if count <= FEW {
        return found;
    }
    if let Some(head) = members(case).await {
        judge(case, (count, &head), &mut found);
    } else {
        found.refuse(refused(case, format!("{UNCOUNTED}; {}", way_out(count))));
    }
    found
}

fn judge(case: &Case<'_>, (count, head): (usize, &Head), found: &mut Findings) {
    let share = case.cap.share;
    let at_least = if head.whole { "" } else { "at least " };
    let all = counted(head.count, "member", "members");
    let percent = (count as u64 * 100).div_ceil(head.count.max(1));
    let words = format!("{count} of {at_least}{all}, {percent} per cent");
    if count as u64 * 100 <= head.count * u64::from(share) {
        found.tell(WHAT, words);
        return;
    }
    found.warn(WHAT, words.clone());
    let words = format!("{words}: more than {share} per cent go at once only if that is allowed");
    found.refuse(refused(case, format!("{words}; {}", way_out(count))));
}

fn way_out(count: usize) -> String {
    format!("take fewer, set removal_cap in the configuration, or use --allow-removals {count}")
}

fn refused(case: &Case<'_>, words: String) -> ApiError {
    ApiError::new(case.wish.verb(), Fault::Refused).words(words)
}

/// As the organization tells, else as its list does.
async fn members(case: &Case<'_>) -> Option<Head> {
    let told = case
        .org()
        .await
        .and_then(|org| org.members.known().copied());
    if let Some(count) = told {
        return Some(Head { count, whole: true });
    }
    reads::head(case.link, case.org_id()?).await.ok()
}
