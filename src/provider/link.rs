//! Links: a live connection with what is known of it, and the checks that hold for every service.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;

use super::Provider;
use crate::domain::query::Reply;
use crate::domain::secret::Pass;
use crate::domain::{
    Answer, ApiError, Capabilities, Connection, Fault, Image, Principal, Query, Text, Verb,
};

/// A connection as the rest of the program uses it.
pub struct Link {
    /// What the configuration says of it.
    pub connection: Connection,
    provider: Arc<dyn Provider>,
    capabilities: RwLock<Capabilities>,
    principal: RwLock<Option<Principal>>,
}

impl Link {
    /// A link over a provider, with the capabilities that hold until a probe says otherwise.
    pub fn new(
        connection: Connection,
        provider: Arc<dyn Provider>,
        capabilities: Capabilities,
    ) -> Self {
        Self {
            connection,
            provider,
            capabilities: RwLock::new(capabilities),
            principal: RwLock::default(),
        }
    }

    /// The provider behind it.
    pub fn provider(&self) -> &Arc<dyn Provider> {
        &self.provider
    }

    /// What it can do, as far as is known now.
    pub fn capabilities(&self) -> Capabilities {
        self.capabilities
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// What the service's clock shows when ours shows this, as far as its answers have told.
    pub fn theirs(&self, ours: Timestamp) -> Timestamp {
        self.provider.skew().theirs(ours)
    }

    /// Who the credential acts as, if the service was asked.
    pub fn principal(&self) -> Option<Principal> {
        self.principal
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Who the credential acts as: as the service has said, or says now. It is asked once; where it could not
    /// be asked, the next one to need it tries again.
    pub async fn identify(&self) -> Option<Principal> {
        if self.principal().is_none() {
            // Whoever asked goes on without it.
            let _ = self.query(Query::WhoAmI).await;
        }
        self.principal()
    }

    /// Fetches an image from the address that a record gives for it, without showing who we are.
    ///
    /// # Errors
    /// When the address is not one to be asked, or gives no such image.
    pub async fn picture(&self, address: &Text) -> Result<Image, ApiError> {
        self.provider.picture(address).await
    }

    /// Refuses what the service does not offer.
    ///
    /// # Errors
    /// `NotOffered` with the reason.
    pub fn check(&self, verb: Verb) -> Result<(), ApiError> {
        match self.capabilities().refusal(verb) {
            Some(why) => Err(ApiError::new(verb, Fault::NotOffered(why))),
            None => Ok(()),
        }
    }

    /// Goes on with what a person typed, and asks who that is.
    ///
    /// # Errors
    /// When it is not accepted.
    pub async fn admit(&self, pass: Pass) -> Reply {
        self.provider.admit(pass).await?;
        self.query(Query::WhoAmI).await
    }

    /// The same link under other rules: what is known and what is under way of it is shared.
    #[must_use]
    pub fn under(&self, connection: Connection) -> Self {
        Self {
            connection,
            provider: Arc::clone(&self.provider),
            capabilities: RwLock::new(self.capabilities()),
            principal: RwLock::new(self.principal()),
        }
    }

    /// The same link with something around its provider.
    #[must_use]
    pub fn within(self, around: impl FnOnce(Arc<dyn Provider>) -> Arc<dyn Provider>) -> Self {
        let provider = around(self.provider);
        Self { provider, ..self }
    }

    /// Asks for one page or one record.
    ///
    /// # Errors
    /// What the provider says; `Foreign` for an id of another profile and `NotOffered` for what the
    /// service does not have, and then nothing was sent.
    pub async fn query(&self, query: Query) -> Reply {
        let verb = query.verb();
        if query
            .profile()
            .is_some_and(|p| *p != self.connection.profile)
        {
            return Err(ApiError::new(verb, Fault::Foreign));
        }
        self.check(verb)?;
        let answer = self.provider.query(query).await?;
        if let Answer::Capabilities(learned) = &answer {
            let mut known = self
                .capabilities
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            *known = (**learned).clone();
        }
        if let Answer::Principal(learned) = &answer {
            let mut known = self
                .principal
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            *known = Some(learned.clone());
        }
        Ok(answer)
    }
}
