//! `orgdeck snapshot`: any screen of the demo, drawn without a terminal.
//!
//! Nothing of the machine gets into it: time, zone, tokens and addresses are fixed, the environment is
//! not asked.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;

use color_eyre::eyre::{Result, WrapErr as _};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::args::{Args, When};
use super::{connect, console, print, stop};
use crate::app::around::Around;
use crate::app::model::{Color, Lines, Settings, Source};
use crate::app::place::Size;
use crate::app::{Key, Model};
use crate::domain::{Actor, Refresh};
use crate::gate::Gate;
use crate::journal::memory::Memory;
use crate::provider::http::Limits;
use crate::provider::link::Link;
use crate::rig::{Frame, Rig, World, keys};
use crate::runtime::{Shared, clock};
use crate::sandbox::{self, Options, Sandbox};

/// The largest screen that is drawn, in columns or rows.
const LARGEST: u16 = 500;

/// Options of a snapshot.
#[derive(Clone, Debug, clap::Args)]
pub struct Snapshot {
    /// Columns and rows
    #[arg(long, value_name = "SIZE", default_value = "120x36", value_parser = size)]
    pub size: Size,

    /// Keys to press first: letters as they are, others as `<enter>`, `<c-d>`; each is waited for
    #[arg(long, value_name = "KEYS", default_value = "", value_parser = script)]
    pub keys: Script,

    /// What the clocks show
    #[arg(long, value_name = "TIME", default_value = "2026-03-02T11:42:00Z")]
    pub at: Timestamp,

    /// What is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Keys in the order in which they are pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script(pub Vec<Key>);

/// How a screen is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Text alone
    Text,
    /// Text with its colours, for a terminal
    Ansi,
    /// A picture
    Svg,
    /// A page
    Html,
}

/// The console on its demo, without a terminal.
pub struct Demo {
    /// The console.
    pub rig: Rig,
    /// The connections to the embedded sandbox.
    pub world: World,
    _sandbox: Sandbox,
}

/// Prints a screen.
///
/// # Errors
/// When there is no loopback.
pub fn run(args: &Args, options: &Snapshot) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let frame = runtime.block_on(frame(args, options))?;
    // Connections that are kept alive are not waited for.
    runtime.shutdown_background();
    let Some(frame) = frame else {
        let hint = "a key such as `q` or `<c-c>` ends it; leave it out";
        return Ok(stop(2, "the keys end the console", hint));
    };
    print(&match options.format {
        Format::Text => frame.text(),
        Format::Ansi => frame.ansi(),
        Format::Svg => frame.svg(),
        Format::Html => frame.html(),
    })
}

/// The screen after the last key; none when a key has ended the console.
async fn frame(args: &Args, options: &Snapshot) -> Result<Option<Frame>> {
    let settings = Settings {
        color: match args.color {
            When::Never => Color::Off,
            When::Auto | When::Always => Color::Sixteen,
        },
        read_only: args.read_only.then_some("--read-only"),
        ..settings()
    };
    let mut demo = Demo::with(settings, options.size, options.at).await?;
    for key in &options.keys.0 {
        demo.world.press(&mut demo.rig, *key).await;
        if demo.world.ending().is_some() {
            return Ok(None);
        }
    }
    Ok(Some(demo.rig.frame()))
}

impl Demo {
    /// The demo on a screen of this size, at this time, with everything read that is read at once.
    ///
    /// # Errors
    /// When there is no loopback.
    pub async fn open(size: Size, at: Timestamp) -> Result<Self> {
        Self::with(settings(), size, at).await
    }

    async fn with(settings: Settings, size: Size, at: Timestamp) -> Result<Self> {
        let sandbox = Sandbox::start(&options(at)).wrap_err("the sandbox")?;
        let (ear, news) = mpsc::unbounded_channel();
        let profiles = connect::demo_profiles(&sandbox)?.into_iter();
        let links: Vec<Link> = profiles
            .map(|profile| connect::link_within(profile, settings.read_only, &ear, one_by_one()))
            .collect::<Result<_>>()?;
        let model = Model::new(size, settings, console::store(&links));
        let gate = Gate::new(Arc::new(Memory::default()), clock::wall);
        let mut demo = Self {
            rig: Rig::start(model, at),
            world: World::new(Shared::new(links, gate), Actor::new("demo", "demo"), news),
            _sandbox: sandbox,
        };
        demo.world.settle(&mut demo.rig).await;
        Ok(demo)
    }
}

fn settings() -> Settings {
    Settings {
        zone: TimeZone::UTC,
        lines: Lines::Drawn,
        color: Color::Sixteen,
        read_only: None,
        source: Source::Demo,
        around: Around {
            program: vec!["orgdeck".to_owned(), "--demo".to_owned()],
            ..Around::default()
        },
        refresh: Refresh::Off,
    }
}

/// Requests that are under way together end in another order at each run.
fn one_by_one() -> Limits {
    Limits {
        at_once: 1,
        pages_at_once: 1,
        ..Limits::default()
    }
}

/// The world of every demo, with nothing in it that another start would make differently.
fn options(at: Timestamp) -> Options {
    let tokens = sandbox::Service::ALL.map(|service| (service, format!("demo_{}", service.name())));
    Options {
        tokens: BTreeMap::from(tokens),
        host: Some("demo.localhost"),
        ..Options::demo(at)
    }
}

fn size(text: &str) -> Result<Size, String> {
    let wrong = || format!("columns and rows up to {LARGEST} are meant, such as 120x36");
    let (width, height) = text.split_once('x').ok_or_else(wrong)?;
    let number = |text: &str| {
        let number = text
            .parse()
            .ok()
            .filter(|number| (1..=LARGEST).contains(number));
        number.ok_or_else(wrong)
    };
    Ok(Size {
        width: number(width)?,
        height: number(height)?,
    })
}

fn script(text: &str) -> Result<Script, String> {
    let named = |error| format!("{error}; `<lt>` is the character `<`");
    keys(text)
        .map(Script)
        .map_err(|error| named(error.to_string()))
}
