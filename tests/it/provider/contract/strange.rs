//! Strange answers to every list and record of every service: they hide nothing and claim nothing.

use orgdeck::domain::rows::Detail;
use orgdeck::domain::{
    Answer, Assignment, Fault, Invite, InviteStatus, Member, Query, Row, Told, Verb,
};
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
        let stand = Stand::of(service);
        for (verb, query) in lists(&stand) {
            let plain = answer(&stand, (query.clone(), None)).await;
            let there = rows(&plain.unwrap());
            for place in 0..there.len() {
                for text in bad {
                    let altered = Altered::Record(place, text);
                    let strange = answer(&stand, (query.clone(), Some(&altered))).await;
                    stand.sandbox.heal(stand.kind);
                    let told = format!("{} {verb:?} {altered:?}: {strange:?}", service.0.name);
                    let shown = rows(&strange.unwrap_or_else(|_| panic!("{told}")));
                    assert_eq!(shown.len(), there.len(), "{told}");
                    for (number, (is, was)) in shown.iter().zip(&there).enumerate() {
                        let marked = matches!(is, Detail::Unreadable(_));
                        assert_eq!(marked, number == place, "{told}");
                        assert!(marked || is == was, "{told}");
                    }
                }
            }
        }
    }
}

/// The lists that a service offers and that have rows.
fn lists(stand: &Stand) -> Vec<(Verb, Query)> {
    let cast = Cast::of(stand);
    let is_list = |verb: &Verb| {
        matches!(
            verb,
            Verb::OrgList
                | Verb::MemberList
                | Verb::InviteList
                | Verb::UserFind
                | Verb::UserMemberships
        )
    };
    let offered = Verb::ALL.iter().copied().filter(is_list);
    let offered = offered.filter(|verb| stand.link.check(*verb).is_ok());
    offered
        .filter_map(|verb| Some((verb, cast.query(verb)?)))
        .collect()
}

/// What each service may leave out of its records, or say nothing in.
fn optional(service: sandbox::Service) -> &'static [&'static str] {
    match service {
        sandbox::Service::Balena => OF_BALENA,
        sandbox::Service::Clerk => OF_CLERK,
        sandbox::Service::Vulos => OF_VULOS,
    }
}

const OF_BALENA: &[&str] = &[
    "name",
    "handle",
    "created_at",
    "modified_at",
    "company_name",
    "website",
    "industry",
    "logo_image",
    "href",
    "billing_account_code",
    "is_frozen",
    "is_enforcing_saml_login",
    "has_past_due_invoice_since__date",
    "organization_membership",
    "organization_invite",
    "user",
    "username",
    "organization_membership_role",
    "message",
    "invitee",
    "email",
    "is_created_by__user",
];

const OF_CLERK: &[&str] = &[
    "name",
    "slug",
    "image_url",
    "has_image",
    "members_count",
    "pending_invitations_count",
    "max_allowed_memberships",
    "admin_delete_enabled",
    "public_metadata",
    "private_metadata",
    "created_by",
    "role_set_key",
    "created_at",
    "updated_at",
    "role_name",
    "first_name",
    "last_name",
    "identifier",
    "username",
    "public_organization_data",
    "inviter_id",
    "public_inviter_data",
    "url",
    "expires_at",
    "primary_email_address_id",
    "email_addresses",
    "total_count",
];

const OF_VULOS: &[&str] = &[
    "name",
    "website",
    "address",
    "city",
    "zipCode",
    "state",
    "country",
    "alpha2",
    "uniqueId",
    "taxNumber",
    "verified",
    "created",
    "firstName",
    "lastName",
    "email",
    "given_name",
    "family_name",
];

