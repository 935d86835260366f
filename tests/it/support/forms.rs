//! Forms of the real services over a world whose answers are written by the test.

use orgdeck::app::form::{Entry, Field, Form};
use orgdeck::app::layer::Overlay;
use orgdeck::app::{Effect, Effects, Msg};
use orgdeck::domain::mutation::OrgRef;
use orgdeck::domain::plan::{Seen, TaskId};
use orgdeck::domain::{
    Answer, Capabilities, Fidelity, Method, Mutation, Outcome, Page, Plan, Query, Request, Row,
    Step, Text, Told, User, UserId, Wish,
};
use orgdeck::provider::registry;

use super::rig::{Rig, account, profile};
use crate::support::past::ENTRY;

/// From the first field to the button that shows the requests.
pub(crate) const TO_PREVIEW: &str = "<s-tab><s-tab>";

/// What a service offers before any probe.
pub(crate) fn table(service: &str) -> Capabilities {
    (registry::find(service).unwrap().capabilities)()
}

/// One connection to a service, its two organizations read.
pub(crate) fn on(service: &'static str) -> Rig {
    let mut rig = Rig::with(vec![account("shop", service, table(service))]);
    rig.settle();
    rig
}

/// The form on top.
pub(crate) fn form(rig: &Rig) -> &Form {
    match rig.model.overlays.last() {
        Some(Overlay::Form(form)) => form,
        other => panic!("a form is open, not {other:?}: {}", rig.hint()),
    }
}

pub(crate) fn field<'a>(rig: &'a Rig, key: &str) -> &'a Field {
    form(rig).field(key).unwrap()
}

/// What is wrong with a field.
pub(crate) fn error(rig: &Rig, key: &str) -> String {
    let error = field(rig, key).error.as_ref();
    error.map_or_else(String::new, |error| error.raw().to_owned())
}

/// The text that stands in a field.
pub(crate) fn text(rig: &Rig, key: &str) -> String {
    match &field(rig, key).entry {
        Entry::Line(input) | Entry::Country(input, _) => input.value().to_owned(),
        Entry::User(finder) => finder.input.value().to_owned(),
        Entry::File(picked) => picked.input.value().to_owned(),
        other => panic!("{key} holds no text but {other:?}"),
    }
}

/// The wish that a preview asked a plan for.
pub(crate) fn wish(effects: &[Effect]) -> Wish {
    let wish = effects.iter().find_map(|effect| match effect {
        Effect::Prepare { wish, .. } => Some(wish.clone()),
        _ => None,
    });
    wish.unwrap_or_else(|| panic!("a plan is asked for: {effects:?}"))
}

pub(crate) fn user(key: &str, email: &str) -> User {
    User {
        id: UserId::new(&profile("shop"), key),
        name: Told::Is(Text::from("Kim Long")),
        username: Told::Empty,
        email: Told::Is(Text::from(email)),
    }
}

/// Answers the search for users.
pub(crate) fn finds(rig: &mut Rig, users: Vec<User>) {
    let id = rig.asked(|query| matches!(query, Query::Users { .. }));
    let rows = users.into_iter().map(Row::whole).collect();
    rig.answer(id, Ok(Answer::Users(Page::whole(rows))));
}

/// The changes that a wish comes to in these tests.
fn changes(wish: &Wish) -> Vec<Mutation> {
    match wish.clone() {
        Wish::CreateOrg {
            profile, fields, ..
        } => vec![Mutation::CreateOrg { profile, fields }],
        Wish::EditOrg { org, fields } => vec![Mutation::EditOrg { org, fields }],
        Wish::SetLogo { org, image } => vec![Mutation::SetLogo { org, image }],
        Wish::SetMetadata { org, merge } => vec![Mutation::MergeMetadata { org, merge }],
        Wish::AddMember {
            org, user, role, ..
        } => {
            let org = OrgRef::Id(org);
            vec![Mutation::AddMember {
                org,
                user,
                role,
                metadata: None,
            }]
        }
        Wish::SetRoles { member, to, .. } => to
            .into_iter()
            .map(|role| Mutation::GiveRole {
                member: member.clone(),
                role,
            })
            .collect(),
        Wish::AcceptInvite { profile, token } => vec![Mutation::AcceptInvite { profile, token }],
        Wish::Invite { org, drafts } => drafts
            .into_iter()
            .map(|draft| Mutation::Invite {
                org: org.clone(),
                draft,
            })
            .collect(),
        other => panic!("no form wishes {other:?}"),
    }
}

/// A plan for a wish: one request for each change.
pub(crate) fn plan(wish: &Wish) -> Plan {
    let step = |change: Mutation| Step {
        request: Request::new(Method::Post, "/changed/1"),
        change,
        seen: Seen::Nothing,
        after: None,
    };
    Plan {
        steps: changes(wish).into_iter().map(step).collect(),
        wish: wish.clone(),
        checks: Vec::new(),
        objections: Vec::new(),
        undo: Fidelity::Exact,
    }
}

/// Presses Preview, has the plan made and looked at.
pub(crate) fn preview(rig: &mut Rig, keys: &str) -> Wish {
    let wish = wish(&rig.press(&format!("{keys}<enter>")));
    rig.prepared(plan(&wish));
    rig.wait(400);
    wish
}

/// Presses Send, which is the button behind Preview; gives the task.
pub(crate) fn send(rig: &mut Rig) -> TaskId {
    let effects = rig.press("<tab><enter>");
    recorded(rig, &effects)
}

/// The task that began; its plan is in the journal.
pub(crate) fn recorded(rig: &mut Rig, effects: &Effects) -> TaskId {
    let begun = effects.iter().find_map(|effect| match effect {
        Effect::Record { task, .. } => Some(*task),
        _ => None,
    });
    let task = begun.unwrap_or_else(|| panic!("it is sent: {effects:?} {}", rig.hint()));
    rig.send(Msg::Recorded(task, Ok(ENTRY)));
    task
}

/// The first step of a task has this end.
pub(crate) fn ends(rig: &mut Rig, task: TaskId, outcome: Outcome) -> Effects {
    rig.send(Msg::Carried(task, 0, outcome))
}
