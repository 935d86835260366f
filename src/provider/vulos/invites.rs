//! Invites: an address, and nothing but an address. The service lists none, takes none back, and says
//! nothing of what inviting the same address twice does.

use super::capabilities::invite_lacks;
use crate::domain::invite::Notify;
use crate::domain::{Fault, FieldError, InviteDraft, Mutation, OrgId, Text};

/// One change for each address.
///
/// # Errors
/// `Invalid` for what an invite cannot have here: nothing is dropped in silence.
pub(super) fn invites(org: &OrgId, drafts: Vec<InviteDraft>) -> Result<Vec<Mutation>, Fault> {
    let one = |draft| {
        bare(&draft)?;
        let org = org.clone();
        Ok(Mutation::Invite { org, draft })
    };
    drafts.into_iter().map(one).collect()
}

/// Refuses a draft with anything but an address.
fn bare(draft: &InviteDraft) -> Result<(), Fault> {
    let chosen = [
        ("role", draft.role.is_some()),
        ("message", draft.message.is_some()),
        ("redirect_url", draft.redirect.is_some()),
        ("expires_in_days", draft.expires_in_days.is_some()),
        ("notify", draft.notify != Notify::Default),
        ("public_metadata", draft.public_metadata.is_some()),
        ("private_metadata", draft.private_metadata.is_some()),
    ];
    let chosen = chosen.iter().filter(|(_, chosen)| *chosen);
    let errors: Vec<_> = chosen.filter_map(|(key, _)| lacking(key)).collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Fault::Invalid(errors))
    }
}

fn lacking(key: &str) -> Option<FieldError> {
    Some(FieldError {
        field: Text::from(key),
        message: Text::from(invite_lacks(key)?),
    })
}
