//! The file: one line a record, one chain, for its owner's eyes alone, whatever happens to it.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use orgdeck::domain::Keep;
use orgdeck::domain::Text;
use orgdeck::domain::entry::EntryNo;
use orgdeck::journal::file::File;
use orgdeck::journal::{Checked, Journal as _, check, session};

use super::{Shelf, all, done, entry, intent, lines};
use crate::support::fake::wall;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

async fn write(journal: &File, count: u64) {
    for number in 1..=count {
        let entry = entry("one", intent(&format!("n{number}@acme.example")));
        journal.append(entry).await.unwrap();
    }
}

fn checked(shelf: &Shelf) -> Checked {
    check(&shelf.folder()).unwrap()
}

#[tokio::test]
async fn records_come_back_in_their_order_with_their_numbers() {
    let shelf = Shelf::new();
    assert!(!shelf.folder().exists());
    assert_eq!(all(&shelf.journal()).await, [], "nothing is made to read");
    assert!(!shelf.folder().exists());
    let journal = shelf.journal();
    let first = journal.append(entry("one", intent("jon@old.example")));
    assert_eq!(first.await.unwrap(), EntryNo(1));
    assert_eq!(journal.append(entry("one", done(1))).await, Ok(EntryNo(2)));
    drop(journal);
    let again = shelf.journal();
    assert_eq!(again.append(entry("two", done(1))).await, Ok(EntryNo(3)));
    let numbers: Vec<u64> = all(&again).await.iter().map(|record| record.no.0).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(checked(&shelf).broken, None);
}

#[tokio::test]
async fn r32_only_the_owner_can_read_it() {
    let shelf = Shelf::new();
    let folder = shelf.folder();
    fs::create_dir_all(&folder).unwrap();
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
    fs::write(shelf.path("journal.jsonl"), "").unwrap();
    fs::set_permissions(shelf.path("journal.jsonl"), Permissions::from_mode(0o644)).unwrap();
    let journal = shelf.journal();
    write(&journal, 1).await;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&shelf.path("sessions")), 0o700);
    for name in ["journal.jsonl", "journal.lock", "sessions/one"] {
        assert_eq!(mode(&shelf.path(name)), 0o600, "{name}");
    }
    drop(journal);
    assert!(!shelf.path("sessions/one").exists(), "nothing is left over");
}

#[tokio::test]
async fn r31_no_link_is_followed() {
    let outside = Shelf::new();
    let target = outside.home.path().join("target");
    for kind in ["symbolic", "hard", "folder"] {
        let shelf = Shelf::new();
        fs::write(&target, "untouched").unwrap();
        match kind {
            "symbolic" => {
                fs::create_dir_all(shelf.folder()).unwrap();
                symlink(&target, shelf.path("journal.jsonl")).unwrap();
            }
            "hard" => {
                fs::create_dir_all(shelf.folder()).unwrap();
                fs::hard_link(&target, shelf.path("journal.jsonl")).unwrap();
            }
            _ => {
                fs::create_dir_all(shelf.home.path().join("state")).unwrap();
                symlink(outside.home.path(), shelf.folder()).unwrap();
            }
        }
        let journal = shelf.journal();
        let refused = journal.append(entry("one", intent("a@b.example")));
        let why = refused.await.unwrap_err();
        assert!(why.raw().contains("journal.jsonl: "), "{kind}: {why:?}");
        assert_eq!(fs::read(&target).unwrap(), b"untouched", "{kind}");
        fs::remove_file(&target).unwrap();
        assert_eq!(fs::read_dir(outside.home.path()).unwrap().count(), 0);
    }
}

#[tokio::test]
async fn r50_one_record_is_one_line_whatever_is_in_it() {
    let shelf = Shelf::new();
    let journal = shelf.journal();
    let forged = "x\n{\"no\":9,\"record\":\"outcome\"}\r\u{85}\u{2028}\u{2029}\u{b}\u{1c}\u{7f}\u{1b}[2J\u{202e}";
    journal.append(entry("one", intent(forged))).await.unwrap();
    let text = fs::read_to_string(shelf.path("journal.jsonl")).unwrap();
    assert!(
        text.bytes()
            .all(|byte| byte == b'\n' || (32..127).contains(&byte))
    );
    assert_eq!(text.matches('\n').count(), 1);
    let [record] = &all(&journal).await[..] else {
        panic!("one record");
    };
    let orgdeck::domain::record::Says::Intent { act, .. } = &record.says else {
        panic!("an intent: {record:?}");
    };
    assert_eq!(act.target, Text::from(forged), "and it is kept whole");
}

#[tokio::test]
async fn r51_a_cut_last_line_is_kept_aside_and_survived() {
    let shelf = Shelf::new();
    write(&shelf.journal(), 3).await;
    let whole = fs::read(shelf.path("journal.jsonl")).unwrap();
    let second = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for length in [second + 1, second + 40, whole.len() - 1, 1] {
        fs::write(shelf.path("journal.jsonl"), &whole[..length]).unwrap();
        let complete = String::from_utf8_lossy(&whole[..length])
            .matches('\n')
            .count();
        assert!(checked(&shelf).is_torn);
        let journal = shelf.journal();
        assert_eq!(all(&journal).await.len(), complete, "what is whole is read");
        let said = journal.ready().await.unwrap().unwrap();
        assert!(said.raw().contains("cut off"), "{said:?}");
        assert_eq!(journal.ready().await.unwrap(), None, "said once");
        let (_, aside) = said.raw().rsplit_once(' ').unwrap();
        let start = whole[..length].iter().rposition(|byte| *byte == b'\n');
        let half = &whole[start.map_or(0, |at| at + 1)..length];
        assert_eq!(fs::read(aside).unwrap(), half);
        assert_eq!(mode(Path::new(aside)), 0o600);
        let no = journal
            .append(entry("two", intent("new@acme.example")))
            .await;
        assert_eq!(no, Ok(EntryNo(complete as u64 + 1)));
        let found = checked(&shelf);
        assert_eq!((found.broken, found.is_torn), (None, false));
    }
}

