//! The question for a token or a code: which profile, why, and where the answer stays. What is typed is
//! stars.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use tui_input::Input;

use super::confirm::frame_style;
use super::plan::{Page, is_armed};
use crate::app::Model;
use crate::app::fault;
use crate::app::place::QUESTION;
use crate::app::prompt::{Prompt, Spot, Trial};
use crate::app::screen::invites::profile_words;
use crate::app::store::{Account, Lock};
use crate::domain::Text;
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::buttons::{self, Button, State};
use crate::view::widget::canvas::{self, Canvas};
use crate::view::widget::dialog::{self, Dialog};
use crate::view::widget::input;

/// Where the answer goes.
const STAYS: &str =
    "What you type stays in memory until the program ends; it is written nowhere and never shown.";

/// Draws the question.
pub(crate) fn draw(canvas: &mut Canvas<'_>, room: Rect, (model, prompt): (&Model, &Prompt)) {
    let theme = canvas.theme;
    let room = dialog::place(room, QUESTION);
    let width = dialog::row_width(room);
    let account = model.store.account(&prompt.profile);
    let title = Line::styled(title(model, prompt), theme.title);
    let mut dialog = Dialog::new(title, room, frame_style(account, theme));
    dialog.footer = Some(footer(model, prompt, (width, theme)));
    dialog.field = 1;
    let mut page = Page::new(width, theme);
    words(&mut page, (prompt, account), theme);
    let opened = dialog.open(canvas, page.rows.into_iter());
    for (area, line) in &opened.rows {
        canvas.line(*area, line);
    }
    let above = Rect {
        y: opened.footer.y.saturating_sub(1),
        ..opened.footer
    };
    field(canvas, above, prompt);
}

fn title(model: &Model, prompt: &Prompt) -> String {
    let what = match prompt.lock {
        Lock::Token => "Another token",
        Lock::Code => "Second factor",
    };
    let place = Text::from(profile_words(model, &prompt.profile));
    format!("{what}: {}", place.excerpt(80))
}

/// Why it is asked for, where the token came from, and what becomes of the answer.
fn words(page: &mut Page<'_>, (prompt, account): (&Prompt, Option<&Account>), theme: &Theme) {
    let plain = Style::new();
    let url = account.map_or_else(String::new, |account| {
        account.connection.url.excerpt(80).to_string()
    });
    match prompt.lock {
        Lock::Token => {
            let shut = account.is_some_and(|account| account.lock().is_some());
            let why = if shut {
                format!("{url} does not accept the token of this profile.")
            } else {
                format!("Another token for {url}.")
            };
            page.say(0, &why, plain);
        }
        Lock::Code => page.say(
            0,
            &format!("{url} wants the six digits of your authenticator beside the token."),
            plain,
        ),
    }
    if let Some(account) = account {
        let from = account.connection.token.excerpt(120);
        let words = match prompt.lock {
            Lock::Token if account.lock().is_some() => {
                format!("It comes from {from}; nothing that works was found there.")
            }
            Lock::Token => format!("The one in use comes from {from}."),
            Lock::Code => format!("The token comes from {from}."),
        };
        page.say(0, &words, theme.faint);
    }
    page.say(0, STAYS, theme.faint);
    match &prompt.trial {
        Trial::Typing => {}
        Trial::Sent(_) => page.say(0, "Asking whose it is ..", theme.busy),
        Trial::Refused(error) => {
            let why = Text::from(fault::reason(error)).excerpt(400);
            page.say(0, &format!("Not accepted: {why}"), theme.failure);
        }
    }
}

/// The field with a star for each character.
fn field(canvas: &mut Canvas<'_>, area: Rect, prompt: &Prompt) {
    let focus = Focus::from(prompt.focus == Spot::Field);
    let mark = match focus {
        Focus::Here => "> ",
        Focus::Elsewhere => "  ",
    };
    let label = match prompt.lock {
        Lock::Token => "Token",
        Lock::Code => "Code",
    };
    let label = Line::from(format!("{mark}{label} [ "));
    let taken = u16::try_from(canvas::width(&label)).unwrap_or(u16::MAX);
    let taken = taken.min(area.width);
    canvas.line(area, &label);
    let end = 2.min(area.width - taken);
    let place = Rect {
        x: area.x + taken,
        width: area.width - taken - end,
        ..area
    };
    let stars = Input::new("*".repeat(prompt.masked.len()));
    input::draw(canvas, place, &stars, focus);
    let behind = Rect {
        x: place.right(),
        width: end,
        ..area
    };
    canvas.line(behind, &Line::from(Span::raw(" ]")));
}

fn footer(model: &Model, prompt: &Prompt, (width, theme): (u16, &Theme)) -> Line<'static> {
    let button = |spot: Spot, label: &str, state: State| Button {
        label: label.to_owned(),
        focus: Focus::from(prompt.focus == spot),
        state,
    };
    let (state, note) = if prompt.is_sent() {
        (State::Off, "Esc stops")
    } else if prompt.masked.is_empty() {
        (State::Off, "")
    } else if is_armed(model, prompt.shown) {
        (State::Ready, "")
    } else {
        (State::Off, "ready in a moment")
    };
    let all = [
        button(Spot::Cancel, "Cancel", State::Ready),
        button(Spot::Use, "Use it", state),
    ];
    buttons::row(&all, note, (width, theme))
}
