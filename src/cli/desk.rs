//! The desk: what a subcommand works with. Connections in the order of the configuration, the gate, the
//! clock, and who is asking.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::{Mutex, OnceCell, mpsc};

use super::args::Args;
use super::complaint::{Complaint, Halt};
use super::connect;
use super::door::{self, Doorkeeper};
use super::stdin::Person;
use super::stop::Stop;
use crate::config::{self, Broken, Environment, Presence};
use crate::domain::{self, Actor, Keep, Refresh, Secret};
use crate::gate::{Cap, Gate};
use crate::journal::file::File;
use crate::journal::memory::Memory;
use crate::journal::{self, Journal};
use crate::provider::link::Link;
use crate::runtime::clock::{self, Clock};
use crate::sandbox::{Options, Sandbox};

/// The flags and the environment, which nothing changes.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) args: &'a Args,
    pub(super) environment: &'a Environment,
}

/// What a subcommand works with.
pub(super) struct Desk {
    /// The connections that may be used, in the order of the configuration.
    pub(super) links: Vec<Arc<Link>>,
    /// Who asks for another token, where somebody is there to be asked.
    doors: BTreeMap<domain::Profile, Arc<Doorkeeper>>,
    /// The only door for writes.
    pub(super) gate: Arc<Gate>,
    /// Who acts.
    pub(super) actor: Actor,
    /// The time.
    pub(super) clock: Clock,
    /// Whether to go on.
    pub(super) stop: Stop,
    /// Whether what other programs left open was looked up: once is enough.
    pub(super) looked_up: OnceCell<()>,
    /// The token of an invite, where the environment holds one.
    pub(super) invite_token: Option<Secret>,
    _demo: Option<Sandbox>,
}

impl Desk {
    /// A desk with the profiles that are wanted.
    ///
    /// # Errors
    /// When the configuration is wrong, or a profile is asked for that is not there.
    pub(super) fn open(wanted: Wanted<'_>, (stop, person): (Stop, Person)) -> Result<Self, Halt> {
        let (profiles, demo) = profiles(wanted)?;
        let cap = cap(wanted).map_err(|wrong| broken(&wrong))?;
        // Nobody watches the requests of a subcommand; the log hears of them.
        let (ear, _) = mpsc::unbounded_channel();
        let switch = connect::switch(wanted.args, wanted.environment);
        let terminal = Arc::new(Mutex::new(()));
        let (mut links, mut doors) = (Vec::new(), BTreeMap::new());
        for profile in profiles {
            let mut link = connect::link(profile, switch, &ear).map_err(|error| failed(&error))?;
            if person == Person::There {
                let (kept, keeper) = door::kept(link, (&stop, &terminal));
                doors.insert(kept.connection.profile.clone(), keeper);
                link = kept;
            }
            links.push(Arc::new(link));
        }
        Ok(Self {
            links,
            doors,
            gate: Arc::new(Gate::new(journal_of(wanted), clock::wall).with_cap(cap)),
            actor: Actor::new(wanted.environment.user.as_str(), journal::session()),
            clock: Clock::starting(clock::wall),
            stop,
            looked_up: OnceCell::new(),
            invite_token: wanted.environment.invite_token.clone(),
            _demo: demo,
        })
    }

    /// The connection of a profile.
    ///
    /// # Errors
    /// When there is none of this name.
    pub(super) fn link(&self, profile: &str) -> Result<&Arc<Link>, Halt> {
        let wanted = domain::Profile::new(profile);
        let found = self
            .links
            .iter()
            .find(|link| link.connection.profile == wanted);
        let names = self.links.iter();
        let names = names.map(|link| link.connection.profile.as_str());
        found.ok_or_else(|| missing(profile, &names.collect::<Vec<_>>()).into())
    }

    /// How often the person was let in on a profile by what they typed.
    pub(super) fn opened(&self, link: &Link) -> usize {
        let door = self.doors.get(&link.connection.profile);
        door.map_or(0, |door| door.opened())
    }

    /// Whether a person is being asked for another token.
    pub(super) fn is_asking(&self, link: &Link) -> bool {
        let door = self.doors.get(&link.connection.profile);
        door.is_some_and(|door| door.is_asking())
    }

    /// The connections of one profile, or of all.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn links(&self, profile: Option<&str>) -> Result<Vec<Arc<Link>>, Halt> {
        match profile {
            Some(profile) => Ok(vec![Arc::clone(self.link(profile)?)]),
            None if self.links.is_empty() => Err(Complaint::usage(
                "there is no profile yet",
                "`orgdeck profile add` makes one; `--demo` needs none",
            )
            .into()),
            None => Ok(self.links.clone()),
        }
    }
}

/// The journal: the file, or nothing but memory in the demo.
pub(super) fn journal_of(wanted: Wanted<'_>) -> Arc<dyn Journal> {
    if wanted.args.demo {
        return Arc::new(Memory::default());
    }
    file_of(wanted)
}

