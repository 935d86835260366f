//! Trying a profile: one read that says who we are, and what the service offers.

use tokio::sync::mpsc;

use crate::cli::connect;
use crate::config::Profile;
use crate::domain::{Answer, ApiError, Capabilities, Fault, Principal, Query, Text, Verb};

/// What a trial found.
pub(super) struct Tried {
    /// Who we are.
    pub(super) principal: Principal,
    /// What can be done.
    pub(super) capabilities: Capabilities,
}

/// Tries a profile.
///
/// # Errors
/// What the service answers, or why it is not asked.
pub(super) async fn of(profile: &Profile, switch: Option<&'static str>) -> Result<Tried, ApiError> {
    let failed = |fault| ApiError::new(Verb::WhoAmI, fault);
    // Nobody watches these requests.
    let (ear, _) = mpsc::unbounded_channel();
    let link = connect::link(profile.clone(), switch, &ear)
        .map_err(|error| failed(Fault::Insecure(Text::from(format!("{error:#}")))))?;
    let Answer::Principal(principal) = link.query(Query::WhoAmI).await? else {
        return Err(failed(Fault::Garbled(Text::from("who we are"))));
    };
    // What it says beyond its table is good to know, and not needed.
    let _ = link.query(Query::Probe).await;
    Ok(Tried {
        principal,
        capabilities: link.capabilities(),
    })
}
