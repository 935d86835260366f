//! The cache: what was read before and may be of use without asking again. It holds no secret, and
//! nothing depends on it.

pub mod names;
