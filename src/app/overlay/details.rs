//! Details: a record in full, and as the service sent it.

use jiff::Timestamp;

use crate::app::effect::{Effect, Effects};
use crate::app::fault;
use crate::app::layer::{Details, Overlay};
use crate::app::model::Model;
use crate::app::notice::Line;
use crate::app::pending::Purpose;
use crate::app::place::Pane;
use crate::app::screen::orgs::ask;
use crate::app::screen::{
    self,
    invites::{self, profile_words},
};
use crate::app::store::{Loaded, SentNote};
use crate::domain::query::Thing;
use crate::domain::{AssignmentId, Invite, Member, Org, OrgId, Query, Text, Told};

/// How it is copied then.
const HOW: &str =
    "select it with the mouse; as a block (often with Alt or Ctrl held) without the frame";

/// Lines between what is known and the text of the service: a gap and a heading.
const RAW_HEAD: usize = 2;

/// Opens the details of what is under the cursor, and asks for the record as the service has it.
pub fn open(model: &mut Model) -> Effects {
    let details = match model.panes.focus {
        Pane::Orgs | Pane::Org => model
            .org_here()
            .and_then(|id| model.store.org(id))
            .map(|row| of_org(model, &row.item)),
        Pane::Members => model.member_row().map(|row| of_member(model, &row.item)),
        Pane::Invites => match model.invite_row() {
            Some(row) => Some(of_invite(model, &row.item)),
            None => model.sent_note().map(|note| of_note(model, note)),
        },
        Pane::Activity => model.log.line(model.panes.activity).map(of_line),
    };
    let Some(mut details) = details else {
        model.say("no row is under the cursor");
        return Effects::new();
    };
    let mut effects = Effects::new();
    if let Some(thing) = details.thing.clone() {
        details.raw = Loaded::Asked;
        effects.push(ask_raw(model, thing));
    }
    model.overlays.push(Overlay::Details(Box::new(details)));
    effects
}

fn ask_raw(model: &mut Model, thing: Thing) -> Effect {
    let profile = org_of(&thing).profile().clone();
    ask(model, &profile, (Purpose::Raw, Query::Raw(thing)))
}

/// Asks again for the record as the service has it.
pub fn read_again(model: &mut Model) -> Effects {
    let Some(Overlay::Details(details)) = model.overlays.last_mut() else {
        return Effects::new();
    };
    let Some(thing) = details.thing.clone() else {
        model.say("only kept here: there is nothing to read again");
        return Effects::new();
    };
    details.raw = Loaded::Asked;
    model.say("reading it again");
    let mut effects = model.pending.cancel(|purpose| *purpose == Purpose::Raw);
    effects.push(ask_raw(model, thing));
    effects
}

fn org_of(thing: &Thing) -> &OrgId {
    match thing {
        Thing::Org(org) => org,
        Thing::Member(member) => &member.org,
        Thing::Invite(invite) => &invite.org,
    }
}

pub(super) type Facts = Vec<(Text, Text)>;

pub(super) fn fact(label: &str, value: impl Into<Text>) -> (Text, Text) {
    (Text::from(label), value.into())
}

fn told(label: &str, value: &Told<Text>) -> (Text, Text) {
    let text = match value {
        Told::Is(text) => text.clone(),
        Told::Empty => Text::from("-"),
        Told::Unknown => Text::from("?"),
    };
    (Text::from(label), text)
}

fn time(label: &str, value: &Told<Timestamp>) -> (Text, Text) {
    told(label, &value.map(|at| Text::from(at.to_string())))
}

fn count(label: &str, value: &Told<u64>) -> (Text, Text) {
    told(label, &value.map(|count| Text::from(count.to_string())))
}

pub(super) fn new(title: Text, thing: Option<Thing>, facts: Facts) -> Details {
    Details {
        title,
        thing,
        facts,
        heading: Details::AS_SENT,
        raw: Loaded::No,
        top: 0,
    }
}

/// Shows a text that is to be copied by hand.
pub fn show_text(model: &mut Model, what: &str, (text, why): (String, &str)) {
    let facts = vec![
        fact("what", what),
        fact("not copied", why),
        fact("by hand", HOW),
    ];
    let details = Details {
        heading: Details::BY_HAND,
        raw: Loaded::Yes(Text::from(text)),
        ..new(Text::from("To be copied"), None, facts)
    };
    model.overlays.push(Overlay::Details(Box::new(details)));
}

/// Copies what is shown.
pub fn copy(model: &mut Model) -> Effects {
    let Some(Overlay::Details(details)) = model.overlays.last() else {
        return Effects::new();
    };
    if details.heading == Details::BY_HAND {
        model.say("this is shown because it could not be copied");
        return Effects::new();
    }
    let facts = details
        .facts
        .iter()
        .map(|(label, value)| match label.raw() {
            "" => format!("  {}", value.raw()),
            label => format!("{label}: {}", value.raw()),
        });
    let raw = details.raw.known().map(|raw| raw.raw().to_owned());
    let text: Vec<String> = facts.chain(raw).collect();
    screen::copy::hand(model, "what is shown", text.join("\n"))
}

