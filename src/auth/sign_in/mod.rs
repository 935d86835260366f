//! Signing in at the service itself: `OpenID` Connect's code flow with PKCE, and its refresh.
//!
//! A sign-in is begun with [`Waiting::begin`] and kept as a refresh token; from then on it is a source
//! of access tokens, which stay in memory. Everything here goes to the profile's own origin.

mod issuer;
mod listener;
mod waiting;

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::Mutex;

use self::issuer::{Issuer, NoGrant};
use super::keep::{Kept, Shelf};
use super::{Keep, missing};
use crate::domain::secret::SignIn;
use crate::domain::{Fault, Secret};
use crate::provider::http::{Peer, Source};

pub use waiting::Waiting;

/// What a person is asked to allow: the least that the console needs.
const SCOPES: &[&str] = &[
    "openid",
    "offline_access",
    "email",
    "profile",
    "organization:manage",
];

/// The scope without which nothing works, and which a person may refuse.
const NEEDED: &str = "organization:manage";

/// A token this near to its end is not used any more: a request takes time.
const MARGIN: Duration = Duration::from_mins(1);

/// What an issuer gave.
#[derive(Clone, Debug)]
pub struct Grant {
    access: Secret,
    ends: Option<Timestamp>,
    refresh: Option<Secret>,
}

impl Grant {
    /// The token for requests.
    pub fn access(&self) -> &Secret {
        &self.access
    }

    /// What is kept of it for the next time.
    ///
    /// # Errors
    /// When the issuer gave nothing that outlives this process.
    pub fn kept(&self, registered: &SignIn, peer: &Peer) -> Result<Kept, Fault> {
        let token = self.refresh.clone().ok_or_else(|| {
            missing("the service gave no refresh token: the application needs offline_access")
        })?;
        Ok(Kept {
            issuer: peer.origin.as_str().to_owned(),
            client_id: registered.client_id.clone(),
            refresh_token: token,
        })
    }

    fn is_good(&self, now: Timestamp) -> bool {
        self.ends.is_none_or(|end| now < end)
    }
}

/// A source of access tokens over a sign-in that was kept.
pub(super) struct SignedIn(Arc<Inner>);

struct Inner {
    registered: SignIn,
    peer: Peer,
    keep: Keep,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    issuer: Option<Issuer>,
    grant: Option<Grant>,
    /// The newest refresh token, where it could not be kept.
    unkept: Option<(Shelf, Kept)>,
}

impl SignedIn {
    pub(super) fn new(registered: SignIn, peer: Peer, keep: Keep) -> Self {
        Self(Arc::new(Inner {
            registered,
            peer,
            keep,
            state: Mutex::default(),
        }))
    }
}

impl Source for SignedIn {
    fn fetch(&self) -> BoxFuture<'static, Result<Secret, Fault>> {
        let inner = Arc::clone(&self.0);
        async move { inner.token(None).await }.boxed()
    }

    fn renew(&self, refused: &Secret) -> BoxFuture<'static, Result<Secret, Fault>> {
        let (inner, refused) = (Arc::clone(&self.0), refused.clone());
        async move { inner.token(Some(&refused)).await }.boxed()
    }

    fn is_lasting(&self) -> bool {
        false
    }
}

impl Inner {
    /// The access token, another one where it is over or refused.
    async fn token(&self, refused: Option<&Secret>) -> Result<Secret, Fault> {
        let mut state = self.state.lock().await;
        let now = (self.peer.wall)();
        if let Some(grant) = &state.grant
            && grant.is_good(now)
            && refused != Some(&grant.access)
        {
            return Ok(grant.access.clone());
        }
        state.grant = None;
        let grant = self.refresh(&mut state).await?;
        let access = grant.access.clone();
        state.grant = Some(grant);
        Ok(access)
    }

    async fn refresh(&self, state: &mut State) -> Result<Grant, Fault> {
        let (on, kept) = match state.unkept.take() {
            Some(unkept) => unkept,
            None => self.kept().await?,
        };
        let issuer = match &mut state.issuer {
            Some(issuer) => issuer,
            none @ None => none.insert(Issuer::discover(&self.peer).await?),
        };
        let client = (&self.registered, &self.peer);
        let mut got = issuer.refresh(client, &kept.refresh_token).await;
        if let Err(NoGrant::Refused(_)) = got
            && let Ok((_, newer)) = self.kept().await
            && newer != kept
        {
            // Another process of ours has exchanged it meanwhile.
            got = issuer.refresh(client, &newer.refresh_token).await;
        }
        let grant = got.map_err(|none| match none {
            NoGrant::Refused(why) => {
                missing(format!("the sign-in is over: {why}; {}", self.again()))
            }
            NoGrant::Failed(fault) => fault,
        })?;
        if grant.refresh.is_some() {
            state.unkept = self.keep(on, &grant).await;
        }
        Ok(grant)
    }

    /// Keeps the newest refresh token; gives it back where that fails, since the one before is dead.
    async fn keep(&self, on: Shelf, grant: &Grant) -> Option<(Shelf, Kept)> {
        let kept = grant.kept(&self.registered, &self.peer).ok()?;
        let profile = self.peer.profile.as_str();
        let Err(Fault::NoSecret(why)) = self.keep.write(profile, on, &kept).await else {
            return None;
        };
        tracing::warn!(profile, why = %why.clean(), "the new sign-in could not be kept");
        Some((on, kept))
    }

    /// What was kept, if it is for this issuer and client: it is sent to no other.
    async fn kept(&self) -> Result<(Shelf, Kept), Fault> {
        let again = self.again();
        let found = self.keep.read(self.peer.profile.as_str()).await?;
        let (on, kept) = found.ok_or_else(|| missing(format!("nobody is signed in; {again}")))?;
        let same =
            kept.issuer == self.peer.origin.as_str() && kept.client_id == self.registered.client_id;
        if !same {
            let other = "the sign-in was made for another address or client";
            return Err(missing(format!("{other}; {again}")));
        }
        Ok((on, kept))
    }

    fn again(&self) -> String {
        let profile = self.peer.profile.as_str();
        format!("`orgdeck profile add {profile}` signs in")
    }
}
