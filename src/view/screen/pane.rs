//! What all panes share: the frame with its number and title, and the sentences that stand where
//! there are no rows.

use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::list::{behind_mark, next};
use crate::app::Model;
use crate::app::fault::{self, Retries};
use crate::app::layer::Overlay;
use crate::app::place::{Form, Pane};
use crate::domain::connection::Stage;
use crate::domain::{ApiError, Profile};
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::border::{Border, Stroke};
use crate::view::widget::canvas::Canvas;
use crate::view::widget::wrap::wrap;

/// What a pane says around its rows.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    /// Which pane.
    pub(crate) pane: Pane,
    /// Its name.
    pub(crate) title: Span<'static>,
    /// How many rows there are, or that nobody knows.
    pub(crate) count: String,
    /// What is to be known of its list.
    pub(crate) notes: Vec<Line<'static>>,
    /// Where the window stands.
    pub(crate) counter: String,
    /// What depends on the account that its rows are of.
    pub(crate) stage: Stage,
}

impl Face {
    /// The frame of a pane of which nothing more is known.
    pub(crate) fn new(pane: Pane, title: impl Into<Span<'static>>) -> Self {
        Self {
            pane,
            title: title.into(),
            count: String::new(),
            notes: Vec::new(),
            counter: String::new(),
            stage: Stage::Development,
        }
    }
}

/// Whether a pane has the focus; a filter is typed for the pane, so that it keeps it.
pub(crate) fn focus(model: &Model, pane: Pane) -> Focus {
    let covered = model
        .overlays
        .iter()
        .any(|overlay| !matches!(overlay, Overlay::Line(_)));
    Focus::from(model.panes.focus == pane && !covered)
}

/// Draws the frame of a pane and returns the inside.
pub(crate) fn frame(canvas: &mut Canvas<'_>, area: Rect, (model, face): (&Model, &Face)) -> Rect {
    let focus = focus(model, face.pane);
    let narrow = model.layout().form == Form::Narrow;
    let theme = canvas.theme;
    let style = match (focus, face.stage) {
        (_, Stage::Production) => theme.production_frame,
        (Focus::Here, Stage::Development) => theme.focus,
        (Focus::Elsewhere, Stage::Development) => theme.frame,
    };
    let stroke = match focus {
        _ if narrow => Stroke::Rules,
        Focus::Here => Stroke::Double,
        Focus::Elsewhere => Stroke::Single,
    };
    let border = Border {
        title: if narrow {
            Line::default()
        } else {
            title(face).style(theme.title)
        },
        notes: face.notes.clone(),
        counter: Line::from(face.counter.as_str()),
        stroke,
        style,
    };
    border.draw(canvas, area);
    inside(area)
}

/// The number of the key, the name, and how many rows there are.
fn title(face: &Face) -> Line<'static> {
    let count = match face.count.as_str() {
        "" => String::new(),
        count => format!(" {count}"),
    };
    Line::from(vec![
        Span::raw(format!("{} ", face.pane.index() + 1)),
        face.title.clone(),
        Span::raw(count),
    ])
}

/// The inside of a pane's frame.
pub(crate) fn inside(area: Rect) -> Rect {
    area.inner(Margin::new(1, 1))
}

/// Draws sentences one below the other, each over as many rows as it needs.
pub(crate) fn sentences(canvas: &mut Canvas<'_>, area: Rect, said: &[Sentence]) -> Rect {
    let mut left = area;
    for line in said.iter().flat_map(|sentence| sentence.rows(area.width)) {
        canvas.line(next(&mut left), &line);
    }
    left
}

/// Draws a pane that follows an organization when there is none.
pub(crate) fn nothing_open(canvas: &mut Canvas<'_>, area: Rect, framed: (&Model, &Face)) {
    let inside = frame(canvas, area, framed);
    let said = Sentence::new("No organization is open.", canvas.theme.faint);
    sentences(canvas, behind_mark(inside), &[said]);
}

/// A sentence of ours, with clean words of others in it.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    words: String,
    style: Style,
}

impl Sentence {
    /// A sentence in a style.
    pub(crate) fn new(words: impl Into<String>, style: Style) -> Self {
        Self {
            words: words.into(),
            style,
        }
    }

    /// The sentence over rows of so many columns.
    pub(crate) fn rows(&self, width: u16) -> impl Iterator<Item = Line<'static>> {
        let rows = wrap(&self.words, usize::from(width));
        rows.map(|words| Line::styled(words.to_owned(), self.style))
    }

    /// Sentences in one, said of a profile.
    pub(crate) fn of(profile: &Profile, said: &[Self]) -> Option<Self> {
        let mut words = format!("{}:", profile.text().excerpt(40));
        for sentence in said {
            let ended = words.ends_with([':', '?', '.']);
            let gap = if ended { " " } else { ". " };
            words = format!("{words}{gap}{}", sentence.words);
        }
        let style = said.first()?.style;
        Some(Self { words, style })
    }
}

/// Why there is nothing to show: cause, effect, what to do next, and the service's id of the request.
pub(crate) fn failure((error, retries): (&ApiError, Retries), theme: &Theme) -> Vec<Sentence> {
    let words = fault::words(error);
    let plain = Style::new();
    let mut said = vec![
        Sentence::new(format!("FAIL {}", words.cause), theme.failure),
        Sentence::new("Nothing was read, so nothing is shown", plain),
        Sentence::new(format!("Next: {}", fault::next_step(error, retries)), plain),
    ];
    if let Some(trace) = words.trace {
        said.push(Sentence::new(format!("Request id: {trace}"), theme.faint));
    }
    said
}
