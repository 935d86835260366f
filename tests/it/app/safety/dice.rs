//! Dice that fall the same way for the same seed: a walk that failed can be walked again.

/// The dice of one walk.
pub(in crate::app) struct Dice(u64);

impl Dice {
    pub(in crate::app) fn of(seed: u64) -> Self {
        // Small seeds begin far from each other.
        Self((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number below `end`.
    pub(in crate::app) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// Whether something happens that happens once in so many times.
    pub(in crate::app) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub(in crate::app) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
