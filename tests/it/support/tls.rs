//! An HTTPS server on loopback for one connection: it shows whether a client that should not trust
//! it says anything at all.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tokio::sync::oneshot;

/// The server.
pub(crate) struct Tls {
    address: SocketAddr,
    over: oneshot::Receiver<Seen>,
}

/// What it saw.
#[derive(Debug, PartialEq)]
pub(crate) struct Seen {
    /// How many connections were made.
    pub(crate) connections: usize,
    /// What the first one said after the handshake.
    pub(crate) said: String,
}

impl Tls {
    /// Gives `answer` to the first request that comes through, with this certificate and key (PEM).
    pub(crate) fn serve(certificate: &str, key: &str, answer: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let config = Arc::new(config(certificate, key));
        let (done, over) = oneshot::channel();
        std::thread::spawn(move || {
            let said = talk(&listener, config, &answer);
            listener.set_nonblocking(true).unwrap();
            let further = std::iter::from_fn(|| listener.accept().ok()).count();
            let _ = done.send(Seen {
                connections: 1 + further,
                said: String::from_utf8_lossy(&said).into_owned(),
            });
        });
        Self { address, over }
    }

    /// The port it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Waits until the connection is over and tells what was seen.
    pub(crate) async fn finish(self) -> Seen {
        self.over.await.unwrap()
    }
}

/// What a server with this certificate and key (PEM) needs.
pub(super) fn config(certificate: &str, key: &str) -> ServerConfig {
    let certificate = CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap()
}

fn talk(listener: &TcpListener, config: Arc<ServerConfig>, answer: &[u8]) -> Vec<u8> {
    let (stream, _) = listener.accept().unwrap();
    let mut stream = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
    let mut said = Vec::new();
    let mut piece = [0; 1024];
    while let Ok(length @ 1..) = stream.read(&mut piece) {
        said.extend_from_slice(&piece[..length]);
        if said.ends_with(b"\r\n\r\n") {
            // A client that is gone by now is none of the server's business.
            let _ = stream.write_all(answer);
            stream.conn.send_close_notify();
            let _ = stream.flush();
            break;
        }
    }
    said
}
