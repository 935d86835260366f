//! Wrong words on the command line, told as every other complaint is: what is wrong in one line, and the
//! help that belongs to it.

use clap::error::ErrorKind;

use super::args::{self, Format};
use super::complaint::{self, Complaint};
use super::exit;

/// Says what is wrong with the arguments, or prints the help that they ask for: the exit code.
pub(super) fn told(error: &clap::Error, arguments: &[String]) -> u8 {
    if !error.use_stderr() {
        // A closed pipe is no error of ours.
        let _ = error.print();
        return exit::DONE;
    }
    let bare = ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    let complaint = if error.kind() == bare {
        let _ = error.print();
        nothing_said(arguments)
    } else {
        of(error, arguments)
    };
    complaint::say(&[complaint], format(arguments));
    exit::USAGE
}

/// The complaint about words that clap does not take.
fn of(error: &clap::Error, arguments: &[String]) -> Complaint {
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n");
    let first = paragraphs.next().unwrap_or_default();
    let message = joined(first.strip_prefix("error: ").unwrap_or(first));
    let tips = paragraphs.filter_map(|paragraph| paragraph.trim().strip_prefix("tip: "));
    let help = format!("`{} --help` tells what it takes", command(arguments));
    let hints: Vec<String> = tips.map(joined).chain([help]).collect();
    Complaint::usage(message, hints.join("; "))
}

/// The complaint about a noun without its verb.
fn nothing_said(arguments: &[String]) -> Complaint {
    let words = command(arguments);
    let message = format!("`{words}` needs one of its commands");
    let hint = format!("they stand above; `{words} help COMMAND` tells what one takes");
    Complaint::usage(message, hint)
}

/// The lines of a paragraph in one.
fn joined(paragraph: &str) -> String {
    let lines = paragraph.lines().map(str::trim);
    lines.collect::<Vec<_>>().join(" ")
}

/// The command that the arguments lead to, as far as they do.
fn command(arguments: &[String]) -> String {
    let program = args::command();
    let mut found = &program;
    let mut words = vec!["orgdeck"];
    for argument in arguments {
        if let Some(below) = found.find_subcommand(argument) {
            found = below;
            words.push(below.get_name());
        }
    }
    words.join(" ")
}

/// The format that is asked for, in arguments that are wrong elsewhere.
fn format(arguments: &[String]) -> Option<Format> {
    let pairs = arguments.iter().zip(arguments.iter().skip(1));
    let apart = |(flag, value): (&String, &String)| {
        matches!(flag.as_str(), "-o" | "--output") && value == "json"
    };
    let glued = |word: &String| matches!(word.as_str(), "-ojson" | "-o=json" | "--output=json");
    let is_json = pairs.clone().any(apart) || arguments.iter().any(glued);
    is_json.then_some(Format::Json)
}
