//! The configuration file: what may stand in it, and exactly where it is wrong if it is.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;

use super::environment;
use super::wrong::{Misplaced, Wrong, in_words, unknown};
use crate::domain::Origin;
use crate::domain::connection::BodyFormat;
use crate::domain::secret::Place;

/// A configured account, checked.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// The name of its service, one of those that are known.
    pub provider: &'static str,
    /// Where requests go.
    pub origin: Origin,
    /// Where the secret is.
    pub token: Place,
    /// Whether real people depend on it, if the file says.
    pub production: Option<bool>,
    /// Whether writing is switched off.
    pub read_only: bool,
    /// A file with more certificates to trust.
    pub ca_file: Option<PathBuf>,
    /// How bodies are encoded.
    pub body: BodyFormat,
}

/// A service that a profile may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: &'static str,
    /// The origin that is used when none is given.
    pub default_url: &'static str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    profiles: BTreeMap<Spanned<String>, Spanned<ProfileFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    provider: Spanned<String>,
    url: Option<Spanned<String>>,
    token: Spanned<TokenFile>,
    production: Option<bool>,
    #[serde(default)]
    read_only: bool,
    ca_file: Option<PathBuf>,
    body: Option<Spanned<String>>,
}

/// Exactly one of its fields.
#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "the place of a secret, such as { env = \"NAME\" }, and not the secret"
)]
struct TokenFile {
    env: Option<String>,
    command: Option<Vec<String>>,
    file: Option<PathBuf>,
    keyring: Option<String>,
    oauth: Option<OauthFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OauthFile {
    #[serde(rename = "client_id")]
    _client_id: String,
    #[serde(rename = "redirect")]
    _redirect: String,
}

/// The profiles of a file with this content, on these services.
///
/// # Errors
/// The first thing that is wrong, with its place and what would be right.
pub fn parse(bytes: &[u8], name: &str, known: &[Known]) -> Result<Vec<Profile>, Wrong> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        Wrong::at(name, &good, (good.len(), "not UTF-8 text".to_owned()))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document: Document = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Wrong::at(name, text, (at, in_words(error.message())))
    })?;
    let checked = document.profiles.into_iter().map(|(profile, file)| {
        let start = profile.span().start;
        check(&profile, file.into_inner(), known).map(|profile| (start, profile))
    });
    let mut profiles: Vec<(usize, Profile)> = checked
        .collect::<Result<_, Misplaced>>()
        .map_err(|misplaced| Wrong::at(name, text, misplaced))?;
    profiles.sort_by_key(|(start, _)| *start);
    Ok(profiles.into_iter().map(|(_, profile)| profile).collect())
}

fn check(name: &Spanned<String>, file: ProfileFile, known: &[Known]) -> Result<Profile, Misplaced> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    if name.get_ref().is_empty() || !name.get_ref().chars().all(fits) {
        let message = "a profile's name is made of a-z, 0-9, _ and -".to_owned();
        return Err((name.span().start, message));
    }
    let service = service(&file.provider, known)?;
    Ok(Profile {
        name: name.get_ref().clone(),
        provider: service.name,
        origin: origin(file.url.as_ref(), service, file.provider.span().start)?,
        token: token(file.token)?,
        production: file.production,
        read_only: file.read_only,
        ca_file: file.ca_file,
        body: body(file.body.as_ref())?,
    })
}

fn service<'a>(name: &Spanned<String>, known: &'a [Known]) -> Result<&'a Known, Misplaced> {
    let wanted = name.get_ref();
    let service = known.iter().find(|service| service.name == wanted);
    service.ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|service| service.name).collect();
        (name.span().start, unknown("provider", wanted, &names))
    })
}

fn origin(url: Option<&Spanned<String>>, service: &Known, at: usize) -> Result<Origin, Misplaced> {
    let (text, at) = match url {
        Some(url) => (url.get_ref().as_str(), url.span().start),
        None => (service.default_url, at),
    };
    Origin::parse(text).map_err(|error| (at, format!("url: {error}")))
}

fn token(file: Spanned<TokenFile>) -> Result<Place, Misplaced> {
    let at = file.span().start;
    let wrong = |message: &str| Err((at, format!("token: {message}")));
    let TokenFile {
        env,
        command,
        file,
        keyring,
        oauth,
    } = file.into_inner();
    match (env, command, file, keyring, oauth) {
        (Some(name), None, None, None, None) => Ok(Place::Env {
            value: environment::secret(&name),
            name,
        }),
        (None, Some(words), None, None, None) if words.first().is_none_or(String::is_empty) => {
            wrong(
                "`command` needs a program and its arguments, such as [\"pass\", \"show\", \"x\"]",
            )
        }
        (None, Some(words), None, None, None) => Ok(Place::Command(words)),
        (None, None, Some(path), None, None) => Ok(Place::File(path)),
        (None, None, None, Some(_), None) => Ok(Place::Unusable(
            "this version cannot read keyrings yet: use env, command or file",
        )),
        (None, None, None, None, Some(_)) => Ok(Place::Unusable(
            "this version cannot sign in by browser yet: use env, command or file",
        )),
        _ => wrong("exactly one of `env`, `command`, `file`, `keyring`, `oauth` is needed"),
    }
}

fn body(word: Option<&Spanned<String>>) -> Result<BodyFormat, Misplaced> {
    let Some(word) = word else {
        return Ok(BodyFormat::default());
    };
    match word.get_ref().as_str() {
        "json" => Ok(BodyFormat::Json),
        "form" => Ok(BodyFormat::Form),
        other => Err((word.span().start, unknown("body", other, &["json", "form"]))),
    }
}
