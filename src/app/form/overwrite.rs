//! Overwriting: what a form would change was changed by somebody else since the form showed it. Its page shows both
//! values, and sending needs one more yes, in a field that is part of no request.

use super::{Entry, Field, Flag, Form, Goal, NAME, Stage};
use crate::app::differs;
use crate::domain::org::Attribute;
use crate::domain::query::Privacy;
use crate::domain::{FieldKind, FieldSpec, Org, Plan, Seen, Told, Value};

/// The key of the field in which it is said that what somebody has changed is overwritten.
pub const OVERWRITE: &str = "overwrite";

const YES: FieldSpec = FieldSpec::required(OVERWRITE, "Overwrite it", FieldKind::Flag)
    .hint("it is not as this form showed it: below is what it was, and what it is");

impl Field {
    /// Whether it is a second thought that a plan asks for: it is part of no request and of no draft.
    pub fn is_second_thought(&self) -> bool {
        [NAME, OVERWRITE].contains(&self.spec.key)
    }
}

impl Form {
    /// There is a field to say yes in, if this plan would overwrite what the form did not show.
    pub(super) fn ask_overwriting(&mut self, plan: &mut Plan, listed: Vec<Seen>) {
        let seen = plan.steps.first().map(|step| step.seen.clone());
        let own = seen.and_then(|seen| self.shown(seen));
        let shown: Vec<Seen> = own.into_iter().chain(listed).collect();
        self.fields.retain(|field| field.spec.key != OVERWRITE);
        if differs::warn(plan, (differs::SINCE_SHOWN, &shown)) > 0 {
            let mut field = Field::new(YES, &self.goal);
            field.entry = Entry::Flag(Flag::No);
            field.before = field.value();
            self.fields.push(field);
        }
    }

    /// Whether somebody else's change would be overwritten and nobody has said yes to that here.
    pub fn lacks_yes(&self) -> bool {
        let asked = self.field(OVERWRITE).and_then(Field::value);
        matches!(self.stage, Stage::Ready(..)) && asked == Some(Value::Flag(false))
    }

    /// The record as this form showed it: as it was read now, but for what the form has shown of it.
    fn shown(&self, now: Seen) -> Option<Seen> {
        match (&self.goal, now) {
            (Goal::EditOrg { org }, _) => Some(Seen::Org(Box::new(self.opened_on(org)))),
            (Goal::SetRoles { from, .. }, Seen::Member(mut member)) => {
                member.roles = Told::Is(from.clone().into());
                Some(Seen::Member(member))
            }
            (Goal::Metadata { .. }, Seen::Org(mut org)) => {
                let is_public = |privacy: &Privacy| *privacy == Privacy::Public;
                let read = self.shown.iter().find(|(privacy, _)| is_public(privacy));
                let text = read.and_then(|(_, content)| content.known())?;
                let document = serde_json::from_str(text.raw()).ok()?;
                put(&mut org, "public_metadata", Value::Json(document));
                Some(Seen::Org(org))
            }
            _ => None,
        }
    }

    /// The organization with the values that stood in the fields at first.
    fn opened_on(&self, org: &Org) -> Org {
        let mut org = org.clone();
        for field in &self.fields {
            match (field.spec.key, &field.before) {
                ("name", Some(Value::Text(name))) => org.name = Told::Is(name.clone()),
                ("slug", Some(Value::Text(slug))) => org.slug = Told::Is(slug.clone()),
                (key, Some(value)) => put(&mut org, key, value.clone()),
                (_, None) => {}
            }
        }
        org
    }
}

fn put(org: &mut Org, key: &'static str, value: Value) {
    org.attributes.retain(|known| known.key != key);
    org.attributes.push(Attribute::new(key, Told::Is(value)));
}
