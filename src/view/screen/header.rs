//! Two rows that are always there: the profiles with their state, and where one is.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::list::next;
use super::profiles;
use crate::app::Model;
use crate::app::model::{InviteScope, Source};
use crate::app::place::Pane;
use crate::app::refresh;
use crate::app::store::Account;
use crate::domain::connection::Access;
use crate::domain::moment::clock_time;
use crate::domain::{OrgId, PrincipalKind};
use crate::view::theme::Theme;
use crate::view::value::fit;
use crate::view::widget::canvas::{Canvas, width};

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
    canvas.line(
        beside,
        &profiles::line(model, (usize::from(beside.width), theme)),
    );
    canvas.line(row, &right);
    crumbs(canvas, next(&mut left), model);
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
    if refresh::is_paused(model) {
        spans.push(Span::styled(" paused", theme.warning));
    }
    if model.settings.source == Source::Demo {
        spans.push(Span::styled("  DEMO", theme.title));
    }
    spans.push(Span::raw(" "));
    Line::from(spans).right_aligned()
}

fn read_only(model: &Model, theme: &Theme) -> Vec<Span<'static>> {
    let closed = |account: &&Account| matches!(account.connection.access, Access::ReadOnly(_));
    let (all, closed) = (
        model.shown_accounts().count(),
        model.shown_accounts().filter(closed).count(),
    );
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
    let top = if columns < 80 { " " } else { " orgs > " };
    let mut spans = vec![Span::raw(top)];
    let panes = &model.panes;
    let everywhere = panes.focus == Pane::Invites && panes.invite_scope == InviteScope::All;
    match model.org_here().or(panes.open.as_ref()) {
        _ if everywhere => spans.push(Span::raw("all organizations (all shown profiles)")),
        None => spans.push(Span::raw("none is open")),
        Some(org) => spans.extend(place(model, (org, columns), theme)),
    }
    spans.extend(pane_word(panes.focus).map(|word| Span::raw(format!(" > {word}"))));
    Line::from(spans)
}

/// An organization with its profile; a long name is cut so that the profile stays in sight.
fn place(model: &Model, (org, columns): (&OrgId, u16), theme: &Theme) -> [Span<'static>; 2] {
    let row = model.store.org(org);
    let name = row.map_or(org.text(), |row| row.item.display_name());
    let account = model.store.account(org.profile());
    let service = account.map_or("", |account| account.connection.service);
    let profile = org.profile().text().excerpt(40);
    let tail = format!(" ({service}:{profile})");
    let others = " orgs > ".len() + tail.len() + " > organization".len();
    let left = usize::from(columns).saturating_sub(others).max(9);
    let name = fit(name, columns).cut(left);
    [Span::styled(name.to_string(), theme.title), Span::raw(tail)]
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
