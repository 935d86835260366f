//! What may be shown of a stranger's text, judged from Unicode's own tables. The fuzz target of the
//! cleaner judges by the same.

use unicode_segmentation::UnicodeSegmentation;

pub(crate) const ZWNJ: char = '\u{200c}';
pub(crate) const ZWJ: char = '\u{200d}';

/// The category Cf with the two separators of lines, from Unicode's own table.
pub(crate) fn is_format(character: char) -> bool {
    matches!(
        u32::from(character),
        0xad | 0x600..=0x605
            | 0x61c
            | 0x6dd
            | 0x70f
            | 0x890..=0x891
            | 0x8e2
            | 0x180e
            | 0x200b..=0x200f
            | 0x2028..=0x202e
            | 0x2060..=0x2064
            | 0x2066..=0x206f
            | 0xfeff
            | 0xfff9..=0xfffb
            | 0x110bd
            | 0x110cd
            | 0x13430..=0x1343f
            | 0x1bca0..=0x1bca3
            | 0x1d173..=0x1d17a
            | 0xe0001
            | 0xe0020..=0xe007f
    )
}

pub(crate) fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// What is drawn as nothing though it is no format character: fillers, blanks that are no spaces, what Unicode
/// lets programs ignore, and what it gives to nobody or to private agreement.
fn is_invisible(character: char) -> bool {
    matches!(
        u32::from(character),
        0x34f
            | 0x115f..=0x1160
            | 0x17b4..=0x17b5
            | 0x180b..=0x180f
            | 0x2065
            | 0x2800
            | 0x3164
            | 0xe000..=0xf8ff
            | 0xfdd0..=0xfdef
            | 0xffa0
            | 0xfff0..=0xfffc
            | 0x1d159
            | 0xe0000..=0xe0fff
            | 0xf0000..
    ) || u32::from(character) % 0x1_0000 >= 0xfffe
}

/// Whether a cluster holds nothing but what may be shown: joiners and selectors behind something.
fn is_harmless(cluster: &str) -> bool {
    cluster.char_indices().all(|(index, character)| {
        let attached = matches!(character, ZWJ | ZWNJ) || is_selector(character);
        let bad = character.is_control() || is_format(character) || is_invisible(character);
        if attached { index > 0 } else { !bad }
    })
}

pub(crate) fn assert_harmless(raw: &str, shown: &str) {
    for cluster in shown.graphemes(true) {
        assert!(is_harmless(cluster), "{cluster:?} of {raw:?}");
    }
}
