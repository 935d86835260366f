//! Questions about invites: taken back, or sent again.

use crate::app::confirm::Fact;
use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::domain::wish::Resend;
use crate::domain::{Invite, Text, Wish};

use super::{Question, in_org, named, question, told};

/// Asks whether the invite under the cursor is to be taken back.
pub fn wish_revoke(model: &mut Model) -> Effects {
    let Some(invite) = model.invite_row().map(|row| row.item.clone()) else {
        return Effects::new();
    };
    let asked = Question {
        title: Text::from("Revoke invite"),
        yes: "revoke",
        about: about(model, &invite),
        notes: Vec::new(),
        wish: Wish::RevokeInvite {
            invite: Box::new(invite),
        },
    };
    question(model, asked)
}

/// Asks whether the invite under the cursor is to be sent again.
pub fn wish_resend(model: &mut Model) -> Effects {
    let Some(invite) = model.invite_row().map(|row| row.item.clone()) else {
        return Effects::new();
    };
    let asked = Question {
        title: Text::from("Send the invite again"),
        yes: "send again",
        about: about(model, &invite),
        notes: Vec::new(),
        wish: Wish::Resend(Resend::Listed(Box::new(invite))),
    };
    question(model, asked)
}

fn about(model: &Model, invite: &Invite) -> Vec<Fact> {
    let role = invite.role.clone().map(|role| role.name);
    let status = invite.status_at(model.now.wall);
    let mut facts = vec![
        ("Invite", named(&told(&invite.email), invite.at.id.text())),
        ("Role", told(&role)),
        ("Status", Text::from(status.key())),
    ];
    facts.extend(in_org(model, &invite.at.org));
    facts
}
