//! The one integration test crate; it mirrors `src` file by file.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails by panicking"
)]

mod domain;
mod sandbox;
mod support;
