//! Tests of the console from outside: what it opens with, and what it leaves on the normal screen.

use std::fs;
use std::path::Path;
use std::process::Command;

use rustix::process::Signal;
use tempfile::TempDir;

use crate::support::program::orgdeck;
use crate::support::pty::Pty;

const SIZE: (u16, u16) = (120, 36);

fn on_terminal(command: Command) -> Pty {
    Pty::start(command, SIZE)
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries.map(|path| path.display().to_string()).collect()
}

/// What was printed after the console had left the terminal.
fn printed(pty: &Pty) -> String {
    let text = pty.text();
    let (_, printed) = text.rsplit_once("\x1b[?1049l").unwrap();
    printed.replace("\r\n", "\n")
}

#[test]
fn the_first_screen_names_what_was_found_and_writes_nothing() {
    let home = TempDir::new().unwrap();
    let mut command = orgdeck(&[], home.path());
    command.env("CLERK_SECRET_KEY", "sk_test_s3cret");
    let mut pty = on_terminal(command);
    pty.wait_for("CLERK_SECRET_KEY", 0);
    pty.types("q");
    assert_eq!(pty.wait_end(), 0);
    assert!(!pty.text().contains("s3cret"));
    assert_eq!(printed(&pty), "");
    assert!(files(home.path()).is_empty());
}

#[test]
fn adding_a_profile_prints_the_toml_on_the_normal_screen() {
    let home = TempDir::new().unwrap();
    let mut command = orgdeck(&[], home.path());
    command.env("VULOS_TOKEN", "s3cret");
    let mut pty = on_terminal(command);
    pty.wait_for("Add a profile", 0);
    pty.types("\r");
    assert_eq!(pty.wait_end(), 0);
    let printed = printed(&pty);
    let path = home.path().join(".config/orgdeck/config.toml");
    assert!(printed.contains(&path.display().to_string()), "{printed}");
    let toml = "[profiles.vulos]\nprovider = \"vulos\"\ntoken = { env = \"VULOS_TOKEN\" }\n";
    assert!(printed.contains(toml), "{printed}");
    assert!(files(home.path()).is_empty());
}

#[test]
fn the_demo_opens_from_the_first_screen() {
    let home = TempDir::new().unwrap();
    let mut pty = on_terminal(orgdeck(&[], home.path()));
    pty.wait_for("Demo", 0);
    pty.types("j\r");
    pty.wait_for("Organizations", 0);
    pty.wait_for("Acme", 0);
    pty.types("q");
    assert_eq!(pty.wait_end(), 0);
    assert!(files(home.path()).is_empty());
}

#[test]
fn the_demo_needs_no_configuration_and_writes_no_file() {
    let home = TempDir::new().unwrap();
    let mut command = orgdeck(&["--demo"], home.path());
    command.env("ORGDECK_CONFIG", home.path());
    let mut pty = on_terminal(command);
    pty.wait_for("Acme", 0);
    pty.types("q");
    assert_eq!(pty.wait_end(), 0);
    assert!(files(home.path()).is_empty());
}

#[test]
fn a_broken_configuration_is_said_on_the_normal_screen() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("c.toml");
    fs::write(&path, "[profiles.x]\n").unwrap();
    let path = path.display().to_string();
    let mut pty = on_terminal(orgdeck(&["--config", &path], home.path()));
    assert_eq!(pty.wait_end(), 2);
    let said = format!("error: {path}:1:1: missing field `provider`\r\nhint: ");
    assert!(pty.text().starts_with(&said), "{}", pty.text());
}

#[test]
fn read_only_is_said_by_flag_and_by_variable() {
    for (arguments, variable, said) in [
        (&["--demo", "--read-only"][..], "0", "(--read-only)"),
        (&["--demo"], "1", "(ORGDECK_READ_ONLY)"),
    ] {
        let home = TempDir::new().unwrap();
        let mut command = orgdeck(arguments, home.path());
        command.env("ORGDECK_READ_ONLY", variable);
        let mut pty = on_terminal(command);
        pty.wait_for(said, 0);
        pty.types("q");
        assert_eq!(pty.wait_end(), 0);
    }
}

#[test]
fn the_flag_for_colours_wins_over_the_environment() {
    for (flag, colored) in [("always", true), ("auto", false), ("never", false)] {
        let home = TempDir::new().unwrap();
        let mut command = orgdeck(&["--demo", "--color", flag], home.path());
        command.env("NO_COLOR", "1");
        let mut pty = on_terminal(command);
        pty.wait_for("Acme", 0);
        pty.types("q");
        assert_eq!(pty.wait_end(), 0);
        assert_eq!(pty.text().contains("\x1b[1;36m"), colored, "{flag}");
    }
}

/// Two connections: the variable names one of them.
#[test]
fn only_the_profiles_that_are_named_are_opened() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("c.toml");
    let profile = |name| {
        format!(
            "[profiles.{name}]\nprovider = \"clerk\"\nurl = \"http://127.0.0.1:1\"\ntoken = {{ env = \"T\" }}\n"
        )
    };
    fs::write(&path, profile("alpha") + &profile("omega")).unwrap();
    let mut command = orgdeck(&["--config", &path.display().to_string()], home.path());
    command.env("ORGDECK_PROFILE", "omega");
    let mut pty = on_terminal(command);
    pty.wait_for("omega", 0);
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_end(), 143);
    assert!(!pty.text().contains("alpha"));
}

/// Titles, bells, the clipboard and notifications are what a terminal does for a program that asks: this
/// one asks for nothing that nobody pressed a key for.
#[test]
fn r69_r91_nothing_is_copied_rung_or_titled_unasked() {
    let home = TempDir::new().unwrap();
    let mut pty = on_terminal(orgdeck(&["--demo"], home.path()));
    pty.wait_for("Members", 0);
    for (keys, shown) in [("?", "Help"), ("\x03j24.", "Actions")] {
        let drawn = pty.seen.len();
        pty.types(keys);
        pty.wait_for(shown, drawn);
    }
    pty.types("\x03q");
    assert_eq!(pty.wait_end(), 0);
    let text = pty.text();
    for never in ["\x07", "\x1b]", "\x1bP", "\x1b_", "\x1b^"] {
        assert!(!text.contains(never), "{never:?}");
    }
}

#[test]
fn r69_a_copy_leaves_as_what_lies_between_passes_it_on() {
    let bare = "\x1b]52;c;QWNtZSBGbGVldA==\x07";
    for (variables, sent) in [
        (&[][..], Some(bare.to_owned())),
        (
            &[("TMUX", "/tmp/tmux,1,0")],
            Some(format!("\x1bPtmux;\x1b{bare}\x1b\\")),
        ),
        (&[("STY", "1.pts")], Some(format!("\x1bP{bare}\x1b\\"))),
        (&[("TERM", "linux")], None),
        (&[("VTE_VERSION", "7600")], None),
    ] {
        let home = TempDir::new().unwrap();
        let mut command = orgdeck(&["--demo", "--profile", "prod"], home.path());
        command.envs(variables.iter().copied());
        let mut pty = on_terminal(command);
        pty.wait_for("Fleet", 0);
        let from = pty.seen.len();
        pty.types("1ggyy");
        pty.wait_for(sent.as_deref().unwrap_or("THE TEXT"), from);
        pty.types("\x03q");
        assert_eq!(pty.wait_end(), 0);
        let text = pty.text();
        let copies = text.matches("]52;").count();
        assert_eq!(copies, usize::from(sent.is_some()), "{variables:?}");
    }
}
