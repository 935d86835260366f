//! `orgdeck profile add`: from flags and answers to a profile that was tried and is written down.
//!
//! Nothing is written before the profile was tried, and the secret itself never is.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::process::ExitCode;

use color_eyre::eyre::Result;

use super::draft::{Add, Person, draft};
use super::{Call, listed, refuse, sign_in, trial};
use crate::app::fault;
use crate::cli::ask::{Ask, Yes};
use crate::cli::doctor::{named, rights};
use crate::cli::output::{Format, code, hint, tell};
use crate::cli::{connect, stop};
use crate::config::edit::{self, Draft, NotChanged};
use crate::config::{self, Profile, file};
use crate::domain::secret::Place;
use crate::files;

/// Adds a profile.
pub(super) async fn run(add: &Add, call: Call<'_>) -> Result<ExitCode> {
    let is_asked = io::stdin().is_terminal() && io::stderr().is_terminal();
    let (mut input, mut output) = (io::stdin().lock(), io::stderr());
    let mut person = is_asked.then_some(Person {
        ask: Ask {
            input: &mut input,
            output: &mut output,
        },
    });
    let path = match call.path() {
        Ok(path) => path,
        Err(code) => return Ok(code),
    };
    let draft = match draft(add, &mut person, call) {
        Ok(draft) => draft,
        Err((error, hint)) => return Ok(stop(2, &error, hint)),
    };
    added(draft, (&path, add), &mut person, call).await
}

async fn added(
    mut draft: Draft,
    (path, add): (&Path, &Add),
    person: &mut Option<Person<'_>>,
    call: Call<'_>,
) -> Result<ExitCode> {
    let text = match config::text(path) {
        Ok(text) => text,
        Err(broken) => return Ok(refuse(&broken)),
    };
    let (profile, is_new) = match profile(&text, &draft) {
        Ok(found) => found,
        Err(error) => return Ok(stop(2, &error.to_string(), "nothing was written")),
    };
    if let Place::SignIn(registered) = &profile.token
        && let Err(fault) = sign_in::run((&profile, registered), person, call).await
    {
        let hint = "nothing was written; a keyring or a file of yours has to keep the sign-in";
        return Ok(stop(code(&fault), &sign_in::why(&fault), hint));
    }
    if let Err(code) = tried(&profile, person, call).await {
        return Ok(code);
    }
    if !is_new {
        tell(&format!("signed in as profile {}", profile.name));
        return Ok(ExitCode::SUCCESS);
    }
    draft.read_only = call.args.read_only || proposes_read_only(person);
    written(path, &draft, add)
}

/// The profile that a draft would be; the one that is there already, if it signs in just the same.
fn profile(text: &str, draft: &Draft) -> Result<(Profile, bool), NotChanged> {
    let known = connect::known();
    let parsed = |text: &str| file::parse(text.as_bytes(), "config.toml", &known);
    match edit::with(text, draft, &known) {
        Ok(after) => {
            let last = parsed(&after)?.pop();
            last.map(|profile| (profile, true))
                .ok_or_else(|| NotChanged::Missing(draft.name.clone()))
        }
        Err(NotChanged::Taken(name)) => {
            let same = |profile: &Profile| {
                profile.name == name
                    && matches!(profile.token, Place::SignIn(_))
                    && profile.token == draft.token
            };
            let there = parsed(text)?.into_iter().find(same);
            there
                .map(|profile| (profile, false))
                .ok_or(NotChanged::Taken(name))
        }
        Err(other) => Err(other),
    }
}

/// Tries the profile and says what was found; a person may add one that does not work yet.
async fn tried(
    profile: &Profile,
    person: &mut Option<Person<'_>>,
    call: Call<'_>,
) -> Result<(), ExitCode> {
    let switch = connect::switch(call.args, call.environment);
    match trial::of(profile, switch).await {
        Ok(tried) => {
            tell(&format!("signed in as {}", named(&tried.principal)));
            tell(&rights(&tried.capabilities, profile.read_only));
            Ok(())
        }
        Err(error) => {
            let words = fault::words(&error);
            tell(words.cause.as_ref());
            let anyway = person
                .as_mut()
                .and_then(|person| person.ask.yes("Add it all the same?", Yes::OnRequest).ok());
            if anyway == Some(true) {
                return Ok(());
            }
            let error_words = "the profile was tried and does not work; nothing was written";
            Err(stop(code(&error.fault), error_words, hint(&error)))
        }
    }
}

fn proposes_read_only(person: &mut Option<Person<'_>>) -> bool {
    let question = "Begin read-only? The file's read_only switches writing on again.";
    person
        .as_mut()
        .is_some_and(|person| person.ask.yes(question, Yes::Default).unwrap_or(true))
}

/// Writes what the file is now, since it may have changed meanwhile, with one more profile.
fn written(path: &Path, draft: &Draft, add: &Add) -> Result<ExitCode> {
    let known = connect::known();
    let text = match config::text(path) {
        Ok(text) => text,
        Err(broken) => return Ok(refuse(&broken)),
    };
    let after = match edit::with(&text, draft, &known) {
        Ok(after) => after,
        Err(error) => return Ok(stop(2, &error.to_string(), "nothing was written")),
    };
    if let Err(error) = files::replace(path, after.as_bytes()) {
        let error = format!("{}: {error}", path.display());
        return Ok(stop(2, &error, "nothing was written"));
    }
    tell(&format!(
        "added profile {} to {}",
        draft.name,
        path.display()
    ));
    if !draft.read_only && add.name.is_some() {
        tell("it may write; `read_only = true` in the file forbids that");
    }
    let read = file::parse(after.as_bytes(), "config.toml", &known).unwrap_or_default();
    let new: Vec<Profile> = read.into_iter().rev().take(1).collect();
    listed(&new).print(Format::Table)
}
