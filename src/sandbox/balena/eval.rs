//! Whether a record fulfils a condition, and what a term is worth for it.
//!
//! Everything that comes here was checked before.

use std::cmp::Ordering;

use super::check::Scope;
use super::record::{Cell, Record};
use super::syntax::{Affix, Comparison, Condition, Joint, Term};
use super::view::View;

impl<'w> View<'w> {
    /// Whether `condition` is true for what `scope` speaks of.
    pub(super) fn holds(self, condition: &Condition, scope: &Scope<'_, Record<'w>>) -> bool {
        match condition {
            Condition::Always(truth) => *truth,
            Condition::Chain(first, rest) => {
                let first = self.holds(first, scope);
                rest.iter()
                    .fold(first, |so_far, (joint, next)| match joint {
                        Joint::And => so_far && self.holds(next, scope),
                        Joint::Or => so_far || self.holds(next, scope),
                    })
            }
            Condition::Not(inner) => !self.holds(inner, scope),
            Condition::Compare(left, comparison, right) => {
                let (left, right) = (self.worth(left, scope), self.worth(right, scope));
                compare(&left, *comparison, &right)
            }
            Condition::OneOf(left, choices) => {
                let left = self.worth(left, scope);
                let mut choices = choices.iter();
                choices.any(|choice| compare(&left, Comparison::Equal, &Cell::of(choice)))
            }
            Condition::Match(affix, whole, part) => {
                let (whole, part) = (self.worth(whole, scope), self.worth(part, scope));
                matches(*affix, &whole, &part)
            }
            Condition::Any(path, name, inner) => {
                let outer = Some(scope);
                let mut subjects = self.follow(path, scope).into_iter();
                subjects.any(|subject| {
                    let inside = Scope {
                        name,
                        subject,
                        outer,
                    };
                    self.holds(inner, &inside)
                })
            }
            Condition::Senseless => false,
        }
    }

    /// What `term` is worth for what `scope` speaks of.
    pub(super) fn worth<'a>(self, term: &'a Term, scope: &Scope<'_, Record<'w>>) -> Cell<'a>
    where
        'w: 'a,
    {
        match term {
            Term::Literal(literal) => Cell::of(literal),
            Term::Path(path) => {
                let (from, path) = scope.resolve(path);
                self.value(from, path)
            }
            Term::Count(path) => Cell::number(self.follow(path, scope).len() as u64),
            Term::Lower(inner) => self.worth(inner, scope).lower(),
        }
    }

    fn value(self, from: Record<'w>, path: &[String]) -> Cell<'w> {
        let found = path.split_last().and_then(|(last, hops)| {
            let record = hops.iter().try_fold(from, |record, hop| {
                let field = self.field(record, hop)?;
                self.behind(record, field).pop()
            })?;
            Some(self.cell(record, self.field(record, last)?))
        });
        found.unwrap_or(Cell::Null)
    }

    /// The records at the end of a path of links.
    fn follow(self, path: &[String], scope: &Scope<'_, Record<'w>>) -> Vec<Record<'w>> {
        let (from, path) = scope.resolve(path);
        path.iter().fold(vec![from], |records, hop| {
            let records = records.into_iter();
            let step = |record| {
                let field = self.field(record, hop);
                field.map_or_else(Vec::new, |field| self.behind(record, field))
            };
            records.flat_map(step).collect()
        })
    }
}

fn compare(left: &Cell<'_>, comparison: Comparison, right: &Cell<'_>) -> bool {
    let order = left.order(right);
    let equal = order.is_some_and(Ordering::is_eq) || (left.is_null() && right.is_null());
    match comparison {
        Comparison::Equal => equal,
        Comparison::Unequal => !equal,
        Comparison::Greater => order.is_some_and(Ordering::is_gt),
        Comparison::AtLeast => order.is_some_and(Ordering::is_ge),
        Comparison::Less => order.is_some_and(Ordering::is_lt),
        Comparison::AtMost => order.is_some_and(Ordering::is_le),
    }
}

fn matches(affix: Affix, whole: &Cell<'_>, part: &Cell<'_>) -> bool {
    let (Cell::Text(whole), Cell::Text(part)) = (whole, part) else {
        return false;
    };
    match affix {
        Affix::Anywhere => whole.contains(&**part),
        Affix::Start => whole.starts_with(&**part),
        Affix::End => whole.ends_with(&**part),
    }
}
