//! Whether an action can be used now, and why not. Nothing is ever hidden: what cannot be used has a reason.

use super::{Action, Class, Needs};
use crate::app::columns::Column;
use crate::app::fault;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::overlay::{drafts, export, person};
use crate::app::picker::Letters;
use crate::app::place::Pane;
use crate::app::screen::{copy, lists, marks};
use crate::domain::{Text, Verb};

/// Whether an action can be used.
#[derive(Clone, Debug, PartialEq)]
pub enum Ready {
    /// It can.
    Yes,
    /// It cannot: why.
    Blocked(Text),
}

/// Whether an action can be used on what is under the cursor. What the service never allows is said
/// before what is only missing now.
pub fn availability(model: &Model, action: &Action) -> Ready {
    if let (Needs::Profile, Some(verb)) = (action.needs, action.verb) {
        return anywhere(model, verb);
    }
    if let Some(why) = action.verb.and_then(|verb| refusal(model, action, verb)) {
        return Ready::Blocked(why);
    }
    missing(model, action.needs).map_or(Ready::Yes, Ready::Blocked)
}

/// What an action needs and is not here.
fn missing(model: &Model, needs: Needs) -> Option<Text> {
    let (is_here, why) = match needs {
        Needs::Nothing | Needs::Profile => return None,
        Needs::Org => (model.org_here().is_some(), "no organization is chosen yet"),
        Needs::Row => (has_row(model), NO_ROW),
        Needs::Meant => (has_row(model) || has_marks(model), NO_ROW),
        Needs::Person => return no_person(model),
        Needs::Roles => return no_roles(model),
        Needs::Marks => return unmarkable(model),
        Needs::Marked => return unmarked(model),
        Needs::Copy(what) => return copy::refusal(model, what),
        Needs::List => (lists::filter(model).is_some(), NO_LIST),
        Needs::Filter => match lists::filter(model) {
            None => (false, NO_LIST),
            Some(text) => (!text.is_empty(), "no filter is set: / sets one"),
        },
        Needs::Sort => (
            lists::current_sort(model).is_some(),
            "nothing is sorted: s chooses a column",
        ),
        Needs::Column(column) => return unsorted(model.panes.focus, column),
        Needs::Closed => (!is_searching(model), "the filter is open"),
        Needs::Line => (has_line(model), "no entry is under the cursor"),
        Needs::Requests => (shows_requests(model), "no request is shown here"),
        Needs::Path => return export::closed(model),
        Needs::Draft => (drafts::here(model).is_some(), "no draft is offered here"),
    };
    (!is_here).then(|| Text::from(why))
}

const NO_ROW: &str = "no row is under the cursor";
const NO_LIST: &str = "this pane has no list to filter";

fn has_line(model: &Model) -> bool {
    match model.overlays.last() {
        Some(Overlay::Help(picker) | Overlay::Menu(picker)) => picker.chosen().is_some(),
        Some(
            Overlay::Confirm(_)
            | Overlay::Form(_)
            | Overlay::Details(_)
            | Overlay::Prompt(_)
            | Overlay::Line(_)
            | Overlay::Tasks(_),
        )
        | None => false,
    }
}

fn no_person(model: &Model) -> Option<Text> {
    let why = match model.panes.focus {
        Pane::Orgs | Pane::Org | Pane::Activity => {
            "members and invites are people, this pane has none"
        }
        Pane::Members | Pane::Invites if !has_row(model) => NO_ROW,
        Pane::Invites if person::under_cursor(model).is_none() => {
            "the service does not tell the address of this invite"
        }
        Pane::Members | Pane::Invites => return None,
    };
    Some(Text::from(why))
}

fn no_roles(model: &Model) -> Option<Text> {
    let meant = marks::members_meant(model);
    let unread = meant.iter().filter(|one| one.roles.known().is_none());
    Some(Text::from(match (meant.len(), unread.count()) {
        (0, _) => NO_ROW.to_owned(),
        (_, 0) => return None,
        (1, _) => "the roles of this member were not read: g r reads the row again".to_owned(),
        (_, count) => format!("the roles of {count} marked members were not read: R reads them"),
    }))
}

fn unmarkable(model: &Model) -> Option<Text> {
    let why = match model.panes.focus {
        Pane::Members | Pane::Invites if has_row(model) => return None,
        Pane::Members | Pane::Invites => NO_ROW,
        Pane::Orgs | Pane::Org | Pane::Activity => {
            "members and invites can be marked: nothing is done to several rows of this pane"
        }
    };
    Some(Text::from(why))
}

fn unmarked(model: &Model) -> Option<Text> {
    let why = "no row is marked: space marks one, * every row";
    unmarkable(model).or_else(|| (!has_marks(model)).then(|| Text::from(why)))
}

fn unsorted(pane: Pane, column: Column) -> Option<Text> {
    let can = lists::sortable(pane);
    if can.contains(&column) {
        return None;
    }
    let words: Vec<&str> = can.iter().map(|column| column.word()).collect();
    let instead = if words.is_empty() {
        ": it has no rows to sort".to_owned()
    } else {
        format!(", only by {}", words.join(", "))
    };
    let column = column.word();
    Some(Text::from(format!(
        "this pane cannot be sorted by {column}{instead}"
    )))
}

fn shows_requests(model: &Model) -> bool {
    let Some(Overlay::Confirm(confirm)) = model.overlays.last() else {
        return false;
    };
    confirm.plan().is_some_and(|plan| !plan.steps.is_empty())
}

fn is_searching(model: &Model) -> bool {
    matches!(model.overlays.last(), Some(Overlay::Menu(picker)) if picker.letters == Letters::Search)
}

/// Whether any profile can do it; where none can, the reason of the one that is looked at.
fn anywhere(model: &Model, verb: Verb) -> Ready {
    let accounts = &model.store.accounts;
    if accounts
        .iter()
        .any(|account| account.refusal(verb).is_none())
    {
        return Ready::Yes;
    }
    let here = model.account_here().or(accounts.first());
    let why = here.and_then(|account| account.refusal(verb));
    Ready::Blocked(why.unwrap_or_else(|| Text::from("there is no profile")))
}

fn has_row(model: &Model) -> bool {
    match model.panes.focus {
        Pane::Orgs | Pane::Org => model.org_here().is_some(),
        Pane::Members => model.member_row().is_some(),
        Pane::Invites => model.invite_row().is_some() || model.sent_note().is_some(),
        Pane::Activity => !model.log.is_empty(),
    }
}

fn has_marks(model: &Model) -> bool {
    marks::counts(model, model.panes.focus).marked > 0
}

fn refusal(model: &Model, action: &Action, verb: Verb) -> Option<Text> {
    let account = model.account_here()?;
    if action.class == Class::Reads {
        return fault::not_offered(&account.capabilities, verb);
    }
    account.refusal(verb)
}
