//! Complaints: what went wrong, in a line for people with the command that helps, and for scripts.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use serde::Serialize;

use super::args::Format;
use super::exit;
use crate::app::fault;
use crate::domain::{ApiError, Clean, Fault, Profile, Verb};

/// Why a command ends early.
#[derive(Debug)]
pub(super) enum Halt {
    /// A person has to be told.
    Told(Box<Complaint>),
    /// Nobody reads any more.
    ClosedPipe,
    /// It was told to stop by this signal.
    Signal(i32),
}

/// What went wrong.
#[derive(Clone, Debug)]
pub(super) struct Complaint {
    profile: Option<String>,
    kind: &'static str,
    message: String,
    hint: String,
    status: Option<u16>,
    request_id: Option<String>,
    code: u8,
}

/// A complaint as a record for scripts.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    profile: Option<&'a str>,
    kind: &'static str,
    message: &'a str,
    hint: &'a str,
    status: Option<u16>,
    request_id: Option<&'a str>,
    exit_code: u8,
}

impl From<Complaint> for Halt {
    fn from(complaint: Complaint) -> Self {
        Self::Told(Box::new(complaint))
    }
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        let message = format!("the output cannot be written: {error}");
        let hint = "make room for it, or name another place by --out";
        Complaint::new(exit::OTHER, "output", message, hint).into()
    }
}

impl Complaint {
    /// A complaint of ours: its code, its name for scripts, what is wrong and what helps.
    pub(super) fn new(
        code: u8,
        kind: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let clean = |words: String| Clean::from_ours(&words).to_string();
        Self {
            profile: None,
            kind,
            message: clean(message.into()),
            hint: clean(hint.into()),
            status: None,
            request_id: None,
            code,
        }
    }

    /// The arguments or the configuration are wrong.
    pub(super) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(exit::USAGE, "usage", message, hint)
    }

    /// What a service or a rule of ours said to one profile.
    pub(super) fn api(profile: &Profile, error: &ApiError) -> Self {
        let words = fault::words(error);
        let name = profile.text().clean();
        Self {
            profile: Some(profile.as_str().to_owned()),
            status: error.status,
            request_id: words.trace.map(|trace| trace.to_string()),
            ..Self::new(
                exit::of(&error.fault),
                error.fault.kind(),
                format!("{name}: {}", words.cause),
                hint(profile, error),
            )
        }
    }

    /// The same about a profile.
    #[must_use]
    pub(super) fn on(mut self, profile: &Profile) -> Self {
        self.profile = Some(profile.as_str().to_owned());
        self
    }

    /// The same with one more thing to know.
    #[must_use]
    pub(super) fn adding(mut self, words: &str) -> Self {
        self.hint = format!("{}; {words}", self.hint);
        self
    }

    /// The same with something else that helps.
    #[must_use]
    pub(super) fn helped(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }

    /// Its exit code.
    pub(super) fn code(&self) -> u8 {
        self.code
    }

    /// What is wrong.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// It as a record.
    fn row(&self) -> Row<'_> {
        Row {
            profile: self.profile.as_deref(),
            kind: self.kind,
            message: &self.message,
            hint: &self.hint,
            status: self.status,
            request_id: self.request_id.as_deref(),
            exit_code: self.code,
        }
    }
}

/// Says complaints on standard error; to a script that reads JSON in that form too.
pub(super) fn say(complaints: &[Complaint], format: Option<Format>) {
    // Text grows without failing.
    let mut words = String::new();
    for complaint in complaints {
        let _ = writeln!(words, "error: {}", complaint.message);
        if !complaint.hint.is_empty() {
            let _ = writeln!(words, "hint: {}", complaint.hint);
        }
    }
    if format == Some(Format::Json) && !complaints.is_empty() {
        let document = Document {
            version: 1,
            errors: rows(complaints),
        };
        words += &super::rows::json::line(&document);
        words.push('\n');
    }
    // Without anybody to read it the code has to do.
    let _ = io::stderr().write_all(words.as_bytes());
}

