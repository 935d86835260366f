//! Questions: they start on the button that does nothing.

use crate::app::effect::Effects;
use crate::app::layer::{Asking, Bodies, Confirm, Overlay, YesNo};
use crate::app::model::Model;
use crate::app::pending::Purpose;

use super::agreed;

/// Presses the button that has the focus.
pub fn submit_focused(model: &mut Model) -> Effects {
    match top(model).map(|confirm| confirm.focus) {
        Some(YesNo::Yes) => submit_yes(model),
        Some(YesNo::No) | None => close(model),
    }
}

/// Does what is asked, if it is shown, can be done and was looked at.
pub fn submit_yes(model: &mut Model) -> Effects {
    let Some(confirm) = top(model) else {
        return Effects::new();
    };
    let (plan, shown) = match &confirm.stage {
        Asking::Ready(plan, shown) => ((**plan).clone(), *shown),
        Asking::Preparing(_) => {
            model.say("not yet: what would be sent is still being read");
            return Effects::new();
        }
        Asking::Failed(_) => {
            model.say("this cannot be done: the reason is shown");
            return Effects::new();
        }
    };
    agreed(model, plan, shown)
}

/// Leaves it.
pub fn close(model: &mut Model) -> Effects {
    model.overlays.pop();
    model.pending.cancel(|purpose| *purpose == Purpose::Plan)
}

/// To the other button.
pub fn move_focus(model: &mut Model) -> Effects {
    change(model, |confirm| {
        confirm.focus = match confirm.focus {
            YesNo::No => YesNo::Yes,
            YesNo::Yes => YesNo::No,
        };
    })
}

/// Shows or hides the bodies of the requests.
pub fn toggle_bodies(model: &mut Model) -> Effects {
    change(model, |confirm| {
        confirm.bodies = match confirm.bodies {
            Bodies::Hidden => Bodies::Shown,
            Bodies::Shown => Bodies::Hidden,
        };
    })
}

fn top(model: &Model) -> Option<&Confirm> {
    match model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => Some(confirm),
        Some(
            Overlay::Form(_)
            | Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Details(_)
            | Overlay::Line(_),
        )
        | None => None,
    }
}

fn change(model: &mut Model, change: impl FnOnce(&mut Confirm)) -> Effects {
    if let Some(Overlay::Confirm(confirm)) = model.overlays.last_mut() {
        change(confirm);
    }
    Effects::new()
}
