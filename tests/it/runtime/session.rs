//! Tests of what a session leaves behind: reads end with it, writes do not.

use orgdeck::app::Input;
use orgdeck::app::effect::Ending;
use orgdeck::app::place::Size;
use orgdeck::domain::Outcome;
use orgdeck::domain::entry::Event;
use tokio::sync::MutexGuard;

use super::{Desk, Reads, Town, pass};

/// A revocation that was agreed to and has gone out; the service keeps it until the brake is let go.
async fn writing(desk: &Desk) -> MutexGuard<'_, ()> {
    let brake = desk.town.fake.brake.lock().await;
    pass(1000).await;
    desk.press("4");
    pass(1000).await;
    desk.press("D");
    pass(1000).await;
    desk.press("y");
    pass(1000).await;
    assert_eq!(desk.town.fake.sent(), ["DELETE /invites/inv_1"]);
    brake
}

/// How the journal's entries end.
fn outcomes(desk: &Desk) -> Vec<Outcome> {
    let entries = desk.journal.entries();
    let ended = entries.into_iter().filter_map(|entry| match entry.event {
        Event::Ended { outcome, .. } => Some(*outcome),
        _ => None,
    });
    ended.collect()
}

#[tokio::test(start_paused = true)]
async fn r34_escape_stops_reads_that_never_end() {
    let desk = Desk::over(Town::new(Reads::Never));
    pass(100).await;
    assert!(desk.town.asked() > 0);
    desk.press("<esc>");
    pass(1).await;
    assert_eq!(desk.town.asked(), 0);
    assert!(!desk.session.is_finished());
}

#[tokio::test(start_paused = true)]
async fn quitting_does_not_wait_for_reads() {
    let desk = Desk::over(Town::new(Reads::Never));
    pass(100).await;
    desk.press("q");
    assert_eq!(desk.session.await.unwrap(), Some(Ending::Quit));
    assert_eq!(desk.town.asked(), 0);
}

#[tokio::test(start_paused = true)]
async fn quitting_waits_for_a_write_and_shows_it() {
    let desk = Desk::open();
    let brake = writing(&desk).await;
    desk.press("q");
    pass(5000).await;
    assert!(!desk.session.is_finished());
    let hint = desk.board.model().notices.hint;
    assert!(hint.unwrap().raw().contains("waiting"));
    drop(brake);
    pass(1).await;
    assert!(desk.session.is_finished());
    assert!(matches!(outcomes(&desk)[..], [Outcome::Done(_)]));
}

#[tokio::test(start_paused = true)]
async fn r18_a_write_outlives_a_session_that_is_dropped() {
    let desk = Desk::open();
    let brake = writing(&desk).await;
    desk.session.abort();
    pass(10).await;
    assert!(desk.session.is_finished());
    assert!(outcomes(&desk).is_empty());
    drop(brake);
    pass(10).await;
    assert!(matches!(outcomes(&desk)[..], [Outcome::Done(_)]));
    assert!(desk.town.fake.invites.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn r18_a_terminal_that_is_gone_ends_the_session_and_its_reads() {
    let mut desk = Desk::over(Town::new(Reads::Never));
    pass(100).await;
    desk.input = None;
    assert_eq!(desk.session.await.unwrap(), None);
    assert_eq!(desk.town.asked(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_write_is_done_and_its_list_read_again() {
    let desk = Desk::open();
    drop(writing(&desk).await);
    pass(1000).await;
    assert!(matches!(outcomes(&desk)[..], [Outcome::Done(_)]));
    let lists = desk.board.model().invite_lists();
    assert!(lists.iter().all(orgdeck::domain::rows::Shelf::is_empty));
}

#[tokio::test(start_paused = true)]
async fn stopping_and_drawing_anew_reach_the_front() {
    let desk = Desk::open();
    pass(100).await;
    desk.press("<c-l><c-z>");
    desk.send(Input::Stop);
    pass(100).await;
    let told = desk.board.told.lock().unwrap();
    assert_eq!(*told, ["redraw", "suspend", "suspend"]);
}

#[tokio::test(start_paused = true)]
async fn another_size_is_shown() {
    let desk = Desk::open();
    pass(100).await;
    let size = Size {
        width: 60,
        height: 20,
    };
    desk.send(Input::Size(size));
    pass(100).await;
    assert_eq!(desk.board.model().size, size);
}
