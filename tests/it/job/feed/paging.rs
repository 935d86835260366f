//! Pages: in order or all at once, with totals that lie and rows that come twice.

use orgdeck::domain::query::Next;
use orgdeck::domain::{Cursor, Fault, Member, Page, Row, Text, Told};
use orgdeck::job::feed::{Short, Stage};
use orgdeck::job::{Ask, Feed};
use proptest::prelude::*;

use super::super::{Item, error};
use super::{count, item, keys, one, page, references, started};
use crate::support::rig::{member, org_id};

#[test]
fn one_page_leads_to_the_next_until_the_end() {
    let mut feed = started();
    assert!(feed.is_reading());
    feed.page(&Cursor::FIRST, page([1, 2], None, one("2")));
    assert_eq!(count(&feed), "2+");
    assert_eq!(feed.next(4, []), [Ask::Page(Cursor::at("2"))]);
    assert_eq!(feed.next(4, []), []);
    feed.page(&Cursor::at("2"), page([3], None, Next::End));
    assert_eq!(*feed.stage(), Stage::Whole);
    assert_eq!((keys(&feed), count(&feed)), (vec![1, 2, 3], "3".to_owned()));
    assert!(!feed.is_busy());
}

#[test]
fn a_known_total_is_told_while_pages_are_missing() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page(0..50, Some(132), one("50")));
    assert_eq!(
        (feed.total(), count(&feed)),
        (Some(132), "50 of 132".to_owned())
    );
    feed.next(1, []);
    feed.page(&Cursor::at("50"), page(50..132, None, Next::End));
    assert_eq!((feed.total(), count(&feed)), (Some(132), "132".to_owned()));
    assert_eq!(*feed.stage(), Stage::Whole);
}

#[test]
fn an_empty_list_is_whole() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, references([]));
    assert_eq!(
        (feed.stage(), count(&feed)),
        (&Stage::Whole, "0".to_owned())
    );
}

#[test]
fn pages_at_once_are_bounded_and_may_come_in_any_order() {
    let mut feed = started();
    let rest = (1..8).map(|n| Cursor::at(n.to_string())).collect();
    feed.page(&Cursor::FIRST, page([0], Some(8), Next::Many(rest)));
    let mut under_way = feed.next(3, []);
    assert_eq!(under_way.len(), 3);
    while let Some(Ask::Page(cursor)) = under_way.pop() {
        assert_eq!(feed.next(3, []), []);
        let key = cursor.place().unwrap().parse().unwrap();
        feed.page(&cursor, page([key], Some(8), Next::End));
        under_way.extend(feed.next(3, []));
    }
    assert_eq!(*feed.stage(), Stage::Whole);
    assert_eq!(feed.rows.len(), 8);
}

#[test]
fn what_was_not_asked_for_is_dropped() {
    let mut feed = started();
    feed.page(&Cursor::at("9"), page([9], Some(9), one("10")));
    feed.page(&Cursor::FIRST, page([1], None, Next::End));
    feed.page(&Cursor::FIRST, page([2], None, one("1")));
    assert_eq!((keys(&feed), feed.stage()), (vec![1], &Stage::Whole));
    assert_eq!(feed.next(4, []), []);
    let mut idle = Feed::default();
    idle.page(&Cursor::FIRST, page([1], None, Next::End));
    assert_eq!((idle.rows.len(), idle.stage()), (0, &Stage::Idle));
}

#[test]
fn a_total_that_is_too_small_hides_no_row() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1, 2, 3], Some(2), one("3")));
    assert_eq!(count(&feed), "3+");
    feed.next(1, []);
    feed.page(&Cursor::at("3"), page([4], Some(2), Next::End));
    assert_eq!(
        (feed.stage(), count(&feed)),
        (&Stage::Whole, "4".to_owned())
    );
}

#[test]
fn a_list_that_ends_before_its_total_is_not_whole() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1, 2], Some(5), one("2")));
    feed.next(1, []);
    feed.page(&Cursor::at("2"), page([], Some(5), Next::End));
    assert_eq!(*feed.stage(), Stage::Partial(Short::Shifted));
    assert_eq!(
        (keys(&feed), count(&feed)),
        (vec![1, 2], "2 of 5".to_owned())
    );
}

