//! References out of the details, one call for each member, and the roles read afresh.

use orgdeck::domain::member::Mine;
use orgdeck::domain::query::{Next, Page, Thing};
use orgdeck::domain::{
    Answer, ApiError, Assignment, Cursor, Detail, Fault, Member, MemberId, MemberRef, Membership,
    OrgId, Profile, Query, Row, Text, Told, UserAt,
};
use serde_json::{Value as Json, json};

use super::{
    Bench, DISPATCH, INES, INES_USER, LIST, MEMBER, MODERATOR, ORG, ROLES, RUI, RUI_USER, harbour,
    ines, ines_at, me, names, organization, organization_with, refusal, rui_at, user, with,
    without,
};

fn members() -> Query {
    Query::Members {
        org: harbour(),
        role: None,
        text: None,
        page: Cursor::FIRST,
    }
}

async fn listed(bench: &Bench) -> Page<Member> {
    let Answer::Members(page) = bench.ask(members()).await.unwrap() else {
        panic!("not a list");
    };
    page
}

async fn member(bench: &Bench, at: MemberRef) -> Result<Member, ApiError> {
    let Answer::Member(member) = bench.ask(Query::Member(at)).await? else {
        panic!("not a member");
    };
    Ok(*member)
}

/// Ines as these details tell her.
async fn told(details: Json) -> Result<Member, ApiError> {
    let bench = Bench::documented().await;
    bench.get(MEMBER, 200, details).await;
    member(&bench, ines_at()).await
}

#[tokio::test]
async fn all_members_come_at_once_as_references() {
    let bench = Bench::documented().await;
    let page = listed(&bench).await;
    let wanted = |at: MemberRef, id: &str, user_id: &str, is_me: Mine| {
        Row::wanted(Member {
            user: Told::Is(user(user_id)),
            is_me: Told::Is(is_me),
            ..Member::reference(at, MemberId::new(&me(), id))
        })
    };
    let rui = wanted(rui_at(), RUI, RUI_USER, Mine::Own);
    let ines = wanted(ines_at(), INES, INES_USER, Mine::Other);
    assert_eq!(page.rows, [rui, ines]);
    assert_eq!((page.total, page.next), (Some(2), Next::End));
}

#[tokio::test]
async fn a_broken_reference_is_marked_and_the_others_stay() {
    let bench = Bench::documented().await;
    let references = json!([
        7,
        {"userId": INES_USER},
        {"membershipId": "m-1", "userId": {"x": 1}},
        {"membershipId": INES, "userId": null, "organizationId": "not looked at"},
    ]);
    bench
        .get(ORG, 200, organization_with("memberships", references))
        .await;
    let rows = listed(&bench).await.rows;
    let marked = |why: &str| Detail::Unreadable(Text::from(why));
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.item.id.raw(), row.detail.clone()))
        .collect();
    assert_eq!(
        told,
        [
            ("#1", marked("field membership")),
            ("#2", marked("field membershipId")),
            ("m-1", marked("field userId")),
            (INES, Detail::Wanted),
        ]
    );
    assert_eq!(rows[3].item.user, Told::Unknown);
}

#[tokio::test]
async fn details_without_memberships_are_no_empty_list() {
    for details in [
        without(organization(), "memberships"),
        organization_with("memberships", Json::Null),
    ] {
        let bench = Bench::documented().await;
        bench.get(ORG, 200, details).await;
        let error = bench.ask(members()).await.unwrap_err();
        assert_eq!(error.fault, Fault::Garbled(Text::from("field memberships")));
    }
}

#[tokio::test]
async fn a_member_has_name_address_and_roles_with_their_assignments() {
    let ines = told(ines()).await.unwrap();
    assert_eq!(ines.at, ines_at());
    assert_eq!(ines.user, Told::Is(user(INES_USER)));
    assert_eq!(ines.name, Told::Is(Text::from("Ines Moreira")));
    assert_eq!(ines.email, Told::Is(Text::from("ines@pilots.example")));
    assert_eq!(ines.is_me, Told::Is(Mine::Other));
    let held: Vec<_> = ines.assignments().iter().map(held).collect();
    assert_eq!(
        held,
        [
            ("Moderator", Some(2), MODERATOR),
            ("dispatch", None, DISPATCH)
        ]
    );
    assert_eq!(
        (ines.joined, ines.last_active),
        (Told::Unknown, Told::Unknown)
    );
}

