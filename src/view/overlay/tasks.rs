//! The tasks of the session: a list with a bar and counts for each, the rows of one, and the field for the
//! path of an export. Every state has a word, so that none rests on colour.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::called;
use crate::app::fault;
use crate::app::screen::invites::{name, profile_words};
use crate::app::tasks::{self, Export, Tasks, Writing};
use crate::domain::outcome::{Proof, Receipt};
use crate::domain::text::cut;
use crate::job::task::{Mode, State};
use crate::job::{Part, Tally, Task};
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::canvas::{Canvas, text_width};
use crate::view::widget::dialog::{self, Dialog, Stand};
use crate::view::widget::input;

/// The widest that the page gets.
const WIDEST: u16 = 110;

/// Cells of a bar.
const BAR: usize = 12;

/// The narrowest page on which a row and its end stand side by side.
const WIDE: usize = 70;

/// Draws the list, or the rows of the task that is open.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, (model, shown): (&Model, &Tasks)) {
    let theme = canvas.theme;
    let room = dialog::place(room, WIDEST);
    let width = usize::from(dialog::row_width(room));
    let opened = shown.open.and_then(|id| tasks::find(model, id));
    let (title, top, lines) = match opened {
        Some(task) => {
            let title = format!("Task {}: {}", task.id.0, what(model, task));
            (title, shown.top, rows(task, (model, width, theme)))
        }
        None => (
            "Tasks of this session".to_owned(),
            0,
            list((model, shown), (width, theme)),
        ),
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
    format!("{doing}{times}: {place} ({profile})")
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

/// The rows of a task, and over all of them how far it is.
fn rows(task: &Task, (model, width, theme): (&Model, usize, &Theme)) -> Lines {
    let tally = task.tally();
    let (state, style) = state(task, model, theme);
    let head = Line::from(vec![
        Span::raw(format!("{} ", bar(tally))),
        Span::styled(state, style),
        Span::raw(format!("  {}", tally.words())),
    ]);
    let parts = task.parts();
    let lines = parts.iter().enumerate().flat_map(|(number, part)| {
        let called = called::part(task, part);
        let (end, style) = end(task, part, theme);
        line((number, called.excerpt(400).as_str()), (end, style), width)
    });
    (head, lines.collect())
}

/// A row with its end beside it, or below it where there is little room.
fn line(
    (number, called): (usize, &str),
    (end, style): (String, Style),
    width: usize,
) -> Vec<Line<'static>> {
    let number = format!("{:>3}. ", number + 1);
    if width < WIDE {
        let room = width.saturating_sub(7);
        return vec![
            Line::raw(format!("{number}{}", cut(called, width.saturating_sub(5)))),
            Line::from(vec![
                Span::raw("     "),
                Span::styled(cut(&end, room).into_owned(), style),
            ]),
        ];
    }
    let half = (width - number.len()) * 3 / 5;
    let called = cut(called, half).into_owned();
    let blank = " ".repeat(half.saturating_sub(text_width(&called)) + 2);
    let room = width.saturating_sub(number.len() + half + 2);
    vec![Line::from(vec![
        Span::raw(format!("{number}{called}{blank}")),
        Span::styled(cut(&end, room).into_owned(), style),
    ])]
}

/// How far the whole is, in a word.
fn state(task: &Task, model: &Model, theme: &Theme) -> (String, Style) {
    let left = task.patience().since(model.now.moment).as_secs();
    if task.is_over() {
        let tally = task.tally();
        return if tally.failed + tally.unknown + tally.not_sent == 0 {
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
    let (ended, all) = (tally.ended(), tally.all());
    let full = (ended * BAR).checked_div(all).unwrap_or(BAR);
    let cells = |count: usize, cell: &str| cell.repeat(count);
    format!(
        "[{}{}] {ended}/{all}",
        cells(full, "#"),
        cells(BAR - full, ".")
    )
}

/// How a row ended, in the words of the service where it said some.
fn end(task: &Task, part: &Part<'_>, theme: &Theme) -> (String, Style) {
    let (words, style) = match task.standing(part) {
        State::Waiting => ("waits".to_owned(), theme.faint),
        State::Sent => ("sent ..".to_owned(), theme.busy),
        State::Done(receipt) => (done(receipt), theme.good),
        State::Refused(error) => (format!("FAILED {}", fault::reason(error)), theme.failure),
        State::Differs(_) => {
            let words = "NOT SENT somebody has changed it meanwhile";
            (words.to_owned(), theme.warning)
        }
        State::Unknown => {
            let words = "UNKNOWN look before you repeat it";
            (words.to_owned(), theme.warning)
        }
        State::Skipped => ("not sent".to_owned(), theme.warning),
    };
    if task.is_half_done(part) && !matches!(task.standing(part), State::Waiting | State::Sent) {
        return (format!("HALF DONE, the rest: {words}"), theme.warning);
    }
    (words, style)
}

fn done(receipt: &Receipt) -> String {
    let how = match receipt.proof {
        Proof::Answer => "done",
        Proof::Unread => "done, but the answer cannot be read",
        Proof::ReadAgain => "done: the answer was lost, read again it shows",
        Proof::AlreadySo => "already so: nothing had to be sent",
    };
    match &receipt.words {
        Some(words) => format!("{how}: {}", words.excerpt(200)),
        None => how.to_owned(),
    }
}

/// What stays at the bottom: how far it is, or where the path is typed.
fn footer(shown: &Tasks, head: Line<'static>, theme: &Theme) -> Line<'static> {
    match shown.export.as_ref().map(|export| export.stage) {
        None => head,
        Some(Writing::Editing) => Line::raw(LABEL),
        Some(Writing::Asked(_)) => Line::styled("writing ..", theme.busy),
        Some(Writing::Taken(_)) => Line::styled(TAKEN, theme.warning),
    }
}

const LABEL: &str = "Write to (.csv or .json): ";
const TAKEN: &str = "is there: Enter writes over it: ";

fn field(canvas: &mut Canvas<'_>, area: Rect, export: &Export) {
    let label = match export.stage {
        Writing::Editing => LABEL,
        Writing::Taken(_) => TAKEN,
        Writing::Asked(_) => return,
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
