//! Scripts of keys: letters as they are, other keys by their names in angle brackets.

use crate::app::Key;

/// A part of a script that names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no key is called {0}")]
pub struct UnknownKey(String);

/// The keys of a script: `jj<enter>`, `i<esc>`, `<c-d>`; `<lt>` is the character itself.
///
/// # Errors
/// When a name in brackets is not known, a bracket is not closed, or a control character is among them.
pub fn keys(script: &str) -> Result<Vec<Key>, UnknownKey> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let (key, after) = if first == '<' {
            named(rest)?
        } else {
            let (letter, after) = rest.split_at(first.len_utf8());
            let key = Key::parse(letter).filter(|_| !first.is_control());
            (key.ok_or_else(|| unknown(letter))?, after)
        };
        keys.push(key);
        rest = after;
    }
    Ok(keys)
}

/// The key whose name in brackets a text begins with, and what follows.
fn named(text: &str) -> Result<(Key, &str), UnknownKey> {
    let closed = text.find('>').ok_or_else(|| unknown(text))?;
    let (name, after) = text.split_at(closed + 1);
    // A letter has no name: `<j>` is more likely a slip than a wish.
    let key = Some(&name[1..closed]).filter(|name| name.len() > 1);
    let key = key.and_then(Key::parse).ok_or_else(|| unknown(name))?;
    Ok((key, after))
}

fn unknown(text: &str) -> UnknownKey {
    UnknownKey(text.escape_debug().collect())
}
