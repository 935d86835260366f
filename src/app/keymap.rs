//! The keymap: from the keys typed so far to an action, by the table alone.

use super::action::{self, Action};
use super::key::Key;
use super::layer::Layer;

/// What a sequence of keys means.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// This action, by its name.
    Action(&'static str),
    /// The beginning of these: the keys that are missing, and the names.
    Prefix(Vec<(String, &'static str)>),
    /// It means something in another layer.
    Elsewhere(Layer),
    /// Nothing.
    Nothing,
}

/// What the typed keys mean where these layers count, the nearest first.
pub fn resolve(layers: &[Layer], typed: &[Key]) -> Found {
    for layer in layers {
        let hits: Vec<(&Action, Vec<Key>)> = chords()
            .filter(|(action, chord)| action.layer == *layer && chord.starts_with(typed))
            .collect();
        if let Some((action, _)) = hits.iter().find(|(_, chord)| chord.len() == typed.len()) {
            return Found::Action(action.name);
        }
        if !hits.is_empty() {
            let rest = |(action, chord): &(&Action, Vec<Key>)| {
                (written(&chord[typed.len()..]), action.name)
            };
            return Found::Prefix(hits.iter().map(rest).collect());
        }
    }
    chords()
        .find(|(_, chord)| chord == typed)
        .map_or(Found::Nothing, |(action, _)| Found::Elsewhere(action.layer))
}

/// Every action with each of its key sequences.
pub fn chords() -> impl Iterator<Item = (&'static Action, Vec<Key>)> {
    action::all().flat_map(|action| action.keys.iter().map(move |chord| (action, parse(chord))))
}

/// The keys of a sequence as the table writes it.
fn parse(chord: &str) -> Vec<Key> {
    chord.split(' ').filter_map(Key::parse).collect()
}

/// A key sequence of the table as it is shown: `gg`, `^d`, `enter`.
pub fn shown(chord: &str) -> String {
    written(&parse(chord))
}

fn written(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect()
}
