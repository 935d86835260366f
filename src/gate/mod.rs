//! The gate: the only door for writes and the only maker of a [`Permit`].

/// Shows that a change has passed the gate; nothing outside this module can make one.
#[derive(Debug)]
pub struct Permit(());
