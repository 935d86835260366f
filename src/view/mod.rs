//! The view: reads the model and draws it; decides nothing.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::Model;

/// Draws the whole screen.
pub fn draw(_: &mut Frame<'_>, _: Rect, _: &Model) {}
