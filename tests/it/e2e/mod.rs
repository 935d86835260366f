//! The built program on a terminal of its own, as a person would use it, with keys alone.
//!
//! Waits look at the screen and have a deadline; nothing sleeps. Each test has a program, and so a
//! sandbox, of its own.

mod balena;
mod clerk;
mod drafts;
mod hands;
mod killed;
mod many;
mod reads;
mod reload;
mod seat;
mod vulos;
mod whole;
