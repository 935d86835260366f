//! Questions about a membership: somebody's, or our own.

use crate::app::confirm::Fact;
use crate::app::differs;
use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::app::screen::marks;
use crate::domain::plan::Weight;
use crate::domain::{Member, OrgId, Text, Wish};

use super::{Question, in_org, named, wish, wish_each};

/// Asks whether the marked members are to be removed, else the one under the cursor. Removing oneself is
/// leaving.
pub fn wish_remove(model: &mut Model) -> Effects {
    let members = marks::members_meant(model).into_iter().map(Box::new);
    let wishes = members.map(|member| Wish::RemoveMember { member });
    wish_each(model, wishes.collect())
}

/// Asks whether we are to leave the organization.
pub fn wish_leave(model: &mut Model) -> Effects {
    match model.org_here().cloned() {
        Some(org) => wish(model, Wish::Leave { org }),
        None => Effects::new(),
    }
}

pub(super) fn removing(model: &Model, member: &Member) -> Question {
    let about = about_member(model, member);
    let wish = Wish::RemoveMember {
        member: Box::new(member.clone()),
    };
    if !member.is_own() {
        return Question::new(("Remove member", "remove"), about, wish);
    }
    let mut question = Question::new(("Leave the organization", "leave"), about, wish);
    let own = "this is you: you leave the organization";
    question.notes.push((Weight::Warning, Text::from(own)));
    question
}

pub(super) fn leaving(model: &Model, org: &OrgId) -> Question {
    let own = model.store.visit(org).and_then(|visit| {
        let mut rows = visit.members.rows.iter();
        rows.find(|row| row.item.is_own())
    });
    let about = own.map_or_else(|| us(model, org), |row| about_member(model, &row.item));
    let wish = Wish::Leave { org: org.clone() };
    Question::new(("Leave the organization", "leave"), about, wish)
}

/// Ourselves, where our own membership was not read.
fn us(model: &Model, org: &OrgId) -> Vec<Fact> {
    let account = model.store.account(org.profile());
    let principal = account.and_then(|account| account.principal.known());
    let label = principal.map_or(Text::from("?"), |principal| principal.label.clone());
    let you = [("You", label)].into_iter();
    you.chain(in_org(model, org)).collect()
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
    facts.push(("Role", Text::from(differs::roles(member))));
    facts.extend(in_org(model, &member.at.org));
    facts
}
