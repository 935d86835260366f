//! The row of keys.

use orgdeck::app::action;
use orgdeck::app::place::Pane;

use super::menu::pressed;
use super::rows;
use crate::support::screen::plain;
use crate::support::world;

#[test]
fn no_word_is_cut_at_any_width_in_any_place() {
    let mut models = Vec::new();
    for pane in Pane::ALL {
        let mut model = world::seven_orgs();
        model.panes.focus = pane;
        models.push(pressed(model, &[]));
    }
    for key in [".", "?", "c-p", "r", "p", "i", "d", "/", "P"] {
        models.push(pressed(world::seven_orgs(), &[key]));
    }
    for model in models {
        let hints = action::hints(&model);
        // Every width up to where all hints of most places fit, then some.
        for width in (40..=100).chain((101..=200).step_by(9)) {
            let screen = plain(&model, (width, 12));
            let row = rows(&screen, 9..10);
            for hint in row.trim().split("  ") {
                let whole = hints
                    .iter()
                    .any(|(key, word)| hint == format!("{key} {word}"));
                assert!(whole, "{width}: {hint:?} in {row:?}");
            }
        }
    }
}

#[test]
fn the_most_useful_stand_first_and_the_ways_to_all_the_others_stay() {
    for pane in Pane::ALL {
        let mut model = world::seven_orgs();
        model.panes.focus = pane;
        for width in [40, 60, 80, 120] {
            let screen = plain(&model, (width, 20));
            let row = rows(&screen, 17..18);
            assert!(row.starts_with(" . actions  ? help"), "{row}");
        }
    }
    let row = rows(&plain(&pressed(world::seven_orgs(), &[]), (60, 20)), 17..18);
    assert!(row.contains("r role") && row.contains("i invite"), "{row}");
}
