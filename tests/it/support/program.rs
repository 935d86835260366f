//! The program itself, started as a person would, in an environment that holds nothing but what a test
//! puts there.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fmt, fs};

use orgdeck::sandbox::{Sandbox, Service};

/// The longest that anything may take.
const LONGEST: Duration = Duration::from_secs(20);

/// The program with these arguments and a home of its own.
pub(crate) fn orgdeck(arguments: &[&str], home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orgdeck"));
    command
        .args(arguments)
        .env_clear()
        .env("HOME", home)
        .env("TERM", "xterm-256color")
        .env("LANG", "C.UTF-8");
    command
}

/// Configures a profile for each face of a sandbox, called as its service is.
pub(crate) fn configure(home: &Path, sandbox: &Sandbox) {
    let folder = home.join(".config/orgdeck");
    fs::create_dir_all(&folder).unwrap();
    let profile = |service: Service| {
        let (name, face) = (service.name(), sandbox.face(service));
        let token = folder.join(name);
        fs::write(&token, &face.token).unwrap();
        fs::set_permissions(&token, fs::Permissions::from_mode(0o600)).unwrap();
        let (url, token) = (&face.url, token.display());
        format!(
            "[profiles.{name}]\nprovider = \"{name}\"\nurl = \"{url}\"\ntoken = {{ file = \"{token}\" }}\n"
        )
    };
    let config = Service::ALL.map(profile).concat();
    fs::write(folder.join("config.toml"), config).unwrap();
}

/// What came of a run without a terminal.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs it to its end, without a terminal.
pub(crate) fn run(command: &mut Command) -> Ran {
    let output = command.stdin(Stdio::null()).output().unwrap();
    Ran {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        write!(f, "exit code: {code}\n--- stdout\n{}", self.stdout)?;
        write!(f, "--- stderr\n{}", self.stderr)
    }
}

/// Waits until it is so; nothing takes that long when all is well.
#[expect(
    clippy::disallowed_methods,
    reason = "a limit for what would otherwise wait for ever"
)]
pub(crate) fn until(mut so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < LONGEST, "it did not come");
        std::thread::yield_now();
    }
}
