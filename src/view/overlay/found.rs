//! What may be chosen for a field of a form: roles, and countries and users that were found.

use ratatui::style::Style;
use ratatui::text::Line;
use tui_input::Input;

use super::fields::Block;
use super::form::Row;
use crate::app::form::{Field, Finder, country};
use crate::app::store::Loaded;
use crate::domain::field::Need;
use crate::domain::{Role, User, UserId};
use crate::view::widget::Focus;
use crate::view::widget::canvas::text_width;
use crate::view::widget::wrap::wrap;

/// Rows of what was found that are shown at once.
const FOUND: usize = 5;

/// Rows of choices beside each other; where there are more, they stand below each other.
const FEW: usize = 3;

/// What stands between two choices.
const APART: &str = "   ";

impl Block<'_, '_> {
    pub(super) fn countries(&mut self, input: &Input, index: usize) {
        let found = country::found(input.value());
        let words: Vec<String> = found.iter().map(country::shown).collect();
        if found.is_empty() && !input.value().trim().is_empty() {
            self.say("no country has such a code or name", self.theme.warning);
        }
        let is_written = words.first().is_some_and(|first| first == input.value());
        if self.head.focus == Focus::Here || !is_written {
            self.found(&words, Some(index));
        }
    }

    pub(super) fn users(&mut self, finder: &Finder) {
        match &finder.found {
            Loaded::Asked if finder.is_current() => self.say("looking ..", self.theme.busy),
            Loaded::Yes(_) if finder.is_current() => {
                let words: Vec<String> = finder.users().iter().map(user_words).collect();
                self.found(&words, Some(finder.index));
            }
            Loaded::No | Loaded::Asked | Loaded::Yes(_) | Loaded::Failed(_) => {}
        }
    }

    /// The roles beside each other, or a few of very many below each other.
    pub(super) fn roles(&mut self, field: &Field, (roles, chosen): (&[Role], Option<usize>)) {
        let none = (field.spec.need != Need::Required).then(|| "none named".to_owned());
        let ahead = usize::from(none.is_some());
        let names = roles.iter().map(|role| role.name.excerpt(60).to_string());
        let words: Vec<String> = none.into_iter().chain(names).collect();
        let chosen = match chosen {
            Some(number) => Some(number + ahead),
            None => (ahead > 0).then_some(0),
        };
        if self.beside(&words, chosen).len() <= FEW {
            self.choices(field, (&words, chosen));
        } else {
            self.below(field, (&words, chosen));
        }
    }

    /// A few choices beside each other.
    pub(super) fn choices(&mut self, field: &Field, (words, chosen): (&[String], Option<usize>)) {
        let rows = self.beside(words, chosen);
        let (first, others) = rows
            .split_first()
            .expect("there is something to choose from");
        self.headed(field, (first, Style::new()));
        for row in others {
            self.say(row, Style::new());
        }
        self.sight = self.rows.len() - 1;
    }

    fn below(&mut self, field: &Field, (words, chosen): (&[String], Option<usize>)) {
        let word = chosen.and_then(|chosen| words.get(chosen));
        match (self.head.focus, word) {
            (Focus::Elsewhere, Some(word)) => {
                self.headed(field, (&format!("(*) {word}"), Style::new()));
            }
            (Focus::Elsewhere, None) => {
                let words = format!("( ) one of {}", words.len());
                self.headed(field, (&words, Style::new()));
            }
            (Focus::Here, _) => {
                self.headed(field, ("Up and Down choose", self.theme.faint));
                self.found(words, chosen);
            }
        }
    }

    /// Choices in rows, each with its mark and never parted from it.
    fn beside(&self, words: &[String], chosen: Option<usize>) -> Vec<String> {
        let room = usize::from(self.width).saturating_sub(self.head.width());
        let mut rows: Vec<String> = Vec::new();
        for (number, word) in words.iter().enumerate() {
            let mark = if chosen == Some(number) { "(*)" } else { "( )" };
            let choice = format!("{mark} {word}");
            match rows.last_mut() {
                Some(row) if text_width(row) + APART.len() + text_width(&choice) <= room => {
                    row.push_str(APART);
                    row.push_str(&choice);
                }
                Some(_) | None => rows.push(choice),
            }
        }
        rows
    }

    /// What was found, around what is chosen; the chosen one alone where the focus is elsewhere.
    pub(super) fn found(&mut self, words: &[String], chosen: Option<usize>) {
        if self.head.focus == Focus::Elsewhere {
            if let Some(chosen) = chosen.and_then(|chosen| words.get(chosen)) {
                self.say(&format!("= {chosen}"), Style::new());
            }
            return;
        }
        let first = chosen.unwrap_or(0).saturating_sub(FOUND / 2);
        let first = first.min(words.len().saturating_sub(FOUND));
        for (number, word) in words.iter().enumerate().skip(first).take(FOUND) {
            let (mark, style) = if chosen == Some(number) {
                ("(*)", Style::new())
            } else {
                ("( )", self.theme.faint)
            };
            self.hanging(mark, (word, style));
            if chosen == Some(number) {
                self.sight = self.rows.len() - 1;
            }
        }
        if words.len() > FOUND {
            let all = words.len();
            let words = match chosen {
                Some(chosen) => format!("{} of {all}", chosen + 1),
                None => format!("none of {all} is chosen"),
            };
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
