//! The journal on the screen: every request that was sent, the newest first, with what came of it; and one
//! of them in full, with the record before and after.

use std::cmp::Reverse;

use jiff::Timestamp;

use crate::app::effect::{Effect, Effects};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::msg::RequestId;
use crate::app::pending::Purpose;
use crate::app::picker::{Choice, Note, Pick, Picker, Subject};
use crate::domain::entry::{EntryNo, Found};
use crate::domain::history::{Deed, Finding};
use crate::domain::{History, OrgId, Profile, Seen, Text, Verb, Why};

use super::details::{Facts, fact, new};

/// Characters of a name in a line.
const SHOWN: usize = 60;

/// What stands in a journal without an entry.
const EMPTY: [&str; 2] = [
    "Nothing was sent yet.",
    "Every change is written down here before it goes out, with what came of it.",
];

/// Opens the journal, and asks for what stands in it.
pub fn open(model: &mut Model) -> Effects {
    let mut picker = Picker::new("Journal", Subject::Journal(Box::default()), Vec::new());
    picker.notes = vec![Note::Busy(Text::from("reading the journal"))];
    model.overlays.push(Overlay::Help(Box::new(picker)));
    let id = model.pending.ask(Purpose::History);
    vec![Effect::History { id }]
}

/// Nobody waits for it any more.
pub(super) fn cancel(model: &mut Model) -> Effects {
    model.pending.cancel(|purpose| *purpose == Purpose::History)
}

/// The journal was read, or cannot be.
pub(in crate::app) fn read(
    model: &mut Model,
    id: RequestId,
    read: Result<Box<History>, Text>,
) -> Effects {
    if model.pending.answered(id).is_none() {
        return Effects::new();
    }
    let Some(Overlay::Help(picker)) = model.overlays.last_mut() else {
        return Effects::new();
    };
    let Subject::Journal(known) = &mut picker.of else {
        return Effects::new();
    };
    let (choices, notes) = match read {
        Ok(history) => {
            let choices = lines(&history);
            let notes = if choices.is_empty() {
                EMPTY.map(|words| Note::Words(Text::from(words))).to_vec()
            } else {
                Vec::new()
            };
            *known = history;
            (choices, notes)
        }
        Err(cause) => {
            let words = format!("the journal cannot be read: {}", cause.excerpt(300));
            (Vec::new(), vec![Note::Words(Text::from(words))])
        }
    };
    picker.refill(choices, notes);
    Effects::new()
}

/// A line for each entry, the newest first.
fn lines(history: &History) -> Vec<Choice> {
    let deeds = history
        .deeds
        .iter()
        .map(|deed| (deed.no, line(history, deed)));
    let found = history.found.iter();
    let found = found.map(|finding| (finding.no, needless(finding)));
    let mut lines: Vec<(EntryNo, Choice)> = deeds.chain(found).collect();
    lines.sort_by_key(|(no, _)| Reverse(*no));
    lines.into_iter().map(|(_, line)| line).collect()
}

fn line(history: &History, deed: &Deed) -> Choice {
    let who = (&deed.profile, deed.who());
    let mut about = about(ended(deed), deed.at, who);
    if let Some(by) = undone_by(history, deed) {
        about = format!("{about}, undone by {by}");
    }
    let title = headed(deed.no, deed.act.verb, &deed.act.target);
    Choice::new(Pick::Deed(deed.no), title).about(about)
}

/// The line of an undo or redo that was found to be needless.
fn needless(finding: &Finding) -> Choice {
    let who = (&finding.profile, finding.who());
    let about = about(Finding::KEY, finding.at, who);
    let title = headed(finding.no, finding.found.verb, &finding.found.target);
    Choice::new(Pick::Deed(finding.no), title).about(about)
}

fn headed(no: EntryNo, verb: Verb, target: &Text) -> String {
    format!("{} {}: {}", no.0, verb.name(), target.excerpt(SHOWN))
}

fn about(ended: &str, at: Timestamp, (profile, who): (&Profile, Text)) -> String {
    format!(
        "{ended}, {} {}, {}",
        at.strftime("%Y-%m-%d %H:%M:%SZ"),
        profile.text().excerpt(SHOWN),
        who.excerpt(SHOWN)
    )
}

/// The entries that took a request back, if it was taken back.
fn undone_by(history: &History, deed: &Deed) -> Option<String> {
    let by = history.undone_by(deed.no);
    (!by.is_empty()).then(|| joined(&by))
}

fn ended(deed: &Deed) -> &'static str {
    deed.ended().map_or("open", |ended| ended.key())
}

