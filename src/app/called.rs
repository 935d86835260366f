//! What the rows of a task are called: by name and id, as they were when the plan was made. Nothing that is
//! read later changes them.

use super::{differs, fault};
use crate::domain::plan::chains;
use crate::domain::wish::Resend;
use crate::domain::{
    Assignment, Invite, Member, MemberBy, MemberRef, Mutation, Org, Plan, Role, Seen, Step, Text,
    Told, Wish,
};
use crate::job::{Part, Task};

/// Characters of each piece.
const SHOWN: usize = 80;

/// What a row of a plan is called: the record with its id, and what becomes of it.
pub fn row(wish: &Wish, steps: &[Step]) -> Text {
    Text::from(match wish {
        Wish::RemoveMember { member } => of_member(seen_member(steps).unwrap_or(member)),
        Wish::SetRoles { member, from, to } => turned(member, (from, to), steps),
        Wish::RevokeInvite { invite } | Wish::Resend(Resend::Listed(invite)) => {
            of_invite(seen_invite(steps).unwrap_or(invite))
        }
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
        Wish::Leave { .. } => {
            seen_member(steps).map_or_else(|| fault::doing(wish.verb()).to_owned(), of_member)
        }
        Wish::EditOrg { .. }
        | Wish::DeleteOrg { .. }
        | Wish::SetLogo { .. }
        | Wish::RemoveLogo { .. }
        | Wish::SetMetadata { .. } => {
            of_org(steps).unwrap_or_else(|| fault::doing(wish.verb()).to_owned())
        }
        Wish::CreateOrg { .. } | Wish::AcceptInvite { .. } | Wish::Each(_) => {
            fault::doing(wish.verb()).to_owned()
        }
    })
}

/// The rows of a plan that are about records which are there: what is done, to which, from what to what.
pub fn rows(plan: &Plan) -> Vec<Text> {
    let rows: Vec<(&Wish, &[Step])> = if let Wish::Each(bulk) = &plan.wish {
        let chains = chains(plan.steps.iter().map(|step| step.after)).into_iter();
        let steps = chains.map(|chain| &plan.steps[chain]);
        bulk.parts().iter().zip(steps).collect()
    } else {
        vec![(&plan.wish, plan.steps.as_slice())]
    };
    let sent = |(wish, steps): &(&Wish, &[Step])| is_about_one(wish) && !steps.is_empty();
    let called = |(wish, steps): (&Wish, &[Step])| {
        let called = row(wish, steps);
        Text::from(format!("{}: {}", fault::doing(wish.verb()), called.raw()))
    };
    rows.into_iter().filter(sent).map(called).collect()
}

/// Whether a wish is about a record which is there already.
fn is_about_one(wish: &Wish) -> bool {
    match wish {
        Wish::RemoveMember { .. }
        | Wish::SetRoles { .. }
        | Wish::RevokeInvite { .. }
        | Wish::Resend(_)
        | Wish::Leave { .. }
        | Wish::EditOrg { .. }
        | Wish::DeleteOrg { .. }
        | Wish::SetLogo { .. }
        | Wish::RemoveLogo { .. }
        | Wish::SetMetadata { .. } => true,
        Wish::Invite { .. }
        | Wish::AddMember { .. }
        | Wish::CreateOrg { .. }
        | Wish::AcceptInvite { .. }
        | Wish::Each(_) => false,
    }
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
    let doing = || fault::doing(task.plan.wish.verb()).to_owned();
    Text::from(steps.first().map_or_else(doing, step))
}

