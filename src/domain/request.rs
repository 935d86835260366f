//! A request as it will be sent, without the secret: what a dialog shows, a dry run prints and the
//! journal keeps.

use serde_json::{Map, Value as Json, json};

use super::image::Image;
use super::{Text, json as out};

/// The verbs of HTTP that the three services use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates or acts.
    Post,
    /// Creates or replaces.
    Put,
    /// Changes fields.
    Patch,
    /// Takes away.
    Delete,
}

impl Method {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One request. `path` begins with a slash and is encoded as it goes out; `query` likewise, without `?`.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The verb.
    pub method: Method,
    /// The encoded path. What a step before it will make stands as `{id of step N}`, a secret as `{token}`.
    pub path: String,
    /// The encoded query, or empty.
    pub query: String,
    /// The body.
    pub body: Body,
}

/// What a request carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// A JSON document.
    Json(Json),
    /// Form fields, in order.
    Form(Vec<(String, String)>),
    /// Parts of `multipart/form-data`, in order.
    Multipart(Vec<Part>),
}

/// One part of a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The name of the field.
    pub name: String,
    /// What it holds.
    pub content: PartContent,
}

/// The content of a part.
#[derive(Clone, Debug, PartialEq)]
pub enum PartContent {
    /// Plain text.
    Text(String),
    /// A file: its bytes with a name and a content type.
    File(Image),
}

impl Request {
    /// A request without query and body.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: String::new(),
            body: Body::Empty,
        }
    }

    /// A read.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::Get, path)
    }

    /// The same request with an encoded query.
    #[must_use]
    pub fn query(mut self, query: impl Into<String>) -> Self {
        self.query = query.into();
        self
    }

    /// The same request with a JSON body.
    #[must_use]
    pub fn json(mut self, body: Json) -> Self {
        self.body = Body::Json(body);
        self
    }

    /// The path with its query, as in the first line of the request.
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }

    /// It in words, as a dry run prints it: what it goes to, and its body on the line below.
    pub fn lines(&self) -> String {
        let head = head(self.method, &Text::from(self.target()));
        match self.body.document() {
            Some(body) => format!("{head}\n{}\n", out::line(&body)),
            None => format!("{head}\n"),
        }
    }
}

/// The line that says what a request goes to.
pub fn head(method: Method, target: &Text) -> String {
    format!("{} {}", method.as_str(), target.clean())
}

impl Body {
    /// It as JSON, however it is sent; a file is told by name, type and size.
    pub fn document(&self) -> Option<Json> {
        match self {
            Self::Empty => None,
            Self::Json(json) => Some(json.clone()),
            Self::Form(pairs) => {
                let pairs = pairs.iter();
                let pairs = pairs.map(|(name, value)| (name.clone(), Json::from(value.as_str())));
                Some(Json::Object(pairs.collect::<Map<_, _>>()))
            }
            Self::Multipart(parts) => {
                let parts = parts
                    .iter()
                    .map(|part| (part.name.clone(), part.document()));
                Some(Json::Object(parts.collect::<Map<_, _>>()))
            }
        }
    }
}

impl Part {
    fn document(&self) -> Json {
        match &self.content {
            PartContent::Text(text) => Json::from(text.as_str()),
            PartContent::File(image) => json!({
                "file": image.name().raw(),
                "type": image.kind().content_type(),
                "bytes": image.bytes().len(),
            }),
        }
    }
}
