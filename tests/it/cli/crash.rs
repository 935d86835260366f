//! What a panic leaves behind: a report that its owner alone can read.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use orgdeck::cli::crash;
use orgdeck::domain::{Secret, Text};
use tempfile::TempDir;

/// The variable that makes this test the program that panics; it names the folder for the report.
const PANICS: &str = "ORGDECK_TEST_LEAVES_A_REPORT";

#[expect(
    clippy::disallowed_methods,
    reason = "it is how this test knows its other half"
)]
fn folder_of_the_one_that_panics() -> Option<PathBuf> {
    std::env::var_os(PANICS).map(PathBuf::from)
}

/// Runs the half that panics, under a umask that takes nothing away.
fn crashed(folder: &Path) -> String {
    let name = "cli::crash::r16_a_panic_leaves_a_report_for_its_owner_alone";
    let program = std::env::current_exe().unwrap();
    let line = format!(
        "umask 000; exec {} --exact {name} --nocapture",
        program.display()
    );
    let mut command = Command::new("sh");
    let output = command
        .args(["-c", &line])
        .env(PANICS, folder)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(101));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn r16_a_panic_leaves_a_report_for_its_owner_alone() {
    if let Some(folder) = folder_of_the_one_that_panics() {
        crash::keep(&folder);
        let (secret, name) = (Secret::new("canary-6e1d0c"), Text::from("\u{1b}[31mRed"));
        panic!("nobody foresaw {name:?} with {secret:?} in \u{9b}2J");
    }
    let home = TempDir::new().unwrap();
    let folder = home.path().join("state/orgdeck");
    let told = crashed(&folder);
    let path = folder.join("crash.txt");
    assert!(told.contains(&path.display().to_string()), "{told}");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&path)), (0o700, 0o600));
    let report = fs::read_to_string(&path).unwrap();
    assert!(
        report.contains("nobody foresaw") && report.contains("with ***"),
        "{report}"
    );
    assert!(
        report.contains(file!()) && report.contains("cli::crash"),
        "{report}"
    );
    assert!(!report.contains("canary"), "{report}");
    let controls = report
        .chars()
        .filter(|letter| letter.is_control() && *letter != '\n');
    assert_eq!(controls.count(), 0, "{report}");
    crashed(&folder);
    assert_eq!(
        fs::read_dir(&folder).unwrap().count(),
        1,
        "the last one is kept"
    );
}
