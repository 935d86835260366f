//! The listener on this machine that a browser brings the answer of a sign-in to.
//!
//! It reads one line of each request, answers with a sentence, and knows nothing of tokens. What is
//! not the awaited answer (a page's icon, a stranger's guess) is turned away, and the wait goes on.

use std::io;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::select_all;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use url::{Host, Url};

/// The most that is read of a request.
const LARGEST: u64 = 8 * 1024;

/// How long a browser may take to send a line.
const PATIENCE: Duration = Duration::from_secs(10);

/// The answer of a sign-in: what stands in the address that the browser was sent to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) state: Option<String>,
    pub(super) code: Option<String>,
    pub(super) error: Option<String>,
    pub(super) description: Option<String>,
}

/// Listens at one address of this machine.
pub(super) struct Listener {
    sockets: Vec<TcpListener>,
    path: String,
}

impl Listener {
    /// Listens where a redirect leads; `localhost` is both of its addresses, as far as there are both.
    pub(super) async fn at(redirect: &Url) -> io::Result<Self> {
        let port = redirect.port_or_known_default().unwrap_or(80);
        let mut sockets = Vec::new();
        match redirect.host() {
            Some(Host::Ipv4(address)) => sockets.push(TcpListener::bind((address, port)).await?),
            Some(Host::Ipv6(address)) => sockets.push(TcpListener::bind((address, port)).await?),
            Some(Host::Domain(_)) | None => {
                sockets.push(TcpListener::bind(("127.0.0.1", port)).await?);
                sockets.extend(TcpListener::bind(("::1", port)).await.ok());
            }
        }
        let path = redirect.path().to_owned();
        Ok(Self { sockets, path })
    }

    /// Waits for the answer with this state.
    pub(super) async fn answer(&self, state: &str) -> Answer {
        let mut callers = FuturesUnordered::new();
        loop {
            let accepted = select_all(self.sockets.iter().map(|one| one.accept().boxed()));
            tokio::select! {
                (caller, _, _) = accepted => {
                    // A browser opens connections to be ready, and does not use all of them.
                    callers.extend(caller.ok().map(|(stream, _)| timeout(PATIENCE, hear(stream))));
                }
                Some(heard) = callers.next(), if !callers.is_empty() => {
                    if let Ok(Ok((stream, target))) = heard
                        && let Some(answer) = self.judge(stream, &target, state).await
                    {
                        return answer;
                    }
                }
            }
        }
    }

    /// Answers a request; what it brings, if it is what is awaited.
    async fn judge(&self, stream: TcpStream, target: &str, state: &str) -> Option<Answer> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let answer = answer(query);
        if path != self.path {
            say(stream, "404 Not Found", "There is nothing here.").await;
            return None;
        }
        if answer.state.as_deref() != Some(state) {
            let words = "This is not the answer to the sign-in that is waiting.";
            say(stream, "400 Bad Request", words).await;
            return None;
        }
        let words = match answer.code {
            Some(_) => "Thank you. The rest happens in the terminal; this page can be closed.",
            None => "The sign-in was refused. This page can be closed.",
        };
        say(stream, "200 OK", words).await;
        Some(answer)
    }
}

fn answer(query: &str) -> Answer {
    let mut answer = Answer::default();
    for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let field = match &*key {
            "state" => &mut answer.state,
            "code" => &mut answer.code,
            "error" => &mut answer.error,
            "error_description" => &mut answer.description,
            _ => continue,
        };
        *field = Some(value.into_owned());
    }
    answer
}

/// The target of a GET; its headers are read and forgotten.
async fn hear(mut stream: TcpStream) -> io::Result<(TcpStream, String)> {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|end| end == b"\r\n\r\n") {
        let room = LARGEST.saturating_sub(bytes.len() as u64);
        if (&mut stream).take(room).read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    let mut words = text.lines().next().unwrap_or_default().split(' ');
    match (words.next(), words.next()) {
        (Some("GET"), Some(target)) => {
            let target = target.to_owned();
            Ok((stream, target))
        }
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// A browser that does not wait for its page misses nothing.
async fn say(mut stream: TcpStream, status: &str, words: &str) {
    let page = format!("<!doctype html><title>orgdeck</title><p>{words}</p>\n");
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nreferrer-policy: no-referrer\r\nconnection: close\r\n\r\n",
        page.len()
    );
    let _ = stream.write_all(format!("{head}{page}").as_bytes()).await;
    let _ = stream.shutdown().await;
}
