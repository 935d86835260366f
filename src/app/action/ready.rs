//! Whether an action can be used now, and why not. Nothing is ever hidden: what cannot be used has a reason.

use super::{Action, Class, Needs};
use crate::app::fault;
use crate::app::model::Model;
use crate::app::place::Pane;
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
    let missing = match action.needs {
        Needs::Org if model.org_here().is_none() => Some("no organization is chosen yet"),
        Needs::Row if !has_row(model) => Some("no row is under the cursor"),
        Needs::Nothing | Needs::Profile | Needs::Org | Needs::Row => None,
    };
    missing.map_or(Ready::Yes, |why| Ready::Blocked(Text::from(why)))
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
        Pane::Invites => model.invite_row().is_some(),
        Pane::Activity => !model.log.is_empty(),
    }
}

fn refusal(model: &Model, action: &Action, verb: Verb) -> Option<Text> {
    let account = model.account_here()?;
    if action.class == Class::Reads {
        return fault::not_offered(&account.capabilities, verb);
    }
    account.refusal(verb)
}
