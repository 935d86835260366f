//! Wishes that are one request each, and the one that needs a look: leaving.

use orgdeck::domain::member::Mine;
use orgdeck::domain::mutation::Parting;
use orgdeck::domain::outcome::Made;
use orgdeck::domain::{
    Fault, FieldError, Fields, Member, MemberId, Mutation, OrgId, Outcome, Role, Text, Told, Value,
    Wish,
};
use serde_json::json;

use super::{
    Bench, INES, INES_USER, LIST, MEMBER, RUI, answer, harbour, ines, ines_at, list, me, rui_at,
    success, user, with,
};

fn create(fields: Fields) -> Wish {
    Wish::CreateOrg {
        profile: me(),
        fields,
        first_member: None,
    }
}

fn named() -> Fields {
    Fields::default().with("name", Value::Text(Text::from("Quay")))
}

#[tokio::test]
async fn creating_answers_the_new_organization_and_who_we_are_in_it() {
    let bench = Bench::documented().await;
    let members = "/api/v1/organization/90";
    let reference = json!({"organizationId": 90, "membershipId": "m-90", "userId": INES_USER});
    let details = json!({"id": 90, "memberships": [reference]});
    bench.get(members, 200, details).await;
    bench.plan(Wish::Leave { org: harbour() }).await.unwrap();
    bench.writes_answer(answer(200, reference)).await;
    let ends = bench.carry(create(named())).await;
    let Some(Outcome::Done(receipt)) = ends.first() else {
        panic!("not done: {ends:?}");
    };
    let made = OrgId::new(&me(), "90");
    assert_eq!(receipt.made, Some(Made::Org(made.clone())));
    let asked = orgdeck::domain::Query::Org(orgdeck::domain::query::OrgAt::Id(made));
    let orgdeck::domain::Answer::Org(org) = bench.ask(asked).await.unwrap() else {
        panic!("no organization");
    };
    assert_eq!(org.own, Told::Is(MemberId::new(&me(), "m-90")));
}

#[tokio::test]
async fn a_creation_whose_answer_names_no_organization_proves_nothing() {
    for body in [json!({"organizationId": {}}), json!([]), json!("made")] {
        let bench = Bench::documented().await;
        bench.writes_answer(answer(200, body)).await;
        let ends = bench.carry(create(named())).await;
        // The list shows no new one.
        let [Outcome::Refused(error)] = &ends[..] else {
            panic!("{ends:?}");
        };
        assert!(
            matches!(error.fault, Fault::NotApplied(Some(_))),
            "{ends:?}"
        );
    }
    let bench = Bench::documented().await;
    let odd = json!({"organizationId": 90, "membershipId": []});
    bench.writes_answer(answer(200, odd)).await;
    let ends = bench.carry(create(named())).await;
    assert!(
        matches!(&ends[..], [Outcome::Done(receipt)] if receipt.made.is_none()),
        "{ends:?}"
    );
}

#[tokio::test]
async fn a_first_member_other_than_the_caller_is_not_offered() {
    let bench = Bench::documented().await;
    let wish = Wish::CreateOrg {
        profile: me(),
        fields: named(),
        first_member: Some((user(INES_USER), Role::named("Admin"))),
    };
    let fault = bench.plan(wish).await.unwrap_err().fault;
    assert!(matches!(fault, Fault::NotOffered(_)), "{fault:?}");
}

#[tokio::test]
async fn fields_that_vulos_does_not_have_are_refused_by_name() {
    for (key, value) in [
        ("slug", Value::Text(Text::from("quay"))),
        ("verified", Value::Flag(true)),
        ("name", Value::Number(7)),
    ] {
        let bench = Bench::documented().await;
        let fields = Fields::default().with(key, value);
        let org = harbour();
        for wish in [create(fields.clone()), Wish::EditOrg { org, fields }] {
            let fault = bench.plan(wish).await.unwrap_err().fault;
            let Fault::Invalid(errors) = fault else {
                panic!("not invalid: {fault:?}");
            };
            let fields: Vec<_> = errors
                .iter()
                .map(|FieldError { field, .. }| field.raw())
                .collect();
            assert_eq!(fields, [key]);
        }
        assert_eq!(bench.heard().await, [""; 0]);
    }
}

