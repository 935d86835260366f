//! A question before something is sent.

use insta::assert_snapshot;
use orgdeck::app::layer::{Asking, Bodies, Confirm, Overlay, Spot};
use orgdeck::app::{Model, RequestId};
use orgdeck::domain::{ApiError, Fault, Plan, Text, Verb};
use tui_input::Input;

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn confirm(stage: Asking) -> Confirm {
    let about = [
        ("Invite", "jon@old.example"),
        ("Invite id", "orginv_1"),
        ("Role", "member"),
        ("Status", "expired"),
        ("Organization", "Acme Shop"),
        ("Organization id", "org_2shop"),
        ("Profile", "clerk:shop PROD"),
    ];
    Confirm {
        title: Text::from("Revoke invite"),
        place: Text::from("Acme Shop (clerk:shop)"),
        yes: "revoke",
        about: about
            .map(|(label, value)| (label, Text::from(value)))
            .into(),
        notes: Vec::new(),
        finishes: None,
        wish: plan().wish,
        stage,
        typed: Input::default(),
        top: 0,
        focus: Spot::No,
        bodies: Bodies::Hidden,
    }
}

fn with(confirm: Confirm) -> Model {
    let mut model = world::seven_orgs();
    model.overlays.push(Overlay::Confirm(Box::new(confirm)));
    model
}

fn plan() -> Plan {
    world::revoking(&world::invite(1, "jon@old.example", (33, 30)))
}

/// Shown so long ago.
fn ready(plan: Plan, milliseconds: u64) -> Asking {
    Asking::Ready(Box::new(plan), Some(world::before_now(milliseconds)))
}

#[test]
fn what_would_be_sent_is_being_read() {
    assert_snapshot!(screen(
        &with(confirm(Asking::Preparing(RequestId(1)))),
        MEDIUM
    ));
}

#[test]
fn shown_just_now_and_long_enough() {
    assert_snapshot!(screen(&with(confirm(ready(plan(), 299))), MEDIUM));
    assert_snapshot!(screen(&with(confirm(ready(plan(), 300))), MEDIUM));
}

#[test]
fn the_button_that_does_it() {
    let mut asked = confirm(ready(plan(), 300));
    asked.focus = Spot::Yes;
    assert_snapshot!(screen(&with(asked.clone()), WIDE));
    assert_snapshot!(monochrome(&with(asked), NARROW));
}

#[test]
fn with_the_bodies() {
    let mut asked = confirm(ready(plan(), 300));
    asked.bodies = Bodies::Shown;
    assert_snapshot!(plain(&with(asked), MEDIUM));
}

#[test]
fn it_cannot_be_done() {
    let error = ApiError {
        code: Some(Text::from("resource_not_found")),
        trace: Some(Text::from("req_7f3a9c")),
        ..ApiError::new(Verb::InviteRevoke, Fault::Missing)
    };
    let refused = world::refused(plan(), error.clone());
    assert_snapshot!(plain(&with(confirm(ready(refused, 300))), MEDIUM));
    assert_snapshot!(plain(
        &with(confirm(Asking::Failed(Box::new(error)))),
        MEDIUM
    ));
}

#[test]
fn a_production_account_marks_the_frame() {
    let mut model = with(confirm(Asking::Preparing(RequestId(1))));
    model.panes.open = Some(world::fleet());
    assert_snapshot!(screen(&model, NARROW));
}

#[test]
fn its_buttons_stay_on_the_smallest_screen() {
    let mut asked = confirm(ready(plan(), 300));
    assert_snapshot!(plain(&with(asked.clone()), (40, 10)));
    asked.focus = Spot::Yes;
    assert_snapshot!(plain(&with(asked), (40, 10)));
}
