//! The form of every goal on every service that has it, as it opens.

use orgdeck::app::action;
use orgdeck::app::layer::Overlay;
use orgdeck::app::place::{Pane, Size};

use super::desk::{SERVICES, desk, holds};
use super::{Case, case};
use crate::support::rig::Rig;

/// What a form is for, where it is opened, and by which action.
pub(super) const GOALS: [(&str, Pane, &str); 8] = [
    ("create", Pane::Orgs, "org.create"),
    ("edit", Pane::Orgs, "org.edit"),
    ("logo", Pane::Orgs, "logo.set"),
    ("metadata", Pane::Orgs, "metadata.set"),
    ("add", Pane::Orgs, "member.add"),
    ("roles", Pane::Members, "member.role"),
    ("invite", Pane::Orgs, "invite.create"),
    ("accept", Pane::Orgs, "invite.accept"),
];

/// Opens the form for a goal, if the service has it.
pub(super) fn opened((service, size): (&'static str, Size), goal: &str) -> Option<Rig> {
    let (_, pane, name) = GOALS.into_iter().find(|(known, ..)| *known == goal)?;
    let mut rig = desk(service, size).on(pane);
    if goal == "roles" {
        holds(&mut rig, &["Admin", "Night shift"]);
    }
    let action = action::named(name).unwrap();
    if action::blocked(&rig.model, action).is_some() {
        return None;
    }
    let effects = (action.run)(&mut rig.model);
    rig.effects.extend(effects);
    // A key that does nothing lets the frame be looked at.
    rig.settle_questions();
    rig.wait(1);
    matches!(rig.model.overlays.last(), Some(Overlay::Form(_))).then_some(rig)
}

pub(super) fn cases() -> Vec<Case> {
    let size = Size {
        width: 80,
        height: 24,
    };
    let mut cases = Vec::new();
    for service in SERVICES {
        for (goal, ..) in GOALS {
            if opened((service, size), goal).is_some() {
                let reach = move |size| opened((service, size), goal).unwrap();
                cases.push(case(format!("{goal}_{service}"), reach));
            }
        }
    }
    cases
}
