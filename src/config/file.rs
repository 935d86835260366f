//! The configuration file: what may stand in it, and exactly where it is wrong if it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value as Json;
use toml::Spanned;
use url::Url;

use super::environment;
use super::wrong::{Misplaced, Wrong, in_words, unknown};
use crate::domain::connection::BodyFormat;
use crate::domain::secret::{Place, SignIn};
use crate::domain::{Keep, Origin, Refresh, Secret};

/// What a configuration file says, checked.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// The accounts, in their order.
    pub profiles: Vec<Profile>,
    /// How long the journal is kept, if the file says.
    pub journal_keep: Option<Keep>,
}

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
    /// The variables that hold secrets of any profile: no other program inherits them.
    pub hidden: Vec<String>,
}

/// What a file says beside its profiles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The share of the members, in per cent, that one yes may remove where they are many.
    pub removal_cap: Option<u8>,
    /// How often lists are read again by themselves.
    pub refresh: Option<Refresh>,
}

impl Profile {
    /// Whether real people depend on it: as the file says, or as a secret says that is at hand.
    pub fn is_production(&self) -> Option<bool> {
        let says_live = match &self.token {
            Place::Env { value, .. } => value.as_ref().is_some_and(is_live),
            Place::Given(secret) => is_live(secret),
            Place::Command(_) | Place::File(_) | Place::Keyring(_) | Place::SignIn(_) => false,
        };
        self.production.or(says_live.then_some(true))
    }
}

/// The one kind of secret that says what depends on it.
fn is_live(secret: &Secret) -> bool {
    secret.expose().starts_with("sk_live_")
}

/// A service that a profile may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: &'static str,
    /// The origin that is used when none is given.
    pub default_url: &'static str,
}

/// The configuration of orgdeck.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "orgdeck/config.toml")]
struct Document {
    /// How long the journal is kept, in days, such as "400d".
    #[schemars(with = "Option<String>", extend("pattern" = "^[1-9][0-9]*d$"))]
    journal_keep: Option<Spanned<String>>,
    /// The share of an organization's members, in per cent, that one yes may remove where they are more
    /// than five.
    #[schemars(with = "Option<u8>", range(min = 0, max = 100))]
    removal_cap: Option<Spanned<u8>>,
    /// The seconds after which the console reads its lists again by itself, at least 10; 0 or "off" is
    /// never.
    #[schemars(with = "Option<Often>")]
    refresh: Option<Spanned<Often>>,
    /// The accounts, by a name made of a-z, 0-9, _ and -.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ProfileFile>")]
    profiles: BTreeMap<Spanned<String>, Spanned<ProfileFile>>,
}

/// How often something is done.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "seconds, or \"off\"")]
enum Often {
    /// A number of seconds.
    Seconds(u64),
    /// A word instead.
    Word(Never),
}

/// The word for what is never done.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Never {
    /// Never.
    Off,
}

/// An account of a service.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    /// The service.
    #[schemars(with = "String")]
    provider: Spanned<String>,
    /// The service's origin without a path; default: the service's own.
    #[schemars(with = "Option<String>")]
    url: Option<Spanned<String>>,
    /// Where the secret is; the secret itself is never in this file.
    #[schemars(with = "TokenFile")]
    token: Spanned<TokenFile>,
    /// Whether real people depend on it; guessed where nothing is said.
    production: Option<bool>,
    /// Whether writing is switched off.
    #[serde(default)]
    read_only: bool,
    /// A file with more certificates to trust, in PEM.
    ca_file: Option<PathBuf>,
    /// How Vulos takes bodies: json or form.
    #[schemars(with = "Option<String>", extend("enum" = ["json", "form"]))]
    body: Option<Spanned<String>>,
}

/// Where a secret is: exactly one of these.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "the place of a secret, such as { env = \"NAME\" }, and not the secret"
)]
#[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
struct TokenFile {
    /// The environment variable that holds it.
    env: Option<String>,
    /// The command that prints it: a program and its arguments, run without a shell.
    command: Option<Vec<String>>,
    /// The file that holds it; only its owner may be able to read it.
    file: Option<PathBuf>,
    /// The entry of the system's keyring, under the service `orgdeck`.
    keyring: Option<String>,
    /// A sign-in at the service itself.
    oauth: Option<OauthFile>,
}

/// The application on whose behalf a person signs in.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OauthFile {
    /// The id of the application that is registered with the service.
    client_id: String,
    /// Where the browser brings the answer: an http address on this machine, exactly as registered.
    redirect: String,
}

/// What may stand in the file, as a JSON schema.
pub fn schema(known: &[Known]) -> Json {
    let mut schema = schemars::schema_for!(Document).to_value();
    let names: Vec<&str> = known.iter().map(|service| service.name).collect();
    schema["$defs"]["ProfileFile"]["properties"]["provider"]["enum"] = Json::from(names);
    schema
}

/// The profiles of a file with this content, on these services.
///
/// # Errors
/// As [`whole`].
pub fn parse(bytes: &[u8], name: &str, known: &[Known]) -> Result<Vec<Profile>, Wrong> {
    Ok(whole(bytes, name, known)?.profiles)
}

