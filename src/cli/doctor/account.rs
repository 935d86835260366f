//! What is looked at for each profile: whether its service answers, who we are there, and what the
//! credential may do. Reads alone are sent.

use std::sync::Arc;

use jiff::SignedDuration;
use tokio::sync::mpsc;

use super::{Check, Status};
use crate::app::fault;
use crate::cli::{complaint, connect, exit};
use crate::config::Profile;
use crate::domain::{
    self, Answer, ApiError, Capabilities, Fault, News, Principal, Query, Text, Told, Verb,
};
use crate::provider::http::Glance;
use crate::provider::link::Link;
use crate::runtime::clock;

/// A clock that is further off than this makes tokens look over that are not.
const FAR_OFF: SignedDuration = SignedDuration::from_secs(60);

/// Findings about one profile.
struct Findings {
    profile: String,
    checks: Vec<Check>,
}

impl Findings {
    fn add(&mut self, name: &'static str, status: Status, message: impl Into<String>) {
        self.checks.push(Check {
            name,
            profile: Some(self.profile.clone()),
            status,
            message: message.into(),
        });
    }

    fn fails(&mut self, name: &'static str, error: &ApiError) {
        let profile = domain::Profile::new(self.profile.as_str());
        let hint = complaint::hint(&profile, error);
        let message = format!("{}; {hint}", fault::words(error).cause);
        self.add(name, Status::Broken(exit::of(&error.fault)), message);
    }
}

/// What is found about a profile.
pub(super) async fn checks(profile: Profile) -> Vec<Check> {
    let mut found = Findings {
        profile: profile.name.clone(),
        checks: Vec::new(),
    };
    let (ear, mut news) = mpsc::unbounded_channel();
    let silent = Arc::new(|_: News| {});
    let (peer, link) = match (
        connect::peer(&profile, silent),
        connect::link(profile.clone(), None, &ear),
    ) {
        (Ok(peer), Ok(link)) => (peer, link),
        (Err(error), _) | (_, Err(error)) => {
            found.add("certificate", Status::Broken(2), format!("{error:#}"));
            return found.checks;
        }
    };
    match peer.glance().await {
        Ok(glance) => answers(&mut found, &profile, &glance),
        Err(fault) => {
            silence(&mut found, fault);
            return found.checks;
        }
    }
    who(&mut found, &link, profile.read_only).await;
    drop(link);
    let mut wait = None;
    while let Ok(told) = news.try_recv() {
        if let News::Paused { wait: asked, .. } = told {
            wait = Some(asked);
        }
    }
    if let Some(wait) = wait {
        let message = format!("the service asked to wait {} s", wait.as_secs());
        found.add("rate_limit", Status::Odd, message);
    }
    found.checks
}

/// Somebody answers at the address.
fn answers(found: &mut Findings, profile: &Profile, glance: &Glance) {
    let url = profile.origin.as_str();
    found.add("reachable", Status::Fine, format!("{url} answers"));
    let certificate = match (&profile.ca_file, profile.origin.is_https()) {
        (_, false) => "none needed: it is on this machine",
        (Some(_), true) => "trusted, by the system's authorities or ca_file",
        (None, true) => "trusted by the system's authorities",
    };
    found.add("certificate", Status::Fine, certificate);
    match glance.served_at {
        Some(theirs) => {
            let off = clock::wall().duration_since(theirs);
            let message = format!("{} s apart from the service's", off.as_secs().abs());
            let status = if off.abs() > FAR_OFF {
                Status::Odd
            } else {
                Status::Fine
            };
            found.add("clock", status, message);
        }
        None => found.add("clock", Status::Fine, "the service does not tell its time"),
    }
    let limit = glance
        .limit
        .as_ref()
        .map(|limit| limit.excerpt(200).to_string());
    found.add(
        "rate_limit",
        Status::Fine,
        limit.unwrap_or_else(|| "none told".to_owned()),
    );
}

/// Nobody answers, or nobody who can be trusted.
fn silence(found: &mut Findings, fault: Fault) {
    let name = if matches!(fault, Fault::Insecure(_)) {
        "certificate"
    } else {
        "reachable"
    };
    found.fails(name, &ApiError::new(Verb::WhoAmI, fault));
}

async fn who(found: &mut Findings, link: &Link, read_only: bool) {
    match link.query(Query::WhoAmI).await {
        Ok(Answer::Principal(principal)) => {
            found.add("whoami", Status::Fine, named(&principal));
        }
        Ok(_) => found.add("whoami", Status::Odd, "the service does not say"),
        Err(error) => return found.fails("whoami", &error),
    }
    if let Err(error) = link.query(Query::Probe).await {
        return found.fails("rights", &error);
    }
    let capabilities = link.capabilities();
    found.add("rights", Status::Fine, rights(&capabilities, read_only));
    for note in &capabilities.notes {
        found.add("note", Status::Odd, note.excerpt(300).to_string());
    }
}

/// Who somebody is, in words.
pub(in crate::cli) fn named(principal: &Principal) -> String {
    let label = principal.label.excerpt(100);
    let kind = principal.kind.key();
    match &principal.email {
        Told::Is(email) if *email != principal.label => {
            format!("{label} <{}> ({kind})", Text::excerpt(email, 100))
        }
        Told::Is(_) | Told::Empty | Told::Unknown => format!("{label} ({kind})"),
    }
}

/// What a credential may do, in words.
pub(in crate::cli) fn rights(capabilities: &Capabilities, read_only: bool) -> String {
    let offered = |verb: &&Verb| capabilities.refusal(**verb).is_none();
    let words = |verbs: Vec<&Verb>| {
        let words: Vec<&str> = verbs.iter().map(|verb| fault::can(**verb)).collect();
        words.join(", ")
    };
    let reads = Verb::ALL
        .iter()
        .filter(|verb| verb.is_read())
        .filter(offered);
    let writes = Verb::ALL
        .iter()
        .filter(|verb| !verb.is_read())
        .filter(offered);
    let reads = words(reads.collect());
    if read_only {
        return format!("reads: {reads}; writes are off (read_only)");
    }
    format!(
        "reads: {reads}; writes, as far as the role allows: {}",
        words(writes.collect())
    )
}
