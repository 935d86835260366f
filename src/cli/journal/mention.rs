//! What is left, mentioned where errors go by the commands that only read: a line for each profile that was asked,
//! and none where nothing is left. Nothing is looked up for it.

use crate::cli::args::{Invite, Member, Metadata, Noun, Org, Role, User};
use crate::cli::complaint;
use crate::cli::desk::Desk;
use crate::domain::Profile;

/// Where a command reads.
enum Place<'a> {
    /// On the profile that this address begins with.
    On(&'a str),
    /// On all that are in use.
    All,
}

impl<'a> Place<'a> {
    fn of(address: Option<&'a str>) -> Self {
        address.map_or(Self::All, Self::On)
    }
}

/// Mentions what is left on the profiles that a command has read.
pub(in crate::cli) async fn mention(desk: &Desk, command: &Noun) {
    let Some(place) = read(command) else {
        return;
    };
    // Whoever only reads needs no journal; the commands that do complain of it.
    let Ok(left) = desk.gate.left().await else {
        return;
    };
    let asked = |profile: &Profile| match place {
        Place::On(address) => address.split('/').next() == Some(profile.as_str()),
        Place::All => desk.link(profile.as_str()).is_ok(),
    };
    for (profile, left) in left.iter().filter(|(profile, _)| asked(profile)) {
        if let Some(words) = left.words() {
            let name = profile.text().clean();
            complaint::note(&format!(
                "{name}: {words}: `orgdeck journal list` looks it up, the console shows it (`w`)"
            ));
        }
    }
}

/// What a command reads; nothing for those that do something else.
fn read(command: &Noun) -> Option<Place<'_>> {
    match command {
        Noun::Org(Org::List(_)) => Some(Place::All),
        Noun::Org(Org::Show { org, .. } | Org::Metadata(Metadata::Show { org, .. }))
        | Noun::Member(
            Member::List { org, .. } | Member::Show { org, .. } | Member::Roles { org, .. },
        ) => Some(Place::On(org)),
        Noun::Invite(Invite::List { org, .. }) => Some(Place::of(org.as_deref())),
        Noun::Role(Role::List { place, .. }) => Some(Place::On(place)),
        Noun::User(User::Find { profile, .. } | User::Memberships { profile, .. }) => {
            Some(Place::On(profile))
        }
        Noun::Whoami { profile, .. } => Some(Place::of(profile.as_deref())),
        Noun::Org(
            Org::Create(_)
            | Org::Edit(_)
            | Org::Delete { .. }
            | Org::Logo(_)
            | Org::Metadata(Metadata::Set { .. }),
        )
        | Noun::Member(
            Member::Add { .. } | Member::Role(_) | Member::Remove { .. } | Member::Leave { .. },
        )
        | Noun::Invite(
            Invite::Create(_)
            | Invite::Revoke { .. }
            | Invite::Resend { .. }
            | Invite::Accept { .. },
        )
        | Noun::Journal(_)
        | Noun::Undo(_)
        | Noun::Redo(_) => None,
    }
}
