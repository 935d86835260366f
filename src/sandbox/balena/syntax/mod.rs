//! The grammar of addresses: keys, options and conditions, as strict as the real engine's.
//!
//! It turns text into trees and knows no resource and no field.

mod address;
mod condition;
mod cursor;
mod options;

pub(super) use address::{Address, Key, Part};
pub(super) use condition::{Affix, Comparison, Condition, Joint, Literal, Term};
pub(super) use cursor::Malformed;
pub(super) use options::{Amount, Direction, Options};
