//! Layers: what each setting is now, and which of flags, environment and file says so.

use std::path::Path;

use toml::de::DeTable;

use super::file::Profile;
use super::{Environment, environment};
use crate::domain::connection::BodyFormat;
use crate::domain::{Keep, Refresh};

/// The cap on removals where nobody sets one, in per cent.
const REMOVAL_CAP: &str = "25";

/// A setting as it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name; those of profiles begin with `profiles.`.
    pub key: String,
    /// What it is; nothing where nobody set it.
    pub value: Option<String>,
    /// Who says so.
    pub origin: String,
}

/// The flags that set something.
#[derive(Clone, Debug, Default)]
pub struct Flags<'a> {
    /// `--config`.
    pub config: Option<&'a Path>,
    /// `--profile`.
    pub profiles: &'a [String],
    /// `--read-only`, if it is given.
    pub read_only: Option<bool>,
    /// `--color`, if it says something.
    pub color: Option<&'a str>,
    /// `--log`.
    pub log: Option<&'a Path>,
}

/// The file with what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Where it is.
    pub path: &'a Path,
    /// What stands in it.
    pub text: &'a str,
    /// The profiles in it.
    pub profiles: &'a [Profile],
    /// How long it says that the journal is kept.
    pub journal_keep: Option<Keep>,
}

/// All settings, in the order in which they are documented.
pub fn settings(
    flags: &Flags<'_>,
    environment: &Environment,
    file: Option<Source<'_>>,
) -> Vec<Setting> {
    let mut settings = vec![
        config(flags, environment, file),
        profile(flags, environment),
        read_only(flags, environment),
        color(flags, environment),
        log(flags, environment),
        journal_keep(file),
        removal_cap(file),
        refresh(file),
    ];
    if let Some(file) = file {
        let places = Places::of(file);
        let switch = settings[2].clone();
        let rows = file.profiles.iter();
        settings.extend(rows.flat_map(|profile| of_profile(profile, &places, &switch)));
    }
    settings
}

fn setting(key: &str, layers: &[(Option<String>, &str)]) -> Setting {
    let found = layers
        .iter()
        .find_map(|(value, origin)| Some((value.clone()?, *origin)));
    let (value, origin) = found.map_or((None, "default"), |(value, origin)| (Some(value), origin));
    Setting {
        key: key.to_owned(),
        value,
        origin: origin.to_owned(),
    }
}

fn config(flags: &Flags<'_>, environment: &Environment, file: Option<Source<'_>>) -> Setting {
    let shown = |path: &Path| path.display().to_string();
    let layers = [
        (flags.config.map(shown), "flag --config"),
        (
            environment.config.as_deref().map(shown),
            "environment ORGDECK_CONFIG",
        ),
        (file.map(|file| shown(file.path)), "default"),
    ];
    setting("config", &layers)
}

fn profile(flags: &Flags<'_>, environment: &Environment) -> Setting {
    let joined = |names: &[String]| (!names.is_empty()).then(|| names.join(","));
    let layers = [
        (joined(flags.profiles), "flag --profile"),
        (joined(&environment.profiles), "environment ORGDECK_PROFILE"),
    ];
    setting("profile", &layers)
}

fn read_only(flags: &Flags<'_>, environment: &Environment) -> Setting {
    let on = |set: bool| set.then(|| "true".to_owned());
    let layers = [
        (flags.read_only.and_then(on), "flag --read-only"),
        (on(environment.read_only), "environment ORGDECK_READ_ONLY"),
        (Some("false".to_owned()), "default"),
    ];
    setting("read_only", &layers)
}

fn color(flags: &Flags<'_>, environment: &Environment) -> Setting {
    let wish = |wanted, word: &str| (environment.color == wanted).then(|| word.to_owned());
    let layers = [
        (flags.color.map(str::to_owned), "flag --color"),
        (
            wish(environment::Wish::Never, "never"),
            "environment NO_COLOR",
        ),
        (
            wish(environment::Wish::Always, "always"),
            "environment CLICOLOR_FORCE",
        ),
        (Some("auto".to_owned()), "default"),
    ];
    setting("color", &layers)
}

fn log(flags: &Flags<'_>, environment: &Environment) -> Setting {
    let shown = |path: &Path| path.display().to_string();
    let layers = [
        (flags.log.map(shown), "flag --log"),
        (
            environment.log.as_deref().map(shown),
            "environment ORGDECK_LOG",
        ),
    ];
    setting("log", &layers)
}

