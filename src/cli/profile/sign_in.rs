//! Signing in on behalf of `profile add`: the address is printed, the browser brings the answer back,
//! and what comes of it is kept where the person agrees.

use std::sync::Arc;
use std::time::Duration;

use super::draft::Add;
use crate::auth::Waiting;
use crate::auth::keep::{self, Shelf};
use crate::cli::ask::{Ask, Yes};
use crate::cli::complaint::note;
use crate::cli::connect;
use crate::cli::desk::Wanted;
use crate::config::Profile;
use crate::domain::secret::SignIn;
use crate::domain::{ApiError, Fault, News, Secret, Text, Verb};
use crate::runtime::browser::Browser;

/// How long a person may take in the browser.
const PATIENCE: Duration = Duration::from_mins(10);

/// Where a sign-in is afterwards.
pub(super) enum Kept {
    /// In the keyring or in a file.
    ForLater,
    /// Nowhere: its token, as long as this process lasts.
    InMemory(Secret),
}

/// Signs in, and keeps what the service gave where something may keep it.
///
/// # Errors
/// When that does not come about.
pub(super) async fn run(
    (profile, registered): (&Profile, &SignIn),
    (add, ask): (&Add, &mut Option<Ask<'_>>),
    wanted: Wanted<'_>,
) -> Result<Kept, Fault> {
    let silent = Arc::new(|_: News| {});
    let peer = connect::peer(profile, silent)
        .map_err(|error| Fault::Insecure(Text::from(format!("{error:#}"))))?;
    let waiting = Waiting::begin(registered, &peer).await?;
    note("sign in at this address; the answer is awaited here:");
    note(waiting.url());
    if wants_browser((add, ask), wanted) {
        let browser = Browser::Here {
            own: wanted.environment.browser.clone(),
            hidden: profile.hidden.clone(),
        };
        if !browser.open(waiting.url()) {
            note("no browser could be opened: open the address by hand");
        }
    }
    let grant = waiting.finish(PATIENCE).await?;
    let kept = grant.kept(registered, &peer)?;
    let is_kept = store(&profile.name, &kept, (add, ask)).await?;
    Ok(if is_kept {
        Kept::ForLater
    } else {
        Kept::InMemory(grant.access().clone())
    })
}

/// Whether a browser is to be opened: over SSH it would open on the wrong machine.
fn wants_browser((add, ask): (&Add, &mut Option<Ask<'_>>), wanted: Wanted<'_>) -> bool {
    let question = "Open it in a browser?";
    let asks = |ask: &mut Ask<'_>| ask.yes(question, Yes::OnRequest).unwrap_or(false);
    add.browser || !wanted.environment.remote && ask.as_mut().is_some_and(asks)
}

/// The keyring keeps it; where there is none, a file does if the person agrees. Whether anything does.
async fn store(
    profile: &str,
    kept: &keep::Kept,
    (add, ask): (&Add, &mut Option<Ask<'_>>),
) -> Result<bool, Fault> {
    let keep = connect::keep();
    let Err(fault) = keep.write(profile, Shelf::Keyring, kept).await else {
        return Ok(true);
    };
    let Some(path) = keep.path(profile) else {
        note(&why(&fault));
        return Ok(false);
    };
    note(&why(&fault));
    let question = format!(
        "Keep the sign-in in a file that only you can read, {}?",
        path.display()
    );
    let asks = |ask: &mut Ask<'_>| ask.yes(&question, Yes::OnRequest).unwrap_or(false);
    if !add.keep_in_file && !ask.as_mut().is_some_and(asks) {
        return Ok(false);
    }
    keep.write(profile, Shelf::File, kept).await?;
    note(&format!("the sign-in is kept in {}", path.display()));
    Ok(true)
}

/// A fault of a sign-in in words.
pub(super) fn why(fault: &Fault) -> String {
    if let Fault::NoSecret(why) = fault {
        return why.excerpt(400).to_string();
    }
    let error = ApiError::new(Verb::WhoAmI, fault.clone());
    crate::app::fault::words(&error).cause.to_string()
}
