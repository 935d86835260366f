//! Answers on their way to where they belong.

use super::effect::Effects;
use super::form::{Goal, Stage as FormStage};
use super::layer::{Asking, Overlay};
use super::model::Model;
use super::msg::RequestId;
use super::notice::{Line, Notice, Word};
use super::overlay::{asking, many, person, roles};
use super::pending::Purpose;
use super::screen::{roles as offers, tokens};
use super::store::{Health, Loaded};
use crate::domain::news::Sent;
use crate::domain::query::Reply;
use crate::domain::rows::Keyed;
use crate::domain::{Answer, ApiError, Fault, News, Org, Plan, Profile, Text};
use crate::job::feed::Stage;
use crate::job::{Feed, Order};

use super::place::Pane;

/// An answer that took longer than this makes a connection slow.
const SLOW: std::time::Duration = std::time::Duration::from_millis(1500);

/// A question was answered. One that nobody waits for any more is dropped.
pub(super) fn answered(model: &mut Model, id: RequestId, reply: Reply) -> Effects {
    let Some(purpose) = model.pending.answered(id) else {
        tracing::debug!(?id, "an answer that nobody waits for was dropped");
        return Effects::new();
    };
    match &reply {
        Ok(_) => understood(model, &purpose),
        Err(error) => not_let_in(model, &purpose, error),
    }
    match purpose {
        Purpose::WhoAmI(profile) => principal(model, &profile, reply),
        Purpose::Probe(profile) => capabilities(model, &profile, reply),
        Purpose::Roles(_) | Purpose::ProfileRoles(_) | Purpose::Raw => once(model, &purpose, reply),
        Purpose::Orgs(..)
        | Purpose::Members(..)
        | Purpose::Invites(..)
        | Purpose::AllInvites(..) => page(model, &purpose, reply),
        Purpose::Org(_) | Purpose::Member(..) => detail(model, &purpose, reply),
        Purpose::Memberships(..) | Purpose::User(_) => {
            return person::answered(model, &purpose, reply);
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
    Effects::new()
}

/// A connection whose answers can be read is neither signed out nor failing.
fn understood(model: &mut Model, purpose: &Purpose) {
    let Some(profile) = purpose.connection() else {
        return;
    };
    tokens::answered(model, profile);
    if let Some(account) = model.store.account_mut(profile)
        && matches!(account.health, Health::SignedOut | Health::Failing)
    {
        account.health = Health::Fine;
    }
}

/// A person may have to be asked before the connection answers again.
fn not_let_in(model: &mut Model, purpose: &Purpose, error: &ApiError) {
    if let Some(profile) = purpose.connection().cloned() {
        tokens::refused(model, &profile, &error.fault);
    }
}

fn principal(model: &mut Model, profile: &Profile, reply: Reply) {
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
    if let Some(error) = failed {
        fail(model, profile, error);
    }
}

fn capabilities(model: &mut Model, profile: &Profile, reply: Reply) {
    if let (Some(account), Ok(Answer::Capabilities(learned))) =
        (model.store.account_mut(profile), reply)
    {
        account.capabilities = *learned;
    }
}

fn once(model: &mut Model, purpose: &Purpose, reply: Reply) {
    match (purpose, reply) {
        (Purpose::Roles(org), reply) => {
            let roles = match reply {
                Ok(Answer::Roles(roles)) => Loaded::Yes(roles),
                Ok(_) => Loaded::No,
                Err(error) => {
                    fail(model, org.profile(), error.clone());
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
            Ok(Answer::Roles(known)) => offers::roles_came(model, purpose, &known),
            Ok(_) => {}
            Err(error) => fail(model, profile, error),
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

fn page(model: &mut Model, purpose: &Purpose, reply: Reply) {
    match (purpose, reply) {
        (Purpose::Orgs(profile, cursor), Ok(Answer::Orgs(page))) => {
            let wall = model.now.wall;
            let Some(account) = model.store.account_mut(profile) else {
                return;
            };
            account.orgs.page(cursor, page);
            if *account.orgs.stage() == Stage::Whole {
                account.read_at = Some(wall);
                model
                    .notices
                    .recovered(profile, crate::domain::Verb::OrgList);
            }
            model.panes.orgs.disorder();
        }
        (Purpose::Members(org, cursor), Ok(Answer::Members(page))) => {
            let wall = model.now.wall;
            if let Some(visit) = model.store.visit_mut(org) {
                visit.members.page(cursor, page);
                if *visit.members.stage() == Stage::Whole {
                    visit.read_at = Some(wall);
                }
            }
            model.panes.members.disorder();
        }
        (Purpose::Invites(..) | Purpose::AllInvites(..), Ok(Answer::Invites(page))) => {
            if let Some((feed, cursor)) = invite_feed(model, purpose) {
                feed.page(&cursor, page);
            }
            model.panes.invites.disorder();
        }
        (purpose, Ok(_)) => tracing::warn!(?purpose, "an answer of another kind was dropped"),
        (purpose, Err(error)) => page_failed(model, purpose, error),
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

fn page_failed(model: &mut Model, purpose: &Purpose, error: ApiError) {
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
    fail(model, profile, error);
}

fn detail(model: &mut Model, purpose: &Purpose, reply: Reply) {
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
            model.panes.members.disorder();
        }
        _ => {}
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
    match model.overlays.last_mut() {
        Some(Overlay::Confirm(confirm)) if confirm.stage == Asking::Preparing(id) => {
            confirm.prepared(result);
        }
        Some(Overlay::Form(form)) if form.stage == FormStage::Preparing(id) => match result {
            Ok(plan) => form.prepared(plan),
            Err(error) => form.failed(error),
        },
        Some(_) | None => {}
    }
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

/// Something happened at the edges.
pub(super) fn told(model: &mut Model, news: News) -> Effects {
    match news {
        News::Sent(sent) => {
            note_health(model, &sent);
            model.log.add(Line {
                at: model.now.wall,
                sent: *sent,
            });
            if model.panes.activity > 0 {
                model.panes.activity += 1;
            }
        }
        News::Paused { profile, wait } => {
            let end = model.now.moment.after(wait);
            if let Some(account) = model.store.account_mut(&profile) {
                account.health = Health::Limited(end);
            }
        }
    }
    Effects::new()
}

fn note_health(model: &mut Model, sent: &Sent) {
    let now = model.now.moment;
    let Some(account) = model.store.account_mut(&sent.profile) else {
        return;
    };
    let limited = matches!(account.health, Health::Limited(end) if end > now);
    let is_down = matches!(account.health, Health::SignedOut | Health::Failing);
    account.health = match &sent.ended {
        Ok(429) if limited => return,
        Ok(500..) => Health::Failing,
        // A status says little: what it means is known when the answer was read.
        Ok(401) => return,
        Ok(_) if is_down => return,
        Ok(_) if sent.took > SLOW => Health::Slow(sent.took),
        Ok(_) => Health::Fine,
        Err(error) if error.fault == Fault::Cancelled => return,
        Err(_) => Health::Failing,
    };
}

/// What a fault says of the connection as a whole, if anything.
fn health_after(fault: &Fault) -> Option<Health> {
    match fault {
        // A 401 alone may mean "not allowed"; the adapter knows.
        Fault::SignedOut | Fault::SecondFactor => Some(Health::SignedOut),
        Fault::Offline(_)
        | Fault::Insecure(_)
        | Fault::TimedOut
        | Fault::Unavailable
        | Fault::Garbled(_)
        | Fault::NotTheApi(_)
        | Fault::Cut
        | Fault::TooLarge
        | Fault::Redirected(_) => Some(Health::Failing),
        Fault::Forbidden
        | Fault::Missing
        | Fault::Conflict
        | Fault::Refused
        | Fault::Invalid(_)
        | Fault::Slowed { .. }
        | Fault::NotOffered(_)
        | Fault::ReadOnly(_)
        | Fault::Unrecorded(_)
        | Fault::Cancelled
        | Fault::UnderWay
        | Fault::NoConsent
        | Fault::NotApplied
        | Fault::NoSecret(_)
        | Fault::Foreign => None,
    }
}

fn fail(model: &mut Model, profile: &Profile, error: ApiError) {
    // What is not offered is said where it is looked for; what was stopped was stopped by the person.
    if matches!(error.fault, Fault::Cancelled | Fault::NotOffered(_)) {
        return;
    }
    if let Some(account) = model.store.account_mut(profile)
        && let Some(health) = health_after(&error.fault)
    {
        account.health = health;
    }
    let read_at = model
        .store
        .account(profile)
        .and_then(|account| account.read_at);
    model.notices.add(Notice {
        at: model.now.wall,
        profile: Some(profile.clone()),
        word: Word::Failed(error, read_at),
    });
}
