//! What stands below the fields of a form: those that the service does not have, and the documents that
//! they are about.

use ratatui::style::Style;

use super::plan::Page;
use crate::app::fault;
use crate::app::form::Form;
use crate::app::store::Loaded;
use crate::domain::field::Need;
use crate::domain::query::Privacy;
use crate::domain::{Clean, Text};
use crate::view::theme::Theme;

/// Characters of a document that are shown.
const SHOWN: usize = 20_000;

/// The fields that the service does not have, those with the same reason together.
pub(super) fn absent(page: &mut Page<'_>, form: &Form, theme: &Theme) {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for field in &form.fields {
        let Need::NotOffered(why) = field.spec.need else {
            continue;
        };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, labels)) => labels.push(field.spec.label),
            None => reasons.push((why, vec![field.spec.label])),
        }
    }
    if let [(why, labels)] = &reasons[..] {
        let words = format!("Not offered: {} ({why})", labels.join(", "));
        page.say(2, &words, theme.faint);
        return;
    }
    if !reasons.is_empty() {
        page.say(2, "Not offered:", theme.faint);
    }
    for (why, labels) in &reasons {
        page.say(4, &format!("{}: {why}", labels.join(", ")), theme.faint);
    }
}

/// The documents beside the fields, and how they would be afterwards.
pub(super) fn documents(page: &mut Page<'_>, form: &Form, theme: &Theme) {
    for (privacy, content) in &form.shown {
        let what = match privacy {
            Privacy::Public => "Public metadata now",
            Privacy::Private => "Private metadata now",
        };
        page.gap();
        match content {
            Loaded::No => page.say(0, &format!("{what}: not told"), theme.faint),
            Loaded::Asked => page.say(0, &format!("{what}: reading .."), theme.busy),
            Loaded::Failed(error) => {
                let why = fault::reason(error);
                page.say(0, &format!("{what}: not to be had, {why}"), theme.failure);
            }
            Loaded::Yes(text) => document(page, (what, text), theme),
        }
    }
    if let Some(after) = form.after() {
        let text = serde_json::to_string_pretty(&after).unwrap_or_default();
        page.gap();
        document(
            page,
            ("Public metadata afterwards", &Text::from(text)),
            theme,
        );
    }
}

fn document(page: &mut Page<'_>, (what, text): (&str, &Text), theme: &Theme) {
    page.say(0, &format!("{what}:"), Style::new());
    for line in text.raw().lines() {
        let line = Clean::from_line(line, SHOWN);
        page.say(2, line.as_str(), theme.heading);
    }
}
