//! Images beside the journal: kept with the record that needs them, and no longer.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use jiff::SignedDuration;
use orgdeck::domain::entry::Event;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::record::Says;
use orgdeck::domain::{
    Entry, Image, Keep, Logo, Method, Mutation, Org, OrgId, Request, Seen, Text, Told,
};
use orgdeck::journal::Journal as _;
use orgdeck::journal::file::File;

use super::{Shelf, all, entry, intent, profile};
use crate::support::fake::wall;

fn image(words: &str) -> Image {
    Image::new("logo.gif", format!("GIF89a {words}").into_bytes()).unwrap()
}

/// A new logo in the place of an old one.
fn replaced(days: i64, old: &str) -> Entry {
    let org = OrgId::new(&profile(), "org_1");
    let mut before = Org::reference(org.clone());
    before.logo = Told::Is(Logo {
        url: Told::Is(Text::from("https://cdn.example/1")),
        image: Some(image(old)),
        kept: None,
    });
    let event = Event::Intent {
        task: TaskId(1),
        step: 0,
        change: Box::new(Mutation::SetLogo {
            org,
            image: image("new"),
        }),
        request: Box::new(Request::new(Method::Put, "/v1/organizations/org_1/logo")),
        before: Box::new(Seen::Org(Box::new(before))),
    };
    Entry {
        at: wall() - SignedDuration::from_hours(24 * days),
        ..entry("one", event)
    }
}

fn kept(shelf: &Shelf) -> Vec<Vec<u8>> {
    let files = fs::read_dir(shelf.path("logos")).unwrap();
    let mut all: Vec<Vec<u8>> = files
        .map(|file| {
            let file = file.unwrap();
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            fs::read(file.path()).unwrap()
        })
        .collect();
    all.sort();
    all
}

#[tokio::test]
async fn the_image_before_comes_back_with_the_record() {
    let shelf = Shelf::new();
    shelf.journal().append(replaced(0, "old")).await.unwrap();
    assert_eq!(
        kept(&shelf),
        [b"GIF89a new".to_vec(), b"GIF89a old".to_vec()]
    );
    let folder = fs::metadata(shelf.path("logos")).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
    let before = |record: &orgdeck::domain::Record| {
        let Says::Intent {
            before: Seen::Org(org),
            ..
        } = &record.says
        else {
            panic!("an intent: {record:?}");
        };
        org.logo.known().unwrap().image.clone()
    };
    assert_eq!(before(&all(&shelf.journal()).await[0]), Some(image("old")));
    // Its address may be signed, and is written nowhere.
    assert!(
        !fs::read_to_string(shelf.path("journal.jsonl"))
            .unwrap()
            .contains("cdn.example")
    );
    fs::remove_dir_all(shelf.path("logos")).unwrap();
    assert_eq!(before(&all(&shelf.journal()).await[0]), None);
}

#[tokio::test]
async fn images_go_with_the_last_segment_that_speaks_of_them() {
    let shelf = Shelf::new();
    // Each record is a segment of its own; the newest is the one that is written.
    let journal = File::in_segments(&shelf.folder(), ("30d".parse::<Keep>().unwrap(), 1), wall);
    for (days, old) in [(40, "first"), (39, "second"), (2, "second")] {
        journal.append(replaced(days, old)).await.unwrap();
    }
    let new_and = |old: &str| [b"GIF89a new".to_vec(), format!("GIF89a {old}").into_bytes()];
    journal
        .append(entry("one", intent("a@b.example")))
        .await
        .unwrap();
    assert_eq!(
        kept(&shelf),
        new_and("second"),
        "only the first is of no use"
    );
}
