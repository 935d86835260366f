//! The guards on Clerk: the key is nobody, role keys are opaque, places are counted with pending invites.

use orgdeck::sandbox::Service::Clerk;

use super::{Ask, Post, Situation, nothing, production, table};

const SHOP: &str = "Acme Shop";
const SMALL: &str = "Acme Sandbox";
const PORTAL: &str = "Partner Portal";
const ANA: &str = "ana@acme.example";
const BO: &str = "bo@acme.example";
const DEE: &str = "dee@acme.example";
const EMRE: &str = "emre@acme.example";
const KIM: &str = "kim@acme.example";

fn dee_is_last(post: &mut Post) {
    post.role(SHOP, ANA, "org:member");
}

fn dee_is_last_among_plain(post: &mut Post) {
    dee_is_last(post);
    post.role(SHOP, "hedda@acme.example", "org:member");
}

fn members_fail(post: &mut Post) {
    post.fail("role=org");
}

fn memberships_fail(post: &mut Post) {
    post.fail("organization_memberships");
}

fn search_fails(post: &mut Post) {
    post.fail("query=");
}

fn org_fails(post: &mut Post) {
    post.fail("include_members_count");
}

fn roles_fail(post: &mut Post) {
    post.fail("role_sets");
    post.fail("organization_roles");
}

fn instance_fails(post: &mut Post) {
    post.fail("/v1/instance?");
}

fn production_instance(post: &mut Post) {
    post.sandbox
        .world(|world| "production".clone_into(&mut world.settings.environment));
}

fn two_places(post: &mut Post) {
    post.change(SHOP, |world, org| {
        world.edit_org(org, |org| org.policy.max_members = 38);
    });
}

const SITUATIONS: &[Situation] = &[
    ("a member is removed", nothing, SHOP, Ask::Remove(BO)),
    (
        "a member is removed in production",
        production,
        SHOP,
        Ask::Remove(BO),
    ),
    (
        "a member is removed from a production instance",
        production_instance,
        SHOP,
        Ask::Remove(BO),
    ),
    (
        "one of two addresses has an open invite",
        nothing,
        SHOP,
        Ask::Invite(&["n1@acme.example", "hal@acme.example"], "org:member"),
    ),
    (
        "an address is there twice",
        nothing,
        SHOP,
        Ask::Invite(&["n1@acme.example", "N1@acme.example"], "org:member"),
    ),
    (
        "a member is removed, the instance cannot be read",
        instance_fails,
        SHOP,
        Ask::Remove(BO),
    ),
    (
        "one of two administrators is removed",
        nothing,
        SHOP,
        Ask::Remove(DEE),
    ),
    (
        "the last administrator beside a custom role",
        dee_is_last,
        SHOP,
        Ask::Remove(DEE),
    ),
    (
        "the last administrator among plain members",
        dee_is_last_among_plain,
        SHOP,
        Ask::Remove(DEE),
    ),
    (
        "the last administrator is made a member",
        dee_is_last_among_plain,
        SHOP,
        Ask::Roles(DEE, &["org:member"]),
    ),
    (
        "the last administrator gets a custom role",
        dee_is_last_among_plain,
        SHOP,
        Ask::Roles(DEE, &["org:billing"]),
    ),
    (
        "members cannot be listed",
        members_fail,
        SHOP,
        Ask::Remove(DEE),
    ),
    (
        "memberships cannot be listed",
        memberships_fail,
        SHOP,
        Ask::Remove(BO),
    ),
    (
        "an unlisted role",
        nothing,
        SHOP,
        Ask::Roles(BO, &["org:nonsense"]),
    ),
    (
        "a role outside the organization's role set",
        nothing,
        SMALL,
        Ask::Roles(ANA, &["org:billing"]),
    ),
    (
        "roles cannot be listed",
        roles_fail,
        SHOP,
        Ask::Roles(BO, &["org:admin"]),
    ),
    (
        "a role that is held already",
        nothing,
        SHOP,
        Ask::Roles(BO, &["org:member"]),
    ),
    (
        "an address is invited",
        nothing,
        SHOP,
        Ask::Invite(&["new@acme.example"], "org:member"),
    ),
    (
        "two addresses for the last two places",
        two_places,
        SHOP,
        Ask::Invite(&["n1@acme.example", "n2@acme.example"], "org:member"),
    ),
    (
        "three addresses for the last two places",
        two_places,
        SHOP,
        Ask::Invite(
            &["n1@acme.example", "n2@acme.example", "n3@acme.example"],
            "org:member",
        ),
    ),
    (
        "an address where there is no limit",
        nothing,
        PORTAL,
        Ask::Invite(&["new@acme.example"], "org:member"),
    ),
    (
        "places cannot be read",
        org_fails,
        SHOP,
        Ask::Invite(&["new@acme.example"], "org:member"),
    ),
    (
        "a member's address is invited",
        nothing,
        SHOP,
        Ask::Invite(&["BO@acme.example"], "org:member"),
    ),
    (
        "members cannot be searched",
        search_fails,
        SHOP,
        Ask::Invite(&["new@acme.example"], "org:member"),
    ),
    (
        "an address with an open invite is invited",
        nothing,
        SHOP,
        Ask::Invite(&["hal@acme.example"], "org:member"),
    ),
    (
        "an invite is sent again",
        two_places,
        SHOP,
        Ask::Resend("hal@acme.example"),
    ),
    (
        "an expired invite is sent again",
        two_places,
        SHOP,
        Ask::Resend("jon@old.example"),
    ),
    (
        "somebody is added",
        nothing,
        SHOP,
        Ask::Add(KIM, "org:member"),
    ),
    (
        "a member is added",
        nothing,
        SHOP,
        Ask::Add(BO, "org:admin"),
    ),
    ("an organization is deleted", nothing, SHOP, Ask::Delete),
    (
        "the only administrator of a small organization is removed",
        nothing,
        SMALL,
        Ask::Remove(EMRE),
    ),
];

#[tokio::test]
async fn what_is_found_on_clerk() {
    insta::assert_snapshot!(table(Clerk, SITUATIONS).await);
}
