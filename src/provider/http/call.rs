//! Calls: a request with everything it needs to leave, checked before a byte of it does.
//!
//! A target leaves exactly as it was asked for, or not at all.

use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderValue};
use reqwest::{Client, RequestBuilder, multipart};
use secrecy::zeroize::Zeroizing;
use url::{Position, Url};

use super::Transport;
use super::client::Purpose;
use super::mask::Masks;
use crate::domain::request::PartContent;
use crate::domain::{
    ApiError, Body, Fault, FieldError, Image, Method, Origin, Request, Secret, Text, Verb,
};

/// What comes before a token.
const SCHEME: &str = "Bearer ";

/// What an answer is expected to bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brings {
    /// What may be shown.
    Words,
    /// Where it says yes, a token: the younger sister of ours looks much like it.
    Token,
}

/// A request that may leave.
pub(super) struct Call<'a> {
    pub(super) verb: Verb,
    pub(super) request: &'a Request,
    pub(super) purpose: Purpose,
    pub(super) client: &'a Client,
    url: Url,
    /// What it shows itself with.
    pub(super) secret: Secret,
    /// What its answer may not repeat.
    pub(super) masks: Masks,
    pub(super) brings: Brings,
    authorization: HeaderValue,
}

impl Transport {
    /// Makes a call whose target is `request`'s, or the same with a secret in it. Nothing is sent.
    pub(super) async fn call<'a>(
        &'a self,
        verb: Verb,
        request: &'a Request,
        (purpose, target): (Purpose, &str),
    ) -> Result<Call<'a>, ApiError> {
        let failed = |fault| ApiError::new(verb, fault);
        let url = address(&self.account.origin, target).map_err(failed)?;
        let secret = self.secret(verb).await?;
        Ok(Call {
            verb,
            request,
            purpose,
            url,
            client: self.client(purpose).await.map_err(failed)?,
            authorization: authorization(&secret).map_err(failed)?,
            masks: self.wardrobe.masks(&secret),
            brings: Brings::Words,
            secret,
        })
    }
}

impl Call<'_> {
    /// The same call, whose answer may not repeat this either.
    pub(super) fn hiding(self, masks: Masks) -> Self {
        Self {
            masks: self.masks.and(masks),
            ..self
        }
    }

    /// The same call, for a token.
    pub(super) fn for_a_token(self) -> Self {
        Self {
            brings: Brings::Token,
            ..self
        }
    }

    /// The request for one attempt: a body is used up by it.
    pub(super) fn request(&self) -> Result<reqwest::Request, Fault> {
        let call = self
            .client
            .request(method(self.request.method), self.url.clone())
            .header(AUTHORIZATION, self.authorization.clone());
        with_body(call, self.request).build().map_err(|_| unfit())
    }
}

/// The address of an encoded target. One that would be changed on its way is refused: dot segments,
/// for one, would be resolved, and then it names another record.
pub(super) fn address(origin: &Origin, target: &str) -> Result<Url, Fault> {
    let url = Url::parse(&format!("{}{target}", origin.as_str()));
    url.ok()
        .filter(|url| url[Position::BeforePath..Position::AfterQuery] == *target)
        .ok_or_else(unfit)
}

/// The target is not quoted: it may hold a secret.
fn unfit() -> Fault {
    Fault::Invalid(vec![FieldError {
        field: Text::from("path"),
        message: Text::from("no request can carry this id or name unchanged"),
    }])
}

/// The header that shows a secret.
pub(super) fn authorization(secret: &Secret) -> Result<HeaderValue, Fault> {
    if secret.is_empty() {
        return Err(Fault::NoSecret(Text::from("it is empty")));
    }
    // Grown in place it would leave copies behind.
    let mut text = Zeroizing::new(String::with_capacity(SCHEME.len() + secret.expose().len()));
    text.push_str(SCHEME);
    text.push_str(secret.expose());
    let value = HeaderValue::from_str(&text);
    let mut value = value
        .ok()
        .filter(|_| secret.expose().bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| Fault::NoSecret(Text::from("it holds characters that no token has")))?;
    value.set_sensitive(true);
    Ok(value)
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}

fn with_body(call: RequestBuilder, request: &Request) -> RequestBuilder {
    match &request.body {
        // A method that usually carries something says that it carries nothing.
        Body::Empty => match request.method {
            Method::Post | Method::Put | Method::Patch => call.header(CONTENT_LENGTH, "0"),
            Method::Get | Method::Delete => call,
        },
        Body::Json(json) => call.json(json),
        Body::Form(fields) => call.form(fields),
        Body::Multipart(parts) => {
            let form = parts.iter().fold(multipart::Form::new(), |form, part| {
                let name = part.name.clone();
                match &part.content {
                    PartContent::Text(text) => form.text(name, text.clone()),
                    PartContent::File(image) => form.part(name, file(image)),
                }
            });
            call.multipart(form)
        }
    }
}

/// A line break in a file's name would begin another header of the part.
fn file(image: &Image) -> multipart::Part {
    multipart::Part::bytes(image.bytes().to_vec())
        .file_name(image.name().raw().replace(char::is_control, "_"))
        .mime_str(image.kind().content_type())
        .expect("our content types are well formed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_hidden_from_whoever_prints_a_header() {
        let value = authorization(&Secret::new("canary")).unwrap();
        assert_eq!(value.to_str().unwrap(), "Bearer canary");
        assert_eq!(format!("{value:?}"), "Sensitive");
    }
}
