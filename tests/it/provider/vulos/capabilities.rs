//! The tables: every verb has its row, and what is not offered sends nothing.

use orgdeck::domain::capabilities::{RoleCount, Vocabulary};
use orgdeck::domain::field::{FieldKind, FieldSpec, Need};
use orgdeck::domain::mutation::OrgRef;
use orgdeck::domain::query::{Privacy, Thing};
use orgdeck::domain::{
    Answer, Cursor, Fault, Fidelity, Image, InviteDraft, InviteId, InviteRef, Mutation, Offer,
    Outcome, Query, Role, Secret, Text, Verb, Wish,
};
use orgdeck::provider::registry;
use serde_json::json;

use super::{Bench, INES_USER, SERVICE, harbour, ines_at, me, user};

const ABSENT: [Verb; 10] = [
    Verb::LogoSet,
    Verb::LogoRemove,
    Verb::MetadataShow,
    Verb::MetadataSet,
    Verb::MemberAdd,
    Verb::InviteList,
    Verb::InviteRevoke,
    Verb::InviteAccept,
    Verb::RoleList,
    Verb::UserFind,
];

fn invite_ref() -> InviteRef {
    InviteRef {
        org: harbour(),
        id: InviteId::new(&me(), "1"),
    }
}

fn image() -> Image {
    Image::new("logo.gif", b"GIF89a".to_vec()).unwrap()
}

fn not_offered(verb: Verb) -> Fault {
    Fault::NotOffered((SERVICE.capabilities)().refusal(verb).unwrap())
}

#[test]
fn the_registry_has_its_row() {
    let service = registry::find("vulos").unwrap();
    assert_eq!(
        (service.short, service.default_url),
        ("vul", "https://identity.vulos.io")
    );
}

#[test]
fn every_verb_is_offered_or_refused_with_a_reason_of_its_own() {
    let table = (SERVICE.capabilities)();
    let nobody_s = orgdeck::domain::Capabilities::offering(&[]).refusal(Verb::WhoAmI);
    for verb in Verb::ALL {
        let why = table.refusal(*verb);
        assert_eq!(why.is_some(), ABSENT.contains(verb), "{verb:?}");
        assert_ne!(why, nobody_s, "{verb:?}");
        assert!(!why.unwrap_or_default().ends_with('.'), "{verb:?}");
    }
    let give_and_take = [Verb::MemberRoles, Verb::MemberRole];
    assert!(
        matches!(table.offer(Verb::MemberRole), Offer::Composed(verbs) if verbs == give_and_take)
    );
    assert_eq!(
        table.offer(Verb::InviteResend),
        Offer::Composed(&[Verb::InviteCreate])
    );
}

#[tokio::test]
async fn the_probe_answers_the_table_and_sends_nothing() {
    let bench = Bench::empty().await;
    let told = bench.ask(Query::Probe).await.unwrap();
    assert_eq!(
        told,
        Answer::Capabilities(Box::new((SERVICE.capabilities)()))
    );
    assert_eq!(bench.heard().await, [""; 0]);
}

#[tokio::test]
async fn questions_that_vulos_cannot_answer_send_nothing() {
    let page = || Cursor::FIRST;
    let bench = Bench::documented().await;
    for asked in [
        Query::Metadata {
            org: harbour(),
            privacy: Privacy::Public,
        },
        Query::Invites {
            org: Some(harbour()),
            status: None,
            page: page(),
        },
        Query::Invites {
            org: None,
            status: None,
            page: page(),
        },
        Query::Invite(invite_ref()),
        Query::InvitesTo {
            org: harbour(),
            email: Text::from("a@x.example"),
        },
        Query::Roles { org: None },
        Query::Users {
            text: Text::from("ines"),
            beside: None,
            page: Cursor::FIRST,
        },
        Query::Raw(Thing::Invite(invite_ref())),
    ] {
        let verb = asked.verb();
        let error = bench.ask(asked).await.unwrap_err();
        assert_eq!((error.verb, error.fault), (verb, not_offered(verb)));
    }
    assert_eq!(bench.heard().await, [""; 0]);
}

#[tokio::test]
async fn wishes_that_vulos_cannot_grant_send_nothing() {
    let bench = Bench::documented().await;
    for wish in [
        Wish::SetLogo {
            org: harbour(),
            image: image(),
        },
        Wish::RemoveLogo { org: harbour() },
        Wish::SetMetadata {
            org: harbour(),
            merge: json!({}),
        },
        Wish::AddMember {
            org: harbour(),
            user: user(INES_USER),
            role: Role::named("Admin"),
            metadata: None,
        },
        Wish::AcceptInvite {
            profile: me(),
            token: Secret::new("token"),
        },
    ] {
        let verb = wish.verb();
        assert_eq!(bench.plan(wish).await.unwrap_err().fault, not_offered(verb));
    }
    assert_eq!(bench.heard().await, [""; 0]);
}

