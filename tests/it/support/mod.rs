//! What tests share.

pub(crate) mod fake;
pub(crate) mod raw;
pub(crate) mod rig;
