//! How far a list was read, in words: for its title, its edge, and the room where rows are missing.

use ratatui::text::{Line, Span};

use super::pane::{self, Sentence};
use crate::app::columns::Column;
use crate::app::cursor::{List, Shown};
use crate::app::fault::{self, Retries};
use crate::domain::rows::Keyed;
use crate::domain::{ApiError, Profile, Text};
use crate::job::Feed;
use crate::job::feed::{Short, Stage};
use crate::job::order::Arrangeable;
use crate::view::theme::Theme;
use crate::view::value::fit;
use crate::view::widget::table::{Shape, direction};

/// Marks a row that is shown as it was read before.
pub(crate) const OLD: &str = "~";

/// How far the feeds behind a pane have come; the worst of them speaks for all.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reading<'a> {
    /// Nothing was asked.
    Idle,
    /// Pages are under way.
    UnderWay,
    /// Everything is here.
    Whole,
    /// Something is missing.
    Partial(Short),
    /// Something failed.
    Failed(&'a ApiError),
}

impl<'a> Reading<'a> {
    /// How far one feed has come.
    pub(crate) fn of<T: Keyed + Clone + PartialEq>(feed: &'a Feed<T>) -> Self {
        match feed.stage() {
            Stage::Idle => Self::Idle,
            Stage::Reading => Self::UnderWay,
            Stage::Whole => Self::Whole,
            Stage::Partial(short) => Self::Partial(*short),
            Stage::Failed(error) => Self::Failed(error),
        }
    }

    /// How far all of them have come.
    pub(crate) fn of_all<T: Keyed + Clone + PartialEq>(feeds: &[&'a Feed<T>]) -> Self {
        let each = feeds.iter().map(|feed| Self::of(feed));
        each.max_by_key(Self::weight).unwrap_or(Self::Idle)
    }

    const fn weight(&self) -> u8 {
        match self {
            Self::Whole => 0,
            Self::Idle => 1,
            Self::UnderWay => 2,
            Self::Partial(_) => 3,
            Self::Failed(_) => 4,
        }
    }
}

/// How many rows there are as a title says it: `31`, `50 of 132`, `50+`, `..` before the first one.
pub(crate) fn count<T: Keyed + Clone + PartialEq>(feeds: &[&Feed<T>]) -> String {
    match feeds {
        [feed] if feed.rows.is_empty() => empty_count(Reading::of(feed)).to_owned(),
        [feed] => feed.count().clean().to_string(),
        _ => {
            let have: u32 = feeds.iter().map(|feed| feed.rows.len()).sum();
            if feeds.iter().all(|feed| feed.is_counted()) {
                have.to_string()
            } else if have == 0 {
                empty_count(Reading::of_all(feeds)).to_owned()
            } else {
                format!("{have}+")
            }
        }
    }
}

/// What stands for a number that nobody knows yet; a zero is never made up.
const fn empty_count(reading: Reading<'_>) -> &'static str {
    match reading {
        Reading::Whole => "0",
        Reading::UnderWay => "..",
        Reading::Idle | Reading::Partial(_) | Reading::Failed(_) => "?",
    }
}

/// What is said at the lower edge of a list: its filter, and a sort whose column is not in sight.
pub(crate) fn notes<T, K>(list: &List<T>, shape: &Shape<K>) -> Vec<Line<'static>>
where
    T: Keyed + Arrangeable<By = Column> + Clone,
    K: Copy + PartialEq,
{
    let mut notes = Vec::new();
    if !list.lens.text.is_empty() {
        let text = fit(&Text::from(list.lens.text.as_str()), 20).cut(20);
        let of: u32 = list.order.covers.iter().map(|covered| covered.rows).sum();
        notes.push(format!("filter: {text}, {} of {of}", list.len()));
    }
    if list.shown() == Shown::Marked {
        notes.push("only marked rows".to_owned());
    }
    if let Some(by) = list.lens.by.filter(|by| !shape.shows_sort(*by)) {
        let turn = direction(list.lens.turn);
        notes.push(format!("sort: {} {turn}", by.word()));
    }
    if list.arranging.is_some() {
        notes.push("sorting ..".to_owned());
    }
    notes.into_iter().map(Line::from).collect()
}

/// What is to be said of a list beside its rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// In a few words each, for an edge.
    pub(crate) short: Vec<Line<'static>>,
    /// In full, for the room where there are no rows.
    pub(crate) full: Vec<Sentence>,
}

/// The feeds of one profile in a list, with its name where the list is over several.
pub(crate) struct Group<'a, T: Keyed> {
    /// Whose they are.
    pub(crate) profile: Option<&'a Profile>,
    /// One for each list that the service keeps.
    pub(crate) feeds: Vec<&'a Feed<T>>,
    /// The clock time at which they were last read as a whole, where that is known.
    pub(crate) read_at: Option<String>,
    /// Why nothing can be read of them now, in a word.
    pub(crate) down: Option<&'static str>,
    /// Who asks again for what could not be read.
    pub(crate) retries: Retries,
}

