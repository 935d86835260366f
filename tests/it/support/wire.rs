//! A TCP server on loopback that plays scripts, one a connection, and keeps what it was sent.
//!
//! It answers nothing by itself and runs on a thread of its own, so that a test can stop the clock of
//! the client without stopping the server.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;

/// One thing that the server does on a connection.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Takes one whole request.
    Take,
    /// Takes so many bytes and does not care what they are.
    TakeBytes(usize),
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends the same bytes again and again until nobody takes them.
    Flood(&'static [u8]),
    /// Ends its side as it should be done.
    Close,
    /// Breaks the connection off.
    Reset,
}

/// What a connection is served; when it is over, further requests are taken and not answered.
pub(crate) type Script = Vec<Step>;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    /// Its first line.
    pub(crate) line: String,
    /// All of its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// What the server saw.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    /// How many connections were made.
    pub(crate) connections: usize,
    /// The whole requests, in the order they ended.
    pub(crate) requests: Vec<Taken>,
}

/// The server.
pub(crate) struct Wire {
    address: SocketAddr,
    log: Arc<Mutex<Log>>,
    seen: watch::Receiver<usize>,
    stop: oneshot::Sender<()>,
    over: oneshot::Receiver<()>,
}

/// The script of a server that takes a request, sends this and closes.
pub(crate) fn say(bytes: impl Into<Vec<u8>>) -> Script {
    vec![Step::Take, Step::Send(bytes.into()), Step::Close]
}

/// An answer in full, with these further header lines.
pub(crate) fn answer(status: u16, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let first = [
        &format!("HTTP/1.1 {status} ."),
        "connection: close",
        &format!("content-length: {}", body.len()),
    ];
    let head = [&first, headers, &["", ""]].concat().join("\r\n");
    [head.as_bytes(), body].concat()
}

impl Wire {
    /// Serves the scripts to one connection after another, the last one to all that follow.
    pub(crate) fn serve(scripts: impl IntoIterator<Item = Script>) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::<Mutex<Log>>::default();
        let (count, seen) = watch::channel(0);
        let (stop, stopped) = oneshot::channel();
        let (done, over) = oneshot::channel();
        let server = Server {
            scripts: scripts.into_iter().collect(),
            log: Arc::clone(&log),
            count,
        };
        std::thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            runtime.enable_io().build().unwrap().block_on(async {
                server.run(listener, stopped).await;
                let _ = done.send(());
            });
        });
        Self {
            address,
            log,
            seen,
            stop,
            over,
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until so many whole requests were seen.
    pub(crate) async fn seen(&self, requests: usize) {
        let mut seen = self.seen.clone();
        seen.wait_for(|count| *count >= requests).await.unwrap();
    }

    /// Stops listening, waits until every connection is over and tells all that was seen. Whoever
    /// holds connections open has to be dropped before.
    pub(crate) async fn finish(self) -> Log {
        self.stop.send(()).unwrap();
        self.over.await.unwrap();
        self.log.lock().unwrap().clone()
    }
}

struct Server {
    scripts: VecDeque<Script>,
    log: Arc<Mutex<Log>>,
    count: watch::Sender<usize>,
}

impl Server {
    async fn run(mut self, listener: std::net::TcpListener, mut stopped: oneshot::Receiver<()>) {
        let listener = TcpListener::from_std(listener).unwrap();
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                biased;
                end = &mut stopped => match end {
                    Ok(()) => break,
                    Err(_) => return,
                },
                accepted = listener.accept() => {
                    connections.spawn(self.connection(accepted.unwrap().0));
                }
            }
        }
        // Connections that stand already wait in the queue: they count too.
        let listener = listener.into_std().unwrap();
        while let Ok((stream, _)) = listener.accept() {
            stream.set_nonblocking(true).unwrap();
            let stream = TcpStream::from_std(stream).unwrap();
            connections.spawn(self.connection(stream));
        }
        drop(listener);
        while connections.join_next().await.is_some() {}
    }

    fn connection(&mut self, stream: TcpStream) -> impl Future<Output = ()> + use<> {
        self.log.lock().unwrap().connections += 1;
        let script = match self.scripts.len() {
            0 => Script::new(),
            1 => self.scripts[0].clone(),
            _ => self.scripts.pop_front().unwrap(),
        };
        let log = Arc::clone(&self.log);
        let count = self.count.clone();
        let mut peer = Peer {
            stream,
            unread: Vec::new(),
            log,
            count,
        };
        async move {
            // An error means that the client is gone: nothing is left to play.
            let _ = peer.play(script).await;
        }
    }
}

struct Peer {
    stream: TcpStream,
    unread: Vec<u8>,
    log: Arc<Mutex<Log>>,
    count: watch::Sender<usize>,
}

impl Peer {
    async fn play(&mut self, script: Script) -> std::io::Result<()> {
        for step in script {
            match step {
                Step::Take => self.take().await?,
                Step::TakeBytes(bytes) => {
                    while self.unread.len() < bytes {
                        self.more().await?;
                    }
                }
                Step::Send(bytes) => self.stream.write_all(&bytes).await?,
                Step::Flood(bytes) => loop {
                    self.stream.write_all(bytes).await?;
                },
                Step::Close => self.stream.shutdown().await?,
                Step::Reset => return self.stream.set_zero_linger(),
            }
        }
        loop {
            self.take().await?;
        }
    }

    async fn take(&mut self) -> std::io::Result<()> {
        let length = loop {
            match whole(&self.unread) {
                Some(length) => break length,
                None => self.more().await?,
            }
        };
        let bytes: Vec<u8> = self.unread.drain(..length).collect();
        let line = String::from_utf8_lossy(&bytes);
        let line = line.split("\r\n").next().unwrap_or_default().to_owned();
        self.log
            .lock()
            .unwrap()
            .requests
            .push(Taken { line, bytes });
        self.count.send_modify(|count| *count += 1);
        Ok(())
    }

    async fn more(&mut self) -> std::io::Result<()> {
        match self.stream.read_buf(&mut self.unread).await? {
            0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

/// The length of the request that the bytes begin with, once it is there.
fn whole(bytes: &[u8]) -> Option<usize> {
    let text = String::from_utf8_lossy(bytes);
    let head = text.find("\r\n\r\n")?;
    let fields = text[..head].to_lowercase();
    let length = fields
        .split("\r\n")
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    let end = head + 4 + length;
    (bytes.len() >= end).then_some(end)
}

impl Taken {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.bytes);
        let head = text.split("\r\n\r\n").next().unwrap_or_default();
        head.split("\r\n").skip(1).find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then(|| value.to_owned())
        })
    }

    /// What came after its head.
    pub(crate) fn body(&self) -> String {
        let text = String::from_utf8_lossy(&self.bytes);
        let (_, body) = text.split_once("\r\n\r\n").unwrap();
        body.to_owned()
    }
}
