//! Writes under way, as the rows they speak of show them.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::Model;
use crate::app::fault;
use crate::domain::mutation::Parting;
use crate::domain::{
    InviteDraft, InviteRef, Member, Mutation, OrgId, OrgRef, Profile, StepNo, Text, UserId, Wish,
};
use crate::job::Task;
use crate::job::task::{Mode, State};
use crate::view::theme::Theme;

/// One step of a task on its way.
#[derive(Clone, Copy)]
pub(crate) struct Write<'a> {
    task: &'a Task,
    number: StepNo,
    state: &'a State,
}

/// The newest write that takes this invite back.
pub(crate) fn of_invite<'a>(model: &'a Model, at: &InviteRef) -> Option<Write<'a>> {
    newest(
        model,
        |change| matches!(change, Mutation::RevokeInvite { invite } if invite == at),
    )
}

/// The newest write that changes this membership, or ends it.
pub(crate) fn of_member<'a>(model: &'a Model, member: &Member) -> Option<Write<'a>> {
    newest(model, |change| match change {
        Mutation::SetRole { member: at, .. }
        | Mutation::GiveRole { member: at, .. }
        | Mutation::TakeRole { member: at, .. }
        | Mutation::RemoveMember { member: at, .. } => member.is_at(at),
        Mutation::CreateOrg { .. }
        | Mutation::EditOrg { .. }
        | Mutation::DeleteOrg { .. }
        | Mutation::SetLogo { .. }
        | Mutation::RemoveLogo { .. }
        | Mutation::MergeMetadata { .. }
        | Mutation::AddMember { .. }
        | Mutation::Invite { .. }
        | Mutation::InviteBulk { .. }
        | Mutation::RevokeInvite { .. }
        | Mutation::AcceptInvite { .. } => false,
    })
}

/// The newest write that changes this organization itself, ends it, or ends our membership in it.
pub(crate) fn of_org<'a>(model: &'a Model, org: &OrgId) -> Option<Write<'a>> {
    newest(model, |change| match change {
        Mutation::EditOrg { org: at, .. }
        | Mutation::DeleteOrg { org: at }
        | Mutation::SetLogo { org: at, .. }
        | Mutation::RemoveLogo { org: at }
        | Mutation::MergeMetadata { org: at, .. } => at == org,
        Mutation::RemoveMember {
            member,
            why: Parting::Leaves,
        } => member.org == *org,
        Mutation::CreateOrg { .. }
        | Mutation::AddMember { .. }
        | Mutation::SetRole { .. }
        | Mutation::GiveRole { .. }
        | Mutation::TakeRole { .. }
        | Mutation::RemoveMember { .. }
        | Mutation::Invite { .. }
        | Mutation::InviteBulk { .. }
        | Mutation::RevokeInvite { .. }
        | Mutation::AcceptInvite { .. } => false,
    })
}

/// The newest task with such a step: its first one that is not done, else its last one.
fn newest(model: &Model, is_such: impl Fn(&Mutation) -> bool) -> Option<Write<'_>> {
    model.tasks.values().rev().find_map(|task| {
        let such = || steps(task).filter(|(change, _)| is_such(change));
        let open = such().find(|(_, write)| !write.is_done());
        open.or(such().last()).map(|(_, write)| write)
    })
}

/// The users who are being made members of an organization, with how far that is.
pub(crate) fn added<'a>(
    model: &'a Model,
    org: &'a OrgId,
) -> impl Iterator<Item = (&'a UserId, Write<'a>)> {
    let writes = model.tasks.values().flat_map(steps);
    writes.filter_map(move |(change, write)| {
        let Mutation::AddMember {
            org: OrgRef::Id(into),
            user,
            ..
        } = change
        else {
            return None;
        };
        (into == org).then_some((user, write))
    })
}

/// The organizations that are being made, by profile and name.
pub(crate) fn created(model: &Model) -> impl Iterator<Item = (&Profile, Option<&Text>, Write<'_>)> {
    let writes = model.tasks.values().flat_map(steps);
    writes.filter_map(|(change, write)| {
        let Mutation::CreateOrg { profile, fields } = change else {
            return None;
        };
        (!write.is_done()).then_some((profile, fields.text("name"), write))
    })
}

/// The addresses that are being invited, with how far that is.
pub(crate) fn invited(model: &Model) -> impl Iterator<Item = (&OrgId, &InviteDraft, Write<'_>)> {
    model
        .tasks
        .values()
        .flat_map(steps)
        .flat_map(|(change, write)| {
            let drafts = change.drafts().iter();
            drafts.filter_map(move |draft| Some((change.org()?, draft, write)))
        })
}

fn steps(task: &Task) -> impl Iterator<Item = (&Mutation, Write<'_>)> {
    task.steps()
        .enumerate()
        .map(move |(number, (step, state))| {
            let write = Write {
                task,
                number,
                state,
            };
            (&step.change, write)
        })
}

impl Write<'_> {
    /// Whether it has been done.
    pub(crate) fn is_done(self) -> bool {
        matches!(self.state, State::Done(_))
    }

    /// Whether another step of the same task was done: then its row is not as it was before.
    fn is_half_done(self) -> bool {
        if let Wish::Each(_) = self.task.plan.wish {
            let parts = self.task.parts();
            let mut mine = parts
                .iter()
                .filter(|part| part.steps.contains(&self.number));
            return mine.any(|part| self.task.is_half_done(part));
        }
        let mut states = self.task.steps().map(|(_, state)| state);
        states.any(|state| matches!(state, State::Done(_)))
    }

    /// How far it is, in words for a row; `failed` says what a refusal means for the row.
    fn words(self, model: &Model, failed: &str) -> String {
        match self.state {
            State::Waiting => waiting(self.task, model),
            State::Sent => "saving ..".to_owned(),
            State::Done(_) => "done".to_owned(),
            State::Refused(error) => format!("{failed}: {}", fault::reason(error)),
            State::Differs(_) => "not sent: it has changed meanwhile".to_owned(),
            State::Unknown(came) => fault::unknown(came.as_deref()),
            State::Skipped => "not sent".to_owned(),
        }
    }

    fn style(self, theme: &Theme) -> Style {
        match self.state {
            State::Waiting | State::Sent => theme.busy,
            State::Done(_) => theme.good,
            State::Refused(_) => theme.failure,
            State::Differs(_) | State::Unknown(_) | State::Skipped => theme.warning,
        }
    }

    /// How far a change of something that exists is: refused, its row is as it was before.
    pub(crate) fn of_old(self, model: &Model, theme: &Theme) -> Span<'static> {
        let failed = if self.is_half_done() {
            "half done, the rest failed"
        } else {
            "failed, rolled back"
        };
        let words = self.words(model, failed);
        Span::styled(words, self.style(theme))
    }

    /// How far the making of something new is.
    pub(crate) fn of_new(self, model: &Model, theme: &Theme) -> Span<'static> {
        Span::styled(self.words(model, "failed"), self.style(theme))
    }
}

fn waiting(task: &Task, model: &Model) -> String {
    match task.mode() {
        Mode::Recording | Mode::Running if task.is_bulk() => "waits its turn".to_owned(),
        Mode::Recording | Mode::Running => "saving ..".to_owned(),
        Mode::Paused | Mode::TooLong => "held back".to_owned(),
        Mode::Stopping => "not sent".to_owned(),
        Mode::NeedsToken => "waits for a valid token".to_owned(),
        Mode::Until(end) => format!("waits {}s", end.since(model.now.moment).as_secs()),
    }
}
