//! Tests of the form: what is typed, what is wrong with it, what it comes to.

use orgdeck::app::form::{Button, Entry, Focus, Form, Goal, Stage};
use orgdeck::app::layer::Overlay;
use orgdeck::app::place::Size;
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::{ApiError, Fault, FieldError, FieldKind, FieldSpec, Role, Text, Verb, Wish};

use crate::support::rig::{Rig, everything};

fn form(rig: &Rig) -> &orgdeck::app::form::Form {
    match rig.model.overlays.last() {
        Some(Overlay::Form(form)) => form,
        other => panic!("a form is open, not {other:?}"),
    }
}

/// How many invites the form comes to.
fn drafts(rig: &Rig) -> usize {
    match form(rig).wish() {
        Ok(Wish::Invite { drafts, .. }) => drafts.len(),
        other => panic!("invites are wished, not {other:?}"),
    }
}

fn open() -> Rig {
    let mut rig = Rig::two_orgs();
    rig.press("i");
    rig.settle();
    rig
}

#[test]
fn a_form_is_scrolled_no_farther_than_its_rows_go() {
    let mut rig = open();
    rig.send(Msg::Resized(Size {
        width: 40,
        height: 12,
    }));
    rig.press(&format!("{TO_PREVIEW}<pgdn><pgdn><pgdn>"));
    let end = form(&rig).scroll;
    assert_eq!(rig.hint(), "this is the end");
    rig.press(&"<pgup>".repeat(9));
    let beginning = form(&rig).scroll;
    assert_eq!(rig.hint(), "this is the beginning");
    assert!(beginning < end, "{beginning} and {end}");
    rig.press("<pgdn>");
    let after = form(&rig).scroll;
    assert_eq!(after, end.min(beginning + 8), "nothing was saved up");
}

#[test]
fn yes_and_no_are_chosen_sideways_too() {
    let mut rig = crate::support::forms::on("clerk");
    rig.press("i<tab><tab><tab><tab>");
    let notify = |rig: &Rig| match form(rig).field("notify").unwrap().entry {
        Entry::Flag(flag) => flag.value(),
        _ => panic!("a yes or no"),
    };
    let before = notify(&rig);
    rig.press("<right>");
    assert_ne!(notify(&rig), before);
    rig.press("<left>");
    assert_eq!(notify(&rig), before);
}

/// From the first field to the button that shows the requests.
const TO_PREVIEW: &str = "<s-tab><s-tab>";

#[test]
fn fields_come_from_the_connection_and_absent_ones_are_named_and_passed_over() {
    let rig = open();
    let keys: Vec<&str> = form(&rig)
        .fields
        .iter()
        .map(|field| field.spec.key)
        .collect();
    assert_eq!(keys.len(), 6);
    assert_eq!(form(&rig).stops().len(), 5 + 3);
}

/// The key of the role that the form names.
fn chosen(rig: &Rig) -> Option<String> {
    let Entry::Role(roles, chosen) = &form(rig).field("role").unwrap().entry else {
        panic!("the field holds roles");
    };
    chosen.map(|number| roles[number].key.raw().to_owned())
}

#[test]
fn the_weakest_role_is_proposed_where_the_service_ranks_them() {
    let mut rig = open();
    rig.press(&format!("kim@acme.example{TO_PREVIEW}<enter>"));
    let (_, wish) = rig.planning();
    let Wish::Invite { drafts, .. } = wish else {
        panic!("an invite is wished");
    };
    assert_eq!(drafts[0].role.as_ref().unwrap().key.raw(), "member");
}

#[test]
fn no_role_is_proposed_where_nobody_knows_which_is_the_weakest() {
    let rig = Rig::two_orgs();
    let org = rig.model.panes.open.clone().unwrap();
    let specs = [FieldSpec::required("role", "Role", FieldKind::Role)];
    let mut form = Form::new("Invite", Goal::Invite { org }, &specs);
    form.offer_roles(&["admin", "member", "billing"].map(Role::named));
    let errors = form.wish().unwrap_err();
    assert!(errors.iter().any(|error| error.field == Text::from("role")));
}

