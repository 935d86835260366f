//! The forms of every action, filled in by keys, with the fields of the real services.

use insta::assert_snapshot;
use orgdeck::app::Msg;
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::screen::{acts, profiles};
use orgdeck::domain::image::Image;
use orgdeck::domain::{
    Answer, ApiError, Attribute, Fault, FieldError, Objection, Outcome, Query, Role, Text, Told,
    Value, Verb,
};

use super::{MEDIUM, NARROW, WIDE, rows};
use crate::support::forms::{TO_PREVIEW, ends, finds, on, plan, preview, send, user, wish};
use crate::support::rig::Rig;
use crate::support::screen::{monochrome, plain, screen};

const NINE: &str = "Quay<tab>https://quay.example<tab>Kai 1<tab>Hamburg<tab>20457<tab>HH<tab>germ<tab>HRB 1<tab>DE1";

/// A form that these keys filled in on a service.
fn keyed(service: &'static str, keys: &str) -> Rig {
    let mut rig = on(service);
    rig.press(keys);
    rig
}

#[test]
fn create_has_the_fields_of_each_service() {
    for service in ["balena", "clerk", "vulos"] {
        let rig = keyed(service, "c");
        assert_snapshot!(
            format!("create_{service}_medium"),
            plain(&rig.model, MEDIUM)
        );
        assert_snapshot!(
            format!("create_{service}_narrow"),
            monochrome(&rig.model, NARROW)
        );
    }
    assert_snapshot!(
        "create_vulos_wide",
        screen(&keyed("vulos", "c").model, WIDE)
    );
}

#[test]
fn create_with_errors_keeps_the_first_in_sight() {
    let rig = keyed(
        "vulos",
        &format!("cQuay<tab>ftp://x{TO_PREVIEW}<s-tab><enter>"),
    );
    assert_snapshot!(plain(&rig.model, MEDIUM));
    assert_snapshot!(plain(&rig.model, NARROW));
}

#[test]
fn a_country_is_chosen_below_its_field() {
    let six = "<tab><tab><tab><tab><tab><tab>";
    assert_snapshot!(plain(
        &keyed("vulos", &format!("c{six}united<down>")).model,
        MEDIUM
    ));
    assert_snapshot!(plain(
        &keyed("vulos", &format!("c{six}united<down>")).model,
        NARROW
    ));
    let chosen = keyed("vulos", &format!("c{six}united<down><tab>"));
    assert_snapshot!(rows(&plain(&chosen.model, MEDIUM), 9..14));
    let nobody = keyed("vulos", &format!("c{six}xyzzy"));
    assert_snapshot!(rows(&plain(&nobody.model, MEDIUM), 9..14));
}

#[test]
fn the_requests_stand_below_the_nine_fields() {
    let mut rig = keyed("vulos", "c");
    preview(&mut rig, &format!("{NINE}<tab><tab>"));
    assert_snapshot!(plain(&rig.model, MEDIUM));
    assert_snapshot!(plain(&rig.model, NARROW));
    let (width, height) = NARROW;
    rig.send(Msg::Resized(Size { width, height }));
    rig.press("<pgup>");
    assert_snapshot!(plain(&rig.model, NARROW));
}

#[test]
fn what_was_refused_is_there_again_with_the_error_at_its_field() {
    let mut rig = keyed("vulos", "c");
    preview(&mut rig, &format!("{NINE}<tab><tab>"));
    let task = send(&mut rig);
    let wrong = FieldError {
        field: Text::from("taxNumber"),
        message: Text::from("is no tax number of \u{202e}Germany"),
    };
    let error = ApiError::new(Verb::OrgCreate, Fault::Invalid(vec![wrong]));
    ends(&mut rig, task, Outcome::Refused(error));
    assert_snapshot!(plain(&rig.model, MEDIUM));
    assert_snapshot!(plain(&rig.model, NARROW));
}

#[test]
fn edit_begins_with_what_is_known() {
    for (service, attributes) in [
        (
            "balena",
            vec![
                ("company_name", "Acme \u{202e}GmbH"),
                ("website", "https://acme.example"),
            ],
        ),
        ("clerk", vec![]),
        (
            "vulos",
            vec![
                ("address", "Kai 1"),
                ("city", "Hamburg"),
                ("country_code", "DE"),
            ],
        ),
    ] {
        let mut rig = on(service);
        let id = rig.model.org_here().unwrap().clone();
        let mut org = rig.model.store.org(&id).unwrap().item.clone();
        for (key, value) in attributes {
            org.attributes
                .push(Attribute::text(key, Some(Text::from(value))));
        }
        if service == "clerk" {
            let told = [
                ("max_allowed_memberships", Value::Number(5)),
                ("admin_delete_enabled", Value::Flag(true)),
                (
                    "public_metadata",
                    Value::Json(serde_json::json!({"plan": "gold"})),
                ),
            ];
            let attributes = told.map(|(key, value)| Attribute::new(key, Told::Is(value)));
            org.attributes.extend(attributes);
        }
        rig.model
            .store
            .account_mut(id.profile())
            .unwrap()
            .orgs
            .detail(org);
        rig.press("1e");
        assert_snapshot!(format!("edit_{service}_medium"), plain(&rig.model, MEDIUM));
        assert_snapshot!(format!("edit_{service}_narrow"), plain(&rig.model, NARROW));
    }
}

