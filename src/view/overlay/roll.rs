//! The addresses of a bulk invite: the text they are typed in, what is said of each, and what came of them.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::Span;
use tui_input::Input;

use super::fields::Block;
use super::form::{Row, lead};
use super::plan::Page;
use crate::app::Model;
use crate::app::fault;
use crate::app::form::{Area, Ended, Field, Form, Roll};
use crate::app::page::{Para, Tone};
use crate::domain::rows::Keyed;
use crate::domain::{Invite, Member, Text};
use crate::job::Feed;
use crate::job::feed::Stage;
use crate::job::lines::Line;
use crate::job::task::State;
use crate::job::verdict::Verdict;
use crate::view::theme::Theme;
use crate::view::widget::Focus;
use crate::view::widget::canvas::text_width;

/// Lines of the text that are shown at the same time.
const TALLEST: usize = 5;

/// Addresses that are listed of a kind; the counts are of all.
const LISTED: usize = 500;

/// The widest that the column of addresses gets.
const WIDEST: usize = 36;

/// Characters of an address that are shown.
const SHOWN: usize = 80;

impl<'a> Block<'a, '_> {
    /// The lines around the cursor.
    pub(super) fn area(&mut self, field: &Field, area: &'a Area) {
        let lines = area.lines();
        let top = area.row().saturating_sub(TALLEST - 1);
        let top = top.min(lines.len().saturating_sub(TALLEST));
        for (number, line) in lines.iter().enumerate().skip(top).take(TALLEST) {
            let label = if number == top {
                lead(self.head.spans(field, self.theme))
            } else {
                lead(vec![Span::raw(" ".repeat(self.head.width()))])
            };
            let focus = if number == area.row() {
                self.sight = self.rows.len();
                self.head.focus
            } else {
                Focus::Elsewhere
            };
            self.rows
                .push(Row::Typed(label, Cow::<Input>::Borrowed(line), focus));
        }
        if lines.len() > TALLEST {
            let words = format!("line {} of {}", area.row() + 1, lines.len());
            self.say(&words, self.theme.faint);
        }
    }

    /// How many of the addresses are good, and what the others are.
    pub(super) fn summary(&mut self, roll: &Roll) {
        let all = roll.judged().count();
        if all > 0 {
            let bad = roll.count(Verdict::is_wrong);
            let style = if bad > 0 {
                self.theme.warning
            } else {
                Style::new()
            };
            self.say(&counts(roll, all), style);
        }
    }
}

/// The kinds of verdicts, in the order they are counted in.
const KINDS: [&str; 6] = [
    "ok",
    "already member",
    "already invited",
    "sent from here before",
    "duplicate",
    "not an address",
];

const fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => KINDS[0],
        Verdict::Member => KINDS[1],
        Verdict::Invited => KINDS[2],
        Verdict::Sent => KINDS[3],
        Verdict::Duplicate(_) => KINDS[4],
        Verdict::NotAnAddress(_) => KINDS[5],
    }
}

fn counts(roll: &Roll, all: usize) -> String {
    let so_far = if roll.is_reading() { " so far" } else { "" };
    let kind = |kind: &'static str| (kind, roll.count(|verdict| word(verdict) == kind));
    let counted = KINDS.map(kind);
    let told = counted.iter().filter(|(_, count)| *count > 0);
    let words: Vec<String> = told
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    let addresses = if all == 1 { "address" } else { "addresses" };
    format!("{all} {addresses}{so_far}: {}", words.join(", "))
}

/// What is said of each address, those that want attention first, and with whom they were compared.
pub(super) fn table(
    page: &mut Page<'_>,
    (model, form, roll): (&Model, &Form, &Roll),
    theme: &Theme,
) {
    compared(page, roll, theme);
    limits(page, (model, form, roll), theme);
    let numbered = || (1..).zip(roll.judged());
    let is_good = |(_, (_, verdict)): &(usize, (&Line, &Verdict))| **verdict == Verdict::Ok;
    if numbered().next().is_none() {
        return;
    }
    page.gap();
    let addresses = numbered()
        .take(LISTED)
        .map(|(_, (line, _))| text_width(&line.email));
    let width = addresses.max().unwrap_or(0).clamp(7, WIDEST);
    let heading = format!("  #  {:width$}  CHECK", "ADDRESS");
    page.say(0, &heading, theme.heading);
    let bad = numbered().filter(|row| !is_good(row));
    listed(page, bad, (form, width, theme));
    listed(page, numbered().filter(is_good), (form, width, theme));
    page.gap();
}

fn listed<'a>(
    page: &mut Page<'_>,
    rows: impl Iterator<Item = (usize, (&'a Line, &'a Verdict))>,
    (form, width, theme): (&Form, usize, &Theme),
) {
    let mut rows = rows;
    for (number, (line, verdict)) in rows.by_ref().take(LISTED) {
        let address = Text::from(line.email.as_str());
        let left_out = match verdict {
            Verdict::Ok => "",
            Verdict::Duplicate(_) => " -> left out",
            Verdict::Member | Verdict::Invited | Verdict::Sent | Verdict::NotAnAddress(_)
                if form.is_partial() =>
            {
                " -> left out"
            }
            Verdict::Member | Verdict::Invited | Verdict::Sent | Verdict::NotAnAddress(_) => {
                " -> wrong"
            }
        };
        let words = Text::from(verdict.words());
        let address = address.excerpt(SHOWN).to_string();
        let blanks = " ".repeat(width.saturating_sub(text_width(&address)));
        let so_far = match verdict {
            Verdict::Ok if form.is_reading() => " so far",
            Verdict::Ok
            | Verdict::Duplicate(_)
            | Verdict::Member
            | Verdict::Invited
            | Verdict::Sent
            | Verdict::NotAnAddress(_) => "",
        };
        let words = words.excerpt(200);
        let tone = match verdict {
            Verdict::Ok => Tone::Plain,
            Verdict::Duplicate(_) => Tone::Faint,
            Verdict::Member | Verdict::Invited | Verdict::Sent | Verdict::NotAnAddress(_) => {
                Tone::Warning
            }
        };
        let head = format!("{number:>3}  {address}{blanks}  ");
        page.paras(&[Para::new(head, format!("{words}{so_far}{left_out}"), tone)]);
    }
    let more = rows.count();
    if more > 0 {
        page.say(0, &format!("and {more} more of the same kind"), theme.faint);
    }
}

