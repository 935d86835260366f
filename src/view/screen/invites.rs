//! Invites: of the open organization or of all profiles, with what is being written to them, and the
//! program's own notes where a service keeps no list.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::counts;
use super::list::{Entry, Listing};
use super::pane::{self, Face, Sentence};
use super::reading::{self, Group, Said};
use super::sending::{self, Write};
use super::unlisted;
use crate::app::Model;
use crate::app::columns::Column as Sort;
use crate::app::fault;
use crate::app::model::InviteScope;
use crate::app::place::Pane;
use crate::app::refresh;
use crate::app::store::Account;
use crate::domain::{Detail, Invite, InviteDraft, InviteStatus, OrgId, Row, Told, Verb};
use crate::job::Feed;
use crate::view::theme::Theme;
use crate::view::value::{self, foreign, name, said, time_width, told, when, when_in_words};
use crate::view::widget::canvas::Canvas;
use crate::view::widget::table::{Cell, Column, Shape};

/// The columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Email,
    Org,
    Profile,
    Role,
    Status,
    Sent,
    Expires,
    By,
}

/// Draws the pane.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let face = Face::new(Pane::Invites, "Invites");
    if model.panes.invite_scope == InviteScope::All {
        all(canvas, area, (model, face));
        return;
    }
    let Some((account, org)) = open(model) else {
        pane::nothing_open(canvas, area, (model, &face));
        return;
    };
    let face = Face {
        stage: account.stage(),
        ..face
    };
    match account.capabilities.refusal(Verb::InviteList) {
        Some(why) => unlisted::draw(canvas, area, (model, face, (org, why))),
        None => own(canvas, area, (model, face, org)),
    }
}

fn open(model: &Model) -> Option<(&Account, &OrgId)> {
    let org = model.panes.open.as_ref()?;
    Some((model.store.account(org.profile())?, org))
}

/// The invites of the open organization.
fn own(canvas: &mut Canvas<'_>, area: Rect, (model, face, org): (&Model, Face, &OrgId)) {
    let read_at = model.store.visit(org).and_then(|it| it.invites_read_at);
    let account = model.store.account(org.profile());
    let group = Group {
        profile: None,
        feeds: model.invite_feeds(),
        read_at: value::clock(read_at, model),
        down: account.and_then(|account| account.health.down()),
        retries: refresh::retries(model),
    };
    let old = group.feeds.iter().map(|_| group.is_old()).collect();
    let said = reading::said((&model.panes.invites, &[group]), "invites", canvas.theme);
    let above = Above {
        writes: being_invited(model, Some(org)),
        said,
        old,
    };
    listed(canvas, area, (model, face, above));
}

/// The invites of all shown profiles.
fn all(canvas: &mut Canvas<'_>, area: Rect, (model, face): (&Model, Face)) {
    let theme = canvas.theme;
    let mut groups = Vec::new();
    let mut without_list = Vec::new();
    for account in model.shown_accounts() {
        let profile = &account.connection.profile;
        if let Some(why) = account.capabilities.refusal(Verb::InviteList) {
            let words = format!("no list of pending invites: {why}");
            let sentence = Sentence::new(words, theme.warning);
            without_list.extend(Sentence::of(profile, &[sentence]));
        } else {
            groups.push(Group {
                profile: Some(profile),
                feeds: account.invites.iter().collect(),
                read_at: value::clock(account.invites_read_at, model),
                down: account.health.down(),
                retries: refresh::retries(model),
            });
        }
    }
    let old = groups
        .iter()
        .flat_map(|group| group.feeds.iter().map(|_| group.is_old()));
    let old = old.collect();
    let mut said = reading::said((&model.panes.invites, &groups), "invites", theme);
    said.full.extend(without_list);
    let above = Above {
        writes: being_invited(model, None),
        said,
        old,
    };
    listed(canvas, area, (model, face, above));
}

