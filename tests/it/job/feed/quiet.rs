//! Readings that nobody waits for: nothing of them is seen but what they bring.

use orgdeck::domain::query::Next;
use orgdeck::domain::{Cursor, Detail, Fault};
use orgdeck::job::feed::{Short, Stage};
use orgdeck::job::{Ask, Feed};

use super::super::{Item, error};
use super::{begin, count, item, keys, one, page, references, started, with_references};

/// A list of three that was read, and is being read again by itself.
fn renewed() -> Feed<Item> {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1, 2, 3], None, Next::End));
    assert!(feed.renew());
    assert_eq!(feed.next(4, []), [Ask::Page(Cursor::FIRST)]);
    feed
}

#[test]
fn it_is_shown_as_it_was_until_the_end() {
    let mut feed = renewed();
    assert!(feed.is_quiet() && feed.is_reading());
    assert_eq!(
        (feed.stage(), count(&feed)),
        (&Stage::Whole, "3".to_owned())
    );
    feed.page(&Cursor::FIRST, page([4, 3], None, one("2")));
    assert_eq!(
        (feed.stage(), keys(&feed)),
        (&Stage::Whole, vec![1, 2, 3, 4])
    );
    feed.next(1, []);
    feed.page(&Cursor::at("2"), page([1], None, Next::End));
    assert_eq!((feed.stage(), keys(&feed)), (&Stage::Whole, vec![1, 3, 4]));
    assert!(!feed.is_quiet() && !feed.is_reading());
}

#[test]
fn a_failure_takes_nothing_away_and_is_told() {
    let mut feed = renewed();
    feed.page_failed(&Cursor::FIRST, error(Fault::TimedOut));
    assert_eq!(*feed.stage(), Stage::Failed(error(Fault::TimedOut)));
    assert_eq!(keys(&feed), [1, 2, 3]);
    assert!(feed.renew(), "it is tried again");
    assert_eq!(*feed.stage(), Stage::Failed(error(Fault::TimedOut)));
    feed.next(1, []);
    feed.page(&Cursor::FIRST, page([1], None, Next::End));
    assert_eq!((feed.stage(), keys(&feed)), (&Stage::Whole, vec![1]));
}

#[test]
fn given_up_it_is_as_if_it_had_not_begun() {
    for give_up in [Feed::give_up, Feed::stop] {
        let mut feed = renewed();
        give_up(&mut feed);
        assert_eq!((feed.stage(), keys(&feed)), (&Stage::Whole, vec![1, 2, 3]));
        assert!(!feed.is_busy() && !feed.is_quiet());
        feed.page(&Cursor::FIRST, page([9], None, Next::End));
        assert_eq!(keys(&feed), [1, 2, 3], "a late page is dropped");
    }
}

#[test]
fn what_is_known_of_a_row_is_not_asked_for_again() {
    let mut feed = with_references([1, 2, 3, 4]);
    feed.next(4, &[1, 2, 3]);
    feed.detail(item(1));
    feed.detail_failed(&2, error(Fault::TimedOut));
    feed.detail_failed(&3, error(Fault::Missing));
    feed.next(4, &[4]);
    feed.detail(item(4));
    assert!(feed.renew());
    feed.next(4, []);
    feed.page(&Cursor::FIRST, references([1, 2, 3, 4, 5]));
    let asks = feed.next(8, &[1, 2, 3, 4, 5]);
    assert_eq!(asks, [Ask::Detail(2), Ask::Detail(5)]);
    assert_eq!(feed.rows.find(&1).unwrap().detail, Detail::Whole);
}

#[test]
fn somebody_who_asks_takes_it_over() {
    let mut feed = renewed();
    begin(&mut feed);
    assert!(!feed.is_quiet());
    assert_eq!(*feed.stage(), Stage::Reading);
}

#[test]
fn lists_that_were_stopped_are_long_or_unread_are_left_alone() {
    let mut unread = Feed::<Item>::default();
    assert!(!unread.renew());
    let mut reading = started();
    assert!(!reading.renew());
    reading.stop();
    assert_eq!(*reading.stage(), Stage::Partial(Short::Stopped));
    assert!(!reading.renew());
    let mut long = started();
    long.page(&Cursor::FIRST, page([0], None, one("1")));
    for number in 1..5 {
        long.next(1, []);
        let next = if number == 4 {
            Next::End
        } else {
            one(&(number + 1).to_string())
        };
        long.page(&Cursor::at(number.to_string()), page([number], None, next));
    }
    assert_eq!(*long.stage(), Stage::Whole);
    assert!(!long.renew());
}
