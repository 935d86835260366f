//! From the core's geometry to rectangles of the terminal, and the room that is left for overlays.

use ratatui::layout::Rect;

use crate::app::place::{self, Area, Layout};

/// An area of the core as a rectangle of the terminal; what is outside of it is cut off.
pub(crate) fn rect(area: Area, screen: Rect) -> Rect {
    let rect = Rect {
        x: screen.x.saturating_add(area.x),
        y: screen.y.saturating_add(area.y),
        width: area.width,
        height: area.height,
    };
    rect.intersection(screen)
}

/// The rows between the header and what stands at the bottom.
pub(crate) fn body(layout: &Layout, screen: Rect) -> Rect {
    between(layout, layout.notices.y, screen)
}

/// Where overlays stand: header and foot stay in sight, the messages too where there is room.
pub(crate) fn overlays(layout: &Layout, screen: Rect) -> Rect {
    rect(place::overlays(layout), screen)
}

fn between(layout: &Layout, bottom: u16, screen: Rect) -> Rect {
    let top = layout.header.y + layout.header.height;
    let area = Area {
        x: 0,
        y: top,
        width: layout.header.width,
        height: bottom.saturating_sub(top),
    };
    rect(area, screen)
}
