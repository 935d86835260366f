//! Whatever a stranger typed, what is shown of it is harmless, and cleaning it again changes nothing.

#![no_main]

#[path = "../../it/support/harmless.rs"]
mod harmless;

use libfuzzer_sys::fuzz_target;
use orgdeck::domain::Text;
use orgdeck::domain::text::width;

fuzz_target!(|input: &[u8]| {
    let raw = String::from_utf8_lossy(input);
    let text = Text::from(&*raw);
    let shown = text.clean();
    harmless::assert_harmless(&raw, shown.as_str());
    assert_eq!(Text::from(shown.as_str()).clean(), shown, "cleaned twice");
    for columns in [0, 1, 2, 7, 40] {
        let cut = shown.cut(columns);
        assert!(width(cut.as_str()) <= columns, "{cut} in {columns}");
        harmless::assert_harmless(&raw, text.excerpt(columns).as_str());
    }
});
