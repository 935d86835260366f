//! What a person without a configuration already has on this machine: names, never values.

use std::fmt::Write as _;
use std::path::Path;

use super::Environment;
use crate::files;

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
    let token = environment
        .home
        .as_deref()
        .map(|home| home.join(".balena/token"))
        .filter(|path| files::exists(path));
    found.extend(token.map(|path| login_file(&path)));
    found
}

fn variable(name: &str) -> Found {
    let (profile, provider) = match name {
        "CLERK_SECRET_KEY" => ("clerk", "clerk"),
        "VULOS_TOKEN" => ("vulos", "vulos"),
        "BALENA_API_KEY" => ("balena-key", "balena"),
        _ => ("balena", "balena"),
    };
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
