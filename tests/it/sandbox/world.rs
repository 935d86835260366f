//! The neutral world: its records stay consistent through every change.

use jiff::SignedDuration;
use orgdeck::sandbox::Service::{Balena, Clerk, Vulos};
use orgdeck::sandbox::world::{Actor, Invite, InviteState, Key, PersonKey, Principal, World};

use super::origin;

struct Small {
    world: World,
    org: Key,
    ada: PersonKey,
}

/// One organization on Clerk with one member.
fn small() -> Small {
    let mut world = World::empty(origin());
    let ada = world.add_person(|person| person.emails = vec!["ada@example.com".to_owned()]);
    let org = world.add_org(Clerk, |org| org.slug = Some("acme".to_owned()));
    world.add_member(org, ada, &["org:admin"]).unwrap();
    Small { world, org, ada }
}

#[test]
fn members_are_found_by_pair_and_by_id() {
    let Small { world, org, ada } = small();
    let member = world.membership(org, ada).unwrap();
    assert_eq!(
        world.find_member(Clerk, &member.id).unwrap().key,
        member.key
    );
    assert!(world.find_member(Vulos, &member.id).is_none());
    let user = world.person(ada).unwrap().id(Clerk).unwrap();
    assert_eq!(world.find_person(Clerk, user).unwrap().key, ada);
    assert!(world.person(ada).unwrap().id(Vulos).is_none());
}

#[test]
fn nobody_is_a_member_twice_or_of_nothing() {
    let Small {
        mut world,
        org,
        ada,
    } = small();
    assert_eq!(world.add_member(org, ada, &["org:member"]), None);
    assert_eq!(world.add_member(Key::new(Clerk, 999), ada, &[]), None);
    assert_eq!(world.add_member(org, PersonKey(1), &[]), None);
    assert_eq!(world.member_count(org), 1);
}

#[test]
fn an_organization_takes_its_members_and_invites_along() {
    let Small {
        mut world,
        org,
        ada,
    } = small();
    let invite = world.add_invite(org, "new@example.com", |_| ()).unwrap();
    assert!(world.remove_org(org).is_some());
    assert!(world.membership(org, ada).is_none());
    assert_eq!(world.memberships_of(ada, Clerk).count(), 0);
    assert!(world.invite(invite).is_none());
    assert!(world.org_by_slug(Clerk, "acme").is_none());
    assert!(world.remove_org(org).is_none());
}

#[test]
fn ids_are_never_given_out_again() {
    let Small {
        mut world,
        org,
        ada,
    } = small();
    let first = world.membership(org, ada).unwrap().key;
    world.remove_member(first);
    let second = world.add_member(org, ada, &["org:member"]).unwrap();
    assert!(second > first);
}

#[test]
fn chosen_ids_are_found() {
    let mut world = World::empty(origin());
    let org = world.add_org_at(Key::new(Clerk, 7), |org| org.id = "org_1".to_owned());
    let ada = world.add_person_at(PersonKey(11), |person| person.join_as(Clerk, "user_2"));
    let key = Key::new(Clerk, 55);
    world
        .add_member_at((key, org), ada, &["org:admin"])
        .unwrap();
    world.edit_member(key, |member| member.id = "orgmem_1".to_owned());
    assert_eq!(world.find_org(Clerk, "org_1").unwrap().key, org);
    assert_eq!(world.find_person(Clerk, "user_2").unwrap().key, ada);
    assert_eq!(world.find_member(Clerk, "orgmem_1").unwrap().org, org);
    assert!(world.find_org(Balena, "org_1").is_none());
}

#[test]
fn a_changed_slug_is_found_under_its_new_name_only() {
    let Small { mut world, org, .. } = small();
    let before = world.org(org).unwrap().updated;
    world.edit_org(org, |org| org.slug = Some("acme-2".to_owned()));
    assert!(world.org_by_slug(Clerk, "acme").is_none());
    assert_eq!(world.org_by_slug(Clerk, "acme-2").unwrap().key, org);
    assert!(world.org(org).unwrap().updated > before);
}

#[test]
fn roles_are_given_and_taken_one_by_one() {
    let mut world = World::empty(origin());
    let ada = world.add_person(|_| ());
    let org = world.add_org(Vulos, |_| ());
    let key = world.add_member(org, ada, &["Admin"]).unwrap();
    let given = world.give_role(key, "dispatch").unwrap();
    assert!(world.take_role(key, "no such id").is_none());
    let admin = world.member(key).unwrap().roles[0].id.to_uppercase();
    assert_eq!(world.take_role(key, &admin).unwrap().role, "Admin");
    assert_eq!(world.member(key).unwrap().roles, [given]);
    assert!(world.set_role(key, "Api"));
    assert_eq!(world.member(key).unwrap().role(), "Api");
}

#[test]
fn an_invite_expires_with_the_clock_unless_it_ended_before() {
    let Small { mut world, org, .. } = small();
    let end = origin() + SignedDuration::from_hours(1);
    let expiring = |invite: &mut Invite| invite.expires = Some(end);
    let one = world.add_invite(org, "a@example.com", expiring).unwrap();
    let two = world.add_invite(org, "b@example.com", expiring).unwrap();
    world.edit_invite(two, |invite| invite.state = InviteState::Revoked);
    assert_eq!(world.pending_count(org), 1);
    world.set_now(end);
    assert_eq!(world.pending_count(org), 0);
    let state = |key| world.invite(key).unwrap().state_at(end);
    assert_eq!(
        (state(one), state(two)),
        (InviteState::Expired, InviteState::Revoked)
    );
}

#[test]
fn invites_are_found_by_their_secret() {
    let Small { mut world, org, .. } = small();
    let key = world.add_invite(org, "a@example.com", |_| ()).unwrap();
    let token = world.invite(key).unwrap().token.clone();
    assert_eq!(world.invite_by_token(Clerk, &token).unwrap().key, key);
    assert!(world.invite_by_token(Clerk, "guess").is_none());
}

#[test]
fn a_token_ends_with_its_time() {
    let Small { mut world, ada, .. } = small();
    let mut principal = Principal::new(Actor::User(ada));
    principal.expires = Some(world.now() + SignedDuration::from_secs(10));
    world.grant(Balena, "session", principal);
    assert!(world.caller(Balena, Some("session")).is_some());
    world.advance(SignedDuration::from_secs(10));
    assert_eq!(world.caller(Balena, Some("session")), None);
    assert_eq!(world.caller(Balena, None), None);
}

#[test]
fn a_limit_holds_for_its_window() {
    let mut world = World::empty(origin());
    let hour = SignedDuration::from_hours(1);
    assert_eq!(world.spend("invites", 2, hour), Ok(()));
    world.advance(SignedDuration::from_mins(10));
    assert_eq!(world.spend("invites", 2, hour), Ok(()));
    assert_eq!(
        world.spend("invites", 2, hour),
        Err(SignedDuration::from_mins(50))
    );
    assert_eq!(world.spend("others", 2, hour), Ok(()));
    world.advance(SignedDuration::from_mins(50));
    assert_eq!(world.spend("invites", 2, hour), Ok(()));
}
