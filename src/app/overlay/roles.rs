//! The picker of the role of a member, on services where a member holds exactly one: taking a line
//! opens a question, and nothing is sent before that is answered. Where a member holds any number of
//! roles a form opens instead.

use crate::app::effect::Effects;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::picker::{Choice, Note, Pick, Picker, Subject};
use crate::app::screen::acts;
use crate::app::screen::asks;
use crate::app::screen::marks;
use crate::app::screen::roles as offers;
use crate::app::store::Loaded;
use crate::domain::capabilities::RoleCount;
use crate::domain::capabilities::Vocabulary;
use crate::domain::{Member, OrgId, Role, RoleKey, Seen, Text, Wish};

/// Lists the roles that the marked members could have, else the one under the cursor.
pub fn open(model: &mut Model) -> Effects {
    let members = marks::members_meant(model);
    let count = model
        .account_here()
        .map(|account| account.capabilities.role_count);
    if count == Some(RoleCount::Any) && members.len() < 2 {
        return acts::open_roles(model);
    }
    let Some(org) = members.first().map(|member| member.at.org.clone()) else {
        return Effects::new();
    };
    let title = match members.as_slice() {
        [member] => format!("Role of {}", member.display_name().raw()),
        many => format!("Role of {} members", many.len()),
    };
    let picker = Picker::new(title, Subject::Roles(members), Vec::new());
    model.overlays.push(Overlay::Menu(Box::new(picker)));
    let effects = offers::read(model, &org).into_iter().collect();
    refill(model);
    effects
}

/// Reads the roles again after a failure.
pub fn retry(model: &mut Model) -> Effects {
    let Some(org) = members(model).first().map(|member| member.at.org.clone()) else {
        return Effects::new();
    };
    let effects = offers::read(model, &org).into_iter().collect();
    refill(model);
    effects
}

/// The members that the open picker is about.
fn members(model: &Model) -> &[Member] {
    match model.overlays.last() {
        Some(Overlay::Menu(picker)) => match &picker.of {
            Subject::Roles(members) => members,
            Subject::Actions
            | Subject::Profiles
            | Subject::Help
            | Subject::Palette(_)
            | Subject::Person(_)
            | Subject::Journal(_)
            | Subject::Drafts => &[],
        },
        Some(
            Overlay::Help(_)
            | Overlay::Confirm(_)
            | Overlay::Form(_)
            | Overlay::Prompt(_)
            | Overlay::Details(_)
            | Overlay::Line(_)
            | Overlay::Tasks(_),
        )
        | None => &[],
    }
}

/// The roles are here, or could not be read: the open picker shows it.
pub fn refill(model: &mut Model) {
    let members = members(model);
    let Some(first) = members.first() else {
        return;
    };
    let (choices, notes) = lines(model, (members, &first.at.org));
    if let Some(Overlay::Menu(picker)) = model.overlays.last_mut() {
        picker.refill(choices, notes);
    }
}

fn lines(model: &Model, (members, org): (&[Member], &OrgId)) -> (Vec<Choice>, Vec<Note>) {
    let account = model.store.account(org.profile());
    if let Some(Vocabulary::Free(roles)) = account.map(|a| &a.capabilities.vocabulary) {
        return (several(members, roles), Vec::new());
    }
    match model.store.visit(org).map(|visit| &visit.roles) {
        Some(Loaded::Yes(roles)) if roles.is_empty() => {
            let words = "The service lists no role that could be given here.";
            (
                choices(members, roles),
                vec![Note::Words(Text::from(words))],
            )
        }
        Some(Loaded::Yes(roles)) => (choices(members, roles), Vec::new()),
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

fn choices(members: &[Member], roles: &[Role]) -> Vec<Choice> {
    let all_hold = |key: &RoleKey| members.iter().all(|member| holds(member, key));
    let holds_it = match members {
        [_] => "holds it already",
        _ => "all of them hold it already",
    };
    let listed = roles.iter().map(|role| {
        let why = all_hold(&role.key).then(|| Text::from(holds_it));
        (role, why)
    });
    let is_listed = |role: &Role| roles.iter().any(|other| other.key == role.key);
    let why = match members {
        [_] => "holds it already, and it is not among the roles of the organization",
        _ => "held already, and it is not among the roles of the organization",
    };
    let others = held(members).into_iter().filter(|role| !is_listed(role));
    let others = others.map(|role| (role, Some(Text::from(why))));
    let line = |(number, (role, why)): (usize, (&Role, Option<Text>))| {
        let choice = Choice::new(Pick::Role(role.clone()), &role.name).blocked(why);
        about(numbered(choice, number), role)
    };
    listed.chain(others).enumerate().map(line).collect()
}

/// Where a member holds any number of roles, several members are given one more or lose one: what else
/// each of them holds stays.
fn several(members: &[Member], roles: &[Role]) -> Vec<Choice> {
    let lacks = |role: &Role| members.iter().any(|member| !holds(member, &role.key));
    let give = roles.iter().map(|role| {
        let why = (!lacks(role)).then(|| Text::from("all of them hold it already"));
        let title = format!("give {}", role.name.raw());
        Choice::new(Pick::Give(role.clone()), title).blocked(why)
    });
    let take = held(members).into_iter().map(|role| {
        let title = format!("take {}", role.name.raw());
        Choice::new(Pick::Take(role.clone()), title)
    });
    let lines = give.chain(take).enumerate();
    lines.map(|(number, line)| numbered(line, number)).collect()
}

/// The roles that any of them holds, each once.
fn held(members: &[Member]) -> Vec<&Role> {
    let mut roles: Vec<&Role> = Vec::new();
    for held in members.iter().flat_map(Member::assignments) {
        if !roles.iter().any(|role| role.key == held.role.key) {
            roles.push(&held.role);
        }
    }
    roles
}

fn holds(member: &Member, key: &RoleKey) -> bool {
    let mut held = member.assignments().iter();
    held.any(|held| held.role.key == *key)
}

fn numbered(choice: Choice, number: usize) -> Choice {
    match number {
        0..9 => choice.keys((number + 1).to_string()),
        _ => choice,
    }
}

fn about(choice: Choice, role: &Role) -> Choice {
    if role.key.0 == role.name {
        choice
    } else {
        choice.about(role.key.raw())
    }
}

/// Asks whether the members are to have this role, one more, or one less.
pub fn wish(model: &mut Model, members: &[Member], pick: &Pick) -> Effects {
    let wishes = members.iter().filter_map(|member| {
        Some(Wish::SetRoles {
            member: member.at.clone(),
            from: member.assignments().to_vec(),
            to: wanted(member, pick)?,
        })
    });
    let wishes = wishes.collect();
    let shown = members.iter().cloned().map(Box::new).map(Seen::Member);
    asks::wish_each_of(model, wishes, shown.collect())
}

/// The roles of a member after that; `None` where it changes nothing.
fn wanted(member: &Member, pick: &Pick) -> Option<Vec<Role>> {
    let held = member.assignments().iter().map(|held| held.role.clone());
    let mut roles: Vec<Role> = held.collect();
    if let Pick::Role(role) = pick {
        return Some(vec![role.clone()]);
    }
    if let Pick::Give(role) = pick
        && !holds(member, &role.key)
    {
        roles.push(role.clone());
        return Some(roles);
    }
    if let Pick::Take(role) = pick
        && holds(member, &role.key)
    {
        roles.retain(|held| held.key != role.key);
        return Some(roles);
    }
    None
}
