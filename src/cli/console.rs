//! The console: builds the connections, takes the terminal, runs a session.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use color_eyre::eyre::{Result, WrapErr as _};
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::args::{Args, When};
use super::{connect, stop};
use crate::app::Model;
use crate::app::effect::Ending;
use crate::app::model::{Color, Lines, Settings, Source, Welcome};
use crate::app::store::{Account, Store};
use crate::config::environment::Wish;
use crate::config::{self, Environment, Profile, found};
use crate::domain::Text;
use crate::gate::Gate;
use crate::journal::memory::Memory;
use crate::provider::link::Link;
use crate::runtime::clock::{self, Clock};
use crate::runtime::front::Screen;
use crate::runtime::{self, Session, Shared};
use crate::sandbox::{Options, Sandbox};
use crate::terminal::{self, Guard, Surface, local};

/// Opens the console.
///
/// # Errors
/// When the terminal cannot be used.
pub fn run(args: &Args, environment: &Environment) -> Result<ExitCode> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Ok(stop(
            2,
            "the console needs a terminal",
            "run it in one, or see `orgdeck --help` for what works without",
        ));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let code = runtime.block_on(open(args, environment));
    // Reads that nobody waits for any more are not waited for either.
    runtime.shutdown_background();
    code
}

async fn open(args: &Args, environment: &Environment) -> Result<ExitCode> {
    if args.demo {
        return demo(args, environment).await;
    }
    let path = args
        .config
        .clone()
        .or_else(|| config::default_path(environment));
    let profiles = match &path {
        Some(path) => config::profiles(path, &connect::known())
            .and_then(|all| config::only(all, &args.profile)),
        None => Ok(Vec::new()),
    };
    let profiles = match profiles {
        Ok(profiles) => profiles,
        Err(error) => {
            return Ok(stop(
                2,
                &error.to_string(),
                "orgdeck --demo needs no configuration",
            ));
        }
    };
    if !profiles.is_empty() {
        return session(args, (environment, Source::Configured), profiles).await;
    }
    let welcome = welcome(environment, path.as_deref());
    match show(
        args,
        (environment, Source::Configured),
        Start::Welcome(welcome),
    )
    .await?
    {
        Left::Ended(Ending::Demo) => demo(args, environment).await,
        left @ (Left::Ended(_) | Left::BySignal(_)) => finish(left),
    }
}

fn welcome(environment: &Environment, path: Option<&std::path::Path>) -> Welcome {
    let found = found::found(environment);
    Welcome {
        found: found
            .iter()
            .map(|one| Text::from(one.words.as_str()))
            .collect(),
        toml: Text::from(found::toml(&found)),
        path: Text::from(found::shown(path)),
        index: 0,
    }
}

async fn demo(args: &Args, environment: &Environment) -> Result<ExitCode> {
    let sandbox = Sandbox::start(&Options::demo(clock::wall())).wrap_err("the demo's sandbox")?;
    let profiles = connect::demo_profiles(&sandbox)?;
    session(args, (environment, Source::Demo), profiles).await
}

async fn session(
    args: &Args,
    place: (&Environment, Source),
    profiles: Vec<Profile>,
) -> Result<ExitCode> {
    finish(show(args, place, Start::Profiles(profiles)).await?)
}

/// What the console opens with.
enum Start {
    Welcome(Welcome),
    Profiles(Vec<Profile>),
}

/// How the console was left.
enum Left {
    Ended(Ending),
    BySignal(i32),
}

async fn show(args: &Args, place: (&Environment, Source), start: Start) -> Result<Left> {
    let (environment, _) = place;
    let switch = connect::switch(args, environment);
    let settings = settings(args, place);
    let size = local::size().wrap_err("the size of the terminal")?;
    let (ear, news) = mpsc::unbounded_channel();
    let mut model = Model::new(size, settings, Store::default());
    let mut links = Vec::new();
    match start {
        Start::Welcome(welcome) => model.welcome = Some(welcome),
        Start::Profiles(profiles) => {
            for profile in profiles {
                links.push(connect::link(profile, switch, &ear)?);
            }
        }
    }
    let account = |link: &Link| Account::new(link.connection.clone(), link.capabilities());
    model.store = Store::new(links.iter().map(account).collect());
    let gate = Gate::new(Arc::new(Memory::default()), clock::wall);
    let session = Session {
        clock: Clock::starting(clock::wall),
        actor: Text::from(environment.user.as_str()),
        news,
    };
    on_terminal((Shared::new(links, gate), session), model).await
}

/// Takes the terminal for as long as the session runs.
async fn on_terminal(edges: (Shared, Session), model: Model) -> Result<Left> {
    let signal = local::ended_by_signal();
    let inputs = local::inputs().wrap_err("the signals of the terminal")?;
    terminal::guard::restore_on_panic();
    let guard = Guard::enter().wrap_err("the terminal's modes")?;
    let mut screen = Screen::new(Surface::over(std::io::stdout()), model.size)?;
    let left = tokio::select! {
        ending = runtime::run(&mut screen, inputs, edges, model) => Left::Ended(ending),
        signal = signal => Left::BySignal(signal?),
    };
    drop(screen);
    drop(guard);
    Ok(left)
}

fn settings(args: &Args, (environment, source): (&Environment, Source)) -> Settings {
    let dumb = environment.term == "dumb";
    Settings {
        zone: TimeZone::system(),
        lines: if dumb || !environment.utf8 {
            Lines::Ascii
        } else {
            Lines::Drawn
        },
        color: match args.color {
            When::Never => Color::Off,
            When::Auto if environment.color == Wish::Never => Color::Off,
            When::Auto if dumb && environment.color != Wish::Always => Color::Off,
            When::Auto | When::Always => Color::Sixteen,
        },
        read_only: connect::switch(args, environment),
        source,
    }
}

fn finish(left: Left) -> Result<ExitCode> {
    match left {
        Left::Ended(Ending::Print(text)) => {
            let mut out = std::io::stdout().lock();
            out.write_all(text.as_bytes())?;
            out.flush()?;
            Ok(ExitCode::SUCCESS)
        }
        Left::Ended(Ending::Quit | Ending::Demo) => Ok(ExitCode::SUCCESS),
        Left::BySignal(signal) => Ok(ExitCode::from(
            u8::try_from(128 + signal).unwrap_or(u8::MAX),
        )),
    }
}
