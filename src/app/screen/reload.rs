//! The configuration was changed while the program runs. What can be taken over is; whatever is on the screen
//! never comes to mean something else by that: a question or form about a connection that is another one now
//! cannot be sent any more, and says so.

use std::collections::BTreeSet;

use crate::app::address::Address;
use crate::app::confirm::{Asking, Confirm};
use crate::app::cursor::Hold;
use crate::app::effect::{Effect, Effects};
use crate::app::form::{Form, Stage};
use crate::app::layer::Overlay;
use crate::app::model::{InviteScope, Model};
use crate::app::msg::RequestId;
use crate::app::notice::{Notice, Word};
use crate::app::pending::Purpose;
use crate::app::setup::{Change, Configured, Setup};
use crate::app::store::Account;
use crate::app::{drafts, write};
use crate::domain::connection::{Access, Stage as Depends};
use crate::domain::query::Thing;
use crate::domain::{ApiError, Connection, Fault, OrgId, Profile, Text, Verb};

use super::{invites, lists, members, orgs};

/// The profiles that something has changed of.
#[derive(Default)]
struct Touched {
    /// What was read by them holds no more: they are gone, or lead to another place.
    lost: BTreeSet<Profile>,
    /// They lead to the same place, under other rules.
    guarded: BTreeSet<Profile>,
}

impl Touched {
    fn of(before: &[Account], setups: &[Setup]) -> Self {
        let mut touched = Self::default();
        for account in before {
            let profile = &account.connection.profile;
            let now = setups.iter().find(|now| now.connection.profile == *profile);
            match now.map_or(Change::Renewed, |now| now.change) {
                Change::Kept => {}
                Change::Guarded => drop(touched.guarded.insert(profile.clone())),
                Change::Renewed => drop(touched.lost.insert(profile.clone())),
            }
        }
        touched
    }

    fn has(&self, profile: &Profile) -> bool {
        self.lost.contains(profile) || self.guarded.contains(profile)
    }
}

/// The configuration was read again, or cannot be used: then everything stays as it was.
pub fn configured(model: &mut Model, read: Result<Configured, Text>) -> Effects {
    match read {
        Ok(configured) => take_over(model, configured),
        Err(why) => {
            note(model, Word::Misconfigured(why));
            Effects::new()
        }
    }
}

fn note(model: &mut Model, word: Word) {
    model.notices.add(Notice {
        at: model.now.wall,
        profile: None,
        word,
    });
}

fn take_over(model: &mut Model, configured: Configured) -> Effects {
    let Configured {
        setups,
        refresh,
        notes,
    } = configured;
    model.settings.refresh = refresh;
    let was_broken = model.notices.mended();
    let mut words = told(&model.store.accounts, &setups);
    words.extend(notes.iter().map(|note| note.raw().to_owned()));
    let touched = Touched::of(&model.store.accounts, &setups);
    let is_same = words.is_empty();
    let mut effects = stop(model, &touched, &mut words);
    effects.extend(close(model, &touched, &mut words));
    if !is_same {
        effects.extend(connect(model, setups, &touched));
    }
    let words = words.join("; ");
    match (is_same, was_broken) {
        (true, false) => model.say("configuration read again: nothing that counts has changed"),
        (true, true) => note(
            model,
            Word::Note("configuration read again: as before".into()),
        ),
        (false, _) => note(
            model,
            Word::Note(Text::from(format!("configuration read again: {words}"))),
        ),
    }
    effects
}

/// What has changed of the connections, in words.
fn told(before: &[Account], setups: &[Setup]) -> Vec<String> {
    let known = |profile: &Profile| {
        let mut accounts = before.iter();
        accounts.find(|account| account.connection.profile == *profile)
    };
    let mut words = Vec::new();
    for setup in setups {
        let profile = &setup.connection.profile;
        let name = profile.text().excerpt(40);
        match (known(profile), setup.change) {
            (None, _) => words.push(format!("{name} is new")),
            (Some(_), Change::Kept) => {}
            (Some(_), Change::Renewed) => words.push(format!("{name} is another connection")),
            (Some(account), Change::Guarded) => words.extend(rules(account, setup)),
        }
    }
    let is_there = |profile: &Profile| {
        let mut setups = setups.iter();
        setups.any(|setup| setup.connection.profile == *profile)
    };
    let all = before.iter().map(|account| &account.connection.profile);
    let gone = all.filter(|profile| !is_there(profile));
    words.extend(gone.map(|profile| format!("{} is gone", profile.text().excerpt(40))));
    words
}

