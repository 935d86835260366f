//! The organizations of one person: what the service tells page by page, and below it what is known
//! from lists that were read, each with its source.

use jiff::Timestamp;

use crate::app::effect::{Effect, Effects};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::pending::Purpose;
use crate::app::person::{self, Lookup, Met, Person, roles};
use crate::app::picker::{Choice, Note, Pick, Picker, Subject};
use crate::app::place::Pane;
use crate::app::screen::invites::{self, profile_words};
use crate::app::screen::orgs::ask;
use crate::domain::query::Reply;
use crate::domain::{
    Answer, Cursor, Detail, Fault, Member, Membership, OrgId, Query, Row, Text, User, UserAt, Verb,
};
use crate::job::feed::{Ask, Short, Stage};

/// The heading of what the service tells.
const TOLD: &str = "TOLD BY THE SERVICE";

/// The heading of what is known from elsewhere.
const MET: &str = "KNOWN FROM WHAT WAS READ";

/// Why an organization cannot be gone to.
const UNLISTED: &str = "it is not in the list of organizations that was read";

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
            let query = Query::Users { text, beside: None };
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
                | Subject::Roles(_) => None,
            },
            Overlay::Help(_)
            | Overlay::Confirm(_)
            | Overlay::Form(_)
            | Overlay::Details(_)
            | Overlay::Line(_) => None,
        })
}

/// The person as known now: the open picker shows it.
fn keep(model: &mut Model, person: Person) {
    let (choices, notes) = lines(model, &person);
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
            | Overlay::Details(_)
            | Overlay::Line(_) => None,
        });
    if let Some(picker) = open {
        picker.of = Subject::Person(Box::new(person));
        picker.refill(choices, notes);
    }
}

fn lines(model: &Model, person: &Person) -> (Vec<Choice>, Vec<Note>) {
    let met = person.met(&model.store, model.now.wall);
    let mut notes = vec![
        Note::Words(asked(model, person)),
        Note::Words(read_here(model, met.len())),
    ];
    let state = state(person);
    let can_retry = matches!(state, Some(Note::Failed(_)));
    notes.extend(state);
    let again = Choice::new(Pick::Again, "read again").under(TOLD).keys("R");
    let told = person.feed.rows.iter().map(|row| told(model, row));
    let met = met.iter().map(|met| known(model, met));
    let places = told
        .chain(met)
        .zip(1..)
        .map(|(choice, number)| match number {
            1..10 => choice.keys(number.to_string()),
            _ => choice,
        });
    let again = can_retry.then_some(again).into_iter();
    (again.chain(places).collect(), notes)
}

/// Who is asked about whom.
fn asked(model: &Model, person: &Person) -> Text {
    let by = match (&person.email, &person.user) {
        (Some(email), Some(user)) => format!("{}, id {}", email.raw(), user.raw()),
        (Some(email), None) => email.raw().to_owned(),
        (None, Some(user)) => format!("id {}", user.raw()),
        (None, None) => person.name.raw().to_owned(),
    };
    let profile = profile_words(model, &person.profile);
    Text::from(format!("{by} on {profile}"))
}

/// What the lists that were read tell beside the service.
fn read_here(model: &Model, met: usize) -> Text {
    let lists = match person::lists_read(&model.store) {
        1 => "1 list of members".to_owned(),
        many => format!("{many} lists of members"),
    };
    let more = match met {
        0 => "nothing more".to_owned(),
        1 => "1 more place".to_owned(),
        many => format!("{many} more places"),
    };
    Text::from(format!("known from what was read here ({lists}): {more}"))
}

/// How far the asking is.
fn state(person: &Person) -> Option<Note> {
    let words = match &person.lookup {
        Lookup::Finding => return Some(Note::Busy(Text::from("looking for the user .."))),
        Lookup::Failed(error) => return Some(Note::Failed(error.clone())),
        Lookup::Nobody(why) => format!("not asked: {}", why.raw()),
        Lookup::Unknown => "the service knows no user with this address yet".to_owned(),
        Lookup::Reading(_) => match person.feed.stage() {
            Stage::Idle | Stage::Reading => {
                let count = person.feed.count();
                let words = format!("reading the memberships: {} ..", count.raw());
                return Some(Note::Busy(Text::from(words)));
            }
            Stage::Failed(error) => {
                let Fault::NotOffered(why) = &error.fault else {
                    return Some(Note::Failed(Box::new(error.clone())));
                };
                format!("not asked: {why}")
            }
            Stage::Whole if person.feed.rows.is_empty() => {
                "the service tells of no membership".to_owned()
            }
            Stage::Whole => return None,
            Stage::Partial(Short::Stopped) => "stopped: this is not all".to_owned(),
            Stage::Partial(Short::Shifted) => {
                "the list changed while it was read: some may be missing".to_owned()
            }
            Stage::Partial(Short::TooLong) => "there are more than are ever read".to_owned(),
        },
    };
    Some(Note::Words(Text::from(words)))
}

fn told(model: &Model, row: &Row<Membership>) -> Choice {
    let member = whole(model, &row.item.member);
    let org = &member.at.org;
    let name = row.item.org_name.known().cloned();
    let name = name.unwrap_or_else(|| invites::name(model, org));
    if let Detail::Unreadable(why) = &row.detail {
        let why = format!("the service sent no such record: {}", why.raw());
        let choice = Choice::new(Pick::Nothing, name).under(TOLD);
        return choice.blocked(Some(Text::from(why)));
    }
    let joined = member
        .joined
        .known()
        .map(|at| format!("  joined {}", date(model, *at)));
    let about = format!(
        "{}  id {}{}",
        roles(member).raw(),
        org.raw(),
        joined.unwrap_or_default()
    );
    let choice = Choice::new(Pick::Org(org.clone()), name);
    choice
        .under(TOLD)
        .about(about)
        .blocked(unlisted(model, org))
}

/// A membership, from the list of members where that was read and the service told a reference only.
fn whole<'a>(model: &'a Model, member: &'a Member) -> &'a Member {
    if member.roles.known().is_some() {
        return member;
    }
    let visit = model.store.visit(&member.at.org);
    let row = visit.and_then(|visit| visit.members.rows.find(&member.id));
    row.map_or(member, |row| &row.item)
}

fn known(model: &Model, met: &Met) -> Choice {
    let org = &met.org;
    let about = format!(
        "{}  id {}  {}",
        met.what.raw(),
        org.raw(),
        profile_words(model, org.profile())
    );
    let choice = Choice::new(Pick::Org(org.clone()), invites::name(model, org));
    choice.under(MET).about(about).blocked(unlisted(model, org))
}

fn unlisted(model: &Model, org: &OrgId) -> Option<Text> {
    model.store.org(org).is_none().then(|| Text::from(UNLISTED))
}

fn date(model: &Model, at: Timestamp) -> String {
    at.to_zoned(model.settings.zone.clone()).date().to_string()
}

/// What was asked for a picker that is closed is not wanted any more.
pub fn cancel(model: &mut Model) -> Vec<Effect> {
    model
        .pending
        .cancel(|purpose| matches!(purpose, Purpose::Memberships(..) | Purpose::User(_)))
}
