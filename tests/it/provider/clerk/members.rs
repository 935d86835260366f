//! Members: lists, single ones by either name, and the memberships of one person.

use orgdeck::domain::member::Mine;
use orgdeck::domain::query::{Cursor, Query};
use orgdeck::domain::{
    Answer, Assignment, Detail, Fault, Member, MemberRef, Membership, OrgId, Page, Role, RoleKey,
    Text, Told, UserAt,
};
use serde_json::{Value as Json, json};

use super::names::{at, by_id, by_user, member, member_id, members, org, shop, user};
use super::records::{alan, list, with, without};
use super::support::{Service, ok};

fn page() -> Query {
    Query::Members {
        org: org(),
        role: None,
        text: None,
        page: Cursor::FIRST,
    }
}

async fn read(record: Json) -> Member {
    let service = Service::saying(list(&[record])).await;
    let mut page = members(service.ask(page()).await);
    let row = page.rows.remove(0);
    assert_eq!(row.detail, Detail::Whole);
    row.item
}

fn person(key: &str, value: Json) -> Json {
    let person = with(alan()["public_user_data"].clone(), key, value);
    with(alan(), "public_user_data", person)
}

#[tokio::test]
async fn everything_that_is_told_is_kept() {
    let role = Role {
        name: Text::from("Member"),
        ..Role::named("org:member")
    };
    let expected = Member {
        at: by_user("user_2"),
        id: member_id("orgmem_2"),
        user: Told::Is(user("user_2")),
        name: Told::Is(Text::from("Alan Turing")),
        username: Told::Is(Text::from("alan")),
        email: Told::Is(Text::from("alan@example.com")),
        roles: Told::Is([Assignment { role, id: None }].into()),
        metadata: Told::Empty,
        joined: Told::Is(at(1_755_600_000_123)),
        last_active: Told::Unknown,
        is_me: Told::<Mine>::Unknown,
    };
    assert_eq!(read(alan()).await, expected);
}

#[tokio::test]
async fn names_may_be_missing_in_part_or_as_a_whole() {
    let half = read(person("last_name", json!(null))).await;
    assert_eq!(half.name, Told::Is(Text::from("Alan")));
    let bare = json!({"user_id": "user_2", "first_name": null, "last_name": ""});
    let none = read(with(alan(), "public_user_data", bare)).await;
    assert_eq!((none.name, none.username), (Told::Empty, Told::Empty));
    assert_eq!(none.email, Told::Unknown);
}

#[tokio::test]
async fn an_identifier_is_an_address_only_when_it_is_one() {
    assert_eq!(
        read(person("identifier", json!("alan"))).await.email,
        Told::Unknown
    );
    assert_eq!(
        read(person("identifier", json!("+15550001"))).await.email,
        Told::Unknown
    );
    assert_eq!(
        read(person("identifier", json!(null))).await.email,
        Told::Empty
    );
}

#[tokio::test]
async fn a_membership_without_a_person_is_known_by_its_own_id() {
    let member = read(without(alan(), "public_user_data")).await;
    assert_eq!(member.at, by_id("orgmem_2"));
    assert_eq!((member.user, member.name), (Told::Unknown, Told::Unknown));
}

#[tokio::test]
async fn r24_roles_are_the_services_own_whatever_they_are() {
    for key in ["org:admin", "admin", "basic_member", "org:brand_new"] {
        let record = without(with(alan(), "role", json!(key)), "role_name");
        let member = read(record).await;
        assert_eq!(member.assignments()[0].role, Role::named(key));
    }
    assert_eq!(read(without(alan(), "role")).await.roles, Told::Unknown);
}

#[tokio::test]
async fn one_bad_row_is_marked_and_the_others_stay() {
    let bad = with(person("first_name", json!(5)), "id", json!("orgmem_3"));
    let service = Service::saying(list(&[bad, alan()])).await;
    let page = members(service.ask(page()).await);
    assert_eq!(page.rows[0].item.at, by_id("orgmem_3"));
    let why = Text::from("field public_user_data.first_name: not of the expected type");
    assert_eq!(page.rows[0].detail, Detail::Unreadable(why));
    assert_eq!(page.rows[1].item.id, member_id("orgmem_2"));
}

#[tokio::test]
async fn role_and_text_are_filtered_by_the_service() {
    let service = Service::saying(list(&[])).await;
    let query = Query::Members {
        org: org(),
        role: Some(RoleKey::from("org:admin")),
        text: Some(Text::from("a+b")),
        page: Cursor::FIRST,
    };
    service.ask(query).await.unwrap();
    let seen = service.only().await;
    assert_eq!(
        (seen.param("role"), seen.param("query")),
        (Some("org:admin"), Some("a+b"))
    );
    assert!(seen.raw.url.query().unwrap().contains("query=a%2Bb"));
}

#[tokio::test]
async fn one_member_is_the_list_narrowed_to_the_user() {
    let service = Service::saying(list(&[alan()])).await;
    let found = member(service.ask(Query::Member(by_user("user_2"))).await);
    assert_eq!(found.id, member_id("orgmem_2"));
    let seen = service.only().await;
    assert_eq!(seen.path, "/v1/organizations/org_1/memberships");
    assert_eq!(seen.param("user_id"), Some("user_2"));
}

