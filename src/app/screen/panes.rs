//! Moving between panes.

use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::app::place::{Form, Pane, Zoom};

use super::{invites, orgs};

const SMALL: &str = "on a screen this small one pane at a time is shown";

/// To the next pane.
pub fn move_next(model: &mut Model) -> Effects {
    turn(model, 1)
}

/// To the previous pane.
pub fn move_previous(model: &mut Model) -> Effects {
    turn(model, Pane::ALL.len() - 1)
}

fn turn(model: &mut Model, by: usize) -> Effects {
    let next = (model.panes.focus.index() + by) % Pane::ALL.len();
    focus(model, Pane::ALL[next])
}

/// To the pane on the right.
pub fn move_right(model: &mut Model) -> Effects {
    match model.panes.focus {
        Pane::Orgs => open_members(model),
        Pane::Org | Pane::Members | Pane::Invites | Pane::Activity => {
            model.say("there is no pane to the right");
            Effects::new()
        }
    }
}

/// To the pane on the left.
pub fn move_left(model: &mut Model) -> Effects {
    match model.panes.focus {
        Pane::Org | Pane::Members | Pane::Invites | Pane::Activity => open_orgs(model),
        Pane::Orgs => {
            model.say("there is no pane to the left");
            Effects::new()
        }
    }
}

/// To the organizations.
pub fn open_orgs(model: &mut Model) -> Effects {
    focus(model, Pane::Orgs)
}

/// To the organization.
pub fn open_org(model: &mut Model) -> Effects {
    focus(model, Pane::Org)
}

/// To the members.
pub fn open_members(model: &mut Model) -> Effects {
    focus(model, Pane::Members)
}

/// To the invites of the open organization.
pub fn open_invites(model: &mut Model) -> Effects {
    let mut effects = focus(model, Pane::Invites);
    effects.extend(invites::open_own(model));
    effects
}

/// To what was sent.
pub fn open_activity(model: &mut Model) -> Effects {
    focus(model, Pane::Activity)
}

/// A pane gets the focus; when it is one that follows the cursor, it does so at once.
fn focus(model: &mut Model, pane: Pane) -> Effects {
    if model.panes.focus == pane {
        model.say("this is the pane already");
    }
    let leaving_orgs = model.panes.focus == Pane::Orgs;
    model.panes.focus = pane;
    match pane {
        Pane::Org | Pane::Members | Pane::Invites if leaving_orgs => orgs::follow(model),
        Pane::Orgs | Pane::Org | Pane::Members | Pane::Invites | Pane::Activity => Effects::new(),
    }
}

/// The focused pane fills the screen.
pub fn zoom_in(model: &mut Model) -> Effects {
    if model.layout().form == Form::Narrow {
        model.say(SMALL);
    } else if model.panes.zoom == Zoom::In {
        model.say("the pane fills the screen already: _ shows all again");
    }
    model.panes.zoom = Zoom::In;
    Effects::new()
}

/// All panes are shown again.
pub fn zoom_out(model: &mut Model) -> Effects {
    if model.layout().form == Form::Narrow {
        model.say(SMALL);
    } else if model.panes.zoom == Zoom::Out {
        model.say("all panes are shown: + zooms one");
    }
    model.panes.zoom = Zoom::Out;
    Effects::new()
}
