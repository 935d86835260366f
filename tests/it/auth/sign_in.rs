//! Tests of signing in, against the issuer that the sandbox plays.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use orgdeck::auth::keep::{Kept, Shelf};
use orgdeck::auth::{self, Keep, Waiting};
use orgdeck::domain::secret::{Place, SignIn};
use orgdeck::domain::{Fault, Secret};
use orgdeck::provider::http::SecretSource;
use orgdeck::sandbox::Sandbox;
use orgdeck::sandbox::Service::Vulos;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};
use orgdeck::sandbox::world::Consent;
use tempfile::TempDir;

use super::desk::{Drawer, folder, free_redirect, keep, open, peer, peer_at, redirected};
use crate::sandbox::{demo, origin};

const PATIENCE: Duration = Duration::from_secs(20);

fn registered() -> SignIn {
    SignIn {
        client_id: "orgdeck-test".to_owned(),
        redirect: free_redirect(),
    }
}

fn why(fault: Fault) -> String {
    match fault {
        Fault::NoSecret(why) => why.raw().to_owned(),
        other => panic!("{other:?}"),
    }
}

/// Signs in as a person would, and keeps what came of it.
async fn sign_in(sandbox: &Sandbox, at: &SignIn, keep: &Keep) -> Kept {
    let peer = peer(&sandbox.vulos.url);
    let waiting = Waiting::begin(at, &peer).await.unwrap();
    let back = redirected(waiting.url()).await;
    let (grant, page) = tokio::join!(waiting.finish(PATIENCE), open(&back));
    assert_eq!(page.status(), 200, "{page:?}");
    let kept = grant.unwrap().kept(at, &peer).unwrap();
    keep.write("me", Shelf::Keyring, &kept).await.unwrap();
    kept
}

fn source(sandbox: &Sandbox, at: &SignIn, keep: &Keep) -> SecretSource {
    let place = Place::SignIn(at.clone());
    auth::source(place, peer(&sandbox.vulos.url), (keep, &[]))
}

/// Whether the service takes a token.
async fn is_taken(sandbox: &Sandbox, token: &Secret) -> bool {
    let target = "/api/v1/organization/list";
    let heard = crate::support::raw::get(&sandbox.vulos.url, target, token.expose()).await;
    heard.status() == 200
}

#[tokio::test]
async fn a_person_signs_in_and_the_token_works() {
    let (sandbox, at, keep) = (demo(), registered(), keep(Drawer::default()));
    let kept = sign_in(&sandbox, &at, &keep).await;
    assert_eq!(
        (kept.issuer.as_str(), kept.client_id.as_str()),
        (&*sandbox.vulos.url, "orgdeck-test")
    );
    let source = source(&sandbox, &at, &keep);
    let token = source.fetch().await.unwrap();
    assert!(is_taken(&sandbox, &token).await);
    assert_eq!(source.fetch().await, Ok(token), "it is good for an hour");
    let (_, newest) = keep.read("me").await.unwrap().unwrap();
    assert_ne!(
        newest.refresh_token, kept.refresh_token,
        "the newest is kept"
    );
    assert_eq!(sandbox.unknown_routes(), Vec::<String>::new());
}

#[tokio::test]
async fn the_address_for_the_person_asks_for_the_least_with_a_proof_of_who_asked() {
    let (sandbox, at) = (demo(), registered());
    let waiting = Waiting::begin(&at, &peer(&sandbox.vulos.url))
        .await
        .unwrap();
    let url = url::Url::parse(waiting.url()).unwrap();
    let asked = |name: &str| {
        let mut pairs = url.query_pairs().filter(|(key, _)| key == name);
        pairs.next().map(|(_, value)| value.into_owned()).unwrap()
    };
    assert_eq!(
        asked("scope"),
        "openid offline_access email profile organization:manage"
    );
    assert_eq!(asked("redirect_uri"), at.redirect);
    assert_eq!(
        (asked("response_type"), asked("code_challenge_method")),
        ("code".into(), "S256".into())
    );
    assert!(asked("state").len() >= 16 && asked("code_challenge").len() == 43);
    drop(waiting);
    let other = Waiting::begin(&at, &peer(&sandbox.vulos.url))
        .await
        .unwrap();
    assert_ne!(
        other.url(),
        url.as_str(),
        "each sign-in has secrets of its own"
    );
}

