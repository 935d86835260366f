//! What was wished, read off the steps of a plan that the journal holds: so that what is left of it can be
//! planned again, by fresh reads.

use super::invite::InviteStatus;
use super::member::Mine;
use super::mutation::Parting;
use super::plan::{Seen, chains};
use super::record::Planned;
use super::wish::Resend;
use super::{
    Fields, Invite, InviteRef, Member, MemberBy, MemberId, MemberRef, Mutation, OrgRef, Role, Told,
    UserId, Value, Verb, Wish,
};

/// The key under which a wish carries metadata that a request of its own merges.
const METADATA: &str = "public_metadata";

/// What was wished; nothing where the journal does not hold all of it, such as a token.
pub fn wished(verb: Verb, steps: &[Planned]) -> Option<Wish> {
    let runs = chains(steps.iter().map(|step| step.after));
    let rows = runs.into_iter().map(|run| row(verb, &steps[run]));
    joined(rows.collect::<Option<_>>()?)
}

/// Invites into one organization are one wish, and several of another kind a bulk.
fn joined(rows: Vec<Wish>) -> Option<Wish> {
    let mut into = None;
    let mut all = Vec::new();
    for row in &rows {
        let Wish::Invite { org, drafts } = row else {
            return Wish::each(rows);
        };
        if into.get_or_insert(org) != &org {
            return Wish::each(rows);
        }
        all.extend(drafts.iter().cloned());
    }
    Some(Wish::Invite {
        org: into?.clone(),
        drafts: all,
    })
}

/// The wish of steps that follow each other.
fn row(verb: Verb, steps: &[Planned]) -> Option<Wish> {
    let first = steps.first()?;
    let changes = steps.iter().map(|step| step.act.change.as_ref());
    let changes: Vec<&Mutation> = changes.collect::<Option<_>>()?;
    let wish = match changes[0].clone() {
        Mutation::CreateOrg { profile, fields } => Wish::CreateOrg {
            profile,
            fields,
            first_member: changes.iter().find_map(|change| member(change)),
        },
        Mutation::MergeMetadata { org, merge } if verb == Verb::MetadataSet => {
            Wish::SetMetadata { org, merge }
        }
        Mutation::EditOrg { org, .. } | Mutation::MergeMetadata { org, .. } => Wish::EditOrg {
            org,
            fields: fields(&changes),
        },
        Mutation::DeleteOrg { org } => Wish::DeleteOrg { org },
        Mutation::SetLogo { org, image } => Wish::SetLogo { org, image },
        Mutation::RemoveLogo { org } => Wish::RemoveLogo { org },
        Mutation::AddMember {
            org: OrgRef::Id(org),
            user,
            role,
            metadata,
        } => Wish::AddMember {
            org,
            user,
            role,
            metadata,
        },
        Mutation::SetRole { member, .. }
        | Mutation::GiveRole { member, .. }
        | Mutation::TakeRole { member, .. } => set_roles(member, steps)?,
        Mutation::RemoveMember { member, .. } if verb == Verb::MemberLeave => {
            Wish::Leave { org: member.org }
        }
        Mutation::RemoveMember { member, why } => Wish::RemoveMember {
            member: Box::new(seen_member((member, why), &first.seen)),
        },
        Mutation::RevokeInvite { invite } => revoked(verb, (invite, steps))?,
        Mutation::Invite { org, draft } if verb == Verb::InviteResend => {
            let email = draft.email;
            Wish::Resend(Resend::Address { org, email })
        }
        Mutation::Invite { org, draft } => Wish::Invite {
            org,
            drafts: vec![draft],
        },
        Mutation::InviteBulk { org, drafts } => Wish::Invite { org, drafts },
        Mutation::AddMember {
            org: OrgRef::Of(..),
            ..
        }
        | Mutation::AcceptInvite { .. } => return None,
    };
    Some(wish)
}

/// An invite that is revoked: for good, or to be sent again.
fn revoked(verb: Verb, (invite, steps): (InviteRef, &[Planned])) -> Option<Wish> {
    let invite = Box::new(seen_invite(invite, &steps.first()?.seen));
    if verb == Verb::InviteResend || steps.len() > 1 {
        Some(Wish::Resend(Resend::Listed(invite)))
    } else {
        Some(Wish::RevokeInvite { invite })
    }
}

/// Who becomes a member, and with which role.
fn member(change: &Mutation) -> Option<(UserId, Role)> {
    if let Mutation::AddMember { user, role, .. } = change {
        return Some((user.clone(), role.clone()));
    }
    None
}

/// The fields that some changes of one organization set, as one wish carries them.
pub fn fields(changes: &[&Mutation]) -> Fields {
    let mut all = Fields::default();
    for change in changes {
        if let Mutation::EditOrg { fields, .. } = change {
            fields
                .iter()
                .for_each(|(key, value)| all.set(key, value.clone()));
        }
        if let Mutation::MergeMetadata { merge, .. } = change {
            all.set(METADATA, Value::Json(merge.clone()));
        }
    }
    all
}

/// The roles that were shown, and those that the last of the steps leaves.
fn set_roles(member: MemberRef, steps: &[Planned]) -> Option<Wish> {
    let (first, last) = (steps.first()?, steps.last()?);
    let (Seen::Member(before), Seen::Member(after)) = (
        &first.seen,
        last.seen.clone().after(last.act.change.as_ref()?),
    ) else {
        return None;
    };
    let to = after.assignments().iter().map(|held| held.role.clone());
    Some(Wish::SetRoles {
        member,
        from: before.assignments().to_vec(),
        to: to.collect(),
    })
}

/// The member as shown; where nobody was there any more, what the request says.
fn seen_member((at, why): (MemberRef, Parting), seen: &Seen) -> Member {
    let mut member = if let Seen::Member(member) = seen {
        (**member).clone()
    } else {
        let id = match &at.by {
            MemberBy::Id(id) => id.clone(),
            MemberBy::User(user) => MemberId::new(at.org.profile(), user.text().clone()),
        };
        Member::reference(at, id)
    };
    if why == Parting::Leaves {
        member.is_me = Told::Is(Mine::Own);
    }
    member
}

/// The invite as shown; where there was none any more, what the request says.
fn seen_invite(at: InviteRef, seen: &Seen) -> Invite {
    if let Seen::Invite(invite) = seen {
        return (**invite).clone();
    }
    Invite {
        at,
        org_name: Told::Unknown,
        email: Told::Unknown,
        role: Told::Unknown,
        status: InviteStatus::Revoked,
        created: Told::Unknown,
        expires: Told::Unknown,
        inviter: Told::Unknown,
        message: Told::Unknown,
        has_link: Told::Unknown,
        metadata: Told::Unknown,
        redirect: Told::Unknown,
    }
}