/// A sentence on standard error that is no error.
pub(super) fn note(words: &str) {
    let words = Clean::from_ours(words);
    let _ = writeln!(io::stderr(), "{words}");
}

/// The command that helps.
pub(super) fn hint(profile: &Profile, error: &ApiError) -> String {
    let name = profile.text().clean();
    match &error.fault {
        Fault::Cut if error.status.is_none() && error.words.is_some() => {
            "the same command reads it again".to_owned()
        }
        Fault::Offline(_)
        | Fault::Insecure(_)
        | Fault::TimedOut
        | Fault::Unavailable
        | Fault::Cut
        | Fault::Garbled(_)
        | Fault::TooLarge
        | Fault::NotTheApi(_)
        | Fault::Redirected(_) => {
            format!(
                "`orgdeck profile test {name}` asks the service once; `orgdeck profile list` shows its address"
            )
        }
        Fault::SignedOut | Fault::Renewed | Fault::NoSecret(_) => {
            format!(
                "put a valid token where `orgdeck profile list` says, then `orgdeck whoami {name}`"
            )
        }
        Fault::SecondFactor => {
            format!(
                "`orgdeck whoami {name}` in a terminal asks for the code; an API key needs none"
            )
        }
        Fault::Forbidden => format!("`orgdeck whoami {name}` shows whose credential this is"),
        Fault::Missing if error.verb == Verb::InviteAccept => {
            "the token may be used up, taken back or meant for somebody else: ask for a new invite"
                .to_owned()
        }
        Fault::Missing | Fault::Unseen => {
            format!("`orgdeck org list --profile {name}` shows what is there")
        }
        Fault::Slowed { after: Some(wait) } => {
            format!("the same command works in {} s", wait.as_secs())
        }
        Fault::Slowed { after: None } => "wait a while, then the same command again".to_owned(),
        Fault::Invalid(errors) if errors.iter().any(|error| error.field.raw() == "role") => {
            format!("`orgdeck role list {name}` lists the roles, where the service does")
        }
        Fault::Conflict if error.status.is_some() => {
            format!("`orgdeck org list --profile {name}` shows what is there; nothing was changed")
        }
        Fault::Conflict
        | Fault::Refused
        | Fault::Invalid(_)
        | Fault::NotOffered(_)
        | Fault::ReadOnly(_)
        | Fault::Unrecorded(_)
        | Fault::Cancelled
        | Fault::UnderWay
        | Fault::NoConsent
        | Fault::NotApplied(_)
        | Fault::Foreign => refused(error),
    }
}

/// What helps where the answer is no.
fn refused(error: &ApiError) -> String {
    let asks_for = format!("`orgdeck {} --help` tells what it takes", error.verb.name());
    let words = if let Fault::ReadOnly(_) = error.fault {
        "without that switch the same command writes; nothing was sent"
    } else if let Fault::NotOffered(_) = error.fault {
        "use the service's own pages for this; nothing was sent"
    } else if error.fault == Fault::Refused && error.status.is_some() {
        "the service has the last word; what it refused was not changed"
    } else if error.fault == Fault::Refused {
        "a rule of ours, before anything was sent for it"
    } else if let Fault::Unrecorded(_) = error.fault {
        "make the journal writable again"
    } else if error.fault == Fault::Conflict && error.verb == Verb::InviteRevoke {
        "`orgdeck member list` shows who is in, `orgdeck member remove` takes somebody out"
    } else if error.fault == Fault::Foreign {
        "name it under its own profile"
    } else if let Fault::NotApplied(_) = error.fault {
        "a slow service may still apply it: look first, then the same command again sends it"
    } else if error.fault == Fault::UnderWay {
        "wait for the answer to the first one"
    } else {
        &asks_for
    };
    words.to_owned()
}

/// Complaints as records.
pub(super) fn rows(complaints: &[Complaint]) -> Vec<Row<'_>> {
    complaints.iter().map(Complaint::row).collect()
}

/// What standard error and documents hold of them.
#[derive(Serialize)]
struct Document<'a> {
    version: u8,
    errors: Vec<Row<'a>>,
}
