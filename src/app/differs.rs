//! What somebody else has changed between a look and a write, in words: as it was, and as it is.

use serde_json::{Map, Value as Json};

use super::called;
use crate::domain::plan::{Check, Seen, Weight};
use crate::domain::{Fields, Invite, Member, Org, OrgId, Plan, Text, Told, Value};

/// Characters of a value that are shown.
const SHOWN: usize = 80;

/// Each difference as a sentence part: `role was member, is now admin`.
pub fn changes(before: &Seen, now: &Seen) -> Vec<String> {
    match (before, now) {
        (Seen::Org(before), Seen::Org(now)) => of_org(before, now),
        (Seen::Member(before), Seen::Member(now)) => {
            let roles = ("role", roles(before), roles(now));
            differing([roles])
        }
        (Seen::Invite(before), Seen::Invite(now)) => of_invite(before, now),
        (Seen::Invites(before), Seen::Invites(now)) => {
            let count = |invites: &[Invite]| invites.len().to_string();
            differing([("open invites to the address", count(before), count(now))])
        }
        (Seen::Orgs(before), Seen::Orgs(now)) => {
            let count = |orgs: &[OrgId]| orgs.len().to_string();
            let what = "organizations that may have the name";
            differing([(what, count(before), count(now))])
        }
        (Seen::Orgs(_), Seen::Org(now)) => vec![format!(
            "an organization of this name has come: {}",
            now.id.text().excerpt(SHOWN)
        )],
        (Seen::Gone, Seen::Gone | Seen::Nothing) | (Seen::Nothing, _) => Vec::new(),
        (_, Seen::Gone | Seen::Nothing) => vec!["it was there, is now gone".to_owned()],
        (Seen::Gone, _) => vec!["it was not there, is now there".to_owned()],
        (
            Seen::Org(_) | Seen::Member(_) | Seen::Invite(_) | Seen::Invites(_) | Seen::Orgs(_),
            _,
        ) => {
            vec!["it was one kind of record, is now another".to_owned()]
        }
    }
}

/// What is said before a change that somebody has made since an earlier write of ours.
pub const SINCE_LEFT: &str = "Changed since";

/// What is said before a change that somebody has made since a list or a form showed the record.
pub const SINCE_SHOWN: &str = "Changed since it was shown";

/// Warns of each record that somebody has changed since it stood like that: what is planned here would overwrite
/// it. How many there are.
pub fn warn(plan: &mut Plan, (what, before): (&'static str, &[Seen])) -> usize {
    let warnings = plan.changed_since(before).into_iter().map(|(number, was)| {
        let now = &plan.steps[number].seen;
        let changes = changes(&was, now).join("; ");
        let found = match called::record(now) {
            Some(name) => format!("{name}: {changes}"),
            None => changes,
        };
        Check {
            what,
            found: Text::from(found),
            weight: Weight::Warning,
        }
    });
    let warnings: Vec<Check> = warnings.collect();
    let count = warnings.len();
    plan.checks.splice(0..0, warnings);
    count
}

/// What of an organization these fields change: `name Acme -> Acme Shop`.
pub fn turned(org: &Org, fields: &Fields) -> Vec<String> {
    let was = |key: &str| match key {
        "name" => text(&org.name),
        "slug" => text(&org.slug),
        "logo_image" => logo(org),
        key => value(org.attribute(key)),
    };
    let turn = |(key, to): (&'static str, &Value)| {
        let to = to.in_words().excerpt(SHOWN).to_string();
        let to = if to.is_empty() { "empty" } else { &to };
        format!("{key} {} -> {to}", was(key))
    };
    fields.iter().map(turn).collect()
}

/// What of a document differs once this was merged into it, in one text.
pub fn merged(before: &Seen, after: &Seen) -> Option<String> {
    let document = |seen: &Seen| match seen {
        Seen::Org(org) => org.attribute("public_metadata").cloned(),
        Seen::Nothing
        | Seen::Gone
        | Seen::Member(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    };
    let (was, is) = apart(&document(before)?, document(after).as_ref());
    Some(format!("public_metadata {was} -> {is}"))
}

fn differing<const N: usize>(pairs: [(&str, String, String); N]) -> Vec<String> {
    let words =
        |(what, was, is): (&str, String, String)| (was != is).then(|| was_is(what, &was, &is));
    pairs.into_iter().filter_map(words).collect()
}

fn was_is(what: &str, was: &str, is: &str) -> String {
    format!("{what} was {was}, is now {is}")
}

fn of_org(before: &Org, now: &Org) -> Vec<String> {
    let (was, mut is) = (logo(before), logo(now));
    if was == is && !before.agrees_on_logo(now) {
        is = format!("another one ({is})");
    }
    let mut all = differing([
        ("name", text(&before.name), text(&now.name)),
        ("short name", text(&before.slug), text(&now.slug)),
        ("logo", was, is),
    ]);
    for attribute in &before.attributes {
        let other = now.attribute(attribute.key);
        let (was, is) = apart(&attribute.value, other);
        if was != is {
            all.push(was_is(attribute.key, &was, &is));
        }
    }
    all
}

/// A logo by the name of its file, or by the last part of its address.
pub fn logo(org: &Org) -> String {
    let Told::Is(logo) = &org.logo else {
        return "none".to_owned();
    };
    let name = logo.image.as_ref().map(|image| image.name().clone());
    match name.or_else(|| logo.name()) {
        Some(name) => name.excerpt(SHOWN).to_string(),
        None => "there".to_owned(),
    }
}

fn of_invite(before: &Invite, now: &Invite) -> Vec<String> {
    let role = |invite: &Invite| text(&invite.role.clone().map(|role| role.name));
    let status = |invite: &Invite| Text::from(invite.status.key()).excerpt(SHOWN).to_string();
    differing([
        ("status", status(before), status(now)),
        ("role", role(before), role(now)),
        ("address", text(&before.email), text(&now.email)),
    ])
}

/// The roles of a member by name, `none`, or `?` where they cannot be told.
pub fn roles(member: &Member) -> String {
    let held = member.assignments().iter();
    let names: Vec<String> = held
        .map(|held| held.role.name.excerpt(SHOWN).to_string())
        .collect();
    match member.roles.known() {
        None => "?".to_owned(),
        Some(_) if names.is_empty() => "none".to_owned(),
        Some(_) => names.join(", "),
    }
}

fn text(told: &Told<Text>) -> String {
    match told {
        Told::Is(text) => text.excerpt(SHOWN).to_string(),
        Told::Empty => "empty".to_owned(),
        Told::Unknown => "?".to_owned(),
    }
}

/// Two tellings in words; of two documents what is the same in both is left out.
fn apart(was: &Told<Value>, is: Option<&Told<Value>>) -> (String, String) {
    let (Told::Is(Value::Json(Json::Object(a))), Some(Told::Is(Value::Json(Json::Object(b))))) =
        (was, is)
    else {
        return (value(Some(was)), value(is));
    };
    let only = |one: &Map<String, Json>, other: &Map<String, Json>| {
        let mut own = one.clone();
        own.retain(|key, value| other.get(key) != Some(value));
        value(Some(&Told::Is(Value::Json(Json::Object(own)))))
    };
    (only(a, b), only(b, a))
}

fn value(told: Option<&Told<Value>>) -> String {
    match told {
        Some(Told::Is(value)) => value.in_words().excerpt(SHOWN).to_string(),
        Some(Told::Empty) => "empty".to_owned(),
        Some(Told::Unknown) | None => "?".to_owned(),
    }
}
