//! The picker of the role of a member, on services where a member holds exactly one: taking a line
//! opens a question, and nothing is sent before that is answered. Where a member holds any number of
//! roles a form opens instead.

use crate::app::effect::Effects;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::picker::{Choice, Note, Pick, Picker, Subject};
use crate::app::screen::acts;
use crate::app::screen::asks;
use crate::app::screen::roles as offers;
use crate::app::store::Loaded;
use crate::domain::capabilities::RoleCount;
use crate::domain::capabilities::Vocabulary;
use crate::domain::{Member, Role, RoleKey, Text, Wish};

/// Lists the roles that the member under the cursor could have.
pub fn open(model: &mut Model) -> Effects {
    let count = model
        .account_here()
        .map(|account| account.capabilities.role_count);
    if count == Some(RoleCount::Any) {
        return acts::open_roles(model);
    }
    let Some(member) = model.member_row().map(|row| row.item.clone()) else {
        return Effects::new();
    };
    let org = member.at.org.clone();
    let title = format!("Role of {}", member.display_name().raw());
    let picker = Picker::new(title, Subject::Roles(Box::new(member)), Vec::new());
    model.overlays.push(Overlay::Menu(Box::new(picker)));
    let effects = offers::read(model, &org).into_iter().collect();
    refill(model);
    effects
}

/// Reads the roles again after a failure.
pub fn retry(model: &mut Model) -> Effects {
    let Some(org) = member(model).map(|member| member.at.org.clone()) else {
        return Effects::new();
    };
    let effects = offers::read(model, &org).into_iter().collect();
    refill(model);
    effects
}

/// The member that the open picker is about.
fn member(model: &Model) -> Option<&Member> {
    match model.overlays.last() {
        Some(Overlay::Menu(picker)) => match &picker.of {
            Subject::Roles(member) => Some(member),
            Subject::Actions
            | Subject::Profiles
            | Subject::Help
            | Subject::Palette(_)
            | Subject::Person(_)
            | Subject::Journal(_) => None,
        },
        Some(
            Overlay::Help(_)
            | Overlay::Confirm(_)
            | Overlay::Form(_)
            | Overlay::Prompt(_)
            | Overlay::Details(_)
            | Overlay::Line(_),
        )
        | None => None,
    }
}

/// The roles are here, or could not be read: the open picker shows it.
pub fn refill(model: &mut Model) {
    let Some(member) = member(model) else {
        return;
    };
    let (choices, notes) = lines(model, member);
    if let Some(Overlay::Menu(picker)) = model.overlays.last_mut() {
        picker.refill(choices, notes);
    }
}

fn lines(model: &Model, member: &Member) -> (Vec<Choice>, Vec<Note>) {
    let org = &member.at.org;
    let account = model.store.account(org.profile());
    if let Some(Vocabulary::Free(roles)) = account.map(|a| &a.capabilities.vocabulary) {
        return (choices(member, roles), Vec::new());
    }
    match model.store.visit(org).map(|visit| &visit.roles) {
        Some(Loaded::Yes(roles)) if roles.is_empty() => {
            let words = "The service lists no role that could be given here.";
            (choices(member, roles), vec![Note::Words(Text::from(words))])
        }
        Some(Loaded::Yes(roles)) => (choices(member, roles), Vec::new()),
        Some(Loaded::Failed(error)) => {
            let again = Choice::new(Pick::Again, "read the roles again").keys("R");
            (vec![again], vec![Note::Failed(Box::new(error.clone()))])
        }
        Some(Loaded::No) | None => {
            let again = Choice::new(Pick::Again, "read the roles").keys("R");
            let words = "The roles were not read.";
            (vec![again], vec![Note::Words(Text::from(words))])
        }
        Some(Loaded::Asked) => {
            let words = Text::from("reading the roles of the organization ..");
            (Vec::new(), vec![Note::Busy(words)])
        }
    }
}

fn choices(member: &Member, roles: &[Role]) -> Vec<Choice> {
    let held: Vec<&Role> = member.assignments().iter().map(|held| &held.role).collect();
    let is_held = |key: &RoleKey| held.iter().any(|role| role.key == *key);
    let listed = roles.iter().map(|role| {
        let why = is_held(&role.key).then(|| Text::from("holds it already"));
        (role, why)
    });
    let is_listed = |role: &Role| roles.iter().any(|other| other.key == role.key);
    let others = held.iter().copied().filter(|role| !is_listed(role));
    let why = "holds it already, and it is not among the roles of the organization";
    let others = others.map(|role| (role, Some(Text::from(why))));
    let line = |(number, (role, why)): (usize, (&Role, Option<Text>))| {
        let choice = Choice::new(Pick::Role(role.clone()), &role.name).blocked(why);
        let choice = match number {
            0..9 => choice.keys((number + 1).to_string()),
            _ => choice,
        };
        if role.key.0 == role.name {
            choice
        } else {
            choice.about(role.key.raw())
        }
    };
    listed.chain(others).enumerate().map(line).collect()
}

/// Asks whether the member is to have this role.
pub fn wish(model: &mut Model, member: &Member, role: Role) -> Effects {
    let wish = Wish::SetRoles {
        member: member.at.clone(),
        from: member.assignments().to_vec(),
        to: vec![role],
    };
    let asked = asks::of(model, wish);
    asks::question(model, asked)
}
