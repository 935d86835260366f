//! Lists that stay fresh by themselves: when each connection is asked again, and when it is left alone.
//!
//! Where a round of reading fails, the next one comes sooner, and each later one more slowly. What a
//! round reads is not known here.

use std::time::Duration;

use super::fault::Retries;
use super::layer::Overlay;
use super::model::{Leaving, Model};
use super::store::{Account, Health};
use crate::domain::{Moment, Now, OrgId, Profile};
use crate::job::{Feed, Task};

/// After so long without a key nothing is read any more.
pub const IDLE: Duration = Duration::from_mins(2);

/// The shortest wait after a round that failed.
const SOON: Duration = Duration::from_secs(10);

/// An answer that takes longer than this makes a connection slow.
pub const SLOW: Duration = Duration::from_millis(1500);

/// How a connection is kept fresh.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pace {
    /// What of it is being read.
    pub(super) round: Round,
    /// Whether a list of this round could not be read.
    pub(super) failed: bool,
    missed: u32,
    /// When it is read again.
    pub(super) due: Option<Moment>,
    /// Since when an answer is waited for.
    silent: Option<Moment>,
}

/// What of a connection is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Round {
    /// Nothing.
    #[default]
    Resting,
    /// What somebody asked for.
    Asked,
    /// Its organizations, to keep them fresh.
    Orgs,
    /// The other lists that are shown, likewise.
    Lists,
}

impl Pace {
    /// Something was answered.
    pub fn heard(&mut self) {
        self.silent = None;
    }

    /// How long an answer has been waited for, if that is longer than usual.
    pub fn silence(&self, now: Moment) -> Option<Duration> {
        let silent = now.since(self.silent?);
        (silent >= SLOW).then_some(silent)
    }

    /// The round is over.
    pub(super) fn rest(&mut self, health: &Health, (now, span): (Now, Duration)) {
        let was_asked = self.round == Round::Asked;
        self.missed = if self.failed { self.missed + 1 } else { 0 };
        let wait = self.wait(health, (now, span));
        let due = Some(now.moment.after(wait));
        // What somebody reads puts off nothing.
        if self.failed || self.due.is_none() || !was_asked {
            self.due = due;
        }
        self.failed = false;
        self.round = Round::Resting;
    }

    /// How long the connection is left alone after this round.
    fn wait(&self, health: &Health, (now, span): (Now, Duration)) -> Duration {
        let doubled = |first: Duration, times: u32| first.saturating_mul(1 << times.min(3));
        match (health, self.missed) {
            (_, 0) => span,
            (Health::Limited(end), _) => jittered(end.since(now.moment).max(SOON), now),
            (Health::Failing(trouble), missed) if trouble.may_pass() => {
                jittered(doubled(SOON, missed - 1).min(span), now)
            }
            (
                Health::Untried
                | Health::Fine
                | Health::Slow(_)
                | Health::SignedOut
                | Health::Failing(_),
                missed,
            ) => jittered(doubled(span, missed), now),
        }
    }
}

/// Up to a quarter more, so that many who were cut off together do not come back together. What differs
/// between them is the fraction of the second in which they noticed.
fn jittered(wait: Duration, now: Now) -> Duration {
    let thousandths = now.wall.subsec_nanosecond().unsigned_abs() / 1_000_000 % 1000;
    wait + wait * thousandths / 4000
}

/// When a round that gave way is taken up again.
pub(super) fn soon(now: Now) -> Moment {
    now.moment.after(SOON)
}

/// Whether nobody has done anything for so long that nothing is read any more.
pub fn is_paused(model: &Model) -> bool {
    let idle = model.now.moment.since(model.touched);
    model.settings.refresh.span().is_some() && idle >= IDLE
}

/// Who asks again for a list that could not be read now.
pub fn retries(model: &Model) -> Retries {
    let is_on = model.settings.refresh.span().is_some();
    if is_on && !is_paused(model) {
        Retries::Itself
    } else {
        Retries::Person
    }
}

