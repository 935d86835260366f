//! The service: HTTP/1.1 as far as our client needs it, on the thread of whoever asks.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Between two answers.
const APART: u8 = 0x1e;

/// What the letter before a body stands for. 429 is not among them: it makes the client wait.
const HEADS: [(u16, &str); 16] = [
    (500, "application/json"),
    (200, "application/json"),
    (201, "application/json"),
    (204, "application/json"),
    (200, "text/plain"),
    (200, "text/html"),
    (400, "application/json"),
    (400, "text/plain"),
    (401, "application/json"),
    (401, "text/plain"),
    (403, "application/json"),
    (404, "application/json"),
    (409, "application/json"),
    (422, "application/json"),
    (503, "text/html"),
    (302, "text/html"),
];

/// The answers that are left, and how often it was asked.
#[derive(Default)]
struct Script {
    answers: Vec<Vec<u8>>,
    asked: usize,
}

/// A service that runs as long as the runtime it was started on.
pub(crate) struct Server {
    url: String,
    script: Arc<Mutex<Script>>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("loopback has free ports");
        let address = listener.local_addr().expect("it is bound");
        let script = Arc::<Mutex<Script>>::default();
        tokio::spawn(accept(listener, Arc::clone(&script)));
        Self {
            url: format!("http://{address}"),
            script,
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Begins anew with these answers.
    pub(crate) fn answer_with(&self, answers: &[u8]) {
        let answers = answers.split(|byte| *byte == APART).rev();
        *locked(&self.script) = Script {
            answers: answers.map(<[u8]>::to_vec).collect(),
            asked: 0,
        };
    }

    /// How often it was asked since then.
    pub(crate) fn asked(&self) -> usize {
        locked(&self.script).asked
    }
}

async fn accept(listener: TcpListener, script: Arc<Mutex<Script>>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve(stream, Arc::clone(&script)));
    }
}

async fn serve(mut stream: TcpStream, script: Arc<Mutex<Script>>) {
    let mut unread = Vec::new();
    loop {
        while let Some(length) = whole(&unread) {
            unread.drain(..length);
            let answer = locked(&script).next();
            if stream.write_all(&answer).await.is_err() {
                return;
            }
        }
        if !matches!(stream.read_buf(&mut unread).await, Ok(1..)) {
            return;
        }
    }
}

impl Script {
    fn next(&mut self) -> Vec<u8> {
        self.asked += 1;
        let last = self.answers.len() == 1;
        let answer = match self.answers.last() {
            Some(answer) if last => answer.clone(),
            _ => self.answers.pop().unwrap_or_default(),
        };
        let (letter, body) = answer.split_first().unwrap_or((&0, &[]));
        let (status, kind) = HEADS[usize::from(*letter) % HEADS.len()];
        let body = if status == 204 { &[][..] } else { body };
        let head = format!(
            "HTTP/1.1 {status} .\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    }
}

/// The length of the request that the bytes begin with, once it is there.
fn whole(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|end| end == b"\r\n\r\n")?;
    let fields = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
    let length = fields
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().expect("our client counts"));
    let end = head + 4 + length;
    (bytes.len() >= end).then_some(end)
}

fn locked(script: &Mutex<Script>) -> std::sync::MutexGuard<'_, Script> {
    script.lock().unwrap_or_else(PoisonError::into_inner)
}
