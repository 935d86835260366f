//! What can go wrong between us and a service, as typed, comparable values.
//!
//! The words for people are made in one place (`app::fault`); here is only what is known.

use std::fmt;
use std::time::Duration;

use super::{Text, Verb};

const ACCEPTED: &str =
    "the invite was accepted meanwhile: the person is a member; remove the member instead";

/// A failed read or a refused write.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    /// What was being done.
    pub verb: Verb,
    /// What is the matter.
    pub fault: Fault,
    /// The status of the answer, where there was one.
    pub status: Option<u16>,
    /// The service's own code of the error.
    pub code: Option<Text>,
    /// The service's own sentence.
    pub words: Option<Text>,
    /// The id under which the service keeps this request.
    pub trace: Option<Text>,
}

/// A fault, in the terms that all services share.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// No connection: the cause.
    Offline(Text),
    /// The connection cannot be trusted: the cause.
    Insecure(Text),
    /// No answer in time.
    TimedOut,
    /// The service is there and cannot answer now.
    Unavailable,
    /// The credential is missing, wrong or over.
    SignedOut,
    /// The credential was over, and there is another one by now: nothing was applied.
    Renewed,
    /// The credential is good, and the code of its second factor is still due.
    SecondFactor,
    /// The credential may not do this.
    Forbidden,
    /// No such record, or not for us.
    Missing,
    /// It cannot be told whether there is such a record: what holds it is not there, or not for us.
    Unseen,
    /// It clashes with what is there.
    Conflict,
    /// Refused by a rule of the service.
    Refused,
    /// Values that the service does not take, by field where it says so.
    Invalid(Vec<FieldError>),
    /// Too many requests: how long to wait, where the service says so.
    Slowed {
        /// The wait.
        after: Option<Duration>,
    },
    /// The service has no such operation: why.
    NotOffered(&'static str),
    /// Writing is switched off, and by what.
    ReadOnly(&'static str),
    /// The journal cannot be written, so nothing is sent: the cause.
    Unrecorded(Text),
    /// The answer cannot be understood: where and why.
    Garbled(Text),
    /// Something else than the API answered, such as a proxy's page: its content type.
    NotTheApi(Text),
    /// The answer was cut off.
    Cut,
    /// The answer is larger than what is ever read.
    TooLarge,
    /// A redirect to another place, which was not followed: where to.
    Redirected(Text),
    /// The person took it back.
    Cancelled,
    /// The same thing is being sent at this moment.
    UnderWay,
    /// Nobody agreed to this as it is.
    NoConsent,
    /// No answer that proves anything came; read again, the record is as it was before. What came in its
    /// place, where something did.
    NotApplied(Option<Box<Fault>>),
    /// The secret cannot be read from its place: the cause.
    NoSecret(Text),
    /// An id of another profile.
    Foreign,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The key of the field, as the service names it.
    pub field: Text,
    /// The service's words.
    pub message: Text,
}

impl ApiError {
    /// An error of which only the fault is known.
    pub fn new(verb: Verb, fault: Fault) -> Self {
        Self {
            verb,
            fault,
            status: None,
            code: None,
            words: None,
            trace: None,
        }
    }

    /// An invite that should be taken back has brought its person in.
    pub fn accepted(verb: Verb) -> Self {
        Self::new(verb, Fault::Conflict).words(ACCEPTED)
    }

    /// The same error with the service's own sentence.
    #[must_use]
    pub fn words(mut self, words: impl Into<Text>) -> Self {
        self.words = Some(words.into());
        self
    }
}

impl Fault {
    /// Whether the service lets nobody in before a person has done something: nothing was applied.
    pub const fn is_shut(&self) -> bool {
        matches!(
            self,
            Self::SignedOut | Self::SecondFactor | Self::NoSecret(_)
        )
    }

    /// Whether it may be over without anybody doing anything about it.
    pub const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Renewed
                | Self::Offline(_)
                | Self::TimedOut
                | Self::Unavailable
                | Self::Slowed { .. }
                | Self::Garbled(_)
                | Self::NotTheApi(_)
                | Self::Cut
        )
    }

    /// The fault's name for scripts, in `snake_case`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Offline(_) => "offline",
            Self::Insecure(_) => "insecure",
            Self::TimedOut => "timed_out",
            Self::Unavailable => "unavailable",
            Self::SignedOut => "signed_out",
            Self::Renewed => "renewed",
            Self::SecondFactor => "second_factor",
            Self::Forbidden => "forbidden",
            Self::Missing => "missing",
            Self::Unseen => "unseen",
            Self::Conflict => "conflict",
            Self::Refused => "refused",
            Self::Invalid(_) => "invalid",
            Self::Slowed { .. } => "slowed",
            Self::NotOffered(_) => "not_offered",
            Self::ReadOnly(_) => "read_only",
            Self::Unrecorded(_) => "unrecorded",
            Self::Garbled(_) => "garbled",
            Self::NotTheApi(_) => "not_the_api",
            Self::Cut => "cut",
            Self::TooLarge => "too_large",
            Self::Redirected(_) => "redirected",
            Self::Cancelled => "cancelled",
            Self::UnderWay => "under_way",
            Self::NoConsent => "no_consent",
            Self::NotApplied(_) => "not_applied",
            Self::NoSecret(_) => "no_secret",
            Self::Foreign => "foreign",
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.verb.name(), self.fault.kind())?;
        match &self.words {
            Some(words) => write!(f, ": {}", words.excerpt(199)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ApiError {}
