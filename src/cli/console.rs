//! The console: decides what it opens with, and runs it on the terminal.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use color_eyre::eyre::{Result, WrapErr as _};
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::desk::{self, Wanted};
use super::look::Look;
use super::reload::{self, Known, Marked};
use super::stage::{Left, Stage};
use super::{block_on, connect, ended_by, print, stop};
use crate::app::Model;
use crate::app::address::Address;
use crate::app::around::Browser::{Here, Missing};
use crate::app::around::{Around, Clipboard};
use crate::app::effect::Ending;
use crate::app::model::{Settings, Source, Welcome};
use crate::app::store::{Account, Store};
use crate::config::{self, Broken, Environment, Profile, found};
use crate::domain::{Actor, News, Refresh, Text};
use crate::files::Drafts;
use crate::gate::Gate;
use crate::journal::memory::Memory;
use crate::journal::{self, Journal};
use crate::provider::link::Link;
use crate::runtime::browser::Browser;
use crate::runtime::clock::{self, Clock};
use crate::runtime::reload::unwatched;
use crate::runtime::{Session, Shared};
use crate::sandbox::{Options, Sandbox};
use crate::terminal::tty;

/// What the console opens with.
enum Start {
    Demo,
    Welcome(Welcome),
    Profiles(Vec<Profile>),
}

/// How a session begins.
struct Begin<'a> {
    /// With what.
    start: Start,
    /// At which place.
    place: Option<&'a Address>,
    /// The configuration file that it goes on with.
    file: Marked,
}

/// Opens the console, at a place if one is named.
///
/// # Errors
/// When the terminal or the connections cannot be used.
pub(super) fn run(wanted: Wanted<'_>, place: Option<&Address>) -> Result<ExitCode> {
    let file = reload::mark(wanted);
    let start = match start(wanted) {
        Ok(start) => start,
        Err(broken) => return Ok(stop(2, &broken.to_string(), desk::hint(&broken))),
    };
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Ok(stop(
            2,
            "the console needs a terminal",
            "run it in one, or see `orgdeck --help` for what works without",
        ));
    }
    let begin = Begin { start, place, file };
    finish(block_on(open(wanted, begin))??)
}

fn start(wanted: Wanted<'_>) -> Result<Start, Broken> {
    if wanted.args.demo {
        return Ok(Start::Demo);
    }
    let profiles = desk::configured(wanted)?;
    Ok(if profiles.is_empty() {
        let (path, _) = desk::place(wanted);
        Start::Welcome(welcome(wanted.environment, path.as_deref()))
    } else {
        Start::Profiles(profiles)
    })
}

fn welcome(environment: &Environment, path: Option<&Path>) -> Welcome {
    let found = found::found(environment);
    Welcome {
        found: found.iter().map(|one| one.words.as_str().into()).collect(),
        toml: Text::from(found::toml(&found)),
        path: Text::from(found::shown(path)),
        index: 0,
    }
}

/// Runs one session, and the demo after it if that was chosen.
async fn open(wanted: Wanted<'_>, begin: Begin<'_>) -> Result<Left> {
    let mut stage = Stage::take(Look::of(wanted.args.color, wanted.environment))?;
    match session(wanted, &mut stage, begin).await? {
        Left::Ended(Ending::Demo) => {
            let demo = Begin {
                start: Start::Demo,
                place: None,
                file: None,
            };
            session(wanted, &mut stage, demo).await
        }
        left @ (Left::Ended(_) | Left::BySignal(_)) => Ok(left),
    }
}

