//! Actions that begin with a profile and not with an organization: one is made, or an invite accepted.

use crate::app::effect::Effects;
use crate::app::form::{FIRST_MEMBER, FIRST_ROLE, Form, Goal};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::picker::{Choice, Pick, Picker, Subject};
use crate::app::store::Account;
use crate::domain::{FieldKind, FieldSpec, OrgId, Profile, Verb};

use super::acts::show;
use super::invites::profile_words;

const TOKEN: FieldSpec = FieldSpec::required("token", "Token", FieldKind::Secret)
    .hint("out of the mail; never shown, and forgotten when this closes");

/// Asks for the profile on which an organization is to be made, where there are several.
pub fn open_create(model: &mut Model) -> Effects {
    on_profile(
        model,
        ("Create an organization on", Verb::OrgCreate),
        (Pick::CreateIn, create_in),
    )
}

/// Asks for the profile that accepts an invite, where there are several.
pub fn open_accept(model: &mut Model) -> Effects {
    on_profile(
        model,
        ("Accept an invite on", Verb::InviteAccept),
        (Pick::AcceptIn, accept_in),
    )
}

/// What opens the form on a profile.
type Opening = fn(&mut Model, &Profile) -> Effects;

/// The only profile that can do it is taken; else they are listed, the impossible ones with their reason.
fn on_profile(
    model: &mut Model,
    (title, verb): (&'static str, Verb),
    (pick, open): (fn(Profile) -> Pick, Opening),
) -> Effects {
    let can = |account: &&Account| account.refusal(verb).is_none();
    let mut able = model.store.accounts.iter().filter(can);
    if let (Some(only), None) = (able.next(), able.next()) {
        let only = only.connection.profile.clone();
        return open(model, &only);
    }
    let choice = |(number, account): (usize, &Account)| {
        let profile = &account.connection.profile;
        Choice::new(pick(profile.clone()), profile_words(model, profile))
            .keys((number + 1).to_string())
            .blocked(account.refusal(verb))
    };
    let accounts = model.store.accounts.iter().enumerate();
    let choices: Vec<Choice> = accounts.map(choice).collect();
    let here = model.org_here().map(OrgId::profile);
    let place = model
        .store
        .accounts
        .iter()
        .position(|account| Some(&account.connection.profile) == here);
    let mut picker = Picker::new(title, Subject::Profiles, choices);
    picker.index = place.unwrap_or(0);
    model.overlays.push(Overlay::Menu(Box::new(picker)));
    Effects::new()
}

/// Opens the form for a new organization on this profile.
pub fn create_in(model: &mut Model, profile: &Profile) -> Effects {
    let Some(account) = model.store.account(profile) else {
        return Effects::new();
    };
    let mut specs = account.capabilities.create.clone();
    if account.creator().is_some() && account.refusal(Verb::MemberAdd).is_none() {
        let behind = specs.iter().position(|spec| spec.kind == FieldKind::User);
        let place = behind.map_or(specs.len(), |place| place + 1);
        specs.splice(place..place, [FIRST_MEMBER, FIRST_ROLE]);
    }
    let goal = Goal::CreateOrg {
        profile: profile.clone(),
    };
    show(model, Form::new("Create an organization", goal, &specs))
}

/// Opens the form for a token on this profile.
pub fn accept_in(model: &mut Model, profile: &Profile) -> Effects {
    let goal = Goal::AcceptInvite {
        profile: profile.clone(),
    };
    show(
        model,
        Form::new("Accept an invite by its token", goal, &[TOKEN]),
    )
}