#[tokio::test]
async fn changes_that_vulos_does_not_have_are_refused_by_the_adapter_too() {
    let changes = [
        Mutation::SetLogo {
            org: harbour(),
            image: image(),
        },
        Mutation::RemoveLogo { org: harbour() },
        Mutation::MergeMetadata {
            org: harbour(),
            merge: json!({}),
        },
        Mutation::AddMember {
            org: OrgRef::Id(harbour()),
            user: user(INES_USER),
            role: Role::named("Admin"),
            metadata: None,
        },
        Mutation::SetRole {
            member: ines_at(),
            role: Role::named("Admin"),
        },
        Mutation::InviteBulk {
            org: harbour(),
            drafts: vec![InviteDraft::to("a@x.example")],
        },
        Mutation::RevokeInvite {
            invite: invite_ref(),
        },
        Mutation::AcceptInvite {
            profile: me(),
            token: Secret::new("token"),
        },
    ];
    let bench = Bench::documented().await;
    for change in changes {
        let end = bench.mutate(change).await;
        let Outcome::Refused(error) = end else {
            panic!("not refused: {end:?}");
        };
        assert!(matches!(error.fault, Fault::NotOffered(_)), "{error:?}");
    }
    assert_eq!(bench.heard().await, [""; 0]);
}

fn keys(specs: &[FieldSpec], need: fn(Need) -> bool) -> Vec<&'static str> {
    let specs = specs.iter().filter(|spec| need(spec.need));
    specs.map(|spec| spec.key).collect()
}

#[test]
fn a_new_organization_needs_what_the_reference_requires() {
    let table = (SERVICE.capabilities)();
    let required = [
        "name",
        "address",
        "city",
        "zip_code",
        "country_code",
        "unique_id",
        "tax_number",
    ];
    assert_eq!(keys(&table.create, |need| need == Need::Required), required);
    assert_eq!(
        keys(&table.create, |need| need == Need::Optional),
        ["website", "state"]
    );
    assert_eq!(keys(&table.edit, |need| need == Need::Optional).len(), 9);
    let kind = |key: &str| {
        table
            .create
            .iter()
            .find(|spec| spec.key == key)
            .unwrap()
            .kind
    };
    assert_eq!(
        (kind("country_code"), kind("website")),
        (FieldKind::Country, FieldKind::Url)
    );
}

#[test]
fn an_invite_is_an_address_and_names_what_it_lacks() {
    let table = (SERVICE.capabilities)();
    assert_eq!(
        keys(&table.invite, |need| need == Need::Required),
        ["email"]
    );
    let absent = keys(&table.invite, |need| matches!(need, Need::NotOffered(_)));
    let wanted = [
        "role",
        "message",
        "redirect_url",
        "expires_in_days",
        "notify",
        "public_metadata",
        "private_metadata",
    ];
    assert_eq!(absent, wanted);
}

#[test]
fn roles_are_any_text_with_four_suggestions() {
    let table = (SERVICE.capabilities)();
    assert_eq!(table.role_count, RoleCount::Any);
    let Vocabulary::Free(suggested) = table.vocabulary else {
        panic!("not free");
    };
    let told: Vec<_> = suggested
        .iter()
        .map(|role| (role.key.raw(), role.level))
        .collect();
    let wanted = [
        ("SuperAdmin", Some(0)),
        ("Admin", Some(1)),
        ("Moderator", Some(2)),
        ("Api", Some(3)),
    ];
    assert_eq!(told, wanted);
}

#[tokio::test]
async fn every_attribute_that_is_told_has_a_label() {
    let table = (SERVICE.capabilities)();
    let org = Bench::documented().await.org().await.unwrap();
    let told: Vec<_> = org
        .attributes
        .iter()
        .map(|attribute| attribute.key)
        .collect();
    let labelled: Vec<_> = table.attributes.iter().map(|(key, _)| *key).collect();
    assert_eq!(told, labelled);
}

#[test]
fn undo_promises_no_more_than_the_service_can_do() {
    let table = (SERVICE.capabilities)();
    for verb in [
        Verb::OrgCreate,
        Verb::OrgEdit,
        Verb::MemberRole,
        Verb::MemberRemove,
    ] {
        assert!(
            matches!(table.fidelity(verb), Fidelity::Partly(_)),
            "{verb:?}"
        );
    }
    for verb in [
        Verb::OrgDelete,
        Verb::MemberLeave,
        Verb::InviteCreate,
        Verb::InviteResend,
    ] {
        assert!(
            matches!(table.fidelity(verb), Fidelity::Impossible(_)),
            "{verb:?}"
        );
    }
}
