//! What services gave us in exchange, kept so that a person need not sign in each time: the newest
//! refresh token of a profile, in the keyring or, where the person agreed, in a file of theirs alone.
//!
//! A person's own secret is never written here.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::keyring::Keyring;
use super::{LARGEST, missing};
use crate::domain::{Fault, Secret};
use crate::files::{self, Privacy};

/// Where tokens of ours are kept.
#[derive(Clone)]
pub struct Keep {
    /// The keyring.
    pub keyring: Keyring,
    /// The folder of files, if there is a home for them.
    pub folder: Option<PathBuf>,
}

/// One place of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// The system's keyring.
    Keyring,
    /// A file that only its owner can read.
    File,
}

/// A sign-in as it is kept: good at this issuer and for this client, and sent to no other.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Kept {
    /// The service's origin.
    pub issuer: String,
    /// The application it was given to.
    pub client_id: String,
    /// The token that fetches others.
    pub refresh_token: Secret,
}

impl Kept {
    /// As it is written: the only place where a secret becomes JSON.
    fn written(&self) -> Secret {
        let json = serde_json::json!({
            "issuer": self.issuer,
            "client_id": self.client_id,
            "refresh_token": self.refresh_token.expose(),
        });
        Secret::new(&json.to_string())
    }
}

impl Keep {
    /// The sign-in of a profile and where it is, if there is one.
    ///
    /// # Errors
    /// When neither place has it and one of them cannot be read.
    pub async fn read(&self, profile: &str) -> Result<Option<(Shelf, Kept)>, Fault> {
        if let Some(path) = self.path(profile)
            && files::exists(&path)
        {
            let text = in_file(&path)?;
            return Ok(Some((Shelf::File, parsed(text.expose())?)));
        }
        match self.keyring.read(&entry(profile)).await? {
            Some(text) => Ok(Some((Shelf::Keyring, parsed(text.expose())?))),
            None => Ok(None),
        }
    }

    /// Keeps the sign-in of a profile in the place of the one before.
    ///
    /// # Errors
    /// When that place cannot be written to.
    pub async fn write(&self, profile: &str, on: Shelf, kept: &Kept) -> Result<(), Fault> {
        let text = kept.written();
        match on {
            Shelf::Keyring => {
                self.keyring.write(&entry(profile), &text).await?;
                // A file from before would be found first.
                self.remove_file(profile)
            }
            Shelf::File => {
                let path = self
                    .path(profile)
                    .ok_or_else(|| missing("there is no folder for a file"))?;
                files::replace(&path, text.expose().as_bytes())
                    .map_err(|error| missing(format!("{}: {error}", path.display())))
            }
        }
    }

    /// Forgets the sign-in of a profile, wherever it is.
    ///
    /// # Errors
    /// When its file cannot be removed. A keyring that does not answer has nothing that could be used.
    pub async fn forget(&self, profile: &str) -> Result<(), Fault> {
        // Without a keyring there is nothing in it.
        let _ = self.keyring.remove(&entry(profile)).await;
        self.remove_file(profile)
    }

    fn remove_file(&self, profile: &str) -> Result<(), Fault> {
        match self.path(profile) {
            Some(path) if files::exists(&path) => files::remove(&path)
                .map_err(|error| missing(format!("{}: {error}", path.display()))),
            Some(_) | None => Ok(()),
        }
    }

    /// The file of a profile's sign-in.
    pub fn path(&self, profile: &str) -> Option<PathBuf> {
        let folder = self.folder.as_deref()?;
        Some(folder.join(format!("{profile}.json")))
    }
}

fn entry(profile: &str) -> String {
    format!("sign-in:{profile}")
}

fn in_file(path: &Path) -> Result<Secret, Fault> {
    let wrong = |why: String| missing(format!("{}: {why}", path.display()));
    let bytes =
        files::read(path, LARGEST, Privacy::OwnerOnly).map_err(|error| wrong(error.to_string()))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| wrong("not text".to_owned()))?;
    Ok(Secret::new(text))
}

/// What is wrong with it is not told: the words would quote it.
fn parsed(text: &str) -> Result<Kept, Fault> {
    serde_json::from_str(text).map_err(|_| missing("what was kept of the sign-in cannot be read"))
}
