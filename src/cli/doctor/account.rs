//! What is looked at for each profile: whether its service answers, who we are there, and what the
//! credential may do. Reads alone are sent.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::{Check, Status};
use crate::app::fault;
use crate::cli::{complaint, connect, exit};
use crate::config::Profile;
use crate::domain::{
    self, Answer, ApiError, Capabilities, Fault, News, Principal, Query, Skew, Text, Told, Verb,
};
use crate::provider::http::{Certificate, Glance};
use crate::provider::link::Link;
use crate::runtime::clock;

/// A certificate that holds for fewer days than this is to be renewed.
const DAYS_LEFT: i64 = 14;

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
    let (status, message) = certificate(profile, glance.certificate.as_ref(), clock::wall());
    found.add("certificate", status, message);
    match glance.served_at {
        Some(theirs) => {
            let (status, message) = apart(theirs, clock::wall());
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

/// How far our clock is off from a service's.
fn apart(theirs: Timestamp, ours: Timestamp) -> (Status, String) {
    let off = ours.duration_since(theirs);
    let seconds = off.as_secs().abs();
    if off.abs() <= Skew::TOLERATED {
        return (
            Status::Fine,
            format!("{seconds} s apart from the service's"),
        );
    }
    let way = if off.is_negative() {
        "behind"
    } else {
        "ahead of"
    };
    let message = format!(
        "{seconds} s {way} the service's: its ages are shown by its clock; set this machine's"
    );
    (Status::Odd, message)
}

/// Who made the certificate, and for how long it still holds.
fn certificate(profile: &Profile, shown: Option<&Certificate>, now: Timestamp) -> (Status, String) {
    let trusted = match (&profile.ca_file, profile.origin.is_https()) {
        (_, false) => {
            return (
                Status::Fine,
                "none needed: it is on this machine".to_owned(),
            );
        }
        (Some(_), true) => "trusted, by the system's authorities or ca_file",
        (None, true) => "trusted by the system's authorities",
    };
    let Some(shown) = shown else {
        return (Status::Fine, trusted.to_owned());
    };
    let issuer = shown.issuer.excerpt(100);
    let ends = shown.ends.strftime("%Y-%m-%d");
    let days = shown.ends.duration_since(now).as_hours() / 24;
    let status = if days < DAYS_LEFT {
        Status::Odd
    } else {
        Status::Fine
    };
    let message = format!("{trusted}; issued by {issuer}, ends {ends}, {days} days left");
    (status, message)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Known, file};

    fn profile(url: &str) -> Profile {
        let text =
            format!("[profiles.x]\nprovider = \"p\"\nurl = \"{url}\"\ntoken = {{ env = \"T\" }}\n");
        let known = [Known {
            name: "p",
            default_url: "https://p.example",
        }];
        file::parse(text.as_bytes(), "c.toml", &known)
            .unwrap()
            .remove(0)
    }

    #[test]
    fn a_certificate_near_its_end_is_a_warning() {
        let now: Timestamp = "2026-03-02T11:42:00Z".parse().unwrap();
        let profile = profile("https://p.example");
        for (ends, status, words) in [
            (
                "2026-03-16T11:42:00Z",
                Status::Fine,
                "ends 2026-03-16, 14 days left",
            ),
            ("2026-03-16T11:41:59Z", Status::Odd, "13 days left"),
            ("2027-03-02T11:42:00Z", Status::Fine, "365 days left"),
        ] {
            let shown = Certificate {
                issuer: Text::from("Harbour \u{1b}[31mR1"),
                ends: ends.parse().unwrap(),
            };
            let (found, message) = certificate(&profile, Some(&shown), now);
            assert_eq!(found, status, "{message}");
            assert!(message.contains(words), "{message}");
            assert!(!message.contains('\u{1b}'), "{message:?}");
        }
        let (found, message) = certificate(&profile, None, now);
        assert_eq!(
            (found, message.as_str()),
            (Status::Fine, "trusted by the system's authorities")
        );
    }

    #[test]
    fn r66_a_clock_that_is_off_by_more_than_a_minute_is_named() {
        let ours: Timestamp = "2026-03-02T11:42:00Z".parse().unwrap();
        for (theirs, status, words) in [
            ("2026-03-02T11:42:00Z", Status::Fine, "0 s apart"),
            ("2026-03-02T11:43:00Z", Status::Fine, "60 s apart"),
            ("2026-03-02T11:43:01Z", Status::Odd, "61 s behind the"),
            ("2026-03-01T11:42:00Z", Status::Odd, "86400 s ahead of the"),
        ] {
            let (found, message) = apart(theirs.parse().unwrap(), ours);
            assert_eq!(found, status, "{message}");
            assert!(message.starts_with(words), "{message}");
        }
    }

    #[test]
    fn on_this_machine_none_is_needed() {
        let profile = profile("http://127.0.0.1:1");
        let (_, message) = certificate(&profile, None, clock::wall());
        assert_eq!(message, "none needed: it is on this machine");
    }
}
