//! Marking rows, and which rows an action means: those that are marked, else the one under the cursor.

use crate::app::cursor::{List, Shown};
use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::app::place::Pane;
use crate::app::store::SentNote;
use crate::domain::rows::{Keyed, Row, Rows, Shelf};
use crate::domain::{Invite, Member, Verb, Wish};
use crate::job::order::{self, Arrangeable};

use super::{asks, lists};

/// How many rows of a list are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All that are here.
    pub marked: usize,
    /// Those of them that the filter hides.
    pub hidden: usize,
}

impl Counts {
    /// "3 marked, 1 not shown"; nothing where none is.
    pub fn words(self) -> Option<String> {
        match self {
            Self { marked: 0, .. } => None,
            Self { marked, hidden: 0 } => Some(format!("{marked} marked")),
            Self { marked, hidden } => Some(format!("{marked} marked, {hidden} not shown")),
        }
    }
}

/// The marks of a pane, counted.
pub fn counts(model: &Model, pane: Pane) -> Counts {
    match pane {
        Pane::Members => of_list(&model.panes.members, &marked_members(model)),
        Pane::Invites if model.keeps_notes() => Counts {
            marked: marked_notes(model).len(),
            hidden: 0,
        },
        Pane::Invites => of_list(&model.panes.invites, &marked_invites(model)),
        Pane::Orgs | Pane::Org | Pane::Activity => Counts::default(),
    }
}

fn of_list<T>(list: &List<T>, marked: &[&Row<T>]) -> Counts
where
    T: Keyed + Arrangeable + Clone,
{
    let hidden = marked.iter().filter(|row| !list.lets_through(&row.item));
    Counts {
        marked: marked.len(),
        hidden: hidden.count(),
    }
}

/// Marks the row under the cursor or takes its mark away, and goes to the next.
pub fn toggle(model: &mut Model) -> Effects {
    match model.panes.focus {
        Pane::Members => toggle_in(&mut model.panes.members),
        Pane::Invites if model.keeps_notes() => {
            if let Some(note) = model.sent_note().cloned() {
                model.panes.note_marks.toggle(&note);
            }
        }
        Pane::Invites => toggle_in(&mut model.panes.invites),
        Pane::Orgs | Pane::Org | Pane::Activity => {}
    }
    let effects = lists::move_down(model);
    told(model);
    effects
}

fn toggle_in<T: Keyed + Arrangeable>(list: &mut List<T>) {
    if let Some(key) = &list.cursor {
        list.marks.toggle(key);
    }
}

/// Begins a range that grows with the cursor, or ends it.
pub fn toggle_range(model: &mut Model) -> Effects {
    let is_growing = match model.panes.focus {
        Pane::Members => range_in(&mut model.panes.members),
        Pane::Invites if model.keeps_notes() => {
            let here = model.sent_note().cloned();
            let marks = &mut model.panes.note_marks;
            match (marks.from().is_some(), here) {
                (false, Some(note)) => marks.begin(&note),
                (true, _) | (_, None) => marks.end(),
            }
            marks.from().is_some()
        }
        Pane::Invites => range_in(&mut model.panes.invites),
        Pane::Orgs | Pane::Org | Pane::Activity => false,
    };
    if is_growing {
        model.say(
            "a range begins here and grows with the cursor: v ends it, Esc takes the marks away",
        );
    } else {
        told(model);
    }
    Effects::new()
}

fn range_in<T: Keyed + Arrangeable>(list: &mut List<T>) -> bool {
    match (list.marks.from().is_some(), &list.cursor) {
        (false, Some(key)) => list.marks.begin(key),
        (true, _) | (_, None) => list.marks.end(),
    }
    list.marks.from().is_some()
}

/// Turns the marks of the rows that are shown around.
pub fn invert(model: &mut Model) -> Effects {
    match model.panes.focus {
        Pane::Members => {
            let shown = shown(&model.panes.members, &model.member_lists());
            model.panes.members.marks.invert(shown.into_iter());
        }
        Pane::Invites if model.keeps_notes() => {
            let shown = all_notes(model);
            model.panes.note_marks.invert(shown.into_iter());
        }
        Pane::Invites => {
            let shown = shown(&model.panes.invites, &model.invite_lists());
            model.panes.invites.marks.invert(shown.into_iter());
        }
        Pane::Orgs | Pane::Org | Pane::Activity => {}
    }
    told(model);
    Effects::new()
}

/// Marks every row that is shown.
pub fn mark_all(model: &mut Model) -> Effects {
    match model.panes.focus {
        Pane::Members => {
            let shown = shown(&model.panes.members, &model.member_lists());
            model.panes.members.marks.add(shown.into_iter());
        }
        Pane::Invites if model.keeps_notes() => {
            let shown = all_notes(model);
            model.panes.note_marks.add(shown.into_iter());
        }
        Pane::Invites => {
            let shown = shown(&model.panes.invites, &model.invite_lists());
            model.panes.invites.marks.add(shown.into_iter());
        }
        Pane::Orgs | Pane::Org | Pane::Activity => {}
    }
    told(model);
    Effects::new()
}

/// Takes the marks of the focused pane away; whether there were any.
pub fn clear(model: &mut Model) -> bool {
    match model.panes.focus {
        Pane::Members => model.panes.members.marks.clear(),
        Pane::Invites if model.keeps_notes() => model.panes.note_marks.clear(),
        Pane::Invites => model.panes.invites.marks.clear(),
        Pane::Orgs | Pane::Org | Pane::Activity => false,
    }
}

