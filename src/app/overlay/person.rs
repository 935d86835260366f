//! The organizations of one person: what the service tells page by page, and below it what is known
//! from lists that were read, each with its source.

mod lines;

use crate::app::effect::{Effect, Effects};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::pending::Purpose;
use crate::app::person::{Lookup, Person};
use crate::app::picker::{Picker, Subject};
use crate::app::place::Pane;
use crate::app::screen::orgs::ask;
use crate::domain::query::Reply;
use crate::domain::{Answer, Cursor, Query, Text, User, UserAt, Verb};
use crate::job::feed::Ask;

/// The person under the cursor, if a row of a person is.
pub fn under_cursor(model: &Model) -> Option<Person> {
    match model.panes.focus {
        Pane::Members => Some(Person::of_member(&model.member_row()?.item)),
        Pane::Invites => Person::of_invite(&model.invite_row()?.item),
        Pane::Orgs | Pane::Org | Pane::Activity => None,
    }
}

/// Lists the organizations of the person under the cursor.
pub fn open(model: &mut Model) -> Effects {
    let Some(person) = under_cursor(model) else {
        return Effects::new();
    };
    let title = format!("Organizations of {}", person.name.raw());
    let picker = Picker::new(title, Subject::Person(Box::new(person)), Vec::new());
    model.overlays.push(Overlay::Menu(Box::new(picker)));
    begin(model)
}

/// Asks from the beginning.
pub fn begin(model: &mut Model) -> Effects {
    let Some(person) = shown(model) else {
        return Effects::new();
    };
    let profile = person.profile.clone();
    let account = model.store.account(&profile);
    let no_search = account.and_then(|account| account.capabilities.refusal(Verb::UserFind));
    let mut effects = Effects::new();
    let mut person = person.clone();
    if matches!(person.lookup, Lookup::Failed(_)) {
        person.lookup = Lookup::Finding;
    }
    match (&person.lookup, no_search) {
        (Lookup::Finding, Some(why)) => person.lookup = Lookup::Nobody(Text::from(why)),
        (Lookup::Finding, None) => {
            let text = person.email.clone().unwrap_or_else(|| person.name.clone());
            let query = Query::Users {
                text,
                beside: None,
                page: Cursor::FIRST,
            };
            let purpose = Purpose::User(profile.clone());
            effects.push(ask(model, &profile, (purpose, query)));
        }
        (Lookup::Reading(_), _) => person.feed.start(),
        (Lookup::Nobody(_) | Lookup::Unknown | Lookup::Failed(_), _) => {}
    }
    keep(model, person);
    effects.extend(go_on(model));
    effects
}

/// Asks for the pages that are wanted next.
fn go_on(model: &mut Model) -> Effects {
    let Some(mut person) = shown(model).cloned() else {
        return Effects::new();
    };
    let Lookup::Reading(user) = person.lookup.clone() else {
        return Effects::new();
    };
    let profile = person.profile.clone();
    let account = model.store.account(&profile);
    let at_once = account.map_or(1, |account| account.capabilities.pages_at_once);
    let asks = person.feed.next(at_once, []);
    keep(model, person);
    let pages = asks.into_iter().filter_map(|ask| match ask {
        Ask::Page(page) => Some(page),
        Ask::Detail(_) => None,
    });
    let question = |page: Cursor| {
        let user = user.clone();
        let purpose = Purpose::Memberships(profile.clone(), page.clone());
        ask(
            model,
            &profile,
            (purpose, Query::Memberships { user, page }),
        )
    };
    pages.map(question).collect()
}

/// An answer came.
pub fn answered(model: &mut Model, purpose: &Purpose, reply: Reply) -> Effects {
    let Some(mut person) = shown(model).cloned() else {
        return Effects::new();
    };
    let mut effects = Effects::new();
    match (purpose, reply) {
        (Purpose::Memberships(_, cursor), Ok(Answer::Memberships(page))) => {
            person.feed.page(cursor, page);
        }
        (Purpose::Memberships(_, cursor), Err(error)) => person.feed.page_failed(cursor, error),
        (_, Ok(Answer::Users(page))) => {
            let users = page.rows.iter().map(|row| &row.item);
            found(&mut person, users);
        }
        (_, Err(error)) => person.lookup = Lookup::Failed(Box::new(error)),
        (purpose, Ok(_)) => tracing::warn!(?purpose, "an answer of another kind was dropped"),
    }
    keep(model, person);
    effects.extend(go_on(model));
    effects
}

/// The users that fit the address: only the one that has exactly this is the person.
fn found<'a>(person: &mut Person, mut users: impl Iterator<Item = &'a User>) {
    let email = person.email.clone();
    let email = email.as_ref().map_or("", Text::raw);
    let is_it = |user: &&User| {
        let known = user.email.known();
        known.is_some_and(|known| known.raw().eq_ignore_ascii_case(email))
    };
    match users.find(is_it) {
        Some(user) => {
            person.user = Some(user.id.clone());
            person.lookup = Lookup::Reading(UserAt::Id(user.id.clone()));
            person.feed.start();
        }
        None => person.lookup = Lookup::Unknown,
    }
}

/// The person that the open picker is about.
fn shown(model: &Model) -> Option<&Person> {
    model
        .overlays
        .iter()
        .rev()
        .find_map(|overlay| match overlay {
            Overlay::Menu(picker) => match &picker.of {
                Subject::Person(person) => Some(&**person),
                Subject::Actions
                | Subject::Profiles
                | Subject::Help
                | Subject::Palette(_)
                | Subject::Roles(_)
                | Subject::Journal(_)
                | Subject::Drafts => None,
            },
            Overlay::Help(_)
            | Overlay::Confirm(_)
            | Overlay::Form(_)
            | Overlay::Prompt(_)
            | Overlay::Details(_)
            | Overlay::Line(_)
            | Overlay::Tasks(_) => None,
        })
}

/// The person as known now: the open picker shows it.
fn keep(model: &mut Model, person: Person) {
    let (choices, notes) = lines::of(model, &person);
    let open = model
        .overlays
        .iter_mut()
        .rev()
        .find_map(|overlay| match overlay {
            Overlay::Menu(picker) if matches!(picker.of, Subject::Person(_)) => Some(picker),
            Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Confirm(_)
            | Overlay::Form(_)
            | Overlay::Prompt(_)
            | Overlay::Details(_)
            | Overlay::Line(_)
            | Overlay::Tasks(_) => None,
        });
    if let Some(picker) = open {
        picker.of = Subject::Person(Box::new(person));
        picker.refill(choices, notes);
    }
}

/// What was asked for a picker that is closed is not wanted any more.
pub fn cancel(model: &mut Model) -> Vec<Effect> {
    model
        .pending
        .cancel(|purpose| matches!(purpose, Purpose::Memberships(..) | Purpose::User(_)))
}
