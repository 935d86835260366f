//! Tests of the way from a path to profiles: files that are no files, and the choice among profiles.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use orgdeck::config::{self, Presence, Profile};
use tempfile::TempDir;

use super::KNOWN;

const GOOD: &str = "[profiles.prod]\nprovider = \"balena\"\ntoken = { env = \"X\" }\n\
                    [profiles.shop]\nprovider = \"clerk\"\ntoken = { env = \"Y\" }\n";

fn read(path: &Path, presence: Presence) -> Result<Vec<String>, String> {
    config::profiles(path, presence, KNOWN)
        .map(|profiles| names(&profiles))
        .map_err(|broken| broken.to_string())
}

fn names(profiles: &[Profile]) -> Vec<String> {
    profiles
        .iter()
        .map(|profile| profile.name.clone())
        .collect()
}

/// Why a path is refused, without the folder it is in.
fn refused(path: &Path) -> String {
    let words = read(path, Presence::Optional).unwrap_err();
    let folder = path.parent().unwrap().display().to_string();
    words.replace(&format!("{folder}/"), "")
}

#[test]
fn a_file_is_needed_only_where_a_flag_names_it() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("config.toml");
    assert_eq!(read(&path, Presence::Optional), Ok(vec![]));
    let missing = read(&path, Presence::Needed).unwrap_err();
    assert!(
        missing.starts_with(&path.display().to_string()),
        "{missing}"
    );
    assert!(missing.contains("No such file"), "{missing}");
    fs::write(&path, GOOD).unwrap();
    assert_eq!(read(&path, Presence::Needed).unwrap(), ["prod", "shop"]);
}

#[test]
fn r31_what_is_no_plain_file_is_refused_by_name() {
    let home = TempDir::new().unwrap();
    let at = |name: &str| home.path().join(name);
    fs::write(at("real.toml"), GOOD).unwrap();
    symlink(at("real.toml"), at("link.toml")).unwrap();
    fs::create_dir(at("folder.toml")).unwrap();
    fs::write(at("large.toml"), vec![b'#'; 10 * 1024 * 1024]).unwrap();
    assert_eq!(
        refused(&at("link.toml")),
        "link.toml: a symbolic link, and these are not followed: name the file itself"
    );
    fs::write(at("theirs.toml"), GOOD).unwrap();
    fs::hard_link(at("theirs.toml"), at("second.toml")).unwrap();
    assert_eq!(
        refused(&at("second.toml")),
        "second.toml: the same file has a second name elsewhere"
    );
    assert_eq!(refused(&at("folder.toml")), "folder.toml: not a plain file");
    assert_eq!(
        refused(&at("large.toml")),
        "large.toml: larger than 1048576 bytes"
    );
}

#[test]
fn a_file_that_may_not_be_read_is_refused_by_name() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("closed.toml");
    fs::write(&path, GOOD).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything reads this too.
    if fs::read(&path).is_err() {
        assert!(refused(&path).starts_with("closed.toml: Permission denied"));
    }
}

#[test]
fn profiles_are_chosen_by_name_in_the_order_of_the_file() {
    let all = config::file::parse(GOOD.as_bytes(), "x", KNOWN).unwrap();
    let only = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        config::only(all.clone(), &names)
            .map(|profiles| self::names(&profiles))
            .map_err(|broken| broken.to_string())
    };
    assert_eq!(only(&[]).unwrap(), ["prod", "shop"]);
    assert_eq!(only(&["shop"]).unwrap(), ["shop"]);
    assert_eq!(only(&["shop", "prod", "shop"]).unwrap(), ["prod", "shop"]);
    assert_eq!(
        only(&["shop", "pord"]).unwrap_err(),
        "unknown profile `pord`, expected prod, shop; did you mean `prod`?"
    );
    assert_eq!(
        config::only(Vec::new(), &["prod".to_owned()])
            .unwrap_err()
            .to_string(),
        "unknown profile `prod`, but there is none"
    );
}
