//! Tests of files, mirroring `src/files`.

mod drafts;

use std::fs::{self, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use orgdeck::files::{self, NotOpened, Over, Privacy};
use tempfile::TempDir;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_file_is_read_up_to_its_limit() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("file");
    fs::write(&path, "12345").unwrap();
    let read = |largest| files::read(&path, largest, Privacy::Public);
    assert_eq!(read(5).unwrap(), b"12345");
    assert!(matches!(read(4), Err(NotOpened::TooLarge(4))));
}

#[test]
fn r32_a_secret_is_for_its_owner_alone() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("secret");
    fs::write(&path, "x").unwrap();
    for (mode, open) in [
        (0o600, false),
        (0o400, false),
        (0o640, true),
        (0o604, true),
        (0o660, true),
        (0o601, true),
    ] {
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        let read = files::read(&path, 10, Privacy::OwnerOnly);
        assert_eq!(matches!(read, Err(NotOpened::Open)), open, "{mode:o}");
    }
}

#[test]
fn r31_only_plain_files_are_opened() {
    let home = TempDir::new().unwrap();
    let at = |name: &str| home.path().join(name);
    fs::write(at("target"), "untouched").unwrap();
    symlink(at("target"), at("link")).unwrap();
    symlink(at("nowhere"), at("dangling")).unwrap();
    fs::create_dir(at("folder")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    for name in ["link", "dangling", "folder", "socket"] {
        let read = files::read(&at(name), 10, Privacy::Public);
        assert!(read.is_err_and(|error| !error.is_missing()), "{name}");
        assert!(files::append(&at(name)).is_err(), "{name}");
    }
    assert_eq!(fs::read(at("target")).unwrap(), b"untouched");
    assert!(!at("nowhere").exists());
    assert!(!files::exists(&at("link")) && files::exists(&at("target")));
}

#[test]
fn what_is_appended_to_is_ours_alone() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("log");
    files::append(&path).unwrap().write_all(b"one\n").unwrap();
    assert_eq!(mode(&path), 0o600);
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    files::append(&path).unwrap().write_all(b"two\n").unwrap();
    assert_eq!(mode(&path), 0o600);
    assert_eq!(fs::read(&path).unwrap(), b"one\ntwo\n");
}

#[test]
fn r31_what_is_ours_has_one_name() {
    let home = TempDir::new().unwrap();
    let (target, second) = (home.path().join("target"), home.path().join("config"));
    fs::write(&target, "theirs").unwrap();
    fs::set_permissions(&target, Permissions::from_mode(0o600)).unwrap();
    for privacy in [Privacy::Ours, Privacy::OwnerOnly] {
        assert!(files::read(&target, 100, privacy).is_ok());
    }
    fs::hard_link(&target, &second).unwrap();
    for privacy in [Privacy::Ours, Privacy::OwnerOnly] {
        let refused = files::read(&second, 100, privacy);
        assert!(matches!(refused, Err(NotOpened::TwoNames)), "{refused:?}");
    }
    assert!(files::read(&second, 100, Privacy::Public).is_ok());
}

#[test]
fn a_file_with_a_second_name_is_not_written_to() {
    let home = TempDir::new().unwrap();
    let (target, second) = (home.path().join("target"), home.path().join("log"));
    fs::write(&target, "untouched").unwrap();
    fs::hard_link(&target, &second).unwrap();
    assert!(matches!(files::append(&second), Err(NotOpened::TwoNames)));
    assert_eq!(fs::read(&target).unwrap(), b"untouched");
}

#[test]
fn r20_a_file_is_replaced_whole_and_for_its_owner_alone() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("a/b/file");
    for content in ["one", "longer than one", ""] {
        files::replace(&path, content.as_bytes()).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
        assert_eq!(mode(&path), 0o600);
    }
    assert_eq!(
        (mode(&home.path().join("a")), mode(&home.path().join("a/b"))),
        (0o700, 0o700)
    );
    fs::set_permissions(&path, Permissions::from_mode(0o666)).unwrap();
    files::replace(&path, b"again").unwrap();
    assert_eq!(mode(&path), 0o600);
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

/// Whoever reads while it is replaced again and again, as a start after a crash would at any moment.
#[test]
fn r20_a_reader_finds_the_old_file_or_the_new_one_and_nothing_between() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("file");
    let contents = [vec![b'a'; 100_000], vec![b'b'; 70_000]];
    files::replace(&path, &contents[0]).unwrap();
    let replace = || {
        for round in 1..=200 {
            files::replace(&path, &contents[round % 2]).unwrap();
        }
    };
    std::thread::scope(|scope| {
        let writer = scope.spawn(replace);
        while !writer.is_finished() {
            let found = fs::read(&path).unwrap();
            assert!(contents.contains(&found), "{} bytes", found.len());
        }
    });
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
}

#[test]
fn r31_what_is_no_plain_file_of_one_name_is_neither_replaced_nor_removed() {
    let home = TempDir::new().unwrap();
    let at = |name: &str| home.path().join(name);
    fs::write(at("target"), "theirs").unwrap();
    symlink(at("target"), at("link")).unwrap();
    fs::hard_link(at("target"), at("second")).unwrap();
    fs::create_dir(at("folder")).unwrap();
    for name in ["link", "second", "folder"] {
        assert!(files::replace(&at(name), b"ours").is_err(), "{name}");
        assert!(files::remove(&at(name)).is_err(), "{name}");
    }
    assert_eq!(fs::read_to_string(at("target")).unwrap(), "theirs");
    assert_eq!(
        fs::read_dir(home.path()).unwrap().count(),
        4,
        "nothing is left beside them"
    );
    assert!(files::remove(&at("missing")).unwrap_err().is_missing());
}

#[test]
fn r47_a_new_file_is_there_whole_or_not_at_all() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("rows.csv");
    let names = || fs::read_dir(folder.path()).unwrap().count();
    let mut new = files::create(&path, Over::Never).unwrap();
    new.write_all(b"half").unwrap();
    drop(new);
    assert_eq!(names(), 0, "what was not finished is gone");
    let mut new = files::create(&path, Over::Never).unwrap();
    new.write_all(b"whole").unwrap();
    new.finish().unwrap();
    drop(new);
    let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    assert!(files::create(&path, Over::Never).unwrap_err().is_there());
    let mut other = files::create(&path, Over::Forced).unwrap();
    other.write_all(b"other").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"whole", "it stays until then");
    drop(other);
    assert_eq!((fs::read(&path).unwrap(), names()), (b"whole".to_vec(), 1));
    let mut other = files::create(&path, Over::Forced).unwrap();
    other.write_all(b"other").unwrap();
    other.finish().unwrap();
    assert_eq!((fs::read(&path).unwrap(), names()), (b"other".to_vec(), 1));
}
