//! Answers on their way to where they belong.

mod health;

use super::effect::Effects;
use super::form::{Goal, Stage as FormStage};
use super::layer::{Asking, Overlay};
use super::model::Model;
use super::msg::RequestId;
use super::overlay::{asking, many, person, roles};
use super::pending::{By, Purpose};
use super::screen::{asks, roles as offers, tokens};
use super::store::Loaded;
use crate::domain::query::Reply;
use crate::domain::rows::Keyed;
use crate::domain::{Answer, ApiError, Fault, Org, Plan, Profile, Role, Row, Text, Verb};
use crate::job::feed::Stage;
use crate::job::{Feed, Order};

use super::place::Pane;
use health::{fail, not_let_in, recovered, understood};

pub(super) use health::told;

/// A question was answered. One that nobody waits for any more is dropped.
pub(super) fn answered(model: &mut Model, id: RequestId, reply: Reply) -> Effects {
    let by = model.pending.asker(id);
    let Some(purpose) = model.pending.answered(id) else {
        tracing::debug!(?id, "an answer that nobody waits for was dropped");
        return Effects::new();
    };
    let mut effects = Effects::new();
    match &reply {
        Ok(_) => effects.extend(understood(model, &purpose)),
        Err(error) => not_let_in(model, (by, &purpose), error),
    }
    match purpose {
        Purpose::WhoAmI(profile) => principal(model, (by, &profile), reply),
        Purpose::Probe(profile) => capabilities(model, &profile, reply),
        Purpose::Roles(_) | Purpose::ProfileRoles(_) | Purpose::Raw => once(model, &purpose, reply),
        Purpose::Orgs(..)
        | Purpose::Members(..)
        | Purpose::Invites(..)
        | Purpose::AllInvites(..) => page(model, (by, &purpose), reply),
        Purpose::Org(_) | Purpose::Member(..) => detail(model, &purpose, reply),
        Purpose::Memberships(..) | Purpose::User(_) => {
            effects.extend(person::answered(model, &purpose, reply));
        }
        Purpose::Metadata(..) | Purpose::Users => {
            asking::answered(model, (id, &purpose), reply);
        }
        Purpose::Plan => {
            if let Err(error) = reply {
                prepared(model, id, Err(error));
            }
        }
        Purpose::Roll(..) => many::answered(model, &purpose, reply),
        Purpose::Image
        | Purpose::Export
        | Purpose::List
        | Purpose::Order(_)
        | Purpose::Way
        | Purpose::History
        | Purpose::Admission(_) => {}
    }
    effects
}

fn principal(model: &mut Model, (by, profile): (By, &Profile), reply: Reply) {
    let failed = reply.as_ref().err().cloned();
    let Some(account) = model.store.account_mut(profile) else {
        return;
    };
    account.principal = match reply {
        Ok(Answer::Principal(principal)) => {
            if account.connection.production.known().is_none() {
                account.connection.production = principal.stage;
            }
            Loaded::Yes(principal)
        }
        Ok(_) => Loaded::No,
        Err(error) => Loaded::Failed(error),
    };
    match failed {
        Some(error) => fail(model, (by, profile), error),
        None => recovered(model, profile, Verb::WhoAmI),
    }
}

fn capabilities(model: &mut Model, profile: &Profile, reply: Reply) {
    if let (Some(account), Ok(Answer::Capabilities(learned))) =
        (model.store.account_mut(profile), reply)
    {
        account.capabilities = *learned;
    }
}

/// Only a role that could be read can be given.
fn known(rows: Vec<Row<Role>>) -> Vec<Role> {
    rows.into_iter().filter_map(Row::known).collect()
}

fn once(model: &mut Model, purpose: &Purpose, reply: Reply) {
    match (purpose, reply) {
        (Purpose::Roles(org), reply) => {
            let roles = match reply {
                Ok(Answer::Roles(rows)) => Loaded::Yes(known(rows)),
                Ok(_) => Loaded::No,
                Err(error) => {
                    fail(model, (By::Person, org.profile()), error.clone());
                    Loaded::Failed(error)
                }
            };
            if let Loaded::Yes(known) = &roles {
                offers::roles_came(model, purpose, known);
            }
            if let Some(visit) = model.store.visit_mut(org) {
                visit.roles = roles;
            }
            roles::refill(model);
        }
        (Purpose::ProfileRoles(profile), reply) => match reply {
            Ok(Answer::Roles(rows)) => offers::roles_came(model, purpose, &known(rows)),
            Ok(_) => {}
            Err(error) => fail(model, (By::Person, profile), error),
        },
        (_, reply) => {
            if let Some(Overlay::Details(details)) = model.overlays.last_mut() {
                details.raw = match reply {
                    Ok(Answer::Json(text)) => Loaded::Yes(text),
                    Ok(_) => Loaded::No,
                    Err(error) => Loaded::Failed(error),
                };
            }
        }
    }
}