#[tokio::test]
async fn an_edit_without_a_change_is_no_request() {
    let bench = Bench::documented().await;
    let wish = Wish::EditOrg {
        org: harbour(),
        fields: Fields::default(),
    };
    assert_eq!(bench.plan(wish).await.unwrap(), []);
}

#[tokio::test]
async fn an_edit_answers_the_service_s_sentence() {
    let bench = Bench::documented().await;
    bench
        .writes_answer(success("Organization details were updated"))
        .await;
    let wish = Wish::EditOrg {
        org: harbour(),
        fields: named(),
    };
    let ends = bench.carry(wish).await;
    assert!(
        matches!(&ends[..], [Outcome::Done(receipt)] if receipt.words == Some(Text::from("Organization details were updated"))),
        "{ends:?}"
    );
}

#[tokio::test]
async fn leaving_ends_the_own_membership_that_the_list_names() {
    let bench = Bench::documented().await;
    let changes = bench.plan(Wish::Leave { org: harbour() }).await.unwrap();
    let wanted = Mutation::RemoveMember {
        member: rui_at(),
        why: Parting::Leaves,
    };
    assert_eq!(changes, [wanted]);
    assert_eq!(bench.heard().await, [format!("GET {LIST}")]);
}

#[tokio::test]
async fn leaving_reads_the_list_afresh_and_needs_an_entry_in_it() {
    let bench = Bench::documented().await;
    bench.plan(Wish::Leave { org: harbour() }).await.unwrap();
    for entries in [
        json!([list()[1]]),
        json!([{"organizationId": 41}]),
        json!([]),
    ] {
        bench.get(LIST, 200, entries).await;
        let error = bench
            .plan(Wish::Leave { org: harbour() })
            .await
            .unwrap_err();
        assert_eq!(error.fault, Fault::Missing);
    }
}

#[tokio::test]
async fn removing_oneself_is_leaving() {
    let bench = Bench::documented().await;
    let member = |is_me| {
        Box::new(Member {
            is_me,
            ..Member::reference(ines_at(), MemberId::new(&me(), INES))
        })
    };
    for (is_me, wanted) in [
        (Told::Is(Mine::Own), Parting::Leaves),
        (Told::Is(Mine::Other), Parting::Removed),
        (Told::Unknown, Parting::Removed),
    ] {
        let member = member(is_me);
        let changes = bench.plan(Wish::RemoveMember { member }).await.unwrap();
        let [Mutation::RemoveMember { why, member }] = &changes[..] else {
            panic!("not a removal: {changes:?}");
        };
        assert_eq!((*why, member), (wanted, &ines_at()));
    }
}

#[tokio::test]
async fn leaving_goes_out_as_the_end_of_the_own_membership() {
    let bench = Bench::documented().await;
    let at = format!("/api/v1/organization/41/{RUI}");
    bench
        .get(&at, 200, with(ines(), "membershipId", json!(RUI)))
        .await;
    bench.writes_answer(success("gone")).await;
    let ends = bench.carry(Wish::Leave { org: harbour() }).await;
    assert!(matches!(&ends[..], [Outcome::Done(_)]), "{ends:?}");
    assert_eq!(bench.written().await, [format!("DELETE {at}/delete")]);
}

#[tokio::test]
async fn a_member_who_is_gone_already_is_not_removed_again() {
    let bench = Bench::documented().await;
    bench.get(MEMBER, 400, super::refusal()).await;
    let alone = json!([super::organization()["memberships"][0]]);
    let details = super::organization_with("memberships", alone);
    bench.get(super::ORG, 200, details).await;
    let member = Box::new(Member::reference(ines_at(), MemberId::new(&me(), INES)));
    let ends = bench.carry(Wish::RemoveMember { member }).await;
    assert!(matches!(&ends[..], [Outcome::Done(_)]), "{ends:?}");
    assert_eq!(bench.written().await, [""; 0]);
}
