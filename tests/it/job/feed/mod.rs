//! Feeds: a list on its way, whatever the service does to it.

mod detail;
mod paging;
mod quiet;
mod reload;

use orgdeck::domain::query::Next;
use orgdeck::domain::{Cursor, Page, Row};
use orgdeck::job::{Ask, Feed};

use super::Item;

fn item(key: u32) -> Item {
    Item { key, text: "" }
}

/// A page of whole records.
fn page(keys: impl IntoIterator<Item = u32>, total: Option<u64>, next: Next) -> Page<Item> {
    let rows = keys.into_iter().map(|key| Row::whole(item(key))).collect();
    Page {
        rows,
        total,
        next,
        is_torn: false,
    }
}

/// A page of references, the only one of its list.
fn references(keys: impl IntoIterator<Item = u32>) -> Page<Item> {
    Page::whole(keys.into_iter().map(|key| Row::wanted(item(key))).collect())
}

fn one(place: &str) -> Next {
    Next::One(Cursor::at(place))
}

/// A feed that has asked for its first page.
fn started() -> Feed<Item> {
    let mut feed = Feed::default();
    begin(&mut feed);
    feed
}

/// Begins a reading and asks for the first page.
fn begin(feed: &mut Feed<Item>) {
    feed.start();
    assert_eq!(feed.next(1, []), [Ask::Page(Cursor::FIRST)]);
}

/// A feed whose only page held these references.
fn with_references(keys: impl IntoIterator<Item = u32>) -> Feed<Item> {
    let mut feed = started();
    feed.page(&Cursor::FIRST, references(keys));
    feed
}

fn keys(feed: &Feed<Item>) -> Vec<u32> {
    feed.rows.iter().map(|row| row.item.key).collect()
}

fn count(feed: &Feed<Item>) -> String {
    feed.count().raw().to_owned()
}
