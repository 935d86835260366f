//! Lists of actions are about the row under the cursor: as long as one is open, it is that row or none.

use crate::app::cursor::{Hold, List};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::place::Pane;
use crate::domain::rows::Keyed;
use crate::domain::{InviteRef, MemberId, OrgId};
use crate::job::order::Arrangeable;

/// The row that an action would be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// An organization.
    Org(OrgId),
    /// A member.
    Member(MemberId),
    /// An invite.
    Invite(InviteRef),
}

/// Holds the cursor on the row that an open list of actions is about.
pub fn hold(model: &mut Model) -> Option<Row> {
    if !model.overlays.iter().any(Overlay::speaks_of_a_row) {
        return None;
    }
    let panes = &mut model.panes;
    match panes.focus {
        Pane::Orgs => held(&mut panes.orgs).map(Row::Org),
        Pane::Members => held(&mut panes.members).map(Row::Member),
        Pane::Invites => held(&mut panes.invites).map(Row::Invite),
        Pane::Org | Pane::Activity => None,
    }
}

fn held<T: Keyed + Arrangeable>(list: &mut List<T>) -> Option<T::Key> {
    let cursor = list.cursor.clone()?;
    if list.hold == Hold::First {
        list.hold = Hold::Record;
    }
    Some(cursor)
}

/// Closes the list of actions if its row is not under the cursor any more.
pub fn lose(model: &mut Model, before: Option<&Row>) {
    let Some(before) = before else { return };
    let panes = &model.panes;
    let stays = match before {
        Row::Org(org) => panes.orgs.cursor.as_ref() == Some(org),
        Row::Member(member) => panes.members.cursor.as_ref() == Some(member),
        Row::Invite(invite) => panes.invites.cursor.as_ref() == Some(invite),
    };
    if !stays {
        model.overlays.clear();
        model.typed.clear();
        model.say("closed: the row that it was about is gone");
    }
}
