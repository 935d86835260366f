//! Tests of the plain values, mirroring `src/domain`.

mod capabilities;
mod error;
mod field;
mod id;
mod image;
mod invite;
mod member;
mod moment;
mod mutation;
mod org;
mod origin;
mod plan;
mod query;
mod rows;
pub(crate) mod sample;
mod secret;
mod seen;
mod text;
mod told;
mod verb;
mod wish;
mod wished;

use std::collections::BTreeMap;

/// What strangers might have typed: texts by the kind of trick they play.
pub(crate) fn hostile() -> BTreeMap<String, Vec<String>> {
    serde_json::from_str(include_str!("hostile.json")).unwrap()
}
