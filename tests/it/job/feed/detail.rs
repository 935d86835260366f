//! Details: the rest of each row, visible rows first, one failure alone.

use orgdeck::domain::query::Next;
use orgdeck::domain::{Cursor, Detail, Fault};
use orgdeck::job::{Ask, Feed};

use super::super::{Item, error};
use super::{keys, page, started, with_references};

fn detail(feed: &Feed<Item>, key: u32) -> &Detail {
    &feed.rows.find(&key).unwrap().detail
}

fn full(key: u32) -> Item {
    Item { key, text: "full" }
}

fn wanting(feed: &Feed<Item>) -> Vec<u32> {
    feed.wanting().copied().collect()
}

#[test]
fn wanted_rows_are_asked_in_the_order_of_the_screen_and_bounded() {
    let mut feed = with_references(0..10);
    let asks = feed.next(3, &[7, 8, 2, 0]);
    assert_eq!(asks, [Ask::Detail(7), Ask::Detail(8), Ask::Detail(2)]);
    assert_eq!(feed.next(3, &[0]), []);
    assert!(feed.is_busy() && !feed.is_reading());
    feed.detail(full(8));
    assert_eq!(feed.next(3, &[7, 8, 2, 0]), [Ask::Detail(0)]);
    assert_eq!(wanting(&feed), [1, 3, 4, 5, 6, 9]);
}

#[test]
fn pages_go_before_details() {
    let mut feed = started();
    let mut first = super::references([1, 2]);
    first.next = Next::Many(vec![Cursor::at("2"), Cursor::at("3")]);
    feed.page(&Cursor::FIRST, first);
    let asks = feed.next(3, &[1, 2]);
    let pages = ["2", "3"].map(|place| Ask::Page(Cursor::at(place)));
    assert_eq!(asks[..2], pages);
    assert_eq!(asks[2..], [Ask::Detail(1)]);
}

#[test]
fn whole_and_unknown_rows_are_not_asked_for() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1], None, Next::End));
    assert_eq!(feed.next(4, &[1, 99]), []);
}

#[test]
fn the_rest_of_a_row_replaces_its_reference_in_place() {
    let mut feed = with_references([1, 2]);
    feed.next(4, &[2]);
    feed.detail(full(2));
    assert_eq!(*detail(&feed, 2), Detail::Whole);
    assert_eq!(feed.rows.find(&2).unwrap().item.text, "full");
    assert_eq!(keys(&feed), [1, 2]);
    assert!(!feed.is_busy());
    feed.detail(full(3));
    assert_eq!(keys(&feed), [1, 2]);
}

#[test]
fn a_row_fails_alone_and_can_be_asked_for_again() {
    let mut feed = with_references([1, 2]);
    feed.next(4, &[1, 2]);
    feed.detail_failed(&1, error(Fault::TimedOut));
    feed.detail(full(2));
    let failed = Detail::Failed(Box::new(error(Fault::TimedOut)));
    assert_eq!(*detail(&feed, 1), failed);
    assert_eq!(*detail(&feed, 2), Detail::Whole);
    assert_eq!(feed.next(4, &[1, 2]), []);
    feed.retry(&1);
    feed.retry(&99);
    assert_eq!(feed.next(4, &[1, 2]), [Ask::Detail(1)]);
    feed.detail_failed(&2, error(Fault::Cut));
    assert_eq!(*detail(&feed, 2), Detail::Whole);
}

#[test]
fn stopping_leaves_rows_that_can_be_asked_for_again() {
    let mut feed = with_references([1, 2]);
    feed.next(1, &[1, 2]);
    feed.stop();
    let cancelled =
        matches!(detail(&feed, 1), Detail::Failed(why) if why.fault == Fault::Cancelled);
    assert!(cancelled, "{:?}", detail(&feed, 1));
    assert_eq!(*detail(&feed, 2), Detail::Wanted);
    assert!(!feed.is_busy());
    feed.retry(&1);
    assert_eq!(feed.next(4, &[1]), [Ask::Detail(1)]);
}
