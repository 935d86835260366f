//! The program itself: going back, stopping, leaving.

use crate::app::effect::{Effect, Effects, Ending};
use crate::app::model::{InviteScope, Leaving, Model, Repeat, Times};
use crate::app::pending::Purpose;
use crate::app::place::{Form, Pane, Zoom};
use crate::app::{tasks, write};
use crate::job::{Feed, Task};

use super::{invites, lists, marks};

/// Does the nearest of: stop what is under way, dismiss a message, clear the filter, show more than the
/// marked rows, clear the marks, leave all
/// invites, unzoom, go to the organizations.
pub fn back(model: &mut Model) -> Effects {
    if model.leaving == Leaving::WhenSent {
        return stay(model);
    }
    if is_reading(model) {
        return stop(model);
    }
    let effects = one_back(model);
    if model.tasks.values().any(Task::is_sending) {
        model.say("what was sent cannot be called back: what comes of it will be said");
    }
    effects
}

fn one_back(model: &mut Model) -> Effects {
    if model.notices.dismiss() {
        tasks::put_away(model, Task::is_over);
    } else if lists::filter(model).is_some_and(|text| !text.is_empty()) {
        lists::set_filter(model, "");
        model.say("no filter any more");
    } else if marks::widen(model) {
        return Effects::new();
    } else if marks::clear(model) {
        model.say("no row is marked any more");
    } else if model.panes.invite_scope == InviteScope::All {
        return invites::open_own(model);
    } else if model.panes.zoom == Zoom::In {
        model.panes.zoom = Zoom::Out;
    } else if model.panes.focus == Pane::Orgs {
        model.say("nothing to go back from: q quits");
    } else {
        model.panes.focus = Pane::Orgs;
    }
    Effects::new()
}

fn is_reading(model: &Model) -> bool {
    let pending = &model.pending;
    pending.is_waited_for(|purpose| !matches!(purpose, Purpose::Order(_)))
}

/// Stops everything that is being read; what is here stays.
fn stop(model: &mut Model) -> Effects {
    let effects = model
        .pending
        .cancel(|purpose| !matches!(purpose, Purpose::Order(_)));
    for account in &mut model.store.accounts {
        account.orgs.stop();
        account.invites.iter_mut().for_each(Feed::stop);
    }
    if let Some(org) = model.panes.open.clone()
        && let Some(visit) = model.store.visit_mut(&org)
    {
        visit.stop();
    }
    model.say("stopped: R reads again");
    effects
}

/// Stops what is under way; when nothing is, the second press quits.
pub fn cancel(model: &mut Model) -> Effects {
    if model.leaving == Leaving::WhenSent {
        return quit(model);
    }
    if is_reading(model) {
        return stop(model);
    }
    if model.leaving == Leaving::Asked {
        return quit(model);
    }
    model.leaving = Leaving::Asked;
    model.say("once more quits");
    Effects::new()
}

/// Quits; a write that is under way is waited for, visibly, and where more is still to be sent it is asked
/// first. Once more, it is not waited for any longer: the journal tells the next start that it is open.
pub fn quit(model: &mut Model) -> Effects {
    if model.leaving == Leaving::WhenSent && model.repeat == Repeat::Again {
        model.say("held back: the same key came twice at once");
        return Effects::new();
    }
    if model.leaving == Leaving::WhenSent {
        return vec![Effect::Quit(Ending::Quit)];
    }
    let fits = model.layout().form != Form::TooSmall;
    if fits && write::ask_to_leave(model) {
        return Effects::new();
    }
    let mut effects = model.pending.cancel(|_| true);
    effects.extend(write::leave(model));
    effects
}

/// The program is not left after all; what was stopped for that stays so.
fn stay(model: &mut Model) -> Effects {
    model.leaving = Leaving::No;
    model.say("it stays: what was sent is waited for all the same, and g f takes up what was not");
    Effects::new()
}

/// Draws everything anew.
pub fn redraw(_: &mut Model) -> Effects {
    vec![Effect::Redraw]
}

/// Gives the terminal back until the program is continued.
pub fn suspend(_: &mut Model) -> Effects {
    vec![Effect::Suspend]
}

/// Changes between ages and dates.
pub fn toggle_times(model: &mut Model) -> Effects {
    let (times, words) = match model.times {
        Times::Relative => (Times::Absolute, "times are shown as dates"),
        Times::Absolute => (Times::Relative, "times are shown as ages"),
    };
    model.times = times;
    model.say(words);
    Effects::new()
}
