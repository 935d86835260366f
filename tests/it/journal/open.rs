//! What is open is found again at the cost of what was written since, and is the same as if everything had been
//! read.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use orgdeck::domain::entry::{Closes, EntryNo, Event};
use orgdeck::domain::history::still_open;
use orgdeck::domain::outcome::Receipt;
use orgdeck::domain::plan::{Fidelity, TaskId};
use orgdeck::domain::{
    Entry, History, InviteDraft, Keep, Mutation, OrgId, Outcome, Plan, Record, Request, Seen, Step,
    Why, Wish,
};
use orgdeck::journal::Journal as _;
use orgdeck::journal::check;
use orgdeck::journal::file::File;

use super::{Shelf, all, done, entry, intent, lines, profile};
use crate::support::fake::wall;

/// A length at which a segment is complete, so that there are many.
const SHORT: u64 = 64 << 10;

fn journal(shelf: &Shelf) -> File {
    File::in_segments(&shelf.folder(), (Keep::default(), SHORT), wall)
}

/// A plan of several invites, none of them sent yet.
fn plan(task: u64, emails: &[&str]) -> Event {
    let org = OrgId::new(&profile(), "org_1");
    let drafts: Vec<InviteDraft> = emails.iter().map(|email| InviteDraft::to(*email)).collect();
    let step = |draft: &InviteDraft| Step {
        change: Mutation::Invite {
            org: org.clone(),
            draft: draft.clone(),
        },
        request: Request::get("/"),
        seen: Seen::Invites(Vec::new()),
        after: None,
    };
    Event::Planned {
        task: TaskId(task),
        why: Why::Wished,
        plan: Box::new(Plan {
            steps: drafts.iter().map(step).collect(),
            wish: Wish::Invite {
                org: org.clone(),
                drafts,
            },
            checks: Vec::new(),
            objections: Vec::new(),
            undo: Fidelity::Exact,
        }),
    }
}

/// Requests that have come to their end.
async fn pass(journal: &File, session: &str, count: usize) {
    for number in 0..count {
        let intent = intent(&format!("n{number}@acme.example"));
        let no = journal.append(entry(session, intent)).await.unwrap();
        journal.append(entry(session, done(no.0))).await.unwrap();
    }
}

fn numbers(records: &[Record]) -> Vec<u64> {
    records.iter().map(|record| record.no.0).collect()
}

/// What is open according to everything that was ever written.
async fn truly_open(journal: &File) -> Vec<u64> {
    let open = still_open(&all(journal).await);
    open.into_iter().map(|no| no.0).collect()
}

/// What is open according to the short way.
async fn open(journal: &File) -> Vec<u64> {
    let records = journal.open().await.unwrap();
    let open = still_open(&records);
    open.into_iter().map(|no| no.0).collect()
}

#[tokio::test]
async fn what_is_open_is_found_however_much_was_written_since() {
    let shelf = Shelf::new();
    let first = journal(&shelf);
    first
        .append(entry("one", plan(1, &["a@b.example", "c@d.example"])))
        .await
        .unwrap();
    first
        .append(entry("one", intent("a@b.example")))
        .await
        .unwrap();
    first
        .append(entry("one", plan(7, &["e@f.example", "g@h.example"])))
        .await
        .unwrap();
    for _ in 0..6 {
        pass(&first, "two", 40).await;
        assert_eq!(open(&journal(&shelf)).await, truly_open(&first).await);
    }
    assert!(shelf.path("journal.open").exists(), "a bookmark was laid");
    assert_eq!(open(&first).await, [1, 2, 3]);
    first.append(entry("one", done(2))).await.unwrap();
    assert_eq!(
        open(&first).await,
        [1, 2, 3, first_after(&shelf)],
        "its second invite is left"
    );
    first
        .append(entry("one", Event::Closed(Closes::Task(TaskId(1)))))
        .await
        .unwrap();
    assert_eq!(open(&first).await, [3]);
    let finishing = Why::Finishes(EntryNo(3));
    let Event::Planned { task, plan, .. } = plan(9, &["e@f.example", "g@h.example"]) else {
        panic!("a plan");
    };
    let closing = Event::Planned {
        task,
        why: finishing,
        plan,
    };
    let no = first.append(entry("two", closing)).await.unwrap();
    assert_eq!(open(&first).await, [no.0], "who takes it up has it now");
    assert_eq!(open(&first).await, truly_open(&first).await);
}

/// The number of the last record.
fn first_after(shelf: &Shelf) -> u64 {
    let last = shelf.lines().pop().unwrap();
    let record: serde_json::Value = serde_json::from_str(&last).unwrap();
    record["no"].as_u64().unwrap()
}

#[tokio::test]
async fn r49_two_processes_and_a_new_segment_between_two_looks_lose_nothing() {
    let shelf = Shelf::new();
    let (one, two) = (journal(&shelf), journal(&shelf));
    pass(&one, "one", 100).await;
    assert_eq!(open(&one).await, [0; 0]);
    let left = two
        .append(entry("two", intent("left@acme.example")))
        .await
        .unwrap();
    // The bookmark's segment becomes a complete one, and others come after it.
    pass(&one, "one", 300).await;
    let names = fs::read_dir(shelf.folder()).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(names.filter(|name| name.starts_with("journal.0")).count() >= 3);
    for journal in [&one, &two, &journal(&shelf)] {
        assert_eq!(open(journal).await, [left.0]);
    }
}

