//! The trace log: off by default, to one file, without secrets.

use std::path::Path;
use std::sync::Arc;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::domain::news::{News, Sent};
use crate::files::{self, NotOpened};

/// From now on this program's own events, and nobody else's, are written to a file.
///
/// # Errors
/// When the file cannot be opened, or is one that must not be written to.
pub(super) fn start(path: &Path) -> Result<(), NotOpened> {
    let file = files::append(path)?;
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(Arc::new(file));
    // The HTTP client would write down headers.
    let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), LevelFilter::TRACE);
    let _ = tracing_subscriber::registry()
        .with(ours)
        .with(lines)
        .try_init();
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    Ok(())
}

/// Writes news down.
pub(super) fn told(news: &News) {
    match news {
        News::Sent(sent) => request(sent),
        News::Paused { profile, wait } => {
            tracing::info!(profile = profile.as_str(), ?wait, "told to wait");
        }
        News::Scarce { profile, wait } => {
            tracing::info!(profile = profile.as_str(), ?wait, "few requests are left");
        }
    }
}

/// A request by its path alone: a query may hold an address, a name or a secret.
fn request(sent: &Sent) {
    let target = sent.target.clean();
    let path = target.as_str().split('?').next().unwrap_or_default();
    let ended = match &sent.ended {
        Ok(status) => status.to_string(),
        Err(error) => error.fault.kind().to_owned(),
    };
    tracing::info!(
        profile = sent.profile.as_str(),
        method = sent.method.as_str(),
        path,
        ended,
        took = ?sent.took,
        "sent"
    );
}
