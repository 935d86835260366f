//! Questions about invites: taken back, or sent again.

use std::collections::BTreeSet;

use crate::app::carried;
use crate::app::confirm::Fact;
use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::app::screen::marks;
use crate::app::store::SentNote;
use crate::domain::plan::Weight;
use crate::domain::wish::Resend;
use crate::domain::{FieldSpec, Invite, OrgId, Text, Wish};

use super::{Question, in_org, named, told, wish_each};

/// Asks whether the marked invites are to be taken back, else the one under the cursor.
pub fn wish_revoke(model: &mut Model) -> Effects {
    let invites = marks::invites_meant(model).into_iter().map(Box::new);
    let wishes = invites.map(|invite| Wish::RevokeInvite { invite });
    wish_each(model, wishes.collect())
}

/// Asks whether what is marked, else what is under the cursor, is to be sent again: listed invites, or
/// addresses that were invited from here.
pub fn wish_resend(model: &mut Model) -> Effects {
    let listed = marks::invites_meant(model).into_iter().map(Box::new);
    let mut again: Vec<Resend> = listed.map(Resend::Listed).collect();
    if again.is_empty() {
        let mut notes = marks::notes_meant(model);
        // Somebody who was invited twice gets one mail by one yes.
        let mut met = BTreeSet::new();
        notes.retain(|note| met.insert((note.org.clone(), note.email.clone())));
        let address = |SentNote { org, email, .. }| Resend::Address { org, email };
        again = notes.into_iter().map(address).collect();
    }
    wish_each(model, again.into_iter().map(Wish::Resend).collect())
}

pub(super) fn revoking(model: &Model, invite: &Invite) -> Question {
    let wish = Wish::RevokeInvite {
        invite: Box::new(invite.clone()),
    };
    let title = ("Revoke invite", "revoke");
    let mut question = Question::new(title, about(model, invite), wish);
    question
        .notes
        .extend(carried::void(specs(model, invite), invite));
    question
}

/// The fields that the service has for an invite.
fn specs<'a>(model: &'a Model, invite: &Invite) -> &'a [FieldSpec] {
    let account = model.store.account(invite.at.org.profile());
    account.map_or(&[], |account| &account.capabilities.invite)
}

pub(super) fn resending(model: &Model, invite: &Invite) -> Question {
    let wish = Wish::Resend(Resend::Listed(Box::new(invite.clone())));
    let title = ("Send the invite again", "send again");
    let mut question = Question::new(title, about(model, invite), wish);
    question.notes = carried::notes(specs(model, invite), invite);
    question
}

pub(super) fn inviting_again(model: &Model, org: &OrgId, email: &Text) -> Question {
    let to = [("To", email.clone())].into_iter();
    let about = to.chain(in_org(model, org)).collect();
    let wish = Wish::Resend(Resend::Address {
        org: org.clone(),
        email: email.clone(),
    });
    let mut question = Question::new(("Send the invite again", "send again"), about, wish);
    let words = "A new mail goes out. What became of the first invite cannot be read here.";
    question.notes.push((Weight::Told, Text::from(words)));
    question
}

pub(super) fn about(model: &Model, invite: &Invite) -> Vec<Fact> {
    let role = invite.role.clone().map(|role| role.name);
    let status = invite.status_at(model.theirs(invite.at.profile()));
    let mut facts = vec![
        ("Invite", named(&told(&invite.email), invite.at.id.text())),
        ("Role", told(&role)),
        ("Status", Text::from(status.key())),
    ];
    facts.extend(in_org(model, &invite.at.org));
    facts
}
