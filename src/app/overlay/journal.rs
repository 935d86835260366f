//! The journal on the screen: every request that was sent, the newest first, with what came of it; and one
//! of them in full, with the record before and after.

use crate::app::effect::{Effect, Effects};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::msg::RequestId;
use crate::app::pending::Purpose;
use crate::app::picker::{Choice, Note, Pick, Picker, Subject};
use crate::domain::entry::EntryNo;
use crate::domain::history::Deed;
use crate::domain::{History, OrgId, Seen, Text};

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
            let deeds = history.deeds.iter().rev();
            let choices: Vec<Choice> = deeds.map(|deed| line(&history, deed)).collect();
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

fn line(history: &History, deed: &Deed) -> Choice {
    let title = format!(
        "{} {}: {}",
        deed.no.0,
        deed.act.verb.name(),
        deed.act.target.excerpt(SHOWN)
    );
    let mut about = format!(
        "{}, {} {}, {}",
        ended(deed),
        deed.at.strftime("%Y-%m-%d %H:%M:%SZ"),
        deed.profile.text().excerpt(SHOWN),
        deed.who().excerpt(SHOWN)
    );
    if let Some(by) = undone_by(history, deed) {
        about = format!("{about}, undone by {by}");
    }
    Choice::new(Pick::Deed(deed.no), title).about(about)
}

/// The entries that took a request back, if it was taken back.
fn undone_by(history: &History, deed: &Deed) -> Option<String> {
    let by = history.undone_by(deed.no);
    let numbers: Vec<String> = by.iter().map(|no| no.0.to_string()).collect();
    (!numbers.is_empty()).then(|| numbers.join(", "))
}

fn ended(deed: &Deed) -> &'static str {
    deed.ended().map_or("open", |ended| ended.key())
}

/// Opens one entry in full, above the list.
pub(super) fn look(model: &mut Model, no: EntryNo) -> Effects {
    let details = match model.overlays.last() {
        Some(Overlay::Help(picker)) => match &picker.of {
            Subject::Journal(history) => {
                let deed = history.deed(no);
                deed.map(|deed| new(title(deed), None, facts(history, deed)))
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

fn title(deed: &Deed) -> Text {
    Text::from(format!("Entry {} of the journal", deed.no.0))
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
