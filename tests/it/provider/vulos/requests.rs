//! Requests as they leave, against those of the vendor's reference: one for each of its methods.

use orgdeck::domain::mutation::Parting;
use orgdeck::domain::query::{OrgAt, Scope};
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    AssignmentId, Body, Cursor, Fault, Fields, InviteDraft, Member, MemberId, MemberRef, Method,
    Mutation, OrgId, Outcome, Profile, Query, Role, Text, Value, Wish,
};
use orgdeck::provider::http::BodyFormat;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use wiremock::Request;

use super::{
    Bench, INES, INES_USER, MODERATOR, answer, harbour, ines_at, me, roles, shown, success, user,
};

/// What the vendor's client sends for a method of its reference.
#[derive(Deserialize)]
struct Recorded {
    name: String,
    method: String,
    path: String,
    query: Map<String, Json>,
    headers: Map<String, Json>,
    body: Json,
}

fn recorded(name: &str) -> Recorded {
    let all: Vec<Recorded> = serde_json::from_str(include_str!("requests.json")).unwrap();
    all.into_iter().find(|one| one.name == name).unwrap()
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', "%2B");
    let pairs: Vec<_> = url::form_urlencoded::parse(text.as_bytes()).collect();
    pairs[0].0.clone().into_owned()
}

/// The value of a header.
fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let told = request.headers.get(name);
    told.map(|value| value.to_str().unwrap())
}

/// Holds the one request of `sent` with the recorded method and path against the record.
fn assert_recorded(name: &str, sent: &[Request]) {
    let wanted = recorded(name);
    let same = |request: &&Request| {
        request.method.as_str() == wanted.method && decoded(request.url.path()) == wanted.path
    };
    let sent: Vec<_> = sent.iter().filter(same).collect();
    assert_eq!(sent.len(), 1, "{name} is sent once");
    let query = sent[0].url.query_pairs();
    let query: Map<String, Json> = query
        .map(|(key, value)| (key.into_owned(), Json::from(value.into_owned())))
        .collect();
    assert_eq!(query, wanted.query, "{name}");
    for (name_of, value) in &wanted.headers {
        let told = header(sent[0], name_of);
        assert_eq!(told, value.as_str(), "{name}: {name_of}");
    }
    let body: Json = serde_json::from_slice(&sent[0].body).unwrap_or_default();
    assert_eq!(body, wanted.body, "{name}");
    assert_eq!(sent[0].body.is_empty(), wanted.body.is_null(), "{name}");
}

async fn assert_read(name: &str, query: Query) {
    let bench = Bench::documented().await;
    bench
        .get("/connect/userinfo", 200, json!({"sub": "1"}))
        .await;
    bench.ask(query).await.unwrap();
    assert_recorded(name, &bench.requests().await);
}

async fn assert_written(name: &str, wish: Wish) {
    let bench = Bench::documented().await;
    // The envelope and what a creation is answered with, in one.
    let done = json!({"success": true, "message": "done", "organizationId": 90});
    bench.writes_answer(answer(200, done)).await;
    for end in bench.carry(wish).await {
        assert!(matches!(end, Outcome::Done(_)), "{end:?}");
    }
    assert_recorded(name, &bench.requests().await);
    assert_eq!(bench.written().await.len(), 1, "nothing else is written");
}

fn text(value: &str) -> Value {
    Value::Text(Text::from(value))
}

#[tokio::test]
async fn reads_are_those_of_the_reference() {
    let all = Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    };
    assert_read("organizationList", all).await;
    assert_read("organizationInfo", Query::Org(OrgAt::Id(harbour()))).await;
    assert_read("memberInfo", Query::Member(ines_at())).await;
    assert_read("roleList", Query::MemberRoles(ines_at())).await;
    assert_read("user.info", Query::WhoAmI).await;
}

