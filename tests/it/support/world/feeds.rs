//! Lists in every state of their reading.

use orgdeck::domain::rows::Keyed;
use orgdeck::domain::{ApiError, Cursor, Fault, Next, Page, Row, Text, Verb};
use orgdeck::job::Feed;

/// A list that was read as a whole.
pub(crate) fn whole<T: Keyed + Clone + PartialEq>(rows: Vec<Row<T>>) -> Feed<T> {
    let mut feed = Feed::default();
    feed.start();
    feed.next(1, []);
    feed.page(&Cursor::FIRST, Page::whole(rows));
    feed
}

/// A list of which a first page is here, out of so many rows.
pub(crate) fn begun<T: Keyed + Clone + PartialEq>(
    rows: Vec<Row<T>>,
    total: Option<u64>,
) -> Feed<T> {
    let mut feed = Feed::default();
    feed.start();
    feed.next(1, []);
    let page = Page {
        is_torn: false,
        rows,
        total,
        next: Next::One(Cursor::at("next")),
    };
    feed.page(&Cursor::FIRST, page);
    feed
}

/// A list whose first page is under way.
pub(crate) fn asked<T: Keyed + Clone + PartialEq>() -> Feed<T> {
    let mut feed = Feed::default();
    feed.start();
    feed.next(1, []);
    feed
}

/// The same list after a reading that failed; what was there stays.
pub(crate) fn failed<T: Keyed + Clone + PartialEq>(mut feed: Feed<T>, error: ApiError) -> Feed<T> {
    feed.start();
    feed.next(1, []);
    feed.page_failed(&Cursor::FIRST, error);
    feed
}

/// A refusal with everything that a service can say about it.
pub(crate) fn unavailable(verb: Verb) -> ApiError {
    ApiError {
        status: Some(503),
        words: Some(Text::from("upstream is down for maintenance")),
        trace: Some(Text::from("req_7f3a9c")),
        ..ApiError::new(verb, Fault::Unavailable)
    }
}
