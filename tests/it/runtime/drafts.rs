//! Tests of keeping drafts: beside the loop, whole before a session ends, and found by the next one.

use std::fs;
use std::path::Path;

use orgdeck::app::effect::Ending;
use orgdeck::app::layer::Overlay;
use orgdeck::app::model::Model;
use orgdeck::files::Drafts;
use tempfile::TempDir;

use super::{Board, Desk, Reads, Town, pass};

fn session(folder: &Path, name: &str) -> Desk {
    let drafts = Drafts::new(&folder.join("drafts"), name);
    Desk::keeping(Town::new(Reads::Answered), Board::default(), Some(drafts))
}

/// What the files of drafts hold, all of them together.
fn kept(folder: &Path) -> String {
    let Ok(entries) = fs::read_dir(folder.join("drafts")) else {
        return String::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let drafts = paths.filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    drafts
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

fn form_text(model: &Model) -> Option<String> {
    let Some(Overlay::Form(form)) = model.overlays.last() else {
        return None;
    };
    let input = form.field("email")?.entry.input()?;
    Some(input.value().to_owned())
}

async fn typing(desk: &Desk) {
    pass(1000).await;
    desk.press("i");
    pass(1000).await;
    desk.press("kim@acme.example");
}

#[tokio::test(start_paused = true)]
async fn it_is_on_the_disk_within_two_seconds() {
    let home = TempDir::new().unwrap();
    let desk = session(home.path(), "one");
    typing(&desk).await;
    pass(1900).await;
    assert!(kept(home.path()).contains("kim@acme.example"));
    desk.press("<c-u>");
    pass(1900).await;
    assert_eq!(kept(home.path()), "", "nor is it kept when it is gone");
}

#[tokio::test(start_paused = true)]
async fn a_terminal_that_is_gone_loses_nothing() {
    let home = TempDir::new().unwrap();
    let mut desk = session(home.path(), "one");
    typing(&desk).await;
    desk.input = None;
    assert_eq!(desk.session.await.unwrap(), None);
    assert!(kept(home.path()).contains("kim@acme.example"));
}

#[tokio::test(start_paused = true)]
async fn closing_and_quitting_at_once_loses_nothing_and_the_next_session_offers_it() {
    let home = TempDir::new().unwrap();
    let desk = session(home.path(), "one");
    typing(&desk).await;
    desk.press("<esc>q");
    assert_eq!(desk.session.await.unwrap(), Some(Ending::Quit));
    assert!(kept(home.path()).contains("kim@acme.example"));

    let next = session(home.path(), "two");
    pass(1000).await;
    let notice = next.board.model().notices.top().unwrap().happened();
    assert!(notice.contains("a draft of a form"), "{notice}");
    next.press("i");
    pass(1000).await;
    assert_eq!(form_text(&next.board.model()).unwrap(), "");
    next.press("<c-t>");
    pass(1000).await;
    assert_eq!(form_text(&next.board.model()).unwrap(), "kim@acme.example");
    let names: Vec<_> = fs::read_dir(home.path().join("drafts")).unwrap().collect();
    assert_eq!(names.len(), 2, "its own draft, and its lock");
    assert_eq!(kept(home.path()).matches("kim@acme").count(), 1);
}

#[tokio::test(start_paused = true)]
async fn two_consoles_keep_both() {
    let home = TempDir::new().unwrap();
    let (one, two) = (session(home.path(), "one"), session(home.path(), "two"));
    typing(&one).await;
    typing(&two).await;
    two.press("<bs><bs>");
    pass(3000).await;
    let kept = kept(home.path());
    assert!(kept.contains("kim@acme.example\"") && kept.contains("kim@acme.examp\""));
    assert!(
        two.board.model().notices.top().is_none(),
        "the other is alive"
    );
}

#[tokio::test(start_paused = true)]
async fn a_folder_that_cannot_be_used_is_said_once_and_the_form_goes_on() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("drafts"), "no folder").unwrap();
    let desk = session(home.path(), "one");
    typing(&desk).await;
    pass(3000).await;
    desk.press("x");
    pass(3000).await;
    let model = desk.board.model();
    let notices: Vec<String> = model
        .notices
        .all()
        .iter()
        .map(orgdeck::app::notice::Notice::happened)
        .collect();
    let said = notices
        .iter()
        .filter(|said| said.contains("in memory alone"));
    assert_eq!(said.count(), 1, "{notices:?}");
    assert_eq!(form_text(&model).unwrap(), "kim@acme.examplex");
}
