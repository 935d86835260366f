//! What is not offered, not ours, or nothing at all sends nothing.

use orgdeck::domain::capabilities::RoleCount;
use orgdeck::domain::{ApiError, Assignment, Fault, Offer, Query, Role, Verb, Wish};

use super::cast::Cast;
use super::{Stand, services};

/// What a link and what its adapter say to a question.
async fn asked(stand: &Stand, query: Query) -> [Option<ApiError>; 2] {
    let provider = stand.link.provider();
    [
        stand.link.query(query.clone()).await.err(),
        provider.query(query).await.err(),
    ]
}

/// What the gate and what the adapter say to a wish.
async fn wished(stand: &Stand, wish: Wish) -> [Option<ApiError>; 2] {
    let provider = stand.link.provider();
    [
        stand.gate.prepare(&stand.link, wish.clone()).await.err(),
        provider.plan(wish).await.err(),
    ]
}

async fn tried(stand: &Stand, cast: &Cast, verb: Verb) -> [Option<ApiError>; 2] {
    match cast.query(verb) {
        Some(query) => asked(stand, query).await,
        None => wished(stand, cast.wish(verb, stand).await.unwrap()).await,
    }
}

#[tokio::test]
async fn what_is_not_offered_says_why_and_sends_nothing() {
    for service in services() {
        let stand = Stand::of(service);
        let cast = Cast::of(&stand);
        for verb in Verb::ALL.iter().copied() {
            let Offer::No(why) = stand.link.capabilities().offer(verb) else {
                continue;
            };
            assert!(!why.is_empty() && !why.ends_with('.'), "{why}");
            for error in tried(&stand, &cast, verb).await {
                let error = error.unwrap_or_else(|| panic!("{} {verb:?}", service.0.name));
                assert_eq!((error.verb, error.fault), (verb, Fault::NotOffered(why)));
            }
        }
        assert_eq!(stand.sent().len(), 0, "{}", service.0.name);
    }
}

#[tokio::test]
async fn ids_of_another_profile_are_refused_by_link_gate_and_adapter() {
    for service in services() {
        let stand = Stand::of(service);
        let cast = Cast::of(&stand).foreign();
        let verbs = Verb::ALL.iter().copied();
        for verb in verbs.filter(|verb| !matches!(verb, Verb::WhoAmI | Verb::OrgList)) {
            if stand.link.check(verb).is_err() {
                continue;
            }
            for error in tried(&stand, &cast, verb).await {
                let error = error.unwrap_or_else(|| panic!("{} {verb:?}", service.0.name));
                assert_eq!(error.fault, Fault::Foreign, "{} {verb:?}", service.0.name);
            }
        }
        assert_eq!(stand.sent().len(), 0, "{}", service.0.name);
    }
}

#[tokio::test]
async fn roles_that_stay_send_nothing_and_two_where_one_is_held_are_refused() {
    for service in services() {
        let stand = Stand::of(service);
        let cast = Cast::of(&stand);
        let role = Role::named(cast.role);
        let set = |from: &[Role], to: &[Role]| Wish::SetRoles {
            member: cast.member_at(),
            from: from
                .iter()
                .map(|role| Assignment {
                    role: role.clone(),
                    id: None,
                })
                .collect(),
            to: to.to_vec(),
        };
        let same = std::slice::from_ref(&role);
        let plan = stand.link.provider().plan(set(same, same)).await;
        assert_eq!(plan, Ok(Vec::new()), "{}", service.0.name);
        if stand.link.capabilities().role_count == RoleCount::One {
            let two = [role.clone(), Role::named("another")];
            let error = stand
                .link
                .provider()
                .plan(set(same, &two))
                .await
                .unwrap_err();
            assert!(matches!(error.fault, Fault::Invalid(_)), "{error:?}");
        }
        assert_eq!(stand.writes().len(), 0, "{}", service.0.name);
    }
}
