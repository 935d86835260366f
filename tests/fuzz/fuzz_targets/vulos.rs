//! Whatever answers in vulos's place, its adapter makes a value or an error of it.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| orgdeck_fuzz::answer(
    &orgdeck::provider::vulos::SERVICE,
    input
));