/// Shows the marked rows alone.
pub fn show_marked(model: &mut Model) -> Effects {
    let before = match model.panes.focus {
        Pane::Members => model.panes.members.show(Shown::Marked),
        Pane::Invites if !model.keeps_notes() => model.panes.invites.show(Shown::Marked),
        Pane::Invites | Pane::Orgs | Pane::Org | Pane::Activity => {
            model.say("what was sent from here is a short list: all of it is shown");
            return Effects::new();
        }
    };
    model.say(match before {
        Shown::All => "only the marked rows: f c or Esc shows all of them again",
        Shown::Marked => "only the marked rows are shown already: f c shows all of them",
    });
    Effects::new()
}

/// Shows every row again.
pub fn show_all(model: &mut Model) -> Effects {
    if !widen(model) {
        model.say("no row is left out but by a filter: Esc clears that");
    }
    Effects::new()
}

/// Shows every row of the focused pane again; whether only the marked ones were shown.
pub fn widen(model: &mut Model) -> bool {
    let was = match model.panes.focus {
        Pane::Members => model.panes.members.show(Shown::All),
        Pane::Invites => model.panes.invites.show(Shown::All),
        Pane::Orgs | Pane::Org | Pane::Activity => Shown::All,
    };
    if was == Shown::Marked {
        model.say("all rows are shown again");
    }
    was == Shown::Marked
}

/// Why something is not done to all marked rows at once, by where they belong.
pub fn apart(model: &Model, verb: Verb) -> Option<&'static str> {
    let invites = invites_meant(model);
    match model.panes.focus {
        Pane::Invites if !model.keeps_notes() => {
            asks::apart(verb, invites.iter().map(|invite| &invite.at.org))
        }
        // The others are all of the organization that is open.
        Pane::Invites | Pane::Members | Pane::Orgs | Pane::Org | Pane::Activity => None,
    }
}

fn told(model: &mut Model) {
    let words = counts(model, model.panes.focus).words();
    model.say(words.unwrap_or_else(|| "no row is marked".to_owned()));
}

fn shown<T: Keyed + Arrangeable + Clone>(list: &List<T>, lists: &[Shelf<T>]) -> Vec<T::Key> {
    let places = list.order.places.iter();
    places
        .map(|place| order::row(lists, *place).item.key().clone())
        .collect()
}

fn all_notes(model: &Model) -> Vec<SentNote> {
    model.sent_notes().into_iter().cloned().collect()
}

/// The marked members, in the order they were delivered in.
pub fn marked_members(model: &Model) -> Vec<&Row<Member>> {
    let visit = model.panes.open.as_ref();
    let visit = visit.and_then(|org| model.store.visit(org));
    let rows: Vec<_> = visit.iter().map(|visit| &visit.members.rows).collect();
    marked(&model.panes.members, &rows)
}

/// The marked invites, in the order they were delivered in.
pub fn marked_invites(model: &Model) -> Vec<&Row<Invite>> {
    let feeds = model.invite_feeds();
    let rows: Vec<_> = feeds.iter().map(|feed| &feed.rows).collect();
    marked(&model.panes.invites, &rows)
}

fn marked_notes(model: &Model) -> Vec<&SentNote> {
    let mut notes = model.sent_notes();
    notes.retain(|note| model.panes.note_marks.has(note));
    notes
}

fn marked<'a, T>(list: &List<T>, rows: &[&'a Rows<T>]) -> Vec<&'a Row<T>>
where
    T: Keyed + Arrangeable + Clone,
{
    let mut found: Vec<(usize, u32, &Row<T>)> = Vec::new();
    for key in list.marks.iter() {
        let place = rows.iter().enumerate().find_map(|(list, rows)| {
            let number = rows.number(key)?;
            Some((list, number, rows.row(number)))
        });
        found.extend(place);
    }
    found.sort_by_key(|(list, number, _)| (*list, *number));
    found.into_iter().map(|(_, _, row)| row).collect()
}

/// The members that an action means.
pub fn members_meant(model: &Model) -> Vec<Member> {
    let marked = marked_members(model).into_iter();
    let marked: Vec<Member> = marked.map(|row| row.item.clone()).collect();
    if marked.is_empty() {
        let here = model.member_row().map(|row| row.item.clone());
        return here.into_iter().collect();
    }
    marked
}

/// The invites that an action means.
pub fn invites_meant(model: &Model) -> Vec<Invite> {
    let marked = marked_invites(model).into_iter();
    let marked: Vec<Invite> = marked.map(|row| row.item.clone()).collect();
    if marked.is_empty() {
        let here = model.invite_row().map(|row| row.item.clone());
        return here.into_iter().collect();
    }
    marked
}

/// What was sent from here and an action means.
pub fn notes_meant(model: &Model) -> Vec<SentNote> {
    let marked: Vec<SentNote> = marked_notes(model).into_iter().cloned().collect();
    if marked.is_empty() {
        return model.sent_note().cloned().into_iter().collect();
    }
    marked
}

/// What goes out now is no longer marked: the next action means something else.
pub fn taken(model: &mut Model, wish: &Wish) {
    if !matches!(wish, Wish::Each(_)) {
        return;
    }
    if matches!(wish.verb(), Verb::MemberRemove | Verb::MemberRole) {
        model.panes.members.marks.clear();
    } else {
        model.panes.invites.marks.clear();
        model.panes.note_marks.clear();
    }
}
