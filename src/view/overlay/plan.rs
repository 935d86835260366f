//! Pages of words in dialogs: paragraphs of the core with their looks, and words of the view between
//! them.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::layer::Bodies;
use crate::app::overlay::ARMING;
use crate::app::page::{self, Again, Para, Tone};
use crate::domain::{ApiError, Moment, Plan, Why};
use crate::view::theme::Theme;
use crate::view::widget::wrap::wrap;

/// Rows of text under construction, each as wide as the dialog at the most.
pub(crate) struct Page<'a> {
    /// The rows so far.
    pub(crate) rows: Vec<Line<'static>>,
    width: usize,
    theme: &'a Theme,
}

impl<'a> Page<'a> {
    /// An empty page of this width.
    pub(crate) fn new(width: u16, theme: &'a Theme) -> Self {
        Self {
            rows: Vec::new(),
            width: usize::from(width),
            theme,
        }
    }

    /// Adds clean words, with this many blanks before each of their rows.
    pub(crate) fn say(&mut self, indent: usize, words: &str, style: Style) {
        let room = self.width.saturating_sub(indent).max(1);
        let lead = " ".repeat(indent);
        let rows = wrap(words, room).map(|row| Line::styled(format!("{lead}{row}"), style));
        self.rows.extend(rows);
    }

    /// Adds an empty row.
    pub(crate) fn gap(&mut self) {
        self.rows.push(Line::default());
    }

    /// Adds an error: cause, what it means, what to do next, and the service's id of the request.
    pub(crate) fn failure(&mut self, error: &ApiError, again: Again) {
        self.paras(&page::failure(error, again));
    }

    /// Adds a plan.
    pub(crate) fn plan(&mut self, plan: &Plan, bodies: Bodies) {
        self.paras(&page::plan(plan, (bodies, &Why::Wished)));
    }

    /// Adds paragraphs.
    pub(crate) fn paras(&mut self, paras: &[Para]) {
        for para in paras {
            let (head, words) = looks(para.tone, self.theme);
            let row = |(before, row): (String, &str)| {
                Line::from(vec![
                    Span::styled(before, head),
                    Span::styled(row.to_owned(), words),
                ])
            };
            self.rows.extend(para.rows(self.width).map(row));
        }
    }
}

/// How the head and the words of a paragraph look.
fn looks(tone: Tone, theme: &Theme) -> (Style, Style) {
    let both = |style| (style, style);
    match tone {
        Tone::Plain => both(Style::new()),
        Tone::Fact => (theme.label, Style::new()),
        Tone::Request => both(theme.heading),
        Tone::Faint => both(theme.faint),
        Tone::Busy => both(theme.busy),
        Tone::Warning => both(theme.warning),
        Tone::Failure => both(theme.failure),
    }
}

/// Whether a key that sends counts already.
pub(crate) fn is_armed(model: &Model, shown: Option<Moment>) -> bool {
    shown.is_some_and(|shown| model.now.moment >= shown.after(ARMING))
}
