//! What a member is called, and what is known of them.

use orgdeck::domain::member::Mine;
use orgdeck::domain::rows::Keyed;
use orgdeck::domain::{Member, Text, Told};

use super::sample::{member, member_ref, org_id, user_id};

type Name = fn(&mut Member) -> &mut Told<Text>;

#[test]
fn a_member_is_called_by_the_best_name_there_is() {
    let mut member = member("m1", &[]);
    let names: [(&str, Name); 3] = [
        ("ana@acme.example", |member| &mut member.email),
        ("ana", |member| &mut member.username),
        ("Ana Lima", |member| &mut member.name),
    ];
    assert_eq!(member.display_name().raw(), "u1");
    for (name, place) in names {
        *place(&mut member) = Told::Is(Text::from(name));
        assert_eq!(member.display_name().raw(), name);
    }
    let bare = Member::reference(member.at.clone(), member.id.clone());
    assert_eq!(bare.display_name().raw(), "m1");
}

#[test]
fn a_reference_claims_nothing() {
    let at = member_ref("m1");
    let member = Member::reference(at, member("m1", &[]).id);
    assert_eq!(member.roles, Told::Unknown);
    assert!(member.assignments().is_empty());
    assert!(!member.is_own());
}

#[test]
fn only_the_services_word_makes_a_membership_ones_own() {
    let mut member = member("m1", &[("Admin", "a1")]);
    assert_eq!(member.assignments().len(), 1);
    for (told, own) in [
        (Told::Is(Mine::Own), true),
        (Told::Is(Mine::Other), false),
        (Told::Empty, false),
    ] {
        member.is_me = told;
        assert_eq!(member.is_own(), own);
    }
}

#[test]
fn a_member_is_found_by_its_own_id_however_it_is_addressed() {
    let mut member = member("m1", &[]);
    let id = member.id.clone();
    member.at = orgdeck::domain::MemberRef::user(&org_id("1"), &user_id("u1"));
    assert_eq!(member.key(), &id);
}
