//! The constant tables: complete, and in agreement with themselves.

use orgdeck::domain::capabilities::{Reach, RoleCount, Vocabulary};
use orgdeck::domain::field::Need;
use orgdeck::domain::verb::Class;
use orgdeck::domain::{Capabilities, Fidelity, FieldKind, FieldSpec, InviteStatus, Offer, Verb};
use orgdeck::provider::clerk::SERVICE;
use orgdeck::provider::registry;

fn table() -> Capabilities {
    (SERVICE.capabilities)()
}

fn keys(fields: &[FieldSpec]) -> Vec<&'static str> {
    let offered = fields.iter().filter(|field| field.is_offered());
    offered.map(|field| field.key).collect()
}

#[test]
fn the_registry_knows_the_service() {
    let service = registry::find("clerk").unwrap();
    assert_eq!(
        (service.short, service.default_url),
        ("clk", "https://api.clerk.com")
    );
}

#[test]
fn everything_is_offered_but_what_needs_a_person() {
    let unoffered: Vec<_> = Verb::ALL
        .iter()
        .filter(|verb| matches!(table().offer(**verb), Offer::No(why) if !why.is_empty()))
        .collect();
    assert_eq!(unoffered, [&Verb::MemberLeave, &Verb::InviteAccept]);
}

#[test]
fn sending_again_is_the_only_thing_that_takes_several_calls() {
    let composed: Vec<_> = Verb::ALL
        .iter()
        .map(|verb| table().offer(*verb))
        .filter(|offer| matches!(offer, Offer::Composed(_)))
        .collect();
    let steps: &[Verb] = &[Verb::InviteRevoke, Verb::InviteCreate];
    assert_eq!(composed, [Offer::Composed(steps)]);
}

#[test]
fn every_writing_verb_that_is_offered_says_what_an_undo_can_do() {
    let unspoken = Fidelity::Impossible("no call takes it back");
    for verb in Verb::ALL.iter().filter(|verb| verb.class() != Class::Read) {
        if table().refusal(*verb).is_none() {
            assert_ne!(table().fidelity(*verb), unspoken, "{verb:?}");
        }
    }
    assert_eq!(table().fidelity(Verb::MemberRole), Fidelity::Exact);
    assert!(matches!(
        table().fidelity(Verb::OrgDelete),
        Fidelity::Impossible(_)
    ));
}

#[test]
fn forms_hold_the_fields_of_the_contract() {
    let table = table();
    let create = [
        "name",
        "slug",
        "created_by",
        "max_allowed_memberships",
        "public_metadata",
    ];
    assert_eq!(keys(&table.create), create);
    let edit = [
        "name",
        "slug",
        "max_allowed_memberships",
        "admin_delete_enabled",
        "public_metadata",
    ];
    assert_eq!(keys(&table.edit), edit);
    let invite = [
        "email",
        "role",
        "redirect_url",
        "expires_in_days",
        "notify",
        "public_metadata",
        "private_metadata",
    ];
    assert_eq!(keys(&table.invite), invite);
}

#[test]
fn an_invite_needs_a_role_takes_a_year_at_most_and_has_no_message() {
    let invite = table().invite;
    let field = |key| *invite.iter().find(|field| field.key == key).unwrap();
    assert_eq!(field("role").need, Need::Required);
    assert_eq!(
        field("expires_in_days").kind,
        FieldKind::Number { min: 1, max: 365 }
    );
    assert!(matches!(field("message").need, Need::NotOffered(why) if !why.is_empty()));
}

#[test]
fn words_and_numbers_are_the_services_own() {
    let table = table();
    assert_eq!(table.role_count, RoleCount::One);
    assert_eq!(table.vocabulary, Vocabulary::Listed);
    assert_eq!(table.reach, Reach::Own);
    assert_eq!((table.slug_word, table.pages_at_once), ("slug", 8));
    assert!(table.cascade.contains("memberships") && table.cascade.contains("invitations"));
    assert_eq!(
        table.invite_lists,
        [InviteStatus::Pending, InviteStatus::Expired]
    );
    assert!(table.label("max_allowed_memberships").contains("0 is none"));
    assert_eq!(table.untold, ["last_active"]);
}