fn held(assignment: &Assignment) -> (&str, Option<u8>, &str) {
    let id = assignment.id.as_ref().unwrap();
    (assignment.role.key.raw(), assignment.role.level, id.raw())
}

#[tokio::test]
async fn roles_come_strongest_first_and_free_ones_as_they_came() {
    let roles = json!([
        {"name": "night", "id": "1"}, {"name": "Api", "id": "2"}, {"name": "admin", "id": "3"},
        {"name": "SuperAdmin", "id": "4"}, {"name": "Moderator", "id": "5"}, {"name": "Admin", "id": "6"}
    ]);
    let ines = told(with(ines(), "roles", roles)).await.unwrap();
    let held = ines.assignments();
    assert_eq!(
        names(held),
        ["SuperAdmin", "Admin", "Moderator", "Api", "night", "admin"]
    );
    let levels: Vec<_> = held.iter().map(|held| held.role.level).collect();
    assert_eq!(levels, [Some(0), Some(1), Some(2), Some(3), None, None]);
}

#[tokio::test]
async fn what_may_be_left_out_of_a_member_is_empty_or_unknown() {
    let bare = json!({"membershipId": INES.to_uppercase(), "firstName": null, "lastName": "Moreira", "roles": []});
    let told_bare = told(bare).await.unwrap();
    assert_eq!(
        told_bare.id.raw(),
        INES,
        "the id goes out again as it was listed"
    );
    assert_eq!(told_bare.name, Told::Is(Text::from("Moreira")));
    assert_eq!(told_bare.email, Told::Empty);
    assert_eq!(told_bare.user, Told::Unknown);
    assert_eq!(told_bare.roles, Told::Is([].into()));
    let without_roles = told(with(ines(), "roles", Json::Null)).await.unwrap();
    assert_eq!(without_roles.roles, Told::Unknown);
}

#[tokio::test]
async fn a_member_s_field_of_another_type_is_named_without_its_value() {
    for (field, value, place) in [
        ("firstName", json!(["Ines"]), "field firstName"),
        ("lastName", json!(1), "field lastName"),
        (
            "email",
            json!({"value": "ines@pilots.example"}),
            "field email",
        ),
        ("roles", json!("Admin"), "field roles"),
        ("roles", json!(["Admin"]), "field roles"),
        (
            "roles",
            json!([{"name": null, "id": "1"}]),
            "field roles.name",
        ),
        (
            "roles",
            json!([{"name": "Admin", "id": []}]),
            "field roles.id",
        ),
        ("membershipId", json!(RUI), "field membershipId"),
        ("membershipId", Json::Null, "field membershipId"),
        ("userId", json!(false), "field userId"),
    ] {
        let error = told(with(ines(), field, value)).await.unwrap_err();
        assert_eq!(error.fault, Fault::Garbled(Text::from(place)));
    }
}

#[tokio::test]
async fn a_member_whom_the_details_lack_is_missing() {
    let bench = Bench::documented().await;
    bench.get(MEMBER, 400, refusal()).await;
    assert_eq!(
        member(&bench, ines_at()).await.unwrap_err().fault,
        Fault::Refused
    );
    let only_rui = json!([organization()["memberships"][0]]);
    bench
        .get(ORG, 200, organization_with("memberships", only_rui))
        .await;
    assert_eq!(
        member(&bench, ines_at()).await.unwrap_err().fault,
        Fault::Missing
    );
    bench
        .get(
            ORG,
            200,
            organization_with("memberships", json!([{"membershipId": 5}])),
        )
        .await;
    assert_eq!(
        member(&bench, ines_at()).await.unwrap_err().fault,
        Fault::Refused,
        "one that cannot be read may be hers"
    );
}

