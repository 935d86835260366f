//! Questions about a membership: somebody's, or our own.

use crate::app::confirm::Fact;
use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::domain::plan::Weight;
use crate::domain::{Member, Text, Wish};

use super::{Question, in_org, named, question};

/// Asks whether the member under the cursor is to be removed. Removing oneself is leaving.
pub fn wish_remove(model: &mut Model) -> Effects {
    let Some(member) = model.member_row().map(|row| row.item.clone()) else {
        return Effects::new();
    };
    let (title, yes, notes) = if member.is_own() {
        let own = "this is you: you leave the organization";
        (
            "Leave the organization",
            "leave",
            vec![(Weight::Warning, Text::from(own))],
        )
    } else {
        ("Remove member", "remove", Vec::new())
    };
    let asked = Question {
        title: Text::from(title),
        yes,
        about: about_member(model, &member),
        notes,
        wish: Wish::RemoveMember {
            member: Box::new(member),
        },
    };
    question(model, asked)
}

/// Asks whether we are to leave the organization.
pub fn wish_leave(model: &mut Model) -> Effects {
    let Some(org) = model.org_here().cloned() else {
        return Effects::new();
    };
    let mut about: Vec<Fact> = Vec::new();
    let own = model.store.visit(&org).and_then(|visit| {
        let mut rows = visit.members.rows.iter();
        rows.find(|row| row.item.is_own())
    });
    match own {
        Some(row) => about.extend(about_member(model, &row.item.clone())),
        None => {
            let label = model.store.account(org.profile()).and_then(|account| {
                let principal = account.principal.known();
                principal.map(|principal| principal.label.clone())
            });
            about.push(("You", label.unwrap_or(Text::from("?"))));
            about.extend(in_org(model, &org));
        }
    }
    let asked = Question {
        title: Text::from("Leave the organization"),
        yes: "leave",
        about,
        notes: Vec::new(),
        wish: Wish::Leave { org },
    };
    question(model, asked)
}

/// A member with every id that a request may name, the roles, and where that is.
pub fn about_member(model: &Model, member: &Member) -> Vec<Fact> {
    let mut facts = vec![("Member", named(member.display_name(), member.id.text()))];
    if let Some(email) = member.email.known() {
        facts.push(("E-mail", email.clone()));
    }
    if let Some(user) = member.user.known() {
        facts.push(("User id", user.text().clone()));
    }
    facts.push(("Role", roles(member)));
    facts.extend(in_org(model, &member.at.org));
    facts
}

fn roles(member: &Member) -> Text {
    let names: Vec<String> = member
        .assignments()
        .iter()
        .map(|held| held.role.name.excerpt(60).to_string())
        .collect();
    match member.roles.known() {
        None => Text::from("?"),
        Some(held) if held.is_empty() => Text::from("-"),
        Some(_) => Text::from(names.join(", ")),
    }
}
