//! Questions: what would be done to what is under the cursor, named by ids, before anything is sent.
//!
//! A question follows from its wish; the plan that the wish comes to is asked for when it opens.

use tui_input::Input;

use crate::app::called;
use crate::app::confirm::{Asking, Bodies, Confirm, Fact, Note, Spot};
use crate::app::effect::{Effect, Effects};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::pending::Purpose;
use crate::domain::plan::TaskId;
use crate::domain::wish::Resend;
use crate::domain::{
    ApiError, Member, MemberRef, OrgId, Plan, Profile, Role, Seen, Text, Told, Why, Wish,
};

use super::invites::{name, profile_words};

mod bulk;
mod invites;
mod members;
mod orgs;
mod seen;

pub use bulk::{apart, wish_each, wish_each_of};
pub use invites::{wish_resend, wish_revoke};
pub use members::{about_member, wish_leave, wish_remove};
pub use orgs::{wish_delete, wish_remove_logo};
pub(in crate::app) use seen::shown;

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
    /// The task whose rest it is, if it takes one up again.
    pub finishes: Option<TaskId>,
    /// Why it is carried out, for the journal.
    pub why: Why,
    /// The records as an earlier write has left them, if it takes that back or does it again; else as they are
    /// shown.
    pub left: Vec<Seen>,
}

impl Question {
    /// A question without notes.
    pub fn new((title, yes): (&'static str, &'static str), about: Vec<Fact>, wish: Wish) -> Self {
        Self {
            title: Text::from(title),
            yes,
            about,
            notes: Vec::new(),
            wish,
            finishes: None,
            why: Why::Wished,
            left: Vec::new(),
        }
    }
}

/// The question that a wish comes with, and what it is about as the screen shows it.
pub fn of(model: &Model, wish: Wish) -> Question {
    let left = seen::shown(model, &wish);
    Question {
        left,
        ..asking(model, wish)
    }
}

fn asking(model: &Model, wish: Wish) -> Question {
    match &wish {
        Wish::DeleteOrg { org } => orgs::deleting(model, org),
        Wish::RemoveMember { member } => members::removing(model, member),
        Wish::Leave { org } => members::leaving(model, org),
        Wish::RevokeInvite { invite } => invites::revoking(model, invite),
        Wish::Resend(Resend::Listed(invite)) => invites::resending(model, invite),
        Wish::Resend(Resend::Address { org, email }) => invites::inviting_again(model, org, email),
        Wish::Invite { org, drafts } => {
            let to = drafts.iter().map(|draft| ("To", draft.email.clone()));
            let about = to.chain(in_org(model, org)).collect();
            Question::new(("Invite", "invite"), about, wish)
        }
        Wish::AddMember {
            org, user, role, ..
        } => {
            let facts = [
                ("User id", user.text().clone()),
                ("Role", role.name.clone()),
            ];
            let about = facts.into_iter().chain(in_org(model, org)).collect();
            Question::new(("Add member", "add"), about, wish)
        }
        Wish::SetRoles { member, to, .. } => {
            let about = changing(model, member, to);
            Question::new(("Change role", "change the role"), about, wish)
        }
        Wish::EditOrg { org, .. } | Wish::SetMetadata { org, .. } => {
            let about = in_org(model, org).into();
            Question::new(("Change organization", "change"), about, wish)
        }
        Wish::SetLogo { org, .. } => {
            let about = in_org(model, org).into();
            Question::new(("Set logo", "set it"), about, wish)
        }
        Wish::RemoveLogo { org } => {
            let about = in_org(model, org).into();
            Question::new(("Remove logo", "remove it"), about, wish)
        }
        Wish::CreateOrg { profile, .. } => {
            let about = vec![on_profile(model, profile)];
            Question::new(("Create organization", "create"), about, wish)
        }
        Wish::AcceptInvite { profile, .. } => {
            let about = vec![on_profile(model, profile)];
            Question::new(("Accept invite", "accept"), about, wish)
        }
        Wish::Each(rows) => bulk::asking(model, rows),
    }
}

/// A member whose roles change: as the person is known here, with the roles that are wanted.
fn changing(model: &Model, at: &MemberRef, to: &[Role]) -> Vec<Fact> {
    let known = model.store.visit(&at.org).and_then(|visit| {
        let mut rows = visit.members.rows.iter();
        rows.find(|row| row.item.is_at(at))
    });
    match known {
        Some(row) => about_roles(model, &row.item, to),
        None => turned(in_org(model, &at.org).into(), to.iter()),
    }
}

/// The facts of a question about roles: those that are held, and those that are wanted.
pub fn about_roles(model: &Model, member: &Member, to: &[Role]) -> Vec<Fact> {
    turned(about_member(model, member), to.iter())
}

/// The facts about a member, with the roles that will be held beside those that are.
fn turned<'a>(mut about: Vec<Fact>, to: impl Iterator<Item = &'a Role>) -> Vec<Fact> {
    let names: Vec<String> = to
        .map(|role| role.name.excerpt(SHOWN).to_string())
        .collect();
    let names = match names.as_slice() {
        [] => "none".to_owned(),
        names => names.join(", "),
    };
    for (label, _) in &mut about {
        if *label == "Role" {
            *label = "Role now";
        }
    }
    let place = about.len() - 2;
    about.insert(place, ("Role then", Text::from(names)));
    about
}

/// Opens a question, and asks for the requests that its wish comes to.
pub fn question(model: &mut Model, question: Question) -> Effects {
    let id = model.pending.ask(Purpose::Plan);
    let wish = question.wish.clone();
    let confirm = opened(model, question, Asking::Preparing(id));
    model.overlays.push(Overlay::Confirm(Box::new(confirm)));
    vec![Effect::Prepare { id, wish }]
}

/// Opens the question of a wish.
fn wish(model: &mut Model, wish: Wish) -> Effects {
    let asked = of(model, wish);
    question(model, asked)
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
        finishes: question.finishes,
        why: question.why,
        left: question.left,
        stage,
        focus: Spot::No,
        typed: Input::default(),
        bodies: Bodies::Hidden,
        top: 0,
    }
}

/// Takes in what was read for a plan: from now on the question shows that, and where it is another than was shown.
pub fn prepared(model: &Model, confirm: &mut Confirm, result: Result<Plan, ApiError>) {
    if let Ok(plan) = &result {
        if let Some(about) = seen::found(model, plan) {
            confirm.about = about;
        }
        if let Some(org) =
            called::seen_org(&plan.steps).filter(|org| plan.wish.org() == Some(&org.id))
        {
            confirm.place = place_of(model, (org.display_name(), &org.id));
        }
    }
    confirm.prepared(result);
}

/// The organization and the profile that a wish speaks of, for the heading.
fn place(model: &Model, wish: &Wish) -> Text {
    match wish.org() {
        Some(org) => place_of(model, (&name(model, org), org)),
        None => Text::from(profile_words(model, wish.profile())),
    }
}

fn place_of(model: &Model, (name, org): (&Text, &OrgId)) -> Text {
    let profile = profile_words(model, org.profile());
    Text::from(format!("{} ({profile})", name.excerpt(40)))
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
fn told(value: &Told<Text>) -> Text {
    match value {
        Told::Is(text) => text.clone(),
        Told::Empty => Text::from("-"),
        Told::Unknown => Text::from("?"),
    }
}