/// What a file with this content says, on these services.
///
/// # Errors
/// The first thing that is wrong, with its place and what would be right.
pub fn whole(bytes: &[u8], name: &str, known: &[Known]) -> Result<File, Wrong> {
    let (document, text) = document(bytes, name)?;
    let checked = document.profiles.into_iter().map(|(profile, file)| {
        let start = profile.span().start;
        check(&profile, file.into_inner(), known).map(|profile| (start, profile))
    });
    let mut profiles: Vec<(usize, Profile)> = checked
        .collect::<Result<_, Misplaced>>()
        .map_err(|misplaced| Wrong::at(name, text, misplaced))?;
    profiles.sort_by_key(|(start, _)| *start);
    refresh(document.refresh.as_ref()).map_err(|misplaced| Wrong::at(name, text, misplaced))?;
    let keep = keep(document.journal_keep.as_ref());
    Ok(File {
        profiles: hiding(profiles.into_iter().map(|(_, profile)| profile).collect()),
        journal_keep: keep.map_err(|misplaced| Wrong::at(name, text, misplaced))?,
    })
}

fn keep(days: Option<&Spanned<String>>) -> Result<Option<Keep>, Misplaced> {
    let parsed = days.map(|days| {
        let keep = days.get_ref().parse();
        keep.map_err(|error| (days.span().start, format!("journal_keep: {error}")))
    });
    parsed.transpose()
}

/// Each with the variables that hold secrets of all of them, and those that are known to hold some.
fn hiding(mut profiles: Vec<Profile>) -> Vec<Profile> {
    let named = profiles.iter().filter_map(|profile| match &profile.token {
        Place::Env { name, .. } => Some(name.clone()),
        Place::Command(_)
        | Place::File(_)
        | Place::Given(_)
        | Place::Keyring(_)
        | Place::SignIn(_) => None,
    });
    let known = environment::secrets().map(str::to_owned);
    let copies = profiles.iter().flat_map(|profile| match &profile.token {
        Place::Env { value, .. } => environment::copies(value.as_ref()),
        Place::Command(_)
        | Place::File(_)
        | Place::Given(_)
        | Place::Keyring(_)
        | Place::SignIn(_) => Vec::new(),
    });
    let hidden: BTreeSet<String> = named.chain(known).chain(copies).collect();
    for profile in &mut profiles {
        profile.hidden = hidden.iter().cloned().collect();
    }
    profiles
}

/// What a file with this content says beside its profiles.
///
/// # Errors
/// The first thing that is wrong, with its place and what would be right.
pub fn options(bytes: &[u8], name: &str) -> Result<Options, Wrong> {
    let (document, text) = document(bytes, name)?;
    Ok(Options {
        removal_cap: document.removal_cap.map(Spanned::into_inner),
        refresh: refresh(document.refresh.as_ref())
            .map_err(|misplaced| Wrong::at(name, text, misplaced))?,
    })
}

fn refresh(often: Option<&Spanned<Often>>) -> Result<Option<Refresh>, Misplaced> {
    let checked = often.map(|often| match often.get_ref() {
        Often::Word(Never::Off) => Ok(Refresh::Off),
        Often::Seconds(count) => Refresh::seconds(*count).ok_or_else(|| {
            let least = Refresh::LEAST;
            let message = format!("refresh: seconds, {least} at the least; 0 or \"off\" is never");
            (often.span().start, message)
        }),
    });
    checked.transpose()
}

fn document<'a>(bytes: &'a [u8], name: &str) -> Result<(Document, &'a str), Wrong> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        Wrong::at(name, &good, (good.len(), "not UTF-8 text".to_owned()))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document: Document = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Wrong::at(name, text, (at, in_words(error.message())))
    })?;
    if let Some(cap) = document
        .removal_cap
        .as_ref()
        .filter(|cap| *cap.get_ref() > 100)
    {
        let message = "removal_cap: per cent, from 0 to 100".to_owned();
        return Err(Wrong::at(name, text, (cap.span().start, message)));
    }
    Ok((document, text))
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
        hidden: Vec::new(),
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
        (Some(name), None, None, None, None) if !environment::is_name(&name) => wrong(
            "`env` takes the name of a variable: put the secret into one and do not keep it here",
        ),
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
        (None, None, None, Some(name), None) => Ok(Place::Keyring(name)),
        (None, None, None, None, Some(file)) => match sign_in(file) {
            Ok(place) => Ok(place),
            Err(message) => wrong(&message),
        },
        _ => wrong("exactly one of `env`, `command`, `file`, `keyring`, `oauth` is needed"),
    }
}

/// The answer to a sign-in comes back to this machine, or to nobody.
fn sign_in(file: OauthFile) -> Result<Place, String> {
    let url = Url::parse(&file.redirect).ok();
    let at_home = |url: &Url| {
        let root = format!("{}/", url.origin().ascii_serialization());
        url.scheme() == "http" && Origin::parse(&root).is_ok()
    };
    if !url.is_some_and(|url| at_home(&url) && url.query().is_none() && url.fragment().is_none()) {
        let example = "such as http://127.0.0.1:8080/callback";
        return Err(format!(
            "`redirect` is an http address on this machine, {example}"
        ));
    }
    Ok(Place::SignIn(SignIn {
        client_id: file.client_id,
        redirect: file.redirect,
    }))
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
