//! A key press on its way to an action, and what is said when there is none.

use std::time::Duration;

use super::action::{self, Ready};
use super::effect::Effects;
use super::key::{Code, Key};
use super::keymap::{self, Found};
use super::layer::{Layer, Overlay};
use super::model::{Leaving, Model, Repeat};
use super::overlay::{edit, menu};
use super::picker::Letters;
use super::place::Form as Size;
use super::screen::acts;
use crate::domain::{Text, email};

/// A key that comes again within this time is a held one.
const HELD: Duration = Duration::from_millis(300);

/// Where a name is asked for, a paste would be no second thought.
const TYPED: &str = "a name is typed here, not pasted";

/// The action that pasted addresses are offered to.
const INVITE_MANY: &str = "invite.many";

/// A key was pressed.
pub(super) fn pressed(model: &mut Model, key: Key) -> Effects {
    note_repeat(model, key);
    model.touched = model.now.moment;
    model.notices.hint = None;
    if model.leaving == Leaving::Asked && key != Key::control('c') {
        model.leaving = Leaving::No;
    }
    if model.layout().form == Size::TooSmall {
        return too_small(model, key);
    }
    if let Some(effects) = typed_text(model, key) {
        return effects;
    }
    if !model.typed.is_empty() && key == Key::plain(Code::Esc) {
        model.typed.clear();
        return Effects::new();
    }
    model.typed.push(key);
    let found = keymap::resolve(&model.layers(), &model.typed);
    if !matches!(found, Found::Prefix(_)) {
        model.typed.clear();
    }
    match found {
        Found::Action(name) => run(model, name),
        Found::Prefix(_) => Effects::new(),
        Found::Elsewhere(layer) => elsewhere(model, key, layer),
        Found::Nothing => {
            model.say(format!("{key} means nothing here: ? shows the keys"));
            Effects::new()
        }
    }
}

fn note_repeat(model: &mut Model, key: Key) {
    let now = model.now.moment;
    model.recent.retain(|(_, at)| now.since(*at) < HELD);
    // Other keys in between make it no less a held or hasty one.
    let again = model.recent.iter().any(|(recent, _)| *recent == key);
    model.repeat = if again { Repeat::Again } else { Repeat::Fresh };
    model.recent.retain(|(recent, _)| *recent != key);
    model.recent.push((key, now));
}

/// Where nothing fits on the screen, only leaving is possible, and what is possible everywhere.
fn too_small(model: &mut Model, key: Key) -> Effects {
    if let Found::Action(name) = keymap::resolve(&[Layer::Everywhere], &[key]) {
        return run(model, name);
    }
    if key == Key::plain(Code::Char('q')) || key == Key::control('c') {
        return super::screen::program::quit(model);
    }
    Effects::new()
}

fn elsewhere(model: &mut Model, key: Key, layer: Layer) -> Effects {
    model.say(format!(
        "{key} works in {}: ? shows the keys of this place",
        layer.word()
    ));
    Effects::new()
}

/// Runs an action by its name, and one that it chose in turn.
pub(super) fn run(model: &mut Model, name: &str) -> Effects {
    let Some(action) = action::named(name) else {
        return Effects::new();
    };
    if let Ready::Blocked(why) = action::availability(model, action) {
        model.say(why);
        return Effects::new();
    }
    let mut effects = (action.run)(model);
    if let Some(chosen) = model.chosen.take() {
        effects.extend(run(model, chosen));
    }
    effects
}

/// Letters go into the field that has the focus.
fn typed_text(model: &mut Model, key: Key) -> Option<Effects> {
    let character = key.typed()?;
    let text = character.to_string();
    match model.overlays.last_mut()? {
        Overlay::Form(form) if !form.takes_text() => return None,
        Overlay::Confirm(confirm) if !confirm.takes_text() => return None,
        Overlay::Tasks(tasks) if !tasks.takes_text() => return None,
        Overlay::Prompt(prompt) if !prompt.takes_text() => return None,
        Overlay::Form(_)
        | Overlay::Line(_)
        | Overlay::Confirm(_)
        | Overlay::Prompt(_)
        | Overlay::Tasks(_) => {
            edit::insert(model, &text);
        }
        Overlay::Menu(picker) if picker.letters == Letters::Take && character == '/' => {
            return None;
        }
        Overlay::Menu(_) | Overlay::Help(_) => {
            let effects = menu::insert(model, &text);
            return Some(chosen(model, effects));
        }
        Overlay::Details(_) => return None,
    }
    Some(Effects::new())
}

fn chosen(model: &mut Model, mut effects: Effects) -> Effects {
    if let Some(chosen) = model.chosen.take() {
        effects.extend(run(model, chosen));
    }
    effects
}

/// A text was pasted: it goes into a field and nowhere else, and its line ends press nothing. Beside every
/// field it is looked through for addresses.
pub(super) fn pasted(model: &mut Model, text: &Text) -> Effects {
    model.touched = model.now.moment;
    if model.layout().form == Size::TooSmall {
        return Effects::new();
    }
    let keeps = match model.overlays.last() {
        Some(Overlay::Form(form)) => form.takes_lines(),
        Some(_) => false,
        None => true,
    };
    let ends = text.raw().replace("\r\n", "\n").replace('\r', "\n");
    let plain = ends.chars().map(|c| match c {
        '\n' if keeps => c,
        c if c.is_control() => ' ',
        c => c,
    });
    let taken: String = plain.collect();
    match model.overlays.last_mut() {
        Some(Overlay::Form(form)) if form.is_at_name() => model.say(TYPED),
        Some(Overlay::Form(form)) if form.takes_text() => edit::insert(model, &taken),
        Some(Overlay::Prompt(prompt)) if prompt.takes_text() => edit::insert(model, taken.trim()),
        Some(Overlay::Line(_)) => edit::insert(model, &taken),
        Some(Overlay::Tasks(tasks)) if tasks.takes_text() => edit::insert(model, &taken),
        Some(Overlay::Help(picker) | Overlay::Menu(picker))
            if picker.letters == Letters::Search =>
        {
            return menu::insert(model, &taken);
        }
        Some(Overlay::Confirm(confirm)) if confirm.takes_text() => {
            model.say(TYPED);
        }
        Some(
            Overlay::Form(_)
            | Overlay::Confirm(_)
            | Overlay::Prompt(_)
            | Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Details(_)
            | Overlay::Tasks(_),
        ) => model.say("pasted text presses no keys: open a field first"),
        None => return invite_these(model, &taken),
    }
    Effects::new()
}

/// Offers to invite those whose addresses were pasted into a list; says what is ignored.
fn invite_these(model: &mut Model, text: &str) -> Effects {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    let is_address = |word: &&str| word.contains('@') && email::parse(word).is_ok();
    let ready = action::named(INVITE_MANY).map(|action| action::availability(model, action));
    let count = text.chars().count();
    match (words.filter(is_address).count(), ready) {
        (0, _) => model.say(format!(
            "pasted text presses no keys: {count} characters without an address are ignored"
        )),
        (_, Some(Ready::Yes)) => return acts::invite_these(model, text.trim_end()),
        (found, Some(Ready::Blocked(why))) => model.say(format!(
            "pasted text presses no keys; its addresses ({found}) cannot be invited: {}",
            why.raw()
        )),
        (_, None) => {}
    }
    Effects::new()
}
