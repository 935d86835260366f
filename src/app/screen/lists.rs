//! What every list can do: move, sort, read again.

use crate::app::columns::Column;
use crate::app::cursor::List;
use crate::app::effect::Effects;
use crate::app::model::{InviteScope, Model};
use crate::app::place::{self, Pane};
use crate::domain::rows::{Keyed, Shelf};
use crate::domain::{Invite, Member, Org};
use crate::job::facts::{self, Beside, Facts, Service};
use crate::job::filter::Why;
use crate::job::order::{Arrangeable, Turn};
use crate::job::{Filter, Lens};

use super::{activity, invites, members, org, orgs};

/// Said when a filter had to go.
pub const UNFILTERED: &str = "the filter is off: it left this row out";

/// One row down.
pub fn move_down(model: &mut Model) -> Effects {
    step(model, 1)
}

/// One row up.
pub fn move_up(model: &mut Model) -> Effects {
    step(model, -1)
}

/// To the first row.
pub fn move_first(model: &mut Model) -> Effects {
    step(model, isize::MIN)
}

/// To the last row.
pub fn move_last(model: &mut Model) -> Effects {
    step(model, isize::MAX)
}

/// Half a page down.
pub fn move_half_down(model: &mut Model) -> Effects {
    let half = height(model) / 2;
    step(model, half.max(1).cast_signed())
}

/// Half a page up.
pub fn move_half_up(model: &mut Model) -> Effects {
    let half = height(model) / 2;
    step(model, -half.max(1).cast_signed())
}

/// A page down.
pub fn move_page_down(model: &mut Model) -> Effects {
    let page = height(model);
    step(model, page.max(1).cast_signed())
}

/// A page up.
pub fn move_page_up(model: &mut Model) -> Effects {
    let page = height(model);
    step(model, -page.max(1).cast_signed())
}

/// To the next row that the filter lets through.
pub fn move_next_match(model: &mut Model) -> Effects {
    step(model, 1)
}

/// To the previous row that the filter lets through.
pub fn move_previous_match(model: &mut Model) -> Effects {
    step(model, -1)
}

/// The filter of the focused list; `None` where the pane has no list.
pub fn filter(model: &Model) -> Option<&str> {
    match model.panes.focus {
        Pane::Orgs => Some(&model.panes.orgs.lens.text),
        Pane::Members => Some(&model.panes.members.lens.text),
        Pane::Invites => Some(&model.panes.invites.lens.text),
        Pane::Org | Pane::Activity => None,
    }
}

/// Sets the filter of the focused list. One that cannot be read changes nothing: why is said.
pub fn set_filter(model: &mut Model, text: &str) {
    if let Err(wrong) = readable(model.panes.focus, text) {
        model.say(format!("{wrong}; the rows are those of before"));
        return;
    }
    let beside = beside(model);
    refocus(model, |lens| {
        text.clone_into(&mut lens.text);
        lens.beside = beside;
    });
}

/// What is known now beside the records themselves.
pub fn beside(model: &Model) -> Beside {
    let accounts = model.store.accounts.iter();
    let services = accounts.map(|account| {
        let connection = &account.connection;
        let service = Service {
            name: connection.service,
            skew: account.skew,
        };
        (connection.profile.clone(), service)
    });
    Beside {
        now: model.now.wall,
        services: services.collect(),
    }
}

/// Whether a text is a filter of a pane's records.
///
/// # Errors
/// What is wrong with it, and where; an unknown field with those that are known.
pub fn readable(pane: Pane, text: &str) -> Result<(), String> {
    match pane {
        Pane::Orgs => over::<Org>(text),
        Pane::Members => over::<Member>(text),
        Pane::Invites => over::<Invite>(text),
        Pane::Org | Pane::Activity => Ok(()),
    }
}

fn over<T: Facts>(text: &str) -> Result<(), String> {
    let Err(wrong) = Filter::over(text, facts::is_known::<T>) else {
        return Ok(());
    };
    Err(match wrong.why {
        Why::Field(_) => {
            let known: Vec<&str> = T::FIELDS.iter().chain(T::ALSO).copied().collect();
            format!("{wrong}: {}", known.join(" "))
        }
        Why::Quote | Why::Nothing(_) | Why::Bound(_) | Why::Pattern(_) => wrong.to_string(),
    })
}

/// How many rows the focused pane shows.
fn height(model: &Model) -> usize {
    let area = model.layout().panes[model.panes.focus.index()];
    usize::from(place::list_height(area))
}