/// What stands around the rows of a list of invites.
struct Above<'a> {
    writes: Vec<Fresh<'a>>,
    said: Said,
    /// Which lists hold rows as they were read before.
    old: Vec<bool>,
}

/// An address that is being invited.
struct Fresh<'a> {
    org: &'a OrgId,
    draft: &'a InviteDraft,
    write: Write<'a>,
}

fn listed(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (model, mut face, above): (&Model, Face, Above<'_>),
) {
    let theme = canvas.theme;
    let feeds = model.invite_feeds();
    let count = reading::count(&feeds);
    face.count = format!("{count}{}", expired_words(model, &feeds));
    let listing = Listing {
        face,
        list: &model.panes.invites,
        shelves: feeds.iter().map(|feed| feed.rows.shelf()).collect(),
        old: above.old,
        columns: columns(model),
        above: above.writes,
        said: above.said,
    };
    listing.draw(canvas, (area, model), |entry, column, shape| match entry {
        Entry::Row(row) => cell((model, row), column, (shape, theme)),
        Entry::Above(fresh) => fresh_cell((model, fresh), column, (shape, theme)),
    });
}

/// The addresses that are being invited to one organization or any; without those that are here.
fn being_invited<'a>(model: &'a Model, org: Option<&OrgId>) -> Vec<Fresh<'a>> {
    let feeds = model.invite_feeds();
    sending::invited(model)
        .filter(|(into, _, _)| org.is_none_or(|org| *into == org))
        .filter(|(_, draft, write)| !(write.is_done() && counts::holds_address(&feeds, draft)))
        .map(|(org, draft, write)| Fresh { org, draft, write })
        .collect()
}

/// How many invites are over their date, for a title; expired ones are never overlooked.
fn expired_words(model: &Model, feeds: &[&Feed<Invite>]) -> String {
    match counts::by_status(model, feeds).map(|(_, expired)| expired) {
        None | Some(0) => String::new(),
        Some(expired) => format!(" ({expired} EXPIRED)"),
    }
}

fn columns(model: &Model) -> Vec<Column<Key>> {
    let time = time_width(model);
    let email = match model.panes.invite_scope {
        InviteScope::Org => 22,
        InviteScope::All => 20,
    };
    let mut columns = vec![
        Column::new(Key::Email, "EMAIL", email)
            .grows(6)
            .sorts(Sort::Email),
    ];
    if model.panes.invite_scope == InviteScope::All {
        columns.push(Column::new(Key::Org, "ORGANIZATION", 14).grows(2).rank(1));
        columns.push(
            Column::new(Key::Profile, "PROFILE", 8)
                .rank(2)
                .sorts(Sort::Profile),
        );
    }
    columns.extend([
        Column::new(Key::Role, "ROLE", 13)
            .grows(1)
            .rank(3)
            .sorts(Sort::Role),
        Column::new(Key::Status, "STATUS", 12).sorts(Sort::Status),
        Column::new(Key::Sent, "SENT", time)
            .rank(5)
            .sorts(Sort::Date),
        Column::new(Key::Expires, "EXPIRES", 10).rank(4),
        Column::new(Key::By, "BY", 10).grows(1).rank(6),
    ]);
    columns
}

fn cell(
    (model, record): (&Model, &Row<Invite>),
    (key, width): (Key, u16),
    (shape, theme): (&Shape<Key>, &Theme),
) -> Cell {
    let invite = &record.item;
    let now = || model.theirs(invite.at.profile());
    if key == stated(shape)
        && let Some(words) = instead((model, record), theme)
    {
        return Cell::Rest(words);
    }
    match key {
        Key::Email => match invite.email.known() {
            Some(email) if !email.is_empty() => name(email, invite.at.id.text(), width).into(),
            Some(_) | None => told(&invite.email, width, theme).into(),
        },
        Key::Org => org_name((model, invite), width).into(),
        Key::Profile => foreign(invite.at.org.profile().text(), width).into(),
        Key::Role => told(&invite.role.clone().map(|role| role.name), width, theme).into(),
        Key::Status => status((model, invite), (shape, theme)).into(),
        Key::Sent => said(&invite.created, theme, |at| when(*at, now(), model)).into(),
        Key::Expires => said(&invite.expires, theme, |at| {
            when_in_words(*at, now(), model)
        })
        .into(),
        Key::By => told(&invite.inviter, width, theme).into(),
    }
}

