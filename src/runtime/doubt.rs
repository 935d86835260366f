//! Doubt about widths: the clusters that terminals draw wider or narrower than we think.
//!
//! Knows characters only. Terminals agree on single characters of one column and on the old wide blocks
//! of East Asia. Flags, families, marks on letters, and the pictures that came later are drawn by some
//! in one column, by some character after character.

use ratatui::buffer::CellWidth;

/// How many columns a cluster may take on some terminal; none where all agree with us.
pub(super) fn reach(cluster: &str) -> Option<u16> {
    let mut characters = cluster.chars();
    let first = characters.next()?;
    let more = characters.count();
    let is_sure = more == 0 && is_sure(first, cluster.cell_width());
    // None is known to give a character more than two.
    (!is_sure).then(|| u16::try_from(2 * (more + 1)).unwrap_or(u16::MAX))
}

fn is_sure(character: char, width: u16) -> bool {
    match character {
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{ffff}' | '\u{20000}'..='\u{3ffff}' => true,
        '\u{1f000}'..='\u{1ffff}' => false,
        _ => width < 2,
    }
}

#[cfg(test)]
mod tests {
    use super::reach;

    #[test]
    fn what_terminals_have_always_drawn_alike_is_sure() {
        for cluster in ["a", "é", "ж", "│", "…", "漢", "한", "ｗ", "𠀀", " "] {
            assert_eq!(reach(cluster), None, "{cluster}");
        }
    }

    #[test]
    fn a_cluster_may_be_drawn_character_after_character() {
        for (cluster, columns) in [
            ("e\u{301}", 4),
            ("☺\u{fe0f}", 4),
            ("🇩🇪", 4),
            ("क्ष", 6),
            ("👨\u{200d}👩\u{200d}👧", 10),
        ] {
            assert_eq!(reach(cluster), Some(columns), "{cluster}");
        }
    }

    #[test]
    fn single_pictures_are_wide_here_and_narrow_there() {
        for cluster in ["🚢", "⌚", "✅", "\u{1f321}"] {
            assert_eq!(reach(cluster), Some(2), "{cluster}");
        }
    }
}
