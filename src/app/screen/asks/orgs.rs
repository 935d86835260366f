//! Questions about an organization as a whole.

use crate::app::confirm::Fact;
use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::domain::{Org, OrgId, Text, Told, Wish};

use super::{Question, in_org, wish};

/// Asks whether the organization is to be deleted.
pub fn wish_delete(model: &mut Model) -> Effects {
    match model.org_here().cloned() {
        Some(org) => wish(model, Wish::DeleteOrg { org }),
        None => Effects::new(),
    }
}

/// Asks whether the organization is to be without a logo.
pub fn wish_remove_logo(model: &mut Model) -> Effects {
    let Some(org) = model.org_here().cloned() else {
        return Effects::new();
    };
    let logo = model.store.org(&org).map(|row| row.item.logo.clone());
    if logo == Some(Told::Empty) {
        model.say("it has no logo that could be removed");
        return Effects::new();
    }
    wish(model, Wish::RemoveLogo { org })
}

/// The end of an organization, with what is lost by it as far as it is shown; the plan tells the rest.
pub(super) fn deleting(model: &Model, org: &OrgId) -> Question {
    let mut about: Vec<Fact> = in_org(model, org).into();
    if let Some(row) = model.store.org(org) {
        about.extend(counts(&row.item));
    }
    let wish = Wish::DeleteOrg { org: org.clone() };
    Question::new(("Delete organization", "delete"), about, wish)
}

fn counts(org: &Org) -> [Fact; 2] {
    let count = |value: &Told<u64>| match value {
        Told::Is(count) => Text::from(count.to_string()),
        Told::Empty => Text::from("0"),
        Told::Unknown => Text::from("?"),
    };
    [
        ("Members", count(&org.members)),
        ("Invites", count(&org.invites)),
    ]
}
