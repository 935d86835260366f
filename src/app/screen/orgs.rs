//! The organizations of all connections in one list; a profile is a filter on it.

use std::time::Duration;

use crate::app::columns::Column;
use crate::app::cursor::Hold;
use crate::app::effect::{Effect, Effects};
use crate::app::layer::Overlay;
use crate::app::model::{InviteScope, Model};
use crate::app::msg::RequestId;
use crate::app::pending::{By, Purpose};
use crate::app::picker::{Choice, Pick, Picker, Subject};
use crate::app::place::Pane;
use crate::app::store::Loaded;
use crate::domain::capabilities::Reach;
use crate::domain::query::Scope;
use crate::domain::{OrgId, Profile, Query};

use super::{invites, lists, members};

/// The columns that the list can be sorted by.
pub const SORTED_BY: &[Column] = &[Column::Name, Column::Members, Column::Date, Column::Profile];

/// How long the cursor rests before the other panes follow it.
const REST: Duration = Duration::from_millis(200);

/// Asks every connection who we are, what it can do, and for its organizations.
pub fn begin(model: &mut Model) -> Effects {
    let mut effects = Effects::new();
    for profile in profiles(model) {
        effects.extend(ask_who(By::Person, model, &profile));
        if let Some(account) = model.store.account_mut(&profile) {
            account.orgs.start();
        }
    }
    effects
}

/// The profiles, in the order of the configuration.
pub fn profiles(model: &Model) -> Vec<Profile> {
    let accounts = model.store.accounts.iter();
    accounts
        .map(|account| account.connection.profile.clone())
        .collect()
}

/// A question to a profile, noted with its purpose.
pub fn ask(model: &mut Model, to: &Profile, what: (Purpose, Query)) -> Effect {
    ask_by(By::Person, model, (to, what))
}

/// The same for a question of somebody in particular.
pub fn ask_by(by: By, model: &mut Model, (to, what): (&Profile, (Purpose, Query))) -> Effect {
    let (purpose, query) = what;
    let id: RequestId = model.pending.ask_by(by, purpose);
    Effect::Query {
        id,
        to: to.clone(),
        query,
    }
}

/// Reads the lists of the shown profiles again.
pub fn read(model: &mut Model) -> Effects {
    let shown: Vec<Profile> = profiles(model)
        .into_iter()
        .filter(|p| model.shows(p))
        .collect();
    let mut effects = Effects::new();
    for profile in shown {
        effects.extend(read_one(model, &profile));
    }
    effects
}

/// Reads the list of one profile again, and who we are there if that is not known.
pub fn read_one(model: &mut Model, profile: &Profile) -> Effects {
    let mut effects = model.pending.cancel(|purpose| purpose.is_of_orgs(profile));
    let Some(account) = model.store.account_mut(profile) else {
        return effects;
    };
    account.orgs.start();
    effects.extend(ask_who(By::Person, model, profile));
    effects
}

/// Asks who we are and what can be done, if that is not known.
pub fn ask_who(by: By, model: &mut Model, profile: &Profile) -> Effects {
    let Some(account) = model.store.account_mut(profile) else {
        return Effects::new();
    };
    if account.principal.known().is_some() {
        return Effects::new();
    }
    account.principal = Loaded::Asked;
    let questions = [
        (Purpose::WhoAmI(profile.clone()), Query::WhoAmI),
        (Purpose::Probe(profile.clone()), Query::Probe),
    ];
    let question = |what| ask_by(by, model, (profile, what));
    questions.map(question).into()
}

/// Opens the organization under the cursor, at once, and goes to its members.
pub fn open(model: &mut Model) -> Effects {
    let effects = follow(model);
    model.panes.focus = Pane::Members;
    // Whoever opens a row has chosen it: the cursor stays on it when a filter goes.
    model.panes.orgs.hold = Hold::Record;
    effects
}

/// The cursor has moved: the other panes follow when it rests.
pub fn schedule_follow(model: &mut Model) {
    if model.panes.orgs.cursor != model.panes.open {
        model.panes.follow_at = Some(model.now.moment.after(REST));
    }
}