#[test]
fn r42_a_total_that_shrinks_means_that_a_row_may_have_been_skipped() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1, 2, 3], Some(6), one("3")));
    feed.next(1, []);
    feed.page(&Cursor::at("3"), page([5, 6], Some(5), Next::End));
    assert_eq!(*feed.stage(), Stage::Partial(Short::Shifted));
}

#[test]
fn r42_a_page_that_does_not_join_on_means_that_a_row_may_have_been_skipped() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1, 2, 3], None, one("3")));
    feed.next(1, []);
    let torn = Page {
        is_torn: true,
        ..page([5, 6], None, one("5"))
    };
    feed.page(&Cursor::at("3"), torn);
    assert_eq!(*feed.stage(), Stage::Reading);
    feed.next(1, []);
    feed.page(&Cursor::at("5"), page([7], Some(6), Next::End));
    assert_eq!(*feed.stage(), Stage::Partial(Short::Shifted));
    assert_eq!(keys(&feed), [1, 2, 3, 5, 6, 7]);
}

#[test]
fn a_total_that_grows_with_the_list_is_no_harm() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1, 2], Some(3), one("2")));
    feed.next(1, []);
    feed.page(&Cursor::at("2"), page([3, 4], Some(4), Next::End));
    assert_eq!(
        (feed.stage(), count(&feed)),
        (&Stage::Whole, "4".to_owned())
    );
}

#[test]
fn r43_a_page_that_only_repeats_ends_the_reading_and_does_not_make_it_whole() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1, 2], Some(9), one("2")));
    feed.next(1, []);
    feed.page(&Cursor::at("2"), page([1, 2], Some(9), one("4")));
    assert_eq!(feed.next(4, []), []);
    assert_eq!(*feed.stage(), Stage::Partial(Short::Shifted));
    assert_eq!(keys(&feed), [1, 2]);
}

#[test]
fn r42_a_row_that_moves_to_the_next_page_is_one_row() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1, 2], Some(4), one("2")));
    feed.next(1, []);
    let mut second = page([2, 3, 4], Some(4), Next::End);
    second.rows[0].item.text = "renamed";
    feed.page(&Cursor::at("2"), second);
    assert_eq!(
        (keys(&feed), feed.stage()),
        (vec![1, 2, 3, 4], &Stage::Whole)
    );
    assert_eq!(feed.rows.find(&2).unwrap().item.text, "renamed");
}

#[test]
fn a_row_twice_in_a_list_that_came_whole_is_one_row_of_a_whole_list() {
    let mut feed = started();
    let rows = [1, 2, 1].map(|key| Row::whole(item(key)));
    feed.page(&Cursor::FIRST, Page::whole(rows.into()));
    assert_eq!((keys(&feed), feed.stage()), (vec![1, 2], &Stage::Whole));
    assert_eq!(count(&feed), "2");
}

#[test]
fn a_failure_ends_the_reading_and_keeps_what_came() {
    let mut feed = started();
    let rest = vec![Cursor::at("1"), Cursor::at("2"), Cursor::at("3")];
    feed.page(&Cursor::FIRST, page([0], None, Next::Many(rest)));
    assert_eq!(feed.next(2, []).len(), 2);
    feed.page_failed(&Cursor::at("1"), error(Fault::TimedOut));
    let failed = Stage::Failed(error(Fault::TimedOut));
    assert_eq!((feed.next(4, []), feed.stage()), (vec![], &failed));
    feed.page(&Cursor::at("2"), page([2], None, one("9")));
    assert_eq!((feed.next(4, []), feed.stage()), (vec![], &failed));
    assert_eq!((keys(&feed), count(&feed)), (vec![0, 2], "2+".to_owned()));
    feed.page_failed(&Cursor::at("3"), error(Fault::Cut));
    assert_eq!(*feed.stage(), failed);
}