fn page(model: &mut Model, (by, purpose): (By, &Purpose), reply: Reply) {
    match (purpose, reply) {
        (Purpose::Orgs(profile, cursor), Ok(Answer::Orgs(page))) => {
            let wall = model.now.wall;
            let Some(account) = model.store.account_mut(profile) else {
                return;
            };
            account.orgs.page(cursor, page);
            if is_here(&account.orgs) {
                account.read_at = Some(wall);
                recovered(model, profile, Verb::OrgList);
            }
            model.panes.orgs.disorder();
        }
        (Purpose::Members(org, cursor), Ok(Answer::Members(page))) => {
            let wall = model.now.wall;
            if let Some(visit) = model.store.visit_mut(org) {
                visit.members.page(cursor, page);
                if is_here(&visit.members) {
                    visit.read_at = Some(wall);
                    recovered(model, org.profile(), Verb::MemberList);
                }
            }
            model.panes.members.disorder();
        }
        (Purpose::Invites(..) | Purpose::AllInvites(..), Ok(Answer::Invites(page))) => {
            if let Some((feed, cursor)) = invite_feed(model, purpose) {
                feed.page(&cursor, page);
            }
            invites_read(model, purpose);
            model.panes.invites.disorder();
        }
        (purpose, Ok(_)) => tracing::warn!(?purpose, "an answer of another kind was dropped"),
        (purpose, Err(error)) => page_failed(model, (by, purpose), error),
    }
}

/// Whether a list is here as a whole, and is the latest there is.
fn is_here<T: Keyed + Clone + PartialEq>(feed: &Feed<T>) -> bool {
    *feed.stage() == Stage::Whole && !feed.is_quiet()
}

/// Notes when the lists of invites are all here.
fn invites_read(model: &mut Model, purpose: &Purpose) {
    let wall = model.now.wall;
    let Some(profile) = purpose.connection().cloned() else {
        return;
    };
    let (feeds, read_at) = match purpose.visited() {
        Some(org) => match model.store.visit_mut(org) {
            Some(visit) => (&visit.invites, &mut visit.invites_read_at),
            None => return,
        },
        None => match model.store.account_mut(&profile) {
            Some(account) => (&account.invites, &mut account.invites_read_at),
            None => return,
        },
    };
    if feeds.iter().all(is_here) {
        *read_at = Some(wall);
        recovered(model, &profile, Verb::InviteList);
    }
}

fn invite_feed<'a>(
    model: &'a mut Model,
    purpose: &Purpose,
) -> Option<(&'a mut Feed<crate::domain::Invite>, crate::domain::Cursor)> {
    let (feed, cursor) = match purpose {
        Purpose::Invites(org, list, cursor) => {
            (model.store.visit_mut(org)?.invites.get_mut(*list)?, cursor)
        }
        Purpose::AllInvites(profile, list, cursor) => (
            model.store.account_mut(profile)?.invites.get_mut(*list)?,
            cursor,
        ),
        Purpose::Probe(_)
        | Purpose::WhoAmI(_)
        | Purpose::Admission(_)
        | Purpose::Orgs(..)
        | Purpose::Org(_)
        | Purpose::Members(..)
        | Purpose::Member(..)
        | Purpose::Roles(_)
        | Purpose::Memberships(..)
        | Purpose::User(_)
        | Purpose::ProfileRoles(_)
        | Purpose::Metadata(..)
        | Purpose::Users
        | Purpose::Image
        | Purpose::Export
        | Purpose::List
        | Purpose::Roll(..)
        | Purpose::Raw
        | Purpose::Plan
        | Purpose::Way
        | Purpose::History
        | Purpose::Order(_) => return None,
    };
    Some((feed, cursor.clone()))
}

fn page_failed(model: &mut Model, (by, purpose): (By, &Purpose), error: ApiError) {
    let profile = match purpose {
        Purpose::Orgs(profile, cursor) => {
            if let Some(account) = model.store.account_mut(profile) {
                account.orgs.page_failed(cursor, error.clone());
            }
            profile
        }
        Purpose::Members(org, cursor) => {
            if let Some(visit) = model.store.visit_mut(org) {
                visit.members.page_failed(cursor, error.clone());
            }
            org.profile()
        }
        Purpose::Invites(org, ..) => {
            if let Some((feed, cursor)) = invite_feed(model, purpose) {
                feed.page_failed(&cursor, error.clone());
            }
            org.profile()
        }
        Purpose::AllInvites(profile, ..) => {
            if let Some((feed, cursor)) = invite_feed(model, purpose) {
                feed.page_failed(&cursor, error.clone());
            }
            profile
        }
        Purpose::Probe(_)
        | Purpose::WhoAmI(_)
        | Purpose::Admission(_)
        | Purpose::Org(_)
        | Purpose::Member(..)
        | Purpose::Roles(_)
        | Purpose::Memberships(..)
        | Purpose::User(_)
        | Purpose::ProfileRoles(_)
        | Purpose::Metadata(..)
        | Purpose::Users
        | Purpose::Image
        | Purpose::Export
        | Purpose::List
        | Purpose::Roll(..)
        | Purpose::Raw
        | Purpose::Plan
        | Purpose::Way
        | Purpose::History
        | Purpose::Order(_) => return,
    };
    fail(model, (by, profile), error);
}