#[tokio::test]
async fn writes_to_an_organization_are_those_of_the_reference() {
    let fields = Fields::default()
        .with("name", text("Harbour Pilots Ltd"))
        .with("website", text("https://pilots.example"))
        .with("address", text("Quay 7"))
        .with("unique_id", text("HP-2291"))
        .with("tax_number", text("EX123456"))
        .with("city", text("Porto"))
        .with("country_code", text("PT"))
        .with("zip_code", text("4050-101"))
        .with("state", text(""));
    let create = Wish::CreateOrg {
        profile: me(),
        fields,
        first_member: None,
    };
    assert_written("organizationCreate", create).await;
    let fields = Fields::default()
        .with("name", text("Harbour Pilots SA"))
        .with("country_code", text("ES"));
    let org = harbour();
    assert_written("organizationUpdate", Wish::EditOrg { org, fields }).await;
    assert_written("organizationDelete", Wish::DeleteOrg { org: harbour() }).await;
}

#[tokio::test]
async fn writes_to_members_are_those_of_the_reference() {
    let member = Box::new(Member::reference(ines_at(), MemberId::new(&me(), INES)));
    assert_written("memberDelete", Wish::RemoveMember { member }).await;
    let set = |from: &[&str], to: &[&str]| Wish::SetRoles {
        member: ines_at(),
        from: shown(from),
        to: roles(to),
    };
    let take = set(&["Moderator", "dispatch"], &["dispatch"]);
    assert_written("roleDelete", take).await;
    let bench = Bench::documented().await;
    bench.get(super::ROLES, 200, json!([])).await;
    let none = super::with(super::ines(), "roles", json!([]));
    bench.get(super::MEMBER, 200, none).await;
    let made = json!({"name": "Moderator", "id": MODERATOR});
    bench.writes_answer(answer(200, made)).await;
    bench.carry(set(&[], &["Moderator"])).await;
    assert_recorded("roleCreate", &bench.requests().await);
}

#[tokio::test]
async fn an_invite_is_an_address_in_the_path_and_no_body() {
    let email = "ines+work@pilots.example";
    let drafts = vec![InviteDraft::to(email)];
    let org = harbour();
    assert_written("memberInvite", Wish::Invite { org, drafts }).await;
    let again = Wish::Resend(Resend::Address {
        org: harbour(),
        email: Text::from(email),
    });
    assert_written("memberInvite", again).await;
}

#[tokio::test]
async fn what_is_rendered_is_what_is_sent() {
    let bench = Bench::documented().await;
    bench.writes_answer(success("done")).await;
    let wish = Wish::EditOrg {
        org: harbour(),
        fields: Fields::default().with("website", text("")),
    };
    let change = bench.plan(wish.clone()).await.unwrap().remove(0);
    let rendered = bench.link.provider().render(&change);
    bench.carry(wish).await;
    let sent = bench.requests().await.pop().unwrap();
    assert_eq!(sent.method.as_str(), rendered.method.as_str());
    assert_eq!(sent.url.path(), rendered.target());
    let body: Json = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(rendered.body, Body::Json(body.clone()));
    assert_eq!(
        body,
        json!({"website": ""}),
        "a change may well empty a field"
    );
}

#[tokio::test]
async fn the_other_encoding_of_bodies_is_chosen_in_one_place() {
    let bench = Bench::with_body(BodyFormat::Form).await;
    bench.writes_answer(success("done")).await;
    let fields = Fields::default()
        .with("zip_code", text("4050 & 101"))
        .with("name", text("Häfen"));
    let create = Wish::CreateOrg {
        profile: me(),
        fields,
        first_member: None,
    };
    bench.carry(create).await;
    let requests = bench.requests().await;
    let mut writes = requests.into_iter().filter(|one| one.method != "GET");
    let sent = writes.next().unwrap();
    let content_type = sent.headers.get("content-type").unwrap();
    assert_eq!(content_type, "application/x-www-form-urlencoded");
    let body = String::from_utf8(sent.body).unwrap();
    assert_eq!(body, "name=H%C3%A4fen&zipCode=4050+%26+101");
}

fn take(member: MemberRef, assignment: AssignmentId) -> Mutation {
    Mutation::TakeRole {
        member,
        role: Role::named("Moderator"),
        assignment,
    }
}

