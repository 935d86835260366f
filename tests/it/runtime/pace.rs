//! Tests of when the loop wakes, and when it draws.

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream;
use orgdeck::app::Input;
use orgdeck::domain::News;
use orgdeck::domain::connection::Access;
use orgdeck::journal::memory::Memory;
use orgdeck::runtime;
use tokio::sync::mpsc;
use tokio::task::yield_now;
use tokio::time::{Instant, advance};

use super::{Board, Desk, Reads, Town, edges, pass};
use crate::support::fake;
use crate::support::rig::parse;

#[tokio::test(start_paused = true)]
async fn idle_is_nothing_drawn_and_nobody_woken() {
    let desk = Desk::open();
    pass(1000).await;
    let (frames, wakes) = (desk.board.frames(), desk.wakes());
    assert!(frames > 0 && !desk.board.model().org_lists().is_empty());
    pass(10_000).await;
    assert_eq!(desk.board.frames(), frames);
    assert_eq!(desk.wakes(), wakes);
}

#[tokio::test(start_paused = true)]
async fn the_first_frame_waits_for_no_answer() {
    let desk = Desk::over(Town::new(Reads::Never));
    let start = Instant::now();
    pass(1).await;
    let shown = desk.board.shown.lock().unwrap();
    assert_eq!(shown[0].0, start);
}

#[tokio::test(start_paused = true)]
async fn all_waiting_keys_are_taken_before_one_draw() {
    let desk = Desk::open();
    pass(1000).await;
    let before = desk.board.frames();
    desk.press(&"jk".repeat(500));
    pass(1000).await;
    let drawn = desk.board.frames() - before;
    assert!((1..=3).contains(&drawn), "{drawn} frames");
}

#[tokio::test(start_paused = true)]
async fn at_most_sixty_frames_are_drawn_in_a_second() {
    let desk = Desk::open();
    pass(1000).await;
    let before = desk.board.frames();
    for _ in 0..500 {
        desk.press("jk");
        pass(2).await;
    }
    let shown = desk.board.shown.lock().unwrap();
    assert!(
        (50..=61).contains(&(shown.len() - before)),
        "{}",
        shown.len()
    );
    for pair in shown[before..].windows(2) {
        let apart = pair[1].0 - pair[0].0;
        assert!(apart >= Duration::from_millis(16), "{apart:?}");
    }
}

/// Keys that never pause must not hide what they do.
#[tokio::test]
async fn keys_without_end_are_shown_all_the_same() {
    let board = Board::default();
    let seen = board.clone();
    let key = parse("j")[0];
    let keys = stream::unfold(10_000_000, |left: u32| {
        let goes_on = left > 0 && seen.frames() < 3;
        async move {
            // As every channel does: the loop lets others work in between.
            tokio::task::consume_budget().await;
            goes_on.then_some((Input::Key(key), left - 1))
        }
    });
    let town = Town::new(Reads::Never);
    let (edges, model) = edges(&town, &Arc::new(Memory::default()));
    let mut front = board.clone();
    let ending = runtime::run(&mut front, Box::pin(keys), edges, model).await;
    assert_eq!((ending, board.frames()), (None, 3));
}

/// Answers of a service that never pause hold back what they bring, and not what a key did.
#[tokio::test(start_paused = true)]
async fn facts_without_end_do_not_hold_a_key_back() {
    let (teller, told) = mpsc::unbounded_channel();
    let (keys, mut waiting) = mpsc::unbounded_channel();
    let town = Town::new(Reads::Never);
    let ((shared, mut session), model) = edges(&town, &Arc::new(Memory::default()));
    session.news = told;
    let board = Board::default();
    let mut front = board.clone();
    let input = Box::pin(stream::poll_fn(move |context| waiting.poll_recv(context)));
    let person = async {
        pass(1000).await;
        let before = board.frames();
        let drawn_after = async |milliseconds| {
            advance(Duration::from_millis(milliseconds)).await;
            for _ in 0..10 {
                yield_now().await;
            }
            board.frames() - before
        };
        for _ in 0..100_000 {
            let profile = fake::connection(Access::Full).profile;
            let wait = Duration::from_secs(1);
            teller.send(News::Scarce { profile, wait }).unwrap();
        }
        assert_eq!(drawn_after(50).await, 0);
        keys.send(Input::Key(parse("?")[0])).unwrap();
        assert_eq!(drawn_after(0).await, 0);
        assert_eq!(drawn_after(17).await, 1);
        assert_eq!(board.model().overlays.len(), 1);
        assert_eq!(drawn_after(98).await, 1);
        assert_eq!(drawn_after(2).await, 2);
    };
    tokio::select! {
        _ = runtime::run(&mut front, input, (shared, session), model) => panic!("it ended"),
        () = person => {}
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_drawn_until_the_last_frame_has_left() {
    let (board, ready) = Board::new(false);
    let desk = Desk::on(Town::new(Reads::Answered), board);
    pass(500).await;
    desk.press("jk?");
    pass(500).await;
    assert_eq!(desk.board.frames(), 0);
    ready.send(true).unwrap();
    pass(1).await;
    assert_eq!(desk.board.frames(), 1);
    assert_eq!(desk.board.model().overlays.len(), 1);
}

/// A spinner turns four times a second, and stops with what it stands for.
#[tokio::test(start_paused = true)]
async fn what_moves_by_itself_is_drawn_no_oftener_than_it_moves() {
    let desk = Desk::over(Town::new(Reads::Never));
    pass(10).await;
    let before = desk.board.frames();
    pass(2000).await;
    let turns = desk.board.frames() - before;
    assert!((7..=9).contains(&turns), "{turns} frames in two seconds");
    desk.press("<esc>");
    pass(100).await;
    let stopped = desk.board.frames();
    pass(10_000).await;
    assert_eq!(desk.board.frames(), stopped);
}
