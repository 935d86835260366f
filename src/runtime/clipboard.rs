//! Texts for the clipboard of the person's own machine, by the sequence that terminals know for it (OSC 52):
//! it travels the way that the screen does, so it works over SSH as well.
//!
//! What lies between here and the terminal swallows sequences that are not meant for it. tmux passes on what
//! comes in a sequence of its own with every escape doubled, screen in pieces of a length that it takes.

use crate::app::around::Wrap;

/// The longest piece that every screen passes on, without what is around it.
const PIECE: usize = 252;

/// The bytes that give a text to the terminal.
pub(crate) fn sequence(text: &str, wrap: Wrap) -> Vec<u8> {
    // It ends in BEL: the other end of such a sequence would end that of screen, too.
    let bare = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    let wrapped = match wrap {
        Wrap::Bare => bare,
        Wrap::Tmux => format!("\x1bPtmux;{}\x1b\\", bare.replace('\x1b', "\x1b\x1b")),
        Wrap::Screen => pieces(&bare),
    };
    wrapped.into_bytes()
}

fn pieces(bare: &str) -> String {
    let letters: Vec<char> = bare.chars().collect();
    let piece = |piece: &[char]| format!("\x1bP{}\x1b\\", piece.iter().collect::<String>());
    letters.chunks(PIECE).map(piece).collect()
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63];
            let is_there = at <= three.len();
            out.push(if is_there { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_everybody() {
        for (text, written) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("größe", "Z3LDtsOfZQ=="),
            ("~~~???", "fn5+Pz8/"),
        ] {
            assert_eq!(base64(text.as_bytes()), written, "{text}");
        }
    }

    #[test]
    fn what_lies_between_gets_it_as_it_passes_it_on() {
        let bytes = |wrap| String::from_utf8(sequence("foo", wrap)).unwrap();
        assert_eq!(bytes(Wrap::Bare), "\x1b]52;c;Zm9v\x07");
        assert_eq!(bytes(Wrap::Tmux), "\x1bPtmux;\x1b\x1b]52;c;Zm9v\x07\x1b\\");
        assert_eq!(bytes(Wrap::Screen), "\x1bP\x1b]52;c;Zm9v\x07\x1b\\");
    }

    #[test]
    fn screen_gets_pieces_that_make_the_whole() {
        let text = "x".repeat(600);
        let sent = String::from_utf8(sequence(&text, Wrap::Screen)).unwrap();
        let pieces: Vec<&str> = sent
            .split_terminator("\x1b\\")
            .map(|piece| piece.strip_prefix("\x1bP").unwrap())
            .collect();
        assert!(pieces.len() > 2);
        assert!(pieces.iter().all(|piece| piece.len() <= PIECE));
        let whole = String::from_utf8(sequence(&text, Wrap::Bare)).unwrap();
        assert_eq!(pieces.concat(), whole);
    }
}
