//! Tests of the local terminal, mirroring `src/terminal`.

mod decode;
mod guard;
mod surface;
mod tty;
