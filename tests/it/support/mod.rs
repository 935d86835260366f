//! What tests share.

pub(crate) mod raw;
