//! The command line: reads the arguments and runs a front end.

pub mod args;
pub mod ask;
mod complaint;
pub mod completions;
pub mod config;
mod connect;
mod console;
pub mod crash;
mod desk;
pub mod doctor;
mod door;
pub mod exit;
mod journal;
pub mod keys;
pub mod look;
pub mod man;
mod misuse;
pub mod profile;
mod progress;
mod read;
mod reload;
mod resolve;
mod rows;
mod run;
pub mod sandbox;
pub mod snapshot;
mod stage;
mod stdin;
mod stop;
mod trace;
mod write;

use std::io::{self, ErrorKind, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use color_eyre::eyre::Result;
use rustix::process::Signal;

use crate::auth;
use crate::config::{Environment, environment};
use crate::terminal::local;
use args::Command;
use complaint::Complaint;
use desk::Wanted;

/// The signals that end a subcommand.
const ENDS: &[Signal] = &[Signal::INT, Signal::TERM];

/// Runs the program with the arguments of this process: its exit code.
///
/// # Errors
/// What a person has to see because nothing else could be done about it.
pub fn run() -> Result<ExitCode> {
    completions::answer();
    auth::guard_memory();
    let args = match args::read() {
        Ok(args) => args,
        Err(error) => {
            let code = misuse::told(&error, &environment::arguments());
            return Ok(ExitCode::from(code));
        }
    };
    let environment = Environment::read();
    if let Some(folder) = state_folder(&args) {
        crash::keep(&folder);
    }
    if let Some(path) = args.log.as_ref().or(environment.log.as_ref())
        && let Err(error) = trace::start(path)
    {
        let error = format!("the log {}: {error}", path.display());
        return Ok(stop(2, &error, "the log is named by --log or ORGDECK_LOG"));
    }
    let wanted = Wanted {
        args: &args,
        environment: &environment,
    };
    match &args.command {
        Some(Command::Sandbox(options)) => sandbox::run(options),
        Some(Command::Noun(noun)) => run::run(wanted, noun),
        Some(Command::Profile(command)) => profile::run(wanted, command),
        Some(Command::Config(command)) => Ok(config::run(wanted, command)),
        Some(Command::Doctor(options)) => doctor::run(wanted, options),
        Some(Command::Snapshot(options)) => snapshot::run(&args, options),
        Some(Command::Completions(options)) => completions::run(*options),
        Some(Command::Man(options)) => man::run(options),
        Some(Command::Keys) => keys::run(),
        Some(Command::Open { place }) => console::run(wanted, Some(place)),
        None => console::run(wanted, None),
    }
}

/// Where this run may leave something behind: the demo leaves nothing.
fn state_folder(args: &args::Args) -> Option<PathBuf> {
    crate::config::state_folder().filter(|_| !args.demo)
}

/// An exit code with its reason and what to do, printed where errors go.
fn stop(code: u8, error: &str, hint: &str) -> ExitCode {
    complaint::say(&[Complaint::new(code, "usage", error, hint)], None);
    ExitCode::from(code)
}

/// Waits for work that needs the runtime. A question that nobody answers any more is not waited for.
fn block_on<T>(work: impl Future<Output = T>) -> io::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let done = runtime.block_on(async {
        local::bear_full_files()?;
        Ok(work.await)
    });
    runtime.shutdown_background();
    done
}

/// Prints what was asked for; a pipe that is closed wanted no more of it.
fn print(text: &str) -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        Ok(()) | Err(_) => Ok(ExitCode::SUCCESS),
    }
}

/// The exit code of what a signal ended.
fn ended_by(signal: i32) -> ExitCode {
    ExitCode::from(exit::by_signal(signal))
}
