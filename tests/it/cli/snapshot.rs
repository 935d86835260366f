//! Tests of `orgdeck snapshot` from outside.

use std::fs;

use tempfile::TempDir;

use crate::support::program::{Ran, orgdeck, run};

fn snapshot(arguments: &[&str]) -> Ran {
    let home = TempDir::new().unwrap();
    let ran = run(&mut orgdeck(
        &[&["snapshot"], arguments].concat(),
        home.path(),
    ));
    let left = fs::read_dir(home.path()).unwrap().count();
    assert_eq!(left, 0, "the demo writes no file");
    ran
}

fn fine(arguments: &[&str]) -> String {
    let ran = snapshot(arguments);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran}");
    ran.stdout
}

#[test]
fn a_screen_has_the_size_that_was_asked_for() {
    let text = fine(&["--size", "80x24"]);
    assert_eq!(text.lines().count(), 24);
    assert!(text.contains("1 Organizations 7"), "{text}");
    let wide = fine(&[]);
    assert_eq!(wide.lines().count(), 36);
    let widest = wide.lines().map(|line| line.chars().count()).max();
    assert_eq!(widest, Some(120));
}

#[test]
fn every_format_shows_the_same_names() {
    for (format, begins) in [
        ("text", "orgdeck  "),
        ("ansi", "\x1b["),
        ("svg", "<svg xmlns="),
        ("html", "<!DOCTYPE html>"),
    ] {
        let drawn = fine(&["--format", format]);
        assert!(drawn.starts_with(begins), "{format}: {drawn}");
        assert!(drawn.contains("Harbour Pilots"), "{format}");
        assert_eq!(drawn, fine(&["--format", format]), "{format}");
    }
}

#[test]
fn the_environment_changes_nothing_and_flags_do() {
    let home = TempDir::new().unwrap();
    let usual = fine(&["--format", "ansi"]);
    let mut command = orgdeck(&["snapshot", "--format", "ansi"], home.path());
    command
        .env("NO_COLOR", "1")
        .env("TERM", "dumb")
        .env("LANG", "C")
        .env("TZ", "Asia/Tokyo")
        .env("ORGDECK_READ_ONLY", "1")
        .env("ORGDECK_PROFILE", "nobody");
    assert_eq!(run(&mut command).stdout, usual);
    let grey = fine(&["--format", "ansi", "--color", "never"]);
    assert!(!grey.contains("\x1b[1;36m") && usual.contains("\x1b[1;36m"));
    assert!(fine(&["--read-only"]).contains("RO on"));
}

#[test]
fn the_clock_shows_what_it_is_told() {
    let text = fine(&["--at", "2031-01-02T03:04:05Z", "--keys", "5d"]);
    assert!(text.contains("2031-01-02T03:04:05Z"), "{text}");
    let ages = |at: &str| {
        let text = fine(&["--at", at, "--keys", "jjjj4"]);
        text.lines().filter(|line| line.contains("pending")).count()
    };
    assert_eq!(ages("2026-03-02T11:42:00Z"), ages("2040-07-01T00:00:00Z"));
}

#[test]
fn keys_are_pressed_and_names_typed() {
    let text = fine(&["--keys", "/quay<enter>"]);
    assert!(
        text.contains("Quay Services") && !text.contains("Harbour"),
        "{text}"
    );
    let typed = fine(&["--keys", "i<lt>b<bs>x@quay.example"]);
    assert!(typed.contains("<x@quay.example"), "{typed}");
}

#[test]
fn wrong_options_end_with_code_2() {
    for (arguments, words) in [
        (["--size", "80"], "such as 120x36"),
        (["--size", "0x10"], "such as 120x36"),
        (["--size", "80x501"], "such as 120x36"),
        (["--at", "yesterday"], "--at"),
        (
            ["--format", "png"],
            "possible values: text, ansi, svg, html",
        ),
        (["--keys", "j<entr>"], "no key is called <entr>"),
        (["--keys", "<"], "`<lt>` is the character"),
        (["--keys", "jq"], "the keys end the console"),
    ] {
        let ran = snapshot(&arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran}");
        assert!(ran.stderr.contains(words), "{arguments:?}: {ran}");
        assert_eq!(ran.stdout, "", "{arguments:?}");
    }
}
