//! Signing in on behalf of `profile add`: the address is printed, the browser brings the answer back,
//! and what comes of it is kept where the person agrees.

use std::sync::Arc;
use std::time::Duration;

use crate::auth::keep::{Kept, Shelf};
use crate::auth::{Keep, Waiting};
use crate::cli::ask::{Ask, Yes};
use crate::cli::complaint::note;
use crate::cli::connect;
use crate::cli::desk::Wanted;
use crate::config::Profile;
use crate::domain::secret::SignIn;
use crate::domain::{ApiError, Fault, News, Text, Verb};

/// How long a person may take in the browser.
const PATIENCE: Duration = Duration::from_mins(10);

/// Signs in, and keeps what the service gave.
///
/// # Errors
/// When that does not come about, or nothing may keep it.
pub(super) async fn run(
    (profile, registered): (&Profile, &SignIn),
    ask: &mut Option<Ask<'_>>,
    wanted: Wanted<'_>,
) -> Result<(), Fault> {
    let silent = Arc::new(|_: News| {});
    let peer = connect::peer(profile, silent)
        .map_err(|error| Fault::Insecure(Text::from(format!("{error:#}"))))?;
    let waiting = Waiting::begin(registered, &peer).await?;
    note("sign in at this address; the answer is awaited here:");
    note(waiting.url());
    open(&waiting, ask, wanted);
    let grant = waiting.finish(PATIENCE).await?;
    let kept = grant.kept(registered, &peer)?;
    store(&profile.name, &kept, (&connect::keep(), ask)).await
}

/// Opens a browser where that is wanted; over SSH it would open on the wrong machine.
fn open(waiting: &Waiting, ask: &mut Option<Ask<'_>>, wanted: Wanted<'_>) {
    if wanted.environment.remote {
        return;
    }
    let wanted = ask
        .as_mut()
        .and_then(|ask| ask.yes("Open it in a browser?", Yes::OnRequest).ok());
    if wanted == Some(true) && webbrowser::open(waiting.url()).is_err() {
        note("no browser could be opened: open the address by hand");
    }
}

/// The keyring keeps it; where there is none, a file does if the person agrees.
async fn store(
    profile: &str,
    kept: &Kept,
    (keep, ask): (&Keep, &mut Option<Ask<'_>>),
) -> Result<(), Fault> {
    let Err(fault) = keep.write(profile, Shelf::Keyring, kept).await else {
        return Ok(());
    };
    let Some(path) = keep.path(profile) else {
        return Err(fault);
    };
    note(&why(&fault));
    let question = format!(
        "Keep the sign-in in a file that only you can read, {}?",
        path.display()
    );
    let agreed = ask
        .as_mut()
        .and_then(|ask| ask.yes(&question, Yes::OnRequest).ok());
    if agreed != Some(true) {
        return Err(fault);
    }
    keep.write(profile, Shelf::File, kept).await
}

/// A fault of a sign-in in words.
pub(super) fn why(fault: &Fault) -> String {
    if let Fault::NoSecret(why) = fault {
        return why.excerpt(400).to_string();
    }
    let error = ApiError::new(Verb::WhoAmI, fault.clone());
    crate::app::fault::words(&error).cause.to_string()
}