fn journal_keep(file: Option<Source<'_>>) -> Setting {
    const KEY: &str = "journal_keep";
    let origin = file
        .map(|file| Places::of(file).place(|table| Some(table.get_key_value(KEY)?.0.span().start)));
    Setting {
        key: KEY.to_owned(),
        value: Some(
            file.and_then(|file| file.journal_keep)
                .unwrap_or_default()
                .to_string(),
        ),
        origin: origin.unwrap_or_else(|| "default".to_owned()),
    }
}

fn removal_cap(file: Option<Source<'_>>) -> Setting {
    of_top("removal_cap", file, REMOVAL_CAP.to_owned())
}

fn refresh(file: Option<Source<'_>>) -> Setting {
    let mut found = of_top("refresh", file, Refresh::default().to_string());
    if found.value.as_deref() == Some("0") {
        found.value = Some(Refresh::Off.to_string());
    }
    found
}

/// A number or word above all profiles.
fn of_top(key: &str, file: Option<Source<'_>>, usual: String) -> Setting {
    let said = file.and_then(|file| {
        let table = DeTable::parse(file.text).ok()?.into_inner();
        let (key, value) = table.get_key_value(key)?;
        let value = value.get_ref();
        let number = value.as_integer().map(ToString::to_string);
        let value = number.or_else(|| value.as_str().map(str::to_owned))?;
        let line = file.text.get(..key.span().start)?.matches('\n').count() + 1;
        Some((value, format!("file {}:{line}", file.path.display())))
    });
    let origin = said.as_ref().map_or("", |(_, origin)| origin.as_str());
    let layers = [
        (said.as_ref().map(|(value, _)| value.clone()), origin),
        (Some(usual), "default"),
    ];
    setting(key, &layers)
}

/// The settings of one profile; its secret is named by its place.
fn of_profile(profile: &Profile, places: &Places<'_>, switch: &Setting) -> Vec<Setting> {
    let body = match profile.body {
        BodyFormat::Json => "json",
        BodyFormat::Form => "form",
    };
    let rows = [
        ("provider", Some(profile.provider.to_owned())),
        ("url", Some(profile.origin.as_str().to_owned())),
        ("token", Some(profile.token.words())),
        (
            "production",
            profile.is_production().map(|set| set.to_string()),
        ),
        ("read_only", Some(profile.read_only.to_string())),
        (
            "ca_file",
            profile
                .ca_file
                .as_ref()
                .map(|path| path.display().to_string()),
        ),
        ("body", Some(body.to_owned())),
    ];
    let named = |(key, value): (&str, Option<String>)| Setting {
        key: format!("profiles.{}.{key}", profile.name),
        value,
        origin: places.origin(&profile.name, key),
    };
    let mut settings: Vec<Setting> = rows.into_iter().map(named).collect();
    for setting in &mut settings {
        // A switch for everything is above what a profile says.
        if setting.key.ends_with(".read_only") && switch.value.as_deref() == Some("true") {
            setting.value.clone_from(&switch.value);
            setting.origin.clone_from(&switch.origin);
        }
    }
    settings
}

/// Where keys stand in a file.
struct Places<'a> {
    file: Source<'a>,
    table: Option<DeTable<'a>>,
}

impl<'a> Places<'a> {
    fn of(file: Source<'a>) -> Self {
        let table = DeTable::parse(file.text).ok();
        Self {
            file,
            table: table.map(toml::Spanned::into_inner),
        }
    }

    /// The file and line of a profile's key; the default where the file does not have it.
    fn origin(&self, profile: &str, key: &str) -> String {
        self.place(|table| {
            let profiles = table.get("profiles")?.get_ref();
            let table = profiles.as_table()?.get(profile)?.get_ref().as_table()?;
            table.get_key_value(key).map(|(key, _)| key.span().start)
        })
    }

    /// The file and line of what begins there.
    fn place(&self, start: impl Fn(&DeTable<'a>) -> Option<usize>) -> String {
        let line = self.table.as_ref().and_then(|table| {
            let before = self.file.text.get(..start(table)?)?;
            Some(before.matches('\n').count() + 1)
        });
        line.map_or("default".to_owned(), |line| {
            format!("file {}:{line}", self.file.path.display())
        })
    }
}
