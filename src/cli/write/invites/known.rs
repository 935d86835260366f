//! Who is a member and who is invited already, as far as the service tells.

use crate::cli::complaint;
use crate::cli::resolve;
use crate::domain::{ApiError, Cursor, Member, OrgId, Query, Text, Verb, email};
use crate::job::lines::Line;
use crate::job::verdict::Known;
use crate::provider::link::Link;

/// What cannot be read is said and claims nothing: the service has the last word.
pub(super) async fn known(link: &Link, org: &OrgId, lines: &[Line]) -> Known {
    let capabilities = link.capabilities();
    let mut known = Known::default();
    if !capabilities.untold.contains(&"email") {
        match members(link, org, lines).await {
            Ok(members) => known.add_members(&members),
            Err(_) => complaint::note("who is a member already could not be checked"),
        }
    }
    if capabilities.refusal(Verb::InviteList).is_none() {
        match resolve::invites(link, org).await {
            Ok(invites) => known.add_invites(&invites),
            Err(_) => complaint::note("who is invited already could not be checked"),
        }
    }
    known
}

async fn members(link: &Link, org: &OrgId, lines: &[Line]) -> Result<Vec<Member>, ApiError> {
    // One address is searched for where the service can; for many, the list is read once.
    let text = match lines {
        [only] => email::parse(&only.email).ok().map(Text::from),
        _ => None,
    };
    let question = |page: Cursor| Query::Members {
        org: org.clone(),
        role: None,
        text: text.clone(),
        page,
    };
    resolve::collect(link, question, |_| true).await
}
