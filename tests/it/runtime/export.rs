//! Results as files: for their owner alone, and over another file only when that was asked.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};

use orgdeck::app::effect::Over;
use orgdeck::app::msg::Unwritten;
use orgdeck::runtime::export::write;

#[test]
fn r47_a_file_that_is_there_stays_until_it_was_asked() {
    let home = tempfile::tempdir().unwrap();
    let typed = "~/results.csv";
    write(typed, Some(home.path()), (b"one", Over::Never)).unwrap();
    let path = home.path().join("results.csv");
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    let taken = write(typed, Some(home.path()), (b"two", Over::Never));
    assert_eq!(taken, Err(Unwritten::Taken));
    assert_eq!(fs::read(&path).unwrap(), b"one");
    write(typed, Some(home.path()), (b"two", Over::Forced)).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
}

#[test]
fn a_link_is_not_followed_and_a_missing_folder_is_said() {
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("target");
    fs::write(&target, "theirs").unwrap();
    symlink(&target, home.path().join("link.csv")).unwrap();
    let written = write("~/link.csv", Some(home.path()), (b"x", Over::Forced));
    assert!(matches!(written, Err(Unwritten::Failed(_))), "{written:?}");
    assert_eq!(fs::read(&target).unwrap(), b"theirs");
    let written = write("~/none/x.csv", Some(home.path()), (b"x", Over::Never));
    assert!(matches!(written, Err(Unwritten::Failed(_))), "{written:?}");
}
