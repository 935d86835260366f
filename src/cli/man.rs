//! `orgdeck man`: the manual, from the same definitions as the arguments and their help.

use std::io;
use std::process::ExitCode;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use color_eyre::eyre::Result;

use super::{args, exit, print, stop};

/// Options of the manual.
#[derive(Clone, Debug, clap::Args)]
pub struct Manual {
    /// Which page, such as orgdeck-sandbox
    #[arg(value_name = "PAGE", default_value = "orgdeck")]
    pub page: String,

    /// Print the names of all pages
    #[arg(long)]
    pub list: bool,
}

/// The variables that are read.
const VARIABLES: &[(&str, &str)] = &[
    ("ORGDECK_CONFIG", "the configuration file"),
    (
        "ORGDECK_PROFILE",
        "only these profiles, separated by commas",
    ),
    (
        "ORGDECK_READ_ONLY",
        "anything but 0: no write leaves the process",
    ),
    ("ORGDECK_LOG", "the trace log"),
    (
        "ORGDECK_INVITE_TOKEN",
        "the token of the invite that `invite accept` accepts",
    ),
    ("NO_COLOR", "no colours"),
    ("CLICOLOR_FORCE", "colours, also without a terminal"),
];

/// The files that are read and written.
const FILES: &[(&str, &str)] = &[
    (
        "$XDG_CONFIG_HOME/orgdeck/config.toml",
        "profiles; never a secret",
    ),
    (
        "$XDG_CACHE_HOME/orgdeck/names/",
        "names of organizations, for completions",
    ),
];

/// Prints a page, or the names of all.
///
/// # Errors
/// When it cannot be printed.
pub fn run(options: &Manual) -> Result<ExitCode> {
    let pages = pages();
    if options.list {
        let names = pages.iter().map(|page| format!("{}\n", name(page)));
        return print(&names.collect::<String>());
    }
    let found = pages.into_iter().find(|page| name(page) == options.page);
    let Some(command) = found else {
        let error = format!("no page is called {}", options.page);
        return Ok(stop(2, &error, "`orgdeck man --list` names them all"));
    };
    let mut page = Vec::new();
    write(command, &mut page)?;
    print(&String::from_utf8(page)?)
}

/// Every command that has a page: the program first, then each below the one it belongs to.
fn pages() -> Vec<Command> {
    let mut program = args::command().disable_help_subcommand(true);
    program.build();
    let mut pages = Vec::new();
    collect(program, &mut pages);
    pages
}

fn collect(command: Command, pages: &mut Vec<Command>) {
    let shown = command
        .get_subcommands()
        .filter(|below| !below.is_hide_set());
    let below: Vec<Command> = shown.cloned().collect();
    pages.push(command);
    for command in below {
        collect(command, pages);
    }
}

fn name(command: &Command) -> &str {
    command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
}

fn write(command: Command, page: &mut Vec<u8>) -> io::Result<()> {
    let is_program = name(&command) == "orgdeck";
    let source = format!("orgdeck {}", env!("CARGO_PKG_VERSION"));
    let (has_arguments, has_commands) = (
        command.get_arguments().any(|arg| !arg.is_hide_set()),
        command.has_subcommands(),
    );
    let lines = command.get_after_help().map(ToString::to_string);
    let lines = lines.unwrap_or_default();
    let man = Man::new(command).source(source).manual("orgdeck");
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    if has_arguments {
        man.render_options_section(page)?;
    }
    if has_commands {
        man.render_subcommands_section(page)?;
    }
    if is_program {
        section("ENVIRONMENT", VARIABLES, page)?;
        section("FILES", FILES, page)?;
    }
    examples(&lines, page)?;
    section("EXIT STATUS", exit::TABLE, page)
}

/// What the help shows of a command's use.
fn examples(lines: &str, page: &mut Vec<u8>) -> io::Result<()> {
    let Some((_, lines)) = lines.split_once('\n') else {
        return Ok(());
    };
    let mut roff = Roff::new();
    roff.control("SH", ["EXAMPLES"]);
    // As they are typed: nothing is filled up to the margin.
    roff.control("EX", []);
    for line in lines.lines() {
        roff.text([roman(line.trim())]);
    }
    roff.control("EE", []);
    roff.to_writer(page)
}

fn section(heading: &str, rows: &[(&str, &str)], page: &mut Vec<u8>) -> io::Result<()> {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for (term, meaning) in rows {
        roff.control("TP", []);
        roff.text([bold(*term)]);
        roff.text([roman(*meaning)]);
    }
    roff.to_writer(page)
}
