//! The kinds of questions for a secret: what is asked for, and what became of it.

use orgdeck::app::prompt::{Prompt, Spot, Trial};
use orgdeck::app::store::Lock;

use super::{Seen, kinds};

pub(super) const WANTED: [(&str, &[&str]); 3] = [
    ("asked for", LOCKS),
    ("what was typed", TRIALS),
    ("focus of the question for a secret", SPOTS),
];

kinds!(LOCKS, lock(of: Lock), {
    Lock::Token => "a token",
    Lock::Code => "a code",
});

kinds!(TRIALS, trial(of: &Trial), {
    Trial::Typing => "was not sent",
    Trial::Sent(_) => "is being tried",
    Trial::Refused(_) => "was refused",
});

kinds!(SPOTS, spot(of: Spot), {
    Spot::Field => "the field",
    Spot::Cancel => "cancel",
    Spot::Use => "go on",
});

/// What is to be seen of one.
pub(super) fn look(prompt: &Prompt, seen: &mut Seen) {
    seen.insert((WANTED[0].0, lock(prompt.lock)));
    seen.insert((WANTED[1].0, trial(&prompt.trial)));
    seen.insert((WANTED[2].0, spot(prompt.focus)));
}
