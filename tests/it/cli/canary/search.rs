//! The search for secrets: a text in every dress that it could leave in, as it is, in pieces, as hex, as
//! base64 and as an address has it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Characters of a piece that nobody may see.
const PIECE: usize = 12;

/// A text in every dress that it could leave in.
fn dresses(secret: &str) -> Vec<String> {
    let wears = |piece: &[u8]| {
        // Wherever it begins in a longer text, twelve of its bytes become these sixteen characters.
        let base64 = base64(piece);
        let for_addresses = base64.replace('+', "-").replace('/', "_");
        let (hex, percent) = (each_byte("", piece), each_byte("%", piece));
        let upper = [&hex, &percent].map(|dress| dress.to_uppercase());
        let plain = String::from_utf8_lossy(piece).into_owned();
        [
            vec![plain, base64, for_addresses, hex, percent],
            upper.to_vec(),
        ]
        .concat()
    };
    secret.as_bytes().windows(PIECE).flat_map(wears).collect()
}

/// Its bytes as two digits each, behind a mark.
fn each_byte(mark: &str, bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in bytes {
        write!(digits, "{mark}{byte:02x}").unwrap();
    }
    digits
}

fn base64(bytes: &[u8]) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let of_three = |three: &[u8]| {
        let bits = three
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        [18, 12, 6, 0].map(|shift| char::from(alphabet[(bits >> shift & 63) as usize]))
    };
    bytes.chunks(3).flat_map(of_three).collect()
}

/// The secrets of a test, and what was found of them.
pub(super) struct Search {
    dresses: Vec<String>,
}

impl Search {
    pub(super) fn of(secrets: &[&str]) -> Self {
        let dresses = secrets.iter().flat_map(|secret| dresses(secret));
        Self {
            dresses: dresses.collect(),
        }
    }

    pub(super) fn text(&self, place: &str, text: &str) {
        let found = self.dresses.iter().find(|dress| text.contains(*dress));
        assert!(found.is_none(), "{found:?} stands in {place}:\n{text}");
    }

    /// Every file below a folder, but for those that a person has put a secret into.
    pub(super) fn files(&self, folder: &Path, own: &[PathBuf]) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.symlink_metadata().unwrap().is_dir() {
                self.files(&path, own);
            } else if !own.contains(&path) {
                let bytes = fs::read(&path).unwrap();
                let place = path.display().to_string();
                self.text(&place, &String::from_utf8_lossy(&bytes));
            }
        }
    }
}

/// The search itself finds what it looks for.
#[test]
fn a_secret_in_any_dress_is_found() {
    let token = "Qz7mKp2xVw9tRb4nYc6dLs8fHg3jTa5e";
    let search = Search::of(&[token]);
    for text in [
        token.to_owned(),
        format!("..{}..", &token[7..19]),
        base64(format!("x{token}").as_bytes()),
        base64(format!("xy{token}z").as_bytes()),
        base64(token.as_bytes()),
        each_byte("", token.as_bytes()).to_uppercase(),
        format!("?t={}", each_byte("%", token.as_bytes())),
    ] {
        let looked = std::panic::catch_unwind(|| search.text("a text", &text));
        assert!(looked.is_err(), "{text} was overlooked");
    }
    search.text("a text", "nothing of it");
}
