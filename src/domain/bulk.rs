//! Bulk: several wishes on one profile, decided on and carried out as one. It knows no order but the one they
//! were named in.

use super::{Verb, Wish};

/// Wishes on one profile; there is at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Bulk(Vec<Wish>);

impl Bulk {
    /// Several wishes as one; `None` where there is none, where they are not on one profile, or where one of
    /// them is a bulk itself.
    pub fn of(parts: Vec<Wish>) -> Option<Self> {
        let first = parts.first()?;
        let alike = |part: &Wish| {
            let is_single = !matches!(part, Wish::Each(_));
            is_single && part.profile() == first.profile()
        };
        parts.iter().all(alike).then_some(Self(parts))
    }

    /// The wishes, one for each row.
    pub fn parts(&self) -> &[Wish] {
        &self.0
    }

    /// What all of them do; `None` where they are of several kinds, as what takes something back may be.
    pub fn kind(&self) -> Option<Verb> {
        let kind = self.first().verb();
        let is_one = self.0.iter().all(|part| part.verb() == kind);
        is_one.then_some(kind)
    }

    /// The first of them, which tells the kind and the profile of all.
    pub(super) fn first(&self) -> &Wish {
        self.0.first().expect("a bulk is never empty")
    }
}

impl Wish {
    /// Several wishes as one; one alone stays what it is. `None` where they cannot be one.
    pub fn each(mut wishes: Vec<Self>) -> Option<Self> {
        if wishes.len() == 1 {
            return wishes.pop();
        }
        Bulk::of(wishes).map(Self::Each)
    }

    /// Whether it is a bulk of several kinds. Its rows go out in their order, one at a time: one may be about
    /// what another one changes.
    pub fn is_mixed(&self) -> bool {
        matches!(self, Self::Each(bulk) if bulk.kind().is_none())
    }

    /// What it consists of: a bulk of its wishes, everything else of itself.
    pub fn parts(&self) -> &[Self] {
        if let Self::Each(bulk) = self {
            bulk.parts()
        } else {
            std::slice::from_ref(self)
        }
    }
}