#[tokio::test]
async fn r51_a_bookmark_that_the_journal_does_not_bear_out_is_not_believed() {
    let shelf = Shelf::new();
    let one = journal(&shelf);
    let left = one
        .append(entry("one", intent("left@acme.example")))
        .await
        .unwrap();
    pass(&one, "two", 60).await;
    assert_eq!(open(&one).await, [left.0]);
    let bookmark = fs::read(shelf.path("journal.open")).unwrap();
    let text = String::from_utf8(bookmark.clone()).unwrap();
    let wrong = [
        Vec::new(),
        b"{".to_vec(),
        bookmark[..bookmark.len() / 2].to_vec(),
        text.replace("left@acme", "kept@acme").into_bytes(),
        text.replace("\"start\":", "\"start\":1").into_bytes(),
        text.replace("\"hash\":\"", "\"hash\":\"0").into_bytes(),
    ];
    for wrong in wrong {
        fs::write(shelf.path("journal.open"), wrong).unwrap();
        assert_eq!(open(&one).await, [left.0]);
    }
    // The journal was changed before the bookmark: where it lies nothing is as it was.
    fs::write(shelf.path("journal.open"), &bookmark).unwrap();
    let changed = fs::read_to_string(shelf.path("journal.jsonl")).unwrap();
    fs::write(shelf.path("journal.jsonl"), &changed[1..]).unwrap();
    assert_eq!(open(&one).await, truly_open(&one).await);
    // A link in its place is neither followed nor written through.
    let target = shelf.home.path().join("target");
    fs::write(&target, "untouched").unwrap();
    fs::remove_file(shelf.path("journal.open")).unwrap();
    std::os::unix::fs::symlink(&target, shelf.path("journal.open")).unwrap();
    assert_eq!(open(&one).await, truly_open(&one).await);
    assert_eq!(fs::read(&target).unwrap(), b"untouched");
}

#[tokio::test]
async fn r51_half_a_line_behind_the_bookmark_is_left_out() {
    let shelf = Shelf::new();
    let one = journal(&shelf);
    pass(&one, "two", 60).await;
    assert_eq!(open(&one).await, [0; 0]);
    let left = one
        .append(entry("one", intent("left@acme.example")))
        .await
        .unwrap();
    let mut text = fs::read(shelf.path("journal.jsonl")).unwrap();
    text.extend_from_slice(b"{\"no\":999,\"at\"");
    fs::write(shelf.path("journal.jsonl"), &text).unwrap();
    assert_eq!(open(&one).await, [left.0]);
    assert!(one.ready().await.unwrap().is_some(), "it is said");
    assert_eq!(open(&one).await, [left.0]);
    assert!(check(&shelf.folder()).unwrap().broken.is_none());
}

/// The bytes that this thread has read so far, of files and of everything else.
fn bytes_read() -> u64 {
    let told = fs::read_to_string("/proc/thread-self/io").unwrap();
    let line = told.lines().find_map(|line| line.strip_prefix("rchar: "));
    line.unwrap().trim().parse().unwrap()
}

/// What a write reads of a journal: looking for what is open, an intent and its end.
fn cost(shelf: &Shelf) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread()
        // All files are read by this one thread, whose bytes are counted.
        .max_blocking_threads(1)
        .thread_keep_alive(Duration::from_mins(1))
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async {
        let journal = Arc::new(journal(shelf));
        let count = || async { tokio::task::spawn_blocking(bytes_read).await.unwrap() };
        let before = count().await;
        journal.ready().await.unwrap();
        let history = History::of(journal.open().await.unwrap());
        assert_eq!(history.open().count(), 1);
        let no = journal
            .append(entry("late", intent("x@y.example")))
            .await
            .unwrap();
        journal.append(entry("late", done(no.0))).await.unwrap();
        count().await - before
    })
}

/// A counted bound and not a timed one: forty segments cost what one segment costs.
#[test]
fn a_write_reads_what_was_written_since_and_not_the_whole_journal() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let costs = [1, 40].map(|segments| {
        let shelf = Shelf::new();
        runtime.block_on(async {
            let journal = journal(&shelf);
            journal
                .append(entry("gone", intent("left@acme.example")))
                .await
                .unwrap();
            let mut written = 0;
            while written < segments {
                pass(&journal, "one", 20).await;
                written = segments_of(&shelf);
            }
            journal.open().await.unwrap();
        });
        cost(&shelf)
    });
    let [few, many] = costs;
    let margin = 2 * SHORT;
    assert!(
        many < few + margin,
        "one segment: {few} bytes, forty: {many}"
    );
    assert!(many < 8 * SHORT, "{many} bytes");
}

fn segments_of(shelf: &Shelf) -> usize {
    let names = fs::read_dir(shelf.folder()).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("journal.0")).count()
}

#[tokio::test]
async fn the_first_look_after_the_records_of_an_outcome_is_complete() {
    let shelf = Shelf::new();
    let one = journal(&shelf);
    let no = one
        .append(entry("one", intent("a@b.example")))
        .await
        .unwrap();
    pass(&one, "two", 60).await;
    assert_eq!(numbers(&journal(&shelf).open().await.unwrap())[0], no.0);
    let ended = Event::Ended {
        intent: no,
        outcome: Box::new(Outcome::Done(Receipt::default())),
        took: Duration::ZERO,
    };
    one.append(Entry {
        event: ended,
        ..entry("one", done(1))
    })
    .await
    .unwrap();
    assert_eq!(open(&journal(&shelf)).await, [0; 0]);
    assert_eq!(
        lines(&shelf.path("journal.jsonl")).len() as u64,
        first_after(&shelf)
    );
}