#[tokio::test]
async fn an_answer_with_another_state_is_turned_away_and_the_wait_goes_on() {
    let (sandbox, at) = (demo(), registered());
    let waiting = Waiting::begin(&at, &peer(&sandbox.vulos.url))
        .await
        .unwrap();
    let back = redirected(waiting.url()).await;
    let (before, state) = back.rsplit_once("state=").unwrap();
    let forged = format!("{before}state=x{state}");
    let elsewhere = back.replace("/callback", "/favicon.ico");
    let person = async {
        assert_eq!(
            open(&format!("{}?code=stolen", at.redirect)).await.status(),
            400
        );
        assert_eq!(open(&forged).await.status(), 400);
        assert_eq!(open(&elsewhere).await.status(), 404);
        assert!(token_requests(&sandbox).is_empty(), "no code was tried");
        assert_eq!(open(&back).await.status(), 200);
    };
    let (grant, ()) = tokio::join!(waiting.finish(PATIENCE), person);
    assert!(is_taken(&sandbox, grant.unwrap().access()).await);
}

fn token_requests(sandbox: &Sandbox) -> Vec<String> {
    let requests = sandbox.requests(Vulos).into_iter();
    let targets = requests.map(|request| request.target);
    targets
        .filter(|target| target.starts_with("/connect/token"))
        .collect()
}

/// What comes of a sign-in when the person answers like this.
async fn answered(consent: Consent) -> Result<(), String> {
    let (sandbox, at) = (demo(), registered());
    sandbox.world(|world| world.sign_ins.consent = consent);
    let peer = peer(&sandbox.vulos.url);
    let waiting = Waiting::begin(&at, &peer).await.unwrap();
    let back = redirected(waiting.url()).await;
    let (grant, page) = tokio::join!(waiting.finish(PATIENCE), open(&back));
    assert_eq!(page.status(), 200);
    let kept = grant.and_then(|grant| grant.kept(&at, &peer));
    kept.map(|_| ()).map_err(why)
}

#[tokio::test]
async fn a_person_may_refuse_all_or_too_much() {
    assert_eq!(answered(Consent::All).await, Ok(()));
    assert_eq!(
        answered(Consent::None).await.unwrap_err(),
        "the sign-in was refused: access_denied: The person said no"
    );
    let without = |scope: &str| Consent::Without(vec![scope.to_owned()]);
    assert_eq!(
        answered(without("organization:manage")).await.unwrap_err(),
        "the sign-in was refused: organization:manage was not granted, and nothing works without it"
    );
    assert_eq!(
        answered(without("offline_access")).await.unwrap_err(),
        "the service gave no refresh token: the application needs offline_access"
    );
    assert_eq!(answered(without("email")).await, Ok(()));
}

#[tokio::test]
async fn nobody_is_waited_for_without_end() {
    let (sandbox, at) = (demo(), registered());
    let waiting = Waiting::begin(&at, &peer(&sandbox.vulos.url))
        .await
        .unwrap();
    let ended = waiting.finish(Duration::from_millis(20)).await;
    assert_eq!(why(ended.unwrap_err()), "nobody signed in in time");
}

#[tokio::test]
async fn a_place_that_is_taken_is_said_at_once() {
    let (sandbox, at) = (demo(), registered());
    let first = Waiting::begin(&at, &peer(&sandbox.vulos.url))
        .await
        .unwrap();
    let second = Waiting::begin(&at, &peer(&sandbox.vulos.url)).await;
    let said = why(second.err().unwrap());
    assert!(
        said.starts_with(&format!("nobody can listen at {}", at.redirect)),
        "{said}"
    );
    drop(first);
}

fn an_hour_later() -> Timestamp {
    origin().checked_add(SignedDuration::from_mins(61)).unwrap()
}

#[tokio::test]
async fn a_token_is_refreshed_before_it_ends() {
    let (sandbox, at, keep) = (demo(), registered(), keep(Drawer::default()));
    sign_in(&sandbox, &at, &keep).await;
    sandbox.world(|world| world.sign_ins.lifetime = 30);
    let source = source(&sandbox, &at, &keep);
    let first = source.fetch().await.unwrap();
    // Half a minute is less than a request may take.
    let second = source.fetch().await.unwrap();
    assert_ne!(first, second);
    assert!(is_taken(&sandbox, &second).await);
    let later = peer_at(&sandbox.vulos.url, an_hour_later);
    let later = auth::source(Place::SignIn(at), later, (&keep, &[]));
    assert_ne!(later.fetch().await.unwrap(), second);
}

#[tokio::test]
async fn a_token_that_is_refused_is_refreshed_once() {
    let (sandbox, at, keep) = (demo(), registered(), keep(Drawer::default()));
    sign_in(&sandbox, &at, &keep).await;
    let source = source(&sandbox, &at, &keep);
    let first = source.fetch().await.unwrap();
    let second = source.renew(&first).await.unwrap();
    assert_ne!(first, second);
    assert_eq!(
        source.renew(&first).await.unwrap(),
        second,
        "others were refused with it"
    );
    assert_eq!(source.fetch().await.unwrap(), second);
}