#[test]
fn stopping_asks_nothing_more_and_drops_what_comes_late() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page([1], Some(3), one("1")));
    feed.next(1, []);
    feed.stop();
    assert_eq!(*feed.stage(), Stage::Partial(Short::Stopped));
    feed.page(&Cursor::at("1"), page([2], Some(3), one("2")));
    assert_eq!(feed.next(4, []), []);
    assert_eq!((keys(&feed), count(&feed)), (vec![1], "1 of 3".to_owned()));
    let mut whole = started();
    whole.page(&Cursor::FIRST, references([]));
    whole.stop();
    assert_eq!(*whole.stage(), Stage::Whole);
}

/// A service with `size` rows in pages of `length`, which names the next page or all of them.
#[derive(Clone, Debug)]
struct Service {
    size: u32,
    length: u32,
    all_at_once: bool,
}

impl Service {
    fn answer(&self, cursor: &Cursor) -> Page<Item> {
        let from = cursor.place().map_or(0, |place| place.parse().unwrap());
        let end = self.size.min(from + self.length);
        let at = |from: u32| Cursor::at(from.to_string());
        let starts = (self.length..self.size).step_by(self.length as usize);
        let next = match (self.all_at_once, from) {
            (true, 0) => Next::Many(starts.map(at).collect()),
            (false, _) if end < self.size => Next::One(at(end)),
            _ => Next::End,
        };
        page(from..end, Some(u64::from(self.size)), next)
    }
}

#[test]
fn no_list_is_read_beyond_a_million_rows() {
    let mut feed = started();
    feed.page(&Cursor::FIRST, page(0..999_999, Some(2_000_000), one("b")));
    assert!(feed.is_reading());
    feed.next(1, []);
    feed.page(&Cursor::at("b"), page([999_999], None, one("c")));
    assert_eq!(*feed.stage(), Stage::Partial(Short::TooLong));
    assert_eq!(feed.next(4, []), []);
    assert_eq!(count(&feed), "1000000 of 2000000");
}

#[test]
fn a_list_of_heavy_rows_ends_before_it_takes_the_memory() {
    let org = org_id("shop", "acme");
    let text = Text::from("x".repeat(1 << 20));
    let heavy = |number: u32| {
        let mut member = member(&org, &number.to_string(), "member");
        member.metadata = Told::Is(text.clone());
        Row::whole(member)
    };
    let mut feed: Feed<Member> = Feed::default();
    feed.start();
    let mut read = 0;
    while let Some(Ask::Page(cursor)) = feed.next(1, []).pop() {
        let rows = (read..read + 50).map(heavy).collect();
        read += 50;
        let next = one(&read.to_string());
        feed.page(
            &cursor,
            Page {
                rows,
                total: None,
                next,
                is_torn: false,
            },
        );
    }
    assert_eq!(*feed.stage(), Stage::Partial(Short::TooLong));
    assert_eq!((feed.rows.len(), feed.count().raw()), (450, "450+"));
}

proptest! {
    #[test]
    fn every_row_of_an_honest_service_arrives_once(
        (size, length, at_once) in (0_u32..200, 1_u32..40, 1_usize..9),
        all_at_once in any::<bool>(),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 300),
    ) {
        let service = Service { size, length, all_at_once };
        let mut feed = Feed::default();
        feed.start();
        let (mut under_way, mut asked) = (Vec::new(), Vec::new());
        for pick in picks {
            under_way.extend(feed.next(at_once, []));
            prop_assert!(under_way.len() <= at_once);
            if under_way.is_empty() {
                break;
            }
            let Ask::Page(cursor) = under_way.swap_remove(pick.index(under_way.len())) else {
                panic!("whole rows need no details");
            };
            prop_assert!(!asked.contains(&cursor));
            feed.page(&cursor, service.answer(&cursor));
            asked.push(cursor);
        }
        let mut found = keys(&feed);
        found.sort_unstable();
        prop_assert_eq!(found, (0..size).collect::<Vec<_>>());
        prop_assert_eq!(feed.stage(), &Stage::Whole);
    }
}