#[tokio::test]
async fn r25_what_is_optional_may_be_missing_or_null_in_every_record() {
    for service in services() {
        for field in optional(service.1) {
            let stand = Stand::of(service);
            for text in [None, Some("null")] {
                for (verb, query) in lists(&stand) {
                    let plain = answer(&stand, (query.clone(), None)).await.unwrap();
                    let altered = Altered::Field(field, text);
                    let strange = answer(&stand, (query, Some(&altered))).await;
                    stand.sandbox.heal(stand.kind);
                    let told = format!("{} {verb:?} {altered:?}: {strange:?}", service.0.name);
                    let shown = rows(&strange.unwrap_or_else(|_| panic!("{told}")));
                    assert_eq!(shown, rows(&plain), "{told}");
                }
                let cast = Cast::of(&stand);
                for verb in [Verb::OrgShow, Verb::MemberShow, Verb::WhoAmI] {
                    // There a role is its name.
                    if (stand.kind, verb, *field)
                        == (sandbox::Service::Vulos, Verb::MemberShow, "name")
                    {
                        continue;
                    }
                    let altered = Altered::Field(field, text);
                    let query = cast.query(verb).unwrap();
                    let strange = answer(&stand, (query, Some(&altered))).await;
                    stand.sandbox.heal(stand.kind);
                    assert!(
                        strange.is_ok(),
                        "{} {verb:?} {altered:?}: {strange:?}",
                        service.0.name
                    );
                }
            }
        }
    }
}

/// Words of no known meaning, one of them made to hurt.
const UNHEARD: [&str; 2] = [r#""starkeeper""#, r#""\u001b[31m\u202e=1""#];

/// Where each service tells a kind of something.
fn kinds(service: sandbox::Service) -> &'static [(Verb, &'static str)] {
    match service {
        sandbox::Service::Balena => &[
            (Verb::MemberList, "name"),
            (Verb::MemberShow, "name"),
            (Verb::MemberRoles, "name"),
            (Verb::InviteList, "name"),
        ],
        sandbox::Service::Clerk => &[
            (Verb::MemberList, "role"),
            (Verb::MemberShow, "role"),
            (Verb::MemberRoles, "role"),
            (Verb::UserMemberships, "role"),
            (Verb::InviteList, "role"),
            (Verb::InviteList, "status"),
        ],
        sandbox::Service::Vulos => &[(Verb::MemberShow, "name"), (Verb::MemberRoles, "name")],
    }
}

/// The kinds that an answer tells under a name.
fn told(answer: &Answer, field: &str) -> Vec<String> {
    let keys = |held: &[Assignment]| -> Vec<String> {
        held.iter()
            .map(|one| one.role.key.raw().to_owned())
            .collect()
    };
    let of = |member: &Member| member.roles.known().map_or(Vec::new(), |held| keys(held));
    let invited = |invite: &Invite| match (&invite.status, &invite.role) {
        (InviteStatus::Other(word), _) if field == "status" => word.raw().to_owned(),
        (status, _) if field == "status" => format!("taken for {status:?}"),
        (_, Told::Is(role)) => role.key.raw().to_owned(),
        (_, role) => format!("taken for {role:?}"),
    };
    match answer {
        Answer::Members(page) => page.rows.iter().flat_map(|row| of(&row.item)).collect(),
        Answer::Memberships(page) => {
            let rows = page.rows.iter();
            rows.flat_map(|row| of(&row.item.member)).collect()
        }
        Answer::Member(member) => of(member),
        Answer::Assignments(held) => keys(held),
        Answer::Invites(page) => page.rows.iter().map(|row| invited(&row.item)).collect(),
        other => panic!("no kinds: {other:?}"),
    }
}

#[tokio::test]
async fn r24_a_kind_that_nobody_has_heard_of_is_told_as_it_came() {
    for service in services() {
        let stand = Stand::of(service);
        for (verb, field) in kinds(stand.kind) {
            for value in UNHEARD {
                let word: String = serde_json::from_str(value).unwrap();
                let query = Cast::of(&stand).query(*verb).unwrap();
                let altered = Altered::Field(field, Some(value));
                let strange = answer(&stand, (query, Some(&altered))).await;
                stand.sandbox.heal(stand.kind);
                let kinds = told(&strange.unwrap(), field);
                let place = format!("{} {verb:?} {field}", service.0.name);
                assert!(!kinds.is_empty(), "{place}");
                assert!(kinds.iter().all(|kind| *kind == word), "{place}: {kinds:?}");
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
