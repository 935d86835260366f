//! A request as it will be sent, without the secret: what a dialog shows, a dry run prints and the
//! journal keeps.

use serde_json::Value as Json;

use super::image::Image;

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
}
