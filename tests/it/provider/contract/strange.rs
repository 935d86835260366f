//! Strange answers to every list and record of every service: they hide nothing and claim nothing.

use orgdeck::domain::rows::Detail;
use orgdeck::domain::{Answer, Fault, Query, Row, Told, Verb};
use orgdeck::provider::registry::Service;
use orgdeck::sandbox;
use orgdeck::sandbox::Options;
use orgdeck::sandbox::altered::Altered;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};
use orgdeck::sandbox::world::World;

use super::cast::Cast;
use super::{Stand, services};
use crate::sandbox::origin;

/// A demo world whose links name no port, so that two of them are told apart by nothing.
fn nowhere() -> Options {
    Options {
        host: Some("service.example"),
        ..Options::demo(origin())
    }
}

/// The reads that a service offers, each asked of a stand of its own under this alteration.
async fn asked(
    service: (Service, sandbox::Service),
    altered: Option<&Altered>,
) -> Vec<(Verb, Result<Answer, Fault>)> {
    let mut answers = Vec::new();
    for verb in Verb::ALL.iter().copied() {
        let stand = Stand::sized(service, &nowhere());
        let pictures = "https://img.example";
        stand
            .sandbox
            .world(|world| pictures.clone_into(&mut world.settings.pictures));
        let offered = stand.link.check(verb).is_ok();
        let query = Cast::of(&stand).query(verb).filter(|_| offered);
        if let Some(query) = query {
            answers.push((verb, answer(&stand, (query, altered)).await));
        }
    }
    answers
}

async fn answer(
    stand: &Stand,
    (query, altered): (Query, Option<&Altered>),
) -> Result<Answer, Fault> {
    let rule = altered.map(|altered| Rule::always(Trouble::Altered(altered.clone())));
    if let Some(rule) = rule {
        stand.sandbox.fail(stand.kind, rule);
    }
    let answer = stand.link.query(query).await;
    answer.map_err(|error| error.fault)
}

#[tokio::test]
async fn r25_r37_r99_what_nobody_asked_for_changes_no_answer() {
    let dresses = [
        Altered::MoreFields,
        Altered::ByteOrderMark,
        Altered::Typed("text/plain"),
    ];
    for service in services() {
        let plain = asked(service, None).await;
        assert!(plain.iter().all(|(_, answer)| answer.is_ok()), "{plain:?}");
        for dress in &dresses {
            let strange = asked(service, Some(dress)).await;
            for (strange, plain) in strange.iter().zip(&plain) {
                assert_eq!(strange, plain, "{} {dress:?}", service.0.name);
            }
        }
    }
}

#[tokio::test]
async fn r37_another_alphabet_costs_letters_and_no_row() {
    for service in services() {
        let plain = asked(service, None).await;
        let strange = asked(service, Some(&Altered::Latin1)).await;
        for ((verb, plain), (_, strange)) in plain.into_iter().zip(strange) {
            let told = format!("{} {verb:?}: {strange:?}", service.0.name);
            assert_eq!(
                rows(&strange.unwrap()).len(),
                rows(&plain.unwrap()).len(),
                "{told}"
            );
        }
    }
}

/// How much is known of each row of a list; nothing for what is none.
fn rows(answer: &Answer) -> Vec<Detail> {
    fn details<T>(rows: &[Row<T>]) -> Vec<Detail> {
        rows.iter().map(|row| row.detail.clone()).collect()
    }
    match answer {
        Answer::Orgs(page) => details(&page.rows),
        Answer::Members(page) => details(&page.rows),
        Answer::Invites(page) => details(&page.rows),
        Answer::Memberships(page) => details(&page.rows),
        Answer::Users(page) => details(&page.rows),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn r26_one_bad_record_hides_no_other() {
    let bad = [
        r#"{"id":"\ud800","name":"\ud800"}"#,
        r#"{"id":{"of":[]}}"#,
        "null",
        "17",
        "[[]]",
    ];
    for service in services() {
        let plain = asked(service, None).await;
        for text in bad {
            let strange = asked(service, Some(&Altered::FirstRecord(text))).await;
            for ((verb, plain), (_, strange)) in plain.iter().zip(strange) {
                let there = rows(plain.as_ref().unwrap());
                if there.is_empty() {
                    continue;
                }
                let told = format!("{} {verb:?} {text}: {strange:?}", service.0.name);
                let shown = rows(&strange.unwrap_or_else(|_| panic!("{told}")));
                assert_eq!(shown.len(), there.len(), "{told}");
                assert_eq!(shown[1..], there[1..], "{told}");
                assert!(matches!(shown[0], Detail::Unreadable(_)), "{told}");
            }
        }
    }
}

/// A role that nobody has heard of.
const NEW: &str = "starkeeper";

/// What the service says of the roles of the cast's member.
async fn held(stand: &Stand, cast: &Cast) -> Vec<String> {
    let query = cast.query(Verb::MemberRoles).unwrap();
    match stand.link.query(query).await.unwrap() {
        Answer::Assignments(held) => held
            .iter()
            .map(|one| one.role.key.raw().to_owned())
            .collect(),
        other => panic!("no roles: {other:?}"),
    }
}

/// The service has given the role of the cast's member another name.
fn renames_its_role(world: &mut World, cast: &Cast) {
    let old = cast.now(world).unwrap().role().to_owned();
    let roles = world.catalogue.roles.iter_mut();
    let same = roles.filter(|role| role.service == cast.service && role.key == old);
    same.for_each(|role| NEW.clone_into(&mut role.key));
    world.edit_member(cast.member, |member| {
        NEW.clone_into(&mut member.roles[0].role);
    });
}

#[tokio::test]
async fn r24_an_unknown_role_is_shown_as_it_came_and_no_other_write_changes_it() {
    for service in services() {
        for verb in [
            Verb::OrgEdit,
            Verb::InviteCreate,
            Verb::MetadataSet,
            Verb::LogoSet,
        ] {
            let stand = Stand::of(service);
            if stand.link.check(verb).is_err() {
                continue;
            }
            let cast = Cast::of(&stand);
            stand.sandbox.world(|world| renames_its_role(world, &cast));
            assert!(held(&stand, &cast).await.contains(&NEW.to_owned()));
            let Answer::Member(shown) =
                answer(&stand, (cast.query(Verb::MemberShow).unwrap(), None))
                    .await
                    .unwrap()
            else {
                panic!("no member");
            };
            let Told::Is(roles) = &shown.roles else {
                panic!("no roles: {shown:?}");
            };
            let new = roles.iter().find(|one| one.role.key.raw() == NEW).unwrap();
            assert_eq!(new.role.level, None, "nobody knows how strong it is");
            let wish = cast.wish(verb, &stand).await.unwrap();
            stand.done(wish).await;
            let still = stand
                .sandbox
                .world(|world| cast.now(world).unwrap().holds(NEW));
            assert!(still, "{} {verb:?}", service.0.name);
            let of_members = |sent: &sandbox::Recorded| sent.target.contains("member");
            assert!(
                !stand.writes().iter().any(of_members),
                "{} {verb:?}",
                service.0.name
            );
        }
    }
}
