//! The palette: every action by its name, and every organization, member and invite that was read.
//!
//! What was read may be very long: it is looked through in slices, one with every message, so that no
//! key waits for it.

mod things;

use crate::app::action::{self, Action};
use crate::app::effect::Effects;
use crate::app::layer::{Layer, Overlay};
use crate::app::model::Model;
use crate::app::picker::{Choice, Finding, Looking, Note, Picker, Subject};
use crate::domain::Text;
use crate::domain::rows::Shelf;
use crate::job::order::Covered;

use self::things::Thing;
use super::menu;

/// Rows that are looked through in one go.
const SLICE: u32 = 4_096;

/// Things of one kind that are shown at the most.
const MOST: usize = 200;

/// The heading of the actions; those of the things follow it in this order.
const ACTIONS: &str = "ACTIONS";

const THINGS: [&str; 3] = ["ORGANIZATIONS", "MEMBERS", "INVITES"];

/// The layers whose actions can be run from a list.
const LAYERS: [Layer; 7] = [
    Layer::Everywhere,
    Layer::List,
    Layer::Orgs,
    Layer::Org,
    Layer::Members,
    Layer::Invites,
    Layer::Activity,
];

/// Opens it.
pub fn open(model: &mut Model) -> Effects {
    let mut rows: Vec<&Action> = action::all()
        .filter(|action| LAYERS.contains(&action.layer))
        .collect();
    rows.sort_by_key(|action| menu::importance(action));
    let mut choices: Vec<Choice> = rows.into_iter().map(|row| choice(model, row)).collect();
    choices.sort_by_key(|choice| choice.blocked.is_some());
    let palette = Subject::Palette(Finding::default());
    let picker = Picker::new("Everything by name", palette, choices);
    model.overlays.push(Overlay::Help(Box::new(picker)));
    Effects::new()
}

fn choice(model: &Model, action: &'static Action) -> Choice {
    let choice = menu::choice(model, action)
        .under(ACTIONS)
        .about(action.name);
    if model.layers().contains(&action.layer) {
        return choice;
    }
    let why = format!("it works in {}", action.layer.word());
    choice.blocked(Some(Text::from(why)))
}

/// Looks through the next slice of what was read, if the palette is open and wants it.
pub fn go_on(model: &mut Model) {
    let Some(mut picker) = taken(model) else {
        return;
    };
    let words = picker.words();
    if let Subject::Palette(finding) = &mut picker.of {
        let mut lines = picker.choices.clone();
        look(model, finding, (&words, &mut lines));
        let notes = notes(finding, &words, &lines);
        if lines != picker.choices || notes != picker.notes {
            picker.refill(lines, notes);
        }
    }
    model.overlays.push(Overlay::Help(picker));
}

/// The palette, taken off the model so that both can be read.
fn taken(model: &mut Model) -> Option<Box<Picker>> {
    let is_palette = matches!(model.overlays.last(), Some(Overlay::Help(picker)) if matches!(picker.of, Subject::Palette(_)));
    match model.overlays.pop_if(|_| is_palette) {
        Some(Overlay::Help(picker)) => Some(picker),
        Some(_) | None => None,
    }
}

/// Whether there is more to look through.
pub fn is_looking(model: &Model) -> bool {
    matches!(model.overlays.last(), Some(Overlay::Help(picker))
        if matches!(&picker.of, Subject::Palette(finding) if finding.stage == Looking::On))
}

/// Looks through a slice of every list that was not looked through yet.
fn look(model: &Model, finding: &mut Finding, (words, lines): (&[String], &mut Vec<Choice>)) {
    let orgs = model.store.org_lists(|_| true);
    let (members, invites) = (model.member_lists(), model.invite_lists());
    let lists = orgs.len() + members.len() + invites.len();
    if finding.open != model.panes.open || finding.seen.len() != lists {
        finding.seen = vec![Covered::default(); lists];
        finding.open.clone_from(&model.panes.open);
    }
    if finding.seen.iter().all(|seen| seen.rows == 0) {
        lines.retain(|line| line.section == ACTIONS);
    }
    if words.is_empty() {
        finding.stage = Looking::Done;
        return;
    }
    let (of_orgs, rest) = finding.seen.split_at_mut(orgs.len());
    let (of_members, of_invites) = rest.split_at_mut(members.len());
    let mut search = Search {
        model,
        words,
        lines,
        room: SLICE,
    };
    search.through(&orgs, of_orgs);
    search.through(&members, of_members);
    search.through(&invites, of_invites);
    finding.stage = if search.room == 0 {
        Looking::On
    } else {
        Looking::Done
    };
}

/// One slice of a search.
struct Search<'a> {
    model: &'a Model,
    words: &'a [String],
    lines: &'a mut Vec<Choice>,
    room: u32,
}

impl Search<'_> {
    fn through<T: Thing>(&mut self, lists: &[Shelf<T>], seen: &mut [Covered]) {
        let section = THINGS[T::KIND];
        let mut found = self.count(section);
        for (list, seen) in lists.iter().zip(seen) {
            if !seen.begins(list) {
                *seen = Covered {
                    epoch: list.epoch(),
                    rows: 0,
                };
            }
            while self.room > 0 && seen.rows < list.len() && found < MOST {
                let item = &list.row(seen.rows).item;
                seen.rows += 1;
                self.room -= 1;
                if self.fits(item) && self.add(item) {
                    found += 1;
                }
            }
        }
    }

    fn count(&self, section: &str) -> usize {
        let lines = self.lines.iter();
        lines.filter(|line| line.section == section).count()
    }

    fn fits(&self, item: &impl Thing) -> bool {
        let names = item.names().map(|name| name.map(lower));
        let has = |word: &String| names.iter().flatten().any(|name| name.contains(word));
        self.words.iter().all(has)
    }

    /// Adds a line below those of its kind, unless it is there already.
    fn add<T: Thing>(&mut self, item: &T) -> bool {
        let (pick, title, about) = item.line(self.model);
        if self.lines.iter().any(|line| line.pick == pick) {
            return false;
        }
        let after = &THINGS[T::KIND + 1..];
        let place = self
            .lines
            .iter()
            .position(|line| after.contains(&line.section));
        let line = Choice::new(pick, title).under(THINGS[T::KIND]).about(about);
        self.lines.insert(place.unwrap_or(self.lines.len()), line);
        true
    }
}

fn lower(text: &Text) -> String {
    text.raw().to_lowercase()
}

/// What is said above the lines.
fn notes(finding: &Finding, words: &[String], lines: &[Choice]) -> Vec<Note> {
    if words.is_empty() {
        let words = "Type a name, an e-mail or an id to find organizations too, and members and invites of \
             the open one.";
        return vec![Note::Words(Text::from(words))];
    }
    let mut notes = Vec::new();
    let count = |section: &str| lines.iter().filter(|line| line.section == section).count();
    let full = THINGS.iter().filter(|section| count(section) >= MOST);
    let full: Vec<String> = full.map(|section| section.to_lowercase()).collect();
    if !full.is_empty() {
        let words = format!("The first {MOST} {}: type more.", full.join(" and "));
        notes.push(Note::Words(Text::from(words)));
    }
    if finding.stage == Looking::On {
        let rows: u32 = finding.seen.iter().map(|seen| seen.rows).sum();
        let words = format!("looked through {rows} rows ..");
        notes.push(Note::Busy(Text::from(words)));
    }
    notes
}