fn detail(model: &mut Model, purpose: &Purpose, reply: Reply) {
    let failure = reply.as_ref().err().cloned();
    match (purpose, reply) {
        (Purpose::Org(id), reply) => {
            let Some(account) = model.store.account_mut(id.profile()) else {
                return;
            };
            match reply {
                Ok(Answer::Org(org)) => {
                    learn(&mut model.overlays, &org);
                    settle_detail(&mut account.orgs, *org, id);
                }
                Ok(_) => {}
                Err(error) => account.orgs.detail_failed(id, error),
            }
            let is_short = account.orgs.lacks_rest();
            rest(model, (id.profile(), Verb::OrgShow), (failure, is_short));
            model.panes.orgs.disorder();
        }
        (Purpose::Member(org, id), reply) => {
            let Some(visit) = model.store.visit_mut(org) else {
                return;
            };
            match reply {
                Ok(Answer::Member(member)) => settle_detail(&mut visit.members, *member, id),
                Ok(_) => {}
                Err(error) => visit.members.detail_failed(id, error),
            }
            let is_short = visit.members.lacks_rest();
            rest(
                model,
                (org.profile(), Verb::MemberShow),
                (failure, is_short),
            );
            model.panes.members.disorder();
        }
        _ => {}
    }
}

/// The rest of a row came, or did not. A service that is away for a moment is asked again with its lists; what
/// else a row lacks is said in the row alone.
fn rest(
    model: &mut Model,
    (profile, verb): (&Profile, Verb),
    (failure, is_short): (Option<ApiError>, bool),
) {
    match failure {
        Some(error) if error.fault.may_pass() => fail(model, (By::Clock, profile), error),
        None if !is_short => recovered(model, profile, verb),
        Some(_) | None => {}
    }
}

/// A form that was opened before the record was read takes its values over.
fn learn(overlays: &mut [Overlay], org: &Org) {
    if let Some(Overlay::Form(form)) = overlays.last_mut()
        && let Goal::EditOrg { org: shown } = &form.goal
        && shown.id == org.id
    {
        form.learn(org);
    }
}

/// A record under another id than was asked for is no answer to this row.
fn settle_detail<T: Keyed + Clone + PartialEq>(feed: &mut Feed<T>, item: T, asked: &T::Key) {
    if item.key() == asked {
        feed.detail(item);
    } else {
        let fault = Fault::Garbled(Text::from("another record than was asked for"));
        feed.detail_failed(asked, ApiError::new(crate::domain::Verb::OrgShow, fault));
    }
}

/// A plan was made, or could not be.
pub(super) fn planned(model: &mut Model, id: RequestId, result: Result<Plan, ApiError>) -> Effects {
    if model.pending.answered(id).is_some() {
        if let Err(error) = &result {
            no_plan(model, error);
        }
        prepared(model, id, result);
    }
    Effects::new()
}

/// What is asked for lies on top, and says whose profile it is.
fn no_plan(model: &mut Model, error: &ApiError) {
    let profile = match model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => confirm.wish.profile().clone(),
        Some(Overlay::Form(form)) => form.goal.profile().clone(),
        Some(_) | None => return,
    };
    tokens::refused(model, &profile, &error.fault);
}

fn prepared(model: &mut Model, id: RequestId, result: Result<Plan, ApiError>) {
    let Some(mut top) = model.overlays.pop() else {
        return;
    };
    match &mut top {
        Overlay::Confirm(confirm) if confirm.stage == Asking::Preparing(id) => {
            asks::prepared(model, confirm, result);
        }
        Overlay::Form(form) if form.stage == FormStage::Preparing(id) => match result {
            Ok(plan) => {
                let listed = asks::shown(model, &plan.wish);
                form.prepared(plan, listed);
            }
            Err(error) => form.failed(error),
        },
        Overlay::Confirm(_)
        | Overlay::Form(_)
        | Overlay::Menu(_)
        | Overlay::Help(_)
        | Overlay::Prompt(_)
        | Overlay::Details(_)
        | Overlay::Line(_)
        | Overlay::Tasks(_) => {}
    }
    model.overlays.push(top);
}

/// A long list was arranged; an order that something newer has overtaken is dropped.
pub(super) fn arranged(model: &mut Model, id: RequestId, order: Order) -> Effects {
    let Some(Purpose::Order(pane)) = model.pending.answered(id) else {
        return Effects::new();
    };
    match pane {
        Pane::Orgs => model.panes.orgs.take_order(id, order),
        Pane::Members => model.panes.members.take_order(id, order),
        Pane::Invites => model.panes.invites.take_order(id, order),
        Pane::Org | Pane::Activity => {}
    }
    Effects::new()
}
