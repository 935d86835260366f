//! Widths, and cutting to them between clusters.

use orgdeck::domain::Text;
use orgdeck::domain::text::{cut, width};
use unicode_segmentation::UnicodeSegmentation;

use super::{all_hostile, clean};

#[test]
fn widths_are_those_of_a_terminal() {
    for (text, columns) in [
        ("abc", 3),
        ("日本", 4),
        ("e\u{301}", 1),
        ("👨\u{200d}👩\u{200d}👧", 2),
        ("🇳🇬", 2),
        ("1\u{fe0f}\u{20e3}", 2),
        ("…", 1),
        ("", 0),
    ] {
        assert_eq!(width(text), columns, "{text}");
        assert_eq!(Text::from(text).clean().width(), columns, "{text}");
    }
}

#[test]
fn what_is_cut_says_so() {
    for (text, columns, shown) in [
        ("harbour", 7, "harbour"),
        ("harbour", 4, "har…"),
        ("harbour", 1, "…"),
        ("harbour", 0, ""),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("日本語", 2, "…"),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
        (
            "👨\u{200d}👩\u{200d}👧 family",
            4,
            "👨\u{200d}👩\u{200d}👧 …",
        ),
    ] {
        assert_eq!(cut(text, columns), shown);
    }
}

/// Cut text is a beginning of the whole that ends between clusters, and no longer one would fit.
pub(super) fn assert_cut(text: &str, columns: usize) {
    let shown = cut(text, columns);
    assert!(width(&shown) <= columns, "{text:?} in {columns}: {shown:?}");
    if width(text) <= columns {
        assert_eq!(shown, text);
        return;
    }
    let Some(head) = shown.strip_suffix('…') else {
        assert_eq!((columns, &*shown), (0, ""));
        return;
    };
    let rest = text.strip_prefix(head).unwrap();
    let bounds: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    assert!(bounds.contains(&head.len()), "{head:?} of {text:?}");
    let next = rest.graphemes(true).next().unwrap();
    assert!(
        width(head) + width(next) + 1 > columns,
        "{head:?} of {text:?}"
    );
}

#[test]
fn cutting_fits_and_keeps_clusters_whole() {
    for raw in all_hostile() {
        let shown = clean(&raw);
        for columns in (0..40).chain([79, 400]) {
            assert_cut(&shown, columns);
        }
    }
}
