//! The guards on balena: roles are ranked by name, the last administrator stays, addresses are not told.

use orgdeck::sandbox::Service::Balena;
use orgdeck::sandbox::world::BalenaKind;

use super::{Ask, Post, Situation, nothing, production, table};

const FLEET: &str = "Acme Fleet";
const LABS: &str = "Acme Labs";
const BO: &str = "bo@acme.example";
const DEE: &str = "dee@acme.example";
const ANA: &str = "ana@acme.example";

fn dee_is_last(post: &mut Post) {
    post.role(FLEET, ANA, "member");
}

fn members_fail(post: &mut Post) {
    post.fail("is_member_of__organization%20eq");
}

fn memberships_fail(post: &mut Post) {
    post.fail("$filter=user%20eq");
}

fn open(post: &mut Post) {
    post.sandbox
        .world(|world| world.settings.balena = BalenaKind::Open);
}

const SITUATIONS: &[Situation] = &[
    ("a member is removed", nothing, FLEET, Ask::Remove(BO)),
    (
        "a member is removed in production",
        production,
        FLEET,
        Ask::Remove(BO),
    ),
    (
        "one of two administrators is removed",
        nothing,
        FLEET,
        Ask::Remove(DEE),
    ),
    (
        "the last administrator is removed",
        dee_is_last,
        FLEET,
        Ask::Remove(DEE),
    ),
    (
        "the last administrator is made a member",
        dee_is_last,
        FLEET,
        Ask::Roles(DEE, &["member"]),
    ),
    (
        "one of two administrators is made a member",
        nothing,
        FLEET,
        Ask::Roles(DEE, &["member"]),
    ),
    (
        "a member is made an administrator",
        nothing,
        FLEET,
        Ask::Roles(BO, &["administrator"]),
    ),
    (
        "a role that is held already",
        nothing,
        FLEET,
        Ask::Roles(BO, &["member"]),
    ),
    (
        "I leave, and another administrator stays",
        nothing,
        FLEET,
        Ask::Leave,
    ),
    (
        "I leave as the last administrator",
        nothing,
        LABS,
        Ask::Leave,
    ),
    (
        "I am removed by my own row",
        nothing,
        FLEET,
        Ask::Remove(ANA),
    ),
    (
        "I give up my role",
        nothing,
        FLEET,
        Ask::Roles(ANA, &["member"]),
    ),
    (
        "members cannot be listed",
        members_fail,
        FLEET,
        Ask::Remove(DEE),
    ),
    (
        "memberships cannot be listed",
        memberships_fail,
        FLEET,
        Ask::Remove(BO),
    ),
    ("an organization is deleted", nothing, FLEET, Ask::Delete),
    (
        "an organization is deleted in production",
        production,
        LABS,
        Ask::Delete,
    ),
    (
        "a logo is removed in production",
        production,
        FLEET,
        Ask::RemoveLogo,
    ),
    (
        "an address is invited",
        nothing,
        FLEET,
        Ask::Invite(&["new@acme.example"], "member"),
    ),
    (
        "an address with an open invite is invited",
        nothing,
        FLEET,
        Ask::Invite(&["Hal@acme.example"], ""),
    ),
    (
        "an invite is revoked",
        nothing,
        FLEET,
        Ask::Revoke("hal@acme.example"),
    ),
    (
        "an invite is revoked in production",
        production,
        FLEET,
        Ask::Revoke("hal@acme.example"),
    ),
    (
        "an invite is sent again in production",
        production,
        FLEET,
        Ask::Resend("hal@acme.example"),
    ),
    (
        "a name is changed in production",
        production,
        FLEET,
        Ask::Edit,
    ),
    (
        "a member is removed on openBalena",
        open,
        FLEET,
        Ask::Remove(DEE),
    ),
];

#[tokio::test]
async fn what_is_found_on_balena() {
    insta::assert_snapshot!(table(Balena, SITUATIONS).await);
}
