//! The organizations of a person as lines, and how far the asking is in words. It asks nothing.

use jiff::Timestamp;

use crate::app::model::Model;
use crate::app::person::{self, Lookup, Met, Person, roles};
use crate::app::picker::{Choice, Note, Pick};
use crate::app::screen::invites::{self, profile_words};
use crate::domain::{Detail, Fault, Member, Membership, OrgId, Row, Text};
use crate::job::feed::{Short, Stage};

/// The heading of what the service tells.
const TOLD: &str = "TOLD BY THE SERVICE";

/// The heading of what is known from elsewhere.
const MET: &str = "KNOWN FROM WHAT WAS READ";

/// Why an organization cannot be gone to.
const UNLISTED: &str = "it is not in the list of organizations that was read";

/// The lines, and what is said above them.
pub(super) fn of(model: &Model, person: &Person) -> (Vec<Choice>, Vec<Note>) {
    let met = person.met(model);
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
    Text::from(format!("{lists} read here besides: {more}"))
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
