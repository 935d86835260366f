//! The pure core: facts in, orders out.

pub mod columns;
pub mod cursor;
pub mod effect;
pub mod fault;
pub mod form;
pub mod key;
pub mod layer;
pub mod model;
pub mod msg;
pub mod notice;
pub mod pending;
pub mod picker;
pub mod place;
pub mod store;

pub use effect::{Effect, Effects};
pub use key::{Input, Key};
pub use model::Model;
pub use msg::{Msg, RequestId};
