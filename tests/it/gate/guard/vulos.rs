//! The guards on Vulos: four names carry rights, nobody acts on peers, and nothing forbids the last one to go.

use orgdeck::sandbox::Service::Vulos;

use super::{Ask, Post, Situation, nothing, production, table};

const PILOTS: &str = "Harbour Pilots";
const QUAY: &str = "Quay Services";
const ANA: &str = "ana@acme.example";
const RUI: &str = "rui@pilots.example";
const INES: &str = "ines@pilots.example";
const DEE: &str = "dee@acme.example";
const MAX: &str = "max@acme.example";

fn rui_is_another(post: &mut Post) {
    post.role(PILOTS, RUI, "SuperAdmin");
}

fn i_am_an_admin(post: &mut Post) {
    post.role(PILOTS, ANA, "Admin");
}

fn i_have_no_rights(post: &mut Post) {
    post.role(PILOTS, ANA, "dispatch");
}

/// More members than are read one by one, the caller and one more administrator among the first of them.
fn crowded(post: &mut Post) {
    post.change(PILOTS, |world, org| {
        for number in 0..45 {
            let person = world.add_person(|person| {
                person.emails = vec![format!("crowd{number}@pilots.example")];
                person.join(Vulos);
            });
            world.add_member(org, person, &["dispatch"]);
        }
    });
}

fn crowded_with_another(post: &mut Post) {
    crowded(post);
    rui_is_another(post);
}

fn list_fails(post: &mut Post) {
    post.fail("/organization/list");
}

fn org_fails(post: &mut Post) {
    post.fail("/organization/41?");
}

fn one_member_fails(post: &mut Post) {
    let path = post.sandbox.world(|world| {
        let person = world.person_by_email(MAX).unwrap().key;
        let org = world
            .orgs(Vulos)
            .find(|org| org.name == PILOTS)
            .unwrap()
            .key;
        format!("/41/{}", world.membership(org, person).unwrap().id)
    });
    post.fail(&path);
}

const SITUATIONS: &[Situation] = &[
    ("a member is removed", nothing, PILOTS, Ask::Remove(MAX)),
    (
        "a member is removed in production",
        production,
        PILOTS,
        Ask::Remove(MAX),
    ),
    (
        "a weaker member is removed",
        nothing,
        PILOTS,
        Ask::Remove(RUI),
    ),
    ("a peer is removed", i_am_an_admin, PILOTS, Ask::Remove(RUI)),
    (
        "a stronger member is removed",
        nothing,
        QUAY,
        Ask::Remove(RUI),
    ),
    (
        "roles take more rights than mine",
        nothing,
        QUAY,
        Ask::Roles(DEE, &["dispatch"]),
    ),
    (
        "I have no rights at all",
        i_have_no_rights,
        PILOTS,
        Ask::Remove(INES),
    ),
    (
        "a role as strong as mine is given",
        i_am_an_admin,
        PILOTS,
        Ask::Roles(INES, &["Admin"]),
    ),
    (
        "my own rights cannot be read",
        list_fails,
        PILOTS,
        Ask::Remove(MAX),
    ),
    (
        "I leave as the last SuperAdmin",
        nothing,
        PILOTS,
        Ask::Leave,
    ),
    (
        "I leave, and another SuperAdmin stays",
        rui_is_another,
        PILOTS,
        Ask::Leave,
    ),
    (
        "I give up the last strongest role",
        nothing,
        PILOTS,
        Ask::Roles(ANA, &["Admin"]),
    ),
    (
        "I get a label beside my role",
        nothing,
        PILOTS,
        Ask::Roles(ANA, &["SuperAdmin", "dispatch"]),
    ),
    (
        "I leave, and there are too many to read",
        crowded,
        PILOTS,
        Ask::Leave,
    ),
    (
        "I leave, another one stays, and there are too many to read",
        crowded_with_another,
        PILOTS,
        Ask::Leave,
    ),
    (
        "I give up my role, and one member cannot be read",
        one_member_fails,
        PILOTS,
        Ask::Roles(ANA, &["Admin"]),
    ),
    (
        "I give up my role, and members cannot be listed",
        org_fails,
        PILOTS,
        Ask::Roles(ANA, &["Admin"]),
    ),
    (
        "roles that are held already",
        nothing,
        PILOTS,
        Ask::Roles(INES, &["dispatch", "Moderator"]),
    ),
    (
        "an address is invited",
        nothing,
        PILOTS,
        Ask::Invite(&["new@acme.example"], ""),
    ),
    (
        "a name is changed without the rights",
        nothing,
        QUAY,
        Ask::Edit,
    ),
    ("an organization is deleted", nothing, PILOTS, Ask::Delete),
    (
        "an organization is deleted without the rights",
        nothing,
        QUAY,
        Ask::Delete,
    ),
];

#[tokio::test]
async fn what_is_found_on_vulos() {
    insta::assert_snapshot!(table(Vulos, SITUATIONS).await);
}
