//! A question before something is sent: what it is about, every request, and two buttons that stay in
//! sight.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::plan::{Page, is_armed};
use crate::app::Model;
use crate::app::confirm::{Asking, Confirm, Spot, Typed};
use crate::app::page;
use crate::app::place::QUESTION;
use crate::app::store::Account;
use crate::domain::connection::Stage;
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::buttons::{self, Button, State};
use crate::view::widget::canvas::{self, Canvas};
use crate::view::widget::dialog::{self, Dialog};
use crate::view::widget::input;

/// Draws the question.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, (model, confirm): (&Model, &Confirm)) {
    let theme = canvas.theme;
    let room = dialog::place(room, QUESTION);
    let width = dialog::row_width(room);
    let mut page = Page::new(width, theme);
    page.paras(&page::of(model, confirm));
    let account = model.store.account(confirm.wish.profile());
    let mut dialog = Dialog::new(title(confirm, theme), room, frame_style(account, theme));
    dialog.top = confirm.top;
    dialog.footer = Some(footer(model, confirm, (width, theme)));
    let names = page::names(model, confirm);
    let typed = confirm.matched();
    let rows = typed.map_or(0, |_| names.len() + 1);
    dialog.field = u16::try_from(rows).unwrap_or(u16::MAX);
    let opened = dialog.open(canvas, page.rows.into_iter());
    for (area, line) in &opened.rows {
        canvas.line(*area, line);
    }
    if let Some(typed) = typed {
        let above = |rows: u16| Rect {
            y: opened.footer.y.saturating_sub(rows),
            ..opened.footer
        };
        for (words, rows) in names.into_iter().zip((2..=dialog.field).rev()) {
            canvas.line(above(rows), &Line::styled(words, theme.heading));
        }
        field(canvas, above(1), (confirm, typed));
    }
}

/// The heading, with the place that it is about.
fn title(confirm: &Confirm, theme: &Theme) -> Line<'static> {
    let title = confirm.title.excerpt(80);
    let place = confirm.place.excerpt(120);
    Line::styled(format!("{title}: {place}"), theme.title)
}

/// The frame of a dialog about an account.
pub(crate) fn frame_style(account: Option<&Account>, theme: &Theme) -> Style {
    match account.map(Account::stage) {
        Some(Stage::Production) => theme.production_frame,
        Some(Stage::Development) | None => theme.focus,
    }
}

/// The field for the name, with how far it is.
fn field(canvas: &mut Canvas<'_>, area: Rect, (confirm, typed): (&Confirm, Typed)) {
    let focus = Focus::from(confirm.focus == Spot::Name);
    let mark = match focus {
        Focus::Here => "> ",
        Focus::Elsewhere => "  ",
    };
    let words = if typed.whole {
        " ] (matches)".to_owned()
    } else {
        format!(" ] ({} of {} match)", typed.fit, typed.of)
    };
    let label = Line::from(format!("{mark}Type the name [ "));
    let end = Line::from(vec![Span::raw(words)]);
    let [taken, behind] =
        [&label, &end].map(|line| u16::try_from(canvas::width(line)).unwrap_or(u16::MAX));
    let room = area.width.saturating_sub(taken.saturating_add(behind));
    canvas.line(area, &label);
    let at = |x: u16, width: u16| Rect { x, width, ..area };
    let place = at(area.x + taken.min(area.width), room.min(40));
    input::draw(canvas, place, &confirm.typed, focus);
    let left = area.right().saturating_sub(place.right());
    canvas.line(at(place.right(), left), &end);
}

fn footer(model: &Model, confirm: &Confirm, (width, theme): (u16, &Theme)) -> Line<'static> {
    let (state, words) = state(model, confirm);
    let [no, yes] = labels(confirm);
    let no = Button {
        label: no,
        focus: Focus::from(confirm.focus == Spot::No),
        state: State::Ready,
    };
    let yes = Button {
        label: yes,
        focus: Focus::from(confirm.focus == Spot::Yes),
        state,
    };
    buttons::row(&[no, yes], words, (width, theme))
}

/// What stands on the buttons: the letter only where it counts.
fn labels(confirm: &Confirm) -> [String; 2] {
    if confirm.names().is_some() {
        return ["Cancel", confirm.yes].map(capital);
    }
    let no = match confirm.stage {
        Asking::Waiting(..) => "No, stop",
        Asking::Preparing(_) | Asking::Ready(..) | Asking::Failed(_) => "No",
    };
    [no.to_owned(), format!("y  Yes, {}", confirm.yes)]
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest.clone()).collect()
}

/// Whether yes can be said, and why not.
fn state(model: &Model, confirm: &Confirm) -> (State, &'static str) {
    match &confirm.stage {
        Asking::Preparing(_) => (State::Off, ""),
        Asking::Failed(_) => (State::Off, "cannot be done"),
        Asking::Ready(plan, _) if plan.refusal().is_some() => (State::Off, "cannot be done"),
        Asking::Ready(plan, _) if plan.sends_nothing() => (State::Off, "nothing changes"),
        Asking::Ready(..) if confirm.matched().is_some_and(|typed| !typed.whole) => {
            (State::Off, "off until the name matches")
        }
        Asking::Ready(_, shown) | Asking::Waiting(_, shown) if is_armed(model, *shown) => {
            (State::Ready, "")
        }
        Asking::Ready(..) | Asking::Waiting(..) => (State::Off, "ready in a moment"),
    }
}