#[tokio::test]
async fn hostile_ids_go_out_byte_for_byte_and_encoded() {
    let bench = Bench::empty().await;
    let hostile = "a/../%2e?#&=\u{e9}\n";
    let org = OrgId::new(&me(), hostile);
    let member = MemberRef::id(&org, &MemberId::new(&me(), hostile));
    let encoded = "a%2F..%2F%252e%3F%23%26%3D%C3%A9%0A";
    let path = |change: &Mutation| {
        let request = bench.link.provider().render(change);
        assert_eq!((request.query.as_str(), request.body), ("", Body::Empty));
        request.path
    };
    let assignment = AssignmentId::new(&me(), hostile);
    let wanted = format!("/api/v1/organization/{encoded}/{encoded}/role/{encoded}/delete");
    assert_eq!(path(&take(member, assignment)), wanted);
    let draft = InviteDraft::to("o'neil+a/b%@d.example");
    let wanted = format!("/api/v1/organization/{encoded}/invite/o%27neil%2Ba%2Fb%25%40d.example");
    assert_eq!(path(&Mutation::Invite { org, draft }), wanted);
}

#[tokio::test]
async fn no_id_can_make_a_path_mean_another_record() {
    for odd in ["", ".", ".."] {
        let bench = Bench::documented().await;
        let member = MemberRef::id(&harbour(), &MemberId::new(&me(), odd));
        let gone = |error: orgdeck::domain::ApiError| assert_eq!(error.fault, Fault::Missing);
        gone(bench.ask(Query::Member(member.clone())).await.unwrap_err());
        let org = OrgId::new(&me(), odd);
        gone(
            bench
                .ask(Query::Org(OrgAt::Id(org.clone())))
                .await
                .unwrap_err(),
        );
        gone(bench.plan(Wish::DeleteOrg { org }).await.unwrap_err());
        let remove = Mutation::RemoveMember {
            member: member.clone(),
            why: Parting::Removed,
        };
        let rendered = bench.link.provider().render(&remove);
        assert_eq!((rendered.method, rendered.path.as_str()), (Method::Get, ""));
        let own = Box::new(Member::reference(member, MemberId::new(&me(), odd)));
        gone(
            bench
                .plan(Wish::RemoveMember { member: own })
                .await
                .unwrap_err(),
        );
        let taken = take(ines_at(), AssignmentId::new(&me(), odd));
        for change in [taken, remove] {
            let end = bench.mutate(change).await;
            assert!(matches!(end, Outcome::Refused(e) if e.fault == Fault::Missing));
        }
        assert_eq!(bench.heard().await, [""; 0]);
    }
}

#[tokio::test]
async fn changes_with_ids_of_other_profiles_send_nothing() {
    let other = Profile::new("other");
    let bench = Bench::documented().await;
    let taken = take(ines_at(), AssignmentId::new(&other, MODERATOR));
    let remove = Mutation::RemoveMember {
        member: MemberRef::id(&harbour(), &MemberId::new(&other, INES)),
        why: Parting::Removed,
    };
    for change in [taken, remove] {
        let end = bench.mutate(change).await;
        assert!(matches!(end, Outcome::Refused(e) if e.fault == Fault::Foreign));
    }
    assert_eq!(bench.heard().await, [""; 0]);
}

#[tokio::test]
async fn wishes_with_ids_of_other_profiles_send_nothing() {
    let other = Profile::new("other");
    let id = MemberId::new(&other, INES);
    let member = Box::new(Member::reference(MemberRef::id(&harbour(), &id), id));
    let bench = Bench::documented().await;
    let create = Wish::CreateOrg {
        profile: other.clone(),
        fields: Fields::default().with("name", text("x")),
        first_member: None,
    };
    for wish in [
        create,
        Wish::RemoveMember { member },
        Wish::DeleteOrg {
            org: OrgId::new(&other, "41"),
        },
        Wish::Leave {
            org: OrgId::new(&other, "41"),
        },
    ] {
        assert_eq!(bench.plan(wish).await.unwrap_err().fault, Fault::Foreign);
    }
    assert_eq!(bench.heard().await, [""; 0]);
}

#[tokio::test]
async fn a_member_named_by_user_can_neither_be_changed_nor_asked_for() {
    let bench = Bench::documented().await;
    let member = MemberRef::user(&harbour(), &user(INES_USER));
    let wish = Wish::SetRoles {
        member,
        from: shown(&[]),
        to: roles(&["Admin"]),
    };
    let fault = bench.plan(wish).await.unwrap_err().fault;
    assert!(matches!(fault, Fault::NotOffered(_)), "{fault:?}");
    assert_eq!(bench.heard().await, [""; 0]);
}
