//! The row of keys.

use orgdeck::app::action;

use super::rows;
use crate::support::screen::plain;
use crate::support::world;

#[test]
fn no_word_is_cut_at_any_width() {
    let mut model = world::seven_orgs();
    world::arrange(&mut model);
    let hints = action::hints(&model);
    for width in 40..=200 {
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

#[test]
fn the_way_to_all_the_others_stays() {
    for width in [60, 80, 120] {
        let screen = plain(&world::seven_orgs(), (width, 20));
        let row = rows(&screen, 17..18);
        assert!(row.contains(". actions"), "{row}");
        assert!(row.contains("? help"), "{row}");
    }
}
