//! Questions about an organization as a whole.

use crate::app::confirm::Fact;
use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::domain::plan::Weight;
use crate::domain::{Org, OrgId, Text, Told, Wish};

use super::{Question, in_org, question};

/// Asks whether the organization is to be deleted.
pub fn wish_delete(model: &mut Model) -> Effects {
    let Some(org) = model.org_here().cloned() else {
        return Effects::new();
    };
    let cascade = model
        .store
        .account(org.profile())
        .map_or("", |account| account.capabilities.cascade);
    let notes = (!cascade.is_empty())
        .then(|| {
            let words = format!("Goes with it: {cascade}");
            (Weight::Warning, Text::from(words))
        })
        .into_iter()
        .collect();
    let asked = Question {
        title: Text::from("Delete organization"),
        yes: "delete",
        about: about(model, &org),
        notes,
        wish: Wish::DeleteOrg { org },
    };
    question(model, asked)
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
    let asked = Question {
        title: Text::from("Remove logo"),
        yes: "remove the logo",
        about: in_org(model, &org).into(),
        notes: Vec::new(),
        wish: Wish::RemoveLogo { org },
    };
    question(model, asked)
}

/// The organization with what would be lost, as far as it is known.
fn about(model: &Model, org: &OrgId) -> Vec<Fact> {
    let mut facts: Vec<Fact> = in_org(model, org).into();
    if let Some(row) = model.store.org(org) {
        facts.extend(counts(&row.item));
    }
    facts
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
