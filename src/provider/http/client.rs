//! The two HTTP clients of a connection: one for reads, one for writes.
//!
//! Reads keep their connections. A write gets a connection of its own that is used once: only then is
//! there nothing below us that could send it again. Neither follows redirects (so none tells where it
//! comes from), keeps cookies, or uses a proxy for this machine.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Client, ClientBuilder};

use super::failure;
use crate::domain::{Fault, Origin, Text};

/// Headers that go out with every request, as an adapter names them.
pub(super) type Headers = &'static [(&'static str, &'static str)];

const USER_AGENT: &str = concat!("orgdeck/", env!("CARGO_PKG_VERSION"));

/// What a client is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Requests that change nothing.
    Reads,
    /// Requests that are sent once.
    Writes,
}

/// The other end of a client's connections.
#[derive(Clone, Copy)]
pub(super) struct End<'a> {
    /// Where requests go.
    pub(super) origin: &'a Origin,
    /// More certificates to trust.
    pub(super) roots: Option<&'a [u8]>,
    /// Until a connection stands.
    pub(super) connect: Duration,
    /// A name whose addresses were looked up before, and checked: no others are asked.
    pub(super) known: Option<(&'a str, &'a [SocketAddr])>,
}

/// Builds a client. The system's certificates are read for https alone, and then off the runtime's
/// own threads: there are machines where that takes a while.
pub(super) async fn build(
    end: End<'_>,
    headers: Headers,
    purpose: Purpose,
) -> Result<Client, Fault> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = common(end, headers);
    let builder = match purpose {
        Purpose::Reads => builder,
        // Few go out here, so what the other end showed may come along.
        Purpose::Writes => builder
            .pool_max_idle_per_host(0)
            .http1_only()
            .tls_info(true),
    };
    if !end.origin.is_https() {
        return plain(builder).build().map_err(|e| failure::of_build(&e));
    }
    let builder = encrypted(builder, end.roots)?;
    let built = tokio::task::spawn_blocking(move || builder.build()).await;
    let built = built.map_err(|_| Fault::Cancelled)?;
    built.map_err(|error| failure::of_build(&error))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that builds clients"
)]
fn common(end: End<'_>, headers: Headers) -> ClientBuilder {
    let builder = Client::builder()
        .user_agent(USER_AGENT)
        .default_headers(constant(headers))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(end.connect);
    let builder = match end.known {
        Some((name, addresses)) => builder.resolve_to_addrs(name, addresses),
        None => builder,
    };
    if end.origin.is_loopback() {
        builder.no_proxy()
    } else {
        builder
    }
}

fn constant(headers: Headers) -> HeaderMap {
    let mut map = HeaderMap::new();
    map.insert(ACCEPT, HeaderValue::from_static("application/json"));
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a constant of an adapter");
        map.insert(name, HeaderValue::from_static(value));
    }
    map
}

/// Plain http stays on this machine, so no certificate is ever needed and `localhost` is never asked
/// of a name server.
fn plain(builder: ClientBuilder) -> ClientBuilder {
    let tls = rustls::ClientConfig::builder()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let here = [
        IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::LOCALHOST),
    ];
    builder.tls_backend_preconfigured(tls).resolve_to_addrs(
        "localhost",
        &here.map(|address| SocketAddr::new(address, 0)),
    )
}

fn encrypted(builder: ClientBuilder, roots: Option<&[u8]>) -> Result<ClientBuilder, Fault> {
    let builder = builder.https_only(true);
    let Some(pem) = roots else {
        return Ok(builder);
    };
    match Certificate::from_pem_bundle(pem) {
        Ok(roots) if !roots.is_empty() => Ok(builder.tls_certs_merge(roots)),
        Ok(_) | Err(_) => Err(Fault::Insecure(Text::from(
            "the file of certificates to trust holds none that can be read",
        ))),
    }
}
