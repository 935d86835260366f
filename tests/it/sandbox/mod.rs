//! Tests of the loopback emulator, mirroring `src/sandbox`.