/// Which rules have changed.
fn rules(account: &Account, setup: &Setup) -> Vec<String> {
    let name = setup.connection.profile.text().excerpt(40);
    let (before, now) = (&account.connection, &setup.connection);
    let access = match (before.access, now.access) {
        (Access::Full, Access::ReadOnly(_)) => Some("writing is off"),
        (Access::ReadOnly(_), Access::Full) => Some("writing is on"),
        (Access::Full, Access::Full) | (Access::ReadOnly(_), Access::ReadOnly(_)) => None,
    };
    let stage = under(account.clone(), setup.connection.clone()).stage();
    let stage = match stage {
        _ if stage == account.stage() => None,
        Depends::Production => Some("real people depend on it"),
        Depends::Development => Some("it is no production"),
    };
    let words = [access, stage].into_iter().flatten();
    words.map(|words| format!("{name}: {words}")).collect()
}

/// What is under way comes to its end over the old connection; nothing more goes out.
fn stop(model: &mut Model, touched: &Touched, words: &mut Vec<String>) -> Effects {
    let (mut effects, stopped) = write::withdraw(model, |profile| touched.has(profile));
    // What the tasks have changed is read again, but not where it would not be found.
    effects
        .retain(|effect| !matches!(effect, Effect::Query { to, .. } if touched.lost.contains(to)));
    if stopped > 0 {
        words.push(format!(
            "{stopped} stopped task(s): what was not sent is not sent"
        ));
    }
    effects.extend(model.pending.cancel(|purpose| {
        let profile = purpose.asked();
        profile.is_some_and(|profile| touched.lost.contains(profile))
    }));
    effects
}

/// Closes what speaks of a connection that is another one now; a question stays and says so.
fn close(model: &mut Model, touched: &Touched, words: &mut Vec<String>) -> Effects {
    let mut asked: Vec<RequestId> = Vec::new();
    let mut effects = Effects::new();
    for overlay in std::mem::take(&mut model.overlays) {
        match overlay {
            Overlay::Confirm(mut confirm) => {
                asked.extend(invalidate(&mut confirm, touched));
                model.overlays.push(Overlay::Confirm(confirm));
            }
            Overlay::Form(form) if touched.lost.contains(form.goal.profile()) => {
                words.push(format!(
                    "the form \"{}\" is closed, what was typed is kept",
                    form.title.excerpt(60)
                ));
                effects.extend(drafts::shelve(model, *form, None));
                effects.extend(model.pending.cancel(Purpose::is_of_a_form));
            }
            Overlay::Form(mut form) => {
                asked.extend(look_again(&mut form, touched));
                model.overlays.push(Overlay::Form(form));
            }
            Overlay::Prompt(prompt) if touched.lost.contains(&prompt.profile) => {}
            Overlay::Details(details)
                if details
                    .thing
                    .as_ref()
                    .is_some_and(|thing| touched.lost.contains(profile_of(thing))) =>
            {
                effects.extend(model.pending.cancel(|purpose| *purpose == Purpose::Raw));
            }
            // They list what may not be there any more.
            Overlay::Menu(_) | Overlay::Help(_) if !touched.lost.is_empty() => {}
            overlay @ (Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Prompt(_)
            | Overlay::Details(_)
            | Overlay::Line(_)
            | Overlay::Tasks(_)) => model.overlays.push(overlay),
        }
    }
    for id in asked {
        model.pending.answered(id);
        effects.push(Effect::Cancel(id));
    }
    effects
}

fn profile_of(thing: &Thing) -> &Profile {
    match thing {
        Thing::Org(org) => org.profile(),
        Thing::Member(member) => member.org.profile(),
        Thing::Invite(invite) => invite.profile(),
    }
}

/// A question about what would be sent cannot be said yes to any more. What is being worked out for it.
fn invalidate(confirm: &mut Confirm, touched: &Touched) -> Option<RequestId> {
    let profile = confirm.wish.profile();
    let verb = confirm.wish.verb();
    if !touched.has(profile) {
        return None;
    }
    let why = why(profile, touched);
    let asked = match &confirm.stage {
        Asking::Preparing(id) => Some(*id),
        Asking::Ready(..) => None,
        Asking::Failed(_) | Asking::Waiting(..) | Asking::Leaving(_) => return None,
    };
    confirm.prepared(Err(outdated(verb, &why)));
    asked
}

