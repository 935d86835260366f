//! What an invite that is sent again carries over, and what one that is taken back does not, in words: said by the screen and by the commands alike.

use super::confirm::Note;
use crate::domain::plan::Weight;
use crate::domain::{FieldSpec, Invite, InviteStatus, Text};

/// What sending again comes to: what is new, what is kept, and what cannot be kept since nobody tells it.
pub fn notes(specs: &[FieldSpec], invite: &Invite) -> Vec<Note> {
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
    let (kept, lost) = carried_over(specs, invite);
    if !kept.is_empty() {
        let words = format!("Kept: {}.", kept.join(", "));
        notes.push((Weight::Told, Text::from(words)));
    }
    notes.extend(untold("not kept", &lost));
    notes
}

/// What an undo of taking an invite back cannot bring back, since nobody tells it.
pub fn void(specs: &[FieldSpec], invite: &Invite) -> Option<Note> {
    let (_, lost) = carried_over(specs, invite);
    untold("an undo does not bring back", &lost)
}

fn untold(what: &str, lost: &[&str]) -> Option<Note> {
    let names = lost.join(", ");
    let words = format!("{what}, since the service does not tell it: {names}");
    (!lost.is_empty()).then(|| (Weight::Warning, Text::from(words)))
}

type Words = Vec<&'static str>;

/// The fields that the service has for an invite: what the new one takes over, and what nobody can read.
fn carried_over(specs: &[FieldSpec], invite: &Invite) -> (Words, Words) {
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
