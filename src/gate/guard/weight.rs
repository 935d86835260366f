//! How much hangs on a plan: removals where real people depend on it, and many rows at once. This is the
//! one rule for both front ends; several plans that one yes covers count together.

use super::Findings;
use super::case::Case;
use crate::domain::connection::Stage;
use crate::domain::{Objection, Plan, Text, Verb};
use crate::gate::Gate;
use crate::provider::link::Link;

/// Rows that one yes may change without a typed name.
const FEW: usize = 5;

const MANY: &str = "more than five rows change at once";

/// Asks for the name before removals on a production profile and before more than a few rows.
pub(super) async fn of(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    if is_removal(case.wish.verb()) {
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

/// Asks once for all plans that one yes covers: for a name where they are many together, and for their
/// number where they are of several organizations, since no one name stands for those.
pub(in crate::gate) async fn together(gate: &Gate, link: &Link, plans: &mut [Plan]) {
    let rows: usize = plans.iter().map(Plan::rows).sum();
    let asked = plans.iter().flat_map(|plan| &plan.objections);
    let mut asked = asked.filter_map(|objection| match objection {
        Objection::TypeName { names, why } => Some((names.clone(), *why)),
        Objection::Refused(_) => None,
    });
    let (names, why) = match asked.next() {
        Some(asked) => asked,
        None if rows > FEW => (Vec::new(), MANY),
        None => return,
    };
    let names = match one_org(plans) {
        None => vec![Text::from(rows.to_string())],
        Some(_) if !names.is_empty() => names,
        Some(plan) => {
            Case::new(gate, link, (&plan.wish, &plan.steps))
                .names()
                .await
        }
    };
    for plan in plans {
        plan.ask_name(&names, why);
    }
}

/// A plan of the one organization that all of them are of.
fn one_org(plans: &[Plan]) -> Option<&Plan> {
    let sending = |plan: &&Plan| !plan.steps.is_empty();
    let first = plans.iter().find(sending)?;
    let is_one = |plan: &Plan| plan.org() == first.org();
    let are_one = plans.iter().filter(sending).all(is_one);
    (first.org().is_some() && are_one).then_some(first)
}
