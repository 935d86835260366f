//! The tasks: a list with a bar and counts for each, the rows of one, and the field for the
//! path of an export. Every state has a word, so that none rests on colour.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::plan::Page;
use crate::app::Model;
use crate::app::fault;
use crate::app::screen::invites::{name, profile_words};
use crate::app::tasks::{self, Export, Tasks, Writing};
use crate::domain::Text;
use crate::domain::text::cut;
use crate::job::rest::waiting;
use crate::job::task::Mode;
use crate::job::{Tally, Task};
use crate::view::theme::Theme;
use crate::view::value::when_in_words;
use crate::view::widget::Focus;
use crate::view::widget::canvas::Canvas;
use crate::view::widget::dialog::{self, Dialog, Stand};
use crate::view::widget::input;

/// Characters of a path that are looked at.
const LONGEST: usize = 200;

/// Cells of a bar.
const BAR: usize = 12;

/// Draws the list, or the rows of the task that is open.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, (model, shown): (&Model, &Tasks)) {
    let theme = canvas.theme;
    let room = dialog::place(room, tasks::WIDEST);
    let width = usize::from(dialog::row_width(room));
    let opened = shown.open.and_then(|id| tasks::find(model, id));
    let (title, top, lines) = match opened {
        Some(task) => {
            let title = format!("Task {}: {}", task.id.0, what(model, task));
            (title, shown.top, rows(task, (model, width, theme)))
        }
        None => ("Tasks".to_owned(), 0, list((model, shown), (width, theme))),
    };
    let title = Line::styled(cut(&title, width).into_owned(), theme.title);
    let mut dialog = Dialog::new(title, room, theme.focus);
    dialog.stand = Stand::Filling;
    dialog.top = top;
    let (head, lines) = lines;
    if opened.is_none() {
        dialog = dialog.follow(cursor_row(model, shown), lines.len());
    }
    dialog.footer = Some(footer(shown, head, theme));
    let opened = dialog.open(canvas, lines.into_iter());
    for (area, line) in &opened.rows {
        canvas.line(*area, line);
    }
    if let Some(export) = &shown.export {
        field(canvas, opened.footer, export);
    }
}

type Lines = (Line<'static>, Vec<Line<'static>>);

/// What a task is about and where, for a heading.
fn what(model: &Model, task: &Task) -> String {
    let wish = &task.plan.wish;
    let rows = task.parts().len();
    let doing = fault::doing(wish.verb());
    let times = if rows > 1 {
        format!(" x{rows}")
    } else {
        String::new()
    };
    let place = match wish.org() {
        Some(org) => name(model, org).excerpt(40).to_string(),
        None => String::new(),
    };
    let profile = profile_words(model, wish.profile());
    let past = task.past().map_or_else(String::new, |past| {
        format!(", begun {}", when_in_words(past.at, model.now.wall, model))
    });
    format!("{doing}{times}: {place} ({profile}){past}")
}

fn list((model, shown): (&Model, &Tasks), (width, theme): (usize, &Theme)) -> Lines {
    let here = tasks::here(model, shown).map(|task| task.id);
    let lines = tasks::all(model).into_iter().flat_map(|task| {
        let mark = if Some(task.id) == here { ">" } else { " " };
        let tally = task.tally();
        let title = format!("{mark} {:>2}  {}", task.id.0, what(model, task));
        let first = Line::raw(cut(&title, width).into_owned());
        let (state, style) = state(task, model, theme);
        let second = Line::from(vec![
            Span::raw(format!("      {} ", bar(tally))),
            Span::styled(state, style),
            Span::raw(format!("  {}", tally.words())),
        ]);
        [first, second]
    });
    (Line::default(), lines.collect())
}

/// The first line of the task under the cursor, and with it the second.
fn cursor_row(model: &Model, shown: &Tasks) -> usize {
    let here = tasks::here(model, shown).map(|task| task.id);
    let all = tasks::all(model);
    let place = all.iter().position(|task| Some(task.id) == here);
    place.unwrap_or(0) * 2 + 1
}

