//! Long texts over several rows.

use unicode_segmentation::UnicodeSegmentation;

use super::width;

/// Breaks a clean text into rows of at most so many columns: at blanks where it can, else between
/// clusters. Rows come one at a time, so that the end of an endless text is never looked at.
pub fn wrap(text: &str, room: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (row, after) = break_once(text, room);
        rest = after;
        Some(row)
    })
}

fn break_once(text: &str, room: usize) -> (&str, Option<&str>) {
    let mut used = 0;
    let mut blank = None;
    for (at, cluster) in text.grapheme_indices(true) {
        let wide = width(cluster);
        if used + wide > room && at > 0 {
            return match blank {
                _ if cluster == " " => (&text[..at], Some(&text[at + 1..])),
                Some(blank) => (&text[..blank], Some(&text[blank + 1..])),
                None => (&text[..at], Some(&text[at..])),
            };
        }
        if cluster == " " && used > 0 {
            blank = Some(at);
        }
        used += wide;
    }
    (text, None)
}
