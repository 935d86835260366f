//! Everything that the program keeps is for its owner alone, though the umask would let the world read it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::stage::Stage;
use crate::support::program::run;

/// The program under a umask that takes nothing away.
fn open_to_all(stage: &Stage, line: &str) -> Command {
    let mut command = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_orgdeck");
    command
        .args(["-c", &format!("umask 000; exec {program} {line}")])
        .env_clear()
        .env("HOME", stage.home.path())
        .env("LANG", "C.UTF-8")
        .env("ORGDECK_LOG", stage.home.path().join("trace.log"));
    command
}

/// Every path below a folder with its mode.
fn modes(folder: &Path, found: &mut Vec<(PathBuf, u32)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let about = path.symlink_metadata().unwrap();
        found.push((path.clone(), about.permissions().mode() & 0o7777));
        if about.is_dir() {
            modes(&path, found);
        }
    }
}

#[test]
fn r32_everything_that_is_kept_is_for_its_owner_alone_whatever_the_umask() {
    let stage = Stage::new();
    let mut before = Vec::new();
    modes(stage.home.path(), &mut before);
    let out = stage.home.path().join("rows.csv");
    for line in [
        "org list",
        &format!("org list -o csv --out {}", out.display()),
        "invite create vulos/41 a@new.example --yes",
        "org edit clerk/acme-shop --field name=Ours --yes",
        "undo --yes",
        "profile add more --provider vulos --token-env NOTHING --no-check --no-input",
        "journal list",
    ] {
        let ran = run(&mut open_to_all(&stage, line));
        assert!(ran.code.is_some_and(|code| code < 10), "{line}: {ran}");
    }
    let mut after = Vec::new();
    modes(stage.home.path(), &mut after);
    let folders = before.iter().map(|(path, _)| path);
    let folders: Vec<_> = folders.filter(|path| path.is_dir()).cloned().collect();
    after.retain(|(path, _)| !folders.contains(path));
    let made = after.len() - before.iter().filter(|(path, _)| path.is_file()).count();
    assert!(
        made >= 4,
        "the log, the journal in its folders and the export: {after:?}"
    );
    for (path, mode) in after {
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        // What the test itself has put there is its own business.
        let ours = !before.contains(&(path.clone(), mode));
        assert!(!ours || mode == expected, "{} is {mode:o}", path.display());
    }
}
