//! One request below the version: its address and options, read and checked.

use super::check;
use super::model::Resource;
use super::refusal::Refusal;
use super::syntax::{Address, Comparison, Condition, Joint, Key, Literal, Options, Part, Term};
use crate::sandbox::exchange::Request;
use crate::sandbox::world::BalenaKind;

/// What is asked of a resource.
pub(super) struct Query {
    pub(super) resource: Resource,
    /// Whether one record was named by its key.
    pub(super) keyed: bool,
    pub(super) part: Part,
    /// The condition of the key and of the filter together.
    pub(super) filter: Condition,
    /// The other options.
    pub(super) options: Options,
}

impl Query {
    /// Reads what follows the version in the path, and the options.
    pub(super) fn parse(
        kind: BalenaKind,
        request: &Request,
        segments: &[&str],
    ) -> Result<Self, Refusal> {
        if matches!(segments, [_, further, ..] if !["", "$count"].contains(further)) {
            return Err(Refusal::NotPlayed);
        }
        let address = Address::parse(segments)?;
        let mut options = Options::parse(&request.query)?;
        let resource = Resource::named(&address.resource).ok_or(Refusal::NotPlayed)?;
        if !resource.is_on(kind) {
            return Err(Refusal::Unauthorized);
        }
        let keyed = address.key.is_some();
        let key = address.key.map(|key| named(resource, key)).transpose()?;
        options.filter = both(key, options.filter.take());
        check::options(kind, resource, &options)?;
        let filter = options.filter.take();
        Ok(Self {
            resource,
            keyed,
            part: address.part,
            filter: filter.unwrap_or(Condition::Always(true)),
            options,
        })
    }
}

/// The condition that holds for the record of this key alone.
fn named(resource: Resource, key: Key) -> Result<Condition, Refusal> {
    let key = match key {
        Key::Bare(Literal::Int(id)) => vec![("id".to_owned(), Literal::Int(id))],
        Key::Bare(_) => return Err(Refusal::Broken),
        Key::Named(pairs) => pairs,
    };
    let mut names: Vec<&str> = key.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let mut unique = resource.keys().iter();
    if !unique.any(|fields| *fields == names) {
        return Err(Refusal::Broken);
    }
    let equal = |(name, value)| {
        let (field, value) = (Term::Path(vec![name]), Term::Literal(value));
        Condition::Compare(field, Comparison::Equal, value)
    };
    let conditions = key.into_iter().map(equal).map(Some);
    conditions.fold(None, both).ok_or(Refusal::Broken)
}

fn both(one: Option<Condition>, other: Option<Condition>) -> Option<Condition> {
    match (one, other) {
        (Some(one), Some(other)) => {
            let rest = vec![(Joint::And, other)];
            Some(Condition::Chain(Box::new(one), rest))
        }
        (one, other) => one.or(other),
    }
}