#[test]
fn a_role_that_need_not_be_named_can_be_left_out_again() {
    let mut capabilities = everything();
    capabilities.invite = vec![
        FieldSpec::required("email", "To", FieldKind::Email),
        FieldSpec::optional("role", "Role", FieldKind::Role),
    ];
    let mut rig = Rig::two_orgs_of(capabilities);
    rig.press("i");
    rig.settle();
    let mut seen = Vec::new();
    for keys in [
        "<tab>", "<down>", "<down>", "<down>", "<up>", "<up>", "<up>",
    ] {
        rig.press(keys);
        seen.push(chosen(&rig).unwrap_or_default());
    }
    assert_eq!(seen, ["", "admin", "member", "", "member", "admin", ""]);
}

#[test]
fn wrong_values_land_at_their_fields_and_nothing_typed_is_lost() {
    let mut rig = open();
    let effects = rig.press(&format!("jon@@old{TO_PREVIEW}<enter>"));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Prepare { .. }))
    );
    let form = form(&rig);
    assert!(form.field("email").unwrap().error.is_some());
    assert_eq!(form.focus, Focus::Field(0));
    assert!(form.wish().is_err());
}

#[test]
fn numbers_addresses_and_links_are_checked() {
    for (keys, field) in [
        ("a@b.example<tab><tab><tab>ftp://x", "redirect_url"),
        ("a@b.example<tab><tab><tab><tab>400", "expires_in_days"),
        ("", "email"),
    ] {
        let mut rig = open();
        rig.press(keys);
        let errors = form(&rig).wish().unwrap_err();
        assert_eq!(errors[0].field, Text::from(field), "{keys}");
    }
}

#[test]
fn several_addresses_are_several_invites_each_once() {
    let mut rig = open();
    rig.press("a@b.example, A@B.example b@b.example");
    assert_eq!(drafts(&rig), 2);
}

#[test]
fn errors_of_the_service_land_at_their_fields_too() {
    let mut rig = open();
    rig.press(&format!("kim@acme.example{TO_PREVIEW}<enter>"));
    let (id, _) = rig.planning();
    let wrong = FieldError {
        field: Text::from("role"),
        message: Text::from("is not in the role set"),
    };
    let error = ApiError::new(Verb::InviteCreate, Fault::Invalid(vec![wrong]));
    rig.send(Msg::Prepared(id, Err(error)));
    assert!(form(&rig).field("role").unwrap().error.is_some());
    assert!(matches!(form(&rig).stage, Stage::Failed(_)));
    assert!(form(&rig).wish().is_ok(), "what was typed is still there");
}

#[test]
fn send_does_nothing_before_the_plan_is_shown() {
    let mut rig = open();
    rig.press("kim@acme.example<s-tab>");
    assert_eq!(form(&rig).focus, Focus::Button(Button::Send));
    let effects = rig.press("<enter>");
    assert!(effects.is_empty());
    assert_eq!(rig.hint(), "Preview first: Send sends what is shown");
}

#[test]
fn a_change_after_the_preview_takes_it_back() {
    let mut rig = open();
    rig.press(&format!("kim@acme.example{TO_PREVIEW}<enter>"));
    rig.press("<tab><tab>x");
    assert_eq!(form(&rig).stage, Stage::Editing);
}

#[test]
fn r52_pasted_line_ends_submit_nothing() {
    let mut rig = open();
    let effects = rig.send(Msg::Pasted(Text::from("a@b.example\nb@b.example\n")));
    assert!(effects.is_empty());
    assert_eq!(drafts(&rig), 2);
}

#[test]
fn closing_gives_the_question_up() {
    let mut rig = open();
    rig.press(&format!("kim@acme.example{TO_PREVIEW}<enter>"));
    let (id, _) = rig.planning();
    assert!(rig.press("<esc>").contains(&Effect::Cancel(id)));
    assert!(rig.model.overlays.is_empty());
}
