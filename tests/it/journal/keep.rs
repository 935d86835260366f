//! How long segments are kept.

use std::fs;

use jiff::{SignedDuration, Timestamp};
use orgdeck::domain::Entry;
use orgdeck::domain::Keep;
use orgdeck::domain::keep::NoSpan;
use orgdeck::journal::file::File;
use orgdeck::journal::{Journal as _, check};

use super::{Shelf, all, entry, intent};
use crate::support::fake::wall;

#[test]
fn days_are_written_as_days() {
    assert_eq!("400d".parse(), Ok(Keep::default()));
    assert_eq!(Keep::default().to_string(), "400d");
    for wrong in [
        "",
        "d",
        "400",
        "-1d",
        "0d",
        "4 d",
        "1.5d",
        "400D",
        "99999999999d",
    ] {
        assert_eq!(wrong.parse::<Keep>(), Err(NoSpan), "{wrong:?}");
    }
}

fn at(days: i64) -> Timestamp {
    wall() - SignedDuration::from_hours(24 * days)
}

fn aged(days: i64) -> Entry {
    Entry {
        at: at(days),
        ..entry("one", intent("jon@old.example"))
    }
}

fn segments(shelf: &Shelf) -> usize {
    let names = fs::read_dir(shelf.folder()).unwrap();
    names
        .filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_str().unwrap().starts_with("journal.0")
        })
        .count()
}

#[tokio::test]
async fn segments_go_as_a_whole_when_their_last_record_is_too_old() {
    let shelf = Shelf::new();
    let of = |days: &str| {
        let keep = days.parse().unwrap();
        File::in_segments(&shelf.folder(), (keep, 1), wall)
    };
    // Each record is a segment of its own; the newest is the one that is written.
    let journal = of("30d");
    for days in [29, 28, 1] {
        journal.append(aged(days)).await.unwrap();
    }
    assert_eq!(segments(&shelf), 2);
    drop(journal);
    let shorter = of("28d");
    shorter.append(aged(0)).await.unwrap();
    assert_eq!(
        segments(&shelf),
        2,
        "the oldest is gone, another one is complete"
    );
    let kept: Vec<u64> = all(&shorter).await.iter().map(|one| one.no.0).collect();
    assert_eq!(kept, [2, 3, 4]);
    let found = check(&shelf.folder()).unwrap();
    assert_eq!(found.broken, None, "the chain holds for what is kept");
    assert_eq!(found.first.map(|no| no.0), Some(2));
}

#[tokio::test]
async fn what_is_read_begins_where_it_is_asked_for() {
    let shelf = Shelf::new();
    let journal = File::in_segments(&shelf.folder(), (Keep::default(), 1500), wall);
    for days in (0..20).rev() {
        journal.append(aged(days)).await.unwrap();
    }
    let read = journal.since(at(3)).await.unwrap();
    let numbers: Vec<u64> = read.iter().map(|record| record.no.0).collect();
    assert_eq!(numbers, [17, 18, 19, 20]);
}
