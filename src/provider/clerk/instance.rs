//! The instance behind a key: what it is, and what it allows.

use super::field::Odd;
use super::wire;
use super::{Clerk, capabilities};
use crate::domain::connection::Stage;
use crate::domain::{
    ApiError, Capabilities, Fault, Principal, PrincipalKind, Request, Text, Told, Verb,
};

impl Clerk {
    /// The instance that the key opens; a key acts for it and for no person.
    pub(super) async fn whoami(&self) -> Result<Principal, ApiError> {
        let request = Request::get("/v1/instance");
        self.record(Verb::WhoAmI, &request, principal).await
    }

    /// What organizations can do here. Settings that are not for this key leave the constant table.
    pub(super) async fn probe(&self) -> Result<Capabilities, ApiError> {
        let request = Request::get("/v1/instance/organization_settings");
        let read = |settings: wire::Settings| Ok(capabilities::trimmed(&settings));
        match self.record(Verb::WhoAmI, &request, read).await {
            Err(error) if is_closed(&error.fault) => Ok(capabilities::untrimmed(&error)),
            answer => answer,
        }
    }
}

fn is_closed(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::Forbidden | Fault::Refused | Fault::Missing | Fault::NotOffered(_)
    )
}

fn principal(instance: wire::Instance) -> Result<Principal, Odd> {
    let id = instance.id.id("id")?;
    let environment = instance.environment_type.filled("environment_type")?;
    let label = match &environment {
        Some(environment) => Text::from(format!("{} {}", environment.raw(), id.raw())),
        None => id,
    };
    Ok(Principal {
        kind: PrincipalKind::Service,
        user: None,
        label,
        email: Told::Empty,
        stage: stage(environment.as_ref().map(Text::raw)),
    })
}

fn stage(environment: Option<&str>) -> Told<Stage> {
    match environment {
        Some("production") => Told::Is(Stage::Production),
        Some("development") => Told::Is(Stage::Development),
        Some(_) | None => Told::Unknown,
    }
}
