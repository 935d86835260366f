//! Questions about invites: taken back, or sent again.

use std::collections::BTreeSet;

use crate::app::confirm::{Fact, Note};
use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::app::screen::marks;
use crate::app::store::SentNote;
use crate::domain::plan::Weight;
use crate::domain::wish::Resend;
use crate::domain::{Invite, InviteStatus, OrgId, Text, Wish};

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
    Question::new(("Revoke invite", "revoke"), about(model, invite), wish)
}

pub(super) fn resending(model: &Model, invite: &Invite) -> Question {
    let wish = Wish::Resend(Resend::Listed(Box::new(invite.clone())));
    let title = ("Send the invite again", "send again");
    let mut question = Question::new(title, about(model, invite), wish);
    question.notes = announced(model, invite);
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

fn about(model: &Model, invite: &Invite) -> Vec<Fact> {
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

/// What sending again comes to: what is new, what is kept, and what cannot be kept since nobody tells it.
fn announced(model: &Model, invite: &Invite) -> Vec<Note> {
    let open = matches!(
        invite.status,
        InviteStatus::Pending | InviteStatus::Other(_)
    );
    let how = if open {
        "This invite is revoked, then a new one is made: a new mail with a new link goes out, the old \
         link ends."
    } else {
        "This invite is open no more; a new one is made: a new mail with a new link goes out."
    };
    let mut notes = vec![(Weight::Told, Text::from(how))];
    let (kept, lost) = carried_over(model, invite);
    if !kept.is_empty() {
        let words = format!("Kept: {}.", kept.join(", "));
        notes.push((Weight::Told, Text::from(words)));
    }
    if !lost.is_empty() {
        let lost = lost.join(", ");
        let words = format!("not kept, since the service does not tell it: {lost}");
        notes.push((Weight::Warning, Text::from(words)));
    }
    notes
}

type Words = Vec<&'static str>;

/// The fields that the service has for an invite: what the new one takes over, and what nobody can read.
fn carried_over(model: &Model, invite: &Invite) -> (Words, Words) {
    let account = model.store.account(invite.at.org.profile());
    let specs = account.map_or(&[][..], |account| &account.capabilities.invite);
    let offered = |key: &str| {
        let mut specs = specs.iter();
        specs.any(|spec| spec.key == key && spec.is_offered())
    };
    let words = |of: &[(&str, &'static str, bool)]| {
        let here = of.iter().filter(|(key, _, is_so)| *is_so && offered(key));
        here.map(|(_, word, _)| *word).collect()
    };
    let redirect = invite.redirect.known().is_some();
    let kept = [
        ("role", "role", invite.role.known().is_some()),
        ("message", "message", invite.message.known().is_some()),
        (
            "public_metadata",
            "public metadata",
            invite.metadata.known().is_some(),
        ),
        ("redirect_url", "redirect", redirect),
    ];
    let lost = [
        ("redirect_url", "redirect", !redirect),
        ("private_metadata", "private metadata", true),
    ];
    (words(&kept), words(&lost))
}
