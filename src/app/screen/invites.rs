//! Invites: of the open organization, or of all profiles.

use crate::app::columns::Column;
use crate::app::cursor::List;
use crate::app::effect::Effects;
use crate::app::model::{InviteScope, Model};
use crate::app::pending::Purpose;
use crate::app::place::Pane;
use crate::domain::{Invite, InviteRef, Offer, OrgId, Profile, Text, Verb};
use crate::job::Feed;
use crate::job::feed::Stage;

use super::lists;

/// The columns that the list can be sorted by.
pub const SORTED_BY: &[Column] = &[
    Column::Email,
    Column::Role,
    Column::Status,
    Column::Date,
    Column::Profile,
];

/// Another organization is shown: its list begins at the top, sorted as the last one was.
pub fn reset(model: &mut Model) {
    if model.panes.invite_scope == InviteScope::All {
        return;
    }
    let lens = model.panes.invites.lens.clone();
    model.panes.invites = List::default();
    model.panes.invites.lens.by = lens.by;
    model.panes.invites.lens.turn = lens.turn;
}

/// Begins to read the invites of the open organization, unless they are here or cannot be listed.
pub fn begin(model: &mut Model) -> Effects {
    start(model, |feed| *feed.stage() != Stage::Whole);
    Effects::new()
}

/// Reads the invites of the open organization again.
pub fn read(model: &mut Model) -> Effects {
    let Some(org) = model.panes.open.clone() else {
        return Effects::new();
    };
    let effects = model
        .pending
        .cancel(|purpose| matches!(purpose, Purpose::Invites(other, _, _) if *other == org));
    start(model, |_| true);
    effects
}

fn start(model: &mut Model, which: impl Fn(&Feed<Invite>) -> bool) {
    let Some(org) = model.panes.open.clone() else {
        return;
    };
    let listed = is_listed(model, org.profile());
    if let Some(visit) = model.store.visit_mut(&org).filter(|_| listed) {
        visit
            .invites
            .iter_mut()
            .filter(|feed| which(feed))
            .for_each(Feed::start);
    }
}

fn is_listed(model: &Model, profile: &Profile) -> bool {
    let offer = model
        .store
        .account(profile)
        .map(|account| account.capabilities.offer(Verb::InviteList));
    matches!(offer, Some(Offer::Native | Offer::Composed(_)))
}

/// Shows the invites of all shown profiles.
pub fn open_all(model: &mut Model) -> Effects {
    model.panes.focus = Pane::Invites;
    if model.panes.invite_scope == InviteScope::All {
        return Effects::new();
    }
    model.panes.invite_scope = InviteScope::All;
    model.panes.invites = List::default();
    read_all(model)
}

/// Shows the invites of the open organization again.
pub fn open_own(model: &mut Model) -> Effects {
    if model.panes.invite_scope == InviteScope::All {
        model.panes.invite_scope = InviteScope::Org;
        model.panes.invites = List::default();
    }
    begin(model)
}

/// Reads the invites of all shown profiles.
pub fn read_all(model: &mut Model) -> Effects {
    let effects = model
        .pending
        .cancel(|purpose| matches!(purpose, Purpose::AllInvites(..)));
    begin_all(model, |_| true);
    effects
}

/// Begins to read the invites of those shown profiles that `which` picks by what is here of them.
pub fn begin_all(model: &mut Model, which: impl Fn(&[Feed<Invite>]) -> bool) {
    let only = model.only.clone();
    for account in &mut model.store.accounts {
        let shown = only.is_empty() || only.contains(&account.connection.profile);
        let listed = account.capabilities.refusal(Verb::InviteList).is_none();
        if shown && listed && which(&account.invites) {
            let lists = account.capabilities.invite_lists.len();
            account.invites.resize(lists, Feed::default());
            account.invites.iter_mut().for_each(Feed::start);
        }
    }
}

/// Goes to an invite of the list that is shown: what hides it is cleared.
pub fn go_to(model: &mut Model, invite: &InviteRef) -> Effects {
    let feeds = model.invite_feeds();
    let row = feeds.iter().find_map(|feed| feed.rows.find(invite));
    if row.is_some_and(|row| !model.panes.invites.lens.shows(&row.item)) {
        model.panes.invites.refocus(|lens| lens.text.clear());
        model.say(lists::UNFILTERED);
    }
    model.panes.invites.seek(invite);
    model.panes.focus = Pane::Invites;
    Effects::new()
}

/// What an organization is called.
pub fn name(model: &Model, org: &OrgId) -> Text {
    model
        .store
        .org(org)
        .map_or_else(|| org.text().clone(), |row| row.item.display_name().clone())
}

/// `service:profile`, with the word that says that real people depend on it.
pub fn profile_words(model: &Model, profile: &Profile) -> String {
    use crate::domain::connection::Stage;
    let Some(account) = model.store.account(profile) else {
        return profile.as_str().to_owned();
    };
    let connection = &account.connection;
    let word = match account.stage() {
        Stage::Production => " PROD",
        Stage::Development => "",
    };
    format!("{}:{}{word}", connection.service, profile.as_str())
}
