//! The kinds of records about this program itself: profiles, settings and what an examination found.

use super::record::{Kind, Record};
use crate::config::Profile;
use crate::config::layers::Setting;
use crate::domain::entry::EntryNo;
use crate::domain::history::{Deed, Finding};
use crate::domain::{Fact, History, OrgId, Seen, Text};
use crate::journal;

pub(in crate::cli) const PROFILES: Kind = Kind {
    name: "profiles",
    fields: &[
        "name",
        "provider",
        "url",
        "token",
        "production",
        "read_only",
    ],
    also: &[],
    columns: &[
        "name",
        "provider",
        "url",
        "token",
        "production",
        "read_only",
    ],
    searched: &["name", "provider", "url"],
};

pub(in crate::cli) const SETTINGS: Kind = Kind {
    name: "settings",
    fields: &["key", "value", "origin"],
    also: &[],
    columns: &["key", "value"],
    searched: &["key", "value"],
};

pub(in crate::cli) const CHECKS: Kind = Kind {
    name: "checks",
    fields: &["name", "profile", "status", "message"],
    also: &[],
    columns: &["status", "profile", "name", "message"],
    searched: &["name", "profile", "status", "message"],
};

pub(in crate::cli) const JOURNAL: Kind = Kind {
    name: "journal",
    fields: &[
        "id",
        "at",
        "profile",
        "principal",
        "verb",
        "org",
        "target",
        "outcome",
        "before",
        "after",
        "request_id",
        "duration_ms",
        "undone_by",
    ],
    also: &[],
    columns: &[
        "id",
        "at",
        "profile",
        "principal",
        "verb",
        "org",
        "target",
        "outcome",
        "undone_by",
    ],
    searched: &["profile", "principal", "verb", "org", "target", "outcome"],
};

/// A request of the journal.
pub(in crate::cli) fn deed(history: &History, deed: &Deed) -> Record {
    let told = |text: Option<&Text>| text.map_or(Fact::Empty, |text| Fact::Text(text.clone()));
    let number = |no: EntryNo| Fact::ours(&no.0.to_string());
    let image = |seen: &Seen| {
        if *seen == Seen::Nothing {
            return Fact::Empty;
        }
        Fact::Json(journal::image(seen))
    };
    let end = deed.end.as_ref();
    let facts = vec![
        number(deed.no),
        Fact::Time(deed.at),
        Fact::Text(deed.profile.text().clone()),
        Fact::Text(deed.who()),
        Fact::ours(deed.act.verb.name()),
        told(deed.act.org.as_ref().map(OrgId::text)),
        Fact::Text(deed.act.target.clone()),
        Fact::ours(end.map_or("open", |end| end.word.key())),
        image(&deed.before),
        end.and_then(|end| end.after.as_ref())
            .map_or(Fact::Empty, image),
        told(end.and_then(|end| end.trace.as_ref())),
        end.map_or(Fact::Empty, |end| {
            Fact::Number(u64::try_from(end.took.as_millis()).unwrap_or(u64::MAX))
        }),
        numbers(&history.undone_by(deed.no)),
    ];
    Record::new(&JOURNAL, facts)
}

/// What the journal holds: its requests, and what was found to be needless to undo or do again, in their order.
pub(in crate::cli) fn entries(history: &History) -> Vec<Record> {
    let deeds = history.deeds.iter().map(|one| (one.no, deed(history, one)));
    let found = history.found.iter().map(|one| (one.no, finding(one)));
    let mut all: Vec<(EntryNo, Record)> = deeds.chain(found).collect();
    all.sort_by_key(|(no, _)| *no);
    all.into_iter().map(|(_, record)| record).collect()
}

/// That an undo or a redo was needless: nothing was sent for it.
pub(in crate::cli) fn finding(finding: &Finding) -> Record {
    let found = &finding.found;
    let org = found.org.as_ref().map(|org| org.text().clone());
    let facts = vec![
        Fact::ours(&finding.no.0.to_string()),
        Fact::Time(finding.at),
        Fact::Text(finding.profile.text().clone()),
        Fact::Text(finding.who()),
        Fact::ours(found.verb.name()),
        org.map_or(Fact::Empty, Fact::Text),
        Fact::Text(found.target.clone()),
        Fact::ours(Finding::KEY),
        Fact::Empty,
        Fact::Empty,
        Fact::Empty,
        Fact::Empty,
        Fact::Empty,
    ];
    Record::new(&JOURNAL, facts)
}

/// Entries, as one word.
fn numbers(entries: &[EntryNo]) -> Fact {
    let numbers: Vec<String> = entries.iter().map(|no| no.0.to_string()).collect();
    if numbers.is_empty() {
        return Fact::Empty;
    }
    Fact::ours(&numbers.join(","))
}

/// A profile; of its secret no more than where it is.
pub(in crate::cli) fn profile(profile: &Profile) -> Record {
    let facts = vec![
        Fact::ours(&profile.name),
        Fact::ours(profile.provider),
        Fact::ours(profile.origin.as_str()),
        Fact::ours(&profile.token.words()),
        profile.is_production().map_or(Fact::Unknown, Fact::Flag),
        Fact::Flag(profile.read_only),
    ];
    Record::new(&PROFILES, facts)
}

/// A setting as it is in force.
pub(in crate::cli) fn setting(setting: &Setting) -> Record {
    let value = setting.value.as_deref();
    let facts = vec![
        Fact::ours(&setting.key),
        value.map_or(Fact::Empty, Fact::ours),
        Fact::ours(&setting.origin),
    ];
    Record::new(&SETTINGS, facts)
}
