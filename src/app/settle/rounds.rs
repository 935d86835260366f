//! Rounds that keep lists fresh by themselves.
//!
//! A round reads the organizations of a connection first: they tell whether it answers at all. Only
//! then the other lists that are shown are read. When one may begin is known to `refresh`.

use std::time::Duration;

use crate::app::effect::Effects;
use crate::app::model::{InviteScope, Model};
use crate::app::pending::By;
use crate::app::refresh::{Round, gives_way, is_reading, may_begin, open_of, soon};
use crate::app::screen::orgs;
use crate::domain::Profile;
use crate::job::Feed;

/// Begins, goes on with and ends the rounds of all connections.
pub(super) fn go_on(model: &mut Model) -> Effects {
    let Some(span) = model.settings.refresh.span() else {
        return Effects::new();
    };
    let profiles = orgs::profiles(model);
    let turn = |profile: &Profile| turn(model, profile, span);
    profiles.iter().flat_map(turn).collect()
}

fn turn(model: &mut Model, profile: &Profile, span: Duration) -> Effects {
    let (is_reading, gives_way) = (is_reading(model, profile), gives_way(model, profile));
    let (may_begin, now) = (may_begin(model, profile), model.now);
    let Some(account) = model.store.account_mut(profile) else {
        return Effects::new();
    };
    let is_due = account.pace.due.is_none_or(|due| due <= now.moment);
    match (account.pace.round, is_reading) {
        (Round::Orgs | Round::Lists, true) if gives_way => give_way(model, profile),
        (Round::Resting, true) => {
            account.pace.round = Round::Asked;
            Effects::new()
        }
        (Round::Resting, false) if is_due && may_begin => begin(model, profile),
        (Round::Orgs | Round::Lists | Round::Asked, true) | (Round::Resting, false) => {
            Effects::new()
        }
        (Round::Orgs, false) if !account.pace.failed => lists(model, profile, span),
        (Round::Orgs | Round::Lists | Round::Asked, false) => {
            account.pace.rest(&account.health.clone(), (now, span));
            Effects::new()
        }
    }
}

fn give_way(model: &mut Model, profile: &Profile) -> Effects {
    let open = open_of(model, profile).cloned();
    if let Some(account) = model.store.account_mut(profile) {
        account.orgs.give_up();
        account.invites.iter_mut().for_each(Feed::give_up);
        account.pace.round = Round::Resting;
        account.pace.due = Some(soon(model.now));
    }
    if let Some(visit) = open.and_then(|org| model.store.visit_mut(&org)) {
        visit.members.give_up();
        visit.invites.iter_mut().for_each(Feed::give_up);
    }
    model.pending.cancel_quiet(profile)
}

fn begin(model: &mut Model, profile: &Profile) -> Effects {
    let Some(account) = model.store.account_mut(profile) else {
        return Effects::new();
    };
    account.pace.due = None;
    account.pace.round = Round::Orgs;
    account.orgs.renew();
    orgs::ask_who(By::Clock, model, profile)
}

/// The connection answers: the other lists of it that are shown are read.
fn lists(model: &mut Model, profile: &Profile, span: Duration) -> Effects {
    let now = model.now;
    let mut begun = false;
    let all = model.panes.invite_scope == InviteScope::All;
    let open = open_of(model, profile).cloned();
    if let Some(visit) = open.and_then(|org| model.store.visit_mut(&org)) {
        begun |= visit.members.renew();
        for feed in visit.invites.iter_mut().filter(|_| !all) {
            begun |= feed.renew();
        }
    }
    if let Some(account) = model.store.account_mut(profile) {
        for feed in account.invites.iter_mut().filter(|_| all) {
            begun |= feed.renew();
        }
        account.pace.round = Round::Lists;
        if !begun {
            account.pace.rest(&account.health.clone(), (now, span));
        }
    }
    Effects::new()
}
