//! What tests share.

pub(crate) mod fake;
pub(crate) mod raw;
