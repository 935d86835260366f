//! What the rows of a task are called: by name and id, as they were when the plan was made. Nothing that is
//! read later changes them.

use super::fault;
use crate::domain::wish::Resend;
use crate::domain::{
    Assignment, Invite, Member, MemberBy, MemberRef, Role, Seen, Step, Text, Told, Wish,
};
use crate::job::{Part, Task};

/// Characters of each piece.
const SHOWN: usize = 80;

/// What a row of a plan is called.
pub fn row(wish: &Wish, steps: &[Step]) -> Text {
    Text::from(match wish {
        Wish::RemoveMember { member } => of_member(seen_member(steps).unwrap_or(member)),
        Wish::SetRoles { member, from, to } => {
            let name = seen_member(steps).map_or_else(|| id(member), name_and_id);
            format!("{name}, {} -> {}", held(from), listed(to.iter()))
        }
        Wish::RevokeInvite { invite } | Wish::Resend(Resend::Listed(invite)) => of_invite(invite),
        Wish::Resend(Resend::Address { email, .. }) => email.excerpt(SHOWN).to_string(),
        Wish::Invite { drafts, .. } => {
            let to = drafts.iter().map(|draft| draft.email.excerpt(SHOWN));
            let to: Vec<String> = to.map(|email| email.to_string()).collect();
            format!("{} {}", fault::doing(wish.verb()), to.join(", "))
        }
        Wish::AddMember { user, role, .. } => {
            let (user, role) = (user.text().excerpt(SHOWN), role.name.excerpt(SHOWN));
            format!("{} {user}, {role}", fault::doing(wish.verb()))
        }
        Wish::CreateOrg { .. }
        | Wish::EditOrg { .. }
        | Wish::DeleteOrg { .. }
        | Wish::SetLogo { .. }
        | Wish::RemoveLogo { .. }
        | Wish::SetMetadata { .. }
        | Wish::Leave { .. }
        | Wish::AcceptInvite { .. }
        | Wish::Each(_) => fault::doing(wish.verb()).to_owned(),
    })
}

/// What a row of a task is called.
pub fn part(task: &Task, part: &Part<'_>) -> Text {
    if let Some(email) = part.email {
        return Text::from(email.excerpt(SHOWN).to_string());
    }
    let steps = &task.plan.steps[part.steps.clone()];
    if let (Wish::Each(_), _) | (_, [_]) = (&task.plan.wish, task.plan.steps.as_slice()) {
        return row(part.wish, steps);
    }
    let doing = steps.first().map(|step| step.change.verb());
    Text::from(fault::doing(doing.unwrap_or(task.plan.wish.verb())))
}

fn seen_member(steps: &[Step]) -> Option<&Member> {
    steps.iter().find_map(|step| match &step.seen {
        Seen::Member(member) => Some(&**member),
        Seen::Nothing
        | Seen::Gone
        | Seen::Org(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    })
}

fn of_member(member: &Member) -> String {
    let email = member.email.known();
    let email = email.filter(|email| *email != member.display_name());
    let email = email.map_or_else(String::new, |email| format!(", {}", email.excerpt(SHOWN)));
    let (name, roles) = (name_and_id(member), held(member.assignments()));
    format!("{name}{email}, {roles}")
}

fn name_and_id(member: &Member) -> String {
    let name = member.display_name().excerpt(SHOWN);
    let you = if member.is_own() { ", you" } else { "" };
    format!("{name} ({}{you})", member.id.text().excerpt(SHOWN))
}

fn id(member: &MemberRef) -> String {
    let id = match &member.by {
        MemberBy::Id(id) => id.text(),
        MemberBy::User(user) => user.text(),
    };
    id.excerpt(SHOWN).to_string()
}

fn of_invite(invite: &Invite) -> String {
    let email = match &invite.email {
        Told::Is(email) => email.excerpt(SHOWN).to_string(),
        Told::Empty => "-".to_owned(),
        Told::Unknown => "?".to_owned(),
    };
    let id = invite.at.id.text().excerpt(SHOWN);
    match invite.role.known() {
        Some(role) => format!("{email} ({id}), {}", role.name.excerpt(SHOWN)),
        None => format!("{email} ({id})"),
    }
}

fn held(roles: &[Assignment]) -> String {
    listed(roles.iter().map(|held| &held.role))
}

fn listed<'a>(roles: impl Iterator<Item = &'a Role>) -> String {
    let names: Vec<String> = roles
        .map(|role| role.name.excerpt(SHOWN).to_string())
        .collect();
    if names.is_empty() {
        return "-".to_owned();
    }
    names.join(" + ")
}