fn step(model: &mut Model, by: isize) -> Effects {
    let moved = match model.panes.focus {
        Pane::Orgs => {
            let lists = model.org_lists();
            let moved = step_list(&mut model.panes.orgs, by, &lists);
            orgs::schedule_follow(model);
            moved
        }
        Pane::Org => org::scroll(model, by),
        Pane::Members => {
            let lists = model.member_lists();
            step_list(&mut model.panes.members, by, &lists)
        }
        Pane::Invites if model.keeps_notes() => step_notes(model, by),
        Pane::Invites => {
            let lists = model.invite_lists();
            step_list(&mut model.panes.invites, by, &lists)
        }
        Pane::Activity => activity::scroll(model, by),
    };
    if !moved {
        model.say(if by > 0 {
            "this is the end"
        } else {
            "this is the beginning"
        });
    }
    Effects::new()
}

/// Moves among what was sent from here.
fn step_notes(model: &mut Model, by: isize) -> bool {
    let notes = model.sent_notes();
    let held = model.sent_note();
    let before = notes.iter().position(|note| Some(*note) == held);
    let before = before.unwrap_or(0);
    let last = notes.len().saturating_sub(1);
    let after = before.saturating_add_signed(by).min(last);
    let note = notes.get(after).map(|note| (*note).clone());
    let from = model.panes.note_marks.from();
    let begins = notes.iter().position(|note| Some(*note) == from);
    let reached = begins.map(|begins| begins.min(after)..=begins.max(after));
    let reached: Vec<_> = reached
        .map(|reached| notes[reached].iter().map(|note| (*note).clone()).collect())
        .unwrap_or_default();
    model.panes.note = note;
    if begins.is_some() {
        model.panes.note_marks.span(reached.into_iter());
    }
    after != before
}

fn step_list<T>(list: &mut List<T>, by: isize, lists: &[Shelf<T>]) -> bool
where
    T: Keyed + Arrangeable + Clone,
{
    let before = list.index;
    list.go(before.saturating_add_signed(by), lists);
    list.index != before
}

/// Sorts by name.
pub fn sort_name(model: &mut Model) -> Effects {
    sort(model, Some(Column::Name))
}

/// Sorts by e-mail address.
pub fn sort_email(model: &mut Model) -> Effects {
    sort(model, Some(Column::Email))
}

/// Sorts by role.
pub fn sort_role(model: &mut Model) -> Effects {
    sort(model, Some(Column::Role))
}

/// Sorts by status.
pub fn sort_status(model: &mut Model) -> Effects {
    sort(model, Some(Column::Status))
}

/// Sorts by date.
pub fn sort_date(model: &mut Model) -> Effects {
    sort(model, Some(Column::Date))
}

/// Sorts by when it was last seen.
pub fn sort_seen(model: &mut Model) -> Effects {
    sort(model, Some(Column::Seen))
}

/// Sorts by the number of members.
pub fn sort_members(model: &mut Model) -> Effects {
    sort(model, Some(Column::Members))
}

/// Sorts by profile.
pub fn sort_profile(model: &mut Model) -> Effects {
    sort(model, Some(Column::Profile))
}

/// Leaves the order to the services.
pub fn sort_none(model: &mut Model) -> Effects {
    sort(model, None)
}

/// Turns the order around.
pub fn sort_reverse(model: &mut Model) -> Effects {
    refocus(model, |lens| lens.turn = lens.turn.reversed());
    Effects::new()
}

/// The column that the focused list is sorted by.
pub fn current_sort(model: &Model) -> Option<Column> {
    match model.panes.focus {
        Pane::Orgs => model.panes.orgs.lens.by,
        Pane::Members => model.panes.members.lens.by,
        Pane::Invites => model.panes.invites.lens.by,
        Pane::Org | Pane::Activity => None,
    }
}

/// The columns that the focused list can be sorted by.
pub fn sortable(pane: Pane) -> &'static [Column] {
    match pane {
        Pane::Orgs => orgs::SORTED_BY,
        Pane::Members => members::SORTED_BY,
        Pane::Invites => invites::SORTED_BY,
        Pane::Org | Pane::Activity => &[],
    }
}

fn sort(model: &mut Model, by: Option<Column>) -> Effects {
    refocus(model, |lens| {
        lens.by = by;
        lens.turn = Turn::Up;
    });
    model.say(match by {
        Some(column) => format!("sorted by {}", column.word()),
        None => "as delivered".to_owned(),
    });
    Effects::new()
}

fn refocus(model: &mut Model, change: impl FnOnce(&mut Lens<Column>)) {
    match model.panes.focus {
        Pane::Orgs => model.panes.orgs.refocus(change),
        Pane::Members => model.panes.members.refocus(change),
        Pane::Invites => model.panes.invites.refocus(change),
        Pane::Org | Pane::Activity => {}
    }
}

/// Reads what the focused pane shows again; what is there stays until then.
pub fn read_again(model: &mut Model) -> Effects {
    let effects = match model.panes.focus {
        Pane::Orgs | Pane::Activity => orgs::read(model),
        Pane::Org => org::read(model),
        Pane::Members => members::read(model),
        Pane::Invites if model.panes.invite_scope == InviteScope::All => invites::read_all(model),
        Pane::Invites => invites::read(model),
    };
    model.say("asked again");
    effects
}
