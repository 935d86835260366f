//! What a question is about as somebody saw it: the rows that were on the screen when it was asked, and the records
//! as they were read for it. Where the two differ the question says so; what it shows are the records.

use crate::app::called;
use crate::app::confirm::Fact;
use crate::app::model::Model;
use crate::domain::wish::Resend;
use crate::domain::{MemberRef, OrgId, Plan, Seen, Wish};

use super::{about_member, invites, named, on_profile, turned};

/// The records of a wish as the screen shows them.
pub(in crate::app) fn shown(model: &Model, wish: &Wish) -> Vec<Seen> {
    match wish {
        Wish::RemoveMember { member } => vec![Seen::Member(member.clone())],
        Wish::RevokeInvite { invite } | Wish::Resend(Resend::Listed(invite)) => {
            vec![Seen::Invite(invite.clone())]
        }
        Wish::SetRoles { member, .. } => listed(model, member).into_iter().collect(),
        Wish::Leave { org } => own(model, org).into_iter().collect(),
        Wish::EditOrg { org, .. }
        | Wish::DeleteOrg { org }
        | Wish::SetLogo { org, .. }
        | Wish::RemoveLogo { org }
        | Wish::SetMetadata { org, .. } => {
            let row = model.store.org(org);
            row.map(|row| Seen::Org(Box::new(row.item.clone())))
                .into_iter()
                .collect()
        }
        Wish::Each(bulk) => bulk
            .parts()
            .iter()
            .flat_map(|part| shown(model, part))
            .collect(),
        Wish::CreateOrg { .. }
        | Wish::AddMember { .. }
        | Wish::Invite { .. }
        | Wish::Resend(Resend::Address { .. })
        | Wish::AcceptInvite { .. } => Vec::new(),
    }
}

fn listed(model: &Model, at: &MemberRef) -> Option<Seen> {
    let mut rows = model.store.visit(&at.org)?.members.rows.iter();
    let row = rows.find(|row| row.item.is_at(at))?;
    Some(Seen::Member(Box::new(row.item.clone())))
}

fn own(model: &Model, org: &OrgId) -> Option<Seen> {
    let mut rows = model.store.visit(org)?.members.rows.iter();
    let row = rows.find(|row| row.item.is_own())?;
    Some(Seen::Member(Box::new(row.item.clone())))
}

/// The facts of a question as they were read for its plan; nothing where no record was, or where there are many.
pub(super) fn found(model: &Model, plan: &Plan) -> Option<Vec<Fact>> {
    let steps = &plan.steps;
    match &plan.wish {
        Wish::RemoveMember { .. } | Wish::Leave { .. } => {
            Some(about_member(model, called::seen_member(steps)?))
        }
        Wish::SetRoles { .. } => {
            let about = about_member(model, called::seen_member(steps)?);
            let then = called::member_then(steps)?;
            let held = then.assignments().iter().map(|held| &held.role);
            Some(turned(about, held))
        }
        Wish::RevokeInvite { .. } | Wish::Resend(Resend::Listed(_)) => {
            Some(invites::about(model, called::seen_invite(steps)?))
        }
        Wish::EditOrg { .. }
        | Wish::DeleteOrg { .. }
        | Wish::SetLogo { .. }
        | Wish::RemoveLogo { .. }
        | Wish::SetMetadata { .. } => {
            let org = called::seen_org(steps)?;
            let name = named(org.display_name(), org.id.text());
            Some(vec![
                ("Organization", name),
                on_profile(model, org.id.profile()),
            ])
        }
        Wish::CreateOrg { .. }
        | Wish::AddMember { .. }
        | Wish::Invite { .. }
        | Wish::Resend(Resend::Address { .. })
        | Wish::AcceptInvite { .. }
        | Wish::Each(_) => None,
    }
}
