//! What a person without a configuration already has on this machine: names, never values.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::Environment;
use crate::domain::secret::Place;
use crate::files::{self, Privacy};

/// The most that is read of another tool's settings, in bytes.
const LARGEST: u64 = 64 * 1024;

/// A credential that services' own tools left here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What was found, in words.
    pub words: String,
    /// The profile that would use it, as TOML.
    pub toml: String,
}

/// What was found.
pub fn found(environment: &Environment) -> Vec<Found> {
    let mut found: Vec<Found> = environment
        .credentials
        .iter()
        .map(|name| variable(name))
        .collect();
    let token = login(environment);
    found.extend(token.map(|path| login_file(&path)));
    found
}

/// The places of secrets for a service that were found, the likeliest first.
pub fn places(environment: &Environment, provider: &str) -> Vec<Place> {
    let named = environment.credentials.iter().map(|name| Place::Env {
        name: (*name).to_owned(),
        value: None,
    });
    let file = login(environment).map(Place::File);
    let all = named.chain(file);
    all.filter(|place| service_of(place) == provider).collect()
}

/// The address that a service's own tools are set to, if it is another one than the service's own.
pub fn url(environment: &Environment, provider: &str) -> Option<String> {
    if provider != "balena" {
        return None;
    }
    let domain = environment.balena_domain.clone();
    let domain = domain.or_else(|| set_domain(environment.home.as_deref()?))?;
    Some(format!("https://api.{domain}"))
}

/// The domain in the settings of balena's own tools.
fn set_domain(home: &Path) -> Option<String> {
    let bytes = files::read(&home.join(".balenarc.yml"), LARGEST, Privacy::Public).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let value = text
        .lines()
        .find_map(|line| line.strip_prefix("balenaUrl:"))?;
    let value = value.split('#').next().unwrap_or_default().trim();
    let value = value.trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}

fn service_of(place: &Place) -> &'static str {
    match place {
        Place::Env { name, .. } => profile_of(name).1,
        Place::File(_)
        | Place::Command(_)
        | Place::Keyring(_)
        | Place::SignIn(_)
        | Place::Given(_) => "balena",
    }
}

/// The login file of the balena CLI, if it is there.
fn login(environment: &Environment) -> Option<PathBuf> {
    let path = environment.home.as_deref()?.join(".balena/token");
    files::exists(&path).then_some(path)
}

/// The profile and the service that a variable is for.
fn profile_of(name: &str) -> (&'static str, &'static str) {
    match name {
        "CLERK_SECRET_KEY" => ("clerk", "clerk"),
        "VULOS_TOKEN" => ("vulos", "vulos"),
        "BALENA_API_KEY" => ("balena-key", "balena"),
        _ => ("balena", "balena"),
    }
}

fn variable(name: &str) -> Found {
    let (profile, provider) = profile_of(name);
    Found {
        words: format!("{name} in the environment"),
        toml: profile_toml(profile, provider, &format!("{{ env = \"{name}\" }}")),
    }
}

fn login_file(path: &Path) -> Found {
    Found {
        words: "the login file of the balena CLI".to_owned(),
        toml: profile_toml(
            "balena-cli",
            "balena",
            &format!("{{ file = {} }}", quoted(path)),
        ),
    }
}

/// A path as a TOML string.
fn quoted(path: &Path) -> toml::Value {
    toml::Value::String(path.to_string_lossy().into_owned())
}

fn profile_toml(name: &str, provider: &str, token: &str) -> String {
    format!("[profiles.{name}]\nprovider = \"{provider}\"\ntoken = {token}\nread_only = true\n")
}

/// The TOML that would use what was found; an example of each service where nothing was.
pub fn toml(found: &[Found]) -> String {
    let mut text = String::new();
    for one in found {
        let _ = writeln!(text, "{}", one.toml);
    }
    if found.is_empty() {
        for (provider, variable) in [
            ("balena", "BALENA_TOKEN"),
            ("clerk", "CLERK_SECRET_KEY"),
            ("vulos", "VULOS_TOKEN"),
        ] {
            let token = format!("{{ env = \"{variable}\" }}");
            let _ = writeln!(text, "{}", profile_toml(provider, provider, &token));
        }
    }
    text
}

/// A path for people.
pub fn shown(path: Option<&Path>) -> String {
    path.map_or_else(
        || "your configuration file".to_owned(),
        |path| path.display().to_string(),
    )
}
