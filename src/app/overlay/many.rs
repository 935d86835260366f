//! The form that invites many: who is known in the organization is read while it is filled in, a file is read
//! on request, and what came of each address is shown once it was sent.

use crate::app::drafts;
use crate::app::effect::{Effect, Effects};
use crate::app::form::many::FROM;
use crate::app::form::{Button, Ended, Focus, Form, Stage};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::msg::RequestId;
use crate::app::pending::Purpose;
use crate::app::screen::orgs::ask;
use crate::domain::plan::TaskId;
use crate::domain::query::Reply;
use crate::domain::{OrgId, Query, Text};
use crate::job::task::{State, Task};

use super::form::{change, top};
use super::{returned, sending};

/// Asks for the people that are still to be read, and goes on with a preview that waited for them.
pub fn go_on(model: &mut Model) -> Effects {
    let mut effects = Effects::new();
    for (org, purpose, query) in questions(model) {
        effects.push(ask(model, org.profile(), (purpose, query)));
    }
    let waited = |form: &Form| form.stage == Stage::Reading && !form.is_reading();
    if top(model).is_some_and(waited) {
        change(model, |form| form.stage = Stage::Editing);
        effects.extend(sending::preview(model));
    }
    effects
}

fn questions(model: &mut Model) -> Vec<(OrgId, Purpose, Query)> {
    let Some(org) = top(model).and_then(|form| form.goal.org().cloned()) else {
        return Vec::new();
    };
    let account = model.store.account(org.profile());
    let at_once = account.map_or(1, |account| account.capabilities.pages_at_once);
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let Some(roll) = &mut form.roll else {
        return Vec::new();
    };
    let asks = roll.next(&org, at_once).into_iter();
    asks.map(|(part, query)| (org.clone(), Purpose::Roll(org.clone(), part), query))
        .collect()
}

/// Some of the people were read, or could not be.
pub fn answered(model: &mut Model, purpose: &Purpose, reply: Reply) {
    let Purpose::Roll(org, part) = purpose else {
        return;
    };
    for form in forms(model) {
        let is_for = form.goal.org() == Some(org);
        if let Some(roll) = form.roll.as_mut().filter(|_| is_for) {
            roll.answered(part, reply);
            return;
        }
    }
}

fn forms(model: &mut Model) -> impl Iterator<Item = &mut Form> {
    model
        .overlays
        .iter_mut()
        .filter_map(|overlay| match overlay {
            Overlay::Form(form) => Some(&mut **form),
            Overlay::Confirm(_)
            | Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Details(_)
            | Overlay::Prompt(_)
            | Overlay::Tasks(_)
            | Overlay::Line(_) => None,
        })
}

/// Reads the file that is named into the field above; never over something that stands there.
pub(super) fn read_list(model: &mut Model) -> Effects {
    let Some(form) = top(model) else {
        return Effects::new();
    };
    let Some(path) = form.list_path().map(str::to_owned) else {
        return Effects::new();
    };
    if form.area().is_some_and(|area| !area.is_blank()) {
        let words = "there are addresses above already: empty that field first, or this one";
        return change(model, |form| form.refuse(FROM.key, Text::from(words)));
    }
    let id = model.pending.ask(Purpose::List);
    change(model, |form| form.stage = Stage::Preparing(id));
    vec![Effect::ReadList { id, path }]
}

/// The file was read, or cannot be.
pub fn list_read(model: &mut Model, id: RequestId, read: Result<Text, Text>) -> Effects {
    let is_awaited = top(model).is_some_and(|form| form.stage == Stage::Preparing(id));
    if model.pending.answered(id).is_none() || !is_awaited {
        return Effects::new();
    }
    change(model, |form| {
        form.stage = Stage::Editing;
        match read {
            Ok(text) => form.take_list(&text),
            Err(why) => form.refuse(FROM.key, why),
        }
    })
}

/// Keeps a form on the screen whose requests are on their way.
pub(super) fn sent(model: &mut Model, mut form: Form, id: TaskId) {
    if let Some(task) = model.tasks.get(&id) {
        form.fields.retain(|field| !field.is_second_thought());
        form.stage = Stage::Sent(id, ends(task));
        form.focus = Focus::Button(Button::Cancel);
        model.overlays.push(Overlay::Form(Box::new(form)));
    }
}

/// What has come of the requests of a form that is on the screen.
pub fn follow(model: &mut Model) {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else {
        return;
    };
    if let Stage::Sent(task, rows) = &mut form.stage
        && let Some(task) = model.tasks.get(task)
    {
        *rows = ends(task);
    }
}

/// The requests of a form have come to their end: what is left of the addresses stands in it again.
pub(super) fn over(model: &mut Model, form: Form, id: TaskId) -> Option<Effect> {
    let ends = ends(model.tasks.get(&id)?);
    let is_open = |overlay: &Overlay| matches!(overlay, Overlay::Form(form) if matches!(form.stage, Stage::Sent(task, _) if task == id));
    let comes_back = ends
        .iter()
        .any(|end| matches!(end.state, State::Refused(_)));
    let left = returned::left(ends.iter().map(|end| &end.state));
    let place = model.overlays.iter().position(is_open);
    let mut form = match place.map(|place| model.overlays.remove(place)) {
        Some(Overlay::Form(open)) => open,
        Some(_) | None => Box::new(form),
    };
    form.end(id, ends);
    let is_spent = form.is_spent();
    let place = place.or_else(|| (comes_back && model.overlays.is_empty()).then_some(0));
    let Some(place) = place else {
        return if is_spent {
            drafts::forget(&mut form)
        } else {
            drafts::shelve(model, *form, Some(left))
        };
    };
    let kept = if is_spent {
        drafts::forget(&mut form)
    } else {
        drafts::keep(model, &mut form, Some(left))
    };
    model.typed.clear();
    model.overlays.insert(place, Overlay::Form(form));
    kept
}

/// What came of each address.
pub(super) fn ends(task: &Task) -> Vec<Ended> {
    let each = |(step, state): (&crate::domain::Step, &State)| {
        let state = state.clone();
        let drafts = step.change.drafts().to_vec().into_iter();
        drafts.map(move |draft| Ended {
            email: draft.email,
            state: state.clone(),
        })
    };
    task.steps().flat_map(each).collect()
}