#[test]
fn a_logo_that_was_read_and_one_that_cannot_be_taken() {
    let mut rig = keyed("balena", &format!("O~/logo.png{TO_PREVIEW}"));
    let effects = rig.press("<enter>");
    assert_snapshot!(plain(&rig.model, MEDIUM));
    let [orgdeck::app::Effect::ReadImage { id, .. }] = effects[..] else {
        panic!("the file is read: {effects:?}");
    };
    let mut other = rig.model.clone();
    let image = Image::new("logo.png", b"\x89PNG\r\n\x1a\nrest".to_vec()).unwrap();
    let effects = rig.send(Msg::ImageRead(id, Ok(image)));
    let wish = wish(&effects);
    rig.prepared(plan(&wish));
    assert_snapshot!(plain(&rig.model, MEDIUM));
    let why = Text::from("larger than 10 MiB");
    let now = other.now;
    orgdeck::app::update(&mut other, now, Msg::ImageRead(id, Err(why)));
    assert_snapshot!(plain(&other, NARROW));
}

#[test]
fn metadata_now_and_afterwards_and_the_private_half_on_request() {
    let mut rig = keyed("clerk", "M");
    assert_snapshot!(plain(&rig.model, MEDIUM));
    let id = rig.asked(|query| matches!(query, Query::Metadata { .. }));
    let now = "{\n  \"plan\": \"gold\",\n  \"seats\": 3\n}";
    rig.answer(id, Ok(Answer::Json(Text::from(now))));
    rig.press(r#"{"plan":null,"#);
    assert_snapshot!(plain(&rig.model, MEDIUM));
    rig.press(r#""tier":1}<tab><space>"#);
    let id = rig.asked(|query| matches!(query, Query::Metadata { .. }));
    let refused = ApiError::new(Verb::MetadataShow, Fault::Forbidden);
    rig.answer(id, Err(refused));
    assert_snapshot!(plain(&rig.model, WIDE));
    assert_snapshot!(plain(&rig.model, NARROW));
}

#[test]
fn a_user_is_looked_for_and_chosen() {
    let mut rig = keyed("clerk", "a");
    rig.settle();
    rig.press("kim");
    assert_snapshot!(plain(&rig.model, MEDIUM));
    rig.press("<enter>");
    assert_snapshot!(rows(&plain(&rig.model, MEDIUM), 6..16));
    finds(
        &mut rig,
        vec![
            user("user_1", "kim@a.example"),
            user("user_2", "kim\u{202e}@b.example"),
        ],
    );
    rig.press("<down>");
    assert_snapshot!(plain(&rig.model, MEDIUM));
    assert_snapshot!(plain(&rig.model, NARROW));
    rig.press("<tab>");
    assert_snapshot!(rows(&plain(&rig.model, MEDIUM), 6..16));
}

#[test]
fn roles_are_a_list_to_tick_with_room_for_another_name() {
    let mut rig = on("vulos").on(Pane::Members);
    acts::open_roles(&mut rig.model);
    rig.press("<down><space>");
    assert_snapshot!(plain(&rig.model, MEDIUM));
    rig.press("<down><down><down><down>Night shift");
    assert_snapshot!(plain(&rig.model, NARROW));
    let mut asking = plan(&wish(&rig.press("<tab><tab><enter>")));
    asking.objections.push(Objection::TypeName {
        names: vec![Text::from("Acme Shop"), Text::from("acme")],
        why: "it is the last administrator",
    });
    rig.prepared(asking);
    rig.wait(400);
    rig.press("<s-tab><s-tab>Acme");
    assert_snapshot!(plain(&rig.model, MEDIUM));
}

#[test]
fn a_token_is_stars() {
    let mut rig = on("balena");
    profiles::open_accept(&mut rig.model);
    rig.press("canary");
    let shown = plain(&rig.model, MEDIUM);
    assert!(!shown.contains("canary"));
    assert_snapshot!(shown);
}

#[test]
fn a_form_that_was_kept_says_so() {
    let rig = keyed("vulos", "cQuay<tab><tab>Kai 1<esc>c<c-t>");
    assert_snapshot!(rows(&plain(&rig.model, MEDIUM), 2..8));
}

#[test]
fn a_message_of_several_lines() {
    let mut rig = keyed("balena", "i");
    let id = rig.asked(|query| matches!(query, Query::Roles { .. }));
    rig.answer(id, Ok(Answer::roles(vec![Role::named("member")])));
    rig.press("<tab><tab>Hello<c-n>world<c-n>");
    assert_snapshot!(plain(&rig.model, MEDIUM));
}
