//! A record in full.

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::layer::{Details, Overlay};
use orgdeck::app::store::Loaded;
use orgdeck::domain::{Text, Verb};

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

const JSON: &str = "{\n  \"id\": \"orginv_1\",\n  \"url\": \"(masked)\",\n  \"note\": \"\u{202e}\u{1b}[2J\",\n  \"public_metadata\": {}\n}";

fn details(raw: Loaded<Text>) -> Details {
    let fact = |label: &str, value: &str| (Text::from(label), Text::from(value));
    Details {
        title: Text::from("jon@old.example"),
        thing: None,
        facts: vec![
            fact("organization", "Acme Shop"),
            fact("profile", "clerk:shop"),
            fact("invite id", "orginv_1"),
            fact("e-mail", "jon@old.example"),
            fact(
                "message",
                "Welcome aboard!\r\nSee you on Monday \u{202e}evil, and bring a friend who knows the way to the harbour.",
            ),
            fact("metadata", "-"),
        ],
        heading: Details::AS_SENT,
        raw,
        top: 0,
    }
}

fn with(details: Details) -> Model {
    let mut model = world::seven_orgs();
    model.overlays.push(Overlay::Details(Box::new(details)));
    model
}

#[test]
fn with_the_text_of_the_service() {
    let model = with(details(Loaded::Yes(Text::from(JSON))));
    assert_snapshot!(screen(&model, MEDIUM));
    assert_snapshot!(plain(&model, WIDE));
    assert_snapshot!(monochrome(&model, NARROW));
}

#[test]
fn the_text_is_on_its_way_or_failed_or_was_not_asked() {
    assert_snapshot!(plain(&with(details(Loaded::Asked)), MEDIUM));
    let failed = Loaded::Failed(world::unavailable(Verb::InviteList));
    assert_snapshot!(plain(&with(details(failed)), MEDIUM));
    assert_snapshot!(plain(&with(details(Loaded::No)), MEDIUM));
}

#[test]
fn the_name_of_a_fact_is_whole_where_there_is_room() {
    let mut details = details(Loaded::No);
    let name = "Members may delete it themselves";
    details.facts.push((Text::from(name), Text::from("yes")));
    let model = with(details);
    assert!(plain(&model, MEDIUM).contains(name));
    assert!(plain(&model, NARROW).contains("yes"));
}

#[test]
fn scrolled() {
    let mut details = details(Loaded::Yes(Text::from(JSON)));
    details.top = 4;
    assert_snapshot!(plain(&with(details), NARROW));
}

#[test]
fn an_endless_value() {
    let mut details = details(Loaded::No);
    details.facts[0].1 = Text::from("高橋 ".repeat(350_000));
    assert_snapshot!(plain(&with(details), MEDIUM));
}
