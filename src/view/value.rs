//! How values are written: `-` for what is empty, `?` for what the service cannot tell, times as ages
//! or dates. Everything foreign is cleaned here on its way to the screen.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::text::{Line, Span};

use super::theme::Theme;
use crate::app::Model;
use crate::app::model::Times;
use crate::domain::moment::clock_time;
use crate::domain::text::BLANK;
use crate::domain::{Clean, Text, Told, Value};

/// Characters that are looked at for every column: enough for clusters of many, and little of what
/// is endless.
const DENSEST: usize = 16;

/// As much of a foreign text as can be seen in so many columns.
pub(crate) fn fit(text: &Text, columns: u16) -> Clean {
    text.excerpt((usize::from(columns) + 1) * DENSEST)
}

/// A foreign text in a cell of so many columns.
pub(crate) fn foreign(text: &Text, columns: u16) -> Span<'static> {
    Span::raw(fit(text, columns).to_string())
}

/// A name in a cell of so many columns; one that looks like nothing has the id beside it, or its end.
pub(crate) fn name(name: &Text, id: &Text, columns: u16) -> Span<'static> {
    let seen = fit(name, columns);
    match seen.as_str() {
        "" | BLANK => Span::raw(format!("{BLANK} {}", end(id, columns.saturating_sub(8)))),
        seen => Span::raw(seen.to_owned()),
    }
}

/// An id in so many columns: ids of one kind begin alike, so that it is the end that tells them apart.
fn end(id: &Text, columns: u16) -> String {
    let shown = fit(id, columns);
    let columns = usize::from(columns);
    if shown.width() <= columns {
        return shown.to_string();
    }
    let last = id
        .raw()
        .char_indices()
        .rev()
        .take(columns.saturating_sub(1));
    let start = last.last().map_or(0, |(start, _)| start);
    format!("…{}", Text::from(&id.raw()[start..]).clean())
}

/// What a service said of something, as foreign text or as one of the two marks.
pub(crate) fn told(told: &Told<Text>, columns: u16, theme: &Theme) -> Span<'static> {
    match told {
        Told::Is(text) if !text.is_empty() => foreign(text, columns),
        Told::Is(_) | Told::Empty => Span::styled("-", theme.faint),
        Told::Unknown => Span::styled("?", theme.faint),
    }
}

/// What a service said of something, in words of ours.
pub(crate) fn said<T>(told: &Told<T>, theme: &Theme, word: impl Fn(&T) -> String) -> Span<'static> {
    match told {
        Told::Is(value) => Span::raw(word(value)),
        Told::Empty => Span::styled("-", theme.faint),
        Told::Unknown => Span::styled("?", theme.faint),
    }
}

/// A number at the right of its column.
pub(crate) fn number(told: &Told<u64>, theme: &Theme) -> Line<'static> {
    Line::from(said(told, theme, u64::to_string)).right_aligned()
}

/// The value of an attribute in words.
pub(crate) fn attribute(value: &Value) -> Clean {
    match value {
        Value::Text(text) => text.excerpt(2_000),
        Value::Flag(true) => Clean::from_ours("yes"),
        Value::Flag(false) => Clean::from_ours("no"),
        Value::Number(number) => Clean::from_ours(&number.to_string()),
        Value::Json(json) => Text::from(json.to_string()).excerpt(2_000),
        Value::Image(image) => image.name().excerpt(200),
    }
}

/// A time in a column: its age by the clock that it was told by, or its date.
pub(crate) fn when(at: Timestamp, now: Timestamp, model: &Model) -> String {
    match model.times {
        Times::Relative => age(at, now),
        Times::Absolute => date(at, &model.settings.zone),
    }
}

/// How wide a column of times is.
pub(crate) fn time_width(model: &Model) -> u16 {
    match model.times {
        Times::Relative => 6,
        Times::Absolute => 10,
    }
}

/// A time in a sentence: `3d ago`, `in 24d` by the clock that it was told by, or its date.
pub(crate) fn when_in_words(at: Timestamp, now: Timestamp, model: &Model) -> String {
    match model.times {
        Times::Absolute => date(at, &model.settings.zone),
        Times::Relative => {
            let age = age(at, now);
            let is_past = at <= now && age != "now";
            if is_past { format!("{age} ago") } else { age }
        }
    }
}

/// How long ago a time is in its largest unit; one that lies ahead is said to.
pub(crate) fn age(at: Timestamp, now: Timestamp) -> String {
    let past = now.duration_since(at);
    let minutes = past.unsigned_abs().as_secs() / 60;
    match (minutes, past.is_negative()) {
        (0, _) => "now".to_owned(),
        (_, false) => length(minutes),
        (_, true) => format!("in {}", length(minutes)),
    }
}

fn length(minutes: u64) -> String {
    let hours = minutes / 60;
    let days = hours / 24;
    match (hours, days) {
        (0, _) => format!("{minutes}m"),
        (_, 0) => format!("{hours}h"),
        (_, 0..1000) => format!("{days}d"),
        (..) => format!("{}y", days / 365),
    }
}

/// The clock time of something that was read, if it was.
pub(crate) fn clock(at: Option<Timestamp>, model: &Model) -> Option<String> {
    at.map(|at| clock_time(at, &model.settings.zone))
}

/// The calendar day of a time.
pub(crate) fn date(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone());
    local.strftime("%Y-%m-%d").to_string()
}