fn of_org(model: &Model, org: &Org) -> Details {
    let account = model.store.account(org.id.profile());
    let logo = match &org.logo {
        Told::Is(logo) => logo.url.clone(),
        Told::Empty => Told::Empty,
        Told::Unknown => Told::Unknown,
    };
    let mut facts = vec![
        fact("profile", profile_words(model, org.id.profile())),
        fact("id", org.id.text()),
        told("name", &org.name),
        told("short name", &org.slug),
        time("created", &org.created),
        time("updated", &org.updated),
        told("logo", &logo),
        count("members", &org.members),
        count("invites", &org.invites),
    ];
    for attribute in &org.attributes {
        let label = account.map_or(attribute.key, |a| a.capabilities.label(attribute.key));
        facts.push(told(
            label,
            &attribute.value.clone().map(|value| value.in_words()),
        ));
    }
    let title = org.display_name().clone();
    new(title, Some(Thing::Org(org.id.clone())), facts)
}

fn of_member(model: &Model, member: &Member) -> Details {
    let mut facts = vec![
        fact("organization", invites::name(model, &member.at.org)),
        fact("profile", profile_words(model, member.at.org.profile())),
        fact("membership id", member.id.text()),
        told(
            "user id",
            &member.user.clone().map(|user| user.text().clone()),
        ),
        told("name", &member.name),
        told("user name", &member.username),
        told("e-mail", &member.email),
    ];
    for held in member.assignments() {
        let id = held.id.as_ref().map(AssignmentId::raw);
        let (name, key) = (held.role.name.raw(), held.role.key.raw());
        let own_key = (key != name).then_some(key);
        let words: Vec<&str> = [Some(name), own_key, id].into_iter().flatten().collect();
        facts.push(fact("role", words.join(" ")));
    }
    if member.assignments().is_empty() {
        let none = member.roles.known().map_or("?", |_| "-");
        facts.push(fact("role", none));
    }
    facts.push(time("joined", &member.joined));
    facts.push(time("last active", &member.last_active));
    let title = member.display_name().clone();
    new(title, Some(Thing::Member(member.at.clone())), facts)
}

fn of_invite(model: &Model, invite: &Invite) -> Details {
    let role = invite.role.clone().map(|role| role.name);
    let facts = vec![
        fact("organization", invites::name(model, &invite.at.org)),
        fact("profile", profile_words(model, invite.at.org.profile())),
        fact("invite id", invite.at.id.text()),
        told("e-mail", &invite.email),
        told("role", &role),
        fact(
            "status",
            invite.status_at(model.theirs(invite.at.profile())).key(),
        ),
        time("sent", &invite.created),
        time("expires", &invite.expires),
        told("invited by", &invite.inviter),
        told("message", &invite.message),
        told("metadata", &invite.metadata),
    ];
    let title = invite.email.known().unwrap_or(invite.at.id.text()).clone();
    new(title, Some(Thing::Invite(invite.at.clone())), facts)
}

/// A memory of ours, which nobody can read at the service.
fn of_note(model: &Model, note: &SentNote) -> Details {
    let facts = vec![
        fact("organization", invites::name(model, &note.org)),
        fact("profile", profile_words(model, note.org.profile())),
        fact("e-mail", note.email.clone()),
        fact("sent", note.at.to_string()),
        fact(
            "known from",
            "this program's own memory; the service keeps no list",
        ),
    ];
    new(note.email.clone(), None, facts)
}

fn of_line(line: &Line) -> Details {
    let sent = &line.sent;
    let ended = match &sent.ended {
        Ok(status) => status.to_string(),
        Err(error) => fault::words(error).cause.to_string(),
    };
    let facts = vec![
        fact("time", line.at.to_string()),
        fact("profile", sent.profile.text()),
        fact("what for", fault::doing(sent.verb)),
        fact("method", sent.method.as_str()),
        fact("request", &sent.target),
        fact("ended", ended),
        fact("took", format!("{} ms", sent.took.as_millis())),
        told("request id", &Told::or_empty(sent.trace.clone())),
    ];
    new(Text::from("Request"), None, facts)
}

/// Moves its lines; whether that was possible.
pub(super) fn turn(details: &mut Details, by: isize) -> bool {
    let before = details.top;
    details.top = before.saturating_add_signed(by).min(last(details));
    details.top != before
}

/// The last line there is.
fn last(details: &Details) -> usize {
    let raw = match &details.raw {
        Loaded::No => 0,
        Loaded::Asked | Loaded::Failed(_) => RAW_HEAD + 1,
        Loaded::Yes(text) => RAW_HEAD + text.raw().lines().count(),
    };
    (details.facts.len() + raw).saturating_sub(1)
}

/// Closes it.
pub fn close(model: &mut Model) -> Effects {
    model.overlays.pop();
    model.pending.cancel(|purpose| *purpose == Purpose::Raw)
}
