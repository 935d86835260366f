//! Tests of table 2 and what is rendered from it.

use std::collections::{BTreeMap, BTreeSet};

use orgdeck::app::action::{self, Action, Class};
use orgdeck::app::keymap::{self, Found};
use orgdeck::app::layer::Layer;
use orgdeck::app::place::{Pane, Size};
use orgdeck::domain::{Offer, Verb};

use crate::support::rig::{Rig, everything, parse};
use crate::support::screen::plain;

#[test]
fn names_are_unique_and_look_like_noun_and_verb() {
    let mut names = BTreeSet::new();
    for action in action::all() {
        assert!(names.insert(action.name), "{} occurs twice", action.name);
        assert_eq!(action.name.split('.').count(), 2, "{}", action.name);
        assert!(!action.title.is_empty());
    }
}

#[test]
fn no_layer_binds_a_key_twice_and_no_key_is_the_beginning_of_another() {
    let mut by_layer: BTreeMap<Layer, Vec<_>> = BTreeMap::new();
    for (action, chord) in keymap::chords() {
        by_layer
            .entry(action.layer)
            .or_default()
            .push((action.name, chord));
    }
    for (layer, chords) in by_layer {
        for (number, (name, chord)) in chords.iter().enumerate() {
            for (other, longer) in &chords[number + 1..] {
                let clash = chord.starts_with(longer) || longer.starts_with(chord);
                assert!(!clash, "{name} and {other} clash on {chord:?} in {layer:?}");
            }
        }
    }
}

#[test]
fn every_key_of_the_table_can_be_parsed() {
    for action in action::all() {
        for chord in action.keys {
            let keys = chord
                .split(' ')
                .filter(|key| orgdeck::app::Key::parse(key).is_some());
            assert_eq!(
                keys.count(),
                chord.split(' ').count(),
                "{} {chord}",
                action.name
            );
        }
    }
}

#[test]
fn sending_belongs_to_dialogs_and_forms_alone() {
    for action in action::all().filter(|action| action.class == Class::Sends) {
        assert!(
            matches!(action.layer, Layer::Dialog | Layer::Form | Layer::Prompt),
            "{}",
            action.name
        );
    }
}

#[test]
fn no_key_stops_output_or_belongs_to_a_multiplexer_alone() {
    let refused = ["c-s", "c-q", "c-h", "c-i", "c-j", "c-m", "c-[", "c-a"];
    for action in action::all() {
        assert!(
            !action.keys.iter().any(|key| refused.contains(key)),
            "{}",
            action.name
        );
        let only_tmux = action.keys == ["c-b"];
        assert!(!only_tmux, "{}", action.name);
    }
}

#[test]
fn a_prefix_shows_how_it_goes_on() {
    let found = keymap::resolve(&[Layer::Orgs, Layer::List], &parse("g"));
    let Found::Prefix(rest) = found else {
        panic!("g is the beginning of keys");
    };
    assert!(rest.contains(&("g".to_owned(), "row.first")));
    assert!(rest.contains(&("i".to_owned(), "invite.all")));
}

#[test]
fn a_key_of_another_place_names_that_place() {
    let mut rig = Rig::two_orgs();
    assert!(rig.press("t").is_empty());
    assert_eq!(
        rig.hint(),
        "t works in the invites: ? shows the keys of this place"
    );
    rig.press("<c-k>");
    assert_eq!(rig.hint(), "^k means nothing here: ? shows the keys");
}

#[test]
fn what_the_service_does_not_offer_is_blocked_with_its_reason_and_never_hidden() {
    let mut capabilities = everything();
    capabilities.set_offer(
        Verb::InviteCreate,
        Offer::No("invites go out from its own pages"),
    );
    let mut rig = Rig::two_orgs_of(capabilities);
    assert!(rig.press("i").is_empty());
    assert_eq!(
        rig.hint(),
        "invite is not offered: invites go out from its own pages"
    );
    rig.press(".");
    let menu = format!("{:?}", rig.model.overlays.last());
    assert!(menu.contains("invite.create"));
    assert!(menu.contains("invites go out from its own pages"));
    let hints = action::hints(&Rig::two_orgs().model);
    assert!(hints.iter().any(|(_, word)| *word == "invite"));
    rig.press("<esc>");
    let hints = action::hints(&rig.model);
    assert!(!hints.iter().any(|(_, word)| *word == "invite"));
}

/// The keys of an action as a script writes them.
fn scripts(action: &Action) -> impl Iterator<Item = String> {
    let stroke = |key: &str| match key.chars().count() {
        1 => key.to_owned(),
        _ => format!("<{key}>"),
    };
    let script = move |chord: &&str| chord.split(' ').map(stroke).collect();
    action.keys.iter().map(script)
}

/// How far the attributes of an organization go is known to the view alone, so the core cannot say that
/// they are at their end.
fn scrolls_attributes(action: &Action, pane: Pane) -> bool {
    let moves = action.name.starts_with("row.") || action.name.starts_with("page.");
    action.name.starts_with("details.") || moves && pane == Pane::Org
}

fn answers(pane: Pane, (width, height): (u16, u16), keys: &str) -> bool {
    let mut rig = Rig::two_orgs().on(pane);
    rig.model.size = Size { width, height };
    let before = plain(&rig.model, (width, height));
    let effects = rig.press(keys);
    !effects.is_empty() || plain(&rig.model, (width, height)) != before
}

#[test]
fn no_key_is_silent() {
    for pane in Pane::ALL {
        let layers = [Layer::of(pane), Layer::List, Layer::Everywhere];
        let here = action::all().filter(|action| layers.contains(&action.layer));
        for action in here.filter(|action| !scrolls_attributes(action, pane)) {
            for keys in scripts(action) {
                for size in [(120, 36), (80, 24), (60, 20)] {
                    let said = answers(pane, size, &keys);
                    assert!(said, "{keys} is silent in {pane:?} at {size:?}");
                }
            }
        }
    }
}

#[test]
fn what_is_never_possible_is_said_before_what_is_only_missing_now() {
    let mut capabilities = everything();
    capabilities.set_offer(Verb::InviteRevoke, Offer::No("nothing takes one back"));
    let mut rig = Rig::two_orgs_of(capabilities).on(Pane::Invites);
    rig.press("/nobody<enter>D");
    assert_eq!(rig.hint(), "revoke is not offered: nothing takes one back");
}

#[test]
fn help_lists_every_action_of_the_place_and_runs_the_chosen_one() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("?");
    let help = format!("{:?}", rig.model.overlays.last());
    for action in action::all().filter(|a| matches!(a.layer, Layer::Members | Layer::List)) {
        assert!(help.contains(action.name), "{} is missing", action.name);
    }
    rig.press("zoom the<enter>");
    assert!(rig.model.overlays.is_empty());
    assert_eq!(rig.model.panes.zoom, orgdeck::app::place::Zoom::In);
}

#[test]
fn a_letter_in_the_menu_takes_its_line() {
    let mut rig = Rig::two_orgs();
    rig.press(".+");
    assert_eq!(rig.model.panes.zoom, orgdeck::app::place::Zoom::In);
}
