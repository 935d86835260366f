//! A home with a configuration for the three faces of a sandbox, and the program run in it.

use std::fs;
use std::process::Command;

use orgdeck::sandbox::{Options, Sandbox, Service};
use serde_json::Value as Json;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::sandbox::origin;
use crate::support::program::{Ran, configure, orgdeck, run};

pub(crate) use crate::support::program::until;

/// Tokens that appear nowhere but in their files and in requests.
pub(crate) const TOKENS: [&str; 3] = [
    "canary-balena-7f3a91c2e5d8",
    "sk_test_canary7f3a91c2e5d8clerk",
    "canary-vulos-7f3a91c2e5d8",
];

/// A sandbox with somebody at its command line. The profiles are called as their services are.
pub(crate) struct Stage {
    // Dropped in this order: what is served ends before what it is served on.
    pub(crate) sandbox: Sandbox,
    _runtime: Runtime,
    pub(crate) home: TempDir,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let options = Options {
            tokens: Service::ALL
                .into_iter()
                .zip(TOKENS.map(str::to_owned))
                .collect(),
            ..Options::demo(origin())
        };
        let within = runtime.enter();
        let sandbox = Sandbox::start(&options).unwrap();
        drop(within);
        let home = TempDir::new().unwrap();
        configure(home.path(), &sandbox);
        Self {
            sandbox,
            _runtime: runtime,
            home,
        }
    }

    /// Writes this above the profiles.
    pub(crate) fn configure(&self, above: &str) {
        let path = self.home.path().join(".config/orgdeck/config.toml");
        let config = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{above}{config}")).unwrap();
    }

    /// Says of every profile that real people depend on it.
    pub(crate) fn make_production(&self) {
        self.make("production");
    }

    /// Switches something on in every profile.
    pub(super) fn make(&self, switch: &str) {
        let path = self.home.path().join(".config/orgdeck/config.toml");
        let config = fs::read_to_string(&path).unwrap();
        let with = format!("]\n{switch} = true\nprovider");
        fs::write(&path, config.replace("]\nprovider", &with)).unwrap();
    }

    /// The program with these words.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        orgdeck(words, self.home.path())
    }

    /// A line of a shell, in the program's environment.
    pub(super) fn shell(&self, line: &str) -> Command {
        let mut shell = Command::new("bash");
        let program = self.command(&[]);
        shell.args(["-c", line]).env_clear();
        for (name, value) in program.get_envs() {
            shell.env(name, value.unwrap_or_default());
        }
        shell.env("PATH", "/usr/bin:/bin");
        shell
    }

    /// Runs it with words separated by blanks.
    pub(crate) fn run(&self, line: &str) -> Ran {
        let words: Vec<&str> = line.split_whitespace().collect();
        self.run_words(&words)
    }

    /// Runs it with these words.
    pub(crate) fn run_words(&self, words: &[&str]) -> Ran {
        run(&mut self.command(words))
    }

    /// Runs it with something on standard input.
    pub(crate) fn run_with(&self, line: &str, input: &str) -> Ran {
        use std::io::Write as _;
        use std::process::Stdio;
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut command = self.command(&words);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs it and reads its document.
    pub(crate) fn json(&self, line: &str) -> (Option<i32>, Json) {
        let ran = self.run(&format!("{line} -o json"));
        let document = serde_json::from_str(&ran.stdout);
        (
            ran.code,
            document.unwrap_or_else(|error| panic!("{error}: {ran}")),
        )
    }

    /// The file with this content in the home.
    pub(crate) fn file(&self, name: &str, content: &str) -> String {
        let path = self.home.path().join(name);
        fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    /// The requests that change something, as `METHOD target`, since the beginning.
    pub(crate) fn writes(&self, service: Service) -> Vec<String> {
        let requests = self.sandbox.requests(service).into_iter();
        let writes = requests.filter(|request| request.method != "GET");
        writes
            .map(|request| format!("{} {}", request.method, request.target))
            .collect()
    }
}

/// The rows of a document.
pub(crate) fn rows<'a>(document: &'a Json, kind: &str) -> &'a [Json] {
    document[kind]
        .as_array()
        .unwrap_or_else(|| panic!("no {kind}: {document}"))
}

/// One field of each row.
pub(crate) fn column<'a>(document: &'a Json, kind: &str, field: &str) -> Vec<&'a str> {
    let rows = rows(document, kind).iter();
    rows.map(|row| row[field].as_str().unwrap_or("")).collect()
}
