//! `orgdeck sandbox`: serves the three faces until it is told to stop.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use color_eyre::eyre::{Result, WrapErr as _};

use super::{args, stop};
use crate::files::{self, Privacy};
use crate::runtime::clock;
use crate::sandbox::data::Size;
use crate::sandbox::{Options, Sandbox, Scenario, Service};
use crate::terminal::local;

/// The largest file of tokens that is read, in bytes.
const LARGEST: u64 = 64 * 1024;

/// Members and invites of the first organizations when only the number of organizations is given.
const FEW: u64 = 20;

/// Serves until a signal comes.
///
/// # Errors
/// When the ports cannot be bound.
pub fn run(arguments: &args::Sandbox) -> Result<ExitCode> {
    let tokens = match arguments.token_file.as_deref().map(tokens).transpose() {
        Ok(tokens) => tokens.unwrap_or_default(),
        Err(error) => {
            return Ok(stop(
                2,
                &error,
                "lines are `balena=TOKEN`, `clerk=TOKEN`, `vulos=TOKEN`",
            ));
        }
    };
    let options = Options {
        port: arguments.port,
        scenario: scenario(arguments),
        seed: arguments.seed,
        latency: Duration::from_millis(arguments.latency),
        tokens,
        origin: clock::wall(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let ended = local::ended_by_signal();
        let sandbox = Sandbox::start(&options).wrap_err("the sandbox's listeners")?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", sandbox.ready_line()).and_then(|()| out.flush())?;
        drop(out);
        let signal = ended.await?;
        Ok(ExitCode::from(
            u8::try_from(128 + signal).unwrap_or(u8::MAX),
        ))
    })
}

/// The demo's world, unless a size is wanted.
fn scenario(arguments: &args::Sandbox) -> Scenario {
    let number = |given: Option<usize>| given.and_then(|given| u64::try_from(given).ok());
    let wanted = [arguments.orgs, arguments.members, arguments.invites];
    if wanted.iter().all(Option::is_none) {
        return Scenario::Demo;
    }
    Scenario::Sized(Size {
        orgs: number(arguments.orgs).unwrap_or(2),
        members: number(arguments.members).unwrap_or(FEW),
        invites: number(arguments.invites).unwrap_or(FEW),
    })
}

fn tokens(path: &Path) -> Result<BTreeMap<Service, String>, String> {
    let bytes = files::read(path, LARGEST, Privacy::Public)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{}: not text", path.display()))?;
    let mut tokens = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, token) = line
            .split_once('=')
            .ok_or_else(|| format!("{}: a line without `=`", path.display()))?;
        let service = Service::ALL
            .into_iter()
            .find(|service| service.name() == name.trim())
            .ok_or_else(|| format!("{}: no service is called {}", path.display(), name.trim()))?;
        tokens.insert(service, token.trim().to_owned());
    }
    Ok(tokens)
}
