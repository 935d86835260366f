//! A place for a secret: it takes letters at its end, shows none of them, and is wiped when it goes.

use std::fmt;

use secrecy::zeroize::Zeroizing;

use crate::domain::Secret;

/// The longest secret that can be typed, in bytes. It is reserved at once: a text that grows would leave
/// copies of itself behind.
pub const LONGEST: usize = 8_192;

/// A secret as it is typed.
pub struct Masked(Zeroizing<String>);

impl Masked {
    /// Adds a character; control characters and what is too long for any token are left out.
    pub fn push(&mut self, character: char) {
        let fits = self.0.len() + character.len_utf8() <= LONGEST;
        if fits && !character.is_control() {
            self.0.push(character);
        }
    }

    /// Takes the last character away.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// Forgets all of it.
    pub fn wipe(&mut self) {
        *self = Self::default();
    }

    /// How many characters it has.
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The secret.
    pub fn secret(&self) -> Secret {
        Secret::new(&self.0)
    }
}

impl Default for Masked {
    fn default() -> Self {
        Self(Zeroizing::new(String::with_capacity(LONGEST)))
    }
}

impl Clone for Masked {
    fn clone(&self) -> Self {
        let mut copy = Self::default();
        copy.0.push_str(&self.0);
        copy
    }
}

impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