/// The column from which on a sentence stands in place of facts: where there is little room it takes
/// that of the role too.
fn stated(shape: &Shape<Key>) -> Key {
    if shape.has(Key::Role) && !shape.has(Key::Sent) {
        Key::Role
    } else {
        Key::Status
    }
}

/// What stands in place of facts: a write that is under way or has failed, or that nothing was read.
fn instead((model, record): (&Model, &Row<Invite>), theme: &Theme) -> Option<Line<'static>> {
    if let Some(write) = sending::of_invite(model, &record.item.at) {
        return Some(write.of_old(model, theme).into());
    }
    match &record.detail {
        Detail::Whole => None,
        Detail::Wanted | Detail::Asked => Some(Line::styled("..", theme.busy)),
        Detail::Failed(error) => {
            let words = format!("failed: {}", fault::words(error).cause);
            Some(Line::styled(words, theme.failure))
        }
        Detail::Unreadable(why) => {
            let words = format!("unreadable: {}", why.excerpt(80));
            Some(Line::styled(words, theme.failure))
        }
    }
}

/// The status in a word; with the time, where that has no column of its own.
fn status(
    (model, invite): (&Model, &Invite),
    (shape, theme): (&Shape<Key>, &Theme),
) -> Line<'static> {
    let now = model.theirs(invite.at.profile());
    let status = invite.status_at(now);
    let is_open = matches!(status, InviteStatus::Pending | InviteStatus::Expired);
    let (word, style) = match status {
        InviteStatus::Pending => ("pending".to_owned(), theme.good),
        InviteStatus::Expired => ("EXPIRED".to_owned(), theme.warning),
        InviteStatus::Accepted => ("accepted".to_owned(), theme.faint),
        InviteStatus::Revoked => ("revoked".to_owned(), theme.faint),
        InviteStatus::Other(status) => (status.excerpt(40).to_string(), theme.faint),
    };
    let mut line = Line::from(Span::styled(word, style));
    if let Told::Is(end) = &invite.expires
        && is_open
        && !shape.has(Key::Expires)
    {
        let when = when(*end, now, model);
        line.push_span(Span::raw(format!(" {}", when.trim_start_matches("in "))));
    }
    line
}

fn org_name((model, invite): (&Model, &Invite), width: u16) -> Span<'static> {
    match (&invite.org_name, model.store.org(&invite.at.org)) {
        (Told::Is(name), _) => foreign(name, width),
        (Told::Empty | Told::Unknown, Some(row)) => foreign(row.item.display_name(), width),
        (Told::Empty | Told::Unknown, None) => foreign(invite.at.org.text(), width),
    }
}

fn fresh_cell(
    (model, fresh): (&Model, &Fresh<'_>),
    (key, width): (Key, u16),
    (shape, theme): (&Shape<Key>, &Theme),
) -> Cell {
    if key == stated(shape) {
        return Cell::Rest(fresh.write.of_new(model, theme).into());
    }
    match key {
        Key::Email => foreign(&fresh.draft.email, width).into(),
        Key::Org => match model.store.org(fresh.org) {
            Some(row) => foreign(row.item.display_name(), width).into(),
            None => foreign(fresh.org.text(), width).into(),
        },
        Key::Profile => foreign(fresh.org.profile().text(), width).into(),
        Key::Role => match &fresh.draft.role {
            Some(role) => foreign(&role.name, width).into(),
            None => Span::styled("-", theme.faint).into(),
        },
        Key::Status | Key::Sent | Key::Expires | Key::By => Span::raw("").into(),
    }
}
