//! A form.

use insta::assert_snapshot;
use orgdeck::app::form::{Button, Entry, Focus, Form, Goal, Stage};
use orgdeck::app::layer::Overlay;
use orgdeck::app::store::{Account, Loaded};
use orgdeck::app::{Model, RequestId};
use orgdeck::domain::{
    ApiError, Fault, Method, Mutation, Org, OrgId, Request, Seen, Text, Told, Verb, Wish,
};

use super::{MEDIUM, NARROW, WIDE};
use crate::support::forms::table;
use crate::support::screen::{buffer, monochrome, plain, screen};
use crate::support::world;

fn form(account: &Account, org: &OrgId) -> Form {
    Form::new(
        "Invite people to Acme Shop",
        Goal::Invite { org: org.clone() },
        &account.capabilities.invite,
    )
}

fn shop_form() -> Form {
    let mut form = form(&world::clerk(), &world::shop());
    form.offer_roles(&["admin", "member", "bil\u{202e}ling"].map(world::clerk_role));
    form
}

fn typed(form: &mut Form, number: usize, text: &str) {
    if let Entry::Line(input) = &mut form.fields[number].entry {
        *input = input.clone().with_value(text.to_owned());
    }
}

fn with(form: Form) -> Model {
    let mut model = world::seven_orgs();
    model.overlays.push(Overlay::Form(Box::new(form)));
    model
}

fn ready(form: &mut Form, milliseconds: u64) {
    let plan = world::inviting(&["ivy@partner.example", "kim@acme.example"]);
    form.stage = Stage::Ready(Box::new(plan), Some(world::before_now(milliseconds)));
    form.focus = Focus::Button(Button::Send);
}

#[test]
fn empty() {
    assert_snapshot!(screen(&with(shop_form()), MEDIUM));
    assert_snapshot!(plain(&with(shop_form()), WIDE));
    assert_snapshot!(monochrome(&with(shop_form()), NARROW));
}

#[test]
fn each_service_has_its_own_fields() {
    let balena = with(form(&world::balena(), &world::fleet()));
    assert_snapshot!(plain(&balena, MEDIUM));
    let vulos = with(form(&world::vulos(), &world::harbour()));
    assert_snapshot!(plain(&vulos, MEDIUM));
}

#[test]
fn roles_on_their_way_or_not_to_be_had() {
    let mut model = with(form(&world::balena(), &world::fleet()));
    model.store.open(&world::fleet());
    let mut shown = |roles| {
        model.store.visit_mut(&world::fleet()).unwrap().roles = roles;
        super::rows(&plain(&model, MEDIUM), 4..12)
    };
    assert_snapshot!(shown(Loaded::Asked));
    assert_snapshot!(shown(Loaded::Failed(world::unavailable(Verb::RoleList))));
}

#[test]
fn filled_in_with_errors() {
    let mut form = shop_form();
    typed(
        &mut form,
        0,
        "ivy@partner.example, jon@@old.example, \u{202e}高橋@acme.example",
    );
    form.fields[0].error = Some(Text::from("jon@@old.example: not an address"));
    form.fields[3].error = Some(Text::from("a full address, such as https://example.com"));
    form.focus = Focus::Field(3);
    assert_snapshot!(screen(&with(form), MEDIUM));
}

#[test]
fn its_requests_are_worked_out_or_could_not_be() {
    let mut form = shop_form();
    form.stage = Stage::Preparing(RequestId(1));
    form.focus = Focus::Button(Button::Preview);
    assert_snapshot!(plain(&with(form.clone()), MEDIUM));
    let error = ApiError::new(Verb::InviteCreate, Fault::Conflict).words("already a member");
    form.stage = Stage::Failed(Box::new(error));
    assert_snapshot!(plain(&with(form), MEDIUM));
}

#[test]
fn its_requests_are_shown() {
    let mut form = shop_form();
    ready(&mut form, 300);
    assert_snapshot!(screen(&with(form.clone()), WIDE));
    assert_snapshot!(plain(&with(form.clone()), MEDIUM));
    ready(&mut form, 10);
    assert_snapshot!(plain(&with(form), NARROW));
}

#[test]
fn the_cursor_stands_where_letters_go() {
    let mut form = shop_form();
    typed(&mut form, 0, "高a");
    let model = with(form);
    let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(80, 24)).unwrap();
    terminal
        .draw(|frame| orgdeck::view::draw(frame, frame.area(), &model))
        .unwrap();
    let cursor = terminal.get_cursor_position().unwrap();
    let before = &buffer(&model, MEDIUM)[(cursor.x - 1, cursor.y)];
    assert_eq!(before.symbol(), "a");
}

#[test]
fn its_buttons_stay_on_the_smallest_screen() {
    let mut form = shop_form();
    form.focus = Focus::Field(4);
    assert_snapshot!(plain(&with(form.clone()), (40, 10)));
    ready(&mut form, 300);
    assert_snapshot!(plain(&with(form), (40, 10)));
}

/// A form of an organization that somebody else has renamed since it was opened, with its requests.
fn overtaken() -> Form {
    let model = world::seven_orgs();
    let org = model.store.org(&world::shop()).unwrap().item.clone();
    let goal = Goal::EditOrg {
        org: Box::new(org.clone()),
    };
    let mut form = Form::new("Edit Acme Shop", goal, &table("clerk").edit);
    form.learn(&org);
    typed(&mut form, 0, "Acme Stores");
    let mut plan = world::inviting(&["ivy@partner.example"]);
    plan.wish = form.wish().unwrap();
    let Wish::EditOrg { org: id, fields } = plan.wish.clone() else {
        unreachable!("it is the form of an organization");
    };
    plan.steps[0].change = Mutation::EditOrg { org: id, fields };
    plan.steps[0].request = Request::new(Method::Patch, "/v1/organizations/acme-shop");
    plan.steps[0].seen = Seen::Org(Box::new(Org {
        name: Told::Is(Text::from("Acme\u{202e} Retail")),
        ..org
    }));
    form.prepared(plan, Vec::new());
    form
}

#[test]
fn r27_what_somebody_has_changed_stands_beside_the_requests_and_wants_a_yes() {
    let mut form = overtaken();
    if let Stage::Ready(_, shown) = &mut form.stage {
        *shown = Some(world::before_now(400));
    }
    form.focus = Focus::Button(Button::Send);
    assert!(form.lacks_yes());
    let model = with(form.clone());
    assert_snapshot!(plain(&model, WIDE));
    assert_snapshot!(screen(&model, MEDIUM));
    form.focus = Focus::Field(form.fields.len() - 1);
    assert_snapshot!(plain(&with(form), NARROW));
}