impl<T: Keyed + Clone + PartialEq> Group<'_, T> {
    /// Whether its rows are those of an earlier time.
    pub(crate) fn is_old(&self) -> bool {
        self.down.is_some() || matches!(Reading::of_all(&self.feeds), Reading::Failed(_))
    }

    /// The same for an edge, where a name of a profile leaves little room.
    fn briefly(&self) -> String {
        match (&self.profile, &self.read_at) {
            (Some(_), Some(time)) => time.clone(),
            (Some(_), None) => "older".to_owned(),
            (None, _) => self.rows_of(),
        }
    }

    /// From when its rows are.
    fn rows_of(&self) -> String {
        match &self.read_at {
            Some(time) => format!("rows of {time}"),
            None => "older rows".to_owned(),
        }
    }
}

/// What is to be said of a list of `what` over these feeds.
pub(crate) fn said<T>(
    (list, groups): (&List<T>, &[Group<'_, T>]),
    what: &str,
    theme: &Theme,
) -> Said
where
    T: Keyed + Arrangeable + Clone + PartialEq,
{
    let mut said = Said::default();
    if let Some(reading) = alike(groups) {
        said.full = nothing_of((reading, Retries::Person), what, theme);
        return said;
    }
    if list.is_empty() {
        said.full.extend(hidden(list, groups, (what, theme)));
    }
    for group in groups {
        let reading = Reading::of_all(&group.feeds);
        let (short, full): (_, Vec<Sentence>) = if rows(&group.feeds) == 0 {
            (
                None,
                none_at(group, what, theme)
                    .unwrap_or_else(|| nothing_of((reading, group.retries), what, theme)),
            )
        } else {
            let both = shortfall(reading, group, theme).unzip();
            (both.0, both.1.into_iter().collect())
        };
        said.short
            .extend(short.map(|short| named(group.profile, short)));
        match group.profile {
            Some(profile) => said.full.extend(Sentence::of(profile, &full)),
            None => said.full.extend(full),
        }
    }
    if list.is_empty() && said.full.is_empty() {
        let none = format!("There are no {what}.");
        said.full.push(Sentence::new(none, theme.faint));
    }
    said
}

fn rows<T: Keyed + Clone + PartialEq>(feeds: &[&Feed<T>]) -> u32 {
    feeds.iter().map(|feed| feed.rows.len()).sum()
}

/// What is true of all groups as long as none has a row; it is said once then.
fn alike<'a, T: Keyed + Clone + PartialEq>(groups: &[Group<'a, T>]) -> Option<Reading<'a>> {
    let each = || {
        groups
            .iter()
            .map(|group| (rows(&group.feeds), Reading::of_all(&group.feeds)))
    };
    if each().all(|each| matches!(each, (0, Reading::Idle))) {
        return Some(Reading::Idle);
    }
    each()
        .all(|each| matches!(each, (0, Reading::UnderWay)))
        .then_some(Reading::UnderWay)
}

