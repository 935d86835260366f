//! What is written of changes and records, and that it comes back; and what is written nowhere.

use std::fs;

use orgdeck::domain::entry::Event;
use orgdeck::domain::invite::{Link, Notify};
use orgdeck::domain::mutation::Parting;
use orgdeck::domain::outcome::{Made, Proof};
use orgdeck::domain::plan::{Seen, TaskId};
use orgdeck::domain::record::{Ended, Says};
use orgdeck::domain::{
    ApiError, Assignment, AssignmentId, Fault, Fields, Image, Invite, InviteDraft, InviteId,
    InviteRef, InviteStatus, Logo, Member, MemberId, MemberRef, Mutation, Org, OrgId, OrgRef,
    Outcome, Receipt, Role, Secret, Text, Told, UserId, Value, Verb, Wish,
};
use orgdeck::domain::{Attribute, Fidelity, Plan, Request, RoleId, Step, Why};
use orgdeck::journal::Journal as _;
use orgdeck::journal::memory::Memory;
use serde_json::json;

use super::{Shelf, all, entry, intent_of, profile};

fn org() -> OrgId {
    OrgId::new(&profile(), "org_1")
}

fn role(key: &str) -> Role {
    Role {
        name: Text::from("A role"),
        id: Some(RoleId::new(&profile(), "7")),
        level: Some(2),
        ..Role::named(key)
    }
}

fn member() -> MemberRef {
    MemberRef::id(&org(), &MemberId::new(&profile(), "m1"))
}

fn png() -> Image {
    Image::new("logo.png", b"\x89PNG\r\n\x1a\nrest".to_vec()).unwrap()
}

fn draft() -> InviteDraft {
    InviteDraft {
        role: Some(role("org:admin")),
        message: Some(Text::from("hello")),
        redirect: Some(Text::from("https://acme.example/welcome")),
        expires_in_days: Some(30),
        notify: Notify::Silent,
        public_metadata: Some(json!({"team": "sea"})),
        ..InviteDraft::to("kim@acme.example")
    }
}

fn invite_ref() -> InviteRef {
    InviteRef {
        org: org(),
        id: InviteId::new(&profile(), "inv_1"),
    }
}

/// Every kind of change that can be kept whole.
fn changes() -> Vec<Mutation> {
    let fields = Fields::default()
        .with("name", Value::Text(Text::from("Acme")))
        .with("admin_delete_enabled", Value::Flag(true))
        .with("max_allowed_memberships", Value::Number(5))
        .with("public_metadata", Value::Json(json!({"a": null, "b": [1]})));
    let mut all = vec![
        Mutation::CreateOrg {
            profile: profile(),
            fields: fields.clone(),
        },
        Mutation::EditOrg { org: org(), fields },
        Mutation::DeleteOrg { org: org() },
        Mutation::SetLogo {
            org: org(),
            image: png(),
        },
        Mutation::RemoveLogo { org: org() },
        Mutation::MergeMetadata {
            org: org(),
            merge: json!({"plan": null}),
        },
    ];
    all.extend(of_people());
    all
}

/// Those about members and invites.
fn of_people() -> Vec<Mutation> {
    vec![
        Mutation::AddMember {
            org: OrgRef::Id(org()),
            user: UserId::new(&profile(), "u1"),
            role: role("org:member"),
            metadata: None,
        },
        Mutation::AddMember {
            org: OrgRef::Of(profile(), 0),
            user: UserId::new(&profile(), "u1"),
            role: role("org:member"),
            metadata: None,
        },
        Mutation::SetRole {
            member: MemberRef::user(&org(), &UserId::new(&profile(), "u1")),
            role: role("org:admin"),
        },
        Mutation::GiveRole {
            member: member(),
            role: role("Owner"),
        },
        Mutation::TakeRole {
            member: member(),
            role: role("Owner"),
            assignment: AssignmentId::new(&profile(), "a1"),
        },
        Mutation::RemoveMember {
            member: member(),
            why: Parting::Removed,
        },
        Mutation::RemoveMember {
            member: member(),
            why: Parting::Leaves,
        },
        Mutation::Invite {
            org: org(),
            draft: draft(),
        },
        Mutation::InviteBulk {
            org: org(),
            drafts: vec![draft(), InviteDraft::to("b@acme.example")],
        },
        Mutation::RevokeInvite {
            invite: invite_ref(),
        },
    ]
}

fn an_org() -> Org {
    let mut org = Org::reference(org());
    org.name = Told::Is(Text::from("Acme"));
    org.slug = Told::Empty;
    org.logo = Told::Is(Logo::at(Told::Unknown));
    org.members = Told::Is(3);
    org.attributes = vec![
        Attribute::new("city", Told::Is(Value::Text(Text::from("Porto")))),
        Attribute::new("website", Told::Empty),
    ];
    org
}

