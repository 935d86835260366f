//! Secrets as a type: no way to print or store one, wiped from memory when dropped.

use std::fmt;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};

/// A token or link that opens somebody's access.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes a secret text over; surrounding white space, which no service's tokens have, is cut off.
    pub fn new(text: &str) -> Self {
        Self(SecretString::from(text.trim().to_owned()))
    }

    /// The secret itself: for a request's header or body, and nothing else.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::new(&text))
    }
}

/// What a person types where a service lets a profile in no longer: kept in memory and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pass {
    /// A token, in the place of the one that is over.
    Token(Secret),
    /// The code of a second factor, which opens the session that the token began.
    Code(Secret),
}

/// The place of a secret.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// The value of an environment variable, read when the program started.
    Env {
        /// The variable.
        name: String,
        /// What was in it.
        value: Option<Secret>,
    },
    /// What a command prints.
    Command(Vec<String>),
    /// The content of a file that only its owner can read.
    File(PathBuf),
    /// Known at once: the token of the embedded sandbox.
    Given(Secret),
    /// An entry of the system's keyring.
    Keyring(String),
    /// A sign-in at the service itself.
    SignIn(SignIn),
}

/// The application on whose behalf a person signs in, as it is registered with the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The application's id, which is no secret.
    pub client_id: String,
    /// Where the browser brings the answer, exactly as registered.
    pub redirect: String,
}

impl Place {
    /// Where it is, in words that never hold the secret.
    pub fn words(&self) -> String {
        match self {
            Self::Env { name, .. } => format!("environment variable {name}"),
            Self::Command(words) => {
                format!("command {}", words.first().map_or("", String::as_str))
            }
            Self::File(path) => format!("file {}", path.display()),
            Self::Given(_) => "the sandbox".to_owned(),
            Self::Keyring(name) => format!("keyring entry {name}"),
            Self::SignIn(sign_in) => format!("sign-in of client {}", sign_in.client_id),
        }
    }
}
