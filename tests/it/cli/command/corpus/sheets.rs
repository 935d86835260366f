//! Tables: for a terminal, where nothing leaves its column, and for spreadsheets, where nothing is a formula.

use std::collections::BTreeSet;

use orgdeck::domain::Text;
use orgdeck::domain::text::width;
use orgdeck::sandbox::Service;

use super::{corpus, stage};
use crate::support::pty::Pty;

/// At a terminal each column begins where its heading does, whatever stands to the left of it.
#[test]
fn r55_r58_columns_of_a_table_stay_straight() {
    let stage = stage();
    let portal = stage.sandbox.world(|world| {
        let portal = world.orgs(Service::Vulos).next();
        portal.map(|org| org.id.clone()).unwrap()
    });
    for (line, fields, last) in [
        (
            "org list --profile clerk --fields name,slug,provider".to_owned(),
            ["NAME", "SLUG", "PROVIDER"],
            "clerk",
        ),
        (
            "invite list clerk/acme-shop --fields email,role,profile".to_owned(),
            ["EMAIL", "ROLE", "PROFILE"],
            "clerk",
        ),
        (
            format!("member list vulos/{portal} --fields name,roles,profile"),
            ["NAME", "ROLES", "PROFILE"],
            "vulos",
        ),
    ] {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut pty = Pty::start(stage.command(&words), (90, 40));
        assert_eq!(pty.wait_end(), 0, "{line}");
        let text = pty.text();
        let mut rows = text.lines().map(|row| row.trim_end_matches('\r'));
        // Before it stood how far the reading was.
        let heading = rows.next().unwrap();
        let [first, _, last_field] = fields;
        let heading = &heading[heading.find(first).unwrap()..];
        let begins = heading.find(last_field).unwrap();
        let mut count = 0;
        for row in rows {
            let before = row
                .strip_suffix(last)
                .unwrap_or_else(|| panic!("{line}: {row}"));
            count += 1;
            assert_eq!(width(before), begins, "{line}: {row}");
            assert!(width(row) <= 90, "{row}");
        }
        assert!(count >= corpus().len(), "{line}: {count}");
    }
}

/// What a spreadsheet would take for a formula.
const BEGINNINGS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

#[test]
fn r46_cells_of_every_table_of_a_spreadsheet_are_no_formulas_and_give_back_what_was_typed() {
    let stage = stage();
    let ran = stage.run("org list --profile clerk -o csv --fields name,slug");
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert!(records.len() >= corpus().len());
    let is_formula = |cell: &str| cell.starts_with(BEGINNINGS);
    let mut kept = BTreeSet::new();
    for cell in records.iter().flatten() {
        assert!(!is_formula(cell), "{cell:?}");
        let bare = cell.strip_prefix('\'').filter(|bare| is_formula(bare));
        kept.insert(bare.unwrap_or(cell).to_owned());
    }
    // Of what could command a terminal or hide, the marks are in the file.
    let blanks = ['\t', '\r', '\n', ' '];
    let is_tame = |raw: &&String| {
        let words = raw.replace(blanks, "x");
        Text::from(words.as_str()).clean().as_str() == words
    };
    let tame: Vec<String> = corpus().iter().filter(is_tame).cloned().collect();
    assert!(tame.len() > 150, "{}", tame.len());
    for raw in tame {
        // Nobody can tell a guard of a stranger's from one of ours.
        let typed = raw.strip_prefix('\'').filter(|bare| is_formula(bare));
        assert!(kept.contains(typed.unwrap_or(&raw)), "{raw:?}");
    }
}

#[test]
fn r46_cells_between_tabs_are_no_formulas() {
    let table = stage()
        .run("org list --profile clerk --fields name,slug")
        .stdout;
    let cells = table.lines().flat_map(|row| row.split('\t'));
    // What stands for nothing is ours.
    let formulas = cells.filter(|cell| *cell != "-" && cell.starts_with(BEGINNINGS));
    assert_eq!(formulas.collect::<Vec<_>>(), Vec::<&str>::new());
}