fn a_member() -> Member {
    let mut one = Member::reference(member(), MemberId::new(&profile(), "m1"));
    one.user = Told::Is(UserId::new(&profile(), "u1"));
    one.email = Told::Empty;
    one.username = Told::Is(Text::from("bo"));
    one.roles = Told::Is(
        [Assignment {
            role: role("Owner"),
            id: Some(AssignmentId::new(&profile(), "a1")),
        }]
        .into(),
    );
    one
}

fn an_invite() -> Invite {
    Invite {
        at: invite_ref(),
        org_name: Told::Unknown,
        email: Told::Is(Text::from("kim@acme.example")),
        role: Told::Is(role("org:member")),
        status: InviteStatus::Other(Text::from("frozen")),
        created: Told::Is(crate::support::fake::wall()),
        expires: Told::Empty,
        inviter: Told::Unknown,
        message: Told::Is(Text::from("hello")),
        has_link: Told::Unknown,
        metadata: Told::Is(Text::from("{}")),
        redirect: Told::Empty,
    }
}

#[tokio::test]
async fn every_change_comes_back_as_it_was() {
    let shelf = Shelf::new();
    let (journal, memory) = (shelf.journal(), Memory::default());
    for change in changes() {
        let entry = entry("one", intent_of(change));
        memory.append(entry.clone()).await.unwrap();
        journal.append(entry).await.unwrap();
    }
    let read = all(&shelf.journal()).await;
    assert_eq!(read.len(), changes().len());
    for (record, change) in read.iter().zip(changes()) {
        let Says::Intent { act, .. } = &record.says else {
            panic!("an intent: {record:?}");
        };
        assert_eq!(act.verb, change.verb());
        assert_eq!(act.org.as_ref(), change.org());
        assert_eq!(act.target, change.names());
        assert_eq!(act.change, Some(change));
        assert_eq!(record.principal, Some(Text::from("ana@acme.example")));
    }
    let remembered = memory.since(jiff::Timestamp::MIN).await.unwrap();
    assert_eq!(remembered, read, "memory holds what a file would");
}

#[tokio::test]
async fn images_of_before_and_after_come_back_as_they_were() {
    let seen = [
        Seen::Nothing,
        Seen::Gone,
        Seen::Org(Box::new(an_org())),
        Seen::Member(Box::new(a_member())),
        Seen::Invite(Box::new(an_invite())),
        Seen::Invites(vec![an_invite()]),
    ];
    let shelf = Shelf::new();
    let journal = shelf.journal();
    for one in &seen {
        let Event::Intent {
            task,
            step,
            change,
            request,
            ..
        } = super::intent("a@b.example")
        else {
            panic!("an intent");
        };
        let before = Box::new(one.clone());
        let event = Event::Intent {
            task,
            step,
            change,
            request,
            before,
        };
        let no = journal.append(entry("one", event)).await.unwrap();
        let receipt = Receipt {
            trace: Some(Text::from("req_1")),
            made: Some(Made::Invites(vec![InviteId::new(&profile(), "inv_2")])),
            after: Some(one.clone()),
            proof: Proof::ReadAgain,
            ..Receipt::default()
        };
        let ended = Event::Ended {
            intent: no,
            outcome: Box::new(Outcome::Done(receipt.clone())),
            took: std::time::Duration::from_millis(1234),
        };
        journal.append(entry("one", ended)).await.unwrap();
        let [.., intent, outcome] = &all(&journal).await[..] else {
            panic!("two records");
        };
        assert!(matches!(&intent.says, Says::Intent { before, .. } if before == one));
        let Says::Ended { intent: of, end } = &outcome.says else {
            panic!("an end: {outcome:?}");
        };
        assert_eq!((*of, end.word), (intent.no, Ended::Done));
        assert_eq!((&end.made, &end.after), (&receipt.made, &receipt.after));
        assert_eq!(end.trace, receipt.trace);
        assert_eq!(end.took.as_millis(), 1234);
    }
}

#[tokio::test]
async fn every_end_has_its_word() {
    let error = ApiError::new(Verb::InviteCreate, Fault::Conflict).words("already there");
    let ends = [
        (Outcome::Done(Receipt::default()), Ended::Done, None),
        (
            Outcome::Refused(error.clone()),
            Ended::Refused,
            Some("already there"),
        ),
        (
            Outcome::NotApplied(error),
            Ended::NotApplied,
            Some("already there"),
        ),
        (Outcome::Unknown, Ended::Unknown, None),
    ];
    let shelf = Shelf::new();
    let journal = shelf.journal();
    for (outcome, word, words) in ends {
        let event = Event::Ended {
            intent: orgdeck::domain::entry::EntryNo(1),
            outcome: Box::new(outcome),
            took: std::time::Duration::ZERO,
        };
        journal.append(entry("one", event)).await.unwrap();
        let Says::Ended { end, .. } = all(&journal).await.pop().unwrap().says else {
            panic!("an end");
        };
        assert_eq!(end.word, word);
        assert_eq!(end.words, words.map(Text::from));
    }
}

