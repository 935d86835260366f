//! What was found for a field of a form, below it: countries and users, one of them chosen.

use ratatui::style::Style;
use ratatui::text::Line;
use tui_input::Input;

use super::fields::Block;
use super::form::Row;
use crate::app::form::{Finder, country};
use crate::app::store::Loaded;
use crate::domain::{User, UserId};
use crate::view::widget::Focus;
use crate::view::widget::wrap::wrap;

/// Rows of what was found that are shown at once.
const FOUND: usize = 5;

impl Block<'_, '_> {
    pub(super) fn countries(&mut self, input: &Input, index: usize) {
        let found = country::found(input.value());
        let words: Vec<String> = found.iter().map(country::shown).collect();
        if found.is_empty() && !input.value().trim().is_empty() {
            self.say("no country has such a code or name", self.theme.warning);
        }
        let is_written = words.first().is_some_and(|first| first == input.value());
        if self.head.focus == Focus::Here || !is_written {
            self.found(&words, index);
        }
    }

    pub(super) fn users(&mut self, finder: &Finder) {
        match &finder.found {
            Loaded::Asked if finder.is_current() => self.say("looking ..", self.theme.busy),
            Loaded::Yes(_) if finder.is_current() => {
                let words: Vec<String> = finder.users().iter().map(user_words).collect();
                self.found(&words, finder.index);
            }
            Loaded::No | Loaded::Asked | Loaded::Yes(_) | Loaded::Failed(_) => {}
        }
    }

    /// What was found, around what is chosen; the chosen one alone where the focus is elsewhere.
    fn found(&mut self, words: &[String], index: usize) {
        if self.head.focus == Focus::Elsewhere {
            if let Some(chosen) = words.get(index) {
                self.say(&format!("= {chosen}"), Style::new());
            }
            return;
        }
        let first = index.saturating_sub(FOUND / 2);
        let first = first.min(words.len().saturating_sub(FOUND));
        for (number, word) in words.iter().enumerate().skip(first).take(FOUND) {
            let (mark, style) = if number == index {
                ("(*)", Style::new())
            } else {
                ("( )", self.theme.faint)
            };
            self.hanging(mark, (word, style));
            if number == index {
                self.sight = self.rows.len() - 1;
            }
        }
        if words.len() > FOUND {
            let words = format!("{} of {} found", index + 1, words.len());
            self.say(&words, self.theme.faint);
        }
    }

    /// Words behind a mark; what does not fit stands under the words.
    fn hanging(&mut self, mark: &str, (words, style): (&str, Style)) {
        let room = usize::from(self.width).saturating_sub(self.head.width() + 4);
        let lead = " ".repeat(self.head.width());
        for (number, part) in wrap(words, room.max(1)).enumerate() {
            let mark = if number == 0 { mark } else { "   " };
            let line = Line::styled(format!("{lead}{mark} {part}"), style);
            self.rows.push(Row::Words(line));
        }
    }
}

/// Who somebody is, with the id.
fn user_words(user: &User) -> String {
    let names = [&user.name, &user.username, &user.email];
    let known = names.into_iter().filter_map(|told| told.known());
    let words: Vec<String> = known.map(|text| text.excerpt(60).to_string()).collect();
    let id = UserId::text(&user.id).excerpt(80);
    format!("{}  {id}", words.join("  "))
}
