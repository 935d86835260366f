//! The configuration file: what may stand in it, and exactly where it is wrong if it is.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;

use super::environment;
use crate::domain::Origin;
use crate::domain::connection::BodyFormat;
use crate::domain::secret::Place;

/// A configured account, checked.
#[derive(Clone)]
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

/// A service that a profile may name: its name, and the origin that is used when none is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: &'static str,
    /// Its own origin.
    pub default_url: &'static str,
}

/// What is wrong with a configuration file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct Wrong {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong, what would be right.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    profiles: BTreeMap<Spanned<String>, ProfileFile>,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
enum TokenFile {
    Env(String),
    Command(Vec<String>),
    File(PathBuf),
    Keyring(#[expect(dead_code, reason = "checked, and not read yet")] String),
    Oauth(#[expect(dead_code, reason = "checked, and not used yet")] OauthFile),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OauthFile {
    #[expect(dead_code, reason = "checked, and not used yet")]
    client_id: String,
    #[expect(dead_code, reason = "checked, and not used yet")]
    redirect: String,
}

/// The profiles of a file with this content, on these services.
///
/// # Errors
/// The first thing that is wrong, with its place and what would be right.
pub fn parse(bytes: &[u8], name: &str, known: &[Known]) -> Result<Vec<Profile>, Wrong> {
    let place = |text: &str, at: usize, message: String| wrong(name, text, (at, message));
    let text = std::str::from_utf8(bytes).map_err(|error| {
        place(
            "",
            0,
            format!("not UTF-8 after {} bytes", error.valid_up_to()),
        )
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document: Document = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        place(text, at, in_words(error.message()))
    })?;
    let mut profiles = Vec::new();
    for (name, profile) in document.profiles {
        let checked =
            check(&name, profile, known).map_err(|(at, message)| place(text, at, message))?;
        profiles.push((name.span().start, checked));
    }
    profiles.sort_by_key(|(at, _)| *at);
    Ok(profiles.into_iter().map(|(_, profile)| profile).collect())
}

/// The parser's words, with the nearest right name behind a wrong one.
fn in_words(message: &str) -> String {
    let message = message.replace('\n', " ");
    let mut quoted = message.split('`').skip(1).step_by(2);
    let is_name = message.starts_with("unknown field") || message.starts_with("unknown variant");
    let Some(wrong) = quoted.next().filter(|_| is_name) else {
        return message;
    };
    let known: Vec<&str> = quoted.collect();
    match nearest(wrong, &known) {
        Some(near) => format!("{message}; did you mean `{near}`?"),
        None => message,
    }
}

fn nearest<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = |name: &&&str| strsim::damerau_levenshtein(wrong, name);
    let best = known.iter().min_by_key(near)?;
    (strsim::damerau_levenshtein(wrong, best) <= 3).then_some(*best)
}

type Misplaced = (usize, String);

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
        token: token(&file.token)?,
        production: file.production,
        read_only: file.read_only,
        ca_file: file.ca_file,
        body: body(file.body.as_ref())?,
    })
}

fn service<'a>(name: &Spanned<String>, known: &'a [Known]) -> Result<&'a Known, Misplaced> {
    let wrong = name.get_ref();
    known
        .iter()
        .find(|service| service.name == wrong)
        .ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(|service| service.name).collect();
            let near = nearest(wrong, &names)
                .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            let message = format!(
                "unknown provider `{wrong}`, expected {}{near}",
                names.join(", ")
            );
            (name.span().start, message)
        })
}

fn origin(url: Option<&Spanned<String>>, service: &Known, at: usize) -> Result<Origin, Misplaced> {
    let (text, at) = match url {
        Some(url) => (url.get_ref().as_str(), url.span().start),
        None => (service.default_url, at),
    };
    Origin::parse(text).map_err(|error| (at, format!("url: {error}")))
}

fn token(file: &Spanned<TokenFile>) -> Result<Place, Misplaced> {
    Ok(match file.get_ref() {
        TokenFile::Env(name) => Place::Env {
            name: name.clone(),
            value: environment::secret(name),
        },
        TokenFile::Command(words) if words.is_empty() => {
            return Err((file.span().start, "command: a program is needed".to_owned()));
        }
        TokenFile::Command(words) => Place::Command(words.clone()),
        TokenFile::File(path) => Place::File(path.clone()),
        TokenFile::Keyring(_) => Place::Unusable("this version cannot read keyrings yet"),
        TokenFile::Oauth(_) => Place::Unusable("this version cannot sign in by browser yet"),
    })
}

fn body(word: Option<&Spanned<String>>) -> Result<BodyFormat, Misplaced> {
    match word.map(|word| (word.get_ref().as_str(), word.span().start)) {
        None | Some(("json", _)) => Ok(BodyFormat::Json),
        Some(("form", _)) => Ok(BodyFormat::Form),
        Some((other, at)) => Err((at, format!("unknown body `{other}`, expected json, form"))),
    }
}

fn wrong(file: &str, text: &str, (at, message): Misplaced) -> Wrong {
    let before = text.get(..at).unwrap_or(text);
    Wrong {
        file: file.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before
            .rsplit('\n')
            .next()
            .map_or(0, |line| line.chars().count())
            + 1,
        message,
    }
}
