//! What the configuration says while the program runs: which connections there are, and what of each has
//! changed since it was read last.

use crate::domain::{Capabilities, Connection, Refresh, Text};

/// A configuration that was read again.
#[derive(Clone, Debug, PartialEq)]
pub struct Configured {
    /// The connections, in their order.
    pub setups: Vec<Setup>,
    /// How often lists are read again by themselves.
    pub refresh: Refresh,
    /// What else has changed, in words.
    pub notes: Vec<Text>,
}

/// A connection as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// What the configuration says of it.
    pub connection: Connection,
    /// What it can do, as far as is known.
    pub capabilities: Capabilities,
    /// What has changed.
    pub change: Change,
}

/// What has changed of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Kept,
    /// Whether it may write, or how careful one has to be: it leads to the same place as before.
    Guarded,
    /// It is new, or may lead to another place: nothing that was read by it before holds.
    Renewed,
}
