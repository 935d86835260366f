//! Writes: sent once, whatever happens.

use super::{Response, Transport};
use crate::domain::request::PartContent;
use crate::domain::{ApiError, Body, Fault, Method, Request, Secret, Text, Verb};
use crate::gate::Permit;

/// What became of a request that may have changed something.
#[derive(Clone, Debug)]
pub enum Sent {
    /// There was an answer, of any status.
    Answered(Response),
    /// No byte of it left: why.
    NotSent(ApiError),
    /// Bytes may have left, and no answer came back that could be read.
    Lost,
}

impl Transport {
    /// Sends a write once.
    pub async fn write(&self, verb: Verb, request: &Request, permit: Permit) -> Sent {
        self.send(verb, request, (request.target(), permit)).await
    }

    /// Sends a write once, with a secret (percent-encoded) in the place of `{token}` in its path.
    pub async fn write_hidden(
        &self,
        verb: Verb,
        request: &Request,
        hidden: (&Secret, Permit),
    ) -> Sent {
        let (secret, permit) = hidden;
        let encoded = crate::provider::encode(secret.expose());
        let target = request.target().replace("{token}", &encoded);
        self.send(verb, request, (target, permit)).await
    }

    async fn send(&self, verb: Verb, request: &Request, sealed: (String, Permit)) -> Sent {
        let (target, _permit) = sealed;
        let (clients, secret) = match (self.clients(verb).await, self.secret(verb).await) {
            (Ok(clients), Ok(secret)) => (clients, secret),
            (Err(error), _) | (_, Err(error)) => return Sent::NotSent(error),
        };
        let _room = self.room.acquire().await;
        let url = format!("{}{}", self.account.origin.as_str(), target);
        let mut call = clients.writes.request(method(request.method), url);
        call = call.bearer_auth(secret.expose());
        for (name, value) in self.headers {
            call = call.header(*name, *value);
        }
        let call = with_body(call, &request.body);
        match call.send().await {
            Err(error) if error.is_connect() => {
                let fault = Fault::Offline(Text::from(error.to_string()));
                Sent::NotSent(ApiError::new(verb, fault))
            }
            Err(_) => Sent::Lost,
            Ok(answer) => Response::take(answer)
                .await
                .map_or(Sent::Lost, Sent::Answered),
        }
    }
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

fn with_body(call: reqwest::RequestBuilder, body: &Body) -> reqwest::RequestBuilder {
    match body {
        Body::Empty => call,
        Body::Json(json) => call.json(json),
        Body::Form(fields) => call.form(fields),
        Body::Multipart(parts) => {
            let mut form = reqwest::multipart::Form::new();
            for part in parts {
                let name = part.name.clone();
                form = match &part.content {
                    PartContent::Text(text) => form.text(name, text.clone()),
                    PartContent::File(image) => form.part(name, file(image)),
                };
            }
            call.multipart(form)
        }
    }
}

fn file(image: &crate::domain::Image) -> reqwest::multipart::Part {
    reqwest::multipart::Part::bytes(image.bytes().to_vec())
        .file_name(image.name().raw().to_owned())
        .mime_str(image.kind().content_type())
        .expect("our content types are well formed")
}
