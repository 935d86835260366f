//! The README says what the program does: its commands and its key table are held here.

use orgdeck::cli::keys;

const README: &str = include_str!("../../../README.md");

#[test]
fn the_two_commands_stand_at_the_top() {
    let top = README.split("##").next().unwrap();
    assert!(top.contains("\ncargo run --release -- --demo\n"));
    assert!(top.contains("\ncargo test\n"));
}

#[test]
fn the_key_table_is_the_one_that_the_program_runs_on() {
    let (_, rest) = README.split_once("<!-- keys -->\n").unwrap();
    let (shown, _) = rest.split_once("<!-- /keys -->").unwrap();
    let made = keys::table();
    assert!(shown == made, "the README's keys should be:\n{made}");
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
