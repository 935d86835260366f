//! The members of the open organization.

use crate::app::columns::Column;
use crate::app::cursor::List;
use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::app::place::Pane;
use crate::domain::{MemberId, OrgId};
use crate::job::feed::Stage;

use super::{lists, orgs};

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

/// Goes to a member of an organization: what hides it is cleared.
pub fn go_to(model: &mut Model, org: &OrgId, member: &MemberId) -> Effects {
    let mut effects = Effects::new();
    if model.panes.open.as_ref() != Some(org) {
        effects = orgs::go_to(model, org);
    }
    let rows = model.store.visit(org).map(|visit| &visit.members.rows);
    let row = rows.and_then(|rows| rows.find(member));
    if row.is_some_and(|row| !model.panes.members.lens.shows(&row.item)) {
        model.panes.members.refocus(|lens| lens.text.clear());
        model.say(lists::UNFILTERED);
    }
    model.panes.members.seek(member);
    model.panes.focus = Pane::Members;
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
