//! Pure machines between the domain and the core: loading a list, ordering it, carrying a plan out,
//! reading and judging addresses.
//!
//! They know no model, no screen and no I/O: facts go in, the next orders come out.

pub mod facts;
pub mod feed;
pub mod filter;
pub mod lines;
pub mod order;
pub mod part;
mod past;
pub mod pattern;
pub mod rest;
pub mod task;
pub mod verdict;

pub use feed::{Ask, Feed};
pub use filter::Filter;
pub use order::{Lens, Order, Place};
pub use part::{Part, Tally};
pub use task::Task;
