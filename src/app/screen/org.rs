//! One organization with all its attributes.

use crate::app::effect::Effects;
use crate::app::model::Model;

use super::{invites, members};

/// Scrolls down.
pub fn move_down(model: &mut Model) -> Effects {
    scroll(model, 1);
    Effects::new()
}

/// Scrolls up.
pub fn move_up(model: &mut Model) -> Effects {
    scroll(model, -1);
    Effects::new()
}

/// Scrolls by lines; whether that was possible. The view stops at the last line.
pub fn scroll(model: &mut Model, by: isize) -> bool {
    let before = model.panes.org_top;
    let last = lines(model).saturating_sub(1);
    model.panes.org_top = before.saturating_add_signed(by).min(last);
    model.panes.org_top != before
}

/// How many lines the attributes and the list of what can be done take at the most.
fn lines(model: &Model) -> usize {
    let attributes = model
        .panes
        .open
        .as_ref()
        .and_then(|id| model.store.org(id))
        .map_or(0, |row| row.item.attributes.len());
    attributes + crate::domain::Verb::ALL.len() + 8
}

/// Reads the organization again, with its members and invites.
pub fn read(model: &mut Model) -> Effects {
    if let Some(org) = model.panes.open.clone()
        && let Some(account) = model.store.account_mut(org.profile())
    {
        account.orgs.retry(&org);
    }
    let mut effects = members::read(model);
    effects.extend(invites::read(model));
    effects
}