/// Whether lists of a connection are being read.
pub(super) fn is_reading(model: &Model, profile: &Profile) -> bool {
    let Some(account) = model.store.account(profile) else {
        return false;
    };
    let open = open_of(model, profile).and_then(|org| model.store.visit(org));
    let visit = open
        .is_some_and(|visit| visit.members.is_busy() || visit.invites.iter().any(Feed::is_reading));
    account.orgs.is_busy() || account.invites.iter().any(Feed::is_reading) || visit
}

/// The open organization, if it is one of this connection.
pub(super) fn open_of<'a>(model: &'a Model, profile: &Profile) -> Option<&'a OrgId> {
    let open = model.panes.open.as_ref();
    open.filter(|org| org.profile() == profile)
}

/// Whether a round must not go on: what it would bring may be older than what a write brings, or would
/// move the rows under a list of actions that is open.
pub(super) fn gives_way(model: &Model, profile: &Profile) -> bool {
    let mut open = model.tasks.values().filter(|task| !task.is_over());
    open.any(|task: &Task| task.profile() == profile)
        || model.overlays.iter().any(Overlay::speaks_of_a_row)
}

/// Whether a connection may be asked by the program itself.
pub(super) fn may_begin(model: &Model, profile: &Profile) -> bool {
    let now = model.now.moment;
    let is_limited = model.store.account(profile).is_none_or(|account| {
        let is_ahead = |end: Moment| end > now;
        account.spare_until.is_some_and(is_ahead)
            || matches!(account.health, Health::Limited(end) if is_ahead(end))
    });
    let is_asked = |overlay: &Overlay| matches!(overlay, Overlay::Prompt(_));
    !is_limited
        && !is_paused(model)
        && !gives_way(model, profile)
        && !model.overlays.iter().any(is_asked)
        && model.typed.is_empty()
        && model.leaving == Leaving::No
        && model.shows(profile)
}

/// Notes for which connections an answer is waited for.
pub(super) fn listen(model: &mut Model) {
    let now = model.now.moment;
    for account in &mut model.store.accounts {
        let profile = &account.connection.profile;
        let is_asked = model
            .pending
            .any(|purpose| purpose.connection() == Some(profile));
        account.pace.silent = is_asked.then(|| account.pace.silent.unwrap_or(now));
    }
}

/// When something of this changes by itself.
pub(super) fn wake_at(model: &Model) -> Option<Moment> {
    let accounts = model.store.accounts.iter();
    let silences = accounts.filter_map(|account| next_word(account, model.now.moment));
    let rounds = model.settings.refresh.span().filter(|_| !is_paused(model));
    let rounds = rounds.into_iter().flat_map(|_| rounds_of(model));
    silences.chain(rounds).min()
}

/// When the header says another number of seconds for which an answer is waited.
fn next_word(account: &Account, now: Moment) -> Option<Moment> {
    let since = account.pace.silent?;
    let first = since.after(SLOW);
    let whole = Duration::from_secs(now.since(since).as_secs() + 1);
    Some(if first > now {
        first
    } else {
        since.after(whole)
    })
}

/// When the next rounds begin, and when there are no more.
fn rounds_of(model: &Model) -> impl Iterator<Item = Moment> {
    let due = |account: &Account| {
        let profile = &account.connection.profile;
        let limits = [account.spare_until, limited(account)];
        let is_resting = account.pace.round == Round::Resting;
        let due = is_resting.then(|| account.pace.due.unwrap_or(model.now.moment))?;
        let due = limits.into_iter().flatten().fold(due, Moment::max);
        // What holds it back now is over with a message.
        let later = due > model.now.moment;
        (later || may_begin(model, profile)).then_some(due)
    };
    let rounds = model.store.accounts.iter().filter_map(due);
    rounds.chain([model.touched.after(IDLE)])
}

fn limited(account: &Account) -> Option<Moment> {
    match account.health {
        Health::Limited(end) => Some(end),
        Health::Untried
        | Health::Fine
        | Health::Slow(_)
        | Health::SignedOut
        | Health::Failing(_) => None,
    }
}
