//! What strangers typed, in every format: nothing of it commands a terminal, hides, or becomes a formula.

use orgdeck::sandbox::Service;
use serde_json::Value as Json;

use super::stage::{Stage, rows};

pub(super) const NAMES: &[&str] = &[
    "=HYPERLINK(\"http://x\",\"y\")",
    "@SUM(1)",
    "+1",
    "-1",
    "\u{1b}]0;owned\u{7}",
    "a\tb\r\nc",
    "\t=1",
    "a \"quoted\", b",
    "photo\u{202e}gnp.exe",
    "zero\u{200b}width\u{feff}",
    "tag\u{e0041}",
    "c1\u{9b}31m",
    "| pipe | `tick` <b>",
];

fn stage() -> Stage {
    let stage = Stage::new();
    stage.sandbox.world(|world| {
        let ana = world.person_by_username("ana").unwrap().key;
        for name in NAMES {
            world.add_org(Service::Clerk, |org| {
                (*name).clone_into(&mut org.name);
                org.created_by = Some(ana);
            });
        }
    });
    stage
}

/// Whether a character does nothing but show itself.
pub(super) fn is_plain(character: char) -> bool {
    let hidden = matches!(u32::from(character), 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff | 0xe0000..=0xe007f);
    !character.is_control() && !hidden
}

#[test]
fn r6_no_format_lets_anything_through() {
    let stage = stage();
    for format in ["table", "json", "ndjson", "csv", "md"] {
        for line in [
            "org list",
            "member list clerk/acme-shop",
            "invite list balena/acme_fleet",
        ] {
            let ran = stage.run(&format!("{line} -o {format}"));
            assert_eq!(ran.code, Some(0), "{ran}");
            let allowed = |c: char| {
                matches!(
                    (c, format),
                    ('\n', _) | ('\t', "table" | "csv") | ('\r', "csv")
                )
            };
            // Families and flags are joined by one of the hidden characters, within one sign.
            let odd = |c: &char| !is_plain(*c) && !allowed(*c) && *c != '\u{200d}';
            assert_eq!(ran.stdout.chars().find(odd), None, "{line} as {format}");
        }
    }
}

#[test]
fn json_gives_back_what_was_typed() {
    let stage = stage();
    let (_, document) = stage.json("org list --profile clerk");
    let names: Vec<&str> = rows(&document, "orgs")
        .iter()
        .filter_map(|org| org["name"].as_str())
        .collect();
    for name in NAMES {
        assert!(names.contains(name), "{name:?} is not among {names:?}");
    }
    let lines = stage.run("org list --profile clerk -o ndjson").stdout;
    assert!(
        lines
            .lines()
            .all(|line| serde_json::from_str::<Json>(line).is_ok())
    );
}

#[test]
fn r46_a_spreadsheet_gets_no_formula() {
    let stage = stage();
    let ran = stage.run("org list --profile clerk -o csv --fields name");
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let cells: Vec<String> = reader
        .records()
        .map(|record| record.unwrap()[0].to_owned())
        .collect();
    assert!(
        cells
            .iter()
            .all(|cell| !cell.starts_with(['=', '+', '-', '@'])),
        "{cells:?}"
    );
    assert_eq!(
        cells.iter().filter(|cell| cell.starts_with('\'')).count(),
        5,
        "{cells:?}"
    );
}

/// Who takes the guard away has what was typed, its tabs and line ends too; what could command a terminal is
/// shown instead.
#[test]
fn r46_a_spreadsheet_gives_back_what_was_typed() {
    let stage = stage();
    let ran = stage.run("org list --profile clerk -o csv --fields name");
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let bare = |cell: &str| match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest.to_owned(),
        Some(_) | None => cell.to_owned(),
    };
    let cells = reader.records().map(|record| bare(&record.unwrap()[0]));
    let cells: Vec<String> = cells.collect();
    let typed = |c: char| matches!(c, '\t' | '\r' | '\n') || is_plain(c);
    for name in NAMES.iter().filter(|name| name.chars().all(typed)) {
        assert!(cells.contains(&(*name).to_owned()), "{name:?}: {cells:?}");
    }
}

#[test]
fn a_row_stays_a_row() {
    let stage = stage();
    let count = stage
        .run("org list --profile clerk -o ndjson")
        .stdout
        .lines()
        .count();
    assert_eq!(
        stage.run("org list --profile clerk").stdout.lines().count(),
        count
    );
    let table = stage
        .run("org list --profile clerk -o md --fields id,name")
        .stdout;
    assert_eq!(table.lines().count(), count + 2);
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(table.lines().all(|line| bars(line) == 3), "{table}");
}

#[test]
fn words_of_our_own_arguments_are_cleaned_too() {
    let stage = Stage::new();
    let ran = stage.run_words(&["org", "show", "clerk/\u{1b}[31mred\u{202e}"]);
    assert_eq!(ran.code, Some(4));
    assert!(
        ran.stderr.chars().all(|c| c == '\n' || is_plain(c)),
        "{ran}"
    );
}