/// Why no row of those that were read is shown, if any was read.
fn hidden<T>(
    list: &List<T>,
    groups: &[Group<'_, T>],
    (what, theme): (&str, &Theme),
) -> Option<Sentence>
where
    T: Keyed + Arrangeable + Clone + PartialEq,
{
    let feeds: Vec<&Feed<T>> = groups
        .iter()
        .flat_map(|group| &group.feeds)
        .copied()
        .collect();
    if rows(&feeds) == 0 {
        return None;
    }
    let looked_at = count(&feeds);
    let words = if list.arranging.is_some() {
        format!("Sorting {looked_at} {what} ..")
    } else {
        format!("No row fits the filter; {looked_at} {what} were looked at. Esc clears it.")
    };
    Some(Sentence::new(words, theme.faint))
}

fn named(profile: Option<&Profile>, mut line: Line<'static>) -> Line<'static> {
    if let Some(profile) = profile {
        let name = profile.text().excerpt(40);
        line.spans.insert(0, Span::raw(format!("{name} ")));
    }
    line
}

/// Where there was no row when it was last read, and nobody can say what there is now.
fn none_at<T>(group: &Group<'_, T>, what: &str, theme: &Theme) -> Option<Vec<Sentence>>
where
    T: Keyed + Clone + PartialEq,
{
    let (time, word) = (
        group.read_at.as_ref()?,
        group.down.unwrap_or("not read again"),
    );
    let words = format!("There were no {what} at {time}; {word} since");
    group
        .is_old()
        .then(|| vec![Sentence::new(words, theme.failure)])
}

/// What stands in place of rows of which none was read.
fn nothing_of(
    (reading, retries): (Reading<'_>, Retries),
    what: &str,
    theme: &Theme,
) -> Vec<Sentence> {
    let faint = |words: String| vec![Sentence::new(words, theme.faint)];
    match reading {
        Reading::Whole => Vec::new(),
        Reading::Idle => faint(format!("The {what} were not asked for yet.")),
        Reading::UnderWay => faint(format!("Reading the {what} ..")),
        Reading::Failed(error) => pane::failure((error, retries), theme),
        Reading::Partial(short) => {
            let words = short_words(short, "0 rows");
            vec![Sentence::new(words, theme.warning)]
        }
    }
}

/// What is missing beside rows that are here: in a few words, and in full.
fn shortfall<T: Keyed + Clone + PartialEq>(
    reading: Reading<'_>,
    group: &Group<'_, T>,
    theme: &Theme,
) -> Option<(Line<'static>, Sentence)> {
    let count = count(&group.feeds);
    let (short, full, style) = match (reading, group.down) {
        (Reading::Idle | Reading::Whole, None) => return None,
        (Reading::Idle | Reading::Whole, Some(word)) => {
            let rows = group.rows_of();
            let full = format!("{word}: the {rows}, marked {OLD}, stay until it answers");
            (
                format!("{OLD} {word}, {}", group.briefly()),
                full,
                theme.failure,
            )
        }
        (Reading::UnderWay, _) => {
            let full = format!("reading .. {count}");
            ("reading ..".to_owned(), full, theme.busy)
        }
        (Reading::Partial(short), _) => {
            let full = short_words(short, &count);
            (word(short).to_owned(), full, theme.warning)
        }
        (Reading::Failed(error), _) => {
            let words = fault::words(error);
            let rows = group.rows_of();
            let full = format!(
                "FAIL {}. The {rows}, marked {OLD}, stay. {}",
                words.cause,
                fault::next_step(error, group.retries)
            );
            (
                format!("{OLD} FAIL, {}", group.briefly()),
                full,
                theme.failure,
            )
        }
    };
    Some((Line::styled(short, style), Sentence::new(full, style)))
}

const fn word(short: Short) -> &'static str {
    match short {
        Short::Stopped => "stopped",
        Short::Shifted => "changed while read",
        Short::TooLong => "too long",
    }
}

fn short_words(short: Short, count: &str) -> String {
    match short {
        Short::Stopped => format!("stopped at {count}: R reads again"),
        Short::Shifted => format!("{count}: the list changed while it was read. R reads again"),
        Short::TooLong => format!("{count}: the list is longer than what is ever read"),
    }
}
