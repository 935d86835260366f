//! What was seen at a target, compared with what is there now.

use orgdeck::domain::{
    AssignmentId, Attribute, Fields, InviteStatus, Logo, Mutation, Org, Role, Seen, Text, Told,
    Value,
};
use serde_json::json;

use super::sample::{invite, invite_ref, member, member_ref, named_org, org_id, profile};

fn seen_org(change: impl FnOnce(&mut Org)) -> Seen {
    let mut org = named_org("1", "Acme");
    change(&mut org);
    Seen::Org(Box::new(org))
}

fn seen_member(roles: &[(&str, &str)]) -> Seen {
    Seen::Member(Box::new(member("m1", roles)))
}

fn logo() -> Told<Logo> {
    Told::Is(Logo::at(Told::Unknown))
}

#[test]
fn counts_and_dates_may_move_and_nothing_else_of_an_organization() {
    let before = seen_org(|_| ());
    for same in [
        seen_org(|org| org.members = Told::Is(5)),
        seen_org(|org| org.updated = Told::Is(jiff::Timestamp::UNIX_EPOCH)),
        seen_org(|org| org.invites = Told::Is(1)),
    ] {
        assert!(before.agrees_with(&same), "{same:?}");
    }
    for other in [
        seen_org(|org| org.name = Told::Is(Text::from("Acme "))),
        seen_org(|org| org.slug = Told::Is(Text::from("acme"))),
        seen_org(|org| org.logo = logo()),
        seen_org(|org| org.attributes = vec![Attribute::text("city", None)]),
        Seen::Org(Box::new(named_org("2", "Acme"))),
        Seen::Gone,
        Seen::Nothing,
    ] {
        assert!(!before.agrees_with(&other), "{other:?}");
        assert!(!other.agrees_with(&before), "{other:?}");
    }
}

#[test]
fn a_logo_at_another_address_is_still_a_logo() {
    let before = seen_org(|org| org.logo = logo());
    let signed = Logo::at(Told::Is(Text::from("https://img.example/1?signed")));
    assert!(before.agrees_with(&seen_org(|org| org.logo = Told::Is(signed))));
    assert!(!before.agrees_with(&seen_org(|_| ())));
}

#[test]
fn roles_are_the_same_in_any_order() {
    let before = seen_member(&[("Admin", "a1"), ("dispatch", "a2")]);
    assert!(before.agrees_with(&seen_member(&[("dispatch", "a2"), ("Admin", "a1")])));
    for other in [
        seen_member(&[("Admin", "a1")]),
        seen_member(&[("Admin", "a1"), ("dispatch", "a2"), ("dispatch", "a3")]),
        seen_member(&[("Admin", "a1"), ("dispatch", "a9")]),
        seen_member(&[("SuperAdmin", "a1"), ("dispatch", "a2")]),
    ] {
        assert!(!before.agrees_with(&other), "{other:?}");
    }
    let given = seen_member(&[("Admin", "a1"), ("dispatch", "")]);
    assert!(given.agrees_with(&before));
}

#[test]
fn unknown_roles_are_not_no_roles() {
    let mut unknown = member("m1", &[]);
    unknown.roles = Told::Unknown;
    let unknown = Seen::Member(Box::new(unknown));
    assert!(!seen_member(&[]).agrees_with(&unknown));
    assert!(!unknown.agrees_with(&seen_member(&[])));
}

#[test]
fn an_invite_is_the_same_until_its_status_role_or_address_changes() {
    let before = Seen::Invite(Box::new(invite("i1")));
    let changed = |change: fn(&mut orgdeck::domain::Invite)| {
        let mut invite = invite("i1");
        change(&mut invite);
        Seen::Invite(Box::new(invite))
    };
    assert!(before.agrees_with(&changed(|invite| invite.message = Told::Empty)));
    for other in [
        changed(|invite| invite.status = InviteStatus::Accepted),
        changed(|invite| invite.role = Told::Is(Role::named("owner"))),
        changed(|invite| invite.email = Told::Unknown),
        Seen::Invite(Box::new(invite("i2"))),
    ] {
        assert!(!before.agrees_with(&other), "{other:?}");
    }
}

#[test]
fn open_invites_agree_one_by_one() {
    let both = Seen::Invites(vec![invite("i1"), invite("i2")]);
    assert!(both.agrees_with(&both.clone()));
    assert!(!both.agrees_with(&Seen::Invites(vec![invite("i1")])));
    assert!(!both.agrees_with(&Seen::Invites(vec![invite("i2"), invite("i1")])));
    assert!(Seen::Invites(Vec::new()).agrees_with(&Seen::Invites(Vec::new())));
    assert!(!Seen::Invites(Vec::new()).agrees_with(&Seen::Nothing));
    assert!(!Seen::Gone.agrees_with(&Seen::Nothing));
}

