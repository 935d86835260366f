//! The kinds of records about this program itself: profiles, settings and what an examination found.

use super::record::{Kind, Record};
use crate::config::Profile;
use crate::config::layers::Setting;
use crate::domain::Fact;

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
