//! Which member is the caller: remembered, asked for once, and unknown where nobody says.

use orgdeck::domain::member::Mine;
use orgdeck::domain::query::Scope;
use orgdeck::domain::{Answer, Cursor, Member, MemberId, Query, Told};
use serde_json::json;

use super::{Bench, INES, LIST, RUI, answer, ines, ines_at, list, me, refusal, rui_at, with};

async fn rui(bench: &Bench) -> Member {
    let at = "/api/v1/organization/41/0b7c9c1e-6a54-4f0e-9d3f-2f6f5b1d0a11";
    bench
        .get(at, 200, with(ines(), "membershipId", json!(RUI)))
        .await;
    member(bench, Query::Member(rui_at())).await
}

async fn member(bench: &Bench, query: Query) -> Member {
    let Answer::Member(member) = bench.ask(query).await.unwrap() else {
        panic!("not a member");
    };
    *member
}

#[tokio::test]
async fn the_list_is_asked_for_once_for_all_members() {
    let bench = Bench::documented().await;
    assert!(rui(&bench).await.is_own());
    assert_eq!(
        member(&bench, Query::Member(ines_at())).await.is_me,
        Told::Is(Mine::Other)
    );
    assert!(rui(&bench).await.is_own());
    let lists = bench
        .heard()
        .await
        .into_iter()
        .filter(|line| line.ends_with(LIST));
    assert_eq!(lists.count(), 1);
}

#[tokio::test]
async fn case_says_nothing_in_a_guid() {
    let bench = Bench::documented().await;
    let loud = json!([{"organizationId": 41, "membershipId": RUI.to_uppercase()}]);
    bench.get(LIST, 200, loud).await;
    assert!(rui(&bench).await.is_own());
}

#[tokio::test]
async fn without_a_list_nobody_is_the_caller_and_members_are_told_all_the_same() {
    for broken in [
        answer(400, refusal()),
        answer(200, json!("no list")),
        answer(200, json!([list()[1]])),
    ] {
        let bench = Bench::documented().await;
        bench.on("GET", LIST, broken).await;
        for _ in 0..2 {
            let ines = member(&bench, Query::Member(ines_at())).await;
            assert_eq!(ines.is_me, Told::Unknown);
            assert_eq!(ines.id, MemberId::new(&me(), INES));
        }
        let lists = bench
            .heard()
            .await
            .into_iter()
            .filter(|line| line.ends_with(LIST));
        assert_eq!(lists.count(), 1);
    }
}

#[tokio::test]
async fn reading_the_organizations_again_brings_the_memory_up_to_date() {
    let bench = Bench::documented().await;
    bench.get(LIST, 200, json!([])).await;
    assert_eq!(rui(&bench).await.is_me, Told::Unknown);
    assert_eq!(bench.org().await.unwrap().own, Told::Unknown);
    bench.get(LIST, 200, list()).await;
    let all = Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    };
    bench.ask(all).await.unwrap();
    assert!(rui(&bench).await.is_own());
    let own = bench.org().await.unwrap().own;
    assert_eq!(own, Told::Is(MemberId::new(&me(), RUI)));
}
