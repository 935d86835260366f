//! The organizations of all profiles in one list.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::list::{Entry, Listing};
use super::pane::Face;
use super::reading::{self, Group};
use super::sending::{self, Write};
use crate::app::Model;
use crate::app::columns::Column as Sort;
use crate::app::fault;
use crate::app::place::Pane;
use crate::app::refresh;
use crate::app::store::Account;
use crate::domain::{Detail, Org, Row, Text};
use crate::job::Feed;
use crate::view::theme::Theme;
use crate::view::value::{self, foreign, name, number};
use crate::view::widget::canvas::Canvas;
use crate::view::widget::table::{Cell, Column};

/// The columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Name,
    Profile,
    Members,
    Invites,
}

/// From this many columns on a row names the whole profile, not only its service.
const ROOMY: u16 = 50;

/// Draws the pane.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let theme = canvas.theme;
    let list = &model.panes.orgs;
    let accounts = model.shown_accounts();
    let groups: Vec<Group<'_, Org>> = accounts.map(|account| group(model, account)).collect();
    let feeds: Vec<&Feed<Org>> = model
        .shown_accounts()
        .map(|account| &account.orgs)
        .collect();
    let mut face = Face::new(Pane::Orgs, "Organizations");
    face.count = reading::count(&feeds);
    let accounts = || model.store.accounts.iter();
    let listing = Listing {
        face,
        list,
        shelves: accounts()
            .map(|account| account.orgs.rows.shelf())
            .collect(),
        old: accounts()
            .map(|account| group(model, account).is_old())
            .collect(),
        columns: columns(area.width, model),
        above: being_created(model),
        said: reading::said((list, &groups), "organizations", theme),
    };
    listing.draw(canvas, (area, model), |entry, column, _| match entry {
        Entry::Row(row) => cell((model, row), column, theme),
        Entry::Above(fresh) => fresh_cell((model, fresh), column, theme),
    });
}

/// An organization that is being made.
struct Fresh<'a> {
    name: Option<&'a Text>,
    write: Write<'a>,
}

fn being_created(model: &Model) -> Vec<Fresh<'_>> {
    let shown = sending::created(model).filter(|(profile, _, _)| model.shows(profile));
    let fresh = |(_, name, write)| Fresh { name, write };
    shown.map(fresh).collect()
}

fn fresh_cell(
    (model, fresh): (&Model, &Fresh<'_>),
    (key, width): (Key, u16),
    theme: &Theme,
) -> Cell {
    match key {
        Key::Name => match fresh.name {
            Some(name) => foreign(name, width).into(),
            None => Span::styled("-", theme.faint).into(),
        },
        Key::Profile | Key::Members | Key::Invites => {
            Cell::Rest(fresh.write.of_new(model, theme).into())
        }
    }
}

fn group<'a>(model: &Model, account: &'a Account) -> Group<'a, Org> {
    Group {
        profile: Some(&account.connection.profile),
        feeds: vec![&account.orgs],
        read_at: value::clock(account.read_at, model),
        down: account.health.down(),
        retries: refresh::retries(model),
    }
}

fn columns(width: u16, model: &Model) -> Vec<Column<Key>> {
    let (heading, least) = if width >= ROOMY {
        ("PROFILE", 14)
    } else if services_repeat(model) {
        ("PROFILE", 8)
    } else {
        ("PROV", 4)
    };
    vec![
        Column::new(Key::Name, "NAME", 14)
            .grows(2)
            .sorts(Sort::Name),
        Column::new(Key::Profile, heading, least)
            .rank(1)
            .sorts(Sort::Profile),
        Column::new(Key::Members, "MEMB", 4)
            .rank(2)
            .sorts(Sort::Members)
            .numbers(),
        Column::new(Key::Invites, "INV", 4).rank(3).numbers(),
    ]
}

/// Whether a service's name alone would not tell two shown profiles apart.
fn services_repeat(model: &Model) -> bool {
    let services = || {
        model
            .shown_accounts()
            .map(|account| account.connection.service)
    };
    services()
        .enumerate()
        .any(|(number, service)| services().skip(number + 1).any(|other| other == service))
}

fn cell((model, record): (&Model, &Row<Org>), (key, width): (Key, u16), theme: &Theme) -> Cell {
    let org = &record.item;
    let rest = |words: String, style| Cell::Rest(Line::styled(words, style));
    if key == Key::Profile
        && let Some(write) = sending::of_org(model, &org.id)
    {
        return Cell::Rest(write.of_old(model, theme).into());
    }
    match (key, &record.detail) {
        (Key::Name, _) => name(org.display_name(), org.id.text(), width).into(),
        (Key::Profile, _) => profile(model, org, width),
        // What an earlier reading told stays.
        (Key::Members, Detail::Wanted | Detail::Asked | Detail::Failed(_))
            if org.members.known().is_some() =>
        {
            number(&org.members, theme).into()
        }
        (Key::Members, Detail::Wanted | Detail::Asked) => rest("..".to_owned(), theme.busy),
        (Key::Members, Detail::Failed(error)) => rest(
            format!("failed: {}", fault::words(error).cause),
            theme.failure,
        ),
        (Key::Members, Detail::Unreadable(why)) => {
            rest(format!("unreadable: {}", why.excerpt(80)), theme.failure)
        }
        (Key::Members, Detail::Whole) => number(&org.members, theme).into(),
        (Key::Invites, _) => number(&org.invites, theme).into(),
    }
}

fn profile(model: &Model, org: &Org, width: u16) -> Cell {
    let profile = org.id.profile();
    let Some(account) = model.store.account(profile) else {
        return foreign(profile.text(), width).into();
    };
    let connection = &account.connection;
    if width >= 14 {
        return Line::from(vec![
            Span::raw(format!("{}:", connection.service)),
            foreign(profile.text(), width),
        ])
        .into();
    }
    if width >= 8 {
        return foreign(profile.text(), width).into();
    }
    Span::raw(connection.short).into()
}