#[test]
fn a_later_step_expects_what_the_one_before_left() {
    let both = Seen::Invites(vec![invite("i1"), invite("i2")]);
    let revoke = Mutation::RevokeInvite {
        invite: invite_ref("i1"),
    };
    assert_eq!(both.after(&revoke), Seen::Invites(vec![invite("i2")]));
    let give = Mutation::GiveRole {
        member: member_ref("m1"),
        role: Role::named("Admin"),
    };
    let given = seen_member(&[("dispatch", "a1")]).after(&give);
    assert!(given.agrees_with(&seen_member(&[("Admin", "a7"), ("dispatch", "a1")])));
    let take = Mutation::TakeRole {
        member: member_ref("m1"),
        role: Role::named("dispatch"),
        assignment: AssignmentId::new(&profile(), "a1"),
    };
    let left = given.after(&take);
    assert!(left.agrees_with(&seen_member(&[("Admin", "a7")])));
    assert_eq!(Seen::Gone.after(&revoke), Seen::Gone);
}

#[test]
fn only_what_is_away_or_over_is_gone() {
    let ended = |status| {
        let mut invite = invite("i1");
        invite.status = status;
        Seen::Invite(Box::new(invite))
    };
    for gone in [Seen::Gone, ended(InviteStatus::Revoked)] {
        assert!(gone.is_gone() && !gone.is_accepted(), "{gone:?}");
    }
    assert!(ended(InviteStatus::Accepted).is_accepted());
    for there in [
        Seen::Nothing,
        ended(InviteStatus::Accepted),
        ended(InviteStatus::Pending),
        ended(InviteStatus::Expired),
        ended(InviteStatus::Other(Text::from("?"))),
        Seen::Invites(Vec::new()),
        seen_member(&[]),
    ] {
        assert!(!there.is_gone(), "{there:?}");
    }
}

fn text(text: &str) -> Value {
    Value::Text(Text::from(text))
}

#[test]
fn an_edit_is_expected_in_the_fields_that_the_record_has() {
    let attributes = || {
        vec![
            Attribute::text("city", None),
            Attribute::text("state", None),
        ]
    };
    let fields = Fields::default()
        .with("name", text("Harbour"))
        .with("slug", text(""))
        .with("city", text("Porto"))
        .with("unheard_of", text("x"));
    let edit = Mutation::EditOrg {
        org: org_id("1"),
        fields,
    };
    let before = seen_org(|org| {
        org.slug = Told::Is(Text::from("acme"));
        org.attributes = attributes();
    });
    let wanted = seen_org(|org| {
        org.name = Told::Is(Text::from("Harbour"));
        org.slug = Told::Empty;
        org.attributes = attributes();
        org.attributes[0].value = Told::Is(text("Porto"));
    });
    assert_eq!(before.after(&edit), wanted);
}

#[test]
fn metadata_is_merged_at_every_level_and_null_removes() {
    let with = |document: serde_json::Value| {
        let value = Told::Is(Value::Json(document));
        seen_org(|org| org.attributes = vec![Attribute::new("public_metadata", value)])
    };
    for (before, merge, wanted) in [
        (json!({}), json!({"a": 1}), json!({"a": 1})),
        (json!({"a": 1, "b": 2}), json!({"a": null}), json!({"b": 2})),
        (
            json!({"a": {"b": 1}}),
            json!({"a": {"c": 2}}),
            json!({"a": {"b": 1, "c": 2}}),
        ),
        (
            json!({"a": {"b": 1}}),
            json!({"a": {"b": null}}),
            json!({"a": {}}),
        ),
        (json!({"a": [1]}), json!({"a": [2]}), json!({"a": [2]})),
        (
            json!({"a": 1}),
            json!({"a": {"b": null, "c": 2}}),
            json!({"a": {"c": 2}}),
        ),
        (json!({}), json!({"a": {"b": null}}), json!({"a": {}})),
        (json!({"a": {"b": 1}}), json!({"a": 3}), json!({"a": 3})),
    ] {
        let merge = Mutation::MergeMetadata {
            org: org_id("1"),
            merge,
        };
        assert_eq!(with(before).after(&merge), with(wanted), "{merge:?}");
    }
}
