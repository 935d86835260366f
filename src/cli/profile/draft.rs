//! What flags and answers make of a profile, before anything is tried or written.
//!
//! The person's secret is never asked for and never an argument: what is asked is where it is.

use std::path::PathBuf;

use crate::cli::ask::{Ask, Yes};
use crate::cli::complaint::Complaint;
use crate::cli::desk::Wanted;
use crate::config::edit::Draft;
use crate::config::{environment, found, words};
use crate::domain::secret::{Place, SignIn};
use crate::provider::registry;

/// A profile to be added; what is missing is asked for on a terminal.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each of them is a flag")]
pub struct Add {
    /// Its name, made of a-z, 0-9, _ and -
    pub name: Option<String>,

    /// Its service: balena, clerk, vulos
    #[arg(long, value_name = "P")]
    pub provider: Option<String>,

    /// The service's address, if not its own
    #[arg(long, value_name = "U")]
    pub url: Option<String>,

    #[command(flatten)]
    secret: SecretPlace,

    /// The application for signing in, as registered with the service
    #[arg(
        long,
        value_name = "ID",
        requires = "redirect",
        conflicts_with = "place"
    )]
    pub client_id: Option<String>,

    /// Where the browser brings the answer, as registered: an http address on this machine
    #[arg(long, value_name = "U", requires = "client_id")]
    pub redirect: Option<String>,

    /// Real people depend on it
    #[arg(long)]
    pub production: bool,

    /// Writing is meant to be possible; `--read-only` says that it is not
    #[arg(long)]
    pub read_write: bool,

    /// Keep a sign-in in a file that only you can read, where no keyring keeps it
    #[arg(long)]
    pub keep_in_file: bool,

    /// Open the address of a sign-in in a browser
    #[arg(long)]
    pub browser: bool,

    /// Add it even if it does not work now
    #[arg(long)]
    pub untested: bool,

    /// Ask nothing, even on a terminal
    #[arg(long)]
    pub no_input: bool,
}

impl Add {
    /// What no flag says and somebody would have to be asked for.
    fn missing(&self) -> Vec<&'static str> {
        let secret = &self.secret;
        let has_place = self.client_id.is_some()
            || secret.token_env.is_some()
            || secret.token_command.is_some()
            || secret.token_file.is_some()
            || secret.token_keyring.is_some();
        [
            (self.name.is_none(), "its NAME"),
            (self.provider.is_none(), "its service (--provider P)"),
            (!has_place, PLACES),
        ]
        .into_iter()
        .filter_map(|(is_missing, what)| is_missing.then_some(what))
        .collect()
    }
}

/// The flags that say where a secret is.
const PLACES: &str = "where its secret is (--token-env V, --token-command C, --token-file F, --token-keyring K, \
                      or --client-id ID with --redirect U)";

/// Where the secret is; the secret itself is never an argument.
#[derive(Debug, clap::Args)]
#[group(id = "place", multiple = false)]
#[expect(
    clippy::struct_field_names,
    reason = "the fields are the flags, whose names are fixed"
)]
struct SecretPlace {
    /// The environment variable that holds the secret
    #[arg(long, value_name = "V")]
    token_env: Option<String>,

    /// The command that prints the secret, run without a shell
    #[arg(long, value_name = "C")]
    token_command: Option<String>,

    /// The file that holds the secret, readable by its owner alone
    #[arg(long, value_name = "F")]
    token_file: Option<PathBuf>,

    /// The keyring's entry that holds the secret
    #[arg(long, value_name = "K")]
    token_keyring: Option<String>,
}

