//! Menus: every action for what is under the cursor, the impossible ones with their reason; and what
//! the keys of every list to choose from do.

use crate::app::action::{self, Action, Class, Needs, Section};
use crate::app::effect::Effects;
use crate::app::layer::{Layer, Overlay};
use crate::app::model::Model;
use crate::app::picker::{Choice, Letters, Pick, Picker, Subject};
use crate::app::screen::{invites, marks, members, orgs, profiles, tokens};
use crate::domain::Text;

use super::{drafts, edit, journal, person, roles};

/// The letters that move in a menu, as in every list, and take no line.
const MOVES: [&str; 2] = ["j", "k"];

/// Lines that a page key moves by.
const PAGE: isize = 10;

/// Opens the menu of every action that belongs here.
pub fn open(model: &mut Model) -> Effects {
    let layers = model.layers();
    let mut rows: Vec<&Action> = action::all()
        .filter(|action| layers.contains(&action.layer) && action.name != "row.actions")
        .collect();
    rows.sort_by_key(|action| importance(action));
    let choices = rows
        .into_iter()
        .map(|action| {
            let choice = choice(model, action);
            let keys = choice.keys.split(' ').filter(|key| !MOVES.contains(key));
            let keys = keys.collect::<Vec<_>>().join(" ");
            choice.keys(keys)
        })
        .collect();
    let picker = Picker::new("Actions", Subject::Actions, choices);
    model.overlays.push(Overlay::Menu(Box::new(picker)));
    Effects::new()
}

/// Opens the menu of what can be done to all marked rows; what cannot be has its reason.
pub fn open_bulk(model: &mut Model) -> Effects {
    let pane = Layer::of(model.panes.focus);
    let is_meant = |action: &&'static Action| {
        action.layer == pane && matches!(action.needs, Needs::Meant | Needs::Roles)
    };
    let choices = action::all().filter(is_meant).map(|action| {
        let choice = choice(model, action);
        let apart = action.verb.and_then(|verb| marks::apart(model, verb));
        match (&choice.blocked, apart) {
            (None, Some(why)) => choice.blocked(Some(Text::from(why))),
            (Some(_), _) | (None, None) => choice,
        }
    });
    let marked = marks::counts(model, model.panes.focus).words();
    let title = format!("Done to all of them: {}", marked.unwrap_or_default());
    let picker = Picker::new(title, Subject::Actions, choices.collect());
    model.overlays.push(Overlay::Menu(Box::new(picker)));
    Effects::new()
}

/// What changes something comes first, what only moves about last.
pub fn importance(action: &Action) -> u8 {
    match (action.class, action.section) {
        (Class::Opens | Class::Sends, _) => 0,
        (Class::Reads, Section::Act) => 1,
        (Class::Reads, Section::See) => 2,
        (Class::Reads, Section::Find | Section::Mark) => 3,
        (Class::Reads, Section::Program) => 4,
        (Class::Reads, Section::Move) => 5,
    }
}

/// An action as a line.
pub fn choice(model: &Model, action: &'static Action) -> Choice {
    Choice::new(Pick::Action(action.name), action.title)
        .under(action.section.word())
        .keys(action::shown_keys(action))
        .blocked(action::blocked(model, action))
}

