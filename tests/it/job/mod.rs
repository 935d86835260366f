//! Tests of the pure machines, mirroring `src/job`.

mod feed;
mod filter;
mod order;
mod part;
mod rest;
mod task;

use orgdeck::domain::rows::Keyed;
use orgdeck::domain::{ApiError, Fault, Text, Verb};

/// A record of a list: its identity and what is known of it.
#[derive(Clone, Debug, PartialEq)]
struct Item {
    key: u32,
    text: &'static str,
}

impl Keyed for Item {
    type Key = u32;

    fn key(&self) -> &u32 {
        &self.key
    }

    fn texts(&self) -> Vec<&Text> {
        Vec::new()
    }
}

fn error(fault: Fault) -> ApiError {
    ApiError::new(Verb::MemberList, fault)
}
