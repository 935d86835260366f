//! Help: the live action table of where one is, with search; a line can be run.

use crate::app::effect::Effects;
use crate::app::fault;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::picker::{Choice, Pick, Picker, Subject};
use crate::domain::{Text, Verb};

use super::menu;

/// The heading of what a service does not have.
const NOT_POSSIBLE: &str = "NOT POSSIBLE HERE";

/// Opens the help of where one is.
pub fn open(model: &mut Model) -> Effects {
    let layers = model.layers();
    let mut choices = menu::choices(model, &layers);
    choices.sort_by_key(|choice| order(choice.section));
    choices.extend(impossible(model));
    let title = format!("Help: {}", layers.first().map_or("", |layer| layer.word()));
    let picker = Picker::new(title, Subject::Help, choices);
    model.overlays.push(Overlay::Help(Box::new(picker)));
    Effects::new()
}

fn order(section: &str) -> usize {
    ["MOVE", "FIND", "SEE", "ACT", "PROGRAM"]
        .iter()
        .position(|known| *known == section)
        .unwrap_or(usize::MAX)
}

/// What the service of the chosen organization does not offer, with its reasons.
fn impossible(model: &Model) -> Vec<Choice> {
    let Some(account) = model.account_here() else {
        return Vec::new();
    };
    let name = account.connection.profile.as_str();
    let line = |verb: &Verb| {
        let why = account.capabilities.refusal(*verb)?;
        let title = format!("{} on {name}", fault::can(*verb));
        let choice = Choice::new(Pick::Nothing, title).under(NOT_POSSIBLE);
        Some(choice.blocked(Some(Text::from(why))))
    };
    Verb::ALL.iter().filter_map(line).collect()
}

/// To the first line of the next section.
pub fn move_section(model: &mut Model) -> Effects {
    let mut moved = false;
    if let Some(picker) = menu::picker_mut(model) {
        let before = picker.index;
        let sections: Vec<&str> = picker
            .fitting()
            .iter()
            .map(|choice| choice.section)
            .collect();
        let here = sections.get(picker.index).copied();
        let after = sections.iter().skip(picker.index);
        let next = after.take_while(|section| Some(**section) == here).count();
        let first = picker.index + next;
        picker.index = if first < sections.len() { first } else { 0 };
        moved = picker.index != before;
    }
    if !moved {
        model.say("there is no other section");
    }
    Effects::new()
}
