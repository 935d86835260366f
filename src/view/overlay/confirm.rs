//! A question before something is sent: what it is about, every request, and two buttons.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::plan::{Page, is_armed};
use crate::app::Model;
use crate::app::layer::{Asking, Confirm, YesNo};
use crate::app::store::Account;
use crate::domain::connection::Stage;
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::buttons::{self, Button, State};
use crate::view::widget::canvas::Canvas;
use crate::view::widget::dialog::{self, Dialog};
use crate::view::widget::flow::{Fact, flow, stack};

/// The widest that a question gets.
const WIDEST: u16 = 84;

/// Draws the question.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, (model, confirm): (&Model, &Confirm)) {
    let theme = canvas.theme;
    let room = dialog::place(room, WIDEST);
    let width = dialog::row_width(room);
    let most = usize::from(room.height.saturating_sub(3));
    let stacked = rows(confirm, (width, theme), stack);
    let rows = if stacked.len() <= most {
        stacked
    } else {
        rows(confirm, (width, theme), flow)
    };
    let title = Line::styled(confirm.title.excerpt(200).to_string(), theme.title);
    let mut dialog = Dialog::new(title, room, frame_style(account(model, confirm), theme));
    dialog.footer = Some(footer(model, confirm, (width, theme)));
    // What is asked stands first, what would be sent last: each beside the button it speaks for.
    let row = match confirm.focus {
        YesNo::No => 0,
        YesNo::Yes => rows.len().saturating_sub(1),
    };
    let dialog = dialog.follow(row, rows.len());
    for (area, line) in dialog.open(canvas, rows.into_iter()).rows {
        canvas.line(area, &line);
    }
}

fn account<'a>(model: &'a Model, confirm: &Confirm) -> Option<&'a Account> {
    match &confirm.stage {
        Asking::Ready(plan, _) => model.store.account(plan.wish.profile()),
        Asking::Preparing(_) | Asking::Failed(_) => model.account_here(),
    }
}

/// The frame of a dialog about an account.
pub(crate) fn frame_style(account: Option<&Account>, theme: &Theme) -> Style {
    match account.map(Account::stage) {
        Some(Stage::Production) => theme.production_frame,
        Some(Stage::Development) | None => theme.focus,
    }
}

/// Lays facts out: one below the other, or closer together.
type LayOut = fn(&[Fact], u16, &Theme) -> Vec<Line<'static>>;

fn rows(confirm: &Confirm, (width, theme): (u16, &Theme), lay_out: LayOut) -> Vec<Line<'static>> {
    let fact = |(label, value): &(&'static str, crate::domain::Text)| {
        Fact::new(*label, value.excerpt(400).to_string())
    };
    let facts: Vec<Fact> = confirm.about.iter().map(fact).collect();
    let mut page = Page::new(width, theme);
    page.rows = lay_out(&facts, width, theme);
    page.gap();
    match &confirm.stage {
        Asking::Preparing(_) => page.say(0, "Reading what would be sent ..", theme.busy),
        Asking::Ready(plan, _) => page.plan(plan, confirm.bodies),
        Asking::Failed(error) => page.failure(error),
    }
    page.rows
}

fn footer(model: &Model, confirm: &Confirm, (width, theme): (u16, &Theme)) -> Line<'static> {
    let (state, words) = match &confirm.stage {
        Asking::Preparing(_) => (State::Off, ""),
        Asking::Failed(_) => (State::Off, "cannot be done"),
        Asking::Ready(plan, _) if plan.refusal().is_some() => (State::Off, "cannot be done"),
        Asking::Ready(_, shown) if is_armed(model, *shown) => (State::Ready, ""),
        Asking::Ready(..) => (State::Off, "ready in a moment"),
    };
    let no = Button {
        label: "No".to_owned(),
        focus: Focus::from(confirm.focus == YesNo::No),
        state: State::Ready,
    };
    let yes = Button {
        label: format!("y  Yes, {}", confirm.yes),
        focus: Focus::from(confirm.focus == YesNo::Yes),
        state,
    };
    buttons::row(&[no, yes], words, (width, theme))
}
