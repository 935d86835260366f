//! Profiles that a service lets in no longer: a person is asked once for another token or for a code,
//! and what they have read is read again.

use crate::app::effect::Effects;
use crate::app::layer::Overlay;
use crate::app::model::{InviteScope, Model};
use crate::app::notice::{Notice, Word};
use crate::app::picker::{Choice, Pick, Picker, Subject};
use crate::app::prompt::Prompt;
use crate::app::store::{Account, Door, Health, Loaded, Lock};
use crate::domain::{Fault, OrgId, Principal, Profile, Text};

use super::invites::{self, profile_words};
use super::{members, orgs};

/// A service said this to a profile: a fault that a person could help with is noted.
pub fn refused(model: &mut Model, profile: &Profile, fault: &Fault) {
    let Some(account) = model.store.account_mut(profile).filter(|_| fault.is_shut()) else {
        return;
    };
    let lock = Lock::of(fault);
    // What its place does not hold is put there, as a rule; it is asked for on request.
    let is_empty = account.door == Door::Open && matches!(fault, Fault::NoSecret(_));
    account.door = match account.door {
        Door::Open | Door::Due(_) if !is_empty => Door::Due(lock),
        Door::Open | Door::Due(_) | Door::Asked(_) => Door::Asked(lock),
    };
}

/// The same where nobody waits for it: it is asked for on request.
pub fn shut(model: &mut Model, profile: &Profile, fault: &Fault) {
    let account = model.store.account_mut(profile);
    if let Some(account) = account.filter(|account| fault.is_shut() && account.door == Door::Open) {
        account.door = Door::Asked(Lock::of(fault));
    }
}

/// A service has answered a profile: the next time that it does not is asked about again. While the
/// question is open, an answer to what was sent before says nothing.
pub fn answered(model: &mut Model, profile: &Profile) {
    let is_asked = model
        .overlays
        .iter()
        .any(|overlay| matches!(overlay, Overlay::Prompt(prompt) if prompt.profile == *profile));
    if let Some(account) = model.store.account_mut(profile).filter(|_| !is_asked) {
        account.door = Door::Open;
    }
}

/// Asks for what lets a profile in again, where nothing else is on the screen: once each time.
pub fn ask(model: &mut Model) {
    if !model.overlays.is_empty() {
        return;
    }
    let mut accounts = model.store.accounts.iter();
    let due = accounts.find_map(|account| match account.door {
        Door::Due(lock) => Some((account.connection.profile.clone(), lock)),
        Door::Open | Door::Asked(_) => None,
    });
    if let Some((profile, lock)) = due {
        model.typed.clear();
        open_with(model, profile, lock);
    }
}

fn open_with(model: &mut Model, profile: Profile, lock: Lock) {
    if let Some(account) = model.store.account_mut(&profile)
        && account.lock().is_some()
    {
        account.door = Door::Asked(lock);
    }
    let prompt = Prompt::new(profile, lock);
    model.overlays.push(Overlay::Prompt(Box::new(prompt)));
}

/// Asks for the token of a profile: of the only one that is shut, else of the one that is chosen.
pub fn open(model: &mut Model) -> Effects {
    let accounts = &model.store.accounts;
    let mut shut = accounts.iter().filter(|account| account.lock().is_some());
    let only = match (accounts.as_slice(), shut.next(), shut.next()) {
        ([only], ..) | (_, Some(only), None) => Some(only),
        _ => None,
    };
    if let Some(only) = only {
        let profile = only.connection.profile.clone();
        return open_for(model, &profile);
    }
    let choice = |(number, account): (usize, &Account)| {
        let profile = &account.connection.profile;
        let about = account.lock().map_or("", Lock::words);
        Choice::new(
            Pick::TokenFor(profile.clone()),
            profile_words(model, profile),
        )
        .keys((number + 1).to_string())
        .about(about)
    };
    let choices: Vec<Choice> = accounts.iter().enumerate().map(choice).collect();
    let here = model.org_here().map(OrgId::profile);
    let place = accounts
        .iter()
        .position(|account| Some(&account.connection.profile) == here);
    let mut picker = Picker::new("Another token for", Subject::Profiles, choices);
    picker.index = place.unwrap_or(0);
    model.overlays.push(Overlay::Menu(Box::new(picker)));
    Effects::new()
}

/// Asks for the token of this profile, or for the code that is still due.
pub fn open_for(model: &mut Model, profile: &Profile) -> Effects {
    let account = model.store.account(profile);
    let lock = account.and_then(Account::lock);
    open_with(model, profile.clone(), lock.unwrap_or(Lock::Token));
    Effects::new()
}

/// A profile is let in again: what is shown of it is read again, and what was not sent is offered.
pub fn opened(model: &mut Model, profile: &Profile, principal: &Principal) -> Effects {
    let Some(account) = model.store.account_mut(profile) else {
        return Effects::new();
    };
    account.door = Door::Open;
    account.health = Health::Fine;
    let before = std::mem::take(&mut account.principal);
    if let Loaded::Yes(before) = &before
        && before.user != principal.user
    {
        say_who(model, profile, (before, principal));
    }
    let name = profile.text().excerpt(40);
    let label = principal.label.excerpt(80);
    model.say(format!("{name}: signed in as {label}, reading again"));
    model.notices.admitted(profile);
    read(model, profile)
}

/// Another person acts from now on: that is said, and stays until it was seen.
fn say_who(model: &mut Model, profile: &Profile, (before, now): (&Principal, &Principal)) {
    let [before, now] = [before, now].map(|one| one.label.excerpt(80));
    let words = format!("this token is {now}'s, the one before was {before}'s");
    model.notices.add(Notice {
        at: model.now.wall,
        profile: Some(profile.clone()),
        word: Word::Note(Text::from(words)),
    });
}

/// Reads again what is known of a profile.
fn read(model: &mut Model, profile: &Profile) -> Effects {
    let mut effects = orgs::read_one(model, profile);
    let open = model.panes.open.clone();
    if let Some(org) = open.filter(|org| org.profile() == profile) {
        if let Some(account) = model.store.account_mut(profile) {
            account.orgs.retry(&org);
        }
        effects.extend(members::read(model));
        effects.extend(invites::read(model));
    }
    if model.panes.invite_scope == InviteScope::All {
        effects.extend(invites::read_all(model));
    }
    effects
}
