//! Foreign text and the only way out of it.
//!
//! Whatever a stranger could have typed (names, messages, ids, a server's error) is a [`Text`], kept
//! byte for byte and without a way to be printed. [`Clean`] is what may reach a screen, a table or a
//! log, and it is made here alone: control and format characters become visible marks, so that no
//! name can command the terminal, reorder a row or look like another one.

use std::borrow::Borrow;
use std::fmt;

use arcstr::ArcStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

mod cell;
mod marks;
mod wrap;

pub use cell::{cell, guarded};
pub use wrap::wrap;

/// Text as it was received: cheap to clone, impossible to print.
///
/// One pointer wide: a list of a million members holds ten million of them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(ArcStr);

impl Text {
    /// The raw bytes: for requests, comparisons, edit fields and JSON output, never for a screen.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The form that may be shown: one line, every hostile character replaced by a visible mark.
    pub fn clean(&self) -> Clean {
        Clean::of(&self.0).begun().ended()
    }

    /// At most `limit` characters of what [`clean`](Self::clean) shows: for what a server sent in place of an
    /// answer. However long it goes on, no more of it is looked at than that.
    pub fn excerpt(&self, limit: usize) -> Clean {
        let end = self.0.char_indices().nth(limit).map(|(end, _)| end);
        let mut shown = end.map_or_else(|| self.clean(), |end| Clean::of(&self.0[..end]).begun());
        if shown.keep(limit) || end.is_some() {
            shown.0.push('…');
        }
        shown
    }
}

/// Blanks that nothing shows at an edge.
const BLANKS: [char; 2] = [' ', '\u{3000}'];

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(ArcStr::from(text))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(ArcStr::from(text))
    }
}

impl From<&Text> for Text {
    fn from(text: &Text) -> Self {
        text.clone()
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// Stands for a text that looks like nothing.
pub const BLANK: &str = "(blank)";

/// Text that is safe to draw or print: one line, no control or format character outside a cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clean(String);

impl Clean {
    /// Words of our own; anything in them that should not be there is cleaned all the same.
    pub fn from_ours(words: &str) -> Self {
        Self::of(words)
    }

    /// A line of a document, of which the indent is ours, in at most `limit` characters behind that.
    pub fn from_line(line: &str, limit: usize) -> Self {
        let words = line.trim_start_matches(' ');
        let indent = &line[..line.len() - words.len()];
        Self(format!("{indent}{}", Text::from(words).excerpt(limit)))
    }

    fn of(raw: &str) -> Self {
        let mut out = String::with_capacity(raw.len());
        for (start, cluster) in raw.grapheme_indices(true) {
            let after = raw[start + cluster.len()..].chars().next();
            marks::push_cluster(&mut out, cluster, after);
        }
        if !raw.is_empty() && raw.chars().all(marks::is_invisible) {
            return Self(BLANK.to_owned());
        }
        Self(out)
    }

    /// The same with marks for the blanks before it, where nothing else would show them.
    fn begun(self) -> Self {
        let words = self.0.trim_start_matches(BLANKS);
        let blanks = self.0[..self.0.len() - words.len()].chars();
        Self(
            blanks
                .map(marks::of_blank)
                .chain([words.to_owned()])
                .collect(),
        )
    }

    /// The same with marks for the blanks behind it.
    fn ended(self) -> Self {
        let words = self.0.trim_end_matches(BLANKS);
        let blanks = self.0[words.len()..].chars();
        Self(
            std::iter::once(words.to_owned())
                .chain(blanks.map(marks::of_blank))
                .collect(),
        )
    }

    /// Keeps whole clusters of at most so many characters in all; whether something had to go.
    fn keep(&mut self, limit: usize) -> bool {
        let Some((most, _)) = self.0.char_indices().nth(limit) else {
            return false;
        };
        let starts = self.0.grapheme_indices(true).map(|(start, _)| start);
        let end = starts.take_while(|start| *start <= most).last();
        self.0.truncate(end.unwrap_or_default());
        true
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many terminal columns it takes.
    pub fn width(&self) -> usize {
        width(&self.0)
    }

    /// At most `columns` wide: cut between clusters, with an ellipsis where something is missing.
    #[must_use]
    pub fn cut(&self, columns: usize) -> Self {
        Self(cut(&self.0, columns).into_owned())
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// How many terminal columns a text takes, cluster by cluster as it is drawn.
pub fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// `text` in at most `columns` columns, with `…` as the last one where it was cut.
pub fn cut(text: &str, columns: usize) -> std::borrow::Cow<'_, str> {
    if text.len() <= columns || width(text) <= columns {
        return text.into();
    }
    let mut room = columns.saturating_sub(1);
    let mut end = 0;
    for (start, cluster) in text.grapheme_indices(true) {
        let wide = cluster.width();
        if wide > room {
            break;
        }
        room -= wide;
        end = start + cluster.len();
    }
    if columns == 0 {
        return "".into();
    }
    format!("{}…", &text[..end]).into()
}