/// What flags and answers make of a profile.
pub(super) fn draft(
    add: &Add,
    ask: &mut Option<Ask<'_>>,
    wanted: Wanted<'_>,
) -> Result<Draft, Complaint> {
    let missing = add.missing();
    if ask.is_none() && !missing.is_empty() {
        let message = format!("a profile needs {}", missing.join(", "));
        return Err(Complaint::usage(
            message,
            "on a terminal they are asked for",
        ));
    }
    let services: Vec<&'static str> = registry::all().iter().map(|row| row.name).collect();
    let provider = match (&add.provider, ask.as_mut()) {
        (Some(provider), _) => provider.clone(),
        (None, Some(ask)) => {
            let chosen = ask.choice("Which service?", &services);
            chosen.map_err(|_| gone())?.to_owned()
        }
        (None, None) => return Err(gone()),
    };
    let name = match (&add.name, ask.as_mut()) {
        (Some(name), _) => name.clone(),
        (None, Some(ask)) => {
            let asked = ask.line("A name for the profile?", Some(&provider));
            asked.map_err(|_| gone())?
        }
        (None, None) => return Err(gone()),
    };
    let found = found::places(wanted.environment, &provider);
    let default_url = registry::find(&provider).map_or("", |service| service.default_url);
    let url = match (&add.url, ask.as_mut()) {
        (Some(url), _) => Some(url.clone()),
        (None, Some(ask)) => {
            let proposed = found::url(wanted.environment, &provider);
            let proposed = proposed.as_deref().unwrap_or(default_url);
            let asked = ask.line("Its address?", Some(proposed));
            Some(asked.map_err(|_| gone())?)
        }
        (None, None) => None,
    };
    Ok(Draft {
        token: place(add, ask, &found)?,
        url: url.filter(|url| url != default_url),
        name,
        provider,
        production: add.production,
        read_only: false,
        ca_file: None,
    })
}

/// Where the secret is.
fn place(add: &Add, ask: &mut Option<Ask<'_>>, found: &[Place]) -> Result<Place, Complaint> {
    if let (Some(client_id), Some(redirect)) = (&add.client_id, &add.redirect) {
        return Ok(Place::SignIn(SignIn {
            client_id: client_id.clone(),
            redirect: redirect.clone(),
        }));
    }
    let secret = &add.secret;
    if let Some(name) = &secret.token_env {
        return variable(name);
    }
    if let Some(line) = &secret.token_command {
        let words = words::split(line).map_err(unsplit)?;
        return Ok(Place::Command(words));
    }
    if let Some(path) = &secret.token_file {
        return Ok(Place::File(path.clone()));
    }
    if let Some(name) = &secret.token_keyring {
        return Ok(Place::Keyring(name.clone()));
    }
    match ask {
        Some(ask) => asked(ask, found),
        None => Err(gone()),
    }
}

fn asked(ask: &mut Ask<'_>, found: &[Place]) -> Result<Place, Complaint> {
    for place in found {
        let question = format!("Use the secret in {}?", place.words());
        if ask.yes(&question, Yes::Default).map_err(|_| gone())? {
            return Ok(place.clone());
        }
    }
    let kinds = ["env", "command", "file", "keyring", "sign-in"];
    let kind = ask.choice("Where is the secret?", &kinds);
    let mut line = |question: &str| ask.line(question, None).map_err(|_| gone());
    match kind.map_err(|_| gone())? {
        "env" => variable(&line("Which environment variable?")?),
        "command" => {
            let words = words::split(&line("Which command prints it?")?);
            words.map(Place::Command).map_err(unsplit)
        }
        "file" => Ok(Place::File(PathBuf::from(line("Which file?")?))),
        "keyring" => Ok(Place::Keyring(line("Which entry of the service orgdeck?")?)),
        _ => Ok(Place::SignIn(SignIn {
            client_id: line("The application's client id?")?,
            redirect: line("Its redirect, as registered?")?,
        })),
    }
}

/// The name of a variable; one that looks like a secret is not repeated, and not written.
fn variable(name: &str) -> Result<Place, Complaint> {
    if !environment::is_name(name) {
        let why = "that is no name of a variable: the secret itself does not belong here";
        return Err(Complaint::usage(
            why,
            "put the secret into a variable and name that",
        ));
    }
    Ok(Place::Env {
        name: name.to_owned(),
        value: None,
    })
}

fn unsplit(why: &'static str) -> Complaint {
    Complaint::usage(why, "quote it as a shell would")
}

fn gone() -> Complaint {
    Complaint::usage("nobody answers any more", "nothing was written")
}
