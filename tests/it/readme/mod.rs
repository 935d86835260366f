//! The README says what the program does: its commands and its key table are held here.

use orgdeck::cli::{exit, keys};

const README: &str = include_str!("../../../README.md");

#[test]
fn the_two_commands_stand_at_the_top() {
    let top = README.split("##").next().unwrap();
    assert!(top.contains("\ncargo run --release -- --demo\n"));
    assert!(top.contains("\ncargo test\n"));
}

/// What stands between two marks.
fn between(mark: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("<!-- {mark} -->\n")).unwrap();
    rest.split_once(&format!("<!-- /{mark} -->")).unwrap().0
}

#[test]
fn the_key_table_is_the_one_that_the_program_runs_on() {
    let made = keys::table();
    assert!(
        between("keys") == made,
        "the README's keys should be:\n{made}"
    );
}

#[test]
fn the_exit_codes_are_the_ones_that_the_program_ends_with() {
    let made = exit::table();
    assert!(
        between("codes") == made,
        "the README's codes should be:\n{made}"
    );
}

#[test]
fn pictures_that_the_readme_shows_are_there() {
    let shown = README.split("](assets/").skip(1);
    let paths: Vec<&str> = shown.filter_map(|rest| rest.split(')').next()).collect();
    assert!(!paths.is_empty());
    for path in paths {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("assets")
            .join(path);
        assert!(file.is_file(), "{path} is missing");
    }
}
