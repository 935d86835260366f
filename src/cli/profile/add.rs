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
    let is_there = !add.no_input && Person::here() == Person::There;
    let mut ask = is_there.then_some(Ask {
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
    let profile = signed_in(profile, (add, ask), wanted).await?;
    tried(&profile, (add, ask), wanted).await?;
    if !is_new {
        note(&format!("signed in as profile {}", profile.name));
        return Ok(exit::DONE);
    }
    draft.read_only = wanted.args.read_only || proposes_read_only(add, ask);
    written(path, &draft, add)
}

/// The profile with its sign-in, if that is what it has. Where nothing keeps it, its token is at hand as
/// long as this command lasts.
async fn signed_in(
    mut profile: Profile,
    (add, ask): (&Add, &mut Option<Ask<'_>>),
    wanted: Wanted<'_>,
) -> Result<Profile, Complaint> {
    let Place::SignIn(registered) = profile.token.clone() else {
        return Ok(profile);
    };
    let grant = sign_in::run((&profile, &registered), (add, ask), wanted).await;
    let kept = grant.map_err(|fault| {
        let why = sign_in::why(&fault);
        Complaint::new(exit::of(&fault), fault.kind(), why, "nothing was written")
    })?;
    if let sign_in::Kept::InMemory(access) = kept {
        let name = &profile.name;
        note(&format!(
            "the sign-in is in memory only and ends with this command; \
             `orgdeck profile add {name} --keep-in-file` signs in again and keeps it"
        ));
        profile.token = Place::Given(access);
    }
    Ok(profile)
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
    (add, ask): (&Add, &mut Option<Ask<'_>>),
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
            let asks = |ask: &mut Ask<'_>| ask.yes(question, Yes::OnRequest).unwrap_or(false);
            if add.untested || ask.as_mut().is_some_and(asks) {
                return Ok(());
            }
            let message = "the profile was tried and does not work; nothing was written";
            let hint =
                "look at its address and at where its secret is; --untested adds it all the same";
            Err(Complaint::new(
                exit::of(&error.fault),
                error.fault.kind(),
                message,
                hint,
            ))
        }
    }
}

fn proposes_read_only(add: &Add, ask: &mut Option<Ask<'_>>) -> bool {
    if add.read_write {
        return false;
    }
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
