//! Changing roles: give, then take, by ids that were read afresh; what stops half-way is seen.

use orgdeck::domain::outcome::Made;
use orgdeck::domain::{
    AssignmentId, Fault, MemberRef, Mutation, OrgId, Outcome, Profile, Text, Wish,
};
use serde_json::{Value as Json, json};

use super::{
    Bench, DISPATCH, MEMBER, MODERATOR, ROLES, answer, ines, ines_at, me, refusal, roles, shown,
    with,
};

fn set(from: &[&str], to: &[&str]) -> Wish {
    Wish::SetRoles {
        member: ines_at(),
        from: shown(from),
        to: roles(to),
    }
}

/// A server on which Ines holds these roles.
async fn holding(held: Json) -> Bench {
    let bench = Bench::documented().await;
    bench
        .get(MEMBER, 200, with(ines(), "roles", held.clone()))
        .await;
    bench.get(ROLES, 200, held).await;
    bench
}

async fn steps(held: Json, from: &[&str], to: &[&str]) -> Vec<String> {
    let bench = holding(held).await;
    let changes = bench.plan(set(from, to)).await.unwrap();
    changes.iter().map(step).collect()
}

fn step(change: &Mutation) -> String {
    if let Mutation::GiveRole { role, .. } = change {
        return format!("give {}", role.key.raw());
    }
    let Mutation::TakeRole {
        role, assignment, ..
    } = change
    else {
        panic!("no change of roles: {change:?}");
    };
    format!("take {} {}", role.key.raw(), assignment.raw())
}

#[tokio::test]
async fn r76_new_roles_are_given_before_old_ones_are_taken() {
    let held = json!([{"name": "Moderator", "id": "m"}, {"name": "dispatch", "id": "d"}]);
    let planned = steps(held, &["Moderator", "dispatch"], &["Admin", "night"]).await;
    assert_eq!(
        planned,
        [
            "give Admin",
            "give night",
            "take dispatch d",
            "take Moderator m"
        ]
    );
}

#[tokio::test]
async fn the_fresh_list_decides_what_is_left_to_do() {
    let held = json!([
        {"name": "Api", "id": "fresh"}, {"name": "Admin", "id": "by others"}, {"name": "late", "id": "l"}
    ]);
    let planned = steps(held, &["Moderator", "Api"], &["Admin"]).await;
    assert_eq!(
        planned,
        ["take Api fresh"],
        "Admin is there, Moderator is not, and nobody asked for the end of the late one"
    );
}

#[tokio::test]
async fn a_name_twice_on_a_membership_is_taken_twice_and_given_once() {
    let held = json!([{"name": "night", "id": "1"}, {"name": "night", "id": "2"}]);
    let planned = steps(held, &["night", "night"], &["day", "day"]).await;
    assert_eq!(planned, ["give day", "take night 2", "take night 1"]);
}

#[tokio::test]
async fn the_same_roles_in_any_order_are_no_change_and_send_nothing() {
    let bench = Bench::documented().await;
    let wish = set(&["Moderator", "dispatch"], &["dispatch", "Moderator"]);
    assert_eq!(bench.plan(wish).await.unwrap(), []);
    assert_eq!(bench.plan(set(&[], &[])).await.unwrap(), []);
    assert_eq!(bench.heard().await, [""; 0]);
}

#[tokio::test]
async fn spelling_makes_another_role() {
    let held = json!([{"name": "admin", "id": "1"}]);
    let planned = steps(held, &["admin"], &["Admin"]).await;
    assert_eq!(planned, ["give Admin", "take admin 1"]);
}

#[tokio::test]
async fn a_role_without_a_name_is_refused() {
    for name in ["", "  "] {
        let bench = Bench::documented().await;
        let error = bench.plan(set(&[], &[name])).await.unwrap_err();
        assert!(
            matches!(error.fault, Fault::Invalid(fields) if fields[0].field == Text::from("role"))
        );
        assert_eq!(bench.heard().await, [""; 0]);
    }
}