/// Takes the line under the cursor.
pub fn take(model: &mut Model) -> Effects {
    let chosen = picker_mut(model).and_then(|picker| picker.chosen().cloned());
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
    if choice.pick == Pick::Again {
        return again(model);
    }
    if let Pick::Deed(no) = choice.pick {
        return journal::look(model, no);
    }
    if let Pick::Draft(id) = choice.pick {
        return drafts::resume(model, &id);
    }
    let mut effects = person::cancel(model);
    let closed = model.overlays.pop();
    effects.extend(match choice.pick {
        Pick::Action(name) => {
            model.chosen = Some(name);
            Effects::new()
        }
        Pick::AllProfiles => orgs::show_only(model, None),
        Pick::Profile(profile) => orgs::show_only(model, Some(profile)),
        Pick::Role(_) | Pick::Give(_) | Pick::Take(_) => match closed {
            Some(Overlay::Menu(picker)) => match picker.of {
                Subject::Roles(members) => roles::wish(model, &members, &choice.pick),
                Subject::Actions
                | Subject::Profiles
                | Subject::Help
                | Subject::Palette(_)
                | Subject::Person(_)
                | Subject::Journal(_)
                | Subject::Drafts => Effects::new(),
            },
            Some(_) | None => Effects::new(),
        },
        Pick::Org(org) => orgs::go_to(model, &org),
        Pick::Member(org, member) => members::go_to(model, &org, &member),
        Pick::Invite(invite) => invites::go_to(model, &invite),
        Pick::CreateIn(profile) => profiles::create_in(model, &profile),
        Pick::AcceptIn(profile) => profiles::accept_in(model, &profile),
        Pick::TokenFor(profile) => tokens::open_for(model, &profile),
        Pick::Again | Pick::Deed(_) | Pick::Draft(_) | Pick::Nothing => Effects::new(),
    });
    effects
}

/// Reads again what the picker could not show.
fn again(model: &mut Model) -> Effects {
    let mut effects = roles::retry(model);
    effects.extend(person::begin(model));
    effects
}

/// A letter in a menu takes the line that shows it; in help and where a filter is open it is looked for.
pub fn insert(model: &mut Model, text: &str) -> Effects {
    let Some(picker) = picker_mut(model) else {
        return Effects::new();
    };
    if picker.letters == Letters::Search {
        edit::insert(model, text);
        return Effects::new();
    }
    match MOVES
        .iter()
        .position(|key| *key == text && picker.typed.is_empty())
    {
        Some(0) => return move_next(model),
        Some(_) => return move_previous(model),
        None => {}
    }
    picker.typed += text;
    let typed = picker.typed.clone();
    picker.index = 0;
    let is_key = |choice: &&&Choice| choice.keys.split(' ').any(|key| key == typed);
    let fitting = picker.fitting();
    let taken = fitting.iter().find(is_key).map(|choice| (*choice).clone());
    let goes_on = !fitting.is_empty();
    if taken.is_some() || !goes_on {
        picker.typed.clear();
    }
    match taken {
        Some(choice) => return pick(model, choice),
        None if goes_on => model.say(format!("{typed} ..: the lines whose keys begin so")),
        None => model.say("no line has this key: / looks for words"),
    }
    Effects::new()
}

/// Letters are looked for from now on.
pub fn open_filter(model: &mut Model) -> Effects {
    if let Some(picker) = picker_mut(model) {
        picker.typed.clear();
        picker.letters = Letters::Search;
    }
    Effects::new()
}

/// Deletes the character before the cursor of the filter.
pub fn erase(model: &mut Model) -> Effects {
    match picker_mut(model) {
        Some(picker) if picker.letters == Letters::Search => edit::erase(model),
        Some(picker) => {
            picker.typed.clear();
            model.say("nothing is looked for: / looks for words");
            Effects::new()
        }
        None => Effects::new(),
    }
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
    let moved = picker_mut(model).is_some_and(|picker| picker.step(by));
    if !moved {
        model.say(if by > 0 {
            "this is the last line"
        } else {
            "this is the first line"
        });
    }
    Effects::new()
}

/// Closes the filter that was opened in it, else the whole.
pub fn close(model: &mut Model) -> Effects {
    if let Some(picker) = picker_mut(model).filter(|picker| picker.is_filtered()) {
        picker.unfilter();
        return Effects::new();
    }
    model.overlays.pop();
    let mut effects = person::cancel(model);
    effects.extend(journal::cancel(model));
    effects
}

/// The picker on top, to be changed.
pub fn picker_mut(model: &mut Model) -> Option<&mut Picker> {
    match model.overlays.last_mut() {
        Some(Overlay::Menu(picker) | Overlay::Help(picker)) => Some(picker),
        Some(
            Overlay::Confirm(_)
            | Overlay::Form(_)
            | Overlay::Prompt(_)
            | Overlay::Details(_)
            | Overlay::Line(_)
            | Overlay::Tasks(_),
        )
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
