//! Files that a command reads: what is no plain file, too large or no image is refused in good time, and
//! nothing goes out for it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

use orgdeck::sandbox::Service::{self, Balena, Clerk};
use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::stage::{Stage, until};

/// The first bytes of an image, and how many it may have.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const LARGEST: usize = 10 * 1024 * 1024;

/// Runs a line to its end, which must come though nobody writes into a pipe.
fn ends(stage: &Stage, line: &str) -> Option<i32> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = stage.command(&words);
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = quiet.spawn().unwrap();
    let mut ended = None;
    until(|| {
        ended = child.try_wait().unwrap();
        ended.is_some()
    });
    ended.unwrap().code()
}

fn pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RWXU, 0).unwrap();
}

/// Puts something in the place of a logo.
type Put = fn(&Path);

/// A picture of 30,000 by 30,000 points that is cut off behind its head.
fn bomb(path: &Path) {
    let side = 30_000_u32.to_be_bytes();
    let head = [
        PNG,
        b"\x00\x00\x00\rIHDR",
        &side,
        &side,
        b"\x08\x06\x00\x00\x00",
    ];
    fs::write(path, head.concat()).unwrap();
}

fn large(path: &Path) {
    let mut bytes = PNG.to_vec();
    bytes.resize(LARGEST + 1, 0);
    fs::write(path, bytes).unwrap();
}

fn linked(path: &Path) {
    let target = path.with_extension("target");
    fs::write(&target, PNG).unwrap();
    symlink(target, path).unwrap();
}

const LOGOS: [(&str, Put); 7] = [
    ("a pipe", pipe),
    ("a link", linked),
    ("a folder", |path| fs::create_dir(path).unwrap()),
    ("a byte too many", large),
    ("nothing in it", |path| fs::write(path, "").unwrap()),
    ("a drawing", |path| fs::write(path, "<svg/>").unwrap()),
    ("a device", |path| symlink("/dev/zero", path).unwrap()),
];

#[test]
fn r74_no_logo_goes_out_that_is_none_or_too_large_and_nothing_hangs() {
    for (service, org) in [(Balena, "balena/acme_fleet"), (Clerk, "clerk/acme-shop")] {
        for (what, put) in LOGOS {
            let stage = Stage::new();
            let path = stage.home.path().join("logo.png");
            put(&path);
            let line = format!("org logo set {org} {} --yes", path.display());
            assert_eq!(ends(&stage, &line), Some(2), "{what}: {line}");
            assert!(stage.writes(service).is_empty(), "{what}");
        }
    }
}

/// It is a file like any other: it goes out as it is, and nobody unfolds it here.
#[test]
fn r74_a_picture_of_many_points_goes_out_as_it_is() {
    let stage = Stage::new();
    let path = stage.home.path().join("logo.png");
    bomb(&path);
    let line = format!("org logo set balena/acme_fleet {} --yes", path.display());
    assert_eq!(stage.run(&line).code, Some(0));
    let sent = stage.sandbox.requests(Service::Balena);
    let bytes = fs::read(&path).unwrap();
    let holds = |body: &[u8]| body.windows(bytes.len()).any(|part| part == bytes);
    assert!(sent.iter().any(|request| holds(&request.body)));
}

/// Nobody writes into these pipes: whoever reads them waits for ever.
#[test]
fn r31_no_pipe_in_the_place_of_a_file_holds_a_command_up() {
    for line in [
        "org list --config PIPE",
        "org metadata set clerk/acme-shop PIPE --yes",
        "invite create clerk/acme-shop --from PIPE --role org:member --yes",
        "org list -o csv --out PIPE --force",
        "org list --log PIPE",
    ] {
        let stage = Stage::new();
        let path = stage.home.path().join("pipe");
        pipe(&path);
        let line = line.replace("PIPE", &path.display().to_string());
        assert_eq!(ends(&stage, &line), Some(2), "{line}");
        assert!(stage.writes(Clerk).is_empty(), "{line}");
    }
    let stage = Stage::new();
    let token = stage.home.path().join(".config/orgdeck/clerk");
    fs::remove_file(&token).unwrap();
    pipe(&token);
    assert_eq!(ends(&stage, "org list --profile clerk"), Some(3));
    assert!(stage.sandbox.requests(Clerk).is_empty());
}
