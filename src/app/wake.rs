//! Every timer of the program: the earliest moment at which something changes by itself.

use std::time::Duration;

use super::drafts;
use super::form::{Reach, Stage};
use super::layer::{Asking, Overlay};
use super::model::Model;
use super::overlay::{ARMING, palette};
use super::refresh;
use super::store::Health;
use super::tasks;
use crate::domain::Moment;
use crate::job::Task;

/// One turn of the spinner.
pub const SPIN: Duration = Duration::from_millis(250);

/// The next moment at which the program does something without being asked; `None` is sleep. It is
/// always later than now.
pub fn wake_at(model: &Model) -> Option<Moment> {
    let now = model.now.moment;
    let busy = !model.pending.is_empty() || model.tasks.values().any(Task::is_sending);
    let spinner = busy.then(|| next_turn(now));
    let tasks = model.tasks.values().filter_map(|task| task.wake_at(now));
    // The one before it is held, or over: it waits for nobody any more.
    let is_due = |task: &Task| task.is_due() && tasks::ahead(model, task).is_none();
    let due = model.tasks.values().any(is_due).then_some(now);
    [
        spinner,
        arming(model),
        model.panes.follow_at,
        countdown(model),
        refresh::wake_at(model),
        drafts::due_at(model),
        palette::is_looking(model).then_some(now),
        due,
        model.panes.orgs.due_at(),
        model.panes.members.due_at(),
        model.panes.invites.due_at(),
    ]
    .into_iter()
    .flatten()
    .chain(tasks)
    .map(|moment| moment.max(now.after(Duration::from_millis(1))))
    .min()
}

/// Turns come at fixed moments, so that several reasons to spin are one.
fn next_turn(now: Moment) -> Moment {
    let turn = SPIN.as_millis();
    let turns = now.0.as_millis() / turn + 1;
    Moment(SPIN.saturating_mul(u32::try_from(turns).unwrap_or(u32::MAX)))
}

/// When the dialog on top may be answered.
fn arming(model: &Model) -> Option<Moment> {
    let shown = match model.overlays.last()? {
        Overlay::Confirm(confirm) => confirm.shown(),
        Overlay::Form(form) => match &form.stage {
            Stage::Ready(_, shown) => *shown,
            Stage::Editing
            | Stage::Preparing(_)
            | Stage::Reading
            | Stage::Failed(_)
            | Stage::Sent(..) => None,
        },
        Overlay::Prompt(prompt) => prompt.shown,
        Overlay::Menu(_)
        | Overlay::Help(_)
        | Overlay::Details(_)
        | Overlay::Line(_)
        | Overlay::Tasks(_) => None,
    };
    let armed = shown?.after(ARMING);
    (armed > model.now.moment).then_some(armed)
}

/// A countdown that is on the screen moves once a second.
fn countdown(model: &Model) -> Option<Moment> {
    let now = model.now.moment;
    let ends = model
        .store
        .accounts
        .iter()
        .filter_map(|account| match account.health {
            Health::Limited(end) if end > now => Some(end),
            Health::Limited(_)
            | Health::Untried
            | Health::Fine
            | Health::Slow(_)
            | Health::SignedOut
            | Health::Failing(_) => None,
        });
    ends.min()
        .map(|end| end.min(now.after(Duration::from_secs(1))))
}

/// What a frame knows that the core does not, as it depends on how words are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The furthest that the organization's attributes can be scrolled.
    pub org_last: usize,
    /// How far the form on top can be scrolled.
    pub form: Reach,
}

/// A frame has been drawn: from now on the dialog or form on top is being looked at.
pub fn shown(model: &mut Model, seen: Seen) {
    let now = model.now.moment;
    model.panes.org_last = seen.org_last;
    model.panes.org_top = model.panes.org_top.min(seen.org_last);
    match model.overlays.last_mut() {
        Some(Overlay::Confirm(confirm)) => {
            if let Asking::Ready(_, shown @ None)
            | Asking::Waiting(_, shown @ None)
            | Asking::Leaving(shown @ None) = &mut confirm.stage
            {
                *shown = Some(now);
            }
        }
        Some(Overlay::Form(form)) => {
            form.reach = seen.form;
            form.scroll = seen.form.keep(form.scroll);
            if let Stage::Ready(_, shown @ None) = &mut form.stage {
                *shown = Some(now);
            }
        }
        Some(Overlay::Prompt(prompt)) => {
            prompt.shown.get_or_insert(now);
        }
        Some(
            Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Details(_)
            | Overlay::Line(_)
            | Overlay::Tasks(_),
        )
        | None => {}
    }
}