/// As long as nobody has moved the cursor, the first organization is shown: at once when it is of the
/// first profile, else when the profiles before it had a moment to answer.
pub fn open_first(model: &mut Model) -> Effects {
    let panes = &model.panes;
    let Some(first) = panes.orgs.cursor.as_ref() else {
        return Effects::new();
    };
    if model.sought.is_some() {
        return Effects::new();
    }
    if panes.orgs.hold != Hold::First && panes.open.is_some() || panes.open.as_ref() == Some(first)
    {
        return Effects::new();
    }
    let shown = model
        .store
        .accounts
        .iter()
        .map(|account| &account.connection.profile);
    let is_first = shown.into_iter().find(|profile| model.shows(profile)) == Some(first.profile());
    if is_first {
        return follow(model);
    }
    if panes.follow_at.is_none() {
        model.panes.follow_at = Some(model.now.moment.after(REST));
    }
    Effects::new()
}

/// Lets the other panes show the organization under the cursor.
pub fn follow(model: &mut Model) -> Effects {
    model.panes.follow_at = None;
    let Some(org) = model.panes.orgs.cursor.clone() else {
        return Effects::new();
    };
    if model.panes.open.as_ref() == Some(&org) {
        return Effects::new();
    }
    show(model, &org)
}

fn show(model: &mut Model, org: &OrgId) -> Effects {
    model.store.open(org);
    let mut effects = model
        .pending
        .cancel(|purpose| purpose.visited().is_some_and(|other| other != org));
    stop_others(model, org);
    model.panes.open = Some(org.clone());
    model.panes.org_top = 0;
    members::reset(model);
    invites::reset(model);
    effects.extend(members::begin(model));
    effects.extend(invites::begin(model));
    effects
}

/// What was left half read is read anew at the next visit.
fn stop_others(model: &mut Model, org: &OrgId) {
    if let Some(before) = model.panes.open.clone().filter(|before| before != org)
        && let Some(visit) = model.store.visit_mut(&before)
    {
        visit.stop();
    }
}

/// Lists the profiles to choose one.
pub fn open_profiles(model: &mut Model) -> Effects {
    let mut choices = vec![Choice::new(Pick::AllProfiles, "all profiles").keys("0")];
    for (number, account) in model.store.accounts.iter().enumerate() {
        let connection = &account.connection;
        let title = format!("{}:{}", connection.service, connection.profile.as_str());
        let pick = Pick::Profile(connection.profile.clone());
        choices.push(Choice::new(pick, title).keys((number + 1).to_string()));
    }
    let picker = Picker::new("Profiles", Subject::Profiles, choices);
    model.overlays.push(Overlay::Menu(Box::new(picker)));
    Effects::new()
}

/// Shows only this profile, or all of them.
pub fn show_only(model: &mut Model, profile: Option<Profile>) -> Effects {
    model.only = profile.into_iter().collect();
    model.panes.orgs.refocus(|_| {});
    model.panes.invites.refocus(|_| {});
    if model.panes.invite_scope == InviteScope::All {
        invites::begin_all(model, <[_]>::is_empty);
    }
    Effects::new()
}

/// Goes to an organization: what hides it is cleared, and the other panes show it at once.
pub fn go_to(model: &mut Model, org: &OrgId) -> Effects {
    if !model.shows(org.profile()) {
        show_only(model, None);
        model.say("all profiles are shown again: it belongs to another one");
    }
    let row = model.store.org(org);
    if row.is_some_and(|row| !model.panes.orgs.lens.shows(&row.item)) {
        model.panes.orgs.refocus(|lens| lens.text.clear());
        model.say(lists::UNFILTERED);
    }
    model.panes.orgs.seek(org);
    model.panes.focus = Pane::Orgs;
    follow(model)
}

/// Changes between our own organizations and everybody's, where a service lists both.
pub fn toggle_scope(model: &mut Model) -> Effects {
    let open = |account: &crate::app::store::Account| account.capabilities.reach == Reach::Everyone;
    let wide: Vec<Profile> = model
        .store
        .accounts
        .iter()
        .filter(|account| open(account) && model.shows(&account.connection.profile))
        .map(|account| account.connection.profile.clone())
        .collect();
    if wide.is_empty() {
        model.say("no shown profile lists more organizations than its own");
        return Effects::new();
    }
    let mut effects = Effects::new();
    for profile in wide {
        if let Some(account) = model.store.account_mut(&profile) {
            account.scope = match account.scope {
                Scope::Own => Scope::All,
                Scope::All => Scope::Own,
            };
        }
        effects.extend(read_one(model, &profile));
    }
    effects
}
