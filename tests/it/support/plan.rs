//! Plans as the gate would make them for a small service: every wish in the requests that it comes to.

use orgdeck::domain::mutation::Parting;
use orgdeck::domain::plan::Seen;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Fidelity, Fields, Invite, InviteDraft, Method, Mutation, Objection, OrgRef, Plan, Profile,
    Request, Role, Step, Text, UserId, Wish,
};

use super::rig::org;

/// The plan that a wish comes to in these tests.
pub(crate) fn plan_for(wish: &Wish) -> Plan {
    let mut all = Vec::new();
    for part in wish.parts() {
        let first = all.len();
        let steps = steps(part).into_iter().enumerate();
        all.extend(steps.map(|(number, (change, seen))| Step {
            request: Request::new(method(&change), format!("/{}", change.verb().name())),
            change,
            seen,
            after: number.checked_sub(1).map(|before| first + before),
        }));
    }
    Plan {
        wish: wish.clone(),
        steps: all,
        objections: objections(wish),
        checks: Vec::new(),
        undo: Fidelity::Exact,
    }
}

fn method(change: &Mutation) -> Method {
    match change {
        Mutation::DeleteOrg { .. }
        | Mutation::RemoveMember { .. }
        | Mutation::RevokeInvite { .. } => Method::Delete,
        _ => Method::Post,
    }
}

fn objections(wish: &Wish) -> Vec<Objection> {
    let Wish::DeleteOrg { org } = wish else {
        return Vec::new();
    };
    vec![Objection::TypeName {
        names: vec![Text::from("Acme Shop"), org.text().clone()],
        why: "a deleted organization cannot be brought back",
    }]
}

#[expect(clippy::too_many_lines, reason = "an arm a wish")]
fn steps(wish: &Wish) -> Vec<(Mutation, Seen)> {
    let nothing = Seen::Nothing;
    match wish.clone() {
        Wish::CreateOrg {
            profile,
            fields,
            first_member,
        } => create(profile, fields, first_member),
        Wish::EditOrg { org, fields } => vec![(Mutation::EditOrg { org, fields }, nothing)],
        Wish::DeleteOrg { org: id } => {
            let seen = org(id.profile().as_str(), id.raw(), "Acme Shop");
            vec![(Mutation::DeleteOrg { org: id }, Seen::Org(Box::new(seen)))]
        }
        Wish::SetLogo { org, image } => vec![(Mutation::SetLogo { org, image }, nothing)],
        Wish::RemoveLogo { org } => vec![(Mutation::RemoveLogo { org }, nothing)],
        Wish::SetMetadata { org, merge } => vec![(Mutation::MergeMetadata { org, merge }, nothing)],
        Wish::AddMember {
            org, user, role, ..
        } => {
            let org = OrgRef::Id(org);
            vec![(
                Mutation::AddMember {
                    org,
                    user,
                    role,
                    metadata: None,
                },
                Seen::Gone,
            )]
        }
        Wish::SetRoles { member, to, .. } => {
            let role = to[0].clone();
            vec![(Mutation::SetRole { member, role }, nothing)]
        }
        Wish::RemoveMember { member } => {
            let why = if member.is_own() {
                Parting::Leaves
            } else {
                Parting::Removed
            };
            let change = Mutation::RemoveMember {
                member: member.at.clone(),
                why,
            };
            vec![(change, Seen::Member(member))]
        }
        Wish::Leave { org } => {
            let me = UserId::new(org.profile(), "user_me");
            let member = orgdeck::domain::MemberRef::user(&org, &me);
            let why = Parting::Leaves;
            vec![(Mutation::RemoveMember { member, why }, nothing)]
        }
        Wish::Invite { org, drafts } => drafts
            .into_iter()
            .map(|draft| invite(&org, draft))
            .collect(),
        Wish::RevokeInvite { invite } => vec![revoke(*invite)],
        Wish::Resend(Resend::Listed(old)) => again(*old),
        Wish::Resend(Resend::Address { org, email }) => {
            vec![invite(&org, InviteDraft::to(email))]
        }
        Wish::AcceptInvite { profile, token } => {
            vec![(Mutation::AcceptInvite { profile, token }, nothing)]
        }
        Wish::Each(_) => panic!("a bulk is planned row by row"),
    }
}

fn create(
    profile: Profile,
    fields: Fields,
    first_member: Option<(UserId, Role)>,
) -> Vec<(Mutation, Seen)> {
    let org = OrgRef::Of(profile.clone(), 0);
    let first = first_member.map(|(user, role)| Mutation::AddMember {
        org,
        user,
        role,
        metadata: None,
    });
    let create = Mutation::CreateOrg { profile, fields };
    let both = [Some(create), first].into_iter().flatten();
    both.map(|change| (change, Seen::Gone)).collect()
}

fn again(old: Invite) -> Vec<(Mutation, Seen)> {
    let draft = InviteDraft {
        role: old.role.known().cloned(),
        ..InviteDraft::to(old.email.known().unwrap().clone())
    };
    let org = old.at.org.clone();
    vec![revoke(old), invite(&org, draft)]
}

fn invite(org: &orgdeck::domain::OrgId, draft: InviteDraft) -> (Mutation, Seen) {
    let org = org.clone();
    (Mutation::Invite { org, draft }, Seen::Invites(Vec::new()))
}

fn revoke(invite: Invite) -> (Mutation, Seen) {
    let change = Mutation::RevokeInvite {
        invite: invite.at.clone(),
    };
    (change, Seen::Invite(Box::new(invite)))
}
