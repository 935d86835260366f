//! Tests of the local terminal, mirroring `src/terminal`.

mod decode;
mod guard;
mod signals;
mod surface;
mod tty;
