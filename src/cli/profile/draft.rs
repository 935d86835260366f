//! What flags and answers make of a profile, before anything is tried or written.
//!
//! The person's secret is never asked for and never an argument: what is asked is where it is.

use std::path::PathBuf;

use super::Call;
use crate::cli::ask::{Ask, Yes};
use crate::config::edit::Draft;
use crate::config::{found, words};
use crate::domain::secret::{Place, SignIn};
use crate::provider::registry;

/// A profile to be added; what is missing is asked for on a terminal.
#[derive(Debug, clap::Args)]
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
}

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

/// Somebody at a terminal.
pub(super) struct Person<'a> {
    /// How they are asked.
    pub(super) ask: Ask<'a>,
}

/// Why nothing is added: words, and what helps.
pub(super) type Refused = (String, &'static str);

/// What flags and answers make of a profile.
pub(super) fn draft(
    add: &Add,
    person: &mut Option<Person<'_>>,
    call: Call<'_>,
) -> Result<Draft, Refused> {
    let services: Vec<&'static str> = registry::all().iter().map(|row| row.name).collect();
    let provider = match (&add.provider, person.as_mut()) {
        (Some(provider), _) => provider.clone(),
        (None, Some(person)) => {
            let chosen = person.ask.choice("Which service?", &services);
            chosen.map_err(|_| gone())?.to_owned()
        }
        (None, None) => return Err(("which service is missing".to_owned(), "--provider P")),
    };
    let name = match (&add.name, person.as_mut()) {
        (Some(name), _) => name.clone(),
        (None, Some(person)) => {
            let asked = person.ask.line("A name for the profile?", Some(&provider));
            asked.map_err(|_| gone())?
        }
        (None, None) => return Err(("the name is missing".to_owned(), "profile add NAME")),
    };
    let found = found::places(call.environment, &provider);
    let default_url = registry::find(&provider).map_or("", |service| service.default_url);
    let url = match (&add.url, person.as_mut()) {
        (Some(url), _) => Some(url.clone()),
        (None, Some(person)) => {
            let proposed = found::url(call.environment, &provider);
            let proposed = proposed.as_deref().unwrap_or(default_url);
            let asked = person.ask.line("Its address?", Some(proposed));
            Some(asked.map_err(|_| gone())?)
        }
        (None, None) => None,
    };
    Ok(Draft {
        token: place(add, person, &found)?,
        url: url.filter(|url| url != default_url),
        name,
        provider,
        production: add.production,
        read_only: false,
        ca_file: None,
    })
}

/// Where the secret is.
fn place(add: &Add, person: &mut Option<Person<'_>>, found: &[Place]) -> Result<Place, Refused> {
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
        let words =
            words::split(line).map_err(|why| (why.to_owned(), "quote it as a shell would"))?;
        return Ok(Place::Command(words));
    }
    if let Some(path) = &secret.token_file {
        return Ok(Place::File(path.clone()));
    }
    if let Some(name) = &secret.token_keyring {
        return Ok(Place::Keyring(name.clone()));
    }
    match person {
        Some(person) => asked(person, found),
        None => Err((
            "where the secret is, is missing".to_owned(),
            "--token-env, --token-command, --token-file, --token-keyring, or --client-id and --redirect",
        )),
    }
}

fn asked(person: &mut Person<'_>, found: &[Place]) -> Result<Place, Refused> {
    for place in found {
        let question = format!("Use the secret in {}?", place.words());
        if person
            .ask
            .yes(&question, Yes::Default)
            .map_err(|_| gone())?
        {
            return Ok(place.clone());
        }
    }
    let kinds = ["env", "command", "file", "keyring", "sign-in"];
    let kind = person.ask.choice("Where is the secret?", &kinds);
    let mut line = |question: &str| person.ask.line(question, None).map_err(|_| gone());
    match kind.map_err(|_| gone())? {
        "env" => variable(&line("Which environment variable?")?),
        "command" => {
            let words = words::split(&line("Which command prints it?")?);
            let quote = "quote it as a shell would";
            words
                .map(Place::Command)
                .map_err(|why| (why.to_owned(), quote))
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
fn variable(name: &str) -> Result<Place, Refused> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_name = !name.is_empty() && name.len() <= 40 && name.chars().all(fits);
    if !is_name || name.starts_with("sk_") {
        let why = "that is no name of a variable: the secret itself does not belong here";
        return Err((
            why.to_owned(),
            "put the secret into a variable and name that",
        ));
    }
    Ok(Place::Env {
        name: name.to_owned(),
        value: None,
    })
}

fn gone() -> Refused {
    ("nobody answers any more".to_owned(), "nothing was written")
}
