//! Tests of secrets that are refused: their place is read again, once, and reads go on with what is
//! there now.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;
use orgdeck::auth;
use orgdeck::domain::query::{Cursor, Scope};
use orgdeck::domain::secret::Place;
use orgdeck::domain::{Fault, Profile, Query, Secret};
use orgdeck::provider::Provider;
use orgdeck::provider::http::{Account, BodyFormat, Origin, SecretSource};
use orgdeck::provider::registry;
use orgdeck::sandbox::world::{Actor, Principal};
use orgdeck::sandbox::{Sandbox, Service};
use tempfile::TempDir;

use super::desk::{Drawer, keep, peer};
use crate::sandbox::{demo, origin};
use crate::support::link::limits;

/// A place whose content tests change, and how often it was read.
#[derive(Clone)]
struct Slot(Arc<Mutex<(String, usize)>>);

impl Slot {
    fn with(secret: &str) -> Self {
        Self(Arc::new(Mutex::new((secret.to_owned(), 0))))
    }

    fn put(&self, secret: &str) {
        secret.clone_into(&mut self.0.lock().unwrap().0);
    }

    fn reads(&self) -> usize {
        self.0.lock().unwrap().1
    }

    fn source(&self) -> SecretSource {
        let slot = self.clone();
        Arc::new(move || {
            let mut held = slot.0.lock().unwrap();
            held.1 += 1;
            let secret = Secret::new(&held.0);
            async move { Ok::<_, Fault>(secret) }.boxed()
        })
    }
}

fn connect(sandbox: &Sandbox, service: Service, secret: SecretSource) -> Arc<dyn Provider> {
    let row = registry::find(service.name()).unwrap();
    (row.connect)(Account {
        profile: Profile::new("me"),
        origin: Origin::parse(&sandbox.face(service).url).unwrap(),
        secret,
        roots: None,
        body: BodyFormat::Json,
        limits: limits(),
        ear: Arc::new(|_| {}),
        wall: origin,
    })
}

/// Takes a token back, and lets another one speak for the same caller.
fn exchange(sandbox: &Sandbox, service: Service, new: &str) {
    let old = sandbox.face(service).token.clone();
    sandbox.world(|world| {
        let principal = world.caller(service, Some(&old)).unwrap().clone();
        world.revoke(service, &old);
        world.grant(service, new, principal);
    });
}

fn requests(sandbox: &Sandbox, service: Service) -> usize {
    sandbox.requests(service).len()
}

#[tokio::test]
async fn a_read_goes_on_with_the_token_that_is_there_now() {
    for service in Service::ALL {
        let sandbox = demo();
        let slot = Slot::with(&sandbox.face(service).token);
        let provider = connect(&sandbox, service, slot.source());
        provider.query(Query::WhoAmI).await.unwrap();
        exchange(&sandbox, service, "new-token");
        slot.put("new-token");
        provider.query(Query::WhoAmI).await.unwrap();
        let list = orgs();
        provider.query(list).await.unwrap();
        assert_eq!(slot.reads(), 2, "{}", service.name());
    }
}

/// The first page of all organizations of the caller.
fn orgs() -> Query {
    Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    }
}

#[tokio::test]
async fn a_list_that_comes_first_goes_on_as_well() {
    for service in Service::ALL {
        let sandbox = demo();
        let slot = Slot::with(&sandbox.face(service).token);
        let provider = connect(&sandbox, service, slot.source());
        provider.query(orgs()).await.unwrap();
        exchange(&sandbox, service, "new-token");
        slot.put("new-token");
        provider.query(orgs()).await.unwrap();
        assert_eq!(slot.reads(), 2, "{}", service.name());
    }
}

#[tokio::test]
async fn the_same_token_again_is_not_sent_again() {
    for service in Service::ALL {
        let sandbox = demo();
        let slot = Slot::with("wrong");
        let provider = connect(&sandbox, service, slot.source());
        for _ in 0..3 {
            let before = requests(&sandbox, service);
            let error = provider.query(Query::WhoAmI).await.unwrap_err();
            assert_eq!(error.fault, Fault::SignedOut, "{}", service.name());
            assert_eq!(requests(&sandbox, service), before + 1);
        }
        assert_eq!(
            slot.reads(),
            2,
            "it is looked for again once within a moment"
        );
    }
}

/// balena answers 401 to a good token too: it is kept, and its place is not even looked at.
#[tokio::test]
async fn a_good_token_that_may_not_do_something_is_kept() {
    let sandbox = demo();
    let slot = Slot::with("device");
    sandbox.world(|world| {
        let device = Actor::Device(7, "abc".to_owned());
        world.grant(Service::Balena, "device", Principal::new(device));
    });
    let provider = connect(&sandbox, Service::Balena, slot.source());
    let _ = provider.query(orgs()).await;
    provider.query(Query::WhoAmI).await.unwrap();
    assert_eq!(slot.reads(), 1);
}

#[tokio::test]
async fn a_new_token_in_a_file_is_found() {
    let (sandbox, home) = (demo(), TempDir::new().unwrap());
    let path = home.path().join("token");
    let put = |token: &str| {
        fs::write(&path, token).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    };
    put(&sandbox.clerk.token);
    let place = Place::File(path.clone());
    let source = auth::source(
        place,
        peer(&sandbox.clerk.url),
        (&keep(Drawer::default()), &[]),
    );
    let provider = connect(&sandbox, Service::Clerk, source);
    provider.query(Query::WhoAmI).await.unwrap();
    exchange(&sandbox, Service::Clerk, "sk_test_new");
    put("sk_test_new");
    provider.query(Query::WhoAmI).await.unwrap();
}

#[tokio::test]
async fn reads_that_are_refused_together_look_for_another_token_once() {
    let sandbox = demo();
    let slot = Slot::with(&sandbox.clerk.token);
    let provider = connect(&sandbox, Service::Clerk, slot.source());
    provider.query(Query::WhoAmI).await.unwrap();
    exchange(&sandbox, Service::Clerk, "sk_test_new");
    slot.put("sk_test_new");
    let ask = || provider.query(Query::WhoAmI);
    let (one, two, three, four) = tokio::join!(ask(), ask(), ask(), ask());
    for answer in [one, two, three, four] {
        answer.unwrap();
    }
    assert_eq!(slot.reads(), 2);
}