#[tokio::test]
async fn a_filter_that_the_server_ignored_makes_nobody_a_member() {
    let service = Service::saying(list(&[alan()])).await;
    let error = service
        .ask(Query::Member(by_user("user_9")))
        .await
        .unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
}

/// 1,001 members in pages of at most 500; only the last one is named `orgmem_last`.
async fn crowd() -> Service {
    Service::new(|request| {
        let offset = request.url.query_pairs().find(|(key, _)| key == "offset");
        let offset: usize = offset.map_or(0, |(_, value)| value.parse().unwrap());
        let row = |number| match number {
            1000 => with(alan(), "id", json!("orgmem_last")),
            number => json!({"id": format!("orgmem_{number}")}),
        };
        let data: Vec<_> = (offset..1001.min(offset + 500)).map(row).collect();
        ok(&json!({"data": data, "total_count": 1001}))
    })
    .await
}

#[tokio::test]
async fn a_membership_id_is_looked_for_on_every_page() {
    let service = crowd().await;
    let found = member(service.ask(Query::Member(by_id("orgmem_last"))).await);
    assert_eq!(found.at, by_user("user_2"));
    assert_eq!(service.seen().await.len(), 3);
}

#[tokio::test]
async fn a_membership_id_that_is_nowhere_ends_the_walk() {
    let service = crowd().await;
    let error = service
        .ask(Query::Member(by_id("orgmem_none")))
        .await
        .unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
    assert_eq!(service.seen().await.len(), 3);
}

#[tokio::test]
async fn the_roles_of_a_member_are_exactly_one_without_an_id() {
    let service = Service::saying(list(&[alan()])).await;
    let answer = service
        .ask(Query::MemberRoles(by_user("user_2")))
        .await
        .unwrap();
    let Answer::Assignments(roles) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(roles.len(), 1);
    assert_eq!(roles[0].role.key, RoleKey::from("org:member"));
    assert_eq!(roles[0].id, None);
}

fn memberships(answer: Answer) -> Page<Membership> {
    let Answer::Memberships(page) = answer else {
        panic!("{answer:?}");
    };
    page
}

fn of(user: UserAt) -> Query {
    Query::Memberships {
        user,
        page: Cursor::FIRST,
    }
}

#[tokio::test]
async fn the_memberships_of_a_user_name_their_organizations() {
    let nameless = without(alan(), "public_user_data");
    let service = Service::saying(list(&[alan(), with(nameless, "id", json!("orgmem_7"))])).await;
    let page = memberships(service.ask(of(UserAt::Id(user("user_2")))).await.unwrap());
    assert_eq!(
        page.rows[0].item.org_name,
        Told::Is(Text::from("Acme Corp"))
    );
    let first = &page.rows[0].item.member;
    assert_eq!(
        first.at,
        MemberRef::user(&OrgId::new(&shop(), "org_1"), &user("user_2"))
    );
    // The person is the one who was asked for, also where the record does not repeat it.
    assert_eq!(page.rows[1].item.member.at, by_user("user_2"));
    let seen = service.only().await;
    assert_eq!(seen.path, "/v1/users/user_2/organization_memberships");
}

#[tokio::test]
async fn a_membership_without_an_organization_is_marked() {
    let service = Service::saying(list(&[without(alan(), "organization")])).await;
    let page = memberships(service.ask(of(UserAt::Id(user("user_2")))).await.unwrap());
    let why = Text::from("field organization: missing");
    assert_eq!(page.rows[0].detail, Detail::Unreadable(why));
    assert_eq!(page.rows[0].item.member.id, member_id("orgmem_2"));
}

#[tokio::test]
async fn a_user_name_is_looked_up_first() {
    let service = Service::knowing(&[
        (
            "GET",
            "/v1/users",
            json!([{"id": "user_2", "username": "Alan"}]),
        ),
        (
            "GET",
            "/v1/users/user_2/organization_memberships",
            list(&[alan()]),
        ),
    ])
    .await;
    let name = UserAt::Name(shop(), Text::from("alan"));
    assert_eq!(
        memberships(service.ask(of(name)).await.unwrap()).rows.len(),
        1
    );
    assert_eq!(service.seen().await[0].param("username"), Some("alan"));
}

#[tokio::test]
async fn a_stranger_is_not_taken_for_the_user_of_that_name() {
    let service = Service::saying(json!([{"id": "user_3", "username": "grace"}])).await;
    let name = UserAt::Name(shop(), Text::from("alan"));
    let error = service.ask(of(name)).await.unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
    assert_eq!(service.seen().await.len(), 1);
}

#[tokio::test]
async fn a_key_has_no_memberships_of_its_own() {
    let service = Service::saying(list(&[])).await;
    let error = service.ask(of(UserAt::Me(shop()))).await.unwrap_err();
    assert!(matches!(error.fault, Fault::NotOffered(_)));
    assert!(service.seen().await.is_empty());
}
