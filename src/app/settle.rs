//! What follows from every message: lists are put in order, cursors stay on their records, and what
//! is visible and not yet known is asked for.

mod rounds;

use super::columns::Listed;
use super::cursor::{Due, List};
use super::drafts;
use super::effect::{Effect, Effects};
use super::model::Model;
use super::overlay::{aimed, many, palette};
use super::pending::{By, Pending, Purpose};
use super::place::{self, Pane};
use super::refresh;
use super::screen::orgs::{self, ask_by};
use super::screen::{sought, tokens};
use crate::domain::query::OrgAt;
use crate::domain::rows::{Keyed, Shelf};
use crate::domain::{MemberId, MemberRef, Moment, OrgId, Profile, Query};
use crate::job::Feed;
use crate::job::feed::Ask;

/// Puts everything in order after a message.
pub(super) fn settle(model: &mut Model) -> Effects {
    let mut effects = rounds::go_on(model);
    let aim = aimed::hold(model);
    effects.extend(order_orgs(model));
    effects.extend(sought::look(model));
    effects.extend(orgs::open_first(model));
    effects.extend(order_members(model));
    effects.extend(order_invites(model));
    aimed::lose(model, aim.as_ref());
    effects.extend(ask_orgs(model));
    effects.extend(ask_members(model));
    effects.extend(ask_invites(model));
    effects.extend(many::go_on(model));
    palette::go_on(model);
    tokens::ask(model);
    refresh::listen(model);
    effects.extend(drafts::keep_due(model));
    effects
}

/// How many rows a pane shows; a pane that is not on the screen still reads one screen ahead.
fn height(model: &Model, pane: Pane) -> usize {
    let layout = model.layout();
    let shown = place::list_height(layout.panes[pane.index()]);
    usize::from(if shown == 0 { model.size.height } else { shown })
}

fn order_orgs(model: &mut Model) -> Option<Effect> {
    let now = model.now.moment;
    let (lists, height) = (model.org_lists(), height(model, Pane::Orgs));
    order(
        &mut model.panes.orgs,
        &mut model.pending,
        (lists, height, now),
    )
}

fn order_members(model: &mut Model) -> Option<Effect> {
    let now = model.now.moment;
    let (lists, height) = (model.member_lists(), height(model, Pane::Members));
    order(
        &mut model.panes.members,
        &mut model.pending,
        (lists, height, now),
    )
}

fn order_invites(model: &mut Model) -> Option<Effect> {
    let now = model.now.moment;
    let (lists, height) = (model.invite_lists(), height(model, Pane::Invites));
    order(
        &mut model.panes.invites,
        &mut model.pending,
        (lists, height, now),
    )
}

/// Arranges a list at once if it is short, else asks for it; keeps its cursor on its record and in sight.
fn order<T: Listed>(
    list: &mut List<T>,
    pending: &mut Pending,
    (lists, height, now): (Vec<Shelf<T>>, usize, Moment),
) -> Option<Effect> {
    let due = list.settle(&lists, height, now);
    if due != Due::Later || list.arranging.is_some() {
        return None;
    }
    let id = pending.ask(Purpose::Order(T::PANE));
    list.arranging = Some(id);
    Some(Effect::Arrange {
        id,
        before: list.arranged_from(&lists, now),
        lists: T::lists(lists, list.lens.clone()),
    })
}

/// Rows whose rest is asked for in one go behind the visible ones.
const AHEAD: usize = 8;

fn ask_orgs(model: &mut Model) -> Effects {
    let visible = visible_orgs(model);
    let mut asks: Vec<(By, Profile, Ask<OrgId>)> = Vec::new();
    for account in &mut model.store.accounts {
        let profile = account.connection.profile.clone();
        let near = visible
            .iter()
            .filter(|id| *id.profile() == profile)
            .cloned();
        let far: Vec<OrgId> = account.orgs.wanting().take(AHEAD).cloned().collect();
        let wanted: Vec<OrgId> = near.chain(far).collect();
        let at_once = account.capabilities.pages_at_once;
        let next = account.orgs.next(at_once, &wanted);
        let by = asker(&account.orgs);
        asks.extend(next.into_iter().map(|next| (by, profile.clone(), next)));
    }
    let effect =
        |(by, profile, next): (By, Profile, Ask<OrgId>)| org_question(model, (by, &profile), next);
    asks.into_iter().map(effect).collect()
}

/// Who wants to know what a feed asks for.
fn asker<T: Keyed + Clone + PartialEq>(feed: &Feed<T>) -> By {
    if feed.is_quiet() {
        By::Clock
    } else {
        By::Person
    }
}

