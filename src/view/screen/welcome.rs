//! The first screen: what was found, and what to begin with.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::model::Welcome;
use crate::app::screen::welcome::CHOICES;
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::canvas::Canvas;
use crate::view::widget::dialog::{self, Dialog};
use crate::view::widget::wrap::wrap;

/// The widest that the text gets.
const WIDEST: u16 = 80;

/// Draws the screen.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, welcome: &Welcome) {
    let theme = canvas.theme;
    let room = dialog::place(area, WIDEST);
    let rows = rows(welcome, (dialog::row_width(room), theme));
    let chosen = rows.iter().position(|(_, mark)| *mark == Focus::Here);
    let dialog = Dialog::new("Welcome to orgdeck", room, theme.focus)
        .follow(chosen.unwrap_or(0), rows.len());
    for (area, (line, _)) in dialog.open(canvas, rows.into_iter()).rows {
        canvas.line(area, &line);
    }
}

/// A row, and whether it is the one that is chosen.
type Row = (Line<'static>, Focus);

const INTRODUCTION: &str = "No profile yet. Nothing was sent anywhere and no file was written.";
const FOUND: &str = "Found on this machine (names only, values are not shown):";
const SECRETS: &str = "Secrets stay where they are: in the environment, in a file, or with a \
    command that you name. orgdeck never copies them into its own files.";
const KEYS: &str = "Three keys to know:  ? help   . everything that can be done   q leave";

fn rows(welcome: &Welcome, (width, theme): (u16, &Theme)) -> Vec<Row> {
    let said = |words: &str| {
        let lines = wrap(words, usize::from(width)).map(str::to_owned);
        let rows = lines.map(|line| (Line::from(line), Focus::Elsewhere));
        rows.collect::<Vec<Row>>()
    };
    let found = match welcome.found.as_slice() {
        [] => said("  nothing that could be used"),
        found => (1..)
            .zip(found)
            .flat_map(|(number, name)| said(&format!("  {number}  {}", name.excerpt(200))))
            .collect(),
    };
    let choices = CHOICES
        .iter()
        .enumerate()
        .map(|(number, (_, name, about))| {
            let focus = Focus::from(number == welcome.index);
            (choice(focus, (name, about), theme), focus)
        });
    let gap = || said("");
    [
        said(INTRODUCTION),
        gap(),
        said(FOUND),
        found,
        gap(),
        choices.collect(),
        gap(),
        said(SECRETS),
        gap(),
        said(KEYS),
    ]
    .concat()
}

fn choice(focus: Focus, (name, about): (&str, &'static str), theme: &Theme) -> Line<'static> {
    let (mark, style) = match focus {
        Focus::Here => ("> ", theme.button_focused),
        Focus::Elsewhere => ("  ", theme.button),
    };
    let face = format!("[ {name} ]");
    let gap = " ".repeat(20_usize.saturating_sub(face.len()));
    Line::from(vec![
        Span::raw(mark),
        Span::styled(face, style),
        Span::raw(gap),
        Span::styled(about, theme.faint),
    ])
}
