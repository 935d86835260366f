//! What tests share.

pub(crate) mod fake;
pub(crate) mod raw;
pub(crate) mod screen;
pub(crate) mod world;
