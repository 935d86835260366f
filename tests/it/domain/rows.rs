//! Long lists: numbers never move, snapshots never change, one row for each identity.

use std::collections::BTreeMap;

use orgdeck::domain::rows::Keyed;
use orgdeck::domain::{Detail, Row, Rows, Text, Told};
use proptest::prelude::*;

use crate::support::rig::{member, org_id};

#[derive(Clone, Debug, PartialEq)]
struct Item {
    key: u16,
    value: u32,
}

impl Keyed for Item {
    type Key = u16;

    fn key(&self) -> &u16 {
        &self.key
    }

    fn texts(&self) -> Vec<&Text> {
        Vec::new()
    }
}

fn row(key: u16, value: u32) -> Row<Item> {
    Row::whole(Item { key, value })
}

fn filled(count: u16) -> Rows<Item> {
    let mut rows = Rows::default();
    for key in 0..count {
        rows.put(row(key, 0));
    }
    rows
}

fn values(rows: &Rows<Item>) -> Vec<(u16, u32)> {
    let items = rows.iter().map(|row| &row.item);
    items.map(|item| (item.key, item.value)).collect()
}

proptest! {
    #[test]
    fn rows_are_a_map_in_the_order_of_arrival(puts in prop::collection::vec((0_u16..600, 0_u32..9), 0..1_500)) {
        let mut rows = Rows::default();
        let (mut order, mut latest) = (Vec::new(), BTreeMap::new());
        for (key, value) in puts {
            if latest.insert(key, value).is_none() {
                order.push(key);
            }
            let number = rows.put(row(key, value));
            prop_assert_eq!(order[number as usize], key);
        }
        let wanted: Vec<_> = order.iter().map(|key| (*key, latest[key])).collect();
        prop_assert_eq!(values(&rows), wanted);
        prop_assert_eq!(rows.len() as usize, order.len());
        for (number, key) in (0..).zip(&order) {
            prop_assert_eq!(rows.number(key), Some(number));
            prop_assert_eq!(rows.row(number).item.key, *key);
        }
    }
}

#[test]
fn a_snapshot_stays_as_it_was_taken() {
    let mut rows = filled(1_025);
    let snapshot = rows.shelf().clone();
    rows.put(row(3, 7));
    rows.change(1_024, |row| row.detail = Detail::Asked);
    rows.put(row(5_000, 1));
    assert_eq!(snapshot.len(), 1_025);
    assert!(
        snapshot
            .iter()
            .all(|row| *row == self::row(row.item.key, 0))
    );
    assert_eq!(rows.find(&3).unwrap().item.value, 7);
    assert_eq!(rows.row(1_024).detail, Detail::Asked);
    assert_ne!(snapshot, *rows.shelf());
}

#[test]
fn unknown_identities_are_not_found() {
    let rows = filled(2);
    assert!(rows.find(&2).is_none());
    assert_eq!(rows.number(&2), None);
    assert!(Rows::<Item>::default().is_empty() && !rows.is_empty());
}

#[test]
fn what_is_kept_is_numbered_anew_in_another_epoch() {
    let rows = filled(1_200);
    let kept = rows.retain(|_, row| row.item.key % 3 == 0);
    assert_eq!((kept.len(), kept.epoch()), (400, 1));
    assert_eq!(kept.number(&1_197), Some(399));
    assert_eq!(kept.number(&1), None);
    assert_eq!((rows.len(), rows.epoch()), (1_200, 0));
    assert_eq!(kept.retain(|_, _| true).epoch(), 2);
}

#[test]
fn what_neighbours_have_in_common_is_kept_once() {
    let org = org_id("shop", "acme");
    let mut rows = Rows::default();
    for (key, role) in [("ana", "admin"), ("bo", "admin"), ("cy", "member")] {
        rows.put(Row::whole(member(&org, key, role)));
    }
    let [ana, bo, cy] = [0, 1, 2].map(|number| rows.row(number).item.assignments());
    assert!(std::ptr::eq(ana, bo));
    assert_eq!(cy[0].role.key.raw(), "member");
}

#[test]
fn what_the_rows_weigh_follows_each_change() {
    let org = org_id("shop", "acme");
    let bare = Row::whole(member(&org, "ana", "admin"));
    let mut rows = Rows::default();
    rows.put(bare.clone());
    let light = rows.bytes();
    let mut heavy = bare.clone();
    heavy.item.metadata = Told::Is(Text::from("x".repeat(100_000)));
    rows.put(heavy.clone());
    let difference = rows.bytes() - light;
    assert!((100_000..100_100).contains(&difference), "{difference}");
    rows.change(0, |row| *row = bare);
    assert_eq!(rows.bytes(), light);
    rows.put(Row::whole(member(&org, "bo", "admin")));
    rows.change(1, |row| row.item.metadata = heavy.item.metadata.clone());
    assert_eq!(rows.retain(|number, _| number == 0).bytes(), light);
    assert_eq!(rows.retain(|_, _| false).bytes(), 0);
}
