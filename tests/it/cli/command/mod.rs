//! Tests of the subcommands: the built program against a sandbox in this process.

mod audit;
mod bulk;
mod codes;
mod dry;
mod every;
mod formats;
mod gallery;
mod hostile;
mod invites;
mod journal;
mod killed;
mod names;
mod only;
mod origins;
mod panes;
mod pipes;
mod private;
mod pushed;
mod same;
mod schema;
pub(crate) mod stage;
mod stops;
mod stream;
mod terminal;
mod token;
mod undo;
mod views;
