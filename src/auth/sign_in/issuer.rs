//! The issuer: where it says that its addresses are, and the grants that it gives.

use std::time::Duration;

use jiff::SignedDuration;
use oauth2::basic::{BasicClient, BasicErrorResponseType, BasicTokenResponse};
use oauth2::http::header::CONTENT_TYPE;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, CsrfToken, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken,
    RequestTokenError, Scope, StandardErrorResponse, TokenResponse as _, TokenUrl,
};
use serde::Deserialize;
use url::{Position, Url};

use super::{Grant, MARGIN, NEEDED, SCOPES, missing};
use crate::domain::secret::SignIn;
use crate::domain::{Fault, Origin, Secret, Text};
use crate::provider::http::{Peer, not_the_api};

/// Where an issuer describes itself.
const DISCOVERY: &str = "/.well-known/openid-configuration";

/// Characters of an issuer's own words that are repeated.
const EXCERPT: usize = 200;

/// The addresses of an issuer.
#[derive(Clone, Debug)]
pub(super) struct Issuer {
    authorize: Url,
    token: Url,
}

/// A request of a sign-in, and what its answer is recognised by.
pub(super) struct Asked {
    pub(super) url: Url,
    pub(super) state: CsrfToken,
    pub(super) verifier: PkceCodeVerifier,
}

/// Why there is no grant.
#[derive(Debug)]
pub(super) enum NoGrant {
    /// The issuer says no, and will not say otherwise.
    Refused(String),
    /// It could not be asked, or its answer could not be taken.
    Failed(Fault),
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
}

#[derive(Debug, thiserror::Error)]
#[error("no answer")]
struct Failed(Fault);

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

impl Issuer {
    /// Asks a service where people sign in.
    pub(super) async fn discover(peer: &Peer) -> Result<Self, Fault> {
        let response = peer.get(DISCOVERY).await?;
        if let Some(fault) = not_the_api(&response) {
            return Err(fault);
        }
        if response.status != 200 {
            let status = response.status;
            return Err(missing(format!("the service offers no sign-in ({status})")));
        }
        let garbled = |what: &str| Fault::Garbled(Text::from(format!("discovery: {what}")));
        let document: Document = serde_json::from_slice(&response.body)
            .map_err(|_| garbled("its issuer or an address is missing"))?;
        let here = |url: &Url| is_at(url, &peer.origin);
        if document.issuer.trim_end_matches('/') != peer.origin.as_str() {
            return Err(garbled("it speaks for another issuer"));
        }
        if !here(&document.authorization_endpoint) || !here(&document.token_endpoint) {
            return Err(garbled("an address is at another origin"));
        }
        Ok(Self {
            authorize: document.authorization_endpoint,
            token: document.token_endpoint,
        })
    }

    /// The address at which a person signs in, anew for each time.
    pub(super) fn ask(&self, registered: &SignIn) -> Result<Asked, Fault> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scopes = SCOPES.iter().map(|scope| Scope::new((*scope).to_owned()));
        let (url, state) = self
            .client(registered)?
            .authorize_url(CsrfToken::new_random)
            .add_scopes(scopes)
            .set_pkce_challenge(challenge)
            .url();
        Ok(Asked {
            url,
            state,
            verifier,
        })
    }

    /// Exchanges the code that a browser brought.
    pub(super) async fn exchange(
        &self,
        (registered, peer): (&SignIn, &Peer),
        code: String,
        verifier: PkceCodeVerifier,
    ) -> Result<Grant, NoGrant> {
        let client = self.client(registered).map_err(NoGrant::Failed)?;
        let asked = client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(verifier)
            .request_async(&|request| send(peer.clone(), request))
            .await;
        granted(asked, peer)
    }

    /// Exchanges a refresh token for what is newer.
    pub(super) async fn refresh(
        &self,
        (registered, peer): (&SignIn, &Peer),
        token: &Secret,
    ) -> Result<Grant, NoGrant> {
        let client = self.client(registered).map_err(NoGrant::Failed)?;
        let token = RefreshToken::new(token.expose().to_owned());
        let asked = client
            .exchange_refresh_token(&token)
            .request_async(&|request| send(peer.clone(), request))
            .await;
        granted(asked, peer)
    }

    fn client(&self, registered: &SignIn) -> Result<Client, Fault> {
        let redirect = RedirectUrl::new(registered.redirect.clone())
            .map_err(|_| missing("the redirect is no address"))?;
        Ok(
            BasicClient::new(ClientId::new(registered.client_id.clone()))
                .set_auth_uri(AuthUrl::from_url(self.authorize.clone()))
                .set_token_uri(TokenUrl::from_url(self.token.clone()))
                .set_redirect_uri(redirect)
                .set_auth_type(AuthType::RequestBody),
        )
    }
}

fn is_at(url: &Url, origin: &Origin) -> bool {
    url.origin().ascii_serialization() == origin.as_str()
}

/// Sends a request of the crate for grants over our own transport, which knows the origin.
async fn send(peer: Peer, request: HttpRequest) -> Result<HttpResponse, Failed> {
    let url = Url::parse(&request.uri().to_string());
    let url = url.map_err(|_| Failed(missing("the token's address cannot be read")))?;
    let target = &url[Position::BeforePath..Position::AfterQuery];
    let answer = peer.post_form(target, request.into_body()).await;
    let answer = answer.map_err(Failed)?;
    oauth2::http::Response::builder()
        .status(answer.status)
        .header(CONTENT_TYPE, answer.content_type.as_str())
        .body(answer.body.to_vec())
        .map_err(|_| Failed(Fault::Garbled(Text::from("the token's answer"))))
}

type Refusal = StandardErrorResponse<BasicErrorResponseType>;

/// Nothing of an answer that cannot be read is repeated: it may hold the token.
fn granted(
    asked: Result<BasicTokenResponse, RequestTokenError<Failed, Refusal>>,
    peer: &Peer,
) -> Result<Grant, NoGrant> {
    let token = asked.map_err(|error| match error {
        RequestTokenError::Request(Failed(fault)) => NoGrant::Failed(fault),
        RequestTokenError::ServerResponse(refusal) => NoGrant::Refused(words(&refusal)),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            NoGrant::Failed(Fault::Garbled(Text::from("the token's answer")))
        }
    })?;
    let lacks = |scopes: &Vec<Scope>| !scopes.iter().any(|scope| scope.as_str() == NEEDED);
    // Scopes that are not told are those that were asked for.
    if token.scopes().is_some_and(lacks) {
        let why = format!("{NEEDED} was not granted, and nothing works without it");
        return Err(NoGrant::Refused(why));
    }
    let life = token.expires_in().map(|life| life.saturating_sub(MARGIN));
    Ok(Grant {
        access: Secret::new(token.access_token().secret()),
        ends: life.and_then(|life| after((peer.wall)(), life)),
        refresh: token
            .refresh_token()
            .map(|token| Secret::new(token.secret())),
    })
}

fn after(now: jiff::Timestamp, life: Duration) -> Option<jiff::Timestamp> {
    now.checked_add(SignedDuration::try_from(life).ok()?).ok()
}

fn words(refusal: &Refusal) -> String {
    let error = refusal.error().to_string();
    let error = Text::from(error).excerpt(EXCERPT);
    match refusal.error_description() {
        Some(why) => format!("{error}: {}", Text::from(why.as_str()).excerpt(EXCERPT)),
        None => error.to_string(),
    }
}
