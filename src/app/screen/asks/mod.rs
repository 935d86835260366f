//! Questions: what would be done to what is under the cursor, named by ids, before anything is sent.
//!
//! A question is opened with a wish; the plan that it comes to is asked for at once.

use tui_input::Input;

use crate::app::confirm::{Asking, Bodies, Confirm, Fact, Note, Spot};
use crate::app::effect::{Effect, Effects};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::pending::Purpose;
use crate::domain::{OrgId, Profile, Text, Told, Wish};

use super::invites::{name, profile_words};

mod invites;
mod members;
mod orgs;

pub use invites::{wish_resend, wish_revoke};
pub use members::{about_member, wish_leave, wish_remove};
pub use orgs::{wish_delete, wish_remove_logo};

/// Characters of a name that a question shows.
const SHOWN: usize = 120;

/// What is to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The heading: what would be done.
    pub title: Text,
    /// The word on the button that does it, behind "Yes,".
    pub yes: &'static str,
    /// Each object with its id, as label and value.
    pub about: Vec<Fact>,
    /// What is to be known before the requests are looked at.
    pub notes: Vec<Note>,
    /// What is wished.
    pub wish: Wish,
}

/// Opens a question, and asks for the requests that its wish comes to.
pub fn question(model: &mut Model, question: Question) -> Effects {
    let id = model.pending.ask(Purpose::Plan);
    let wish = question.wish.clone();
    let confirm = opened(model, question, Asking::Preparing(id));
    model.overlays.push(Overlay::Confirm(Box::new(confirm)));
    vec![Effect::Prepare { id, wish }]
}

/// A question at some stage, with the focus on the button that does nothing.
pub(crate) fn opened(model: &Model, question: Question, stage: Asking) -> Confirm {
    Confirm {
        title: question.title,
        place: place(model, &question.wish),
        yes: question.yes,
        about: question.about,
        notes: question.notes,
        wish: question.wish,
        stage,
        focus: Spot::No,
        typed: Input::default(),
        bodies: Bodies::Hidden,
        top: 0,
    }
}

/// The organization and the profile that a wish speaks of, for the heading.
fn place(model: &Model, wish: &Wish) -> Text {
    let profile = profile_words(model, wish.profile());
    Text::from(match wish.org() {
        Some(org) => format!("{} ({profile})", name(model, org).excerpt(40)),
        None => profile,
    })
}

/// A name with the id behind it, for a fact of a question.
pub fn named(name: &Text, id: &Text) -> Text {
    let id = id.excerpt(SHOWN);
    Text::from(format!("{} ({id})", name.excerpt(SHOWN)))
}

/// The facts about the organization and the profile, with which the facts of every question end.
pub fn in_org(model: &Model, org: &OrgId) -> [Fact; 2] {
    [
        ("Organization", named(&name(model, org), org.text())),
        on_profile(model, org.profile()),
    ]
}

/// The fact about the profile.
pub fn on_profile(model: &Model, profile: &Profile) -> Fact {
    ("Profile", Text::from(profile_words(model, profile)))
}

/// A fact as the service told it.
pub fn told(value: &Told<Text>) -> Text {
    match value {
        Told::Is(text) => text.clone(),
        Told::Empty => Text::from("-"),
        Told::Unknown => Text::from("?"),
    }
}
