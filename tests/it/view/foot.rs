//! The two rows that never move.

use std::time::Duration;

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::key::Key;
use orgdeck::app::layer::Overlay;
use orgdeck::app::model::Leaving;
use orgdeck::app::pending::Purpose;
use orgdeck::domain::{Moment, Text};
use tui_input::Input;

use super::{MEDIUM, rows};
use crate::support::screen::{buffer, plain};
use crate::support::world;

fn foot(model: &Model) -> String {
    rows(&plain(model, MEDIUM), 22..24)
}

#[test]
fn nothing_is_under_way() {
    assert_eq!(foot(&world::seven_orgs()).trim(), "");
}

#[test]
fn the_spinner_turns_four_times_a_second_and_only_while_something_is_under_way() {
    let mut model = world::seven_orgs();
    model.pending.ask(Purpose::WhoAmI(world::profile("me")));
    let turns: Vec<String> = (0..6)
        .map(|turn| {
            model.now.moment = Moment(Duration::from_millis(turn * 250 + 3));
            rows(&foot(&model), 0..1)
        })
        .collect();
    assert_snapshot!(turns.join("\n"));
}

#[test]
fn what_is_being_sent_is_counted() {
    let mut model = world::seven_orgs();
    world::carry(&mut model, world::inviting(&["a@acme.example"]), Vec::new());
    model.leaving = Leaving::WhenSent;
    assert_snapshot!(foot(&model));
}

#[test]
fn the_answer_to_the_last_key() {
    let mut model = world::seven_orgs();
    model.notices.hint = Some(Text::from("x means nothing\u{1b} here: ? shows the keys"));
    assert_snapshot!(foot(&model));
}

#[test]
fn the_filter_is_typed_here() {
    let mut model = world::seven_orgs();
    let typed = "acme \u{202e}高橋";
    model
        .panes
        .members
        .refocus(|lens| lens.text = typed.to_owned());
    model
        .overlays
        .push(Overlay::Line(Input::new(typed.to_owned())));
    assert_snapshot!(foot(&model));
}

#[test]
fn a_filter_longer_than_the_screen_shows_its_end() {
    let mut model = world::seven_orgs();
    let typed = format!("{}end", "long ".repeat(40));
    model.overlays.push(Overlay::Line(Input::new(typed)));
    let foot = foot(&model);
    assert!(foot.ends_with("long long end"), "{foot}");
}

#[test]
fn the_beginning_of_a_key_sequence() {
    let mut model = world::seven_orgs();
    model.typed = vec![Key::parse("g").unwrap()];
    let status = rows(&foot(&model), 0..1);
    assert_eq!(status.trim(), "g ...");
}

#[test]
fn the_foot_keeps_its_rows_under_every_overlay() {
    let mut model = world::seven_orgs();
    world::arrange(&mut model);
    let press = |model: &mut Model, key: &str| {
        let key = Key::parse(key).unwrap();
        let now = model.now;
        orgdeck::app::update(model, now, orgdeck::app::Msg::Pressed(key));
        model.notices.hint = Some(Text::from("still here"));
    };
    for key in ["?", ".", "i", "d", "P"] {
        let mut model = model.clone();
        press(&mut model, key);
        assert!(!model.overlays.is_empty(), "{key} opens nothing");
        let last = buffer(&model, (40, 10));
        let text = crate::support::screen::text(&last);
        assert!(rows(&text, 9..10).contains("still here"), "{key}: {text}");
        assert!(rows(&text, 0..2).contains("Acme Shop"), "{key}: {text}");
    }
}
