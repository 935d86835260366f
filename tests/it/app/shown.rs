//! What a question and the rows of a task name: the record that was read for the plan, whether or not a list of it
//! was ever on the screen.

use orgdeck::app::confirm::Fact;
use orgdeck::app::layer::Overlay;
use orgdeck::app::msg::Msg;
use orgdeck::app::{called, tasks};
use orgdeck::domain::back::Recovered;
use orgdeck::domain::history::Fate;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::record::Ended;
use orgdeck::domain::{
    Assignment, AssignmentId, Member, Method, Mutation, Plan, Request, Role, Seen, Step, Wish,
};

use super::write::plan_for;
use crate::support::past::{self, end};
use crate::support::rig::{Rig, member, org_id};

/// Somebody of an organization that no list was read of, with these roles.
fn cleo(roles: &[&str]) -> Member {
    let org = org_id("shop", "far");
    let mut member = member(&org, "cleo", "dispatch");
    let held = |role: &&str| Assignment {
        role: Role::named(*role),
        id: Some(AssignmentId::new(org.profile(), format!("ra_{role}"))),
    };
    let held: Vec<Assignment> = roles.iter().map(held).collect();
    member.roles = orgdeck::domain::Told::Is(held.into());
    member
}

/// From these roles to those, one request a role.
fn turned(from: &[&str], to: &[&str]) -> Plan {
    let before = cleo(from);
    let gives = to.iter().map(|role| Mutation::GiveRole {
        member: before.at.clone(),
        role: Role::named(*role),
    });
    let takes = before.assignments().iter().map(|held| Mutation::TakeRole {
        member: before.at.clone(),
        role: held.role.clone(),
        assignment: held.id.clone().unwrap(),
    });
    let mut seen = Seen::Member(Box::new(before.clone()));
    let mut steps: Vec<Step> = Vec::new();
    for change in gives.chain(takes) {
        let then = seen.clone().after(&change);
        steps.push(Step {
            request: Request::new(Method::Post, "/role/ra_1".to_owned()),
            after: steps.len().checked_sub(1),
            seen: std::mem::replace(&mut seen, then),
            change,
        });
    }
    let wish = Wish::SetRoles {
        member: before.at.clone(),
        from: before.assignments().to_vec(),
        to: to.iter().map(|role| Role::named(*role)).collect(),
    };
    Plan {
        steps,
        wish,
        ..plan_for(&Wish::RemoveMember {
            member: Box::new(before),
        })
    }
}

/// A console that finds this plan half done: its first request was done, the others were not sent.
fn half_done(plan: Plan) -> Rig {
    let mut fates = vec![Fate::Done(end(Ended::Done, None))];
    fates.resize(plan.steps.len(), Fate::NotStarted);
    let left = Recovered {
        left: vec![past::interrupted(41, plan, fates)],
        ..Recovered::default()
    };
    let mut rig = Rig::two_orgs();
    rig.send(Msg::Recovered(Ok(Box::new(left))));
    rig
}

fn facts(rig: &Rig) -> Vec<Fact> {
    match rig.model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => confirm.about.clone(),
        other => panic!("a question, not {other:?}"),
    }
}

fn fact(rig: &Rig, label: &str) -> String {
    let facts = facts(rig);
    let fact = facts.iter().find(|(name, _)| *name == label);
    fact.unwrap_or_else(|| panic!("{label}: {facts:?}"))
        .1
        .raw()
        .to_owned()
}

/// Takes the rest up, and reads the member with these roles for it.
fn taken_up(rig: &mut Rig, (from, to): (&[&str], &[&str])) {
    rig.press("gf");
    rig.prepared(turned(from, to));
}

#[test]
fn r14_the_rest_of_a_change_of_roles_names_the_member_and_the_roles_that_will_be_held() {
    let mut rig = half_done(turned(&["day"], &["night", "dawn"]));
    rig.press("gf");
    let mut rest = turned(&["day"], &["night", "dawn"]);
    let done = rest.steps.remove(0);
    rest.steps[0].after = None;
    assert_eq!(done.change.verb(), rest.steps[0].change.verb());
    rig.prepared(rest);
    assert_eq!(fact(&rig, "Member"), "cleo (mem_cleo)");
    assert_eq!(fact(&rig, "E-mail"), "cleo@acme.example");
    assert_eq!(fact(&rig, "Role now"), "day, night");
    assert_eq!(fact(&rig, "Role then"), "night, dawn");
}

#[test]
fn s13_no_role_that_is_left_is_said_to_be_none() {
    let mut rig = half_done(turned(&["day", "night"], &[]));
    taken_up(&mut rig, (&["night"], &[]));
    assert_eq!(fact(&rig, "Role now"), "night");
    assert_eq!(fact(&rig, "Role then"), "none");
}

#[test]
fn a4_each_request_of_a_change_of_roles_says_who_gets_and_who_loses_which() {
    let rig = half_done(turned(&["day"], &["night"]));
    let task = tasks::find(&rig.model, TaskId(1)).unwrap();
    let parts = task.parts();
    let called = parts.iter().map(|part| called::part(task, part));
    let called: Vec<String> = called.map(|text| text.raw().to_owned()).collect();
    assert_eq!(
        called,
        [
            "give cleo (mem_cleo) the role night",
            "take the role day from cleo (mem_cleo)",
        ]
    );
}

#[test]
fn r14_a_row_of_a_bulk_shows_the_roles_that_were_read_and_not_those_that_were_shown() {
    let plan = turned(&["day"], &["night"]);
    let Wish::SetRoles { member, to, .. } = plan.wish.clone() else {
        unreachable!("it is a change of roles");
    };
    let stale = Wish::SetRoles {
        member,
        from: cleo(&["guest"]).assignments().to_vec(),
        to,
    };
    assert_eq!(
        called::row(&stale, &plan.steps).raw(),
        "cleo (mem_cleo), cleo@acme.example, day -> night"
    );
}
