//! The members of the open organization.

use crate::app::columns::Column;
use crate::app::cursor::List;
use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::app::place::Pane;
use crate::job::feed::Stage;

/// The columns that the list can be sorted by.
pub const SORTED_BY: &[Column] = &[
    Column::Name,
    Column::Email,
    Column::Role,
    Column::Date,
    Column::Seen,
];

const RETRYING: &str = "reading this row again";

/// Another organization is shown: its list begins at the top, sorted as the last one was.
pub fn reset(model: &mut Model) {
    let lens = model.panes.members.lens.clone();
    model.panes.members = List::default();
    model.panes.members.lens.by = lens.by;
    model.panes.members.lens.turn = lens.turn;
}

/// Begins to read the members, unless they are here as a whole.
pub fn begin(model: &mut Model) -> Effects {
    if let Some(org) = model.panes.open.clone()
        && let Some(visit) = model.store.visit_mut(&org)
        && *visit.members.stage() != Stage::Whole
    {
        visit.members.start();
    }
    Effects::new()
}

/// Reads the members again.
pub fn read(model: &mut Model) -> Effects {
    let Some(org) = model.panes.open.clone() else {
        return Effects::new();
    };
    let effects = model.pending.cancel(|purpose| purpose.is_of_members(&org));
    if let Some(visit) = model.store.visit_mut(&org) {
        visit.members.start();
    }
    effects
}

/// Asks for the rest of the row under the cursor again.
pub fn retry(model: &mut Model) -> Effects {
    match model.panes.focus {
        Pane::Members => {
            let key = model.panes.members.cursor.clone();
            if let (Some(key), Some(org)) = (key, model.panes.open.clone())
                && let Some(visit) = model.store.visit_mut(&org)
            {
                visit.members.retry(&key);
                model.say(RETRYING);
            }
        }
        Pane::Orgs | Pane::Org => {
            if let Some(org) = model.org_here().cloned()
                && let Some(account) = model.store.account_mut(org.profile())
            {
                account.orgs.retry(&org);
                model.say(RETRYING);
            }
        }
        Pane::Invites | Pane::Activity => model.say("R reads the whole list again"),
    }
    Effects::new()
}
