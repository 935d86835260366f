//! The members of the open organization.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::list::{Entry, Listing};
use super::pane::{self, Face};
use super::reading::{self, Group};
use super::sending::{self, Write};
use crate::app::Model;
use crate::app::columns::Column as Sort;
use crate::app::fault;
use crate::app::place::Pane;
use crate::app::refresh;
use crate::app::store::{Account, Visit};
use crate::domain::text::cut;
use crate::domain::{Assignment, Detail, Member, Row, UserId};
use crate::view::theme::Theme;
use crate::view::value::{self, foreign, name, said, time_width, told, when};
use crate::view::widget::canvas::Canvas;
use crate::view::widget::table::{Cell, Column, Shape};

/// The columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Name,
    Own,
    Email,
    Role,
    Joined,
    Seen,
}

/// Draws the pane.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let theme = canvas.theme;
    let mut face = Face::new(Pane::Members, "Members");
    let Some((account, visit)) = open(model) else {
        pane::nothing_open(canvas, area, (model, &face));
        return;
    };
    let list = &model.panes.members;
    let group = Group {
        profile: None,
        feeds: vec![&visit.members],
        read_at: value::clock(visit.read_at, model),
        down: account.health.down(),
        retries: refresh::retries(model),
    };
    face.count = reading::count(&[&visit.members]);
    face.stage = account.stage();
    let listing = Listing {
        face,
        list,
        shelves: vec![visit.members.rows.shelf()],
        old: vec![group.is_old()],
        columns: columns(model, account),
        above: being_added(model, visit),
        said: reading::said((list, &[group]), "members", theme),
    };
    listing.draw(canvas, (area, model), |entry, column, shape| match entry {
        Entry::Row(row) => cell((model, row), column, (shape, theme)),
        Entry::Above(fresh) => fresh_cell((model, fresh), column, theme),
    });
}

/// A user who is being made a member.
struct Fresh<'a> {
    user: &'a UserId,
    write: Write<'a>,
}

/// The users who are being made members; without those that are here.
fn being_added<'a>(model: &'a Model, visit: &Visit) -> Vec<Fresh<'a>> {
    let Some(org) = model.panes.open.as_ref() else {
        return Vec::new();
    };
    let is_here = |user: &UserId| {
        let mut rows = visit.members.rows.iter();
        rows.any(|row| row.item.user.known() == Some(user))
    };
    sending::added(model, org)
        .filter(|(user, write)| !(write.is_done() && is_here(user)))
        .map(|(user, write)| Fresh { user, write })
        .collect()
}

fn fresh_cell(
    (model, fresh): (&Model, &Fresh<'_>),
    (key, width): (Key, u16),
    theme: &Theme,
) -> Cell {
    match key {
        Key::Name => foreign(fresh.user.text(), width).into(),
        Key::Email => Span::styled("..", theme.faint).into(),
        Key::Own => Span::raw("").into(),
        Key::Role | Key::Joined | Key::Seen => Cell::Rest(fresh.write.of_new(model, theme).into()),
    }
}

fn open(model: &Model) -> Option<(&Account, &Visit)> {
    let id = model.panes.open.as_ref()?;
    let account = model.store.account(id.profile())?;
    Some((account, model.store.visit(id)?))
}

/// Columns for facts that the service cannot tell are left out, but for the address: that it is not
/// told is worth knowing where there is room.
fn columns(model: &Model, account: &Account) -> Vec<Column<Key>> {
    let untold = |key: &str| account.capabilities.untold.contains(&key);
    let name = Column::new(Key::Name, "NAME", 14)
        .grows(3)
        .sorts(Sort::Name);
    let email = Column::new(Key::Email, "EMAIL", 22).sorts(Sort::Email);
    let (name, email) = if untold("email") {
        (
            name,
            Column {
                least: 6,
                ..email.rank(5)
            },
        )
    } else {
        (name.rank(4), email.grows(7))
    };
    let mut columns = vec![
        name,
        email,
        Column::new(Key::Own, "", 3).rank(1),
        Column::new(Key::Role, "ROLE", 13)
            .grows(1)
            .sorts(Sort::Role),
    ];
    let time = time_width(model);
    if !untold("joined") {
        columns.push(
            Column::new(Key::Joined, "JOINED", time)
                .rank(6)
                .sorts(Sort::Date),
        );
    }
    if !untold("last_active") {
        columns.push(
            Column::new(Key::Seen, "SEEN", time)
                .rank(2)
                .sorts(Sort::Seen),
        );
    }
    columns
}

fn cell(
    (model, record): (&Model, &Row<Member>),
    (key, width): (Key, u16),
    (shape, theme): (&Shape<Key>, &Theme),
) -> Cell {
    let member = &record.item;
    let now = || model.theirs(member.at.org.profile());
    if key == Key::Role
        && let Some(write) = sending::of_member(model, member)
    {
        return Cell::Rest(write.of_old(model, theme).into());
    }
    let unfinished = unfinished(record, theme);
    let names = |key: Key| key == Key::Name || (key == Key::Email && !shape.has(Key::Name));
    match (key, unfinished) {
        (key, Some(_)) if names(key) => called(member, width).into(),
        (_, Some(words)) => Cell::Rest(words),
        (Key::Name, None) => called(member, width).into(),
        (Key::Email, None) if names(key) && member.email.known().is_none() => {
            called(member, width).style(theme.faint).into()
        }
        (Key::Email, None) => told(&member.email, width, theme).into(),
        (Key::Own, None) if member.is_own() => Span::styled("you", theme.good).into(),
        (Key::Own, None) => Span::raw("").into(),
        (Key::Role, None) => roles(member, width, theme).into(),
        (Key::Joined, None) => said(&member.joined, theme, |at| when(*at, now(), model)).into(),
        (Key::Seen, None) => said(&member.last_active, theme, |at| when(*at, now(), model)).into(),
    }
}

fn called(member: &Member, width: u16) -> Span<'static> {
    name(member.display_name(), member.id.text(), width)
}

/// What stands in place of facts that are not here. Those of an earlier reading stay.
fn unfinished(record: &Row<Member>, theme: &Theme) -> Option<Line<'static>> {
    Some(match &record.detail {
        Detail::Whole => return None,
        Detail::Wanted | Detail::Asked | Detail::Failed(_) if is_told(&record.item) => return None,
        Detail::Wanted | Detail::Asked => Line::styled("..", theme.busy),
        Detail::Failed(error) => Line::styled(
            format!("failed: {}", fault::words(error).cause),
            theme.failure,
        ),
        Detail::Unreadable(why) => {
            Line::styled(format!("unreadable: {}", why.excerpt(80)), theme.failure)
        }
    })
}

/// Whether more is known of somebody than that there is somebody.
fn is_told(member: &Member) -> bool {
    member.roles.known().is_some()
}

/// The strongest role, and how many more there are.
fn roles(member: &Member, width: u16, theme: &Theme) -> Line<'static> {
    let held = member.assignments();
    let strength = |held: &&Assignment| held.role.level.unwrap_or(u8::MAX);
    let Some(strongest) = held.iter().min_by_key(strength) else {
        let none = member.roles.clone().map(|_| ());
        return Line::from(said(&none, theme, |()| "-".to_owned()));
    };
    let more = match held.len() {
        1 => String::new(),
        many => format!(" +{}", many - 1),
    };
    let room = usize::from(width).saturating_sub(more.len());
    let role = &strongest.role;
    let called = name(&role.name, &role.key.0, width).content;
    Line::from(vec![
        Span::raw(cut(&called, room).into_owned()),
        Span::styled(more, theme.faint),
    ])
}
