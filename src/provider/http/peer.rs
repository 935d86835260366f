//! A service as somebody without a token meets it: the place where tokens are issued, and a machine
//! that is there or not. No request here carries a secret in its address or its headers.

use jiff::Timestamp;
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use tokio::time::{Instant, timeout_at};

use super::call::address;
use super::client::{self, End, Purpose};
use super::mask::Masks;
use super::{Account, Certificate, Ear, Limits, Response, answer, failure};
use crate::domain::news::Sent;
use crate::domain::{self, ApiError, Fault, News, Origin, Profile, Secret, Text, Verb};

/// The other end of a profile, without the profile's secret.
#[derive(Clone)]
pub struct Peer {
    /// The profile.
    pub profile: Profile,
    /// The only place that is asked.
    pub origin: Origin,
    /// More certificates to trust, as a PEM file's content.
    pub roots: Option<Vec<u8>>,
    /// The limits; of these the ones of reads.
    pub limits: Limits,
    /// Who hears of requests.
    pub ear: Ear,
    /// The wall clock.
    pub wall: fn() -> Timestamp,
}

/// What the head of an answer tells of a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// What its clock says.
    pub served_at: Option<Timestamp>,
    /// What it says of its limits on requests.
    pub limit: Option<Text>,
    /// The certificate that it showed, which was found good; nothing where none is needed.
    pub certificate: Option<Certificate>,
}

fn certificate(answer: &reqwest::Response) -> Option<Certificate> {
    let shown = answer.extensions().get::<reqwest::tls::TlsInfo>()?;
    Certificate::read(shown.peer_certificate()?)
}

/// The fields of a form that are secret.
const HIDDEN: &[&str] = &["code", "code_verifier", "refresh_token"];

fn masks(form: &[u8]) -> Masks {
    let fields = url::form_urlencoded::parse(form);
    let hidden = fields.filter(|(name, _)| HIDDEN.contains(&name.as_ref()));
    let values: Vec<_> = hidden.map(|(_, value)| Secret::new(&value)).collect();
    Masks::of(values.iter().map(Secret::expose))
}

impl Peer {
    /// The other end of an account.
    pub fn of(account: &Account) -> Self {
        Self {
            profile: account.profile.clone(),
            origin: account.origin.clone(),
            roots: account.roots.clone(),
            limits: account.limits.clone(),
            ear: account.ear.clone(),
            wall: account.wall,
        }
    }

    /// Reads a document that everybody may read.
    ///
    /// # Errors
    /// When there is no whole answer; one of any status but a redirect is one.
    pub async fn get(&self, target: &str) -> Result<Response, Fault> {
        self.reported(target, Vec::new()).await
    }

    /// Posts a form; it is sent once.
    ///
    /// # Errors
    /// As [`Peer::get`].
    pub async fn post_form(&self, target: &str, form: Vec<u8>) -> Result<Response, Fault> {
        self.reported(target, form).await
    }

    /// Looks whether somebody is there, and what the head of the answer tells; its status does not
    /// matter, and its body is not read.
    ///
    /// # Errors
    /// When nobody answers, or nobody who can be trusted.
    pub async fn glance(&self) -> Result<Glance, Fault> {
        let deadline = Instant::now() + self.limits.read;
        let answer = self.send("/", Vec::new(), deadline).await?;
        Ok(Glance {
            served_at: answer::served_at(answer.headers()),
            limit: answer::limit(answer.headers()),
            certificate: certificate(&answer),
        })
    }

    /// An answer, or why there is none, told as every request is.
    async fn reported(&self, target: &str, form: Vec<u8>) -> Result<Response, Fault> {
        let started = Instant::now();
        let method = if form.is_empty() {
            domain::Method::Get
        } else {
            domain::Method::Post
        };
        let ended = self.exchange(target, form).await;
        let told = ended.as_ref().map(|response| response.status);
        let told = told.map_err(|fault| Box::new(ApiError::new(Verb::WhoAmI, fault.clone())));
        (self.ear)(News::Sent(Box::new(Sent {
            profile: self.profile.clone(),
            verb: Verb::WhoAmI,
            method,
            target: Text::from(target),
            ended: told,
            served_at: ended.as_ref().ok().and_then(|found| found.served_at),
            took: started.elapsed(),
            trace: ended.as_ref().ok().and_then(|found| found.trace.clone()),
        })));
        ended
    }

    async fn exchange(&self, target: &str, form: Vec<u8>) -> Result<Response, Fault> {
        let masks = masks(&form);
        let deadline = Instant::now() + self.limits.read;
        let mut answer = self.send(target, form, deadline).await?;
        let mut response = Response::head(&answer, self.wall, &masks);
        if let Some(fault) = answer::redirect(&answer, &masks) {
            return Err(fault);
        }
        response.fill(&mut answer, &self.limits, deadline).await?;
        // A yes brings the next token, which may well be the one before.
        if !response.is_success() {
            response.body = masks.hide(response.body);
        }
        Ok(response)
    }

    async fn send(
        &self,
        target: &str,
        form: Vec<u8>,
        deadline: Instant,
    ) -> Result<reqwest::Response, Fault> {
        let url = address(&self.origin, target)?;
        let client = self.client().await?;
        let request = if form.is_empty() {
            client.get(url)
        } else {
            let request = client.post(url).body(form);
            request.header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        };
        timeout_at(deadline, request.send())
            .await
            .map_err(|_| Fault::TimedOut)?
            .map_err(|error| failure::of_sending(&error).fault().clone())
    }

    /// The client of writes: it sends nothing twice.
    async fn client(&self) -> Result<Client, Fault> {
        let end = End {
            origin: &self.origin,
            roots: self.roots.as_deref(),
            connect: self.limits.connect,
            known: None,
        };
        client::build(end, &[], Purpose::Writes).await
    }
}
