//! Orders: made in pieces or at once they are the same, and nothing that is equal changes places.

use std::cell::Cell;
use std::cmp::Ordering;
use std::sync::LazyLock;

use orgdeck::domain::rows::{Keyed, Shelf};
use orgdeck::domain::{Fact, Profile, Row, Rows, Text};
use orgdeck::job::facts::{Beside, Facts};
use orgdeck::job::order::{Arrangeable, Lens, Order, Turn, arrange, row};
use proptest::prelude::*;

/// A record with a name to find it by and a rank that many share.
#[derive(Clone, Debug, PartialEq)]
struct Card {
    key: u32,
    name: String,
    rank: u8,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    Name,
    Rank,
}

impl Keyed for Card {
    type Key = u32;

    fn key(&self) -> &u32 {
        &self.key
    }

    fn texts(&self) -> Vec<&Text> {
        Vec::new()
    }
}

impl Facts for Card {
    const FIELDS: &'static [&'static str] = &["name"];
    const ALSO: &'static [&'static str] = &[];
    const SEARCHED: &'static [&'static str] = &["name"];

    fn profile(&self) -> &Profile {
        static ANY: LazyLock<Profile> = LazyLock::new(|| Profile::new("any"));
        &ANY
    }

    fn fact(&self, name: &str, _: &Beside) -> Option<Fact> {
        (name == "name").then(|| Fact::ours(&self.name))
    }
}

impl Arrangeable for Card {
    type By = By;

    fn compare(&self, other: &Self, by: By) -> Ordering {
        match by {
            By::Name => self.name.cmp(&other.name),
            By::Rank => self.rank.cmp(&other.rank),
        }
    }
}

fn put(rows: &mut Rows<Card>, (name, rank): (String, u8)) {
    let key = rows.len();
    rows.put(Row::whole(Card { key, name, rank }));
}

fn shelves(lists: &[Rows<Card>]) -> Vec<Shelf<Card>> {
    lists.iter().map(|rows| rows.shelf().clone()).collect()
}

fn ordered(lists: &[Shelf<Card>], lens: &Lens<By>, before: &Order) -> Order {
    arrange(lists, lens, before, &|| false).unwrap()
}

fn lens(text: &str, by: Option<By>, turn: Turn) -> Lens<By> {
    let text = text.to_owned();
    Lens {
        text,
        by,
        turn,
        beside: Beside::default(),
    }
}

fn list(cards: &[(&str, u8)]) -> Rows<Card> {
    let mut rows = Rows::default();
    for (name, rank) in cards {
        put(&mut rows, ((*name).to_owned(), *rank));
    }
    rows
}

fn names<'a>(lists: &'a [Shelf<Card>], order: &Order) -> Vec<&'a str> {
    let places = order.places.iter();
    places
        .map(|place| row(lists, *place).item.name.as_str())
        .collect()
}

fn any_card() -> impl Strategy<Value = (String, u8)> {
    ("[ab]{0,3}", 0_u8..4)
}

fn any_lens() -> impl Strategy<Value = Lens<By>> {
    let by = prop::sample::select(vec![None, Some(By::Name), Some(By::Rank)]);
    let turn = prop::sample::select(vec![Turn::Up, Turn::Down]);
    ("a?", by, turn).prop_map(|(text, by, turn)| lens(&text, by, turn))
}

/// What comes in, list by list: each batch is arranged before the next one comes.
fn any_arrivals() -> impl Strategy<Value = Vec<(usize, Vec<(String, u8)>)>> {
    let batch = (0_usize..3, prop::collection::vec(any_card(), 0..12));
    prop::collection::vec(batch, 0..12)
}

