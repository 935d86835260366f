//! Plans and the consent to them.

use orgdeck::domain::mutation::Parting;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{
    ApiError, Fault, Fidelity, MemberRef, Method, Mutation, Objection, OrgRef, Plan, Request, Role,
    Seen, Step, Text, Told, Verb, Wish,
};

use super::sample::{member, member_ref, org_id, profile, user_id};

const TASK: TaskId = TaskId(7);

fn step(change: Mutation, seen: Seen) -> Step {
    Step {
        change,
        request: Request::new(Method::Delete, "/x"),
        seen,
        after: None,
    }
}

fn removal(key: &str) -> Step {
    let change = Mutation::RemoveMember {
        member: member_ref(key),
        why: Parting::Removed,
    };
    step(
        change,
        Seen::Member(Box::new(member(key, &[("Admin", "a1")]))),
    )
}

fn plan(steps: Vec<Step>, objections: Vec<Objection>) -> Plan {
    Plan {
        wish: Wish::Leave { org: org_id("1") },
        steps,
        objections,
        checks: Vec::new(),
        undo: Fidelity::Exact,
    }
}

fn names(names: &[&str]) -> Objection {
    Objection::TypeName {
        names: names.iter().map(|name| Text::from(*name)).collect(),
        why: "it cannot be undone",
    }
}

fn refused() -> Objection {
    Objection::Refused(ApiError::new(Verb::MemberLeave, Fault::Refused))
}

#[test]
fn a_plan_without_objections_is_agreed_to_with_or_without_a_name() {
    let plan = plan(vec![removal("m1")], Vec::new());
    assert_eq!(plan.agree(TASK, None).unwrap().task(), TASK);
    assert!(plan.agree(TASK, Some("anything")).is_some());
    assert_eq!(plan.refusal(), None);
}

#[test]
fn a_name_has_to_be_typed_as_it_is() {
    let plan = plan(vec![removal("m1")], vec![names(&["Åsa Café", "asa-cafe"])]);
    for typed in ["Åsa Café", "asa-cafe"] {
        assert!(plan.agree(TASK, Some(typed)).is_some(), "{typed}");
    }
    let wrong = [
        "",
        "åsa café",
        "Åsa Café ",
        "Asa Cafe",
        "A\u{30a}sa Café",
        "asa-caf",
        "ASA-CAFE",
    ];
    for typed in wrong {
        assert_eq!(plan.agree(TASK, Some(typed)), None, "{typed}");
    }
    assert_eq!(plan.agree(TASK, None), None);
    assert_eq!(plan.refusal(), None);
}

#[test]
fn an_empty_list_of_names_can_never_be_typed() {
    let plan = plan(vec![removal("m1")], vec![names(&[])]);
    assert_eq!(plan.agree(TASK, Some("")), None);
}

#[test]
fn a_plan_that_sends_nothing_is_nothing_to_agree_to() {
    assert_eq!(plan(Vec::new(), Vec::new()).agree(TASK, None), None);
    assert_eq!(plan(Vec::new(), Vec::new()).agree(TASK, Some("x")), None);
}

#[test]
fn a_membership_is_held_by_its_id_and_by_its_user() {
    let mut seen = member("m1", &[("Admin", "a1")]);
    seen.user = Told::Is(user_id("u"));
    let by_user = Mutation::RemoveMember {
        member: MemberRef::user(&org_id("1"), &user_id("u")),
        why: Parting::Removed,
    };
    let seen = Seen::Member(Box::new(seen));
    let by_user = step(by_user, seen.clone());
    let mut by_id = removal("m1");
    by_id.seen = seen;
    let clash = |one: &Step, other: &Step| {
        let held = one.targets();
        other.targets().iter().any(|target| held.contains(target))
    };
    assert!(clash(&by_id, &by_user) && clash(&by_user, &by_id));
    assert!(!clash(&by_user, &removal("m2")));
}

#[test]
fn every_objection_has_to_be_answered() {
    let two = plan(vec![removal("m1")], vec![names(&["a", "b"]), names(&["b"])]);
    assert_eq!(two.agree(TASK, Some("a")), None);
    assert!(two.agree(TASK, Some("b")).is_some());
    let stands = plan(vec![removal("m1")], vec![names(&["a"]), refused()]);
    assert_eq!(stands.agree(TASK, Some("a")), None);
    assert_eq!(stands.refusal().unwrap().fault, Fault::Refused);
}

#[test]
fn a_consent_covers_each_step_in_its_place_as_it_was_shown() {
    let steps = vec![removal("m1"), removal("m2")];
    let consent = plan(steps.clone(), Vec::new()).agree(TASK, None).unwrap();
    assert!(consent.covers(0, &steps[0]));
    assert!(consent.covers(1, &steps[1]));
    assert!(!consent.covers(0, &steps[1]));
    assert!(!consent.covers(2, &steps[0]));
    let mut changed = steps[0].clone();
    changed.seen = Seen::Member(Box::new(member("m1", &[("SuperAdmin", "a2")])));
    assert!(!consent.covers(0, &changed));
    let mut leaving = steps[0].clone();
    leaving.change = Mutation::RemoveMember {
        member: member_ref("m1"),
        why: Parting::Leaves,
    };
    assert!(!consent.covers(0, &leaving));
}

#[test]
fn a_consent_covers_a_step_whose_organization_came_about_meanwhile() {
    let add = |org| {
        let (user, role) = (user_id("u"), Role::named("admin"));
        step(
            Mutation::AddMember {
                org,
                user,
                role,
                metadata: None,
            },
            Seen::Nothing,
        )
    };
    let waiting = add(OrgRef::Of(profile(), 0));
    let consent = plan(vec![removal("m1"), waiting], Vec::new());
    let consent = consent.agree(TASK, None).unwrap();
    assert!(consent.covers(1, &add(OrgRef::Id(org_id("9")))));
}
