//! Tests of the subcommands: the built program against a sandbox in this process.

mod codes;
mod dry;
mod every;
mod hostile;
mod invites;
mod names;
mod panes;
mod pushed;
mod schema;
mod stage;
mod stops;
mod stream;
mod terminal;
mod views;
