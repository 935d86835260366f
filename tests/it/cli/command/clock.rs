//! A machine whose clock is off by any span: what a service has dated is as old as its own clock says.
//!
//! The sandbox's world stands in a past that the machine's clock has long left behind.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;

use super::stage::{Stage, column, rows};
use crate::sandbox::origin;

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[test]
fn r66_an_invite_is_over_when_the_service_s_clock_says_so() {
    let stage = Stage::new();
    let line = "invite list clerk/acme-shop --filter email:lea --status";
    let lists = |status: &str| stage.json(&format!("{line} {status}")).1;
    let ids = |document: &Json| column(document, "invites", "id").len();
    for (after, open, over) in [(DAY, 1, 0), (DAY * 3, 0, 1)] {
        stage.sandbox.world(|world| world.set_now(origin() + after));
        assert_eq!(ids(&lists("pending")), open, "{after:#} later");
        assert_eq!(ids(&lists("expired")), over, "{after:#} later");
    }
}

#[test]
fn r66_ages_in_a_filter_are_those_by_the_service_s_clock() {
    let stage = Stage::new();
    for (line, kind, field, days) in [
        ("member list balena/acme_fleet", "members", "joined", 700),
        ("invite list clerk/acme-shop", "invites", "created", 5),
        ("org list --profile vulos", "orgs", "created", 600),
    ] {
        let (_, all) = stage.json(line);
        let limit = origin() - DAY * days;
        let young = |row: &&Json| {
            let at = row[format!("{field}_at")].as_str();
            at.is_some_and(|at| at.parse::<Timestamp>().unwrap() > limit)
        };
        let wanted = rows(&all, kind).iter().filter(young).count();
        let (_, found) = stage.json(&format!("{line} --filter {field}:<{days}d"));
        assert_eq!(rows(&found, kind).len(), wanted, "{line}: {all}");
        assert!(
            wanted > 0 && wanted < rows(&all, kind).len(),
            "{line}: {all}"
        );
    }
}