fn org_question(model: &mut Model, (by, profile): (By, &Profile), next: Ask<OrgId>) -> Effect {
    let what = match next {
        Ask::Page(cursor) => {
            let scope = model
                .store
                .account(profile)
                .map_or_else(Default::default, |a| a.scope);
            let query = Query::Orgs {
                scope,
                text: None,
                page: cursor.clone(),
            };
            (Purpose::Orgs(profile.clone(), cursor), query)
        }
        Ask::Detail(id) => (Purpose::Org(id.clone()), Query::Org(OrgAt::Id(id))),
    };
    ask_by(by, model, (profile, what))
}

fn visible_orgs(model: &Model) -> Vec<OrgId> {
    let lists = model.org_lists();
    let height = height(model, Pane::Orgs);
    let window = model.panes.orgs.window(height).iter();
    let key = |place: &crate::job::Place| crate::job::order::row(&lists, *place).item.id.clone();
    window.map(key).chain(model.panes.open.clone()).collect()
}

fn ask_members(model: &mut Model) -> Effects {
    let Some(org) = model.panes.open.clone() else {
        return Effects::new();
    };
    let lists = model.member_lists();
    let height = height(model, Pane::Members);
    let window = model.panes.members.window(height).iter();
    let row = |place: &crate::job::Place| crate::job::order::row(&lists, *place).item.id.clone();
    let visible: Vec<MemberId> = window.map(row).collect();
    let at_once = pages_at_once(model, org.profile());
    let Some(visit) = model.store.visit_mut(&org) else {
        return Effects::new();
    };
    let far: Vec<MemberId> = visit.members.wanting().take(AHEAD).cloned().collect();
    let wanted: Vec<MemberId> = visible.into_iter().chain(far).collect();
    let asks = visit.members.next(at_once, &wanted);
    let by = asker(&visit.members);
    let effect = |next| member_question(model, (by, &org), next);
    asks.into_iter().filter_map(effect).collect()
}

fn member_question(
    model: &mut Model,
    (by, org): (By, &OrgId),
    next: Ask<MemberId>,
) -> Option<Effect> {
    let what = match next {
        Ask::Page(cursor) => {
            let query = Query::Members {
                org: org.clone(),
                role: None,
                text: None,
                page: cursor.clone(),
            };
            (Purpose::Members(org.clone(), cursor), query)
        }
        Ask::Detail(id) => {
            let at: MemberRef = model
                .store
                .visit(org)?
                .members
                .rows
                .find(&id)?
                .item
                .at
                .clone();
            (Purpose::Member(org.clone(), id), Query::Member(at))
        }
    };
    Some(ask_by(by, model, (org.profile(), what)))
}

fn pages_at_once(model: &Model, profile: &Profile) -> usize {
    model
        .store
        .account(profile)
        .map_or(4, |account| account.capabilities.pages_at_once)
}

/// Who asks a profile, what for and what.
type Question = (By, Profile, (Purpose, Query));

fn ask_invites(model: &mut Model) -> Effects {
    let mut questions: Vec<Question> = Vec::new();
    for account in &mut model.store.accounts {
        let profile = account.connection.profile.clone();
        let at_once = account.capabilities.pages_at_once;
        for (list, feed) in account.invites.iter_mut().enumerate() {
            for page in feed.next(at_once, []).into_iter().filter_map(page_of) {
                let query = Query::Invites {
                    org: None,
                    status: account.capabilities.invite_lists.get(list).cloned(),
                    page: page.clone(),
                };
                let purpose = Purpose::AllInvites(profile.clone(), list, page);
                questions.push((asker(feed), profile.clone(), (purpose, query)));
            }
        }
    }
    questions.extend(open_invites(model));
    questions
        .into_iter()
        .map(|(by, profile, what)| ask_by(by, model, (&profile, what)))
        .collect()
}

fn open_invites(model: &mut Model) -> Vec<Question> {
    let Some(org) = model.panes.open.clone() else {
        return Vec::new();
    };
    let at_once = pages_at_once(model, org.profile());
    let statuses = model
        .store
        .account(org.profile())
        .map_or(&[][..], |account| account.capabilities.invite_lists);
    let Some(visit) = model.store.visit_mut(&org) else {
        return Vec::new();
    };
    let mut questions = Vec::new();
    for (list, feed) in visit.invites.iter_mut().enumerate() {
        for page in feed.next(at_once, []).into_iter().filter_map(page_of) {
            let query = Query::Invites {
                org: Some(org.clone()),
                status: statuses.get(list).cloned(),
                page: page.clone(),
            };
            let purpose = Purpose::Invites(org.clone(), list, page);
            questions.push((asker(feed), org.profile().clone(), (purpose, query)));
        }
    }
    questions
}

fn page_of<K>(ask: Ask<K>) -> Option<crate::domain::Cursor> {
    match ask {
        Ask::Page(cursor) => Some(cursor),
        Ask::Detail(_) => None,
    }
}
