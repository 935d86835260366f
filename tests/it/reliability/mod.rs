//! What must hold whatever happens, row by row, and the tests that keep each row.
//!
//! The rows have numbers, which tests carry in their names (`r36_a_cut_body_..`): a test that fails says
//! what is at stake. Here it is held that no row is without a test, and that every test that is named,
//! here or in the README, is one.

mod invariants;
mod promises;
mod table;
mod tree;

use std::collections::BTreeSet;

use table::{ROWS, Weight};

/// The rows that are about the program at a terminal and in scripts; 29, 30 and 78 to 84 are about a
/// server that it is not yet.
const BLOCKING: &[u16] = &[
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 31, 32, 96, 97, 98,
];
const TRUSTED: &[u16] = &[
    33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56,
    57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 85, 99,
    100, 101, 102,
];

fn numbers(weight: Weight) -> Vec<u16> {
    let rows = ROWS.iter().filter(|row| row.weight == weight);
    rows.map(|row| row.number).collect()
}

#[test]
fn every_row_is_here_once() {
    assert_eq!(numbers(Weight::Blocks), BLOCKING);
    assert_eq!(numbers(Weight::Trusted), TRUSTED);
    let polish = numbers(Weight::Polish);
    assert!(polish.iter().all(|number| (86..96).contains(number)));
}

#[test]
fn every_row_is_kept_by_tests_and_one_of_them_bears_its_number() {
    let tests = tree::tests();
    let mut broken = Vec::new();
    for row in ROWS {
        let missing = row.kept_by.iter().filter(|path| !tests.contains(**path));
        broken.extend(missing.map(|path| format!("R{}: there is no test {path}", row.number)));
        let bears = |path: &&str| tree::borne(path).contains(&row.number);
        if !row.kept_by.iter().any(bears) {
            broken.push(format!(
                "R{}: no test bears its number: {}",
                row.number, row.holds
            ));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// A number in the name of a test is a promise too.
#[test]
fn a_number_in_a_name_is_that_of_a_row() {
    let rows: BTreeSet<u16> = ROWS.iter().map(|row| row.number).collect();
    for test in tree::tests() {
        for number in tree::borne(&test) {
            let known = rows.contains(&number) || (86..96).contains(&number);
            assert!(known, "{test} bears the number of no row");
        }
    }
}
