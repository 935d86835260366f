//! Tests of `orgdeck keys`.

use orgdeck::app::{action, keymap};
use orgdeck::cli::keys::table;
use tempfile::TempDir;

use crate::support::program::{orgdeck, run};

#[test]
fn the_table_has_a_row_for_every_action_with_keys() {
    let home = TempDir::new().unwrap();
    let ran = run(&mut orgdeck(&["keys"], home.path()));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(ran.stdout, table());
    let bound: Vec<_> = action::all()
        .filter(|action| !action.keys.is_empty())
        .collect();
    assert_eq!(ran.stdout.lines().count(), bound.len() + 2);
    for (line, action) in ran.stdout.lines().skip(2).zip(bound) {
        assert!(line.contains(action.title), "{line}");
        for chord in action.keys {
            let keys = keymap::shown(chord).replace('|', "\\|");
            assert!(line.contains(&format!("`{keys}`")), "{line}");
        }
    }
}
