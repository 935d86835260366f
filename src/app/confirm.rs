//! Questions before something is sent: what is asked, how far that is, and where the focus stands.

use tui_input::Input;

use super::differs;
use super::msg::RequestId;
use crate::domain::plan::{TaskId, Weight};
use crate::domain::{ApiError, Moment, Objection, OrgId, Plan, Seen, Text, Why, Wish};

/// A question before something is sent.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// What would be done, as the heading.
    pub title: Text,
    /// Where it would be done: the organization and the profile, shown with the heading.
    pub place: Text,
    /// The word on the button that does it.
    pub yes: &'static str,
    /// What it is about: labels and values, ids among them.
    pub about: Vec<Fact>,
    /// What is to be known before the requests are looked at.
    pub notes: Vec<Note>,
    /// What is wished; by its ids, so that no list below can change it.
    pub wish: Wish,
    /// The task whose rest it is, if it takes one up again.
    pub finishes: Option<TaskId>,
    /// Why it would be carried out, for the journal.
    pub why: Why,
    /// The records as an earlier write has left them, if it takes that back or does it again; else as they were
    /// shown when it was asked.
    pub left: Vec<Seen>,
    /// How far the question is.
    pub stage: Asking,
    /// What has the focus.
    pub focus: Spot,
    /// The name that is typed where one is asked for.
    pub typed: Input,
    /// Whether the bodies of the requests are shown too.
    pub bodies: Bodies,
    /// The first row in sight.
    pub top: usize,
}

/// A label and a value.
pub type Fact = (&'static str, Text);

/// A sentence with its weight.
pub type Note = (Weight, Text);

/// How far a question is.
#[derive(Clone, Debug, PartialEq)]
pub enum Asking {
    /// What would be sent is being worked out.
    Preparing(RequestId),
    /// It is shown, since that moment; `None` until the frame with it was drawn.
    Ready(Box<Plan>, Option<Moment>),
    /// It cannot be done.
    Failed(Box<ApiError>),
    /// Whether a task waits longer than anybody would sit out; shown since that moment.
    Waiting(TaskId, Option<Moment>),
    /// Whether the program is left although not everything was sent; shown since that moment.
    Leaving(Option<Moment>),
}

/// What of a question can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The field for the name.
    Name,
    /// Leave it.
    No,
    /// Do it.
    Yes,
}

/// How much of the requests a question shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bodies {
    /// Method and path.
    Hidden,
    /// The bodies too.
    Shown,
}

/// How far a typed name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The characters that agree from the beginning on.
    pub fit: usize,
    /// The characters of the name that it is compared with.
    pub of: usize,
    /// Whether it is one of the names.
    pub whole: bool,
}

impl Confirm {
    /// The plan, once it is shown.
    pub fn plan(&self) -> Option<&Plan> {
        match &self.stage {
            Asking::Ready(plan, _) => Some(plan),
            Asking::Preparing(_) | Asking::Failed(_) | Asking::Waiting(..) | Asking::Leaving(_) => {
                None
            }
        }
    }

    /// Since when what can be agreed to is shown.
    pub fn shown(&self) -> Option<Moment> {
        match &self.stage {
            Asking::Ready(_, shown) | Asking::Waiting(_, shown) | Asking::Leaving(shown) => *shown,
            Asking::Preparing(_) | Asking::Failed(_) => None,
        }
    }

    /// Whether it asks how a task goes on.
    pub fn is_about(&self, task: TaskId) -> bool {
        let waits = matches!(self.stage, Asking::Waiting(waiting, _) if waiting == task);
        waits || self.finishes == Some(task)
    }

    /// The names of which one must be typed, and why; nothing where no name can help.
    pub fn names(&self) -> Option<(&[Text], &'static str)> {
        let plan = self.plan()?;
        if plan.refusal().is_some() {
            return None;
        }
        plan.objections
            .iter()
            .find_map(|objection| match objection {
                Objection::TypeName { names, why } => Some((names.as_slice(), *why)),
                Objection::Refused(_) => None,
            })
    }

    /// How far the typed name is, compared with the name that it is nearest to.
    pub fn matched(&self) -> Option<Typed> {
        let (names, _) = self.names()?;
        let typed = self.typed.value();
        let fit = |name: &Text| {
            let pairs = name.raw().chars().zip(typed.chars());
            pairs.take_while(|(wanted, given)| wanted == given).count()
        };
        // Of several that agree as far, a person means the name and not the id.
        let id = self.wish.org().map(OrgId::text);
        let near = |name: &&Text| (fit(name), Some(*name) != id);
        let nearest = names.iter().rev().max_by_key(near)?;
        Some(Typed {
            fit: fit(nearest),
            of: nearest.raw().chars().count(),
            whole: !typed.is_empty() && names.iter().any(|name| name.raw() == typed),
        })
    }

    /// Whether letters go into the field.
    pub fn takes_text(&self) -> bool {
        self.focus == Spot::Name
    }

    /// Takes the plan in: where a name is asked for, typing it comes first.
    pub fn prepared(&mut self, result: Result<Plan, ApiError>) {
        self.stage = match result {
            Ok(mut plan) => {
                let what = match self.why {
                    Why::Undoes(_) | Why::Redoes(_) => differs::SINCE_LEFT,
                    Why::Wished | Why::Finishes(_) => differs::SINCE_SHOWN,
                };
                differs::warn(&mut plan, (what, &self.left));
                Asking::Ready(Box::new(plan), None)
            }
            Err(error) => Asking::Failed(Box::new(error)),
        };
        if self.names().is_some() {
            self.focus = Spot::Name;
        }
    }

    /// The next thing that can have the focus, or the one before.
    pub fn turn(&mut self, by: Turn) {
        let has_field = self.names().is_some();
        self.focus = match (self.focus, by) {
            (Spot::Name, Turn::Forth) => Spot::No,
            (Spot::No, Turn::Back) | (Spot::Yes, Turn::Forth) if has_field => Spot::Name,
            (Spot::Name | Spot::No, _) => Spot::Yes,
            (Spot::Yes, _) => Spot::No,
        };
    }
}

/// Which way the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// To the next.
    Forth,
    /// To the one before.
    Back,
}
