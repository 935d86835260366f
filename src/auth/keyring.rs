//! The system's keyring: never waited for longer than a moment, since it may be asking a person for a
//! password on a screen that nobody looks at.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use super::missing;
use crate::domain::{Fault, Secret, Text};

/// How long a keyring may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// The service under which all entries of ours are kept.
#[cfg(all(feature = "keyring", target_os = "linux"))]
const SERVICE: &str = "orgdeck";

/// What keeps secrets by name. Its calls may block.
pub trait Vault: Send + Sync {
    /// The secret with this name, if there is one.
    ///
    /// # Errors
    /// Why the keyring cannot be asked.
    fn read(&self, name: &str) -> Result<Option<Secret>, Text>;

    /// Keeps a secret under a name, in the place of the one before.
    ///
    /// # Errors
    /// Why the keyring cannot be asked.
    fn write(&self, name: &str, secret: &Secret) -> Result<(), Text>;

    /// Forgets a name.
    ///
    /// # Errors
    /// Why the keyring cannot be asked.
    fn remove(&self, name: &str) -> Result<(), Text>;
}

/// A keyring that answers within a moment, or counts as absent.
#[derive(Clone)]
pub struct Keyring {
    vault: Arc<dyn Vault>,
    patience: Duration,
}

impl Keyring {
    /// The keyring of this system.
    pub fn of_system() -> Self {
        Self::over(Arc::new(System), PATIENCE)
    }

    /// A keyring over any vault.
    pub fn over(vault: Arc<dyn Vault>, patience: Duration) -> Self {
        Self { vault, patience }
    }

    /// The secret with this name, if there is one.
    ///
    /// # Errors
    /// Why the keyring does not answer.
    pub async fn read(&self, name: &str) -> Result<Option<Secret>, Fault> {
        let name = name.to_owned();
        self.ask(move |vault| vault.read(&name)).await
    }

    /// Keeps a secret.
    ///
    /// # Errors
    /// Why the keyring does not answer.
    pub async fn write(&self, name: &str, secret: &Secret) -> Result<(), Fault> {
        let (name, secret) = (name.to_owned(), secret.clone());
        self.ask(move |vault| vault.write(&name, &secret)).await
    }

    /// Forgets a secret.
    ///
    /// # Errors
    /// Why the keyring does not answer.
    pub async fn remove(&self, name: &str) -> Result<(), Fault> {
        let name = name.to_owned();
        self.ask(move |vault| vault.remove(&name)).await
    }

    /// Asks on a thread of its own: one that hangs then holds up nothing, not even the program's end.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Vault) -> Result<T, Text> + Send + 'static,
    ) -> Result<T, Fault> {
        let (told, answer) = oneshot::channel();
        let vault = Arc::clone(&self.vault);
        std::thread::spawn(move || {
            // Whoever asked may have stopped waiting.
            let _ = told.send(question(&*vault));
        });
        let Ok(answer) = tokio::time::timeout(self.patience, answer).await else {
            let late = format!("the keyring did not answer within {:?}", self.patience);
            return Err(missing(late));
        };
        let answer = answer.unwrap_or_else(|_| Err(Text::from("it broke off")));
        answer.map_err(|why| missing(format!("the keyring does not answer: {}", why.raw())))
    }
}

/// The keyring of this system.
struct System;

#[cfg(all(feature = "keyring", target_os = "linux"))]
mod linux {
    //! The Secret Service of a desktop session, and behind it, for reading, the kernel's own keys.

    use std::sync::Arc;

    use keyring_core::api::CredentialStoreApi;
    use keyring_core::{Entry, Error, Result};

    use super::{SERVICE, Secret, System, Text, Vault};

    impl Vault for System {
        fn read(&self, name: &str) -> std::result::Result<Option<Secret>, Text> {
            let found = desktop().and_then(|store| look(&*store, name));
            match found {
                Ok(Some(secret)) => Ok(Some(secret)),
                Ok(None) => Ok(kernel()
                    .and_then(|store| look(&*store, name))
                    .ok()
                    .flatten()),
                Err(error) => match kernel().and_then(|store| look(&*store, name)) {
                    Ok(Some(secret)) => Ok(Some(secret)),
                    Ok(None) | Err(_) => Err(words(&error)),
                },
            }
        }

        fn write(&self, name: &str, secret: &Secret) -> std::result::Result<(), Text> {
            let kept = entry(name).and_then(|entry| entry.set_password(secret.expose()));
            kept.map_err(|error| words(&error))
        }

        fn remove(&self, name: &str) -> std::result::Result<(), Text> {
            match entry(name).and_then(|entry| entry.delete_credential()) {
                Ok(()) | Err(Error::NoEntry) => Ok(()),
                Err(error) => Err(words(&error)),
            }
        }
    }

    fn desktop() -> Result<Arc<zbus_secret_service_keyring_store::Store>> {
        zbus_secret_service_keyring_store::Store::new()
    }

    fn kernel() -> Result<Arc<linux_keyutils_keyring_store::Store>> {
        linux_keyutils_keyring_store::Store::new()
    }

    /// Only what outlives a restart of the machine is written to.
    fn entry(name: &str) -> Result<Entry> {
        desktop()?.build(SERVICE, name, None)
    }

    fn look(store: &dyn CredentialStoreApi, name: &str) -> Result<Option<Secret>> {
        match store.build(SERVICE, name, None)?.get_password() {
            Ok(text) => Ok(Some(Secret::new(&text))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn words(error: &Error) -> Text {
        Text::from(error.to_string())
    }
}

#[cfg(not(all(feature = "keyring", target_os = "linux")))]
mod none {
    //! A program that was built without keyrings.

    use super::{Secret, System, Text, Vault};

    const WHY: &str = "this program was built without one: use env, command or file";

    impl Vault for System {
        fn read(&self, _: &str) -> Result<Option<Secret>, Text> {
            Err(Text::from(WHY))
        }

        fn write(&self, _: &str, _: &Secret) -> Result<(), Text> {
            Err(Text::from(WHY))
        }

        fn remove(&self, _: &str) -> Result<(), Text> {
            Err(Text::from(WHY))
        }
    }
}
