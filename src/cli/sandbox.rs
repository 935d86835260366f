//! `orgdeck sandbox`: serves the three faces until it is told to stop.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use color_eyre::eyre::Result;
use rustix::process::Signal;

use super::{args, ended_by, print, stop};
use crate::files::{self, Privacy};
use crate::runtime::clock;
use crate::sandbox::data::Size;
use crate::sandbox::{Options, Sandbox, Scenario, Service};
use crate::terminal::local;

/// The largest file of tokens that is read, in bytes.
const LARGEST: u64 = 64 * 1024;

/// Organizations of each face when only other numbers are given.
const ORGS: u64 = 2;

/// Members and invites of the first organizations when only other numbers are given.
const FEW: u64 = 20;

/// The signals that end the server. Not SIGHUP: under `nohup` it outlives its terminal.
const ENDS: &[Signal] = &[Signal::INT, Signal::QUIT, Signal::TERM];

/// Serves until a signal comes.
///
/// # Errors
/// When nothing can be served.
pub fn run(arguments: &args::Sandbox) -> Result<ExitCode> {
    let tokens = match arguments.token_file.as_deref().map(tokens).transpose() {
        Ok(tokens) => tokens.unwrap_or_default(),
        Err(error) => {
            let hint = "lines are `balena=TOKEN`, `clerk=TOKEN`, `vulos=TOKEN`";
            return Ok(stop(2, &error, hint));
        }
    };
    let options = Options {
        port: arguments.port,
        scenario: scenario(arguments),
        seed: arguments.seed,
        latency: Duration::from_millis(arguments.latency),
        tokens,
        origin: clock::wall(),
        host: None,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(serve(&options))
}

async fn serve(options: &Options) -> Result<ExitCode> {
    let signal = local::ended_by(ENDS)?;
    let sandbox = match Sandbox::start(options) {
        Ok(sandbox) => sandbox,
        Err(error) => return Ok(no_ports(options.port, &error)),
    };
    sandbox.world(|world| world.follow(clock::wall));
    print(&format!("{}\n", sandbox.ready_line()))?;
    Ok(ended_by(signal.await))
}

fn no_ports(first: u16, error: &io::Error) -> ExitCode {
    let code = if error.kind() == io::ErrorKind::InvalidInput {
        2
    } else {
        1
    };
    let error = format!("three ports from {first} on: {error}");
    stop(code, &error, "without --port, free ones are taken")
}

/// The demo's world, unless a size is wanted.
fn scenario(arguments: &args::Sandbox) -> Scenario {
    let args::Sandbox {
        orgs,
        members,
        invites,
        ..
    } = arguments;
    if [orgs, members, invites]
        .iter()
        .all(|number| number.is_none())
    {
        return Scenario::Demo;
    }
    Scenario::Sized(Size {
        orgs: orgs.unwrap_or(ORGS),
        members: members.unwrap_or(FEW),
        invites: invites.unwrap_or(FEW),
    })
}

fn tokens(path: &Path) -> Result<BTreeMap<Service, String>, String> {
    let wrong = |what: &str| format!("{}: {what}", path.display());
    let bytes = files::read(path, LARGEST, Privacy::Public).map_err(|e| wrong(&e.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong("not text"))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| token(line).map_err(|what| wrong(&what)))
        .collect()
}

fn token(line: &str) -> Result<(Service, String), String> {
    // A line may be nothing but a secret: it is not repeated.
    let (name, token) = line.split_once('=').ok_or("a line without `=`")?;
    let named = Service::ALL
        .into_iter()
        .find(|service| service.name() == name.trim());
    let service = named.ok_or("a line for a service that is not known")?;
    if token.trim().is_empty() {
        return Err(format!("no token for {}", service.name()));
    }
    Ok((service, token.trim().to_owned()))
}