/// What one of several requests for one record does.
fn step(step: &Step) -> String {
    let who = |member: &MemberRef| match &step.seen {
        Seen::Member(seen) => name_and_id(seen),
        Seen::Nothing
        | Seen::Gone
        | Seen::Org(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => id(member),
    };
    if let Mutation::GiveRole { member, role } = &step.change {
        return format!("give {} the role {}", who(member), role.name.excerpt(SHOWN));
    }
    if let Mutation::TakeRole { member, role, .. } = &step.change {
        return format!(
            "take the role {} from {}",
            role.name.excerpt(SHOWN),
            who(member)
        );
    }
    fault::doing(step.change.verb()).to_owned()
}

/// The record that was seen, by name and id.
pub fn record(seen: &Seen) -> Option<String> {
    match seen {
        Seen::Org(org) => Some(org_and_id(org)),
        Seen::Member(member) => Some(name_and_id(member)),
        Seen::Invite(invite) => Some(address(invite)),
        Seen::Nothing | Seen::Gone | Seen::Invites(_) | Seen::Orgs(_) => None,
    }
}

/// The member that a row is about, as found when the plan was made.
pub fn seen_member(steps: &[Step]) -> Option<&Member> {
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

/// The same member once all of the row was done.
pub fn member_then(steps: &[Step]) -> Option<Member> {
    let last = steps.last()?;
    match last.seen.clone().after(&last.change) {
        Seen::Member(member) => Some(*member),
        Seen::Nothing
        | Seen::Gone
        | Seen::Org(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    }
}

/// The invite that a row is about, as found when the plan was made.
pub fn seen_invite(steps: &[Step]) -> Option<&Invite> {
    steps.iter().find_map(|step| match &step.seen {
        Seen::Invite(invite) => Some(&**invite),
        Seen::Nothing
        | Seen::Gone
        | Seen::Org(_)
        | Seen::Member(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    })
}

/// The organization that a row is about, as found when the plan was made.
pub fn seen_org(steps: &[Step]) -> Option<&Org> {
    steps.iter().find_map(|step| match &step.seen {
        Seen::Org(org) => Some(&**org),
        Seen::Nothing
        | Seen::Gone
        | Seen::Member(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    })
}

/// A member whose roles change: from those that were found to those that all the requests leave.
fn turned(at: &MemberRef, (from, to): (&[Assignment], &[Role]), steps: &[Step]) -> String {
    let (who, now) = match seen_member(steps) {
        Some(member) => (with_email(member), held(member)),
        None => (id(at), listed(from.iter().map(|held| &held.role))),
    };
    let then = member_then(steps).map_or_else(|| listed(to.iter()), |then| held(&then));
    format!("{who}, {now} -> {then}")
}

/// An organization with what becomes of it.
fn of_org(steps: &[Step]) -> Option<String> {
    let org = seen_org(steps)?;
    let mut words = vec![org_and_id(org)];
    for step in steps {
        words.extend(change_of(org, step));
    }
    Some(words.join(", "))
}

fn change_of(org: &Org, step: &Step) -> Vec<String> {
    let change = &step.change;
    if let Mutation::EditOrg { fields, .. } = change {
        return differs::turned(org, fields);
    }
    let logo = if let Mutation::SetLogo { image, .. } = change {
        Some(image.name().excerpt(SHOWN).to_string())
    } else {
        matches!(change, Mutation::RemoveLogo { .. }).then(|| "none".to_owned())
    };
    let logo = logo.map(|then| format!("logo {} -> {then}", differs::logo(org)));
    let document = differs::merged(&step.seen, &step.seen.clone().after(change));
    let is_merge = matches!(change, Mutation::MergeMetadata { .. });
    logo.into_iter()
        .chain(document.filter(|_| is_merge))
        .collect()
}

fn org_and_id(org: &Org) -> String {
    let (name, id) = (
        org.display_name().excerpt(SHOWN),
        org.id.text().excerpt(SHOWN),
    );
    format!("{name} ({id})")
}

fn of_member(member: &Member) -> String {
    format!("{}, {}", with_email(member), held(member))
}

fn with_email(member: &Member) -> String {
    let email = member.email.known();
    let email = email.filter(|email| *email != member.display_name());
    let email = email.map_or_else(String::new, |email| format!(", {}", email.excerpt(SHOWN)));
    format!("{}{email}", name_and_id(member))
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
    match invite.role.known() {
        Some(role) => format!("{}, {}", address(invite), role.name.excerpt(SHOWN)),
        None => address(invite),
    }
}

fn address(invite: &Invite) -> String {
    let email = match &invite.email {
        Told::Is(email) => email.excerpt(SHOWN).to_string(),
        Told::Empty => "-".to_owned(),
        Told::Unknown => "?".to_owned(),
    };
    format!("{email} ({})", invite.at.id.text().excerpt(SHOWN))
}

fn held(member: &Member) -> String {
    match member.roles.known() {
        Some(roles) => listed(roles.iter().map(|held| &held.role)),
        None => "?".to_owned(),
    }
}

fn listed<'a>(roles: impl Iterator<Item = &'a Role>) -> String {
    let names: Vec<String> = roles
        .map(|role| role.name.excerpt(SHOWN).to_string())
        .collect();
    if names.is_empty() {
        return "none".to_owned();
    }
    names.join(" + ")
}
