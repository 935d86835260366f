//! Marks: identities of rows that are meant together. They stay on their records whatever a refresh, a
//! sort or a filter does to the list.

use std::collections::BTreeSet;

/// The marked identities of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks<K> {
    rows: BTreeSet<K>,
    range: Option<Range<K>>,
}

/// A range that grows with the cursor.
#[derive(Clone, Debug, PartialEq)]
struct Range<K> {
    /// Where it begins.
    from: K,
    /// What was marked before.
    before: BTreeSet<K>,
}

impl<K> Default for Marks<K> {
    fn default() -> Self {
        Self {
            rows: BTreeSet::new(),
            range: None,
        }
    }
}

impl<K: Clone + Ord> Marks<K> {
    /// Whether no row is marked.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether this row is marked.
    pub fn has(&self, key: &K) -> bool {
        self.rows.contains(key)
    }

    /// The marked identities.
    pub fn iter(&self) -> impl Iterator<Item = &K> {
        self.rows.iter()
    }

    /// Where the range begins that grows with the cursor, if one does.
    pub fn from(&self) -> Option<&K> {
        self.range.as_ref().map(|range| &range.from)
    }

    /// Marks a row, or takes its mark away. A range ends with it.
    pub fn toggle(&mut self, key: &K) {
        self.range = None;
        if !self.rows.remove(key) {
            self.rows.insert(key.clone());
        }
    }

    /// Turns the marks of these rows around; others keep theirs.
    pub fn invert(&mut self, shown: impl Iterator<Item = K>) {
        shown.for_each(|key| self.toggle(&key));
    }

    /// Marks these rows too.
    pub fn add(&mut self, shown: impl Iterator<Item = K>) {
        self.range = None;
        self.rows.extend(shown);
    }

    /// Begins a range at a row, which is marked with it.
    pub fn begin(&mut self, from: &K) {
        let before = self.rows.clone();
        self.rows.insert(from.clone());
        self.range = Some(Range {
            from: from.clone(),
            before,
        });
    }

    /// Keeps what the range has marked and lets it grow no more.
    pub fn end(&mut self) {
        self.range = None;
    }

    /// The range reaches over these rows now, and over no others.
    pub fn span(&mut self, reached: impl Iterator<Item = K>) {
        if let Some(range) = &self.range {
            self.rows.clone_from(&range.before);
            self.rows.extend(reached);
        }
    }

    /// Takes these marks away.
    pub fn remove<'a>(&mut self, gone: impl Iterator<Item = &'a K>)
    where
        K: 'a,
    {
        self.range = None;
        for key in gone {
            self.rows.remove(key);
        }
    }

    /// Takes all marks away; whether there were any.
    pub fn clear(&mut self) -> bool {
        let were_any = !self.rows.is_empty();
        *self = Self::default();
        were_any
    }
}
