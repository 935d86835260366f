//! Two processes at once: whole lines, one chain, no number twice.

use std::process::{Child, Command};

use orgdeck::domain::entry::EntryNo;
use orgdeck::journal::{Journal as _, check};

use super::{Shelf, all, entry, intent};

/// The variable that tells a process of this test that it is one of the writers.
const FOLDER: &str = "ORGDECK_TEST_JOURNAL";

const EACH: usize = 500;

/// What a writer does; nothing where this is not a process of its own.
#[tokio::test]
async fn writer() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test tells its other processes where to write"
    )]
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let journal = orgdeck::journal::file::File::new(
        std::path::Path::new(&folder),
        orgdeck::domain::Keep::default(),
        crate::support::fake::wall,
    );
    let session = orgdeck::journal::session();
    for number in 0..EACH {
        let entry = entry(session.raw(), intent(&format!("n{number}@acme.example")));
        journal.append(entry).await.unwrap();
        // None of them is through before the other has begun.
        while number == 0
            && all(&journal)
                .await
                .iter()
                .all(|one| one.session.0 == session)
        {
            tokio::task::yield_now().await;
        }
    }
}

fn start(shelf: &Shelf) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["journal::two::writer", "--exact", "--quiet"])
        .env(FOLDER, shelf.folder())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn r49_two_processes_write_a_thousand_whole_lines_in_one_chain() {
    let shelf = Shelf::new();
    let mut writers = [start(&shelf), start(&shelf)];
    for writer in &mut writers {
        assert!(writer.wait().unwrap().success());
    }
    let records = all(&shelf.journal()).await;
    assert_eq!(records.len(), 2 * EACH);
    assert!(
        (1..)
            .map(EntryNo)
            .zip(&records)
            .all(|(no, one)| one.no == no)
    );
    let mut sessions: Vec<_> = records.iter().map(|one| one.session.clone()).collect();
    let turns = sessions.chunk_by(|a, b| a == b).count();
    sessions.sort();
    sessions.dedup();
    assert_eq!(sessions.len(), 2);
    assert!(turns > 2, "they were at work at the same time");
    assert_eq!(check(&shelf.folder()).unwrap().broken, None);
}
