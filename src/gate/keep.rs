//! Keeping: an image that a change is going to replace is fetched before, so that it can be set again. Where it
//! cannot be fetched the change goes on without, and its undo is said to be impossible.

use crate::domain::{Logo, Mutation, Seen, Step, Told};
use crate::provider::link::Link;

/// What was found, with the image that the change replaces.
pub(super) async fn with_image(link: &Link, change: &Mutation, mut seen: Seen) -> Seen {
    if replaces(change)
        && let Some(logo) = logo(&mut seen)
        && let Told::Is(address) = &logo.url
    {
        logo.image = link.picture(address).await.ok();
    }
    seen
}

/// The same just before the change is sent: the image that was fetched for its plan is still the one, unless
/// somebody has set another since.
pub(super) async fn again(link: &Link, step: &Step, mut now: Seen) -> Seen {
    let mut planned = step.seen.clone();
    match (logo(&mut planned), logo(&mut now)) {
        (Some(planned), Some(logo)) if planned.image.is_some() && planned.is_at(&logo.url) => {
            logo.image.clone_from(&planned.image);
            now
        }
        _ => with_image(link, &step.change, now).await,
    }
}

fn replaces(change: &Mutation) -> bool {
    match change {
        Mutation::SetLogo { .. } | Mutation::RemoveLogo { .. } => true,
        Mutation::EditOrg { fields, .. } => fields.get("logo_image").is_some(),
        Mutation::CreateOrg { .. }
        | Mutation::DeleteOrg { .. }
        | Mutation::MergeMetadata { .. }
        | Mutation::AddMember { .. }
        | Mutation::SetRole { .. }
        | Mutation::GiveRole { .. }
        | Mutation::TakeRole { .. }
        | Mutation::RemoveMember { .. }
        | Mutation::Invite { .. }
        | Mutation::InviteBulk { .. }
        | Mutation::RevokeInvite { .. }
        | Mutation::AcceptInvite { .. } => false,
    }
}

fn logo(seen: &mut Seen) -> Option<&mut Logo> {
    match seen {
        Seen::Org(org) => match &mut org.logo {
            Told::Is(logo) => Some(logo),
            Told::Empty | Told::Unknown => None,
        },
        Seen::Nothing
        | Seen::Gone
        | Seen::Member(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    }
}
