//! Trying a profile: one read that says who we are, and what the service offers.

use std::process::ExitCode;

use color_eyre::eyre::Result;
use serde_json::{Value as Json, json};
use tokio::sync::mpsc;

use super::{Asked, Call};
use crate::cli::connect;
use crate::cli::output::{Report, code, error};
use crate::config::Profile;
use crate::domain::connection::Access;
use crate::domain::{
    self, Answer, ApiError, Capabilities, Fault, Principal, PrincipalKind, Query, Text, Told, Verb,
};

/// What a trial found.
pub(super) struct Tried {
    /// Who we are.
    pub(super) principal: Principal,
    /// What can be done.
    pub(super) capabilities: Capabilities,
    access: Access,
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
        access: link.connection.access,
    })
}

/// Tries profiles and prints who we are on each.
pub(super) async fn run(asked: &Asked, call: Call<'_>) -> Result<ExitCode> {
    let profiles = match call.profiles(asked.profile.as_deref()) {
        Ok(profiles) => profiles,
        Err(code) => return Ok(code),
    };
    let switch = connect::switch(call.args, call.environment);
    let tried = profiles.iter().map(|profile| of(profile, switch));
    let tried = futures_util::future::join_all(tried).await;
    let mut report = Report {
        kind: "whoami",
        columns: &[
            "profile",
            "provider",
            "kind",
            "id",
            "name",
            "email",
            "can_write",
        ],
        ..Report::default()
    };
    let mut failed = Vec::new();
    for (profile, tried) in profiles.iter().zip(tried) {
        match tried {
            Ok(tried) => report.rows.push(row(profile, &tried)),
            Err(found) => {
                failed.push(code(&found.fault));
                let name = domain::Profile::new(profile.name.as_str());
                report.errors.push(error(&name, &found));
            }
        }
    }
    report.print(asked.output.format)?;
    Ok(ExitCode::from(match failed.first() {
        None => 0,
        Some(_) if !report.rows.is_empty() => 8,
        Some(first) => *first,
    }))
}

fn row(profile: &Profile, tried: &Tried) -> Json {
    let principal = &tried.principal;
    let manages = matches!(principal.kind, PrincipalKind::User | PrincipalKind::Service);
    let email = match &principal.email {
        Told::Is(email) => Some(email.raw()),
        Told::Empty | Told::Unknown => None,
    };
    json!({
        "profile": profile.name,
        "provider": profile.provider,
        "kind": principal.kind.key(),
        "id": principal.user.as_ref().map(domain::UserId::raw),
        "name": principal.label.raw(),
        "email": email,
        "can_write": manages && tried.access == Access::Full,
    })
}
