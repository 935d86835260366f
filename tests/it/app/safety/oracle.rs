//! What must hold after every message of a walk. It believes what was drawn and which keys came, and
//! nothing that the model says of either.

use std::collections::BTreeMap;
use std::time::Duration;

use orgdeck::app::confirm::{Asking, Confirm, Spot};
use orgdeck::app::form::{Button, Focus, Form, Stage};
use orgdeck::app::layer::Overlay;
use orgdeck::app::{Effect, Key, Model, Msg};
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Moment, Objection, Plan, Profile, Why, Wish};
use orgdeck::job::task::{Go, Mode};

use crate::support::rig::parse;

/// How long something is looked at before it can be agreed to, and a key is the same one.
const GRACE: Duration = Duration::from_millis(300);

/// What on the screen can be agreed to.
#[derive(Clone, Debug, PartialEq)]
enum Offer {
    Plan(Box<Plan>),
    Wait(TaskId),
    Pass(Profile),
}

/// What is known of a walk from outside.
#[derive(Default)]
pub(super) struct Oracle {
    /// What was drawn, and since when.
    drawn: Option<(Offer, Moment)>,
    /// Where the focus of the layer on top stood when it was opened.
    first_focus: Option<String>,
    /// Whether it has stood elsewhere since.
    moved: bool,
    /// When each key came last.
    pressed: BTreeMap<Key, Moment>,
    /// What was agreed to.
    pub(super) agreed: BTreeMap<TaskId, Plan>,
    /// How many writes were begun by a button, by the letter, by a form.
    pub(super) begun: BTreeMap<&'static str, usize>,
}

/// The layer on top before a message.
pub(super) struct Before {
    top: Option<Overlay>,
    count: usize,
    /// The tasks that a person holds.
    held: Vec<TaskId>,
}

impl Before {
    pub(super) fn of(model: &Model) -> Self {
        Self {
            top: model.overlays.last().cloned(),
            count: model.overlays.len(),
            held: model
                .tasks
                .values()
                .filter(|task| *task.mode() == Mode::Paused)
                .map(|task| task.id)
                .collect(),
        }
    }
}

fn offer(model: &Model) -> Option<Offer> {
    match model.overlays.last()? {
        Overlay::Confirm(confirm) => match &confirm.stage {
            Asking::Ready(plan, _) => Some(Offer::Plan(plan.clone())),
            Asking::Waiting(task, _) => Some(Offer::Wait(*task)),
            Asking::Preparing(_) | Asking::Failed(_) | Asking::Leaving(_) => None,
        },
        Overlay::Form(form) => match &form.stage {
            Stage::Ready(plan, _) => Some(Offer::Plan(plan.clone())),
            Stage::Editing
            | Stage::Preparing(_)
            | Stage::Reading
            | Stage::Failed(_)
            | Stage::Sent(..) => None,
        },
        Overlay::Prompt(prompt) => Some(Offer::Pass(prompt.profile.clone())),
        _ => None,
    }
}

fn focus(overlay: &Overlay) -> Option<String> {
    match overlay {
        Overlay::Confirm(confirm) => Some(format!("{:?}", confirm.focus)),
        Overlay::Form(form) => Some(format!("{:?}", form.focus)),
        _ => None,
    }
}

impl Oracle {
    /// A frame of this model was drawn.
    pub(super) fn drew(&mut self, model: &Model, now: Moment) {
        let offer = offer(model);
        let same = matches!((&self.drawn, &offer), (Some((a, _)), Some(b)) if a == b);
        if !same {
            self.drawn = offer.map(|offer| (offer, now));
        }
    }

    /// A message was taken in, and these orders came out.
    pub(super) fn saw(&mut self, before: &Before, (msg, now): (&Msg, Moment), model: &Model) {
        match (msg, &before.top) {
            // The question for a token closes when the token was good, that for a path when the file is written.
            (Msg::Pressed(_), _)
            | (Msg::Admitted(..), Some(Overlay::Prompt(_)))
            | (Msg::Exported(..), Some(Overlay::Tasks(_))) => {}
            _ => keeps_its_target(before, model),
        }
        if let Msg::Pressed(key) = msg {
            self.pressed.insert(*key, now);
        }
        if before.count != model.overlays.len() {
            self.first_focus = model.overlays.last().and_then(focus);
            self.moved = false;
        }
        // Back where it began it was moved all the same: a form comes back with the focus on its button.
        self.moved |= model.overlays.last().and_then(focus) != self.first_focus;
    }

    /// The orders that a message led to, before it is noted.
    pub(super) fn judge(&mut self, before: &Before, (msg, now): (&Msg, Moment), orders: &[Effect]) {
        for order in orders {
            match (order, msg) {
                (Effect::Record { task, why, plan }, Msg::Pressed(key)) => {
                    self.may_begin(before, (*key, now), plan);
                    *self.begun.entry(purpose(why, plan)).or_default() += 1;
                    let again = self.agreed.insert(*task, plan.clone());
                    assert_eq!(again, None, "a number is given out twice");
                }
                (Effect::Carry { task, go }, Msg::Pressed(key)) => {
                    self.may_wait(before, (*key, now), *task);
                    self.is_agreed(*task, go);
                }
                (Effect::Admit { to, .. }, Msg::Pressed(key)) => {
                    assert_eq!(*self.looked_at((*key, now)), Offer::Pass(to.clone()));
                    *self.begun.entry("pass").or_default() += 1;
                }
                (Effect::Admit { .. }, _) => panic!("nobody typed it in: {order:?}"),
                (Effect::Record { .. }, _) => panic!("nobody said yes: {order:?}"),
                (Effect::Carry { task, go }, _) => self.is_agreed(*task, go),
                _ => {}
            }
        }
    }

