//! Tests of reading image files: what is taken, and the words for what is not.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use orgdeck::domain::image::{ImageKind, LARGEST};
use orgdeck::runtime::picture::read;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use tempfile::TempDir;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";

fn folder(name: &str, bytes: &[u8]) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path.to_string_lossy().into_owned())
}

fn refusal(typed: &str, home: Option<&Path>) -> String {
    read(typed, home).unwrap_err().raw().to_owned()
}

#[test]
fn an_image_is_taken_by_what_it_is_whatever_it_is_called() {
    let (_folder, path) = folder("logo.txt", PNG);
    let image = read(&format!(" {path} "), None).unwrap();
    assert_eq!(image.kind(), ImageKind::Png);
    assert_eq!(image.name().raw(), "logo.txt");
}

#[test]
fn a_tilde_is_the_home_directory() {
    let (folder, _) = folder("logo.png", PNG);
    assert!(read("~/logo.png", Some(folder.path())).is_ok());
    assert!(refusal("~/logo.png", None).contains("HOME is not set"));
    assert_eq!(
        refusal("~other/logo.png", Some(folder.path())),
        "there is no such file"
    );
}

#[test]
fn what_cannot_be_a_logo_has_its_reason() {
    let (folder, path) = folder("logo.png", b"GIF but no");
    assert_eq!(refusal(&path, None), "not a JPEG, PNG, GIF or WebP image");
    assert_eq!(
        refusal(&folder.path().to_string_lossy(), None),
        "not a plain file"
    );
    assert_eq!(
        refusal(&format!("{path}.gone"), None),
        "there is no such file"
    );
}

#[test]
fn r74_the_largest_is_taken_and_one_byte_more_is_not() {
    let mut bytes = PNG.to_vec();
    bytes.resize(LARGEST, 0);
    let (_folder, path) = folder("logo.png", &bytes);
    assert!(read(&path, None).is_ok());
    bytes.push(0);
    fs::write(&path, &bytes).unwrap();
    assert_eq!(refusal(&path, None), "larger than 10 MiB");
}

#[test]
fn r74_what_is_no_plain_file_is_refused_at_once() {
    let (folder, path) = folder("logo.png", PNG);
    let at = |name: &str| folder.path().join(name);
    symlink(&path, at("link.png")).unwrap();
    mknodat(CWD, at("pipe.png"), FileType::Fifo, Mode::RWXU, 0).unwrap();
    for name in ["link.png", "pipe.png"] {
        let why = refusal(&at(name).to_string_lossy(), None);
        assert!(
            !why.is_empty() && why != "there is no such file",
            "{name}: {why}"
        );
    }
    assert_eq!(refusal("/dev/zero", None), "not a plain file");
}

/// A picture of 30,000 by 30,000 points in a few bytes: it is a file like any other, and stays folded.
#[test]
fn r74_a_picture_is_never_unfolded() {
    let side = 30_000_u32.to_be_bytes();
    let header = [
        b"\x00\x00\x00\rIHDR",
        &side[..],
        &side,
        b"\x08\x06\x00\x00\x00",
    ]
    .concat();
    let bomb = [&PNG[..8], &header].concat();
    let (_folder, path) = folder("logo.png", &bomb);
    assert_eq!(**read(&path, None).unwrap().bytes(), *bomb);
}
