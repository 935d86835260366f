//! One file a screen, named as in the core.

use ratatui::layout::Rect;

use super::layout::rect;
use super::widget::canvas::Canvas;
use crate::app::Model;
use crate::app::place::{Layout, Pane};

pub(crate) mod activity;
pub(crate) mod counts;
pub(crate) mod foot;
pub(crate) mod header;
pub(crate) mod hints;
pub(crate) mod invites;
pub(crate) mod list;
pub(crate) mod members;
pub(crate) mod notices;
pub(crate) mod org;
pub(crate) mod orgs;
pub(crate) mod pane;
pub(crate) mod profiles;
pub(crate) mod reading;
pub(crate) mod sending;
pub(crate) mod tabs;
pub(crate) mod unlisted;
pub(crate) mod welcome;

/// Draws the panes that are on the screen.
pub(crate) fn panes(canvas: &mut Canvas<'_>, screen: Rect, (model, layout): (&Model, &Layout)) {
    for pane in Pane::ALL {
        let area = rect(layout.panes[pane.index()], screen);
        if area.is_empty() {
            continue;
        }
        let area = up_to_tabs(area, layout);
        match pane {
            Pane::Orgs => orgs::draw(canvas, area, model),
            Pane::Org => org::draw(canvas, area, model),
            Pane::Members => members::draw(canvas, area, model),
            Pane::Invites => invites::draw(canvas, area, model),
            Pane::Activity => activity::draw(canvas, area, model),
        }
    }
}

/// Below tabs the frame of a pane begins with the second row of theirs.
fn up_to_tabs(area: Rect, layout: &Layout) -> Rect {
    let spare = layout.tabs.height.saturating_sub(1);
    Rect {
        y: area.y - spare,
        height: area.height + spare,
        ..area
    }
}
