//! What a write has made stale, and where the cursors go: exactly that is read again.

use std::collections::BTreeSet;

use crate::app::cursor::Hold;
use crate::app::effect::Effects;
use crate::app::model::{InviteScope, Model};
use crate::app::place::Pane;
use crate::app::screen::{invites, members, orgs};
use crate::domain::member::Mine;
use crate::domain::outcome::{Made, Receipt};
use crate::domain::wish::Resend;
use crate::domain::{Bulk, Org, OrgId, Profile, Row, Seen, Step, Told, Verb, Wish};
use crate::job::Task;
use crate::job::rest::is_done;
use crate::job::task::State;

/// Reads again what a task that is over may have changed.
pub(super) fn read(model: &mut Model, task: &Task) -> Effects {
    let some_done = task.steps().any(|(_, state)| is_done(state));
    match &task.plan.wish {
        Wish::CreateOrg { profile, .. } => created(model, task, profile),
        Wish::DeleteOrg { org } | Wish::Leave { org } if some_done => gone(model, org),
        Wish::RemoveMember { member } if some_done && member.is_me == Told::Is(Mine::Own) => {
            gone(model, &member.at.org)
        }
        Wish::DeleteOrg { org }
        | Wish::Leave { org }
        | Wish::EditOrg { org, .. }
        | Wish::SetLogo { org, .. }
        | Wish::RemoveLogo { org }
        | Wish::SetMetadata { org, .. } => {
            row(model, org);
            Effects::new()
        }
        Wish::AddMember { org, .. } => of_members(model, org),
        Wish::SetRoles { member, .. } => of_members(model, &member.org),
        Wish::RemoveMember { member } => of_members(model, &member.at.org),
        Wish::AcceptInvite { profile, .. } => orgs::read_one(model, profile),
        Wish::Invite { org, .. } | Wish::Resend(Resend::Address { org, .. }) => {
            of_invites(model, org)
        }
        Wish::RevokeInvite { invite } | Wish::Resend(Resend::Listed(invite)) => {
            of_invites(model, &invite.at.org)
        }
        Wish::Each(bulk) => of_bulk(model, task, bulk),
    }
}

/// Each list that the rows of a bulk stand in, once; nothing of an organization that we have left.
fn of_bulk(model: &mut Model, task: &Task, bulk: &Bulk) -> Effects {
    let is_own = |step: &Step| matches!(&step.seen, Seen::Member(member) if member.is_own());
    let mut steps = task.steps();
    let is_any = |verbs: &[Verb]| {
        let mut parts = bulk.parts().iter();
        parts.any(|part| verbs.contains(&part.verb()))
    };
    let is_end = is_any(&[Verb::MemberRemove]);
    let left = steps.find(|(step, state)| is_end && is_own(step) && is_done(state));
    if let Some(org) = left.and_then(|(step, _)| step.change.org()) {
        return gone(model, org);
    }
    let of_people = is_any(&[Verb::MemberRemove, Verb::MemberRole, Verb::MemberAdd]);
    let of_mails = is_any(&[Verb::InviteCreate, Verb::InviteRevoke, Verb::InviteResend]);
    let orgs: BTreeSet<&OrgId> = bulk.parts().iter().filter_map(Wish::org).collect();
    let mut effects = Effects::new();
    for org in orgs {
        row(model, org);
        effects.extend(
            of_people
                .then(|| of_members(model, org))
                .into_iter()
                .flatten(),
        );
        effects.extend(
            of_mails
                .then(|| of_invites(model, org))
                .into_iter()
                .flatten(),
        );
    }
    effects
}

/// The rest of the organization's row: it holds the details and the counts.
fn row(model: &mut Model, org: &OrgId) {
    if let Some(account) = model.store.account_mut(org.profile()) {
        account.orgs.retry(org);
    }
}

fn of_members(model: &mut Model, org: &OrgId) -> Effects {
    row(model, org);
    if model.panes.open.as_ref() == Some(org) {
        return members::read(model);
    }
    model.store.forget(org);
    Effects::new()
}

fn of_invites(model: &mut Model, org: &OrgId) -> Effects {
    row(model, org);
    let mut effects = Effects::new();
    if model.panes.open.as_ref() == Some(org) {
        effects.extend(invites::read(model));
    } else {
        model.store.forget(org);
    }
    if model.panes.invite_scope == InviteScope::All {
        effects.extend(invites::read_all(model));
    }
    effects
}

/// An organization is not ours to see any more: its row goes, and the other panes leave it.
fn gone(model: &mut Model, org: &OrgId) -> Effects {
    if let Some(account) = model.store.account_mut(org.profile()) {
        account.orgs.leave_out(org);
    }
    let mut effects = model
        .pending
        .cancel(|purpose| purpose.visited() == Some(org));
    if model.panes.open.as_ref() == Some(org) {
        model.panes.open = None;
        members::reset(model);
        invites::reset(model);
        if matches!(model.panes.focus, Pane::Org | Pane::Members | Pane::Invites) {
            model.panes.focus = Pane::Orgs;
        }
    }
    model.store.forget(org);
    effects.extend(orgs::read_one(model, org.profile()));
    effects
}

/// A new organization gets its row at once, and the cursor goes to it.
fn created(model: &mut Model, task: &Task, profile: &Profile) -> Effects {
    let effects = orgs::read_one(model, profile);
    let Some(fresh) = task.steps().find_map(|(_, state)| made(state)) else {
        return effects;
    };
    let id = fresh.item.id.clone();
    if let Some(account) = model.store.account_mut(profile) {
        account.orgs.add(fresh);
    }
    model.panes.orgs.cursor = Some(id);
    model.panes.orgs.hold = Hold::Record;
    model.panes.follow_at = Some(model.now.moment);
    effects
}

fn made(state: &State) -> Option<Row<Org>> {
    let State::Done(Receipt {
        made: Some(Made::Org(id)),
        after,
        ..
    }) = state
    else {
        return None;
    };
    Some(match after {
        Some(Seen::Org(org)) if org.id == *id => Row::whole((**org).clone()),
        _ => Row::wanted(Org::reference(id.clone())),
    })
}
