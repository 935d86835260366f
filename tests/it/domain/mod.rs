//! Tests of plain values, mirroring `src/domain`.

mod origin;
