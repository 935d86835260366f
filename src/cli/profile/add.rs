//! `orgdeck profile add`: from flags and answers to a profile that was tried and is written down.
//!
//! Nothing is written before the profile was tried, and the secret itself never is.

use std::io;
use std::path::Path;

use super::draft::{Add, draft};
use super::{listed, path, sign_in, trial};
use crate::app::fault;
use crate::cli::args::Listing;
use crate::cli::ask::{Ask, Yes};
use crate::cli::complaint::{Complaint, Halt, note};
use crate::cli::desk::{self, Wanted};
use crate::cli::doctor::{named, rights};
use crate::cli::stdin::Person;
use crate::cli::{connect, exit};
use crate::config::edit::{self, Draft, NotChanged};
use crate::config::{self, Profile, file};
use crate::domain::secret::Place;

/// Adds a profile.
pub(super) async fn run(add: &Add, wanted: Wanted<'_>) -> Result<u8, Halt> {
    let (mut input, mut output) = (io::stdin().lock(), io::stderr());
    let mut ask = (Person::here() == Person::There).then_some(Ask {
        input: &mut input,
        output: &mut output,
    });
    let path = path(wanted)?;
    let draft = draft(add, &mut ask, wanted)?;
    added(draft, (&path, add), &mut ask, wanted).await
}

async fn added(
    mut draft: Draft,
    (path, add): (&Path, &Add),
    ask: &mut Option<Ask<'_>>,
    wanted: Wanted<'_>,
) -> Result<u8, Halt> {
    let text = config::text(path).map_err(|wrong| desk::broken(&wrong))?;
    let (profile, is_new) = profile(&text, &draft).map_err(|why| unwritten(&why))?;
    if let Place::SignIn(registered) = &profile.token {
        let done = sign_in::run((&profile, registered), ask, wanted).await;
        done.map_err(|fault| {
            let hint = "nothing was written; a keyring or a file of yours has to keep the sign-in";
            Complaint::new(exit::of(&fault), fault.kind(), sign_in::why(&fault), hint)
        })?;
    }
    tried(&profile, ask, wanted).await?;
    if !is_new {
        note(&format!("signed in as profile {}", profile.name));
        return Ok(exit::DONE);
    }
    draft.read_only = wanted.args.read_only || proposes_read_only(ask);
    written(path, &draft, add)
}

fn unwritten(why: &NotChanged) -> Complaint {
    Complaint::usage(why.to_string(), "nothing was written")
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
    ask: &mut Option<Ask<'_>>,
    wanted: Wanted<'_>,
) -> Result<(), Complaint> {
    let switch = connect::switch(wanted.args, wanted.environment);
    match trial::of(profile, switch).await {
        Ok(tried) => {
            note(&format!("signed in as {}", named(&tried.principal)));
            note(&rights(&tried.capabilities, profile.read_only));
            Ok(())
        }
        Err(error) => {
            note(fault::words(&error).cause.as_ref());
            let question = "Add it all the same?";
            let anyway = ask
                .as_mut()
                .and_then(|ask| ask.yes(question, Yes::OnRequest).ok());
            if anyway == Some(true) {
                return Ok(());
            }
            let message = "the profile was tried and does not work; nothing was written";
            let hint = "look at its address and at where its secret is, then add it again";
            Err(Complaint::new(
                exit::of(&error.fault),
                error.fault.kind(),
                message,
                hint,
            ))
        }
    }
}

fn proposes_read_only(ask: &mut Option<Ask<'_>>) -> bool {
    let question = "Begin read-only? The file's read_only switches writing on again.";
    ask.as_mut()
        .is_some_and(|ask| ask.yes(question, Yes::Default).unwrap_or(true))
}

/// Writes what the file is now, since it may have changed meanwhile, with one more profile.
fn written(path: &Path, draft: &Draft, add: &Add) -> Result<u8, Halt> {
    let known = connect::known();
    let text = config::text(path).map_err(|wrong| desk::broken(&wrong))?;
    let after = edit::with(&text, draft, &known).map_err(|why| unwritten(&why))?;
    super::written(path, &after)?;
    note(&format!(
        "added profile {} to {}",
        draft.name,
        path.display()
    ));
    if !draft.read_only && add.name.is_some() {
        note("it may write; `read_only = true` in the file forbids that");
    }
    let read = file::parse(after.as_bytes(), "config.toml", &known).unwrap_or_default();
    let new: Vec<Profile> = read.into_iter().rev().take(1).collect();
    listed(&new, &Listing::default())
}
