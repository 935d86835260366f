//! Forms whose requests have come to their end: one that was refused comes back as it was filled in.

use crate::app::drafts;
use crate::app::effect::{Effect, Effects};
use crate::app::form::{Entry, Form, Goal};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::notice::{Notice, Word};
use crate::app::screen::acts;
use crate::domain::draft::Left;
use crate::domain::outcome::Made;
use crate::domain::plan::TaskId;
use crate::domain::{ApiError, FieldKind, Mutation, OrgId, Text, Verb, Wish};
use crate::job::Task;
use crate::job::task::State;

use super::many;

/// A task is over: the form that it came from is let go of, or comes back.
pub fn settled(model: &mut Model, id: TaskId) -> Effects {
    let Some(task) = model.tasks.get(&id) else {
        return Effects::new();
    };
    let lonely = lonely(model, task);
    let ends: Vec<(Mutation, State)> = task
        .steps()
        .map(|(step, state)| (step.change.clone(), state.clone()))
        .collect();
    let kept = model.forms.sent(id).and_then(|form| {
        if form.roll.is_some() {
            many::over(model, form, id)
        } else {
            come_back(model, form, &ends)
        }
    });
    let mut effects: Effects = kept.into_iter().collect();
    if let Some((org, name)) = lonely {
        effects.extend(welcome(model, &org, &name));
    }
    effects
}

fn come_back(model: &mut Model, mut form: Form, ends: &[(Mutation, State)]) -> Option<Effect> {
    let is_done = |(_, state): &(Mutation, State)| matches!(state, State::Done(_));
    if ends.iter().all(is_done) || !form.stays_true(ends.iter().any(is_done)) {
        return drafts::forget(&mut form);
    }
    form.leave_out(ends);
    if ends.iter().any(is_done) {
        form.note = Some(Text::from(rest(&form.goal)));
    }
    let refused = ends.iter().find_map(|(_, state)| match state {
        State::Refused(error) => Some(error.clone()),
        State::Waiting
        | State::Sent
        | State::Done(_)
        | State::Differs(_)
        | State::Unknown(_)
        | State::Skipped => None,
    });
    match refused {
        Some(error) => show(model, form, error),
        // Whether it was applied is to be looked at first: nothing invites to send it again.
        None => drafts::shelve(model, form, Some(left(ends.iter().map(|(_, state)| state)))),
    }
}

/// How requests were left of which not all are done.
pub(super) fn left<'a>(states: impl Iterator<Item = &'a State>) -> Left {
    states.fold(Left::Unsent, |left, state| match (left, state) {
        (_, State::Unknown(_)) | (Left::Sent, _) => Left::Sent,
        (_, State::Refused(_)) => Left::Refused,
        (
            left,
            State::Waiting | State::Sent | State::Done(_) | State::Differs(_) | State::Skipped,
        ) => left,
    })
}

/// What a form holds whose requests were done in part.
fn rest(goal: &Goal) -> &'static str {
    if matches!(goal, Goal::Invite { .. }) {
        "A part of it is done: those who were invited are left out here"
    } else {
        "A part of it is done: what was refused can be changed here"
    }
}

/// Shows it with what was refused; never above what somebody is doing now.
fn show(model: &mut Model, mut form: Form, error: ApiError) -> Option<Effect> {
    form.failed(error);
    if model.overlays.is_empty() {
        let kept = drafts::keep(model, &mut form, Some(Left::Refused));
        model.typed.clear();
        model.overlays.push(Overlay::Form(Box::new(form)));
        return kept;
    }
    model.say("refused: what was typed is kept, and offered when the form is opened again");
    drafts::shelve(model, form, Some(Left::Refused))
}

impl Form {
    /// Whether it can be sent again after some of its requests were done and others were not.
    fn stays_true(&self, is_partly_done: bool) -> bool {
        match self.goal {
            Goal::Invite { .. } | Goal::InviteMany { .. } | Goal::EditOrg { .. } => true,
            Goal::CreateOrg { .. }
            | Goal::SetLogo { .. }
            | Goal::Metadata { .. }
            | Goal::AddMember { .. }
            | Goal::SetRoles { .. }
            | Goal::AcceptInvite { .. } => !is_partly_done,
        }
    }

    /// Leaves the addresses out that were invited.
    fn leave_out(&mut self, ends: &[(Mutation, State)]) {
        let mut left = Vec::new();
        for (change, state) in ends {
            if !matches!(state, State::Done(_)) {
                let drafts = change.drafts().iter();
                left.extend(drafts.map(|draft| draft.email.raw().to_owned()));
            }
        }
        let email = |field: &&mut crate::app::form::Field| field.spec.kind == FieldKind::Email;
        if let (false, Some(field)) = (left.is_empty(), self.fields.iter_mut().find(email)) {
            field.entry = Entry::Line(tui_input::Input::new(left.join(", ")));
        }
    }
}

/// The organization that a task made and in which there is nobody, where somebody can be added.
fn lonely(model: &Model, task: &Task) -> Option<(OrgId, Text)> {
    let Wish::CreateOrg {
        profile, fields, ..
    } = &task.plan.wish
    else {
        return None;
    };
    let account = model.store.account(profile)?;
    let creator = account.creator()?;
    if account.refusal(Verb::MemberAdd).is_some() || fields.get(creator).is_some() {
        return None;
    }
    let has_member = |(step, state): (&crate::domain::Step, &State)| {
        matches!(step.change, Mutation::AddMember { .. })
            && !matches!(state, State::Refused(_) | State::Skipped)
    };
    if task.steps().any(has_member) {
        return None;
    }
    let made = task.steps().find_map(|(_, state)| match state {
        State::Done(receipt) => match &receipt.made {
            Some(Made::Org(org)) => Some(org.clone()),
            _ => None,
        },
        State::Waiting
        | State::Sent
        | State::Refused(_)
        | State::Differs(_)
        | State::Unknown(_)
        | State::Skipped => None,
    });
    let org = made?;
    let name = fields.text("name").unwrap_or(org.text()).clone();
    Some((org, name))
}

/// Offers to add the first member; says so where somebody is busy with something else.
fn welcome(model: &mut Model, org: &OrgId, name: &Text) -> Effects {
    if model.overlays.is_empty() {
        model.typed.clear();
        let effects = acts::add_to(model, org, name);
        if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
            form.note = Some(Text::from("It has no member yet: Esc leaves it so"));
        }
        return effects;
    }
    let words = format!(
        "{} ({}) has no member yet: a adds one once it is chosen in the list",
        name.excerpt(80),
        org.text().excerpt(80)
    );
    model.notices.add(Notice {
        at: model.now.wall,
        profile: Some(org.profile().clone()),
        word: Word::Note(Text::from(words)),
    });
    Effects::new()
}
