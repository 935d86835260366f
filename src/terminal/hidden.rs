//! A secret that is typed at the terminal: nothing of it is shown, and the terminal is as it was before
//! whatever happens. The other keys of a line editor are few: one back, all of it, the end.

use std::io;

use rustix::stdio::stdin;
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use secrecy::zeroize::Zeroizing;

use crate::domain::Secret;

/// The longest secret, in bytes: reserved at once, so that no copies of it are left behind.
const LONGEST: usize = 8_192;

/// Keys of a line editor.
const BACK: [u8; 2] = [0x7f, 0x08];
const CLEAR: u8 = 0x15;
const END: u8 = 0x04;

/// As long as it lives the terminal shows nothing of what is typed. Signals are sent as before.
pub struct Hidden(Termios);

impl Hidden {
    /// Hides what is typed from now on; what was typed before is dropped.
    ///
    /// # Errors
    /// When standard input is no terminal.
    pub fn begin() -> io::Result<Self> {
        let before = tcgetattr(stdin())?;
        let mut modes = before.clone();
        modes.local_modes -= LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON;
        modes.special_codes[SpecialCodeIndex::VMIN] = 1;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(stdin(), OptionalActions::Flush, &modes)?;
        Ok(Self(before))
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // A terminal that is gone needs no modes.
        let _ = tcsetattr(stdin(), OptionalActions::Now, &self.0);
    }
}

/// Reads to the end of the line; nothing at the end of the input.
///
/// # Errors
/// When the terminal is gone.
pub fn read_line() -> io::Result<Option<Secret>> {
    let mut typed = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut bytes = Zeroizing::new([0; 256]);
    loop {
        let count = super::tty::read(&mut *bytes)?;
        if count == 0 {
            return Ok(None);
        }
        for byte in &bytes[..count] {
            match take(&mut typed, *byte) {
                Line::Goes => {}
                Line::Ended => return Ok(Some(secret(&typed))),
                Line::Left => return Ok(None),
            }
        }
    }
}

/// What a byte does to a line.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    /// It goes on.
    Goes,
    /// It is complete.
    Ended,
    /// It was left without an answer.
    Left,
}

fn take(typed: &mut Vec<u8>, byte: u8) -> Line {
    match byte {
        b'\r' | b'\n' => return Line::Ended,
        END if typed.is_empty() => return Line::Left,
        CLEAR => typed.clear(),
        _ if BACK.contains(&byte) => {
            typed.pop();
        }
        _ if byte.is_ascii_control() || typed.len() >= LONGEST => {}
        _ => typed.push(byte),
    }
    Line::Goes
}

/// No token has bytes that are no text: they make one that is refused.
fn secret(typed: &[u8]) -> Secret {
    let text = Zeroizing::new(String::from_utf8_lossy(typed).into_owned());
    Secret::new(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[u8]) -> (String, Line) {
        let mut line = Vec::new();
        let mut ends = keys.iter().map(|key| take(&mut line, *key));
        let end = ends.find(|end| *end != Line::Goes).unwrap_or(Line::Goes);
        drop(ends);
        (secret(&line).expose().to_owned(), end)
    }

    #[test]
    fn a_line_is_edited_at_its_end() {
        assert_eq!(typed(b"ab\x7fc\r"), ("ac".to_owned(), Line::Ended));
        assert_eq!(typed(b"ab\x15cd\n"), ("cd".to_owned(), Line::Ended));
        assert_eq!(typed(b"\x08a\x1b[A"), ("a[A".to_owned(), Line::Goes));
    }

    #[test]
    fn the_end_of_input_leaves_an_empty_line_alone() {
        assert_eq!(typed(b"\x04"), (String::new(), Line::Left));
        assert_eq!(typed(b"a\x04b\r"), ("ab".to_owned(), Line::Ended));
    }
}