/// The journal in its file. A configuration that cannot be read has been complained of before.
pub(super) fn file_of(wanted: Wanted<'_>) -> Arc<dyn Journal> {
    let keep = keep(wanted).unwrap_or_default();
    let folder = config::state_folder().unwrap_or_default();
    Arc::new(File::new(&folder, keep, clock::wall))
}

/// How long the journal is kept, if the configuration says.
pub(super) fn keep(wanted: Wanted<'_>) -> Option<Keep> {
    let (path, presence) = place(wanted);
    let file = path.and_then(|path| config::read(&path, presence, &connect::known()).ok());
    file.and_then(|file| file.journal_keep)
}

/// No profile has this name; these have theirs.
pub(super) fn missing(profile: &str, names: &[&str]) -> Complaint {
    let message = format!("there is no profile `{profile}`");
    let hint = match names {
        [] => "`orgdeck --demo` needs no configuration".to_owned(),
        names => format!("profiles: {}", names.join(", ")),
    };
    Complaint::usage(message, hint)
}

/// The profiles that are wanted: those of the configuration, or the demo's with what they connect to.
///
/// # Errors
/// When the configuration is wrong, or a profile is asked for that is not there.
pub(super) fn profiles(
    wanted: Wanted<'_>,
) -> Result<(Vec<config::Profile>, Option<Sandbox>), Complaint> {
    if !wanted.args.demo {
        let profiles = configured(wanted).map_err(|wrong| broken(&wrong))?;
        return Ok((profiles, None));
    }
    let demo = Sandbox::start(&Options::demo(clock::wall()));
    let demo = demo.map_err(|error| failed(&error.into()))?;
    let profiles = connect::demo_profiles(&demo).map_err(|error| failed(&error))?;
    let profiles = only(wanted, profiles).map_err(|wrong| broken(&wrong))?;
    Ok((profiles, Some(demo)))
}

/// The cap on removals, as configured; the demo has the usual one.
///
/// # Errors
/// When the configuration is wrong.
pub(super) fn cap(wanted: Wanted<'_>) -> Result<Cap, Broken> {
    let (path, presence) = place(wanted);
    let Some(path) = path.filter(|_| !wanted.args.demo) else {
        return Ok(Cap::default());
    };
    Ok(Cap::share(config::options(&path, presence)?.removal_cap))
}

/// How often the console reads its lists again by itself, as configured; the demo does as usual.
///
/// # Errors
/// When the configuration is wrong.
pub(super) fn refresh(wanted: Wanted<'_>) -> Result<Refresh, Broken> {
    let (path, presence) = place(wanted);
    let Some(path) = path.filter(|_| !wanted.args.demo) else {
        return Ok(Refresh::default());
    };
    Ok(config::options(&path, presence)?
        .refresh
        .unwrap_or_default())
}

/// The profiles of the configuration that are wanted.
///
/// # Errors
/// When the file cannot be used, or a profile is asked for that is not there.
pub(super) fn configured(wanted: Wanted<'_>) -> Result<Vec<config::Profile>, Broken> {
    let (path, presence) = place(wanted);
    let profiles = match &path {
        Some(path) => config::profiles(path, presence, &connect::known())?,
        None => Vec::new(),
    };
    only(wanted, profiles)
}

/// The configuration file, and whether it has to be there.
pub(super) fn place(
    Wanted { args, environment }: Wanted<'_>,
) -> (Option<std::path::PathBuf>, Presence) {
    match &args.config {
        Some(path) => (Some(path.clone()), Presence::Needed),
        None => (config::default_path(environment), Presence::Optional),
    }
}

/// The only profiles that are wanted; all, if none is named.
pub(super) fn names(Wanted { args, environment }: Wanted<'_>) -> &[String] {
    match args.profiles.as_slice() {
        [] if args.demo => &[],
        [] => &environment.profiles,
        names => names,
    }
}

fn only(
    wanted: Wanted<'_>,
    profiles: Vec<config::Profile>,
) -> Result<Vec<config::Profile>, Broken> {
    config::only(profiles, names(wanted))
}

/// Nobody says where the configuration is.
pub(super) fn homeless() -> Complaint {
    let message = "there is no home directory for a configuration";
    Complaint::usage(message, "name a file by --config")
}

/// What is wrong with the configuration.
pub(super) fn broken(broken: &Broken) -> Complaint {
    Complaint::usage(broken.to_string(), hint(broken))
}

/// What helps with a configuration that cannot be used.
pub(super) fn hint(broken: &Broken) -> &'static str {
    match broken {
        Broken::Unreadable { .. } => "`orgdeck profile add` makes one, `orgdeck --demo` needs none",
        Broken::Wrong(_) => {
            "correct that line; `orgdeck config schema` prints what may stand there, and \
             `orgdeck --demo` needs no configuration"
        }
        Broken::NoProfile(_) => "profiles are named by --profile or ORGDECK_PROFILE",
    }
}

fn failed(error: &color_eyre::eyre::Error) -> Complaint {
    let hint = "`orgdeck config show --origin` prints each setting and where it came from";
    Complaint::usage(format!("{error:#}"), hint)
}
