//! Words for a shell: quoted so that a line that is pasted says exactly these words, whatever is in them.
//!
//! A stranger may have chosen a word, and a paste is typed key by key: a character that cannot be seen is
//! written as a number, for in a terminal it would be a key.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::Clean;

/// What means nothing to a shell, beside letters and digits.
const PLAIN: &str = "_-+=:,./@%";

/// Words as one line of a POSIX shell.
pub fn line<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> String {
    let words = words.into_iter();
    let quoted: Vec<String> = words
        .map(|word| quoted(word.as_ref()).into_owned())
        .collect();
    quoted.join(" ")
}

/// A word as a shell takes it for itself.
pub fn quoted(word: &str) -> Cow<'_, str> {
    if is_plain(word) {
        return word.into();
    }
    if Clean::from_ours(word).as_str() == word || word.bytes().all(|byte| byte == b' ') {
        return format!("'{}'", word.replace('\'', "'\\''")).into();
    }
    let escaped: String = word.chars().map(escaped).collect();
    format!("$'{escaped}'").into()
}

/// Whether a shell reads it as it is, at any place of a line.
fn is_plain(word: &str) -> bool {
    let is_plain = |one: char| one.is_ascii_alphanumeric() || PLAIN.contains(one);
    !word.is_empty() && !word.starts_with('=') && word.chars().all(is_plain)
}

/// A character within `$'..'`: letters, digits and what no shell minds as they are, all else as its bytes.
fn escaped(character: char) -> String {
    if character.is_alphanumeric() || character == ' ' || PLAIN.contains(character) {
        return character.to_string();
    }
    let mut bytes = [0; 4];
    let bytes = character.encode_utf8(&mut bytes).bytes();
    bytes.fold(String::new(), |mut out, byte| {
        // Text grows without failing.
        let _ = write!(out, "\\{byte:03o}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_as_far_as_they_need_it() {
        for (word, written) in [
            ("org_2shop", "org_2shop"),
            ("--field=name=x", "--field=name=x"),
            ("ana@acme.example", "ana@acme.example"),
            ("", "''"),
            ("=x", "'=x'"),
            ("~", "'~'"),
            ("a b", "'a b'"),
            ("O'Neil", r"'O'\''Neil'"),
            ("$(id) `id` \"x\" \\", "'$(id) `id` \"x\" \\'"),
            ("größe 高橋", "'größe 高橋'"),
            ("a\u{3}b\n", r"$'a\003b\012'"),
            ("x\u{202e}'y", r"$'x\342\200\256\047y'"),
        ] {
            assert_eq!(quoted(word), written, "{word:?}");
        }
        assert_eq!(line(["orgdeck", "a b"]), "orgdeck 'a b'");
    }
}
