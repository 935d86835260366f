//! The profiles with their states, in as many words as there is room for.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::store::{Account, Health};
use crate::domain::connection::{Access, Stage};
use crate::view::theme::Theme;
use crate::view::value::fit;
use crate::view::widget::canvas::width;

/// How much is said of the profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    /// Names and states in full.
    Full,
    /// Services in three letters.
    Short,
    /// Likewise, and no word where all is well.
    Troubles,
    /// The profile that one is in, and how many others there are.
    Here,
    /// The profile that one is in.
    Alone,
    /// Likewise, without the program's name.
    Bare,
}

/// The most detailed statement that fits.
pub(crate) fn line(model: &Model, (room, theme): (usize, &Theme)) -> Line<'static> {
    let all = [
        Detail::Full,
        Detail::Short,
        Detail::Troubles,
        Detail::Here,
        Detail::Alone,
    ];
    let mut lines = all
        .into_iter()
        .map(|detail| statement(model, detail, theme));
    let fitting = lines.find(|line| width(line) <= room);
    fitting.unwrap_or_else(|| statement(model, Detail::Bare, theme))
}

fn statement(model: &Model, detail: Detail, theme: &Theme) -> Line<'static> {
    let brand = Span::styled("orgdeck", theme.brand);
    let shown: Vec<&Account> = model.shown_accounts().collect();
    let mut spans = match detail {
        Detail::Full | Detail::Short | Detail::Troubles => every(model, (&shown, detail), theme),
        Detail::Here => [here(model, (&shown, detail), theme), others(model, &shown)].concat(),
        Detail::Alone | Detail::Bare => here(model, (&shown, detail), theme),
    };
    if detail != Detail::Bare {
        spans.insert(0, brand);
    }
    Line::from(spans)
}

fn every(
    model: &Model,
    (shown, detail): (&[&Account], Detail),
    theme: &Theme,
) -> Vec<Span<'static>> {
    if model.store.accounts.is_empty() {
        return Vec::new();
    }
    let filter = filter_words(model, shown.len(), detail);
    let mut spans = vec![Span::raw(format!("  {filter}"))];
    for account in shown {
        let gap = if detail == Detail::Full { "   " } else { "  " };
        spans.push(Span::raw(gap));
        spans.extend(profile(model, (account, detail), theme));
    }
    spans
}

fn filter_words(model: &Model, shown: usize, detail: Detail) -> String {
    let all = model.store.accounts.len();
    match (shown == all, detail == Detail::Full) {
        (true, true) => format!("all profiles ({all})"),
        (true, false) => format!("all ({all})"),
        (false, true) => format!("{shown} of {all} profiles"),
        (false, false) => format!("{shown} of {all}"),
    }
}

/// The profile that one is in.
fn account_here<'a>(model: &'a Model, shown: &[&'a Account]) -> Option<&'a Account> {
    model.account_here().or(shown.first().copied())
}

fn here(
    model: &Model,
    (shown, detail): (&[&Account], Detail),
    theme: &Theme,
) -> Vec<Span<'static>> {
    let Some(account) = account_here(model, shown) else {
        return Vec::new();
    };
    let mut spans = vec![Span::raw(" ")];
    spans.extend(profile(model, (account, detail), theme));
    spans
}

/// The profiles beside the one that one is in, as a number.
fn others(model: &Model, shown: &[&Account]) -> Vec<Span<'static>> {
    let here = account_here(model, shown).map(|account| &account.connection.profile);
    let is_other = |account: &&&Account| Some(&account.connection.profile) != here;
    let others = shown.iter().filter(is_other);
    let troubled = others.clone().filter(|other| is_troubled(model, other));
    let words = match (others.count(), troubled.count()) {
        (0, _) => String::new(),
        (others, 0) => format!(" +{others}"),
        (others, troubled) => format!(" +{others}, {troubled} in trouble"),
    };
    vec![Span::raw(words)]
}

fn profile(
    model: &Model,
    (account, detail): (&Account, Detail),
    theme: &Theme,
) -> Vec<Span<'static>> {
    let connection = &account.connection;
    let longest = if detail == Detail::Bare { 6 } else { 24 };
    let name = fit(connection.profile.text(), 24).cut(longest);
    let words = match detail {
        Detail::Full => format!("{}:{name}", connection.service),
        Detail::Short | Detail::Troubles if is_only_one(model, account) => {
            connection.short.to_owned()
        }
        Detail::Short | Detail::Troubles | Detail::Here | Detail::Alone | Detail::Bare => {
            format!("{}:{name}", connection.short)
        }
    };
    let mut spans = vec![Span::raw(words)];
    if account.stage() == Stage::Production {
        spans.push(Span::raw(" "));
        spans.push(Span::styled("PROD", theme.production));
    }
    if let Access::ReadOnly(_) = connection.access {
        spans.push(Span::styled(" RO", theme.warning));
    }
    let is_said = matches!(detail, Detail::Full | Detail::Short) || is_troubled(model, account);
    if is_said {
        let (word, style) = health(model, account, theme);
        spans.push(Span::raw(" "));
        spans.push(Span::styled(word, style));
    }
    spans
}

/// Whether the three letters of its service tell an account from the others.
fn is_only_one(model: &Model, account: &Account) -> bool {
    let same = |other: &&Account| other.connection.service == account.connection.service;
    model.store.accounts.iter().filter(same).count() == 1
}

/// Whether there is something to be said of an account even where there is little room.
fn is_troubled(model: &Model, account: &Account) -> bool {
    match account.health {
        Health::Untried | Health::Fine => {
            account.pace.silence(model.now.moment).is_some() || is_spared(model, account)
        }
        Health::Slow(_) | Health::Limited(_) | Health::SignedOut | Health::Failing(_) => true,
    }
}

/// Whether few requests are left.
fn is_spared(model: &Model, account: &Account) -> bool {
    let end = account.spare_until;
    end.is_some_and(|end| end > model.now.moment)
}

/// How an account is doing, in words.
fn health(model: &Model, account: &Account, theme: &Theme) -> (String, Style) {
    let now = model.now.moment;
    match (&account.health, account.pace.silence(now)) {
        (Health::Limited(end), _) if *end > now => {
            let left = end.since(now).as_millis().div_ceil(1000);
            (format!("limited {left}s"), theme.warning)
        }
        (Health::SignedOut | Health::Failing(_), _) => {
            let word = account.health.down().unwrap_or_default();
            (word.to_owned(), theme.failure)
        }
        // What is not answered yet is slow already.
        (_, Some(silence)) => (format!("slow {}s", silence.as_secs()), theme.warning),
        (Health::Slow(took), None) => (format!("slow {:.1}s", took.as_secs_f32()), theme.warning),
        (Health::Untried | Health::Fine | Health::Limited(_), None)
            if is_spared(model, account) =>
        {
            ("few left".to_owned(), theme.warning)
        }
        (Health::Untried | Health::Limited(_), None) => ("..".to_owned(), theme.busy),
        (Health::Fine, None) => ("ok".to_owned(), theme.good),
    }
}
