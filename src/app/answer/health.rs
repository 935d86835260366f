//! How connections are doing: what follows for that from requests, answers and failures, and what is said
//! of lists that cannot be read, and can be read again.

use jiff::Timestamp;

use crate::app::effect::{Effect, Effects};
use crate::app::fault;
use crate::app::model::{InviteScope, Model};
use crate::app::notice::{Line, Notice, Word};
use crate::app::pending::{By, Purpose};
use crate::app::refresh::SLOW;
use crate::app::screen::tokens;
use crate::app::store::{Health, Trouble};
use crate::app::tasks;
use crate::domain::news::Sent;
use crate::domain::{ApiError, Fault, News, Profile, Text, Verb};
use crate::job::Task;

/// Something happened at the edges.
pub(in crate::app) fn told(model: &mut Model, news: News) -> Effects {
    match news {
        News::Sent(sent) => {
            note_clock(model, &sent);
            note_health(model, &sent);
            model.log.add(Line {
                at: model.now.wall,
                sent: *sent,
            });
            if model.panes.activity > 0 {
                model.panes.activity += 1;
            }
        }
        News::Scarce { profile, wait } => {
            let end = model.now.moment.after(wait);
            if let Some(account) = model.store.account_mut(&profile) {
                account.spare_until = Some(end);
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

/// A connection whose answers can be read is neither signed out nor failing. Once it is so again, it is asked
/// what became of the writes on it that are unknown.
pub(super) fn understood(model: &mut Model, purpose: &Purpose) -> Option<Effect> {
    let profile = purpose.connection()?;
    tokens::answered(model, profile);
    let account = model.store.account_mut(profile)?;
    account.health.down()?;
    account.health = Health::Fine;
    let is_open = |task: &&Task| task.profile() == profile && task.can_be_looked_up();
    let open = tasks::all(model).into_iter().find(is_open);
    open.map(|_| Effect::Recover)
}

/// A person may have to be asked before the connection answers again: at once where one waits for it.
pub(super) fn not_let_in(model: &mut Model, (by, purpose): (By, &Purpose), error: &ApiError) {
    if let Some(profile) = purpose.connection().cloned() {
        match by {
            By::Person => tokens::refused(model, &profile, &error.fault),
            By::Clock => tokens::shut(model, &profile, &error.fault),
        }
    }
}

/// A list of a profile is here again: what was said of it is over.
pub(super) fn recovered(model: &mut Model, profile: &Profile, verb: Verb) {
    if model.notices.recovered(profile, verb) && model.notices.hint.is_none() {
        let name = profile.text().excerpt(40);
        model.say(format!(
            "{name} answers again: {} works",
            fault::doing(verb)
        ));
    }
}

/// What a service tells is as old as its own clock says.
fn note_clock(model: &mut Model, sent: &Sent) {
    let ours = model.now.wall;
    let account = model.store.account_mut(&sent.profile);
    if let (Some(account), Some(theirs)) = (account, sent.served_at) {
        account.skew.learn(theirs, ours);
    }
}

fn note_health(model: &mut Model, sent: &Sent) {
    let now = model.now.moment;
    let Some(account) = model.store.account_mut(&sent.profile) else {
        return;
    };
    account.pace.heard();
    let limited = matches!(account.health, Health::Limited(end) if end > now);
    let is_down = account.health.down().is_some();
    account.health = match &sent.ended {
        Ok(429) if limited => return,
        Ok(500..) => Health::Failing(Trouble::Unavailable),
        // A status says little: what it means is known when the answer was read.
        Ok(401) => return,
        Ok(_) if is_down => return,
        Ok(_) if sent.took > SLOW => Health::Slow(sent.took),
        Ok(_) => Health::Fine,
        Err(error) => match Trouble::of(sent.verb, &error.fault) {
            Some(trouble) => Health::Failing(trouble),
            None => return,
        },
    };
}

/// What a failure says of the connection as a whole, if anything.
fn health_after(error: &ApiError) -> Option<Health> {
    // A 401 alone may mean "not allowed"; the adapter knows.
    if matches!(error.fault, Fault::SignedOut | Fault::SecondFactor) {
        return Some(Health::SignedOut);
    }
    Trouble::of(error.verb, &error.fault).map(Health::Failing)
}

/// A list of a profile could not be read.
pub(super) fn fail(model: &mut Model, (by, profile): (By, &Profile), error: ApiError) {
    // What is not offered is said where it is looked for; what was stopped was stopped by the person.
    if matches!(error.fault, Fault::Cancelled | Fault::NotOffered(_)) {
        return;
    }
    if let Some(account) = model.store.account_mut(profile) {
        account.pace.failed = true;
        if let Some(health) = health_after(&error) {
            account.health = health;
        }
    }
    // Nobody asked: what was said before, and perhaps dismissed, is not said again.
    if by == By::Clock && model.notices.is_known(profile, &error) {
        return;
    }
    let read_at = read_at(model, profile, error.verb);
    let word = Word::Failed(at_host(model, profile, error), read_at);
    model.notices.add(Notice {
        at: model.now.wall,
        profile: Some(profile.clone()),
        word,
    });
}

/// When what is shown of a list was read.
fn read_at(model: &Model, profile: &Profile, verb: Verb) -> Option<Timestamp> {
    let account = model.store.account(profile)?;
    let open = model.panes.open.as_ref();
    let visit = open.filter(|org| org.profile() == profile);
    let visit = visit.and_then(|org| model.store.visit(org));
    if matches!(verb, Verb::MemberList | Verb::MemberShow) {
        return visit?.read_at;
    }
    if verb != Verb::InviteList {
        return account.read_at;
    }
    match model.panes.invite_scope {
        InviteScope::Org => visit?.invites_read_at,
        InviteScope::All => account.invites_read_at,
    }
}

/// Names the host to which there is no connection.
fn at_host(model: &Model, profile: &Profile, mut error: ApiError) -> ApiError {
    let account = model.store.account(profile);
    if let (Fault::Offline(cause), Some(account)) = (&mut error.fault, account) {
        let url = account.connection.url.raw();
        let host = url.split_once("://").map_or(url, |(_, host)| host);
        *cause = Text::from(format!("{host}: {}", cause.raw()));
    }
    error
}