    /// Only steps go out that a person saw and agreed to.
    fn is_agreed(&self, task: TaskId, go: &Go) {
        let plan = self.agreed.get(&task).expect("the plan was agreed to");
        assert!(go.consent.covers(go.number, &plan.steps[go.number]));
    }

    fn looked_at(&self, (key, now): (Key, Moment)) -> &Offer {
        let (offer, since) = self.drawn.as_ref().expect("what begins was drawn");
        let looked = now.since(*since);
        assert!(looked >= GRACE, "{key} counted {looked:?} after the frame");
        if let Some(last) = self.pressed.get(&key) {
            let held = now.since(*last);
            assert!(held >= GRACE, "{key} counted {held:?} after itself");
        }
        offer
    }

    fn may_begin(&mut self, before: &Before, press: (Key, Moment), plan: &Plan) {
        let offer = self.looked_at(press);
        assert_eq!(*offer, Offer::Plan(Box::new(plan.clone())), "it was drawn");
        assert!(!plan.steps.is_empty());
        assert_eq!(plan.refusal(), None);
        let enter = press.0 == parse("<enter>")[0];
        let (how, typed) = match &before.top {
            Some(Overlay::Confirm(confirm)) => said_yes(confirm, press.0),
            Some(Overlay::Form(form)) => {
                assert!(enter, "{}", press.0);
                ("form", sent(form))
            }
            other => panic!("{} wrote from {other:?}", press.0),
        };
        assert!(!enter || self.moved, "the focus was not moved");
        names_are_typed(plan, &typed);
        *self.begun.entry(how).or_default() += 1;
    }

    fn may_wait(&mut self, before: &Before, press: (Key, Moment), task: TaskId) {
        // What was agreed to and is held by the person goes on by the key that held it, and nothing else does.
        if matches!(before.top, Some(Overlay::Tasks(_))) {
            assert_eq!(press.0, parse("p")[0]);
            assert!(before.held.contains(&task), "nobody held {task:?}");
            *self.begun.entry("on").or_default() += 1;
            return;
        }
        assert_eq!(*self.looked_at(press), Offer::Wait(task));
        let Some(Overlay::Confirm(confirm)) = &before.top else {
            panic!("{} carries from {:?}", press.0, before.top);
        };
        said_yes(confirm, press.0);
        *self.begun.entry("wait").or_default() += 1;
    }
}

/// What a write is begun for.
fn purpose(why: &Why, plan: &Plan) -> &'static str {
    match why {
        Why::Wished if matches!(plan.wish, Wish::Each(_)) => "bulk",
        Why::Wished => "one",
        Why::Undoes(_) => "undo",
        Why::Redoes(_) => "redo",
        Why::Finishes(_) => "rest",
    }
}

/// A yes in a dialog is its button, or the letter where no name is asked for.
fn said_yes(confirm: &Confirm, key: Key) -> (&'static str, String) {
    if key == parse("<enter>")[0] {
        assert_eq!(confirm.focus, Spot::Yes);
        return ("button", confirm.typed.value().to_owned());
    }
    assert_eq!(key, parse("y")[0]);
    assert_ne!(confirm.focus, Spot::Name);
    assert_eq!(confirm.names(), None);
    ("letter", String::new())
}

fn sent(form: &Form) -> String {
    assert_eq!(form.focus, Focus::Button(Button::Send));
    form.typed_name().unwrap_or_default().to_owned()
}

fn names_are_typed(plan: &Plan, typed: &str) {
    for objection in &plan.objections {
        if let Objection::TypeName { names, .. } = objection {
            let fits = names.iter().any(|name| name.raw() == typed);
            assert!(fits, "{typed:?} is none of {names:?}");
        }
    }
}

/// What is read under an open question or form changes neither what it is about nor whether it is open.
fn keeps_its_target(before: &Before, model: &Model) {
    let Some(top) = &before.top else {
        return;
    };
    assert_eq!(before.count, model.overlays.len(), "{top:?}");
    // What is read for a question's own plan is what it shows from then on.
    let is_read = matches!(top, Overlay::Confirm(it) if !matches!(it.stage, Asking::Preparing(_)));
    let about = |overlay: &Overlay| match overlay {
        Overlay::Confirm(it) => {
            let shown = is_read.then_some((&it.about, &it.place));
            format!("{:?} {:?} {shown:?}", it.wish, it.title)
        }
        Overlay::Form(it) => format!("{:?} {:?} {:?}", it.goal, it.title, it.about),
        other => format!("{:?}", other.layer()),
    };
    assert_eq!(about(top), about(model.overlays.last().unwrap()));
}
