//! Memberships: of an organization, of a user, one by id and by pair.

use orgdeck::domain::member::Mine;
use orgdeck::domain::{
    Answer, Assignment, Cursor, Fault, Member, MemberId, Page, Query, Role, RoleId, Text, Told,
    UserAt,
};
use serde_json::json;

use super::records::member_record;
use super::script::status;
use super::stage::{Stage, member, org, pair, profile, user};

const ONE: &str = "GET /v7/organization_membership(55)";
const LIST: &str = "GET /v7/organization_membership";
const ORG: &str = "GET /v7/organization(101)";

fn members_of(role: Option<&str>, text: Option<&str>) -> Query {
    Query::Members {
        org: org("101"),
        role: role.map(Into::into),
        text: text.map(Text::from),
        page: Cursor::FIRST,
    }
}

async fn members(stage: &Stage, query: Query) -> Page<Member> {
    let Answer::Members(page) = stage.ask(query).await.unwrap() else {
        panic!("another answer was asked for");
    };
    page
}

fn administrator() -> Vec<Assignment> {
    let role = Role {
        id: Some(RoleId::new(&profile(), "1")),
        level: Some(0),
        ..Role::named("administrator")
    };
    vec![Assignment { role, id: None }]
}

fn maria() -> Member {
    let id = MemberId::new(&profile(), "55");
    Member {
        user: Told::Is(user("11")),
        username: Told::Is(Text::from("maria")),
        roles: Told::Is(administrator().into()),
        joined: Told::Is("2026-11-21T18:02:39.810Z".parse().unwrap()),
        is_me: Told::Is(Mine::Own),
        ..Member::reference(member("101", "55"), id)
    }
}

#[tokio::test]
async fn r99_the_list_is_one_call_and_never_asks_for_a_whole_user() {
    let stage = Stage::cloud().await;
    let other = json!({
        "user": [{"id": 12, "username": "devon"}],
        "organization_membership_role": [{"id": 7, "name": "captain"}],
        "id": 56, "created_at": "not a date"
    });
    stage.records(LIST, &json!([member_record(), other]));
    let rows = members(&stage, members_of(None, None)).await.rows;
    assert_eq!(rows[0].item, maria());
    let devon = &rows[1].item;
    assert_eq!(
        devon.at,
        member("101", "56"),
        "the organization is the one that was asked about"
    );
    assert_eq!(devon.is_me, Told::Is(Mine::Other));
    assert_eq!(
        (devon.joined, &devon.email),
        (Told::Unknown, &Told::Unknown)
    );
    assert_eq!(devon.assignments()[0].role.level, None);
    let query = stage.last(LIST).await.query;
    assert_eq!(query["$filter"], "is_member_of__organization eq 101");
    assert_eq!(query["$select"], "id,created_at");
    assert_eq!(
        query["$expand"],
        "user($select=id,username),organization_membership_role($select=id,name)"
    );
    assert_eq!(query["$orderby"], "created_at asc,id asc");
    assert_eq!(
        (query["$top"].as_str(), query["$skip"].as_str()),
        ("100", "0")
    );
}

#[tokio::test]
async fn an_empty_list_is_believed_where_its_organization_is_there() {
    let stage = Stage::cloud().await;
    stage.records(LIST, &json!([]));
    stage.records(ORG, &json!([]));
    let error = stage.ask(members_of(None, None)).await.unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
    stage.records(ORG, &json!([{"id": 101}]));
    let page = members(&stage, members_of(None, None)).await;
    assert_eq!((page.rows, page.total), (Vec::new(), Some(0)));
    assert_eq!(stage.last(ORG).await.query["$select"], "id");
}

#[tokio::test]
async fn role_and_text_are_left_to_the_server() {
    let stage = Stage::cloud().await;
    stage.records(LIST, &json!([]));
    stage.records(ORG, &json!([{"id": 101}]));
    members(&stage, members_of(Some("administrator"), Some("Ma'"))).await;
    assert_eq!(
        stage.last(LIST).await.query["$filter"],
        "is_member_of__organization eq 101 and \
         organization_membership_role/any(omr:omr/name eq 'administrator') and \
         user/any(u:contains(tolower(u/username),'ma'''))"
    );
}

