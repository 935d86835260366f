//! How much hangs on a plan: removals where real people depend on it, and many rows at once.

use std::collections::BTreeSet;

use super::Findings;
use super::case::Case;
use crate::domain::connection::Stage;
use crate::domain::mutation::Target;
use crate::domain::{Class, Mutation, Step, Verb};

/// Rows that one yes may change or remove without a typed name.
const FEW: usize = 5;

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
    if rows(case.steps) > FEW {
        found.want_name("more than five rows change at once");
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

/// The members and invites that steps change or remove, each once.
fn rows(steps: &[Step]) -> usize {
    let touching = steps.iter().filter(|step| is_heavy(&step.change));
    let targets: BTreeSet<Target> = touching.flat_map(|step| step.change.targets()).collect();
    targets.len()
}

/// Whether a change takes away, or changes what a person may do; asking somebody in does not.
fn is_heavy(change: &Mutation) -> bool {
    change.verb().class() == Class::Destroy || change.verb() == Verb::MemberRole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        InviteDraft, InviteId, InviteRef, MemberId, MemberRef, OrgId, Profile, Request, Role, Seen,
    };

    fn org() -> OrgId {
        OrgId::new(&Profile::new("p"), "1")
    }

    fn steps(changes: impl Iterator<Item = Mutation>) -> Vec<Step> {
        let step = |change| Step {
            change,
            request: Request::get("/"),
            seen: Seen::Nothing,
            after: None,
        };
        changes.map(step).collect()
    }

    fn revoked(count: u8) -> Vec<Step> {
        let id = |number: u8| InviteId::new(&Profile::new("p"), number.to_string());
        steps((0..count).map(|number| Mutation::RevokeInvite {
            invite: InviteRef {
                org: org(),
                id: id(number),
            },
        }))
    }

    #[test]
    fn rows_are_counted_once_each_and_only_where_something_is_taken_or_changed() {
        assert_eq!(rows(&revoked(5)), 5);
        assert_eq!(rows(&revoked(6)), 6);
        let member = MemberRef::id(&org(), &MemberId::new(&Profile::new("p"), "m"));
        let roles = (0..9).map(|number: u8| Mutation::GiveRole {
            member: member.clone(),
            role: Role::named(number.to_string()),
        });
        assert_eq!(rows(&steps(roles)), 1);
        let invites = (0..9).map(|number: u8| Mutation::Invite {
            org: org(),
            draft: InviteDraft::to(format!("{number}@x.example")),
        });
        assert_eq!(rows(&steps(invites)), 0);
    }
}
