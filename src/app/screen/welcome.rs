//! The first screen: no profile yet, nothing written, nothing sent.

use crate::app::effect::{Effect, Effects, Ending};
use crate::app::model::{Model, Welcome};

/// What can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Prints what to write into the configuration.
    Print,
    /// Opens the demo.
    Demo,
    /// Leaves.
    Quit,
}

/// The choices, in the order they are shown.
pub const CHOICES: &[(Choice, &str, &str)] = &[
    (
        Choice::Print,
        "Add a profile",
        "prints the TOML to write, and where",
    ),
    (
        Choice::Demo,
        "Demo data",
        "seven organizations on loopback, no network",
    ),
    (Choice::Quit, "Quit", ""),
];

/// To the next choice.
pub fn move_next(model: &mut Model) -> Effects {
    step(model, 1)
}

/// To the previous choice.
pub fn move_previous(model: &mut Model) -> Effects {
    step(model, CHOICES.len() - 1)
}

fn step(model: &mut Model, by: usize) -> Effects {
    if let Some(welcome) = &mut model.welcome {
        welcome.index = (welcome.index + by) % CHOICES.len();
    }
    Effects::new()
}

/// Does what is chosen.
pub fn take(model: &mut Model) -> Effects {
    let Some(welcome) = &model.welcome else {
        return Effects::new();
    };
    let (choice, _, _) = CHOICES[welcome.index];
    vec![Effect::Quit(match choice {
        Choice::Print => Ending::Print(instructions(welcome)),
        Choice::Demo => Ending::Demo,
        Choice::Quit => Ending::Quit,
    })]
}

fn instructions(welcome: &Welcome) -> String {
    format!(
        "Write this into {}, with your own names and addresses:\n\n{}",
        welcome.path.clean(),
        welcome.toml.raw()
    )
}
