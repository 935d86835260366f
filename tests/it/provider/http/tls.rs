//! Encrypted connections: a server that cannot prove who it is hears nothing.

use std::time::Duration;

use orgdeck::domain::{Fault, Method, Request, Text, Verb};
use orgdeck::provider::http::{Sent, Transport};

use super::{CANARY, Heard, account};
use crate::support::permit::permit;
use crate::support::tls::{Seen, Tls};
use crate::support::wire::{Step, Wire, answer};

/// The certificates; `certs/make.sh` tells how they were made.
macro_rules! certificate {
    ($name:literal) => {
        (
            include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/it/provider/http/certs/",
                $name,
                ".pem"
            )),
            include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/it/provider/http/certs/",
                $name,
                ".key"
            )),
        )
    };
}

pub(crate) use certificate;

pub(crate) const AUTHORITY: &str = include_str!("certs/authority.pem");

fn server((certificate, key): (&str, &str)) -> Tls {
    Tls::serve(certificate, key, answer(200, &[], b"{}"))
}

/// A transport that trusts the tests' authority beside the system's.
fn trusting(host: &str, port: u16) -> (Transport, Heard) {
    let (mut account, heard) = account(&format!("https://{host}:{port}"));
    account.roots = Some(AUTHORITY.into());
    (Transport::new(account, &[]), heard)
}

fn get() -> Request {
    Request::get("/v1/organizations")
}

#[tokio::test]
async fn a_server_of_a_trusted_authority_is_asked() {
    for host in ["127.0.0.1", "localhost"] {
        let server = server(certificate!("good"));
        let (transport, _) = trusting(host, server.port());
        let response = transport.read(Verb::OrgList, &get()).await.unwrap();
        assert_eq!((response.status, &response.body[..]), (200, &b"{}"[..]));
        let seen = server.finish().await;
        assert!(seen.said.starts_with("GET /v1/organizations HTTP/1.1\r\n"));
        assert!(seen.said.contains(CANARY));
    }
}

#[tokio::test]
async fn r10_a_server_that_cannot_be_trusted_hears_nothing() {
    let nothing = Seen {
        connections: 1,
        said: String::new(),
    };
    for (certificate, words) in [
        (
            certificate!("self-signed"),
            "the certificate's issuer is not trusted",
        ),
        (
            certificate!("other-host"),
            "the certificate is for another host",
        ),
        (certificate!("expired"), "the certificate has expired"),
    ] {
        let fault = Fault::Insecure(Text::from(words));
        let asked = server(certificate);
        let (transport, heard) = trusting("127.0.0.1", asked.port());
        let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
        assert_eq!(error.fault, fault);
        assert_eq!(asked.finish().await, nothing, "{words}");
        assert_eq!(heard.ends(), [Err(fault.clone())]);

        let told = server(certificate);
        let (transport, _) = trusting("127.0.0.1", told.port());
        let delete = Request::new(Method::Delete, "/v1/organizations/1");
        let sent = transport
            .write(Verb::OrgDelete, &delete, permit().await)
            .await;
        assert!(
            matches!(sent, Sent::NotSent(error) if error.fault == fault),
            "{words}"
        );
        assert_eq!(told.finish().await, nothing, "{words}");
    }
}

/// What many write for themselves: one certificate that is its own authority, and trusted as such.
#[tokio::test]
async fn r10_an_authoritys_own_certificate_is_no_servers_in_plain_words() {
    let (certificate, key) = certificate!("own-authority");
    let server = server((certificate, key));
    let (mut account, _) = account(&format!("https://127.0.0.1:{}", server.port()));
    account.roots = Some(certificate.into());
    let transport = Transport::new(account, &[]);
    let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
    let words = "the certificate is an authority's own (it says CA) and must not be a server's";
    assert_eq!(error.fault, Fault::Insecure(Text::from(words)));
    assert_eq!(server.finish().await.said, "");
}

#[tokio::test]
async fn r10_a_server_without_encryption_hears_no_token() {
    let refusal = Step::Send(answer(400, &[], b"this is plain http"));
    let wire = Wire::serve([vec![Step::TakeBytes(1), refusal, Step::Close]]);
    let (transport, _) = trusting("127.0.0.1", wire.address().port());
    let delete = Request::new(Method::Delete, "/v1/organizations/1");
    let sent = transport
        .write(Verb::OrgDelete, &delete, permit().await)
        .await;
    let Sent::NotSent(error) = sent else {
        panic!("{sent:?}");
    };
    assert_eq!(error.fault.kind(), "insecure", "{error:?}");
    drop(transport);
    assert!(wire.finish().await.requests.is_empty());
}

#[tokio::test]
async fn a_server_that_never_greets_is_given_up_and_hears_no_token() {
    let wire = Wire::serve([vec![Step::Take]]);
    let (mut account, _) = account(&format!("https://{}", wire.address()));
    account.roots = Some(AUTHORITY.into());
    account.limits.connect = Duration::from_millis(20);
    let transport = Transport::new(account, &[]);
    let delete = Request::new(Method::Delete, "/v1/organizations/1");
    let permit = permit().await;
    let sent = transport.write(Verb::OrgDelete, &delete, permit).await;
    assert!(
        matches!(&sent, Sent::NotSent(error) if error.fault == Fault::TimedOut),
        "{sent:?}"
    );
    drop(transport);
    assert!(wire.finish().await.requests.is_empty());
}

#[tokio::test]
async fn certificates_to_trust_that_cannot_be_read_are_named() {
    for pem in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
    ] {
        let (mut account, heard) = account("https://127.0.0.1:9");
        account.roots = Some(pem.into());
        let transport = Transport::new(account, &[]);
        let error = transport.read(Verb::OrgList, &get()).await.unwrap_err();
        let words = "the file of certificates to trust holds none that can be read";
        assert_eq!(error.fault, Fault::Insecure(Text::from(words)), "{pem}");
        assert_eq!(heard.all(), []);
    }
}
