//! Reading all of the demo world.

use orgdeck::domain::query::{Cursor, Query, Scope, Thing};
use orgdeck::domain::{
    Answer, Detail, Fault, InviteStatus, MemberRef, OrgId, Page, Text, Told, UserAt,
};

use super::super::names::{invite, invites, member, orgs, shop};
use super::super::support::Console;
use super::{Demo, name};

#[tokio::test]
async fn everything_there_is_can_be_read() {
    let demo = Demo::start();
    let first = Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    };
    let page = orgs(demo.ask(first).await);
    assert_eq!(page.total, Some(3));
    for row in page.rows {
        assert_eq!(row.detail, Detail::Whole);
        let everybody = demo.everybody(&row.item.id).await;
        assert_eq!(
            row.item.members,
            Told::Is(everybody.len() as u64),
            "{}",
            name(&row.item)
        );
        let pending = demo.invites(&row.item.id, InviteStatus::Pending).await;
        assert_eq!(
            row.item.invites,
            Told::Is(pending.len() as u64),
            "{}",
            name(&row.item)
        );
    }
}

#[tokio::test]
async fn the_key_opens_an_instance_with_settings_and_roles() {
    let demo = Demo::start();
    assert!(matches!(
        demo.ask(Query::WhoAmI).await,
        Ok(Answer::Principal(_))
    ));
    assert!(matches!(
        demo.ask(Query::Probe).await,
        Ok(Answer::Capabilities(_))
    ));
    let all = roles(&demo, None).await;
    assert!(
        all.contains(&"org:admin".to_owned()) && all.len() > 2,
        "{all:?}"
    );
    let audited = demo.org("acme-sandbox").await;
    let some = roles(&demo, Some(audited.id)).await;
    assert!(some.contains(&"org:auditor".to_owned()), "{some:?}");
}

async fn roles(demo: &Demo, org: Option<OrgId>) -> Vec<String> {
    let answer = demo.ask(Query::Roles { org }).await.unwrap();
    let Answer::Roles(roles) = answer else {
        panic!("{answer:?}");
    };
    let keys = roles.iter().map(|role| role.item.key.raw().to_owned());
    keys.collect()
}

#[tokio::test]
async fn one_person_is_found_and_followed() {
    let demo = Demo::start();
    let dee = demo.user("dee@acme.example").await;
    assert_eq!(dee, demo.user("dee").await);
    let page = Cursor::FIRST;
    let query = Query::Memberships {
        user: UserAt::Name(shop(), Text::from("dee")),
        page,
    };
    let Answer::Memberships(Page { rows, .. }) = demo.ask(query).await.unwrap() else {
        panic!("memberships");
    };
    assert_eq!(rows.len(), 2);
    for row in rows {
        let found = row.item.member;
        assert_eq!(found.at, MemberRef::user(&found.at.org, &dee.id));
        assert_eq!(
            member(demo.ask(Query::Member(found.at.clone())).await),
            found
        );
        let by_id = MemberRef::id(&found.at.org, &found.id);
        assert_eq!(member(demo.ask(Query::Member(by_id)).await), found);
    }
}

#[tokio::test]
async fn an_expired_invite_is_listed_and_its_link_hidden() {
    let demo = Demo::start();
    let org = demo.org("acme-shop").await.id;
    let expired = demo.invites(&org, InviteStatus::Expired).await;
    assert_eq!(expired[0].email, Told::Is(Text::from("jon@old.example")));
    let one = invite(demo.ask(Query::Invite(expired[0].at.clone())).await);
    assert_eq!(one, expired[0]);
    let pending = demo.invites(&org, InviteStatus::Pending).await;
    let raw = Query::Raw(Thing::Invite(pending[0].at.clone()));
    let Answer::Json(text) = demo.ask(raw).await.unwrap() else {
        panic!("raw");
    };
    assert!(text.raw().contains("\"url\": \"***\""), "{}", text.raw());
    let everywhere = Query::Invites {
        org: None,
        status: None,
        page: Cursor::FIRST,
    };
    let all = invites(demo.ask(everywhere).await);
    assert!(all.rows.len() > expired.len() + pending.len());
    assert!(
        all.rows
            .iter()
            .all(|row| row.item.org_name.known().is_some())
    );
}

#[tokio::test]
async fn a_wrong_key_is_signed_out() {
    let demo = Demo::start();
    let console = Console::to(&demo.sandbox.clerk.url, "sk_test_wrong");
    let error = console.ask(Query::WhoAmI).await.unwrap_err();
    assert_eq!(error.fault, Fault::SignedOut);
    assert_eq!(error.code, Some(Text::from("clerk_key_invalid")));
}
