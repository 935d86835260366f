//! Tests of the trace log: what is in it, who may read it, and what never gets there.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use tempfile::TempDir;

use crate::support::program::{orgdeck, run};
use crate::support::pty::Pty;

#[test]
fn r67_requests_are_written_down_without_what_they_ask() {
    let home = TempDir::new().unwrap();
    let log = home.path().join("trace.log");
    let name = log.display().to_string();
    let mut pty = Pty::start(orgdeck(&["--demo", "--log", &name], home.path()), (120, 36));
    pty.wait_for("Acme", 0);
    pty.types("q");
    assert_eq!(pty.wait_end(), 0);
    let text = fs::read_to_string(&log).unwrap();
    assert!(
        text.contains("started") && text.contains("method=\"GET\""),
        "{text}"
    );
    assert!(text.contains("path=\"/v1/organizations\""), "{text}");
    for never in ["?", "authorization", "Bearer", "sk_test_", "@acme.example"] {
        assert!(!text.contains(never), "{never} in {text}");
    }
    assert_eq!(
        fs::metadata(&log).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn the_variable_names_the_log_and_the_flag_comes_first() {
    let home = TempDir::new().unwrap();
    let at = |name: &str| home.path().join(name);
    let flag = at("flag").display().to_string();
    run(orgdeck(&[], home.path()).env("ORGDECK_LOG", at("variable")));
    run(orgdeck(&["--log", &flag], home.path()).env("ORGDECK_LOG", at("neither")));
    assert!(at("variable").exists() && at("flag").exists());
    assert!(!at("neither").exists());
}
