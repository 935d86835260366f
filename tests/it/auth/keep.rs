//! Tests of where sign-ins are kept.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};

use orgdeck::auth::Keep;
use orgdeck::auth::keep::{Kept, Shelf};
use orgdeck::domain::{Fault, Secret};
use tempfile::TempDir;

use super::desk::{Drawer, folder, keep};

fn kept(token: &str) -> Kept {
    Kept {
        issuer: "https://id.example".to_owned(),
        client_id: "a".to_owned(),
        refresh_token: Secret::new(token),
    }
}

fn why(fault: Fault) -> String {
    match fault {
        Fault::NoSecret(why) => why.raw().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_keyring_keeps_the_newest() {
    let keep = keep(Drawer::default());
    assert_eq!(keep.read("me").await, Ok(None));
    for token in ["one", "two"] {
        keep.write("me", Shelf::Keyring, &kept(token))
            .await
            .unwrap();
        assert_eq!(
            keep.read("me").await,
            Ok(Some((Shelf::Keyring, kept(token))))
        );
    }
    keep.forget("me").await.unwrap();
    assert_eq!(keep.read("me").await, Ok(None));
}

#[tokio::test]
async fn a_file_is_its_owners_alone_and_so_is_its_folder() {
    let home = TempDir::new().unwrap();
    let keep = folder(&home.path().join("state/sign-in"));
    for token in ["one", "two"] {
        keep.write("me", Shelf::File, &kept(token)).await.unwrap();
        assert_eq!(keep.read("me").await, Ok(Some((Shelf::File, kept(token)))));
    }
    let mode = |path: &str| {
        let about = fs::metadata(home.path().join(path)).unwrap();
        about.permissions().mode() & 0o777
    };
    assert_eq!(mode("state"), 0o700);
    assert_eq!(mode("state/sign-in"), 0o700);
    assert_eq!(mode("state/sign-in/me.json"), 0o600);
    let names = fs::read_dir(home.path().join("state/sign-in")).unwrap();
    assert_eq!(names.count(), 1, "nothing is left beside it");
    keep.forget("me").await.unwrap();
    assert!(!home.path().join("state/sign-in/me.json").exists());
}

#[tokio::test]
async fn r32_a_file_that_others_can_read_or_that_leads_elsewhere_is_refused() {
    let home = TempDir::new().unwrap();
    let keep = folder(home.path());
    keep.write("me", Shelf::File, &kept("one")).await.unwrap();
    let path = home.path().join("me.json");
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    let said = why(keep.read("me").await.unwrap_err());
    assert!(
        said.ends_with("others can read it: chmod 600 it first"),
        "{said}"
    );
    let target = home.path().join("target");
    fs::rename(&path, &target).unwrap();
    symlink(&target, &path).unwrap();
    let before = fs::read(&target).unwrap();
    let said = why(keep
        .write("me", Shelf::File, &kept("two"))
        .await
        .unwrap_err());
    assert!(said.contains("a symbolic link"), "{said}");
    assert_eq!(fs::read(&target).unwrap(), before);
    fs::remove_file(&path).unwrap();
    fs::hard_link(&target, &path).unwrap();
    let said = why(keep
        .write("me", Shelf::File, &kept("two"))
        .await
        .unwrap_err());
    assert!(said.contains("second name"), "{said}");
    assert_eq!(fs::read(&target).unwrap(), before);
}

#[tokio::test]
async fn what_cannot_be_read_is_not_quoted() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("me.json");
    fs::write(&path, "{\"refresh_token\": s3cret").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    let said = why(folder(home.path()).read("me").await.unwrap_err());
    assert_eq!(said, "what was kept of the sign-in cannot be read");
}

#[tokio::test]
async fn a_keyring_that_is_there_now_takes_over_from_the_file() {
    let home = TempDir::new().unwrap();
    let before = folder(home.path());
    before.write("me", Shelf::File, &kept("one")).await.unwrap();
    let now = Keep {
        folder: before.folder.clone(),
        ..keep(Drawer::default())
    };
    now.write("me", Shelf::Keyring, &kept("two")).await.unwrap();
    let found = now.read("me").await.unwrap();
    assert_eq!(found, Some((Shelf::Keyring, kept("two"))));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}