#[tokio::test]
async fn a_member_of_an_organization_that_we_do_not_see_may_be_there() {
    let bench = Bench::documented().await;
    bench.get(MEMBER, 400, refusal()).await;
    bench.get(ORG, 400, refusal()).await;
    bench.get(LIST, 200, json!([])).await;
    assert_eq!(
        member(&bench, ines_at()).await.unwrap_err().fault,
        Fault::Unseen
    );
}

#[tokio::test]
async fn roles_are_read_afresh_each_time() {
    let bench = Bench::documented().await;
    for _ in 0..2 {
        let answer = bench.ask(Query::MemberRoles(ines_at())).await.unwrap();
        let Answer::Assignments(roles) = answer else {
            panic!("no roles: {answer:?}");
        };
        assert_eq!(names(&roles), ["Moderator", "dispatch"]);
    }
    let asked = format!("GET {ROLES}");
    assert_eq!(bench.heard().await, [asked.clone(), asked]);
}

#[tokio::test]
async fn a_role_list_of_another_shape_is_garbled() {
    for (body, place) in [
        (json!({}), "field roles"),
        (json!([{"id": "1"}]), "field roles.name"),
    ] {
        let bench = Bench::documented().await;
        bench.get(ROLES, 200, body).await;
        let error = bench.ask(Query::MemberRoles(ines_at())).await.unwrap_err();
        assert_eq!(error.fault, Fault::Garbled(Text::from(place)));
    }
}

#[tokio::test]
async fn the_own_memberships_are_references_too() {
    let bench = Bench::documented().await;
    let asked = Query::Memberships {
        user: UserAt::Me(me()),
        page: Cursor::FIRST,
    };
    let Answer::Memberships(page) = bench.ask(asked).await.unwrap() else {
        panic!("no memberships");
    };
    let wanted = Membership {
        member: Member {
            user: Told::Is(user(RUI_USER)),
            is_me: Told::Is(Mine::Own),
            ..Member::reference(rui_at(), MemberId::new(&me(), RUI))
        },
        org_name: Told::Unknown,
    };
    assert_eq!(page.rows[0], Row::wanted(wanted));
    assert_eq!(page.total, Some(2));
}

#[tokio::test]
async fn memberships_of_others_and_members_by_user_send_nothing() {
    let bench = Bench::documented().await;
    for user in [
        UserAt::Id(user(INES_USER)),
        UserAt::Name(me(), Text::from("ines")),
    ] {
        let page = Cursor::FIRST;
        let asked = Query::Memberships { user, page };
        let fault = bench.ask(asked).await.unwrap_err().fault;
        assert!(matches!(fault, Fault::NotOffered(_)), "{fault:?}");
    }
    let pair = Query::Member(MemberRef::user(&harbour(), &user(INES_USER)));
    let fault = bench.ask(pair).await.unwrap_err().fault;
    assert!(matches!(fault, Fault::NotOffered(_)), "{fault:?}");
    assert_eq!(bench.heard().await, [""; 0]);
}

#[tokio::test]
async fn ids_of_other_profiles_send_nothing() {
    let bench = Bench::documented().await;
    let other = Profile::new("other");
    let of_org = MemberRef::id(&OrgId::new(&other, "41"), &MemberId::new(&me(), INES));
    let of_member = MemberRef::id(&harbour(), &MemberId::new(&other, INES));
    for at in [of_org, of_member] {
        for asked in [
            Query::Member(at.clone()),
            Query::MemberRoles(at.clone()),
            Query::Raw(Thing::Member(at)),
        ] {
            assert_eq!(bench.ask(asked).await.unwrap_err().fault, Fault::Foreign);
        }
    }
    let asked = Query::Memberships {
        user: UserAt::Me(other),
        page: Cursor::FIRST,
    };
    assert_eq!(bench.ask(asked).await.unwrap_err().fault, Fault::Foreign);
    assert_eq!(bench.heard().await, [""; 0]);
}

#[tokio::test]
async fn the_raw_record_of_a_member_is_the_answer() {
    let bench = Bench::documented().await;
    let raw = bench
        .ask(Query::Raw(Thing::Member(ines_at())))
        .await
        .unwrap();
    let Answer::Json(text) = raw else {
        panic!("not a document: {raw:?}");
    };
    assert_eq!(serde_json::from_str::<Json>(text.raw()).unwrap(), ines());
}
