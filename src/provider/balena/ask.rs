//! Reads: one question, its records, and what a failure means.
//!
//! balena answers 401 also to a good token that may not do something, so whoami is asked before
//! anybody is called signed out.

use serde_json::Value as Json;

use super::capabilities::{self, Model};
use super::odata::{Number, Resource, options};
use super::{Balena, errors, wire};
use crate::domain::connection::{Principal, PrincipalKind};
use crate::domain::id::Id;
use crate::domain::query::Reply;
use crate::domain::{Answer, ApiError, Fault, Request, Secret, Text, Told, UserId, Verb};
use crate::provider::http::Response;
use crate::provider::json;

const WHOAMI: &str = "/actor/v1/whoami";
const NO_PERSON: &str =
    "this key belongs to an application or a device: only a person's key manages organizations";

impl Balena {
    pub(super) async fn principal(&self) -> Reply {
        self.sign_in(Verb::WhoAmI).await?;
        let actor = self.fresh_actor(Verb::WhoAmI).await?;
        let kind = kind(&actor);
        let names = [actor.username, actor.slug, actor.uuid];
        let id = actor.id.text();
        Ok(Answer::Principal(Principal {
            kind,
            user: (kind == PrincipalKind::User)
                .then(|| UserId::new(self.transport.profile(), id.clone())),
            label: names.into_iter().flatten().next().unwrap_or(id),
            email: actor.email,
            stage: Told::Unknown,
        }))
    }

    /// The caller's user id, asked for once a secret; `None` for the key of an application or a device.
    pub(super) async fn me(&self, verb: Verb) -> Result<Option<UserId>, ApiError> {
        self.sign_in(verb).await?;
        let shown = self.transport.secret(verb).await?;
        let mut known = self.actor.lock().await;
        let actor = match known.take().filter(|(secret, _)| *secret == shown) {
            Some((_, actor)) => actor,
            None => self.ask_actor(verb).await?,
        };
        let id = UserId::new(self.transport.profile(), actor.id.text());
        let is_user = kind(&actor) == PrincipalKind::User;
        *known = Some((self.transport.secret(verb).await?, actor));
        Ok(is_user.then_some(id))
    }

    /// Asks again who the caller is, and keeps the answer.
    pub(super) async fn fresh_actor(&self, verb: Verb) -> Result<wire::Actor, ApiError> {
        let actor = self.ask_actor(verb).await?;
        let shown = self.transport.secret(verb).await?;
        *self.actor.lock().await = Some((shown, actor.clone()));
        Ok(actor)
    }

    async fn ask_actor(&self, verb: Verb) -> Result<wire::Actor, ApiError> {
        let request = Request::get(WHOAMI);
        let response = self.transport.read_as_me(verb, &request).await?;
        if !response.is_success() {
            return Err(errors::of(verb, &response));
        }
        let json = json::document(verb, &response)?;
        wire::record(&json).map_err(|what| ApiError::new(verb, Fault::Garbled(what)))
    }

    /// What a 401 to this secret means: it is bad, or it may not do just this. Asking who we are may have
    /// found another one, and then the answer says nothing of what that may do.
    pub(super) async fn unauthorized(
        &self,
        verb: Verb,
        response: &Response,
        shown: &Secret,
    ) -> ApiError {
        if let Err(error) = self.fresh_actor(verb).await {
            return error;
        }
        let fault = match self.transport.secret(verb).await {
            Ok(secret) if secret == *shown => Fault::Forbidden,
            Ok(_) => Fault::Renewed,
            Err(error) => return error,
        };
        ApiError {
            fault,
            ..errors::of(verb, response)
        }
    }

    /// What can be done here, and with this key.
    pub(super) async fn capabilities(&self) -> Reply {
        let model = self.model(Verb::WhoAmI).await?;
        let mut found = capabilities::of(model);
        if let Ok(None) = self.me(Verb::WhoAmI).await {
            found.notes = vec![Text::from(NO_PERSON)];
        }
        Ok(Answer::Capabilities(Box::new(found)))
    }

