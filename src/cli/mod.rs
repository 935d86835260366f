//! The command line: reads the arguments and runs a front end.

pub mod args;
mod connect;
pub mod console;
pub mod sandbox;

use std::process::ExitCode;

use clap::Parser as _;
use color_eyre::eyre::Result;

use crate::config::Environment;
use args::{Args, Command};

/// Runs the program with the arguments of this process: its exit code.
///
/// # Errors
/// What a person has to see because nothing else could be done about it.
pub fn run() -> Result<ExitCode> {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // A closed pipe is no error of ours.
            let _ = error.print();
            return Ok(ExitCode::from(code));
        }
    };
    let environment = Environment::read();
    match &args.command {
        Some(Command::Sandbox(options)) => sandbox::run(options),
        None => console::run(&args, &environment),
    }
}

/// An exit code with its reason and what to do, printed where errors go.
#[expect(clippy::print_stderr, reason = "this is where the command line speaks")]
fn stop(code: u8, error: &str, hint: &str) -> ExitCode {
    eprintln!("error: {error}");
    if !hint.is_empty() {
        eprintln!("hint: {hint}");
    }
    ExitCode::from(code)
}