#[tokio::test]
async fn the_first_record_that_was_tampered_with_is_found() {
    let shelf = Shelf::new();
    write(&shelf.journal(), 5).await;
    let whole = shelf.lines();
    let broken = |lines: Vec<String>| {
        fs::write(shelf.path("journal.jsonl"), lines.join("\n") + "\n").unwrap();
        let broken = checked(&shelf).broken;
        broken.map(|broken| (broken.no.map_or(0, |no| no.0), broken.line))
    };
    let change = |at: usize, from: &str, to: &str| {
        let mut lines = whole.clone();
        lines[at] = lines[at].replace(from, to);
        assert_ne!(lines[at], whole[at]);
        lines
    };
    assert_eq!(broken(whole.clone()), None);
    assert_eq!(broken(change(2, "n3@", "m3@")), Some((3, 3)), "one word");
    assert_eq!(broken(change(4, "n5@", "m5@")), Some((5, 5)), "the last");
    let mut without = whole.clone();
    without.remove(1);
    assert_eq!(broken(without), Some((3, 2)), "one taken out");
    let mut twice = whole.clone();
    twice.insert(2, whole[1].clone());
    assert_eq!(broken(twice), Some((2, 3)), "one put in");
    let mut swapped = whole.clone();
    swapped.swap(1, 2);
    assert_eq!(broken(swapped), Some((3, 2)), "two in another order");
    let mut garbage = whole.clone();
    garbage[3] = "not a record".to_owned();
    assert_eq!(broken(garbage), Some((0, 4)));
    let mut headless = whole.clone();
    headless.remove(0);
    assert_eq!(
        broken(headless),
        None,
        "what is older may have been removed"
    );
}

#[tokio::test]
async fn a_garbled_last_line_stays_and_the_chain_goes_on_behind_it() {
    let shelf = Shelf::new();
    write(&shelf.journal(), 2).await;
    let mut lines = shelf.lines();
    lines.push("garbage".to_owned());
    fs::write(shelf.path("journal.jsonl"), lines.join("\n") + "\n").unwrap();
    let journal = shelf.journal();
    let no = journal.append(entry("two", done(2))).await;
    assert_eq!(no, Ok(EntryNo(4)), "its place is counted");
    assert_eq!(all(&journal).await.len(), 3);
    let found = checked(&shelf);
    assert_eq!(found.records, 4);
    assert_eq!(found.broken.map(|broken| broken.line), Some(3));
}

#[tokio::test]
async fn segments_keep_one_chain() {
    let shelf = Shelf::new();
    let small = || File::in_segments(&shelf.folder(), (Keep::default(), 1500), wall);
    for _ in 0..4 {
        write(&small(), 5).await;
    }
    let names: Vec<String> = fs::read_dir(shelf.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("journal.0"))
        .collect();
    assert!(names.len() >= 3, "{names:?}");
    let numbers: Vec<u64> = all(&small()).await.iter().map(|one| one.no.0).collect();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    let found = checked(&shelf);
    assert_eq!((found.records, found.broken), (20, None));
    // Between segments too, nothing can be changed unseen.
    let first = names.iter().min().unwrap();
    let path = shelf.path(first);
    let mut text = lines(&path);
    text.pop();
    fs::write(&path, text.join("\n") + "\n").unwrap();
    let broken = checked(&shelf).broken.unwrap();
    assert_eq!(
        broken.line, 1,
        "the next segment does not follow: {broken:?}"
    );
}

#[tokio::test]
async fn r48_what_cannot_be_written_is_said_with_its_place() {
    let shelf = Shelf::new();
    fs::create_dir_all(shelf.home.path().join("state")).unwrap();
    fs::write(shelf.folder(), "a file where the folder should be").unwrap();
    let journal = shelf.journal();
    let why = journal.append(entry("one", intent("a@b.example"))).await;
    let why = why.unwrap_err();
    let place = shelf.path("journal.jsonl").display().to_string();
    assert!(why.raw().starts_with(&format!("{place}: ")), "{why:?}");
    assert!(journal.ready().await.is_err());
}

#[test]
fn sessions_have_names_of_their_own() {
    let names: std::collections::BTreeSet<Text> = (0..100).map(|_| session()).collect();
    assert_eq!(names.len(), 100);
}

#[tokio::test]
async fn a_session_is_taken_over_only_when_it_is_over() {
    let shelf = Shelf::new();
    let alive = shelf.journal();
    write(&alive, 1).await;
    let session = orgdeck::domain::entry::SessionId(Text::from("one"));
    let other = shelf.journal();
    assert!(other.take_over(&session).is_none(), "it lives");
    drop(alive);
    let taken = other.take_over(&session);
    assert!(taken.is_some());
    assert!(
        shelf.journal().take_over(&session).is_none(),
        "one at a time"
    );
    drop(taken);
    assert!(shelf.journal().take_over(&session).is_some());
}