async fn session(wanted: Wanted<'_>, stage: &mut Stage, begin: Begin<'_>) -> Result<Left> {
    let source = match &begin.start {
        Start::Demo => Source::Demo,
        Start::Welcome(_) | Start::Profiles(_) => Source::Configured,
    };
    let (ear, news) = mpsc::unbounded_channel();
    let mut sandbox = None;
    let (welcome, profiles) = match begin.start {
        Start::Demo => {
            let demo = Sandbox::start(&Options::demo(clock::wall())).wrap_err("the sandbox")?;
            demo.world(|world| world.follow(clock::wall));
            let profiles = connect::demo_profiles(sandbox.insert(demo))?;
            (None, profiles)
        }
        Start::Welcome(welcome) => (Some(welcome), Vec::new()),
        Start::Profiles(profiles) => (None, profiles),
    };
    let browser = Browser::Here {
        own: wanted.environment.browser.clone(),
        hidden: connect::hidden(&profiles),
    };
    let links = links(wanted, profiles, &ear)?;
    let connections = links.iter().map(|(_, link)| &**link);
    let mut model = Model::new(tty::size()?, settings(wanted, source)?, store(connections));
    model.welcome = welcome;
    model.sought = begin.place.cloned();
    let cap = desk::cap(wanted)?;
    let gate = Gate::new(journal_of(wanted, source), clock::wall).with_cap(cap);
    let connections = links.iter().map(|(_, link)| Arc::clone(link));
    let shared = Shared::new(connections, gate).with_browser(browser);
    let watched = begin.file.filter(|_| source == Source::Configured);
    let known = Known::new(wanted, links, (cap, &ear))?;
    let name = journal::session();
    let session = Session {
        clock: Clock::starting(clock::wall),
        actor: Actor::new(wanted.environment.user.as_str(), name.clone()),
        news,
        readings: watched.map_or_else(unwatched, |file| known.watch(file).begin()),
        drafts: drafts(source, &name),
    };
    Ok(stage.run((shared, session), model).await)
}

fn journal_of(wanted: Wanted<'_>, source: Source) -> Arc<dyn Journal> {
    match source {
        Source::Demo => Arc::new(Memory::default()),
        Source::Configured => desk::file_of(wanted),
    }
}

/// Where drafts are kept; the demo writes no file.
fn drafts(source: Source, session: &Text) -> Option<Drafts> {
    match source {
        Source::Demo => None,
        Source::Configured => {
            let folder = config::state_folder()?.join("drafts");
            Some(Drafts::new(&folder, session.raw()))
        }
    }
}

fn links(
    Wanted { args, environment }: Wanted<'_>,
    profiles: Vec<Profile>,
    ear: &mpsc::UnboundedSender<News>,
) -> Result<Vec<(Profile, Arc<Link>)>> {
    let switch = connect::switch(args, environment);
    let link = |profile: Profile| {
        let link = connect::link(profile.clone(), switch, ear)?;
        Ok((profile, Arc::new(link)))
    };
    profiles.into_iter().map(link).collect()
}

pub(super) fn store<'a>(links: impl IntoIterator<Item = &'a Link>) -> Store {
    let account = |link: &Link| Account::new(link.connection.clone(), link.capabilities());
    Store::new(links.into_iter().map(account).collect())
}

fn settings(wanted: Wanted<'_>, source: Source) -> Result<Settings, Broken> {
    let Wanted { args, environment } = wanted;
    let look = Look::of(args.color, environment);
    let refresh = match source {
        Source::Demo => Refresh::default(),
        Source::Configured => desk::refresh(wanted)?,
    };
    Ok(Settings {
        zone: TimeZone::system(),
        lines: look.lines,
        color: look.color,
        read_only: connect::switch(args, environment),
        source,
        around: around(wanted, (source, look.clipboard)),
        refresh,
    })
}

/// The words that start this program again read the same configuration.
fn around(wanted: Wanted<'_>, (source, clipboard): (Source, Clipboard)) -> Around {
    let Wanted { args, environment } = wanted;
    let mut program = vec!["orgdeck".to_owned()];
    if source == Source::Demo {
        program.push("--demo".to_owned());
    } else if let Some(path) = args.config.as_ref().or(environment.config.as_ref()) {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        program.push(format!("--config={}", whole.display()));
    }
    let browser = if environment.remote {
        Missing("over SSH a browser would open on the other machine")
    } else if environment.desktop || environment.browser.is_some() {
        Here
    } else {
        Missing("there is no desktop that a browser could open on")
    };
    Around {
        program,
        clipboard,
        browser,
    }
}

fn finish(left: Left) -> Result<ExitCode> {
    match left {
        Left::Ended(Ending::Print(text)) => print(&text),
        Left::Ended(Ending::Quit | Ending::Demo) => Ok(ExitCode::SUCCESS),
        Left::BySignal(signal) => Ok(ended_by(signal)),
    }
}
