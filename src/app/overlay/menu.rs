//! Menus: every action for what is under the cursor, the impossible ones with their reason.

use crate::app::action::{self, Action, Class, Section};
use crate::app::effect::Effects;
use crate::app::layer::{Layer, Overlay};
use crate::app::model::Model;
use crate::app::picker::{Choice, Letters, Pick, Picker};
use crate::app::screen::{orgs, profiles};
use crate::domain::Text;

use super::edit;

/// Lines that a page key moves by.
const PAGE: isize = 10;

/// Opens the menu of every action that belongs here.
pub fn open(model: &mut Model) -> Effects {
    let layers = model.layers();
    let mut rows: Vec<&Action> = action::all()
        .filter(|action| layers.contains(&action.layer) && action.name != "row.actions")
        .collect();
    rows.sort_by_key(|action| {
        (
            action.class != Class::Opens,
            action.section == Section::Move,
        )
    });
    let choices = rows
        .into_iter()
        .map(|action| choice(model, action))
        .collect();
    let picker = Picker::new("Actions", Letters::Take, choices);
    model.overlays.push(Overlay::Menu(Box::new(picker)));
    Effects::new()
}

/// An action as a line.
pub fn choice(model: &Model, action: &'static Action) -> Choice {
    Choice {
        pick: Pick::Action(action.name),
        section: action.section.word(),
        keys: action::shown_keys(action),
        title: Text::from(action.title),
        blocked: action::blocked(model, action),
    }
}

/// Takes the line under the cursor.
pub fn take(model: &mut Model) -> Effects {
    let chosen = picker(model).and_then(|picker| picker.chosen().cloned());
    let Some(choice) = chosen else {
        model.say("no line fits");
        return Effects::new();
    };
    pick(model, choice)
}

fn pick(model: &mut Model, choice: Choice) -> Effects {
    if let Some(why) = choice.blocked {
        model.say(why);
        return Effects::new();
    }
    model.overlays.pop();
    match choice.pick {
        Pick::Action(name) => model.chosen = Some(name),
        Pick::AllProfiles => orgs::show_only(model, None),
        Pick::Profile(profile) => orgs::show_only(model, Some(profile)),
        Pick::CreateIn(profile) => return profiles::create_in(model, &profile),
        Pick::AcceptIn(profile) => return profiles::accept_in(model, &profile),
    }
    Effects::new()
}

/// A letter in a menu takes the line that shows it; in help it is looked for.
pub fn insert(model: &mut Model, text: &str) -> Effects {
    let Some(picker) = picker_mut(model) else {
        return Effects::new();
    };
    if picker.letters == Letters::Search {
        edit::insert(model, text);
        return Effects::new();
    }
    let shown = |choice: &&Choice| choice.keys.split(' ').any(|key| key == text);
    let Some(choice) = picker.choices.iter().find(shown).cloned() else {
        model.say("no line has this key");
        return Effects::new();
    };
    pick(model, choice)
}

/// To the next line.
pub fn move_next(model: &mut Model) -> Effects {
    step(model, 1)
}

/// To the previous line.
pub fn move_previous(model: &mut Model) -> Effects {
    step(model, -1)
}

/// A page down.
pub fn move_page_down(model: &mut Model) -> Effects {
    step(model, PAGE)
}

/// A page up.
pub fn move_page_up(model: &mut Model) -> Effects {
    step(model, -PAGE)
}

fn step(model: &mut Model, by: isize) -> Effects {
    if let Some(picker) = picker_mut(model) {
        picker.step(by);
    }
    Effects::new()
}

/// Closes it.
pub fn close(model: &mut Model) -> Effects {
    model.overlays.pop();
    Effects::new()
}

fn picker(model: &Model) -> Option<&Picker> {
    match model.overlays.last() {
        Some(Overlay::Menu(picker) | Overlay::Help(picker)) => Some(picker),
        Some(Overlay::Confirm(_) | Overlay::Form(_) | Overlay::Details(_) | Overlay::Line(_))
        | None => None,
    }
}

/// The picker on top, to be changed.
pub fn picker_mut(model: &mut Model) -> Option<&mut Picker> {
    match model.overlays.last_mut() {
        Some(Overlay::Menu(picker) | Overlay::Help(picker)) => Some(picker),
        Some(Overlay::Confirm(_) | Overlay::Form(_) | Overlay::Details(_) | Overlay::Line(_))
        | None => None,
    }
}

/// The actions of some layers as lines, in the order of the table.
pub fn choices(model: &Model, layers: &[Layer]) -> Vec<Choice> {
    let here = |action: &&'static Action| layers.contains(&action.layer);
    action::all()
        .filter(here)
        .map(|action| choice(model, action))
        .collect()
}
