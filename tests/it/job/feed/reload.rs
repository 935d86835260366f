//! Reading again: rows stay until they were met again, or the reading has come to its end.

use orgdeck::domain::query::Next;
use orgdeck::domain::{Cursor, Detail, Fault};
use orgdeck::job::feed::{Short, Stage};
use orgdeck::job::{Ask, Feed};

use super::super::{Item, error};
use super::{begin, count, keys, one, page, references, started, with_references};

fn loaded() -> Feed<Item> {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1, 2, 3], None, Next::End));
    feed
}

#[test]
fn rows_stay_until_the_end_and_then_only_those_that_were_met() {
    let mut feed = loaded();
    begin(&mut feed);
    assert_eq!(keys(&feed), [1, 2, 3]);
    feed.page(&Cursor::FIRST, page([4, 3], None, one("2")));
    assert_eq!(keys(&feed), [1, 2, 3, 4]);
    let epoch = feed.rows.epoch();
    feed.next(1, []);
    feed.page(&Cursor::at("2"), page([1], None, Next::End));
    assert_eq!((keys(&feed), count(&feed)), (vec![1, 3, 4], "3".to_owned()));
    assert_eq!(feed.rows.epoch(), epoch + 1);
}

#[test]
fn rows_keep_their_numbers_when_none_has_gone() {
    let mut feed = loaded();
    begin(&mut feed);
    let epoch = feed.rows.epoch();
    feed.page(&Cursor::FIRST, page([3, 2, 1], None, Next::End));
    assert_eq!((keys(&feed), feed.rows.epoch()), (vec![1, 2, 3], epoch));
}

#[test]
fn r36_a_reading_that_fails_or_is_stopped_takes_nothing_away() {
    for fails in [true, false] {
        let mut feed = loaded();
        begin(&mut feed);
        feed.page(&Cursor::FIRST, page([3], None, one("1")));
        feed.next(1, []);
        if fails {
            feed.page_failed(&Cursor::at("1"), error(Fault::Unavailable));
            assert_eq!(*feed.stage(), Stage::Failed(error(Fault::Unavailable)));
        } else {
            feed.stop();
        }
        assert_eq!(keys(&feed), [1, 2, 3]);
    }
}

#[test]
fn what_is_known_stays_until_its_rest_was_read_again() {
    let mut feed = with_references([1]);
    feed.next(1, &[1]);
    feed.detail(Item {
        key: 1,
        text: "old",
    });
    begin(&mut feed);
    feed.page(&Cursor::FIRST, references([1]));
    let row = feed.rows.find(&1).unwrap();
    assert_eq!((row.item.text, &row.detail), ("old", &Detail::Wanted));
    assert_eq!(feed.next(4, &[1]), [Ask::Detail(1)]);
    feed.detail(Item {
        key: 1,
        text: "new",
    });
    assert_eq!(feed.rows.find(&1).unwrap().item.text, "new");
}

#[test]
fn a_question_that_the_reload_cut_short_is_asked_again_even_if_the_reload_fails() {
    let mut feed = with_references([1]);
    feed.next(1, &[1]);
    begin(&mut feed);
    feed.page_failed(&Cursor::FIRST, error(Fault::TimedOut));
    assert_eq!(feed.next(4, &[1]), [Ask::Detail(1)]);
}

#[test]
fn a_row_that_is_met_while_its_question_is_under_way_is_not_asked_twice() {
    let mut feed = with_references([1]);
    begin(&mut feed);
    assert_eq!(feed.next(4, &[1]), [Ask::Detail(1)]);
    feed.page(&Cursor::FIRST, references([1]));
    assert_eq!(feed.next(4, &[1]), []);
    feed.detail(Item {
        key: 1,
        text: "new",
    });
    assert_eq!(feed.rows.find(&1).unwrap().detail, Detail::Whole);
    assert!(!feed.is_busy());
}

#[test]
fn a_page_of_the_reading_before_is_dropped() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1], None, one("1")));
    feed.next(1, []);
    feed.start();
    feed.page(&Cursor::at("1"), page([2], None, one("2")));
    assert_eq!(keys(&feed), [1]);
    assert_eq!(feed.next(4, []), [Ask::Page(Cursor::FIRST)]);
}

#[test]
fn the_counts_of_the_reading_before_are_forgotten() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1], Some(9), one("1")));
    begin(&mut feed);
    assert_eq!(feed.total(), None);
    let mut short = feed.clone();
    short.page(&Cursor::FIRST, page([1], Some(2), Next::End));
    assert_eq!(*short.stage(), Stage::Partial(Short::Shifted));
    feed.page(&Cursor::FIRST, page([1], Some(1), Next::End));
    assert_eq!(
        (feed.stage(), count(&feed)),
        (&Stage::Whole, "1".to_owned())
    );
}

#[test]
fn the_count_of_a_whole_list_stays_when_it_cannot_be_read_again() {
    let failure = || error(Fault::TimedOut);
    let mut feed = started();
    feed.page_failed(&Cursor::FIRST, failure());
    assert_eq!((count(&feed).as_str(), feed.is_counted()), ("0+", false));
    begin(&mut feed);
    feed.page(&Cursor::FIRST, page(1..=3, None, Next::End));
    assert_eq!(count(&feed), "3");
    begin(&mut feed);
    assert_eq!(count(&feed), "3+", "it is being read");
    feed.page_failed(&Cursor::FIRST, failure());
    assert_eq!((count(&feed).as_str(), feed.is_counted()), ("3", true));
    begin(&mut feed);
    feed.page(&Cursor::FIRST, page(4..=6, None, one("b")));
    assert_eq!(feed.next(1, []).len(), 1);
    feed.page_failed(&Cursor::at("b"), failure());
    assert_eq!(count(&feed), "6+", "rows of two readings are no list");
}