proptest! {
    #[test]
    fn an_order_made_in_pieces_is_the_order_made_at_once(
        arrivals in any_arrivals(),
        lens in any_lens(),
    ) {
        let mut lists = vec![Rows::default(); 3];
        let mut merged = Order::default();
        for (number, batch) in arrivals {
            for card in batch {
                put(&mut lists[number], card);
            }
            merged = ordered(&shelves(&lists), &lens, &merged);
            prop_assert!(merged.is_of(&shelves(&lists)));
        }
        let lists = shelves(&lists);
        let at_once = ordered(&lists, &lens, &Order::default());
        prop_assert_eq!(ordered(&lists, &lens, &merged), at_once);
    }

    #[test]
    fn an_order_holds_what_fits_once_sorted_and_equals_as_delivered(
        cards in prop::collection::vec(any_card(), 0..60),
        lens in any_lens(),
    ) {
        let mut rows = Rows::default();
        for card in cards {
            put(&mut rows, card);
        }
        let lists = shelves(&[rows]);
        let order = ordered(&lists, &lens, &Order::default());
        let fitting = lists[0].iter().filter(|row| row.item.name.contains(&lens.text)).count();
        prop_assert_eq!(order.places.len(), fitting);
        for pair in order.places.windows(2) {
            let items = [pair[0], pair[1]].map(|place| &row(&lists, place).item);
            let stands = lens.by.map_or(Ordering::Equal, |by| items[0].compare(items[1], by));
            let wrong = match lens.turn {
                Turn::Up => Ordering::Greater,
                Turn::Down => Ordering::Less,
            };
            prop_assert_ne!(stands, wrong);
            prop_assert!(stands != Ordering::Equal || pair[0] < pair[1]);
        }
    }
}

#[test]
fn lists_are_merged_by_the_column_and_follow_one_another_without_one() {
    let lists = shelves(&[list(&[("c", 1), ("a", 2)]), list(&[("b", 2), ("a", 1)])]);
    let shown = |by, turn| {
        let order = ordered(&lists, &lens("", by, turn), &Order::default());
        names(&lists, &order).join("")
    };
    assert_eq!(shown(None, Turn::Up), "caba");
    assert_eq!(shown(None, Turn::Down), "caba");
    assert_eq!(shown(Some(By::Name), Turn::Up), "aabc");
    assert_eq!(shown(Some(By::Rank), Turn::Up), "caab");
    assert_eq!(shown(Some(By::Rank), Turn::Down), "abca");
    assert_eq!(Turn::Up.reversed(), Turn::Down);
    assert_eq!(Turn::Down.reversed(), Turn::Up);
}

#[test]
fn an_order_of_lists_that_were_numbered_anew_counts_for_nothing() {
    let rows = list(&[("c", 0), ("b", 0), ("a", 0)]);
    let by_name = lens("", Some(By::Name), Turn::Up);
    let before = ordered(
        &shelves(std::slice::from_ref(&rows)),
        &by_name,
        &Order::default(),
    );
    let lists = shelves(&[rows.retain(|_, row| row.item.name != "b")]);
    assert!(!before.begins(&lists));
    let order = ordered(&lists, &by_name, &before);
    assert_eq!(names(&lists, &order), ["a", "c"]);
}

#[test]
fn an_order_of_other_lists_counts_for_nothing() {
    let rows = list(&[("a", 0)]);
    let by_name = lens("", Some(By::Name), Turn::Up);
    let one = shelves(std::slice::from_ref(&rows));
    let before = ordered(&one, &by_name, &Order::default());
    assert!(before.begins(&one) && before.is_of(&one));
    let two = shelves(&[rows, list(&[("b", 0)])]);
    assert!(!before.begins(&two) && !before.is_of(&two));
    assert_eq!(names(&two, &ordered(&two, &by_name, &before)), ["a", "b"]);
}

#[test]
fn an_order_grows_with_its_list_and_knows_that_it_did() {
    let mut rows = list(&[("b", 0)]);
    let by_name = lens("", Some(By::Name), Turn::Up);
    let before = ordered(
        &shelves(std::slice::from_ref(&rows)),
        &by_name,
        &Order::default(),
    );
    put(&mut rows, ("a".to_owned(), 0));
    let lists = shelves(&[rows]);
    assert!(before.begins(&lists) && !before.is_of(&lists));
    let order = ordered(&lists, &by_name, &before);
    assert_eq!(names(&lists, &order), ["a", "b"]);
    assert!(order.is_of(&lists));
}

#[test]
fn work_that_nobody_wants_any_more_stops() {
    let mut rows = Rows::default();
    for _ in 0..5_000 {
        put(&mut rows, ("a".to_owned(), 0));
    }
    let lists = shelves(&[rows]);
    let asked = Cell::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() == 3
    };
    let unsorted = lens("", None, Turn::Up);
    assert_eq!(arrange(&lists, &unsorted, &Order::default(), &stop), None);
    assert_eq!(asked.get(), 3);
}
