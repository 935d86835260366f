//! Tests of the definition of the command line: which flags stand where, and that everything is explained.

use clap::Command;
use clap::error::ErrorKind;
use orgdeck::cli::args;
use orgdeck::domain::Verb;

/// The words of every command that does something.
fn leaves(command: &Command, words: &[&str], all: &mut Vec<Vec<String>>) {
    let mut below = command.get_subcommands().peekable();
    if below.peek().is_none() {
        all.push(words.iter().map(|word| (*word).to_owned()).collect());
    }
    for command in below {
        leaves(command, &[words, &[command.get_name()]].concat(), all);
    }
}

fn all() -> Vec<Vec<String>> {
    let mut all = Vec::new();
    leaves(&args::command(), &["orgdeck"], &mut all);
    all
}

/// What becomes of a command with these flags behind it when its help is asked for.
fn taken(words: &[String], flags: &[&str]) -> ErrorKind {
    let words = words.iter().map(String::as_str);
    let line = words.chain(flags.iter().copied()).chain(["--help"]);
    let parsed = args::command().try_get_matches_from(line);
    parsed.unwrap_err().kind()
}

#[test]
fn global_flags_stand_before_and_behind_every_command() {
    let flags = [
        "--config",
        "c",
        "--profile",
        "a",
        "--profile",
        "b",
        "--read-only",
        "--demo",
        "--color",
        "never",
        "--log",
        "l",
    ];
    for words in all() {
        assert_eq!(taken(&words, &flags), ErrorKind::DisplayHelp, "{words:?}");
        let mut before = vec![words[0].clone()];
        before.extend(flags.map(str::to_owned));
        before.extend_from_slice(&words[1..]);
        assert_eq!(taken(&before, &[]), ErrorKind::DisplayHelp, "{before:?}");
        let twice = taken(&words, &["--nothing"]);
        assert_eq!(twice, ErrorKind::UnknownArgument, "{words:?}");
    }
}

#[test]
fn a_profile_that_is_an_argument_and_those_that_are_wanted_are_told_apart() {
    use clap::FromArgMatches as _;
    for line in [
        "orgdeck --profile me,shop whoami prod",
        "orgdeck whoami prod --profile me --profile shop",
    ] {
        let matches = args::command().get_matches_from(line.split(' '));
        let args = args::Args::from_arg_matches(&matches).unwrap();
        assert_eq!(args.profiles, ["me", "shop"], "{line}");
        let Some(args::Command::Noun(args::Noun::Whoami { profile, .. })) = args.command else {
            panic!("{line}");
        };
        assert_eq!(profile.as_deref(), Some("prod"), "{line}");
    }
}

#[test]
fn every_list_and_every_write_has_its_flags() {
    let list = [
        "-o", "csv", "--fields", "a,b", "--filter", "-x", "--sort", "a,-b", "--limit", "1",
        "--offset", "2", "--out", "f", "--force",
    ];
    let write = [
        "-o",
        "json",
        "--dry-run",
        "--yes",
        "--confirm",
        "x",
        "--no-input",
        "--allow-removals",
        "3",
    ];
    for verb in Verb::ALL {
        let words = format!("orgdeck {}", verb.name());
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let flags = match (verb.is_read(), verb) {
            // One document, which has no rows.
            (true, Verb::MetadataShow) => &["-o", "json", "--private", "--out", "f", "--force"][..],
            (true, _) => &list,
            (false, _) => &write,
        };
        assert_eq!(taken(&words, flags), ErrorKind::DisplayHelp, "{words:?}");
    }
    for words in [
        "orgdeck profile list",
        "orgdeck profile test",
        "orgdeck config show",
    ] {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        assert_eq!(taken(&words, &list), ErrorKind::DisplayHelp, "{words:?}");
    }
}

fn unexplained(command: &Command, path: &str, found: &mut Vec<String>) {
    let path = format!("{path} {}", command.get_name());
    if command.get_about().is_none() {
        found.push(path.clone());
    }
    let bare = command
        .get_arguments()
        .filter(|arg| arg.get_help().is_none());
    found.extend(bare.map(|arg| format!("{path} {}", arg.get_id())));
    for below in command.get_subcommands() {
        unexplained(below, &path, found);
    }
}

#[test]
fn every_command_and_every_argument_is_explained() {
    let mut found = Vec::new();
    unexplained(&args::command(), "", &mut found);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_help_of_a_noun_says_of_each_verb_what_the_table_of_verbs_says() {
    let command = args::command();
    for verb in Verb::ALL {
        let found = verb
            .name()
            .split(' ')
            .try_fold(&command, |command, word| command.find_subcommand(word));
        let about = found.and_then(Command::get_about).map(ToString::to_string);
        assert_eq!(about.as_deref(), Some(verb.about()), "{}", verb.name());
    }
}
