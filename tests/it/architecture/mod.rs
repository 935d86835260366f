//! The structure of the program, held by reading its tokens: who may import whom, which crate has
//! which home, how large files are, and that everything public is described.

mod paths;
mod supply;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use paths::{Source, public_without_docs};

/// Modules and what each may import of ours.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("job", &["domain"]),
    ("app", &["domain", "job"]),
    ("view", &["domain", "app", "job"]),
    ("provider", &["domain", "gate::Permit"]),
    ("gate", &["domain", "provider", "journal"]),
    ("journal", &["domain", "files"]),
    ("files", &["domain"]),
    ("auth", &["domain", "files", "provider::http"]),
    ("config", &["domain", "files"]),
    ("cache", &["domain", "files", "provider", "gate::Permit"]),
    ("sandbox", &[]),
    ("rig", &["domain", "app", "view", "runtime"]),
    ("terminal", &["app::key", "domain"]),
    (
        "runtime",
        &[
            "domain", "job", "app", "view", "provider", "gate", "journal", "files", "auth",
            "config", "terminal",
        ],
    ),
];

/// Crates with one home.
const HOMES: &[(&str, &[&str])] = &[
    ("ratatui", &["view", "runtime", "rig"]),
    ("crossterm", &["terminal"]),
    ("reqwest", &["provider::http"]),
    ("axum", &["sandbox"]),
    ("rustls", &["provider::http"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("toml", &["config"]),
    ("color_eyre", &["cli", "main"]),
];

/// Modules in which tokio, clocks and threads have no place.
const PURE: &[&str] = &["domain", "job", "app", "view"];

/// Types and modules of the standard library with a home by folder.
const WORDS: &[(&str, &[&str])] = &[
    ("std::fs", &["files", "sandbox"]),
    ("std::cell::RefCell", &[]),
    ("std::rc::Rc", &[]),
    ("std::sync::Mutex", &["cache", "gate", "journal", "sandbox"]),
    ("std::sync::RwLock", &["provider"]),
    ("std::thread", &["terminal", "auth::keyring"]),
    ("std::env", &["config"]),
];

/// Longest file in lines; tables may be longer.
const LONGEST: usize = 500;

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(files.len() > 60, "the sources were not found");
    files.iter().map(|file| Source::read(&root, file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

/// Whether `path` is `prefix` or below it.
fn is_below(path: &str, prefix: &str) -> bool {
    path == prefix
        || path
            .strip_prefix(prefix)
            .is_some_and(|rest| rest.starts_with("::"))
}

fn check(rule: impl Fn(&Source, &str) -> bool) {
    let mut broken = BTreeSet::new();
    for source in sources() {
        for path in &source.paths {
            if !rule(&source, path) {
                broken.insert(format!("{} names {path}", source.file));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn modules_import_what_the_table_allows() {
    check(|source, path| {
        let Some(ours) = path.strip_prefix("crate::") else {
            return true;
        };
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == source.top()) else {
            return true;
        };
        is_below(ours, source.top()) || allowed.iter().any(|prefix| is_below(ours, prefix))
    });
}

#[test]
fn crates_stay_at_home() {
    check(|source, path| {
        HOMES.iter().all(|(name, homes)| {
            !path.starts_with(&format!("{name}::"))
                || homes.iter().any(|home| is_below(&source.module, home))
        })
    });
}

#[test]
fn pure_modules_know_no_runtime_and_no_outside() {
    let outside = [
        "tokio",
        "futures_util",
        "std::io",
        "std::net",
        "std::process",
        "std::time::Instant",
        "std::time::SystemTime",
    ];
    check(|source, path| {
        !PURE.contains(&source.top()) || !outside.iter().any(|name| is_below(path, name))
    });
}

#[test]
fn words_have_one_home() {
    check(|source, path| {
        WORDS.iter().all(|(word, homes)| {
            !is_below(path, word) || homes.iter().any(|home| is_below(&source.module, home))
        })
    });
}

#[test]
fn the_core_points_one_way() {
    let upper = ["action", "press", "answer", "settle"];
    let outer = ["screen", "overlay"];
    let is_outer = |module: &str| {
        outer
            .iter()
            .any(|name| is_below(module, &format!("app::{name}")))
    };
    let is_upper = |module: &str| {
        upper
            .iter()
            .any(|name| is_below(module, &format!("app::{name}")))
    };
    let reads_table = |module: &str| {
        ["menu", "help", "palette"]
            .map(|name| format!("app::overlay::{name}"))
            .contains(&module.to_owned())
    };
    check(|source, path| {
        let Some(named) = path.strip_prefix("crate::") else {
            return true;
        };
        if !is_below(&source.module, "app") || source.module == "app" || is_upper(&source.module) {
            return true;
        }
        // Menus, help and the palette are renderings of the table, and so read it.
        let table =
            is_upper(named) && !(reads_table(&source.module) && is_below(named, "app::action"));
        let state_looks_up = is_outer(named)
            && !is_outer(&source.module)
            && !["app::wake", "app::write", "app::keymap"]
                .iter()
                .any(|wide| is_below(&source.module, wide));
        let keymap = source.module == "app::keymap" && is_below(named, "app::action");
        keymap || (!table && !state_looks_up)
    });
}

#[test]
fn no_service_is_named_in_the_core_or_the_view() {
    for source in sources() {
        if !["app", "view", "domain", "job", "gate"].contains(&source.top()) {
            continue;
        }
        for name in ["balena", "Balena", "clerk", "Clerk", "vulos", "Vulos"] {
            assert!(
                !source.words.contains(name),
                "{} knows the service {name}",
                source.file
            );
        }
    }
}

/// Whoever sends a change needs a permit; examples that must not compile stand beside it.
#[test]
fn one_place_alone_makes_permits() {
    let declared = "pub struct Permit(())";
    let is_one = |source: &Source| source.text.replace(declared, "").contains("Permit(()");
    let makers: Vec<_> = sources().into_iter().filter(is_one).collect();
    let files: Vec<_> = makers.iter().map(|source| source.file.as_str()).collect();
    assert_eq!(files, ["gate/carry.rs", "gate/mod.rs"]);
    let examples = &makers[1].text.replace(declared, "");
    let written = examples.lines().filter(|line| line.contains("Permit(()"));
    assert!(written.into_iter().all(|line| line.starts_with("/// ")));
}

#[test]
fn files_are_short_and_say_what_they_own() {
    for source in sources() {
        assert!(
            source.text.starts_with("//! "),
            "{} opens without //!",
            source.file
        );
        let lines = source.text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", source.file);
    }
}

#[test]
fn everything_public_is_described() {
    let mut bare = Vec::new();
    for source in sources() {
        let names = public_without_docs(&source.text);
        bare.extend(
            names
                .into_iter()
                .map(|name| format!("{}: {name}", source.file)),
        );
    }
    assert!(bare.is_empty(), "{bare:#?}");
}

#[test]
fn the_rules_see_what_they_should() {
    let source = Source::parse(
        "app/x.rs",
        "//! must not know crossterm\nuse std::{fs, io as out};\nuse super::super::provider::Provider;\nfn f() { let h = \"tokio\"; crate::gate::Permit; }",
    );
    assert!(source.paths.contains("std::fs"));
    assert!(source.paths.contains("std::io"));
    assert!(source.paths.contains("crate::provider::Provider"));
    assert!(source.paths.contains("crate::gate::Permit"));
    assert!(
        !source
            .paths
            .iter()
            .any(|path| is_below(path, "tokio") || is_below(path, "crossterm"))
    );
    assert_eq!(
        public_without_docs("pub fn bare() {} /// D\n pub fn told() {}"),
        ["bare"]
    );
}