#[tokio::test]
async fn a_role_without_an_id_cannot_be_taken() {
    let bench = holding(json!([{"name": "night"}])).await;
    let error = bench.plan(set(&["night"], &[])).await.unwrap_err();
    assert_eq!(error.fault, Fault::Garbled(Text::from("field roles.id")));
}

#[tokio::test]
async fn a_plan_needs_the_fresh_list() {
    let bench = Bench::documented().await;
    bench.get(ROLES, 400, refusal()).await;
    let error = bench.plan(set(&["Moderator"], &[])).await.unwrap_err();
    assert_eq!(error.fault, Fault::Refused);
    assert_eq!(bench.written().await, [""; 0]);
}

#[tokio::test]
async fn members_of_other_profiles_are_refused_even_without_a_change() {
    let bench = Bench::documented().await;
    let other = Profile::new("other");
    let org = OrgId::new(&other, "41");
    let member = MemberRef { org, ..ines_at() };
    let wish = Wish::SetRoles {
        member,
        from: Vec::new(),
        to: Vec::new(),
    };
    assert_eq!(bench.plan(wish).await.unwrap_err().fault, Fault::Foreign);
    assert_eq!(bench.heard().await, [""; 0]);
}

#[tokio::test]
async fn a_given_role_answers_its_assignment() {
    let bench = holding(json!([])).await;
    bench
        .writes_answer(answer(
            200,
            json!({"success": true, "name": "Admin", "id": "new"}),
        ))
        .await;
    let ends = bench.carry(set(&[], &["Admin"])).await;
    let Some(Outcome::Done(receipt)) = ends.first() else {
        panic!("not done: {ends:?}");
    };
    let made = Made::Assignment(AssignmentId::new(&me(), "new"));
    assert_eq!(receipt.made, Some(made));
}

#[tokio::test]
async fn r76_a_refused_give_takes_nothing() {
    let bench = Bench::documented().await;
    bench.writes_answer(answer(400, refusal())).await;
    let ends = bench.carry(set(&["Moderator"], &["Admin"])).await;
    assert!(matches!(&ends[..], [Outcome::Refused(_)]), "{ends:?}");
    assert_eq!(bench.written().await, [format!("PUT {MEMBER}/role/create")]);
}

/// A server on which Ines is a Moderator until the look before the second request.
async fn promoted() -> Bench {
    let both = json!([
        {"name": "Moderator", "id": MODERATOR}, {"name": "dispatch", "id": DISPATCH}, {"name": "Admin", "id": "new"}
    ]);
    let bench = Bench::documented().await;
    bench.get(MEMBER, 200, with(ines(), "roles", both)).await;
    bench.get_first(2, MEMBER, ines()).await;
    bench
        .writes_answer(answer(200, json!({"name": "Admin", "id": "new"})))
        .await;
    bench
        .takes_answer(answer(200, json!({"success": true})))
        .await;
    bench
}

fn promotion() -> Wish {
    set(&["Moderator", "dispatch"], &["Admin", "dispatch"])
}

#[tokio::test]
async fn one_role_in_the_place_of_another_is_two_requests_in_order() {
    let bench = promoted().await;
    let ends = bench.carry(promotion()).await;
    assert!(
        matches!(&ends[..], [Outcome::Done(_), Outcome::Done(_)]),
        "{ends:?}"
    );
    let given = format!("PUT {MEMBER}/role/create");
    let taken = format!("DELETE {MEMBER}/role/{MODERATOR}/delete");
    assert_eq!(bench.written().await, [given, taken]);
}

#[tokio::test]
async fn r76_a_change_that_stops_half_way_shows_which_half_is_done() {
    let bench = promoted().await;
    let taken = format!("{MEMBER}/role/{MODERATOR}/delete");
    bench.on("DELETE", &taken, answer(400, refusal())).await;
    let ends = bench.carry(promotion()).await;
    let [Outcome::Done(given), Outcome::Refused(error)] = &ends[..] else {
        panic!("not half done: {ends:?}");
    };
    let made = Made::Assignment(AssignmentId::new(&me(), "new"));
    assert_eq!(given.made, Some(made));
    assert_eq!(
        error.words,
        Some(Text::from("You are not allowed to do this"))
    );
}
