//! One organization with all its attributes.

use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::app::place::Pane;

use super::{invites, members};

/// Scrolls down.
pub fn move_down(model: &mut Model) -> Effects {
    if !scroll(model, 1) {
        model.say(stuck(model, "this is the end of the organization"));
    }
    Effects::new()
}

/// Scrolls up.
pub fn move_up(model: &mut Model) -> Effects {
    if !scroll(model, -1) {
        model.say(stuck(model, "this is the beginning of the organization"));
    }
    Effects::new()
}

/// Scrolls by lines, to the last one at most; whether that was possible.
pub fn scroll(model: &mut Model, by: isize) -> bool {
    let panes = &mut model.panes;
    let before = panes.org_top;
    panes.org_top = before.saturating_add_signed(by).min(panes.org_last);
    panes.org_top != before
}

/// Why the attributes do not move.
fn stuck(model: &Model, at_an_end: &'static str) -> &'static str {
    let area = model.layout().panes[Pane::Org.index()];
    if model.panes.open.is_none() {
        "no organization is open"
    } else if area.height == 0 {
        "the organization is not on the screen: 2 shows it"
    } else {
        at_an_end
    }
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
