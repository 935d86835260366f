//! The adapter end to end, against the emulator of the service.

use orgdeck::domain::member::Mine;
use orgdeck::domain::outcome::{Made, Proof};
use orgdeck::domain::query::Scope;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Answer, Cursor, Detail, Fields, InviteDraft, Member, Org, OrgId, Outcome, Query, Receipt, Text,
    Told, UserAt, Value, Wish,
};
use orgdeck::provider::http::{Account, BodyFormat};
use orgdeck::sandbox::faults::{Fault, Rule};
use orgdeck::sandbox::{Sandbox, Service::Vulos};

use super::{Desk, account, harbour, me, names, roles};
use crate::sandbox::demo;

/// A desk before the demo world, whose caller is a `SuperAdmin` of the organization 41.
fn stage() -> (Sandbox, Desk) {
    let sandbox = demo();
    let desk = Desk::new(account(&sandbox.vulos.url, &sandbox.vulos.token));
    (sandbox, desk)
}

async fn orgs(desk: &Desk) -> Vec<Org> {
    let asked = Query::Orgs {
        scope: Scope::Own,
        text: None,
        page: Cursor::FIRST,
    };
    let Answer::Orgs(page) = desk.ask(asked).await.unwrap() else {
        panic!("no list");
    };
    page.rows.into_iter().map(|row| row.item).collect()
}

/// Every member with all details.
async fn members(desk: &Desk, org: &OrgId) -> Vec<Member> {
    let asked = Query::Members {
        org: org.clone(),
        role: None,
        text: None,
        page: Cursor::FIRST,
    };
    let Answer::Members(page) = desk.ask(asked).await.unwrap() else {
        panic!("no list");
    };
    let mut members = Vec::new();
    for row in page.rows {
        assert_eq!(row.detail, Detail::Wanted);
        let answer = desk.ask(Query::Member(row.item.at)).await.unwrap();
        let Answer::Member(member) = answer else {
            panic!("no member");
        };
        members.push(*member);
    }
    members
}

/// The member of the organization 41 with this address.
async fn member(desk: &Desk, email: &str) -> Option<Member> {
    let told = Told::Is(Text::from(email));
    let members = members(desk, &harbour()).await;
    members.into_iter().find(|member| member.email == told)
}

async fn done(desk: &Desk, wish: Wish) -> Receipt {
    let mut ends = desk.carry(wish).await;
    match ends.pop() {
        Some(Outcome::Done(receipt)) => receipt,
        end => panic!("not done: {end:?} after {ends:?}"),
    }
}

fn text(value: &str) -> Value {
    Value::Text(Text::from(value))
}

const INES: &str = "ines@pilots.example";

#[tokio::test]
async fn every_read_brings_what_the_world_holds() {
    let (sandbox, desk) = stage();
    let Answer::Principal(principal) = desk.ask(Query::WhoAmI).await.unwrap() else {
        panic!("no principal");
    };
    let listed = orgs(&desk).await;
    let ids: Vec<_> = listed.iter().map(|org| org.id.raw()).collect();
    assert_eq!(ids, ["41", "4294967338"]);
    let org = desk.org().await.unwrap();
    assert_eq!(org.name, Told::Is(Text::from("Harbour Pilots")));
    assert_eq!(
        org.attribute("country_name"),
        Some(&Told::Is(text("Portugal")))
    );
    let members = members(&desk, &harbour()).await;
    assert_eq!(org.members, Told::Is(members.len() as u64));
    let own: Vec<_> = members.iter().filter(|member| member.is_own()).collect();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].user.known(), principal.user.as_ref());
    assert_eq!(Told::Is(own[0].id.clone()), org.own);
    let mine = Query::Memberships {
        user: UserAt::Me(me()),
        page: Cursor::FIRST,
    };
    let Answer::Memberships(page) = desk.ask(mine).await.unwrap() else {
        panic!("no memberships");
    };
    assert_eq!(page.total, Some(2));
    assert_eq!(sandbox.unknown_routes(), [""; 0]);
}

#[tokio::test]
async fn an_organization_is_made_changed_left_and_deleted() {
    let (sandbox, desk) = stage();
    let mut fields = Fields::default();
    for key in [
        "name",
        "address",
        "city",
        "zip_code",
        "unique_id",
        "tax_number",
    ] {
        fields.set(key, text(key));
    }
    let create = Wish::CreateOrg {
        profile: me(),
        fields: fields
            .with("country_code", text("ES"))
            .with("state", text("")),
        first_member: None,
    };
    let made = done(&desk, create).await.made;
    let Some(Made::Org(org)) = made else {
        panic!("nothing made: {made:?}");
    };
    assert_eq!(orgs(&desk).await.len(), 3);
    let edit = Wish::EditOrg {
        org: org.clone(),
        fields: Fields::default().with("website", text("https://new.example")),
    };
    done(&desk, edit).await;
    let alone = members(&desk, &org).await;
    assert_eq!(names(alone[0].assignments()), ["SuperAdmin"]);
    assert_eq!(alone[0].is_me, Told::Is(Mine::Own));
    done(&desk, Wish::DeleteOrg { org: org.clone() }).await;
    assert!(orgs(&desk).await.iter().all(|other| other.id != org));
    done(&desk, Wish::Leave { org: harbour() }).await;
    assert_eq!(orgs(&desk).await.len(), 1);
    assert_eq!(sandbox.unknown_routes(), [""; 0]);
}

