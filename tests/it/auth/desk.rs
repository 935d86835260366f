//! Stand-ins for what a sign-in needs: the other end of a profile, a keyring in memory, a browser.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use orgdeck::auth::Keep;
use orgdeck::auth::keyring::{Keyring, Vault};
use orgdeck::domain::{Profile, Secret, Text};
use orgdeck::provider::http::{Limits, Origin, Peer};

use crate::sandbox::origin;
use crate::support::raw;

/// A keyring in memory.
#[derive(Clone, Default)]
pub(super) struct Drawer(pub(super) Arc<Mutex<BTreeMap<String, Secret>>>);

impl Vault for Drawer {
    fn read(&self, name: &str) -> Result<Option<Secret>, Text> {
        Ok(self.0.lock().unwrap().get(name).cloned())
    }

    fn write(&self, name: &str, secret: &Secret) -> Result<(), Text> {
        self.0
            .lock()
            .unwrap()
            .insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), Text> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
}

/// A machine without a keyring.
pub(super) struct NoKeyring;

impl Vault for NoKeyring {
    fn read(&self, _: &str) -> Result<Option<Secret>, Text> {
        Err(Text::from("there is no session bus"))
    }

    fn write(&self, _: &str, _: &Secret) -> Result<(), Text> {
        Err(Text::from("there is no session bus"))
    }

    fn remove(&self, _: &str) -> Result<(), Text> {
        Err(Text::from("there is no session bus"))
    }
}

pub(super) fn keyring(vault: impl Vault + 'static) -> Keyring {
    Keyring::over(Arc::new(vault), Duration::from_secs(20))
}

/// A place for sign-ins with this keyring and no folder.
pub(super) fn keep(vault: impl Vault + 'static) -> Keep {
    Keep {
        keyring: keyring(vault),
        folder: None,
    }
}

/// A place for sign-ins without a keyring.
pub(super) fn folder(path: &Path) -> Keep {
    Keep {
        keyring: keyring(NoKeyring),
        folder: Some(path.to_owned()),
    }
}

/// The other end of profile `me`, at this address, at this time.
pub(super) fn peer_at(url: &str, wall: fn() -> Timestamp) -> Peer {
    Peer {
        profile: Profile::new("me"),
        origin: Origin::parse(url).unwrap(),
        roots: None,
        limits: Limits::default(),
        ear: Arc::new(|_| {}),
        wall,
    }
}

pub(super) fn peer(url: &str) -> Peer {
    peer_at(url, origin)
}

/// An address that nobody listens at yet.
pub(crate) fn free_redirect() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    format!("http://127.0.0.1:{port}/callback")
}

/// Where the browser is sent when a person opens this address.
pub(crate) async fn redirected(url: &str) -> String {
    let heard = open(url).await;
    assert_eq!(heard.status(), 302, "{heard:?}");
    heard.header("location").unwrap().to_owned()
}

/// Opens an address as a browser does.
pub(crate) async fn open(url: &str) -> raw::Heard {
    let path = url.strip_prefix("http://").unwrap().find('/').unwrap() + "http://".len();
    let (host, target) = url.split_at(path);
    let mut stream = raw::send(host, &format!("GET {target}"), &[], "").await;
    raw::hear(&mut stream, usize::MAX).await
}
