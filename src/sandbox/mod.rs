//! The loopback emulator: one neutral world behind three faces, each speaking its service's protocol.
//!
//! Written from the services' published contracts; it imports nothing else of this crate, so that a
//! misreading of a protocol in an adapter cannot hide in the server that tests it.