/// The rows of a task, and below all of them how far it is.
fn rows(task: &Task, (model, width, theme): (&Model, usize, &Theme)) -> Lines {
    let tally = task.tally();
    let (state, style) = state(task, model, theme);
    let head = Line::from(vec![
        Span::raw(format!("{} ", bar(tally))),
        Span::styled(state, style),
        Span::raw(format!("  {}", tally.words())),
    ]);
    let mut page = Page::new(u16::try_from(width).unwrap_or(u16::MAX), theme);
    page.paras(&tasks::page(task));
    (head, page.rows)
}

/// How far the whole is, in a word.
fn state(task: &Task, model: &Model, theme: &Theme) -> (String, Style) {
    let left = task.patience().since(model.now.moment).as_secs();
    if let Some(heir) = task.heir {
        return (format!("its rest is task {}", heir.0), theme.label);
    }
    if task.is_over() && task.is_half_done_as_a_whole() {
        return ("half done".to_owned(), theme.warning);
    }
    if task.is_over() && task.past().is_some() && waiting(task).is_some() {
        return ("interrupted".to_owned(), theme.warning);
    }
    if let Some(ahead) = tasks::ahead(model, task) {
        return (format!("waits for task {}", ahead.0), theme.warning);
    }
    if task.is_over() {
        let tally = task.tally();
        return if tally.done + tally.already == tally.all() {
            ("done".to_owned(), theme.good)
        } else {
            ("ended".to_owned(), theme.warning)
        };
    }
    match task.mode() {
        Mode::Recording => ("recording".to_owned(), theme.busy),
        Mode::Running => ("running".to_owned(), theme.busy),
        Mode::Paused => ("paused: p goes on".to_owned(), theme.warning),
        Mode::TooLong => (
            format!("the service asks for {left} s: p decides"),
            theme.warning,
        ),
        Mode::Stopping => ("stopping".to_owned(), theme.warning),
        Mode::NeedsToken => ("needs a valid token".to_owned(), theme.failure),
        Mode::Until(_) => (format!("slowed down: goes on in {left} s"), theme.warning),
    }
}

/// `[######......] 5/10`.
fn bar(tally: Tally) -> String {
    let (reached, all) = (tally.reached(), tally.all());
    let full = (reached * BAR).checked_div(all).unwrap_or(BAR);
    let cells = |count: usize, cell: &str| cell.repeat(count);
    format!(
        "[{}{}] {reached}/{all}",
        cells(full, "#"),
        cells(BAR - full, ".")
    )
}

/// What stays at the bottom: how far it is, or where the path is typed.
fn footer(shown: &Tasks, head: Line<'static>, theme: &Theme) -> Line<'static> {
    let Some(export) = &shown.export else {
        return head;
    };
    match export.stage {
        Writing::Editing => Line::raw(LABEL),
        Writing::Asked(_) => Line::styled("writing ..", theme.busy),
        Writing::Taken(_) => Line::styled(TAKEN, theme.warning),
        Writing::Done => {
            let path = Text::from(export.path.value());
            Line::styled(format!("written to {}", path.excerpt(LONGEST)), theme.good)
        }
    }
}

const LABEL: &str = "Write to (.csv or .json): ";
const TAKEN: &str = "is there: Enter writes over it: ";

fn field(canvas: &mut Canvas<'_>, area: Rect, export: &Export) {
    let label = match export.stage {
        Writing::Editing => LABEL,
        Writing::Taken(_) => TAKEN,
        Writing::Asked(_) | Writing::Done => return,
    };
    let taken = u16::try_from(label.len())
        .unwrap_or(u16::MAX)
        .min(area.width);
    let place = Rect {
        x: area.x + taken,
        width: area.width - taken,
        ..area
    };
    input::draw(canvas, place, &export.path, Focus::Here);
}
