//! A question before something is sent.

use insta::assert_snapshot;
use orgdeck::app::layer::{Asking, Bodies, Confirm, Overlay, Spot};
use orgdeck::app::{Model, RequestId};
use orgdeck::domain::plan::{Check, TaskId, Weight};
use orgdeck::domain::{
    ApiError, Fault, Fidelity, Method, Objection, Outcome, Plan, Request, Step, Text, Verb, Wish,
};
use tui_input::Input;

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn confirm(stage: Asking) -> Confirm {
    let about = [
        ("Invite", "jon@old.example (orginv_1)"),
        ("Role", "member"),
        ("Status", "expired"),
        ("Organization", "Acme Shop (org_2shop)"),
        ("Profile", "clerk:shop PROD"),
    ];
    Confirm {
        title: Text::from("Revoke invite"),
        place: Text::from("Acme Shop (clerk:shop PROD)"),
        yes: "revoke",
        about: about
            .map(|(label, value)| (label, Text::from(value)))
            .into(),
        notes: Vec::new(),
        wish: plan().wish,
        finishes: None,
        why: orgdeck::domain::Why::Wished,
        left: Vec::new(),
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
    let mut asked = confirm(Asking::Preparing(RequestId(1)));
    asked.wish = Wish::Leave {
        org: world::fleet(),
    };
    asked.place = Text::from("Acme Fleet (balena:prod PROD)");
    assert_snapshot!(screen(&with(asked), NARROW));
}

#[test]
fn its_buttons_stay_on_the_smallest_screen() {
    let mut asked = confirm(ready(plan(), 300));
    assert_snapshot!(plain(&with(asked.clone()), (40, 10)));
    asked.focus = Spot::Yes;
    asked.top = 99;
    assert_snapshot!(plain(&with(asked), (40, 10)));
}

/// The end of an organization, with this typed.
fn heavy(typed: &str) -> Confirm {
    let mut plan = plan();
    plan.wish = Wish::DeleteOrg { org: world::shop() };
    plan.steps[0].request = Request::new(Method::Delete, "/v1/organizations/org_2shop");
    plan.undo = Fidelity::Impossible("a deleted organization cannot be brought back");
    plan.objections = vec![Objection::TypeName {
        names: ["Acme Shop", "acme-shop", "org_2shop"]
            .map(Text::from)
            .into(),
        why: "a deleted organization cannot be brought back",
    }];
    let checks = [
        ("members who lose access", "31", Weight::Told),
        (
            "open invites that end",
            "could not be read",
            Weight::Warning,
        ),
    ];
    plan.checks = checks
        .map(|(what, found, weight)| Check {
            what,
            found: Text::from(found),
            weight,
        })
        .into();
    let mut asked = confirm(Asking::Preparing(RequestId(1)));
    asked.title = Text::from("Delete organization");
    asked.yes = "delete";
    asked.about.drain(..3);
    let words = Text::from("its memberships and invitations go with it");
    asked.notes = vec![(Weight::Warning, words)];
    asked.wish = plan.wish.clone();
    asked.prepared(Ok(plan));
    if let Asking::Ready(_, shown) = &mut asked.stage {
        *shown = Some(world::before_now(300));
    }
    asked.typed = Input::from(typed);
    asked
}

#[test]
fn a_name_is_asked_for() {
    for size in [WIDE, MEDIUM, NARROW] {
        assert_snapshot!(plain(&with(heavy("")), size));
    }
    assert_snapshot!(screen(&with(heavy("")), MEDIUM));
}

#[test]
fn a_part_of_the_name_and_all_of_it() {
    assert_snapshot!(plain(&with(heavy("Acme S")), MEDIUM));
    let mut whole = heavy("Acme Shop");
    whole.focus = Spot::Yes;
    assert_snapshot!(monochrome(&with(whole), MEDIUM));
}

#[test]
fn a_name_on_low_screens_scrolled_to_the_end() {
    let mut asked = heavy("Acme S");
    asked.top = 99;
    assert_snapshot!(plain(&with(asked.clone()), NARROW));
    assert_snapshot!(plain(&with(asked), (40, 10)));
}

#[test]
fn two_steps_with_what_is_kept() {
    let mut two = plan();
    let again = world::inviting(&["jon@old.example"]).steps.remove(0);
    two.steps.push(Step {
        after: Some(0),
        ..again
    });
    let mut asked = confirm(ready(two, 300));
    asked.title = Text::from("Send the invite again");
    asked.yes = "send again";
    let told =
        "This invite is revoked, then a new one is made: a new mail with a new link goes out.";
    let warning = "not kept, since the service does not tell it: redirect, private metadata";
    asked.notes = vec![
        (Weight::Told, Text::from(told)),
        (Weight::Warning, Text::from(warning)),
    ];
    for size in [WIDE, MEDIUM, NARROW] {
        assert_snapshot!(plain(&with(asked.clone()), size));
    }
}

#[test]
fn somebody_has_changed_it() {
    let mut asked = confirm(ready(plan(), 300));
    let words = "somebody changed it meanwhile: role was member, is now admin";
    asked.notes = vec![(Weight::Warning, Text::from(words))];
    for size in [WIDE, MEDIUM, NARROW] {
        assert_snapshot!(plain(&with(asked.clone()), size));
    }
}

#[test]
fn whether_to_wait() {
    let after = Some(std::time::Duration::from_mins(10));
    let slowed = ApiError::new(Verb::InviteRevoke, Fault::Slowed { after });
    let mut asked = confirm(Asking::Waiting(TaskId(1), Some(world::before_now(300))));
    asked.title = Text::from("Wait or stop");
    asked.yes = "wait";
    let mut model = with(asked);
    world::carry(&mut model, plan(), vec![Outcome::NotApplied(slowed)]);
    for size in [WIDE, MEDIUM, NARROW] {
        assert_snapshot!(plain(&model, size));
    }
}

/// Whatever is scrolled away above: the names that fit stand beside the field, and the request is in sight
/// where the screen has room for both.
#[test]
fn the_names_that_fit_stay_beside_their_field() {
    for size in [WIDE, MEDIUM, NARROW] {
        for top in [0, 99] {
            let mut asked = heavy("");
            asked.top = top;
            let shown = plain(&with(asked), size);
            let field = shown
                .lines()
                .position(|line| line.contains("Type the name ["));
            let above: Vec<&str> = shown.lines().take(field.unwrap()).collect();
            let names = above[above.len() - 1];
            for name in ["Acme Shop", "acme-shop", "org_2shop"] {
                assert!(names.contains(name), "{size:?}: {shown}");
            }
        }
    }
    let shown = plain(&with(heavy("")), MEDIUM);
    assert!(
        shown.contains("DELETE /v1/organizations/org_2shop"),
        "{shown}"
    );
}
