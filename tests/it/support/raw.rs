//! A client that writes and reads bytes: it adds nothing, repairs nothing and hides no reset.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back, and how the connection ended.
#[derive(Debug)]
pub(crate) struct Heard {
    /// Every byte, as text.
    pub(crate) text: String,
    /// How it ended: none for an orderly end.
    pub(crate) end: Option<io::ErrorKind>,
}

impl Heard {
    /// The status of the answer, 0 when none came.
    pub(crate) fn status(&self) -> u16 {
        let word = self.text.split(' ').nth(1);
        word.and_then(|word| word.parse().ok()).unwrap_or(0)
    }

    /// What follows the headers.
    pub(crate) fn body(&self) -> &str {
        self.text
            .split_once("\r\n\r\n")
            .map_or("", |(_, body)| body)
    }

    /// The value of a header; its name is given in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let head = self.text.split("\r\n\r\n").next()?;
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

/// Opens a connection to `url` and sends one request with these headers and body.
pub(crate) async fn send(url: &str, line: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
    let peer = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(peer).await.unwrap();
    let length = body.len().to_string();
    let own = [
        ("Host", peer),
        ("Connection", "close"),
        ("Content-Length", &length),
    ];
    let fields = own.iter().chain(headers);
    let fields: Vec<String> = fields
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let request = format!("{line} HTTP/1.1\r\n{}\r\n{body}", fields.concat());
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// Reads until the connection ends, or `limit` bytes have come.
pub(crate) async fn hear(stream: &mut TcpStream, limit: usize) -> Heard {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    let end = loop {
        match stream.read(&mut chunk).await {
            Ok(0) => break None,
            Ok(_) if bytes.len() > limit => break None,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            Err(error) => break Some(error.kind()),
        }
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Heard { text, end }
}

/// One GET with a bearer token, read to its end.
pub(crate) async fn get(url: &str, target: &str, token: &str) -> Heard {
    let authorization = format!("Bearer {token}");
    let headers = [("Authorization", authorization.as_str())];
    let mut stream = send(url, &format!("GET {target}"), &headers, "").await;
    hear(&mut stream, usize::MAX).await
}
