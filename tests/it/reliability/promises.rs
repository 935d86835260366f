//! What the README promises: each promise cites its rows, and names a test that keeps it.

use super::{ROWS, tree};

const README: &str = include_str!("../../../README.md");

/// The promises, each on one line.
fn promises() -> Vec<String> {
    let (_, section) = README.split_once("## What it promises\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let (_, list) = section.split_once("\n- ").unwrap();
    let promises = list.split("\n- ");
    promises
        .map(|promise| promise.replace("\n  ", " "))
        .collect()
}

/// The rows that a promise cites.
fn rows(promise: &str) -> Vec<u16> {
    let words = promise.split(|letter: char| !letter.is_ascii_alphanumeric());
    words
        .filter_map(|word| word.strip_prefix('R')?.parse().ok())
        .collect()
}

/// The tests that a promise names.
fn named(promise: &str) -> Vec<&str> {
    let code = promise.split('`').skip(1).step_by(2);
    code.filter(|words| words.contains("::")).collect()
}

#[test]
fn every_promise_of_the_readme_names_a_test_that_keeps_it() {
    let tests = tree::tests();
    let promises = promises();
    assert!(promises.len() >= 16, "{promises:#?}");
    for promise in promises {
        let named = named(&promise);
        assert!(!named.is_empty(), "nothing keeps: {promise}");
        for test in named {
            assert!(tests.contains(test), "there is no test {test}: {promise}");
        }
    }
}

#[test]
fn every_promise_of_the_readme_cites_rows_that_its_tests_keep() {
    for promise in promises() {
        let cited = rows(&promise);
        assert!(!cited.is_empty(), "what holds it? {promise}");
        for number in &cited {
            assert!(
                ROWS.iter().any(|row| row.number == *number),
                "R{number} is no row: {promise}"
            );
        }
        let kept = |test: &&str| {
            let keeps = |row: &&super::table::Row| row.kept_by.contains(test);
            ROWS.iter()
                .filter(keeps)
                .any(|row| cited.contains(&row.number))
        };
        let astray: Vec<_> = named(&promise)
            .into_iter()
            .filter(|test| !kept(test))
            .collect();
        assert!(astray.is_empty(), "{astray:?} keep no row of: {promise}");
    }
}