#[tokio::test]
async fn members_get_other_roles_and_are_removed() {
    let (sandbox, desk) = stage();
    let ines = member(&desk, INES).await.unwrap();
    assert_eq!(names(ines.assignments()), ["Moderator", "dispatch"]);
    let set = Wish::SetRoles {
        member: ines.at.clone(),
        from: ines.assignments().to_vec(),
        to: roles(&["Admin", "night shift"]),
    };
    assert_eq!(desk.carry(set).await.len(), 4);
    let ines = member(&desk, INES).await.unwrap();
    assert_eq!(names(ines.assignments()), ["Admin", "night shift"]);
    let remove = Wish::RemoveMember {
        member: Box::new(ines),
    };
    done(&desk, remove.clone()).await;
    assert_eq!(member(&desk, INES).await, None);
    assert_eq!(done(&desk, remove).await.proof, Proof::AlreadySo);
    assert_eq!(sandbox.unknown_routes(), [""; 0]);
}

#[tokio::test]
async fn addresses_are_invited_and_invited_again() {
    let (sandbox, desk) = stage();
    let email = Text::from("ida+new/pilot@pilots.example");
    let invite = Wish::Invite {
        org: harbour(),
        drafts: vec![InviteDraft::to(email.clone())],
    };
    let again = Wish::Resend(Resend::Address {
        org: harbour(),
        email,
    });
    for wish in [invite, again] {
        let receipt = done(&desk, wish).await;
        assert_eq!((receipt.made, receipt.proof), (None, Proof::Answer));
    }
    let mut sent = sandbox.requests(Vulos);
    sent.retain(|sent| sent.method == "PUT");
    let puts: Vec<_> = sent.iter().map(|sent| sent.target.as_str()).collect();
    let target = "/api/v1/organization/41/invite/ida%2Bnew%2Fpilot%40pilots.example";
    assert_eq!(puts, [target, target]);
}

#[tokio::test]
async fn a_refusal_of_the_service_keeps_its_words() {
    let (_sandbox, desk) = stage();
    let quay = OrgId::new(&me(), "4294967338");
    let ends = desk.carry(Wish::DeleteOrg { org: quay }).await;
    let [Outcome::Refused(error)] = &ends[..] else {
        panic!("not refused: {ends:?}");
    };
    assert!(error.words.is_some() && error.code.is_some() && error.trace.is_some());
    assert_eq!(error.status, Some(400));
}

#[tokio::test]
async fn another_token_is_signed_out() {
    let sandbox = demo();
    let desk = Desk::new(account(&sandbox.vulos.url, "another"));
    let error = desk.org().await.unwrap_err();
    assert_eq!(error.fault, orgdeck::domain::Fault::SignedOut);
}

#[tokio::test]
async fn lost_answers_are_settled_by_looking_where_there_is_something_to_see() {
    for (method, wish) in [
        ("DELETE", Wish::DeleteOrg { org: harbour() }),
        (
            "PUT",
            Wish::EditOrg {
                org: harbour(),
                fields: Fields::default().with("city", text("Lisboa")),
            },
        ),
    ] {
        let (sandbox, desk) = stage();
        sandbox.fail(Vulos, Rule::once(Fault::ResetAfter).method(method));
        assert_eq!(done(&desk, wish).await.proof, Proof::ReadAgain);
        let sent = sandbox.requests(Vulos);
        let writes = sent.iter().filter(|sent| sent.method == method);
        assert_eq!(writes.count(), 1);
    }
}

#[tokio::test]
async fn a_removal_whose_answer_is_lost_is_seen_in_the_details() {
    let (sandbox, desk) = stage();
    let member = Box::new(member(&desk, INES).await.unwrap());
    sandbox.fail(Vulos, Rule::once(Fault::ResetAfter).method("DELETE"));
    let receipt = done(&desk, Wish::RemoveMember { member }).await;
    assert_eq!(receipt.proof, Proof::ReadAgain);
}

#[tokio::test]
async fn a_creation_whose_answer_is_lost_is_sent_once_and_found_by_its_name() {
    let (sandbox, desk) = stage();
    sandbox.fail(Vulos, Rule::once(Fault::ResetAfter).method("PUT"));
    let keys = [
        "name",
        "address",
        "city",
        "zip_code",
        "unique_id",
        "tax_number",
    ];
    let fields = Fields::default().with("country_code", text("PT"));
    let fields = keys
        .into_iter()
        .fold(fields, |fields, key| fields.with(key, text("Quay")));
    let create = Wish::CreateOrg {
        profile: me(),
        fields,
        first_member: None,
    };
    let receipt = done(&desk, create).await;
    assert_eq!(receipt.proof, Proof::ReadAgain);
    assert!(matches!(receipt.made, Some(Made::Org(_))), "{receipt:?}");
    let sent = sandbox.requests(Vulos).into_iter();
    assert_eq!(sent.filter(|request| request.method != "GET").count(), 1);
}

#[tokio::test]
async fn the_other_encoding_of_bodies_is_understood_as_well() {
    let sandbox = demo();
    let account = account(&sandbox.vulos.url, &sandbox.vulos.token);
    let desk = Desk::new(Account {
        body: BodyFormat::Form,
        ..account
    });
    let edit = Wish::EditOrg {
        org: harbour(),
        fields: Fields::default().with("name", text("Häfen & Lotsen")),
    };
    done(&desk, edit).await;
    let name = desk.org().await.unwrap().name;
    assert_eq!(name, Told::Is(Text::from("Häfen & Lotsen")));
}