/// With whom the addresses were compared, and with whom they could not be.
fn compared(page: &mut Page<'_>, roll: &Roll, theme: &Theme) {
    match &roll.members {
        Some(feed) => read::<Member>(page, (feed, "members"), theme),
        None => page.say(
            0,
            "WARNING who is a member already cannot be checked: the service tells no addresses of members",
            theme.warning,
        ),
    }
    match &roll.invites {
        Some(feed) => read::<Invite>(page, (feed, "open invites"), theme),
        None => page.say(
            0,
            "WARNING who is invited already cannot be checked: the service lists no invites. Compared with what was sent from here since the program was started.",
            theme.warning,
        ),
    }
    if !roll.is_reading() && roll.members.is_some() && roll.unread() > 0 {
        let words = format!(
            "WARNING the addresses of {} members could not be read",
            roll.unread()
        );
        page.say(0, &words, theme.warning);
    }
}

fn read<T: Keyed + Clone + PartialEq>(
    page: &mut Page<'_>,
    (feed, what): (&Feed<T>, &str),
    theme: &Theme,
) {
    let count = feed.count();
    let count = count.clean();
    match feed.stage() {
        Stage::Idle | Stage::Reading => {
            page.say(0, &format!("Reading the {what}: {count} .."), theme.busy);
        }
        Stage::Whole if feed.is_busy() || feed.wanting().next().is_some() => {
            let open = feed.wanting().count();
            let words = format!("Reading the {what} one by one: {open} of {count} to go ..");
            page.say(0, &words, theme.busy);
        }
        Stage::Whole => page.say(0, &format!("Compared with {count} {what}."), theme.faint),
        Stage::Partial(_) => {
            let words = format!(
                "WARNING compared with {count} {what} only: the list changed while it was read"
            );
            page.say(0, &words, theme.warning);
        }
        Stage::Failed(error) => {
            let cause = fault::words(error).cause;
            let words = format!(
                "WARNING the {what} could not be read, so nobody was compared with them: {cause}. \
                 Close and open this form to read them again."
            );
            page.say(0, &words, theme.warning);
        }
    }
}

/// What the service takes at a time, and in an hour.
fn limits(page: &mut Page<'_>, (model, form, roll): (&Model, &Form, &Roll), theme: &Theme) {
    let account = model.store.account(form.goal.profile());
    let hourly = account.and_then(|account| account.capabilities.rules.hourly);
    let (Some(hourly), good @ 1..) = (hourly, roll.count(|verdict| *verdict == Verdict::Ok)) else {
        return;
    };
    let calls = good.div_ceil(hourly.batch);
    let words = format!(
        "{good} good address{}, {calls} call{}: the service takes {} addresses at a time, and {} such calls an hour.",
        if good == 1 { "" } else { "es" },
        if calls == 1 { "" } else { "s" },
        hourly.batch,
        hourly.bulk
    );
    page.say(0, &words, theme.faint);
}

/// What came of each address.
pub(super) fn ended(page: &mut Page<'_>, ends: &[Ended], theme: &Theme) {
    let is_done = |end: &&Ended| matches!(end.state, State::Done(_));
    let done = ends.iter().filter(is_done).count();
    let heading = format!("Sent: {done} of {} are invited.", ends.len());
    page.say(0, &heading, theme.heading);
    let open = |end: &&Ended| matches!(end.state, State::Waiting | State::Sent);
    if done < ends.len() && !ends.iter().any(|end| open(&end)) {
        page.say(
            0,
            "What was not done stands above again: Preview plans it anew, or close this and press g f.",
            theme.warning,
        );
    }
    let (good, bad): (Vec<&Ended>, Vec<&Ended>) = ends.iter().partition(is_done);
    for end in bad.into_iter().chain(good).take(2 * LISTED) {
        let (words, style) = outcome(&end.state, theme);
        let words = Text::from(words);
        let row = format!("  {}  {}", end.email.excerpt(SHOWN), words.excerpt(300));
        page.say(0, &row, style);
    }
}

fn outcome(state: &State, theme: &Theme) -> (String, Style) {
    match state {
        State::Waiting => ("waiting".to_owned(), theme.faint),
        State::Sent => ("sending ..".to_owned(), theme.busy),
        State::Done(_) => ("done".to_owned(), Style::new()),
        State::Refused(error) => {
            let words = format!("not done: {}", fault::words(error).cause);
            (words, theme.failure)
        }
        State::Differs(_) => (
            "not sent: it has changed meanwhile".to_owned(),
            theme.warning,
        ),
        State::Unknown(came) => (fault::unknown(came.as_deref()), theme.failure),
        State::Skipped => ("not sent".to_owned(), theme.warning),
    }
}
