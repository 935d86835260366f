//! Names and types: what the grammar allows and the engine still chokes on.
//!
//! Everything refused here is a bare 500, as the engine answers the caller's own mistakes.

use super::model::{Field, Kind, Resource, Shape};
use super::record::moment;
use super::refusal::Refusal;
use super::syntax::{Comparison, Condition, Literal, Options, Term};
use crate::sandbox::world::BalenaKind;

/// What a name means: a field of the outermost record, or inside `any` the name given there.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s, T> {
    /// The name; empty for the outermost record.
    pub(super) name: &'s str,
    /// What is called so.
    pub(super) subject: T,
    /// What was named further out.
    pub(super) outer: Option<&'s Scope<'s, T>>,
}

impl<T: Copy> Scope<'_, T> {
    /// The scope of a request's own records.
    pub(super) fn outermost(subject: T) -> Self {
        Self {
            name: "",
            subject,
            outer: None,
        }
    }

    /// Where `path` begins, and its fields from there.
    pub(super) fn resolve<'p>(&self, path: &'p [String]) -> (T, &'p [String]) {
        match (self.outer, path) {
            (None, _) => (self.subject, path),
            (Some(_), [first, rest @ ..]) if first == self.name => (self.subject, rest),
            (Some(outer), _) => outer.resolve(path),
        }
    }
}

type Checked<T = ()> = Result<T, Refusal>;
type Names<'s> = Scope<'s, Resource>;
/// The type of a term; none for null.
type Type = Option<Kind>;

/// Checks the options of a read of `resource`.
pub(super) fn options(kind: BalenaKind, resource: Resource, options: &Options) -> Checked {
    Checker(kind).options(resource, options)
}

/// Knows the fields of one server.
#[derive(Clone, Copy)]
struct Checker(BalenaKind);

impl Checker {
    fn options(self, resource: Resource, options: &Options) -> Checked {
        for name in options.select.iter().flatten() {
            if let Shape::Many(_) = self.field(resource, name)?.shape {
                return Err(Refusal::Broken);
            }
        }
        for expand in &options.expand {
            let target = linked(self.field(resource, &expand.field)?.shape)?;
            self.options(target, &expand.options)?;
        }
        let names = Scope::outermost(resource);
        for sort in &options.orderby {
            self.term(&sort.by, &names)?;
        }
        let mut filter = options.filter.iter();
        filter.try_for_each(|filter| self.condition(filter, &names))
    }

    fn field(self, resource: Resource, name: &str) -> Checked<&'static Field> {
        resource.field(name, self.0).ok_or(Refusal::Broken)
    }

    fn condition(self, condition: &Condition, names: &Names<'_>) -> Checked {
        match condition {
            Condition::Always(_) => Ok(()),
            Condition::Chain(first, rest) => {
                self.condition(first, names)?;
                let mut rest = rest.iter();
                rest.try_for_each(|(_, each)| self.condition(each, names))
            }
            Condition::Not(inner) => self.condition(inner, names),
            Condition::Compare(left, comparison, right) => {
                self.comparison((left, right), *comparison, names)
            }
            Condition::OneOf(left, choices) => choices.iter().try_for_each(|choice| {
                let choice = Term::Literal(choice.clone());
                self.comparison((left, &choice), Comparison::Equal, names)
            }),
            Condition::Match(_, whole, part) => {
                let types = (self.term(whole, names)?, self.term(part, names)?);
                ensure(types == (Some(Kind::Text), Some(Kind::Text)))
            }
            Condition::Any(path, name, inner) => {
                let subject = linked(self.walk(path, names)?)?;
                let outer = Some(names);
                let inside = Scope {
                    name,
                    subject,
                    outer,
                };
                self.condition(inner, &inside)
            }
            Condition::Senseless => Err(Refusal::Broken),
        }
    }

    fn comparison(
        self,
        (left, right): (&Term, &Term),
        comparison: Comparison,
        names: &Names<'_>,
    ) -> Checked {
        let types = (self.term(left, names)?, self.term(right, names)?);
        ensure(fits(types.0, right) && fits(types.1, left) && comparable(types, comparison))
    }

    fn term(self, term: &Term, names: &Names<'_>) -> Checked<Type> {
        match term {
            Term::Literal(literal) => Ok(literal_type(literal)),
            Term::Path(path) => match self.walk(path, names)? {
                Shape::Plain(kind) => Ok(Some(kind)),
                Shape::One(_) | Shape::Elsewhere => Ok(Some(Kind::Int)),
                Shape::Many(_) => Err(Refusal::Broken),
            },
            Term::Count(path) => {
                linked(self.walk(path, names)?)?;
                Ok(Some(Kind::Int))
            }
            Term::Lower(inner) => {
                let inner = self.term(inner, names)?;
                ensure(inner == Some(Kind::Text))?;
                Ok(inner)
            }
        }
    }

    /// The shape at the end of a path; all steps before it must lead to one record.
    fn walk(self, path: &[String], names: &Names<'_>) -> Checked<Shape> {
        let (mut resource, path) = names.resolve(path);
        let (last, hops) = path.split_last().ok_or(Refusal::Broken)?;
        for hop in hops {
            let Shape::One(next) = self.field(resource, hop)?.shape else {
                return Err(Refusal::Broken);
            };
            resource = next;
        }
        Ok(self.field(resource, last)?.shape)
    }
}

fn ensure(fine: bool) -> Checked {
    if fine { Ok(()) } else { Err(Refusal::Broken) }
}

/// The resource behind a link.
fn linked(shape: Shape) -> Checked<Resource> {
    match shape {
        Shape::One(target) | Shape::Many(target) => Ok(target),
        Shape::Plain(_) | Shape::Elsewhere => Err(Refusal::Broken),
    }
}

fn literal_type(literal: &Literal) -> Type {
    match literal {
        Literal::Null => None,
        Literal::Bool(_) => Some(Kind::Bool),
        Literal::Int(_) => Some(Kind::Int),
        Literal::Text(_) => Some(Kind::Text),
        Literal::Date(_) => Some(Kind::Date),
    }
}

/// Whether a written value can stand where `expected` does: ids have 32 bits, dates can be text.
fn fits(expected: Type, written: &Term) -> bool {
    match (expected, written) {
        (Some(Kind::Int), Term::Literal(Literal::Int(number))) => i32::try_from(*number).is_ok(),
        (Some(Kind::Date), Term::Literal(Literal::Text(text))) => moment(text).is_some(),
        _ => true,
    }
}

fn comparable(types: (Type, Type), comparison: Comparison) -> bool {
    match types {
        (None, _) | (_, None) => matches!(comparison, Comparison::Equal | Comparison::Unequal),
        (Some(Kind::Date), Some(Kind::Text)) | (Some(Kind::Text), Some(Kind::Date)) => true,
        (Some(one), Some(other)) => one == other && one != Kind::File,
    }
}
