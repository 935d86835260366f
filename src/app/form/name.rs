//! The name that is typed in a form where its plan asks for one: a second thought, and part of no request.

use super::{Field, Form, Stage};
use crate::domain::{FieldKind, FieldSpec, Objection, Plan, Text};

/// The key of the field in which a name is typed where a plan asks for one.
pub const NAME: &str = "typed_name";

const TYPED: FieldSpec = FieldSpec::required(NAME, "Type its name", FieldKind::Text { max: 400 });

impl Form {
    /// There is a field for the name, if this plan asks for one.
    pub(super) fn ask_name(&mut self, plan: &Plan) {
        self.fields.retain(|field| field.spec.key != NAME);
        if let Some(asked) = plan.objections.iter().find_map(asked_name) {
            let mut name = Field::new(TYPED, &self.goal);
            name.note = Some(asked);
            self.fields.push(name);
        }
    }

    /// Whether the name that a plan asks for is to be typed here.
    pub fn is_at_name(&self) -> bool {
        self.here().is_some_and(|field| field.spec.key == NAME)
    }

    /// The name that was typed where one is asked for.
    pub fn typed_name(&self) -> Option<&str> {
        let input = self.field(NAME)?.entry.input()?;
        Some(input.value())
    }

    /// Whether its plan asks for a name and another one was typed.
    pub fn lacks_name(&self) -> bool {
        let Stage::Ready(plan, _) = &self.stage else {
            return false;
        };
        plan.objections.iter().any(|objection| match objection {
            Objection::TypeName { names, .. } => {
                let typed = self.typed_name();
                !typed.is_some_and(|typed| names.iter().any(|name| name.raw() == typed))
            }
            Objection::Refused(_) => false,
        })
    }
}

/// Which name is to be typed, and why.
fn asked_name(objection: &Objection) -> Option<Text> {
    match objection {
        Objection::TypeName { names, why } => {
            let names: Vec<String> = names
                .iter()
                .map(|name| name.excerpt(80).to_string())
                .collect();
            Some(Text::from(format!("{}; {why}", names.join(" or "))))
        }
        Objection::Refused(_) => None,
    }
}