#[tokio::test]
async fn a_sign_in_that_is_over_says_how_to_begin_another() {
    let (sandbox, at, keep) = (demo(), registered(), keep(Drawer::default()));
    let nobody = why(source(&sandbox, &at, &keep).fetch().await.unwrap_err());
    assert_eq!(
        nobody,
        "nobody is signed in; `orgdeck profile add me` signs in"
    );
    sign_in(&sandbox, &at, &keep).await;
    sandbox.world(|world| world.sign_ins.refreshes.clear());
    let over = why(source(&sandbox, &at, &keep).fetch().await.unwrap_err());
    assert_eq!(
        over,
        "the sign-in is over: invalid_grant: It is unknown, used or over; `orgdeck profile add me` signs in"
    );
}

#[tokio::test]
async fn another_process_may_have_exchanged_the_token_meanwhile() {
    let (sandbox, at, keep) = (demo(), registered(), keep(Drawer::default()));
    sign_in(&sandbox, &at, &keep).await;
    let (ours, theirs) = (source(&sandbox, &at, &keep), source(&sandbox, &at, &keep));
    let first = ours.fetch().await.unwrap();
    theirs.fetch().await.unwrap();
    let renewed = ours.renew(&first).await.unwrap();
    assert!(is_taken(&sandbox, &renewed).await);
}

#[tokio::test]
async fn r9_a_sign_in_is_sent_to_no_other_address_and_for_no_other_client() {
    let (sandbox, at, keep) = (demo(), registered(), keep(Drawer::default()));
    sign_in(&sandbox, &at, &keep).await;
    let elsewhere = demo();
    let other = SignIn {
        client_id: "other".to_owned(),
        ..at.clone()
    };
    for (sandbox, at) in [(&elsewhere, &at), (&sandbox, &other)] {
        let before = token_requests(sandbox).len();
        let said = why(source(sandbox, at, &keep).fetch().await.unwrap_err());
        assert!(
            said.starts_with("the sign-in was made for another address or client"),
            "{said}"
        );
        assert_eq!(token_requests(sandbox).len(), before);
    }
}

#[tokio::test]
async fn without_a_keyring_a_file_keeps_it() {
    let home = TempDir::new().unwrap();
    let (sandbox, at, keep) = (demo(), registered(), folder(home.path()));
    let peer = peer(&sandbox.vulos.url);
    let waiting = Waiting::begin(&at, &peer).await.unwrap();
    let back = redirected(waiting.url()).await;
    let (grant, _) = tokio::join!(waiting.finish(PATIENCE), open(&back));
    let kept = grant.unwrap().kept(&at, &peer).unwrap();
    keep.write("me", Shelf::Keyring, &kept).await.unwrap_err();
    keep.write("me", Shelf::File, &kept).await.unwrap();
    let token = source(&sandbox, &at, &keep).fetch().await.unwrap();
    assert!(is_taken(&sandbox, &token).await);
    let (shelf, newest) = keep.read("me").await.unwrap().unwrap();
    assert_eq!(shelf, Shelf::File);
    assert_ne!(newest, kept, "the newest is where the one before was");
}

/// What discovery came to when the service answers like this.
async fn discovered(body: String) -> String {
    let sandbox = demo();
    let told = Trouble::Status(
        200,
        vec![("content-type", "application/json".to_owned())],
        body,
    );
    sandbox.fail(Vulos, Rule::always(told));
    let begun = Waiting::begin(&registered(), &peer(&sandbox.vulos.url)).await;
    format!("{:?}", begun.err().unwrap())
}

#[tokio::test]
async fn an_issuer_that_points_elsewhere_is_not_followed() {
    let document = |issuer: &str, token: &str| {
        format!(
            r#"{{"issuer":"{issuer}","authorization_endpoint":"{issuer}/a","token_endpoint":"{token}"}}"#
        )
    };
    let other = "https://evil.example";
    let said = discovered(document(other, other)).await;
    assert!(said.contains("another issuer"), "{said}");
    for body in ["{}", "[", "<html></html>"] {
        let said = discovered(body.to_owned()).await;
        assert!(
            said.contains("Garbled") || said.contains("NotTheApi"),
            "{said}"
        );
    }
    let sandbox = demo();
    let body = document(&sandbox.vulos.url, &format!("{other}/token"));
    let told = Trouble::Status(200, Vec::new(), body);
    sandbox.fail(Vulos, Rule::always(told));
    let begun = Waiting::begin(&registered(), &peer(&sandbox.vulos.url)).await;
    let said = format!("{:?}", begun.err().unwrap());
    assert!(said.contains("another origin"), "{said}");
}