#[tokio::test]
async fn a_plan_comes_back_with_all_its_steps_and_its_reason() {
    let steps = changes().into_iter().map(|change| Step {
        change,
        request: Request::get("/"),
        seen: Seen::Org(Box::new(an_org())),
        after: Some(3),
    });
    let plan = Plan {
        wish: Wish::DeleteOrg { org: org() },
        steps: steps.collect(),
        checks: Vec::new(),
        objections: Vec::new(),
        undo: Fidelity::Exact,
    };
    let shelf = Shelf::new();
    let journal = shelf.journal();
    let numbers = vec![orgdeck::domain::entry::EntryNo(4)];
    for reason in [
        Why::Wished,
        Why::Undoes(numbers.clone()),
        Why::Redoes(numbers.clone()),
        Why::Finishes(numbers[0]),
    ] {
        let event = Event::Planned {
            task: TaskId(9),
            why: reason.clone(),
            plan: Box::new(plan.clone()),
        };
        journal.append(entry("one", event)).await.unwrap();
        let Says::Planned {
            task,
            why,
            verb,
            steps,
        } = all(&journal).await.pop().unwrap().says
        else {
            panic!("a plan");
        };
        assert_eq!((task, why, verb), (TaskId(9), reason, Verb::OrgDelete));
        assert_eq!(steps.len(), plan.steps.len());
        assert!(steps.iter().all(|step| step.after == Some(3)));
        let seen = Seen::Org(Box::new(an_org()));
        assert!(steps.iter().all(|step| step.seen.agrees_with(&seen)));
    }
}

/// What must be found nowhere in the folder.
const CANARY: &str = "canary-4fJx81kqWz";

#[tokio::test]
async fn r8_r96_no_secret_is_written() {
    let shelf = Shelf::new();
    let journal = shelf.journal();
    let mut org = an_org();
    org.logo = Told::Is(Logo::at(Told::Is(Text::from(format!(
        "https://cdn.example/x?sig={CANARY}"
    )))));
    let mut invite = an_invite();
    invite.has_link = Told::Is(Link::Held);
    let secret = InviteDraft {
        private_metadata: Some(json!({ "key": CANARY })),
        ..draft()
    };
    let changes = [
        Mutation::AcceptInvite {
            profile: profile(),
            token: Secret::new(CANARY),
        },
        Mutation::Invite {
            org: super::wire::org(),
            draft: secret,
        },
        Mutation::EditOrg {
            org: super::wire::org(),
            fields: Fields::default().with("private_metadata", Value::Text(Text::from(CANARY))),
        },
    ];
    for change in changes {
        let no = journal.append(entry("one", intent_of(change))).await;
        let receipt = Receipt {
            after: Some(Seen::Org(Box::new(org.clone()))),
            ..Receipt::default()
        };
        let ended = Event::Ended {
            intent: no.unwrap(),
            outcome: Box::new(Outcome::Done(receipt)),
            took: std::time::Duration::ZERO,
        };
        journal.append(entry("one", ended)).await.unwrap();
    }
    let read = all(&journal).await;
    let kept = read.iter().filter_map(|record| match &record.says {
        Says::Intent { act, .. } => Some(act.change.is_some()),
        _ => None,
    });
    assert_eq!(kept.collect::<Vec<_>>(), [false, false, true]);
    for file in fs::read_dir(shelf.folder()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let text = fs::read_to_string(&path).unwrap();
            assert!(!text.contains(CANARY), "{}", path.display());
            assert!(!text.contains("cdn.example"), "{}", path.display());
        }
    }
}

#[test]
fn every_field_and_attribute_of_every_service_is_known_to_it() {
    for service in orgdeck::provider::registry::all() {
        let can = (service.capabilities)();
        let fields = can.create.iter().chain(&can.edit).map(|field| field.key);
        let keys = fields.chain(can.attributes.iter().map(|(key, _)| *key));
        for key in keys.filter(|key| *key != "private_metadata") {
            let value = Value::Text(Text::from("x"));
            let change = Mutation::EditOrg {
                org: org(),
                fields: Fields::default().with(key, value),
            };
            let memory = Memory::default();
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap();
            let read = runtime.block_on(async {
                memory
                    .append(entry("one", intent_of(change.clone())))
                    .await
                    .unwrap();
                memory.since(jiff::Timestamp::MIN).await.unwrap()
            });
            let Says::Intent { act, .. } = &read[0].says else {
                panic!("an intent");
            };
            assert_eq!(act.change, Some(change), "{}: {key}", service.name);
        }
    }
}
