//! How much hangs on a plan: removals where real people depend on it, and many rows at once. This is the
//! one rule for both front ends.

use super::Findings;
use super::case::Case;
use crate::domain::Verb;
use crate::domain::connection::Stage;

/// Rows that one yes may change without a typed name.
const FEW: usize = 5;

const MANY: &str = "more than five rows change at once";

/// Asks for the name before removals on a production profile and before more than a few rows.
pub(super) async fn of(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    let mut parts = case.wish.parts().iter();
    if parts.any(|part| is_removal(part.verb())) {
        match stage(case).await {
            Some(Stage::Production) => found.want_name("real people depend on this profile"),
            Some(Stage::Development) => {}
            None => found.warn("Profile", "whether it is production could not be checked"),
        }
    }
    if !case.steps.is_empty() && case.wish.rows() > FEW {
        found.want_name(MANY);
    }
    found
}

/// An organization's end asks for the name anyway, and says why; an invite can be made again.
fn is_removal(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::MemberRemove | Verb::MemberLeave | Verb::LogoRemove
    )
}

/// As configured, else as the service says; `None` where it could not be asked.
async fn stage(case: &Case<'_>) -> Option<Stage> {
    if let Some(stage) = case.link.connection.production.known() {
        return Some(*stage);
    }
    let stage = case.principal().await?.stage.known();
    Some(stage.copied().unwrap_or(Stage::Development))
}
