//! A question for what nobody but a person has: another token for a profile, or the code of its second
//! factor. What is typed is wiped when it goes, and nothing here writes it anywhere.

use super::form::Masked;
use super::msg::RequestId;
use super::store::Lock;
use crate::domain::secret::Pass;
use crate::domain::{ApiError, Moment, Profile};

/// Digits of a code.
const DIGITS: usize = 6;

/// A question for a secret, bound to one profile.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// Whose token it is.
    pub profile: Profile,
    /// What is asked for.
    pub lock: Lock,
    /// What is typed.
    pub masked: Masked,
    /// What has the focus.
    pub focus: Spot,
    /// Since when it is on the screen.
    pub shown: Option<Moment>,
    /// What became of what was typed.
    pub trial: Trial,
}

/// How far an answer is.
#[derive(Clone, Debug, PartialEq)]
pub enum Trial {
    /// Nothing was sent yet.
    Typing,
    /// The service is asked whether it is good.
    Sent(RequestId),
    /// The service did not take it.
    Refused(Box<ApiError>),
}

/// What of the question can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The field.
    Field,
    /// Leave it.
    Cancel,
    /// Go on with what was typed.
    Use,
}

impl Prompt {
    /// A question that nobody has answered yet.
    pub fn new(profile: Profile, lock: Lock) -> Self {
        Self {
            profile,
            lock,
            masked: Masked::default(),
            focus: Spot::Field,
            shown: None,
            trial: Trial::Typing,
        }
    }

    /// Whether letters go into the field.
    pub fn takes_text(&self) -> bool {
        self.focus == Spot::Field && !self.is_sent()
    }

    /// Whether the service is being asked.
    pub fn is_sent(&self) -> bool {
        matches!(self.trial, Trial::Sent(_))
    }

    /// What was typed, as it is handed on; why it cannot be the answer, if it cannot.
    ///
    /// # Errors
    /// When nothing was typed, or something that no code looks like.
    pub fn pass(&self) -> Result<Pass, &'static str> {
        let secret = self.masked.secret();
        match self.lock {
            _ if secret.is_empty() => Err("nothing is typed yet: Esc leaves it so"),
            Lock::Token => Ok(Pass::Token(secret)),
            Lock::Code => {
                let text = secret.expose();
                let is_code =
                    text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
                is_code
                    .then_some(Pass::Code(secret))
                    .ok_or("a code has six digits")
            }
        }
    }

    /// It was not good, or something else is needed: the field is empty again.
    pub fn again(&mut self, lock: Lock, trial: Trial) {
        self.lock = lock;
        self.trial = trial;
        self.masked.wipe();
        self.focus = Spot::Field;
    }
}
