//! Views: fields, filters, sorts, windows, and files.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::stage::Stage;

#[test]
fn fields_come_as_they_are_named() {
    let stage = Stage::new();
    let ran = stage.run("org list --profile vulos --fields name,id");
    assert_eq!(
        ran.stdout,
        "Harbour Pilots\t41\nQuay Services\t4294967338\n"
    );
}

#[test]
fn rows_are_sorted_both_ways_and_the_unknown_come_last() {
    let stage = Stage::new();
    let names = |line: &str| stage.run(line).stdout;
    assert_eq!(
        names("org list --sort -members --limit 2 --fields name"),
        "Partner Portal\nAcme Shop\n"
    );
    assert_eq!(
        names("org list --sort members,name --limit 2 --fields name"),
        "Acme Sandbox\nAcme Labs\n"
    );
    for line in [
        "org list --sort invites --fields invites",
        "org list --sort -invites --fields invites",
    ] {
        assert!(names(line).ends_with("?\n?\n"), "{line}");
    }
}

#[test]
fn a_filter_is_an_expression() {
    let stage = Stage::new();
    let names = |filter: &str| {
        let words = [
            "org", "list", "--fields", "name", "--sort", "name", "--filter", filter,
        ];
        stage
            .run_words(&words)
            .stdout
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(names("acme !provider:clerk"), ["Acme Fleet", "Acme Labs"]);
    assert_eq!(names("members:>30"), ["Acme Shop", "Partner Portal"]);
    assert_eq!(names("\"Harbour Pilots\""), ["Harbour Pilots"]);
    assert_eq!(
        names("attributes:porto"),
        ["Harbour Pilots", "Quay Services"]
    );
}

#[test]
fn a_window_is_cut_out() {
    let stage = Stage::new();
    let ids = |line: &str| {
        stage
            .run(line)
            .stdout
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let all = ids("org list --fields id");
    assert_eq!(ids("org list --fields id --offset 2 --limit 3"), all[2..5]);
    assert_eq!(ids("org list --fields id --limit 0"), Vec::<String>::new());
}

#[test]
fn r47_a_file_is_new_and_private_and_never_written_over_by_accident() {
    let stage = Stage::new();
    let path = stage.home.path().join("orgs.csv");
    let line = format!(
        "org list --profile vulos -o csv --fields id --out {}",
        path.display()
    );
    let ran = stage.run(&line);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{ran}");
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "id\r\n41\r\n4294967338\r\n"
    );
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let ran = stage.run(&line);
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(ran.stderr.contains("--force"), "{ran}");
    fs::write(&path, "something longer than what is written over it").unwrap();
    assert_eq!(stage.run(&format!("{line} --force")).code, Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 3);
}

#[test]
fn r31_a_link_is_not_followed_even_by_force() {
    let stage = Stage::new();
    let target = stage.home.path().join("precious");
    fs::write(&target, "precious").unwrap();
    let soft = stage.home.path().join("soft");
    symlink(&target, &soft).unwrap();
    let hard = stage.home.path().join("hard");
    fs::hard_link(&target, &hard).unwrap();
    for link in [soft, hard] {
        let ran = stage.run(&format!("org list --out {} --force", link.display()));
        assert_eq!(ran.code, Some(2), "{ran}");
        assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
    }
}

#[test]
fn r47_what_is_no_place_for_a_file_is_refused_and_left_as_it_is() {
    let stage = Stage::new();
    let at = |name: &str| stage.home.path().join(name);
    fs::create_dir(at("folder")).unwrap();
    let names = || {
        let entries = fs::read_dir(stage.home.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    stage.run("org list");
    let before = names();
    for place in [
        at("folder"),
        at("nowhere/rows.csv"),
        "/dev/null".into(),
        "/dev/full".into(),
    ] {
        for force in ["", " --force"] {
            let ran = stage.run(&format!("org list -o csv --out {}{force}", place.display()));
            assert_ne!(ran.code, Some(0), "{ran}");
            assert!(ran.stderr.contains(&place.display().to_string()), "{ran}");
            assert!(ran.stdout.is_empty(), "{ran}");
        }
    }
    assert_eq!(names(), before);
    assert_eq!(fs::read_dir(at("folder")).unwrap().count(), 0);
}