/// Opens one entry in full, above the list.
pub(super) fn look(model: &mut Model, no: EntryNo) -> Effects {
    let details = match model.overlays.last() {
        Some(Overlay::Help(picker)) => match &picker.of {
            Subject::Journal(history) => {
                let deed = history.deed(no).map(|deed| facts(history, deed));
                let facts = deed.or_else(|| history.finding(no).map(found));
                facts.map(|facts| new(title(no), None, facts))
            }
            Subject::Actions
            | Subject::Profiles
            | Subject::Help
            | Subject::Palette(_)
            | Subject::Roles(_)
            | Subject::Person(_)
            | Subject::Drafts => None,
        },
        Some(_) | None => None,
    };
    if let Some(details) = details {
        model.overlays.push(Overlay::Details(Box::new(details)));
    }
    Effects::new()
}

fn title(no: EntryNo) -> Text {
    Text::from(format!("Entry {} of the journal", no.0))
}

/// That an undo or a redo was found to be needless, and of which entries.
fn found(finding: &Finding) -> Facts {
    let Found {
        why,
        verb,
        org,
        target,
        words,
    } = &finding.found;
    let (way, entries) = match why {
        Why::Undoes(entries) => ("undo of", entries.as_slice()),
        Why::Redoes(entries) => ("redo of", entries.as_slice()),
        Why::Wished | Why::Finishes(_) => ("of", &[][..]),
    };
    let org = org.as_ref().map(|org| OrgId::text(org).clone());
    vec![
        fact("time", finding.at.to_string()),
        fact("profile", finding.profile.text()),
        fact("acting as", finding.who()),
        fact("user here", finding.actor.clone()),
        fact("what", verb.name()),
        fact("organization", org.unwrap_or_else(|| Text::from("-"))),
        fact("target", target.clone()),
        fact("outcome", Finding::KEY),
        fact("message", words.clone()),
        fact(way, joined(entries)),
    ]
}

fn joined(entries: &[EntryNo]) -> String {
    let numbers: Vec<String> = entries.iter().map(|no| no.0.to_string()).collect();
    numbers.join(", ")
}

fn facts(history: &History, deed: &Deed) -> Facts {
    let dash = || Text::from("-");
    let end = deed.end.as_ref();
    let mut facts = vec![
        fact("time", deed.at.to_string()),
        fact("profile", deed.profile.text()),
        fact("acting as", deed.who()),
        fact("user here", deed.actor.clone()),
        fact("what", deed.act.verb.name()),
        fact(
            "organization",
            deed.act
                .org
                .as_ref()
                .map_or_else(dash, |org| OrgId::text(org).clone()),
        ),
        fact("target", deed.act.target.clone()),
        fact("outcome", ended(deed)),
        fact(
            "message",
            end.and_then(|end| end.words.clone()).unwrap_or_else(dash),
        ),
        fact(
            "request id",
            end.and_then(|end| end.trace.clone()).unwrap_or_else(dash),
        ),
        fact(
            "took",
            end.map_or_else(dash, |end| {
                Text::from(format!("{} ms", end.took.as_millis()))
            }),
        ),
        fact(
            "undone by",
            undone_by(history, deed).map_or_else(dash, Text::from),
        ),
    ];
    facts.extend(image("before", Some(&deed.before)));
    facts.extend(image("after", end.and_then(|end| end.after.as_ref())));
    facts
}

/// A record as it was: what a person decides by, a line each.
fn image(when: &str, seen: Option<&Seen>) -> Facts {
    let told = |words: String| vec![fact(when, words)];
    match seen {
        None | Some(Seen::Nothing) => told("-".to_owned()),
        Some(Seen::Gone) => told("no such record".to_owned()),
        Some(Seen::Org(org)) => {
            let mut lines = told(format!(
                "organization {}",
                org.display_name().excerpt(SHOWN)
            ));
            lines.extend(org.attributes.iter().filter_map(|attribute| {
                let value = attribute.value.known()?.in_words();
                Some(fact(&format!("{when} {}", attribute.key), value))
            }));
            lines
        }
        Some(Seen::Member(member)) => {
            let roles = member.assignments().iter().map(|held| held.role.key.raw());
            let roles: Vec<&str> = roles.collect();
            told(format!(
                "{}: {}",
                member.display_name().excerpt(SHOWN),
                if roles.is_empty() {
                    "no role".to_owned()
                } else {
                    roles.join(", ")
                }
            ))
        }
        Some(Seen::Invite(invite)) => told(format!(
            "invite to {}, {}",
            invite
                .email
                .known()
                .unwrap_or(invite.at.id.text())
                .excerpt(SHOWN),
            Text::from(invite.status.key()).excerpt(SHOWN)
        )),
        Some(Seen::Invites(invites)) => told(format!("{} open invites to it", invites.len())),
        Some(Seen::Orgs(orgs)) => told(format!(
            "{} organizations that may have the name",
            orgs.len()
        )),
    }
}