/// The requests of a form are to be looked at again. What is being worked out for it.
fn look_again(form: &mut Form, touched: &Touched) -> Option<RequestId> {
    let profile = form.goal.profile();
    if !touched.has(profile) {
        return None;
    }
    let (why, verb) = (why(profile, touched), form.goal.verb());
    match form.stage {
        Stage::Preparing(id) => {
            form.failed(outdated(verb, &why));
            Some(id)
        }
        Stage::Ready(..) => {
            form.failed(outdated(verb, &why));
            None
        }
        Stage::Editing | Stage::Reading | Stage::Failed(_) | Stage::Sent(..) => None,
    }
}

fn why(profile: &Profile, touched: &Touched) -> String {
    let name = profile.text().excerpt(40);
    if touched.lost.contains(profile) {
        format!("the configuration has changed: {name} is gone or another connection now")
    } else {
        format!("the configuration has changed: other rules hold for {name} now")
    }
}

fn outdated(verb: Verb, why: &str) -> ApiError {
    ApiError::new(verb, Fault::NoConsent).words(why)
}

/// Puts the connections in their new order; rows of those that are lost go, everybody else's stay.
fn connect(model: &mut Model, setups: Vec<Setup>, touched: &Touched) -> Effects {
    let mut before = std::mem::take(&mut model.store.accounts);
    let mut fresh = Vec::new();
    for setup in setups {
        let profile = &setup.connection.profile;
        let place = before
            .iter()
            .position(|account| account.connection.profile == *profile);
        let old = place.map(|place| before.remove(place));
        if old.is_none() || setup.change == Change::Renewed {
            fresh.push(profile.clone());
        }
        model.store.accounts.push(merged(setup, old));
    }
    model.store.let_go(&touched.lost);
    relist(model, touched);
    let begun = fresh.iter().map(|profile| orgs::read_one(model, profile));
    let effects: Vec<Effects> = begun.collect();
    if model.panes.invite_scope == InviteScope::All {
        invites::begin_all(model, <[_]>::is_empty);
    }
    effects.concat()
}

fn merged(setup: Setup, old: Option<Account>) -> Account {
    match (old, setup.change) {
        (Some(account), Change::Kept) => account,
        (Some(account), Change::Guarded) => under(account, setup.connection),
        (Some(_), Change::Renewed) | (None, _) => {
            Account::new(setup.connection, setup.capabilities)
        }
    }
}

/// The same account under other rules; what the service says of it still holds where the configuration says
/// nothing.
fn under(account: Account, mut connection: Connection) -> Account {
    if let (None, Some(who)) = (connection.production.known(), account.principal.known()) {
        connection.production = who.stage;
    }
    Account {
        connection,
        ..account
    }
}

/// The lists are over other connections now; cursors stay on their records.
fn relist(model: &mut Model, touched: &Touched) {
    let there: BTreeSet<Profile> = model
        .store
        .accounts
        .iter()
        .map(|account| account.connection.profile.clone())
        .collect();
    model.only.retain(|profile| there.contains(profile));
    if !there.is_empty() {
        model.welcome = None;
    }
    model.panes.orgs.refocus(|_| {});
    if model.panes.invite_scope == InviteScope::All {
        model.panes.invites.refocus(|_| {});
    }
    let open = model.panes.open.clone();
    if let Some(org) = open.filter(|org| touched.lost.contains(org.profile())) {
        // Where it is still to be had it is looked for, as a place that the program is started at is.
        let is_there = there.contains(org.profile());
        model.sought = is_there.then(|| here(model, &org));
        model.panes.orgs.hold = Hold::First;
        model.panes.open = None;
        model.panes.follow_at = None;
        members::reset(model);
        invites::reset(model);
    } else if model.panes.orgs.cursor.is_some() {
        // What was shown first so far stays what is shown.
        model.panes.orgs.hold = Hold::Record;
    }
}

/// This place in an organization.
fn here(model: &Model, org: &OrgId) -> Address {
    Address {
        profile: org.profile().clone(),
        org: org.raw().to_owned(),
        pane: model.panes.focus,
        filter: lists::filter(model).unwrap_or_default().to_owned(),
    }
}
