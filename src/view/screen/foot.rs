//! The two rows that never move: what is under way, and the line in which things are typed and said.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::list::next;
use crate::app::Model;
use crate::app::layer::Overlay;
use crate::app::model::Leaving;
use crate::app::screen::lists;
use crate::app::wake::SPIN;
use crate::domain::Text;
use crate::job::Task;
use crate::job::task::Mode;
use crate::view::overlay::line;
use crate::view::value::fit;
use crate::view::widget::canvas::Canvas;

const TURNS: [&str; 4] = ["|", "/", "-", "\\"];

/// Draws both rows.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let mut left = area;
    canvas.line(next(&mut left), &status(canvas, model));
    let row = next(&mut left);
    match model.overlays.last() {
        Some(Overlay::Line(input)) => line::draw(canvas, row, input),
        Some(
            Overlay::Confirm(_)
            | Overlay::Form(_)
            | Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Prompt(_)
            | Overlay::Details(_)
            | Overlay::Tasks(_),
        )
        | None => canvas.line(row, &last_words(model)),
    }
}

fn status(canvas: &Canvas<'_>, model: &Model) -> Line<'static> {
    let mut said = Vec::new();
    if model.leaving == Leaving::WhenSent {
        said.push("leaves when the answer is here".to_owned());
    }
    let open = || model.tasks.values().filter(|task| !task.is_over());
    let single = open().filter(|task| !task.is_bulk()).count();
    if single > 0 {
        said.push(format!("{single} being sent"));
    }
    for task in open().filter(|task| task.is_bulk()) {
        let tally = task.tally();
        let held = match task.mode() {
            Mode::Paused | Mode::TooLong => ", held",
            Mode::Until(_) => ", slowed down",
            Mode::NeedsToken => ", needs a token",
            Mode::Recording | Mode::Running | Mode::Stopping => "",
        };
        let (reached, all) = (tally.reached(), tally.all());
        said.push(format!(
            "task {}: {reached} of {all} sent{held} (w)",
            task.id.0
        ));
    }
    let questions = model.pending.len();
    if questions > 0 {
        // Above the panes Esc closes what is on top.
        let stops = if model.overlays.is_empty() {
            ", Esc stops"
        } else {
            ""
        };
        said.push(format!("{questions} being read{stops}"));
    }
    let mut spans = vec![Span::raw(" ")];
    if questions > 0 || model.tasks.values().any(Task::is_sending) {
        spans.push(Span::styled(
            format!("{} ", spinner(model)),
            canvas.theme.busy,
        ));
    }
    let is_typed = matches!(model.overlays.last(), Some(Overlay::Line(_)));
    let filter = lists::filter(model).filter(|filter| !filter.is_empty() && !is_typed);
    if let Some(filter) = filter {
        let filter = fit(&Text::from(filter), 30).cut(30);
        said.push(format!("filter: {filter}"));
    }
    if !model.typed.is_empty() {
        let keys: String = model.typed.iter().map(ToString::to_string).collect();
        said.push(format!("{keys} ..."));
    }
    spans.push(Span::raw(said.join("   ")));
    Line::from(spans)
}

/// The spinner turns by the core's own time, so that a frame says the same whenever it is drawn.
fn spinner(model: &Model) -> &'static str {
    let turns = model.now.moment.0.as_millis() / SPIN.as_millis();
    let turn = usize::try_from(turns % 4).unwrap_or(0);
    TURNS[turn]
}

/// The answer to the last key.
fn last_words(model: &Model) -> Line<'static> {
    let words = model.notices.hint.as_ref();
    let words = words.map_or_else(String::new, |words| words.excerpt(400).to_string());
    Line::from(format!(" {words}"))
}
