//! The program: reads its arguments and picks a front end.

fn main() {}
