//! HTTP/2, which reads speak where the service offers it: answers come back, and a stream or a connection
//! that the service gives up is one more try.

use orgdeck::domain::{Fault, Method, Request, Verb};
use orgdeck::provider::http::{Sent, Transport};

use super::tls::{AUTHORITY, certificate};
use super::{Heard, account};
use crate::support::h2::{H2, Reply};
use crate::support::permit::permit;

const PAGE: &str = r#"{"data":[1,2,3]}"#;

fn server(scripts: Vec<Vec<Reply>>) -> (H2, Transport, Heard) {
    let server = H2::serve(certificate!("good"), scripts);
    let (mut account, heard) = account(&format!("https://127.0.0.1:{}", server.port()));
    account.roots = Some(AUTHORITY.into());
    (server, Transport::new(account, &[]), heard)
}

fn get() -> Request {
    Request::get("/v1/organizations")
}

#[tokio::test]
async fn pages_come_back_over_one_connection() {
    let (server, transport, heard) = server(vec![vec![Reply::Answer(PAGE); 4]]);
    let first = transport.read(Verb::OrgList, &get()).await.unwrap();
    assert_eq!((first.status, &first.body[..]), (200, PAGE.as_bytes()));
    assert_eq!(first.content_type, "application/json");
    let page = || async { transport.read_page(Verb::OrgList, &get()).await.unwrap() };
    let (one, two, three) = tokio::join!(page(), page(), page());
    for response in [one, two, three] {
        assert_eq!(&response.body[..], PAGE.as_bytes());
    }
    assert_eq!(server.connections(), 1);
    assert_eq!(heard.ends(), vec![Ok(200); 4]);
}

#[tokio::test]
async fn a_connection_that_goes_away_is_made_anew() {
    let (server, transport, _) = server(vec![vec![Reply::GoAway], vec![Reply::Answer(PAGE)]]);
    let response = transport.read(Verb::OrgList, &get()).await.unwrap();
    assert_eq!(&response.body[..], PAGE.as_bytes());
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_stream_that_is_reset_is_one_more_try() {
    for reset in [Reply::RefuseStream, Reply::ResetInside("{\"data\":[1")] {
        let (server, transport, heard) = server(vec![vec![reset, Reply::Answer(PAGE)]]);
        let response = transport.read(Verb::OrgList, &get()).await.unwrap();
        assert_eq!(&response.body[..], PAGE.as_bytes());
        assert_eq!(server.connections(), 1);
        let ends = heard.ends();
        assert_eq!(ends.len(), 2, "{ends:?}");
        assert!(ends[0].is_err() && ends[1] == Ok(200), "{ends:?}");
    }
}

#[tokio::test]
async fn a_service_that_always_resets_is_given_up() {
    let (_server, transport, heard) = server(vec![vec![Reply::RefuseStream; 3]]);
    let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Offline(_)), "{error:?}");
    assert_eq!(heard.ends().len(), 3);
}

/// There, something below us might send it again.
#[tokio::test]
async fn a_write_does_not_speak_it() {
    let (server, transport, _) = server(vec![vec![]]);
    let delete = Request::new(Method::Delete, "/v1/organizations/1");
    let sent = transport
        .write(Verb::OrgDelete, &delete, permit().await)
        .await;
    assert!(matches!(sent, Sent::Lost), "{sent:?}");
    assert_eq!(server.connections(), 0);
}
