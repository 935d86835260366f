//! Tests of `orgdeck sandbox` from outside.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{orgdeck, run};
use crate::support::raw;

/// A sandbox that is ready, and what it said.
struct Server {
    child: Child,
    said: Value,
}

impl Server {
    fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let said = serde_json::from_str(&line).expect("one line of JSON");
        Self { child, said }
    }

    fn with(arguments: &[&str]) -> Self {
        let home = TempDir::new().unwrap();
        let arguments = [&["sandbox"], arguments].concat();
        Self::start(&mut orgdeck(&arguments, home.path()))
    }

    fn of(&self, service: &str, what: &str) -> String {
        self.said[service][what].as_str().unwrap().to_owned()
    }

    fn port(&self, service: &str) -> u16 {
        let url = self.of(service, "url");
        let port = url.strip_prefix("http://127.0.0.1:").unwrap();
        port.parse().unwrap()
    }

    /// The number of rows that Clerk's face tells of a list.
    async fn count(&self, path: &str) -> u64 {
        let heard = raw::get(&self.of("clerk", "url"), path, &self.of("clerk", "token")).await;
        assert_eq!(heard.status(), 200, "{heard:?}");
        let answer: Value = serde_json::from_str(heard.body()).unwrap();
        answer["total_count"].as_u64().unwrap()
    }

    fn send(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    fn end_with(mut self, signal: Signal) -> Option<i32> {
        self.send(signal);
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended already needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn each_face_has_an_address_and_a_token() {
    let server = Server::with(&[]);
    for service in ["balena", "clerk", "vulos"] {
        assert!(server.port(service) > 0);
        assert!(server.of(service, "token").len() > 20);
    }
    assert!(server.of("clerk", "token").starts_with("sk_test_"));
}

#[test]
fn a_signal_ends_it_with_its_code() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::QUIT, 131)] {
        assert_eq!(Server::with(&[]).end_with(signal), Some(code));
    }
}

/// A server is left running when its terminal goes, if that is how it was started.
#[test]
fn a_hangup_is_for_the_system_to_deal_with() {
    let server = Server::with(&[]);
    if hangups_are_ignored() {
        server.send(Signal::HUP);
        assert_eq!(server.end_with(Signal::TERM), Some(143));
    } else {
        assert_eq!(server.end_with(Signal::HUP), None);
    }
}

/// Whether whoever started the tests, `nohup` for one, has hang-ups ignored: every program inherits it.
fn hangups_are_ignored() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & 1 == 1)
}

#[test]
fn ports_follow_the_first_one() {
    let free =
        |port: &u16| (0..3).all(|n| std::net::TcpListener::bind(("127.0.0.1", port + n)).is_ok());
    let first = (31_000..32_000).step_by(3).find(free).unwrap();
    let server = Server::with(&["--port", &first.to_string()]);
    let ports = ["balena", "clerk", "vulos"].map(|service| server.port(service));
    assert_eq!(ports, [first, first + 1, first + 2]);
    let home = TempDir::new().unwrap();
    let port = first.to_string();
    let second = run(&mut orgdeck(&["sandbox", "--port", &port], home.path()));
    assert_eq!(second.code, Some(1));
    assert!(second.stdout.is_empty() && second.stderr.starts_with("error: three ports from"));
    let none_left = run(&mut orgdeck(&["sandbox", "--port", "65534"], home.path()));
    assert_eq!(none_left.code, Some(2));
}

#[test]
fn a_file_names_the_tokens() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("tokens");
    fs::write(&path, "balena = tok-b\r\n\nclerk=sk_test_x=y\n").unwrap();
    let server = Server::with(&["--token-file", &path.display().to_string()]);
    assert_eq!(server.of("balena", "token"), "tok-b");
    assert_eq!(server.of("clerk", "token"), "sk_test_x=y");
    assert!(server.of("vulos", "token").len() > 20);
}

#[test]
fn a_wrong_file_of_tokens_is_refused_without_repeating_it() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("tokens");
    for content in ["s3cret", "okta=s3cret", "clerk="] {
        fs::write(&path, content).unwrap();
        let file = path.display().to_string();
        let ran = run(&mut orgdeck(
            &["sandbox", "--token-file", &file],
            home.path(),
        ));
        assert_eq!(ran.code, Some(2), "{content}");
        assert!(
            ran.stderr.starts_with("error: ") && ran.stderr.contains("\nhint: "),
            "{ran}"
        );
        assert!(!ran.stderr.contains("s3cret"), "{ran}");
    }
}

#[tokio::test]
async fn sizes_are_as_wanted() {
    let server = Server::with(&["--orgs", "3", "--members", "120", "--invites", "30"]);
    let list = "/v1/organizations?include_members_count=true&order_by=-members_count";
    assert_eq!(server.count(list).await, 3);
    let heard = raw::get(
        &server.of("clerk", "url"),
        list,
        &server.of("clerk", "token"),
    )
    .await;
    let answer: Value = serde_json::from_str(heard.body()).unwrap();
    let first = &answer["data"][0];
    assert_eq!(first["members_count"], 120);
    let id = first["id"].as_str().unwrap();
    let invites = format!("/v1/organizations/{id}/invitations");
    assert_eq!(server.count(&invites).await, 30);
}

#[test]
fn nobody_has_to_listen() {
    let home = TempDir::new().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = orgdeck(&["sandbox"], home.path())
        .stdin(Stdio::null())
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let pid = Pid::from_child(&child);
    // Whether it is already serving or just about to does not matter: it ends by the signal alone.
    kill_process(pid, Signal::TERM).unwrap();
    child.wait().unwrap();
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(said, "");
}

/// The limits of a process are told by the system itself.
#[test]
fn r68_the_running_program_leaves_no_core() {
    let server = Server::with(&[]);
    let limits = fs::read_to_string(format!("/proc/{}/limits", server.child.id()));
    // Where there is no such file the other half of the row's tests has to do.
    if let Ok(limits) = limits {
        let core = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"));
        let values: Vec<_> = core.unwrap().split_whitespace().skip(4).take(2).collect();
        assert_eq!(values, ["0", "0"]);
    }
    assert_eq!(server.end_with(Signal::TERM), Some(143));
}
