//! Repeatable chance: the same seed gives the same world, on every machine.

use std::hash::{BuildHasher, RandomState};

const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A small generator (splitmix64); good enough for sample data, not for real secrets.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// Dice that repeat themselves for the same seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Dice that differ at each start of the process.
    pub(super) fn fresh() -> Self {
        Self(RandomState::new().hash_one("dice"))
    }

    /// The next 64 bits.
    pub(super) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to, not including, `bound`; 0 when `bound` is 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.roll().checked_rem(bound).unwrap_or(0)
    }

    /// One of `choices`, which must not be empty.
    pub(super) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let index = self.below(choices.len() as u64);
        &choices[usize::try_from(index).expect("an index of a slice fits a usize")]
    }

    /// `count` letters and digits.
    pub(super) fn letters(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(*self.pick(LETTERS)))
            .collect()
    }
}

/// `number` in base 62, as `width` letters and digits.
pub(super) fn base62(mut number: u64, width: usize) -> String {
    let mut digits = vec![LETTERS[0]; width];
    for digit in digits.iter_mut().rev() {
        let rest = usize::try_from(number % 62).expect("below 62");
        *digit = LETTERS[rest];
        number /= 62;
    }
    digits.into_iter().map(char::from).collect()
}

/// The number that [`base62`] wrote, if `text` is one.
pub(super) fn from_base62(text: &str) -> Option<u64> {
    text.bytes().try_fold(0_u64, |number, letter| {
        let digit = LETTERS.iter().position(|known| *known == letter)?;
        number.checked_mul(62)?.checked_add(digit as u64)
    })
}