    /// Which model the server keeps, found out once; `NotOffered` where it lacks the verb.
    pub(super) async fn offered(&self, verb: Verb) -> Result<Model, ApiError> {
        let not_offered = |why| ApiError::new(verb, Fault::NotOffered(why));
        // What no server offers is refused before anything is sent.
        if let Some(why) = capabilities::refusal(Model::Cloud, verb) {
            return Err(not_offered(why));
        }
        let model = self.model(verb).await?;
        match capabilities::refusal(model, verb) {
            Some(why) => Err(not_offered(why)),
            None => Ok(model),
        }
    }

    /// Which model the server keeps, found out once.
    pub(super) async fn model(&self, verb: Verb) -> Result<Model, ApiError> {
        let model = self.model.get_or_try_init(|| self.probe(verb)).await?;
        Ok(*model)
    }

    async fn probe(&self, verb: Verb) -> Result<Model, ApiError> {
        let has = |resource: Resource, fields| {
            let query = options(&[("$top", "1"), ("$select", fields)]);
            Request::get(resource.path()).query(query)
        };
        match self.records(verb, &has(Resource::Role, "id")).await {
            Ok(_) => {}
            Err(error) if error.fault == Fault::Forbidden => return Ok(Model::Open),
            Err(error) => return Err(error),
        }
        // An unknown field is a 500, and a field that is missing would make every list one.
        match self
            .records(verb, &has(Resource::Org, super::orgs::DETAILS))
            .await
        {
            Ok(_) => Ok(Model::Cloud),
            Err(error) if error.status == Some(500) => Ok(Model::Lean),
            Err(error) => Err(error),
        }
    }

    /// The records of a list, each still to be read.
    pub(super) async fn records(
        &self,
        verb: Verb,
        request: &Request,
    ) -> Result<Vec<Json>, ApiError> {
        self.sign_in(verb).await?;
        let mut shown = self.transport.secret(verb).await?;
        let mut budget = self.transport.budget();
        let mut response = self
            .transport
            .read_within(verb, request, &mut budget)
            .await?;
        if response.status == 401 {
            let error = self.unauthorized(verb, &response, &shown).await;
            if error.fault != Fault::Renewed || !budget.again() {
                return Err(error);
            }
            shown = self.transport.secret(verb).await?;
            response = self
                .transport
                .read_within(verb, request, &mut budget)
                .await?;
        }
        match response.status {
            200..=299 => {}
            401 => return Err(self.unauthorized(verb, &response, &shown).await),
            _ => return Err(errors::of(verb, &response)),
        }
        let list: Result<wire::List, _> = wire::record(&json::document(verb, &response)?);
        let not_a_list = |_| ApiError::new(verb, Fault::Garbled(Text::from("field d")));
        list.map(|list| list.d).map_err(not_a_list)
    }

    /// One record; what is missing, or not for us, is an empty list with a 200.
    pub(super) async fn record(&self, verb: Verb, request: &Request) -> Result<Json, ApiError> {
        let records = self.records(verb, request).await?;
        let missing = || ApiError::new(verb, Fault::Missing);
        records.into_iter().next().ok_or_else(missing)
    }

    /// An id of this profile as the number that it is.
    pub(super) fn number<Kind>(&self, verb: Verb, id: &Id<Kind>) -> Result<Number, ApiError> {
        if id.profile() != self.transport.profile() {
            return Err(ApiError::new(verb, Fault::Foreign));
        }
        let none = || ApiError::new(verb, Fault::Missing).words("an id here is a number");
        Number::parse(id.raw()).ok_or_else(none)
    }
}

fn kind(actor: &wire::Actor) -> PrincipalKind {
    match actor.kind.as_str() {
        "user" => PrincipalKind::User,
        "application" => PrincipalKind::Application,
        "device" => PrincipalKind::Device,
        _ => PrincipalKind::Service,
    }
}
