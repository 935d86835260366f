//! A server on loopback that speaks HTTP/2 over TLS: enough of it to answer, to refuse and to go away.
//!
//! It never looks into the headers of a request, so it needs no table of them.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::tls;

/// What happens to a request.
#[derive(Clone, Copy)]
pub(crate) enum Reply {
    /// 200 with this JSON.
    Answer(&'static str),
    /// The stream is reset: this server did not look at it.
    RefuseStream,
    /// The stream is reset in the middle of its answer.
    ResetInside(&'static str),
    /// The connection ends; this server did not look at the stream.
    GoAway,
}

/// The server. Each connection has replies of its own, one a request.
pub(crate) struct H2 {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl H2 {
    /// Serves so many connections with this certificate and key (PEM).
    pub(crate) fn serve(pem: (&str, &str), scripts: Vec<Vec<Reply>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut config = tls::config(pem.0, pem.1);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let config = Arc::new(config);
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        std::thread::spawn(move || {
            for script in scripts {
                let (stream, _) = listener.accept().unwrap();
                let config = Arc::clone(&config);
                let count = Arc::clone(&count);
                std::thread::spawn(move || {
                    let mut talk = Talk::new(config, stream);
                    if talk.is_begun() {
                        count.fetch_add(1, Ordering::SeqCst);
                        talk.run(script.into());
                    }
                });
            }
        });
        Self {
            address,
            connections,
        }
    }

    /// The port it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// How many connections spoke HTTP/2; others are closed.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

const NO_FLAGS: u8 = 0;
const ACK: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

const INTERNAL_ERROR: u32 = 2;
const REFUSED_STREAM: u32 = 7;

struct Frame {
    kind: u8,
    flags: u8,
    stream: u32,
    payload: Vec<u8>,
}

struct Talk(StreamOwned<ServerConnection, TcpStream>);

impl Talk {
    fn new(config: Arc<ServerConfig>, stream: TcpStream) -> Self {
        let connection = ServerConnection::new(config).unwrap();
        Self(StreamOwned::new(connection, stream))
    }

    /// Whether the client begins as HTTP/2 does.
    fn is_begun(&mut self) -> bool {
        let mut begun = [0; PREFACE.len()];
        self.0.read_exact(&mut begun).is_ok() && begun == *PREFACE
    }

    /// Talks until the client is gone, which is how every test ends.
    fn run(mut self, mut script: VecDeque<Reply>) {
        self.send(SETTINGS, NO_FLAGS, (0, &[]));
        while let Some(frame) = self.receive() {
            match frame.kind {
                SETTINGS if frame.flags & ACK == 0 => self.send(SETTINGS, ACK, (0, &[])),
                PING if frame.flags & ACK == 0 => self.send(PING, ACK, (0, &frame.payload)),
                HEADERS => {
                    let reply = script.pop_front().expect("a reply for each request");
                    self.reply(frame.stream, reply);
                    if matches!(reply, Reply::GoAway) {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    fn reply(&mut self, stream: u32, reply: Reply) {
        match reply {
            Reply::Answer(body) => {
                self.head(stream);
                self.send(DATA, END_STREAM, (stream, body.as_bytes()));
            }
            Reply::ResetInside(body) => {
                self.head(stream);
                self.send(DATA, NO_FLAGS, (stream, body.as_bytes()));
                self.send(
                    RST_STREAM,
                    NO_FLAGS,
                    (stream, &INTERNAL_ERROR.to_be_bytes()),
                );
            }
            Reply::RefuseStream => {
                self.send(
                    RST_STREAM,
                    NO_FLAGS,
                    (stream, &REFUSED_STREAM.to_be_bytes()),
                );
            }
            Reply::GoAway => {
                // The last stream that was looked at, and no error: neither is anything but zero.
                self.send(GOAWAY, NO_FLAGS, (0, &[0; 8]));
                self.0.conn.send_close_notify();
                let _ = self.0.flush();
            }
        }
    }

    /// 200 and the type of the answer, by their numbers in the table that everybody has.
    fn head(&mut self, stream: u32) {
        const JSON: &[u8] = b"application/json";
        let length = u8::try_from(JSON.len()).unwrap();
        let block = [&[0x88, 0x0f, 0x10, length], JSON].concat();
        self.send(HEADERS, END_HEADERS, (stream, &block));
    }

    fn send(&mut self, kind: u8, flags: u8, (stream, payload): (u32, &[u8])) {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        let frame = [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat();
        // A client that is gone by now is none of the server's business.
        let _ = self.0.write_all(&frame);
        let _ = self.0.flush();
    }

    fn receive(&mut self) -> Option<Frame> {
        let mut head = [0; 9];
        self.0.read_exact(&mut head).ok()?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        self.0.read_exact(&mut payload).ok()?;
        Some(Frame {
            kind: head[3],
            flags: head[4],
            stream: u32::from_be_bytes([head[5], head[6], head[7], head[8]]),
            payload,
        })
    }
}
