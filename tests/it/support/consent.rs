//! Yes to a plan, whatever speaks against it: for tests of an adapter, which must stand without the guards.

use orgdeck::domain::Plan;
use orgdeck::domain::plan::{Consent, TaskId};

/// The consent to a plan whose objections are not what is tested.
pub(crate) fn consent(plan: &Plan, task: TaskId) -> Consent {
    let open = Plan {
        objections: Vec::new(),
        ..plan.clone()
    };
    open.agree(task, None).expect("nothing is left to object")
}
