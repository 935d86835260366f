//! Two rows that are always there: the profiles with their state, and where one is.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::list::next;
use super::pane;
use crate::app::Model;
use crate::app::model::{InviteScope, Source};
use crate::app::place::Pane;
use crate::app::store::{Account, Health};
use crate::domain::PrincipalKind;
use crate::domain::connection::{Access, Stage};
use crate::domain::moment::clock_time;
use crate::view::theme::Theme;
use crate::view::value::fit;
use crate::view::widget::canvas::{Canvas, width};

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

/// Draws both rows.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let mut left = area;
    let theme = canvas.theme;
    let row = next(&mut left);
    let right = right(model, (row.width, theme));
    let taken = u16::try_from(width(&right) + 2).unwrap_or(u16::MAX);
    let beside = Rect {
        width: row.width.saturating_sub(taken),
        ..row
    };
    canvas.line(beside, &profiles(model, (usize::from(beside.width), theme)));
    canvas.line(row, &right);
    crumbs(canvas, next(&mut left), model);
}

/// The most detailed statement that fits.
fn profiles(model: &Model, (room, theme): (usize, &Theme)) -> Line<'static> {
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
    let shown: Vec<&Account> = shown(model).collect();
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

fn shown(model: &Model) -> impl Iterator<Item = &Account> {
    let accounts = model.store.accounts.iter();
    accounts.filter(|account| model.shows(&account.connection.profile))
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
    let troubled = others.clone().filter(|other| is_troubled(&other.health));
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
    if pane::stage(account) == Stage::Production {
        spans.push(Span::raw(" "));
        spans.push(Span::styled("PROD", theme.production));
    }
    if let Access::ReadOnly(_) = connection.access {
        spans.push(Span::styled(" RO", theme.warning));
    }
    let is_said = matches!(detail, Detail::Full | Detail::Short) || is_troubled(&account.health);
    if is_said {
        let (word, style) = health(model, &account.health, theme);
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

const fn is_troubled(health: &Health) -> bool {
    match health {
        Health::Untried | Health::Fine => false,
        Health::Slow(_) | Health::Limited(_) | Health::SignedOut | Health::Failing => true,
    }
}

/// How an account is doing, in words.
fn health(model: &Model, health: &Health, theme: &Theme) -> (String, Style) {
    match health {
        Health::Untried => ("..".to_owned(), theme.busy),
        Health::Fine => ("ok".to_owned(), theme.good),
        Health::Slow(took) => (format!("slow {:.1}s", took.as_secs_f32()), theme.warning),
        Health::Limited(end) => {
            let left = end.since(model.now.moment).as_millis().div_ceil(1000);
            (format!("limited {left}s"), theme.warning)
        }
        Health::SignedOut => ("signed out".to_owned(), theme.failure),
        Health::Failing => ("failing".to_owned(), theme.failure),
    }
}

/// What stands at the right: whether anything can be written, when was read, and whether it is a demo.
fn right(model: &Model, (columns, theme): (u16, &Theme)) -> Line<'static> {
    let mut spans = read_only(model, theme);
    let time = model
        .store
        .read_at()
        .map(|at| clock_time(at, &model.settings.zone));
    let read = match time {
        Some(time) if columns < 80 => format!("  {time}"),
        Some(time) => format!("  read {time}"),
        None if columns < 80 || model.store.accounts.is_empty() => String::new(),
        None => "  not read yet".to_owned(),
    };
    spans.push(Span::raw(read));
    if model.settings.source == Source::Demo {
        spans.push(Span::styled("  DEMO", theme.title));
    }
    spans.push(Span::raw(" "));
    Line::from(spans).right_aligned()
}

fn read_only(model: &Model, theme: &Theme) -> Vec<Span<'static>> {
    let closed = |account: &&Account| matches!(account.connection.access, Access::ReadOnly(_));
    let (all, closed) = (shown(model).count(), shown(model).filter(closed).count());
    let (word, style) = if model.settings.read_only.is_some() || (all > 0 && closed == all) {
        ("on".to_owned(), theme.warning)
    } else if closed > 0 {
        (format!("{closed} of {all}"), theme.warning)
    } else {
        ("off".to_owned(), Style::new())
    };
    vec![Span::raw("RO "), Span::styled(word, style)]
}

/// Where one is: always with profile and organization.
fn crumbs(canvas: &mut Canvas<'_>, row: Rect, model: &Model) {
    let theme = canvas.theme;
    let right = acting_as(model, theme);
    let taken = u16::try_from(width(&right) + 1).unwrap_or(u16::MAX);
    let path = path(model, (row.width, theme));
    let beside = if width(&path) + usize::from(taken) <= usize::from(row.width) {
        canvas.line(row, &right);
        row.width - taken
    } else {
        row.width
    };
    let left = Rect {
        width: beside,
        ..row
    };
    canvas.line(left, &path);
}

fn path(model: &Model, (columns, theme): (u16, &Theme)) -> Line<'static> {
    if model.welcome.is_some() {
        return Line::from(" welcome");
    }
    let root = if columns < 80 { " " } else { " orgs > " };
    let mut spans = vec![Span::raw(root)];
    let everywhere =
        model.panes.focus == Pane::Invites && model.panes.invite_scope == InviteScope::All;
    match model.org_here().or(model.panes.open.as_ref()) {
        _ if everywhere => spans.push(Span::raw("all organizations (all shown profiles)")),
        None => spans.push(Span::raw("none is open")),
        Some(org) => {
            let name = model
                .store
                .org(org)
                .map_or(org.text(), |row| row.item.display_name());
            let account = model.store.account(org.profile());
            let service = account.map_or("", |account| account.connection.service);
            let profile = org.profile().text().excerpt(40);
            let tail = format!(" ({service}:{profile})");
            let others = root.len() + tail.len() + " > organization".len();
            let room = usize::from(columns).saturating_sub(others);
            let name = fit(name, columns).cut(room.max(9));
            spans.push(Span::styled(name.to_string(), theme.title));
            spans.push(Span::raw(tail));
        }
    }
    spans.extend(pane_word(model.panes.focus).map(|word| Span::raw(format!(" > {word}"))));
    Line::from(spans)
}

/// What the last crumb says; in the list of organizations the one under the cursor is the last.
const fn pane_word(pane: Pane) -> Option<&'static str> {
    match pane {
        Pane::Orgs => None,
        Pane::Org => Some("organization"),
        Pane::Members => Some("members"),
        Pane::Invites => Some("invites"),
        Pane::Activity => Some("activity"),
    }
}

/// Who the credential of the place one is in acts as.
fn acting_as(model: &Model, theme: &Theme) -> Line<'static> {
    let principal = model
        .account_here()
        .and_then(|account| account.principal.known());
    let words = principal.map_or_else(String::new, |principal| match principal.kind {
        PrincipalKind::User => format!("as {} ", principal.label.excerpt(24)),
        PrincipalKind::Service => "as instance key ".to_owned(),
        PrincipalKind::Application => "as application key ".to_owned(),
        PrincipalKind::Device => "as device key ".to_owned(),
    });
    Line::styled(words, theme.faint).right_aligned()
}
