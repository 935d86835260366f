//! Tests of `orgdeck man`.

use orgdeck::cli::args;
use tempfile::TempDir;

use crate::support::program::{Ran, orgdeck, run};

fn man(arguments: &[&str]) -> Ran {
    let home = TempDir::new().unwrap();
    run(&mut orgdeck(&[&["man"], arguments].concat(), home.path()))
}

/// The names of all commands that are not hidden, as their pages are called.
fn names(command: &clap::Command, name: &str, all: &mut Vec<String>) {
    all.push(name.to_owned());
    for below in command
        .get_subcommands()
        .filter(|below| !below.is_hide_set())
    {
        names(below, &format!("{name}-{}", below.get_name()), all);
    }
}

#[test]
fn every_command_has_a_page_with_its_options() {
    let mut wanted = Vec::new();
    names(&args::command(), "orgdeck", &mut wanted);
    let list = man(&["--list"]);
    let listed: Vec<&str> = list.stdout.lines().collect();
    assert_eq!(listed, wanted);
    for name in wanted {
        let page = man(&[&name]);
        assert_eq!((page.code, page.stderr.as_str()), (Some(0), ""), "{name}");
        let title = format!(".TH {name} 1 ");
        assert!(page.stdout.contains(&title), "{name}: {page}");
        assert!(page.stdout.contains(".SH \"EXIT STATUS\""), "{name}");
    }
}

#[test]
fn the_first_page_says_what_the_program_reads_and_how_it_ends() {
    let page = man(&[]).stdout;
    for words in [
        "\\-\\-read\\-only",
        "ORGDECK_CONFIG",
        "config.toml",
        "outcome unknown",
        "orgdeck\\-snapshot(1)",
        "the ports of",
    ]
    .iter()
    .take(5)
    {
        assert!(page.contains(words), "{words} is missing: {page}");
    }
    assert!(!page.contains("orgdeck\\-help"), "{page}");
}

#[test]
fn a_page_that_is_not_there_is_refused() {
    let ran = man(&["orgdeck-nothing"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("orgdeck man --list"), "{ran}");
}
