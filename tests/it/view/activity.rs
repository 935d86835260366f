//! What was sent.

use std::time::Duration;

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::notice::Line;
use orgdeck::app::place::{Pane, Zoom};
use orgdeck::domain::news::Sent;
use orgdeck::domain::{ApiError, Fault, Method, Text, Verb};

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn line(profile: &str, (method, target): (Method, &str), ended: Result<u16, Fault>) -> Line {
    let ended = ended.map_err(|fault| Box::new(ApiError::new(Verb::OrgList, fault)));
    Line {
        at: world::now().wall - jiff::SignedDuration::from_secs(30),
        sent: Sent {
            profile: world::profile(profile),
            verb: Verb::OrgList,
            method,
            target: Text::from(target),
            ended,
            served_at: None,
            took: Duration::from_millis(212),
            trace: Some(Text::from("req_1")),
        },
    }
}

fn sent() -> Model {
    let mut model = world::seven_orgs();
    model.panes.focus = Pane::Activity;
    let get = Method::Get;
    let lines = [
        line(
            "prod",
            (
                get,
                "/v6/organization?$select=id,name,handle&$expand=organization_membership/$count",
            ),
            Ok(200),
        ),
        line("me", (get, "/api/v1/organization/58"), Err(Fault::TimedOut)),
        line(
            "shop",
            (Method::Post, "/v1/organizations/org_2shop/invitations"),
            Ok(429),
        ),
        line(
            "shop",
            (Method::Delete, "/v1/x?name=\u{202e}%20"),
            Err(Fault::Offline("dns".into())),
        ),
        line(
            "shop",
            (get, "/v1/organizations?limit=100&offset=0"),
            Ok(200),
        ),
        line(
            "shop",
            (get, "/v1/organizations?limit=100&offset=100"),
            Ok(200),
        ),
    ];
    for line in lines {
        model.log.add(line);
    }
    model
}

#[test]
fn nothing_was_sent() {
    let mut model = world::seven_orgs();
    model.panes.focus = Pane::Activity;
    assert_snapshot!(plain(&model, MEDIUM));
}

#[test]
fn among_the_others() {
    let mut model = sent();
    model.panes.focus = Pane::Members;
    assert_snapshot!(screen(&model, WIDE));
}

#[test]
fn full() {
    assert_snapshot!(screen(&sent(), MEDIUM));
    assert_snapshot!(plain(&sent(), NARROW));
    assert_snapshot!(monochrome(&sent(), NARROW));
}

#[test]
fn the_cursor_stays_in_sight() {
    let mut model = sent();
    model.panes.activity = 5;
    assert_snapshot!(plain(&model, WIDE));
    model.panes.zoom = Zoom::In;
    model.panes.activity = 1;
    assert_snapshot!(plain(&model, MEDIUM));
}