#[tokio::test]
async fn openbalena_is_not_asked_for_roles() {
    let stage = Stage::open().await;
    let record = json!({
        "user": [{"id": 11, "username": "maria", "password": "$2b$10$hash"}],
        "is_member_of__organization": {"__id": 101}, "id": 2,
        "created_at": "2026-11-21T17:46:11.963Z"
    });
    stage.records(LIST, &json!([record]));
    let rows = members(&stage, members_of(None, None)).await.rows;
    assert_eq!(rows[0].item.roles, Told::Unknown);
    assert_eq!(rows[0].item.at, member("101", "2"));
    assert!(
        !format!("{rows:?}").contains("hash"),
        "what was not asked for is dropped"
    );
    assert_eq!(
        stage.last(LIST).await.query["$expand"],
        "user($select=id,username)"
    );
}

#[tokio::test]
async fn a_member_is_found_by_id_and_by_pair() {
    let stage = Stage::cloud().await;
    stage.records(ONE, &json!([member_record()]));
    let by_pair = "GET /v7/organization_membership(user=11,is_member_of__organization=101)";
    stage.records(by_pair, &json!([member_record()]));
    for at in [member("101", "55"), pair("101", "11")] {
        let Answer::Member(found) = stage.ask(Query::Member(at)).await.unwrap() else {
            panic!("a member was asked for");
        };
        assert_eq!(*found, maria());
    }
}

#[tokio::test]
async fn a_membership_of_another_organization_is_missing_here() {
    let stage = Stage::cloud().await;
    stage.records(ONE, &json!([member_record()]));
    let error = stage
        .ask(Query::Member(member("102", "55")))
        .await
        .unwrap_err();
    assert_eq!(error.fault, Fault::Missing);
}

#[tokio::test]
async fn the_one_role_of_a_member_has_no_assignment_id() {
    let stage = Stage::cloud().await;
    stage.records(ONE, &json!([member_record()]));
    let answer = stage.ask(Query::MemberRoles(member("101", "55"))).await;
    assert_eq!(answer.unwrap(), Answer::Assignments(administrator()));
}

#[tokio::test]
async fn unexpanded_and_empty_links_are_taken_for_what_they_tell() {
    let stage = Stage::cloud().await;
    let record = json!({
        "user": {"__id": 12, "__deferred": {"uri": "/v7/user(@id)?@id=12"}},
        "organization_membership_role": [], "id": 56, "__metadata": {}
    });
    stage.records(LIST, &json!([record]));
    let rows = members(&stage, members_of(None, None)).await.rows;
    let found = &rows[0].item;
    assert_eq!(found.user, Told::Is(user("12")));
    assert_eq!(
        (&found.username, &found.roles),
        (&Told::Unknown, &Told::Unknown)
    );
    assert_eq!(found.display_name().raw(), "12");
}

#[tokio::test]
async fn members_are_shown_also_where_whoami_fails() {
    let stage = Stage::cloud().await;
    stage.records(LIST, &json!([member_record()]));
    stage.when("GET /actor/v1/whoami", "", status(400, ""));
    let rows = members(&stage, members_of(None, None)).await.rows;
    assert_eq!(rows[0].item.is_me, Told::Unknown);
}

#[tokio::test]
async fn memberships_of_a_user_name_their_organization() {
    let stage = Stage::cloud().await;
    stage.records(
        LIST,
        &json!([member_record(), {"id": 57, "user": [{"id": 11}]}]),
    );
    let cases = [
        (UserAt::Id(user("11")), "user eq 11"),
        (UserAt::Me(profile()), "user eq 11"),
        (
            UserAt::Name(profile(), Text::from("o'brien")),
            "user/any(u:u/username eq 'o''brien')",
        ),
    ];
    for (user, filter) in cases {
        let query = Query::Memberships {
            user,
            page: Cursor::FIRST,
        };
        let Answer::Memberships(page) = stage.ask(query).await.unwrap() else {
            panic!("memberships were asked for");
        };
        assert_eq!(page.rows[0].item.member, maria());
        assert_eq!(
            page.rows[0].item.org_name,
            Told::Is(Text::from("Acme Robotics"))
        );
        let unreadable = orgdeck::domain::rows::Detail::Unreadable(Text::from(
            "field is_member_of__organization",
        ));
        assert_eq!(page.rows[1].detail, unreadable);
        assert_eq!(stage.last(LIST).await.query["$filter"], filter);
    }
}
