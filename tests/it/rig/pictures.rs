//! The pictures of the README, drawn anew: they show the program as it is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::program::{orgdeck, run};

/// The pictures, and what they are drawn with.
const PICTURES: &str = include_str!("../../../assets/screens/pictures");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screens")
}

/// Name and arguments of each picture.
fn pictures() -> Vec<(&'static str, Vec<&'static str>)> {
    let lines = PICTURES.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, arguments) = line.split_once(' ').unwrap();
            (name, arguments.split_whitespace().collect())
        })
        .collect()
}

fn drawn(arguments: &[&str], home: &Path) -> String {
    let arguments = [&["snapshot", "--format", "svg"], arguments].concat();
    let mut command: Command = orgdeck(&arguments, home);
    let ran = run(&mut command);
    assert_eq!(ran.code, Some(0), "{ran}");
    ran.stdout
}

#[test]
fn no_picture_is_stale() {
    let home = tempfile::TempDir::new().unwrap();
    for (name, arguments) in pictures() {
        let kept = fs::read_to_string(folder().join(name)).unwrap_or_default();
        let is_fresh = kept == drawn(&arguments, home.path());
        assert!(
            is_fresh,
            "{name} is stale: assets/screens/draw draws it anew"
        );
    }
}

#[test]
fn every_picture_is_drawn_by_us_and_shown() {
    let readme = include_str!("../../../README.md");
    let mut drawn: Vec<String> = pictures()
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    for name in &drawn {
        let link = format!("](assets/screens/{name})");
        assert!(readme.contains(&link), "{name} is not in the README");
    }
    let files = fs::read_dir(folder()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut kept: Vec<String> = names
        .filter(|name| !["draw", "pictures"].contains(&name.as_str()))
        .collect();
    drawn.sort();
    kept.sort();
    assert_eq!(kept, drawn);
}
