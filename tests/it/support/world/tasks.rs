//! Plans, and tasks in every state.

use orgdeck::app::Model;
use orgdeck::domain::mutation::Parting;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{
    Fidelity, Fields, Invite, InviteDraft, Member, MemberRef, Method, Mutation, Objection, OrgId,
    Outcome, Plan, Request, Seen, Step, Text, UserId, Value, Wish,
};
use orgdeck::job::Task;

use super::{now, shop};
use crate::support::past::ENTRY;

/// The plan that takes an invite back.
pub(crate) fn revoking(invite: &Invite) -> Plan {
    let path = format!(
        "/v1/organizations/{}/invitations/{}/revoke",
        invite.at.org.raw(),
        invite.at.id.raw()
    );
    let body = serde_json::json!({"requesting_user_id": "user_2ana"});
    plan(
        Wish::RevokeInvite {
            invite: Box::new(invite.clone()),
        },
        vec![Step {
            change: Mutation::RevokeInvite {
                invite: invite.at.clone(),
            },
            request: Request::new(Method::Post, path).json(body),
            seen: Seen::Invite(Box::new(invite.clone())),
            after: None,
        }],
    )
}

/// The plan that invites these addresses to Acme Shop, one request each.
pub(crate) fn inviting(addresses: &[&str]) -> Plan {
    let drafts: Vec<InviteDraft> = addresses.iter().map(|a| InviteDraft::to(*a)).collect();
    let step = |draft: &InviteDraft| Step {
        change: Mutation::Invite {
            org: shop(),
            draft: draft.clone(),
        },
        request: Request::new(Method::Post, "/v1/organizations/org_2shop/invitations")
            .json(serde_json::json!({"email_address": draft.email.raw(), "role": "org:member"})),
        seen: Seen::Invites(Vec::new()),
        after: None,
    };
    let steps = drafts.iter().map(step).collect();
    let wish = Wish::Invite {
        org: shop(),
        drafts,
    };
    plan(wish, steps)
}

/// The plan that removes a member.
pub(crate) fn removing(member: &Member) -> Plan {
    let change = Mutation::RemoveMember {
        member: member.at.clone(),
        why: Parting::Removed,
    };
    let wish = Wish::RemoveMember {
        member: Box::new(member.clone()),
    };
    plan(wish, vec![only(change)])
}

/// The plan by which we leave an organization.
pub(crate) fn leaving(org: &OrgId) -> Plan {
    let me = UserId::new(org.profile(), "me");
    let change = Mutation::RemoveMember {
        member: MemberRef::user(org, &me),
        why: Parting::Leaves,
    };
    plan(Wish::Leave { org: org.clone() }, vec![only(change)])
}

/// The plan that makes an organization of this name on Clerk.
pub(crate) fn creating(name: &str) -> Plan {
    let profile = shop().profile().clone();
    let fields = Fields::default().with("name", Value::Text(Text::from(name)));
    let change = Mutation::CreateOrg {
        profile: profile.clone(),
        fields: fields.clone(),
    };
    let wish = Wish::CreateOrg {
        profile,
        fields,
        first_member: None,
    };
    plan(wish, vec![only(change)])
}

fn only(change: Mutation) -> Step {
    Step {
        change,
        request: Request::new(Method::Post, "/v1"),
        seen: Seen::Nothing,
        after: None,
    }
}

fn plan(wish: Wish, steps: Vec<Step>) -> Plan {
    Plan {
        wish,
        steps,
        objections: Vec::new(),
        checks: Vec::new(),
        undo: Fidelity::Partly("a new invite with a new mail and a new link"),
    }
}

/// The same plan with something that speaks against it.
pub(crate) fn refused(mut plan: Plan, error: orgdeck::domain::ApiError) -> Plan {
    plan.objections.push(Objection::Refused(error));
    plan
}

/// Puts a task over a plan into a model, its steps sent; the first ones have these outcomes.
pub(crate) fn carry(model: &mut Model, plan: Plan, outcomes: Vec<Outcome>) {
    let id = TaskId(u64::try_from(model.tasks.len()).unwrap() + 1);
    let consent = plan.agree(id, None).unwrap();
    let mut task = Task::new(id, plan, consent);
    task.recorded(Ok(ENTRY));
    task.next(now().moment);
    for (number, outcome) in outcomes.into_iter().enumerate() {
        task.settle(now().moment, number, outcome);
    }
    model.tasks.insert(id, task);
}

/// The plan that removes these members at once.
pub(crate) fn removing_each(members: &[Member]) -> Plan {
    let plans = members.iter().map(removing);
    let (wishes, steps): (Vec<Wish>, Vec<Vec<Step>>) =
        plans.map(|plan| (plan.wish, plan.steps)).unzip();
    let steps = steps.into_iter().flatten().zip(members);
    let seen = |(step, member): (Step, &Member)| Step {
        seen: Seen::Member(Box::new(member.clone())),
        request: Request::new(Method::Delete, format!("/v1/members/{}", member.id.raw())),
        ..step
    };
    plan(Wish::each(wishes).unwrap(), steps.map(seen).collect())
}

/// The seven organizations with two tasks over the members of the open one: an older one that is over, one
/// row of it refused, and one of which so many rows have ended, the third of them refused.
pub(crate) fn with_bulk(ended: usize) -> Model {
    let mut model = super::seven_orgs();
    let visit = model.store.visit(&shop()).unwrap();
    let members: Vec<Member> = visit
        .members
        .rows
        .iter()
        .map(|row| row.item.clone())
        .collect();
    carry(
        &mut model,
        removing_each(&members[4..6]),
        vec![done(), refusal()],
    );
    let ends = [done(), done(), refusal(), Outcome::Unknown];
    carry(
        &mut model,
        removing_each(&members[..4]),
        ends[..ended].to_vec(),
    );
    model.last_task = TaskId(2);
    model
}

pub(crate) fn done() -> Outcome {
    Outcome::Done(orgdeck::domain::Receipt::default())
}

pub(crate) fn refusal() -> Outcome {
    let error = orgdeck::domain::ApiError::new(
        orgdeck::domain::Verb::MemberRemove,
        orgdeck::domain::Fault::Refused,
    );
    Outcome::Refused(error.words("the member is protected"))
}
