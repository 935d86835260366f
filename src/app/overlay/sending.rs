//! The way of a form from its fields to a plan, and from the plan to a yes.

use crate::app::drafts;
use crate::app::effect::{Effect, Effects};
use crate::app::form::{Focus, Form, NAME, OVERWRITE, Stage};
use crate::app::model::Model;
use crate::app::msg::RequestId;
use crate::app::pending::Purpose;
use crate::domain::draft::Left;
use crate::domain::{FieldError, Image, Text};

use super::confirm::NOTHING;
use super::form::{change, top};
use super::{agreed_by, many};

/// Checks the fields and asks for the plan; what is wrong lands at its field.
pub(super) fn preview(model: &mut Model) -> Effects {
    let Some(form) = top(model) else {
        return Effects::new();
    };
    match form.stage {
        Stage::Preparing(_) => {
            model.say("the requests are being worked out");
            return Effects::new();
        }
        Stage::Reading => {
            model.say("members and invites are being read first");
            return Effects::new();
        }
        Stage::Sent(..) if form.is_under_way() => {
            model.say("what was sent is still on its way");
            return Effects::new();
        }
        Stage::Editing | Stage::Ready(..) | Stage::Failed(_) | Stage::Sent(..) => {}
    }
    if form.list_path().is_some() {
        return many::read_list(model);
    }
    if form.is_reading() {
        return change(model, |form| form.stage = Stage::Reading);
    }
    let errors = form.complaints();
    if !errors.is_empty() {
        return blame(model, &errors);
    }
    if let Some(path) = form.unread_file().map(str::to_owned) {
        let id = model.pending.ask(Purpose::Image);
        change(model, |form| form.stage = Stage::Preparing(id));
        return vec![Effect::ReadImage { id, path }];
    }
    if form.changes_nothing() {
        model.say("nothing changes: everything is as it is shown already");
        return change(model, |form| form.stage = Stage::Editing);
    }
    match form.wish() {
        Err(errors) => blame(model, &errors),
        Ok(wish) => {
            let id = model.pending.ask(Purpose::Plan);
            change(model, |form| form.stage = Stage::Preparing(id));
            vec![Effect::Prepare { id, wish }]
        }
    }
}

fn blame(model: &mut Model, errors: &[FieldError]) -> Effects {
    change(model, |form| {
        form.stage = Stage::Editing;
        form.blame(errors);
    })
}

/// The file that a form names was read, or cannot be taken.
pub fn image_read(model: &mut Model, id: RequestId, read: Result<Image, Text>) -> Effects {
    if model.pending.answered(id).is_none() {
        return Effects::new();
    }
    let is_awaited = top(model).is_some_and(|form| form.stage == Stage::Preparing(id));
    if !is_awaited {
        return Effects::new();
    }
    change(model, |form| form.stage = Stage::Editing);
    match read {
        Ok(image) => {
            change(model, |form| form.take_image(image));
            preview(model)
        }
        Err(why) => change(model, |form| form.refuse_file(why)),
    }
}

/// Sends what is shown; nothing that is not.
pub(super) fn send(model: &mut Model) -> Effects {
    let Some(form) = top(model) else {
        return Effects::new();
    };
    let (plan, shown) = match &form.stage {
        Stage::Ready(plan, shown) => ((**plan).clone(), *shown),
        Stage::Editing | Stage::Failed(_) | Stage::Sent(..) => {
            model.say("Preview first: Send sends what is shown");
            return Effects::new();
        }
        Stage::Preparing(_) | Stage::Reading => {
            model.say("not yet: the requests are being worked out");
            return Effects::new();
        }
    };
    if plan.sends_nothing() {
        model.say(NOTHING);
        return Effects::new();
    }
    let mut form = form.clone();
    if plan.refusal().is_none() && form.lacks_name() {
        model.say("type the name that is asked for, as it is written there");
        return change(model, |form| focus(form, NAME));
    }
    if plan.refusal().is_none() && form.lacks_yes() {
        model.say("somebody has changed it since it was shown: say yes to overwriting it first");
        return change(model, |form| focus(form, OVERWRITE));
    }
    let before = model.last_task;
    let begun = agreed_by(model, plan, (shown, form.typed_name()));
    let mut effects = Effects::new();
    if model.last_task != before {
        let task = model.last_task;
        effects.extend(drafts::keep(model, &mut form, Some(Left::Sent)));
        model.forms.send(task, form.clone());
        if form.roll.is_some() {
            many::sent(model, form, task);
        }
    }
    effects.extend(begun);
    effects
}

fn focus(form: &mut Form, key: &str) {
    let place = form.fields.iter().position(|field| field.spec.key == key);
    if let Some(number) = place {
        form.focus = Focus::Field(number);
    }
}
