//! Half: what helps where a write of several requests stopped between two of them. The same command again would not
//! find any more what it was about, or do once more what is done.

use crate::domain::{InviteDraft, Mutation, OrgId, OrgRef, StepNo, shell};
use crate::job::Task;
use crate::job::rest::is_done;

/// What helps with a step that was not done although the one before it was.
pub(super) fn help(task: &Task, number: StepNo) -> Option<String> {
    let step = &task.plan.steps[number];
    let (before, _) = task
        .steps()
        .nth(step.after?)
        .filter(|(_, state)| is_done(state))?;
    match (&before.change, &step.change) {
        (Mutation::RevokeInvite { .. }, Mutation::Invite { org, draft }) => Some(format!(
            "the old invite is revoked and there is no new one: `{}` makes it, `orgdeck undo` too",
            inviting(org, draft)
        )),
        (
            Mutation::CreateOrg { .. },
            Mutation::AddMember {
                org: OrgRef::Of(..),
                ..
            },
        ) => Some(
            "the organization is there, without this member: `orgdeck member add` adds somebody"
                .to_owned(),
        ),
        _ => None,
    }
}

fn inviting(org: &OrgId, draft: &InviteDraft) -> String {
    let place = format!("{}/{}", org.profile().as_str(), org.raw());
    let role = draft.role.as_ref();
    let role = role.map(|role| format!("--role={}", role.key.raw()));
    let words = ["orgdeck", "invite", "create", &place, draft.email.raw()];
    shell::line(words.into_iter().chain(role.as_deref()))
}
