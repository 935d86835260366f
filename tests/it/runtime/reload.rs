//! The configuration file is watched: read once when it was changed and is whole, and never while it is being
//! written; what is read reaches the session while it runs.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use orgdeck::domain::Text;
use orgdeck::files;
use orgdeck::runtime::reload::{Reading, Watch};
use tempfile::TempDir;

/// A watch over a file whose content is what comes of it.
fn watch(path: &Path) -> (Watch, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let (file, reads) = (path.to_owned(), Arc::clone(&count));
    let reader = move || -> Reading {
        reads.fetch_add(1, Ordering::SeqCst);
        Err(Text::from(fs::read_to_string(&file).unwrap_or_default()))
    };
    let known = files::stamp(path);
    (Watch::new(path.to_owned(), known, Box::new(reader)), count)
}

/// What a look came to.
fn told(reading: Option<Reading>) -> Option<String> {
    reading.map(|reading| reading.err().unwrap().raw().to_owned())
}

#[test]
fn a_file_is_read_once_when_it_was_changed() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("config.toml");
    fs::write(&path, "one").unwrap();
    let (mut watch, count) = watch(&path);
    for _ in 0..3 {
        assert_eq!(told(watch.look()), None);
    }
    fs::write(&path, "another").unwrap();
    assert_eq!(told(watch.look()), None, "it may still be written");
    assert_eq!(told(watch.look()).as_deref(), Some("another"));
    assert_eq!(told(watch.look()), None);
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

#[test]
fn a_file_that_takes_its_place_is_another_one_though_it_looks_the_same() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("config.toml");
    fs::write(&path, "one").unwrap();
    let (mut watch, _) = watch(&path);
    let beside = home.path().join("new");
    fs::write(&beside, "two").unwrap();
    fs::rename(&beside, &path).unwrap();
    assert_eq!(told(watch.look()), None);
    assert_eq!(told(watch.look()).as_deref(), Some("two"));
}

#[test]
fn what_is_written_between_two_looks_waits_until_it_is_calm() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("config.toml");
    let (mut watch, count) = watch(&path);
    for text in ["a", "ab", "abc"] {
        fs::write(&path, text).unwrap();
        assert_eq!(told(watch.look()), None, "{text}");
    }
    assert_eq!(count.load(Ordering::SeqCst), 0);
    assert_eq!(told(watch.look()).as_deref(), Some("abc"));
}

#[test]
fn a_file_that_is_changed_while_it_is_read_is_read_again() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("config.toml");
    let file = path.clone();
    let mut round = 0;
    let reader = move || -> Reading {
        round += 1;
        let read = fs::read_to_string(&file).unwrap();
        if round == 1 {
            fs::write(&file, "the second half").unwrap();
        }
        Err(Text::from(read))
    };
    let mut watch = Watch::new(path.clone(), None, Box::new(reader));
    fs::write(&path, "first").unwrap();
    assert_eq!(told(watch.look()), None);
    assert_eq!(told(watch.look()), None, "it was changed meanwhile");
    assert_eq!(told(watch.look()).as_deref(), Some("the second half"));
}

#[test]
fn a_link_in_its_place_is_looked_at_itself() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("config.toml");
    fs::write(&path, "one").unwrap();
    let (mut watch, count) = watch(&path);
    let other = home.path().join("other");
    fs::write(&other, "two").unwrap();
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(&other, &path).unwrap();
    watch.look();
    assert!(watch.look().is_some());
    fs::write(&other, "three").unwrap();
    watch.look();
    assert!(watch.look().is_none(), "what it leads to is nothing to us");
    assert_eq!(count.load(Ordering::SeqCst), 1);
}
