//! What is done to members.

use super::begin_in;
use crate::cli::args::{MemberRole, Writing};
use crate::cli::complaint::Halt;
use crate::cli::desk::Desk;
use crate::cli::resolve;
use crate::domain::{Member, Role, RoleKey, Verb, Wish};

/// `member add`.
pub(in crate::cli) async fn add(
    desk: &Desk,
    (address, user, role): (&str, &str, &str),
    writing: &Writing,
) -> Result<u8, Halt> {
    let job = begin_in(desk, address, Verb::MemberAdd, writing).await?;
    let user = resolve::user(&job.link, user).await?;
    let (org, role) = (job.org_id(), Role::named(role));
    job.send(vec![Wish::AddMember {
        org,
        user,
        role,
        metadata: None,
    }])
    .await
}

/// `member role`.
pub(in crate::cli) async fn roles(desk: &Desk, wish: &MemberRole) -> Result<u8, Halt> {
    let job = begin_in(desk, &wish.org, Verb::MemberRole, &wish.writing).await?;
    let members = resolve::members(&job.link, &job.org_id(), &wish.members).await?;
    let set = |member: Member| Wish::SetRoles {
        from: member.assignments().to_vec(),
        to: wanted(&member, wish),
        member: member.at,
    };
    let wishes = members.into_iter().map(set).collect();
    job.send(wishes).await
}

/// The roles that a member shall hold: the one, or those held with some more and some less.
fn wanted(member: &Member, wish: &MemberRole) -> Vec<Role> {
    if let Some(set) = &wish.set {
        return vec![Role::named(set.as_str())];
    }
    let is_taken = |key: &RoleKey| wish.take.iter().any(|take| take == key.raw());
    let held = member.assignments().iter().map(|held| held.role.clone());
    let mut roles: Vec<Role> = held.filter(|role| !is_taken(&role.key)).collect();
    for give in &wish.give {
        if !roles.iter().any(|role| role.key.raw() == give) {
            roles.push(Role::named(give.as_str()));
        }
    }
    roles
}

/// `member remove`.
pub(in crate::cli) async fn remove(
    desk: &Desk,
    (address, names): (&str, &[String]),
    writing: &Writing,
) -> Result<u8, Halt> {
    let job = begin_in(desk, address, Verb::MemberRemove, writing).await?;
    let mut members = resolve::members(&job.link, &job.org_id(), names).await?;
    // Who has left sees nobody any more, and could not tell what became of the others.
    members.sort_by_key(Member::is_own);
    let members = members.into_iter().map(Box::new);
    let wishes = members
        .map(|member| Wish::RemoveMember { member })
        .collect();
    job.send(wishes).await
}

/// `member leave`.
pub(in crate::cli) async fn leave(desk: &Desk, org: &str, writing: &Writing) -> Result<u8, Halt> {
    let job = begin_in(desk, org, Verb::MemberLeave, writing).await?;
    let org = job.org_id();
    job.send(vec![Wish::Leave { org }]).await
}
