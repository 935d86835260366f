//! What goes with an organization that is deleted.

use super::case::Case;
use super::{Findings, counted};
use crate::domain::plan::Seen;
use crate::domain::{Mutation, Org, Told, Verb};

/// The name, and what ends with the organization.
pub(super) fn goes_along(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    for step in case.steps {
        let Mutation::DeleteOrg { .. } = step.change else {
            continue;
        };
        found.want_name("a deleted organization cannot be brought back");
        if let Seen::Org(org) = &step.seen {
            counts(case, org, &mut found);
        }
        if !case.can.cascade.is_empty() {
            found.warn("Goes with it", case.can.cascade);
        }
    }
    found
}

fn counts(case: &Case<'_>, org: &Org, found: &mut Findings) {
    match org.members {
        Told::Is(count) => found.tell("Members", counted(count, "member", "members")),
        Told::Empty | Told::Unknown => found.unread("Members"),
    }
    match org.invites {
        Told::Is(count) => {
            found.tell(
                "Invites",
                counted(count, "pending invite", "pending invites"),
            );
        }
        Told::Empty | Told::Unknown if case.link.check(Verb::InviteList).is_ok() => {
            found.unread("Invites");
        }
        Told::Empty | Told::Unknown => {}
    }
}
