//! Mutations: verb, place, what they lock, what proves them.

use orgdeck::domain::mutation::{Parting, Target};
use orgdeck::domain::query::{Age, Cursor, OrgAt, Scope, Start};
use orgdeck::domain::{
    AssignmentId, Fields, Image, InviteDraft, InviteStatus, MemberRef, Mutation, OrgRef, Query,
    Role, Secret, Text, Value, Verb,
};

use super::sample::{invite_ref, member_ref, org_id, other_profile, profile, user_id};

fn add_member(org: OrgRef) -> Mutation {
    Mutation::AddMember {
        org,
        user: user_id("u"),
        role: Role::named("admin"),
        metadata: None,
    }
}

fn invite(email: &str) -> Mutation {
    Mutation::Invite {
        org: org_id("1"),
        draft: InviteDraft::to(email),
    }
}

fn create(fields: Fields) -> Mutation {
    Mutation::CreateOrg {
        profile: profile(),
        fields,
    }
}

/// A change with its verb, what it locks and what proves it.
type Known = (Mutation, Verb, Target, Option<Query>);

/// One of each.
fn all() -> Vec<Known> {
    [on_orgs(), on_members(), on_invites()].concat()
}

fn on_orgs() -> Vec<Known> {
    let org = || org_id("1");
    let fields = Fields::default;
    let image = Image::new("l.gif", b"GIF89a".to_vec()).unwrap();
    let merge = serde_json::json!({"a": null});
    let row = |change, verb| {
        let look = Query::Org(OrgAt::Id(org_id("1")));
        (change, verb, Target::Org(org_id("1")), Some(look))
    };
    let edit = Mutation::EditOrg {
        org: org(),
        fields: fields(),
    };
    vec![
        (
            create(fields()),
            Verb::OrgCreate,
            Target::Profile(profile()),
            Some(Query::Orgs {
                scope: Scope::Own,
                text: None,
                page: newest(),
            }),
        ),
        row(edit, Verb::OrgEdit),
        row(Mutation::DeleteOrg { org: org() }, Verb::OrgDelete),
        row(Mutation::SetLogo { org: org(), image }, Verb::LogoSet),
        row(Mutation::RemoveLogo { org: org() }, Verb::LogoRemove),
        row(
            Mutation::MergeMetadata { org: org(), merge },
            Verb::MetadataSet,
        ),
    ]
}

fn on_members() -> Vec<Known> {
    let member = || member_ref("m");
    let role = || Role::named("Admin");
    let assignment = AssignmentId::new(&profile(), "a1");
    let row = |change, verb| {
        let look = Query::Member(member_ref("m"));
        (change, verb, Target::Member(member_ref("m")), Some(look))
    };
    let parting = |why| Mutation::RemoveMember {
        member: member(),
        why,
    };
    let set = Mutation::SetRole {
        member: member(),
        role: role(),
    };
    let give = Mutation::GiveRole {
        member: member(),
        role: role(),
    };
    let take = Mutation::TakeRole {
        member: member(),
        role: role(),
        assignment,
    };
    let user = || Target::User(user_id("u"));
    let by_user = Query::Member(MemberRef::user(&org_id("1"), &user_id("u")));
    let pair = Target::Member(MemberRef::user(&org_id("1"), &user_id("u")));
    let (here, new) = (OrgRef::Id(org_id("1")), OrgRef::Of(profile(), 0));
    vec![
        (add_member(here), Verb::MemberAdd, pair, Some(by_user)),
        (add_member(new), Verb::MemberAdd, user(), None),
        row(set, Verb::MemberRole),
        row(give, Verb::MemberRole),
        row(take, Verb::MemberRole),
        row(parting(Parting::Removed), Verb::MemberRemove),
        row(parting(Parting::Leaves), Verb::MemberLeave),
    ]
}

fn on_invites() -> Vec<Known> {
    let to = Query::InvitesTo {
        org: org_id("1"),
        email: Text::from("B@c.example"),
    };
    let open = Query::Invites {
        org: Some(org_id("1")),
        status: Some(InviteStatus::Pending),
        page: newest(),
    };
    let address = || Target::Address(org_id("1"), Text::from("b@c.example"));
    let bulk = Mutation::InviteBulk {
        org: org_id("1"),
        drafts: vec![InviteDraft::to("B@c.example")],
    };
    let revoke = Mutation::RevokeInvite {
        invite: invite_ref("i"),
    };
    let accept = Mutation::AcceptInvite {
        profile: profile(),
        token: Secret::new("t"),
    };
    let (target, look) = (
        Target::Invite(invite_ref("i")),
        Query::Invite(invite_ref("i")),
    );
    vec![
        (
            invite("B@c.example"),
            Verb::InviteCreate,
            address(),
            Some(to),
        ),
        (bulk, Verb::InviteCreate, address(), Some(open)),
        (revoke, Verb::InviteRevoke, target, Some(look)),
        (accept, Verb::InviteAccept, Target::Profile(profile()), None),
    ]
}

/// As many of the newest rows as a page can hold.
fn newest() -> Cursor {
    Cursor::first(Start {
        by: Some(Age::Newest),
        skip: 0,
        most: Some(u64::MAX),
    })
}

#[test]
fn every_change_knows_its_verb_its_place_its_target_and_its_proof() {
    for (change, verb, target, evidence) in all() {
        assert_eq!(change.verb(), verb, "{change:?}");
        assert_eq!(change.profile(), &profile(), "{change:?}");
        assert_eq!(change.targets(), [target], "{change:?}");
        assert_eq!(change.evidence(), evidence, "{change:?}");
        let org = change.org();
        assert!(org.is_none_or(|org| *org == org_id("1")), "{change:?}");
    }
}

#[test]
fn what_has_no_organization_yet_names_none() {
    for (change, ..) in all() {
        let made = matches!(
            change,
            Mutation::CreateOrg { .. }
                | Mutation::AcceptInvite { .. }
                | Mutation::AddMember {
                    org: OrgRef::Of(..),
                    ..
                }
        );
        assert_eq!(change.org().is_none(), made, "{change:?}");
    }
}

#[test]
fn a_new_organization_is_proven_by_its_slug_where_it_has_one() {
    let named = Fields::default().with("slug", Value::Text(Text::from("acme")));
    let slug = OrgAt::Slug(profile(), Text::from("acme"));
    assert_eq!(create(named).evidence(), Some(Query::Org(slug)));
}

#[test]
fn one_address_is_one_target_in_any_spelling_of_it() {
    assert_eq!(
        invite("A@B.example").targets(),
        invite("a@b.EXAMPLE").targets()
    );
    assert_ne!(
        invite("a@b.example").targets(),
        invite("c@b.example").targets()
    );
    let drafts = ["a@b.example", "c@b.example"].map(InviteDraft::to).to_vec();
    let bulk = Mutation::InviteBulk {
        org: org_id("1"),
        drafts,
    };
    assert_eq!(bulk.targets().len(), 2);
    assert!(bulk.targets().contains(&invite("C@b.example").targets()[0]));
}

#[test]
fn a_step_stays_the_same_when_the_organization_it_waited_for_is_there() {
    let waiting = add_member(OrgRef::Of(profile(), 0));
    let filled = add_member(OrgRef::Id(org_id("9")));
    assert!(waiting.is_same_as(&waiting));
    assert!(waiting.is_same_as(&filled));
    assert!(!filled.is_same_as(&waiting));
    assert!(!filled.is_same_as(&add_member(OrgRef::Id(org_id("8")))));
    let elsewhere = orgdeck::domain::OrgId::new(&other_profile(), "9");
    assert!(!waiting.is_same_as(&add_member(OrgRef::Id(elsewhere))));
    let somebody_else = Mutation::AddMember {
        org: OrgRef::Id(org_id("9")),
        user: user_id("v"),
        role: Role::named("admin"),
        metadata: None,
    };
    assert!(!waiting.is_same_as(&somebody_else));
    let mightier = Mutation::AddMember {
        org: OrgRef::Id(org_id("9")),
        user: user_id("u"),
        role: Role::named("owner"),
        metadata: None,
    };
    assert!(!waiting.is_same_as(&mightier));
    assert!(!waiting.is_same_as(&invite("a@b.example")));
}

#[test]
fn no_two_different_changes_are_the_same() {
    let all = all();
    for (at, (one, ..)) in all.iter().enumerate() {
        for (other_at, (other, ..)) in all.iter().enumerate() {
            let filled = matches!(
                one,
                Mutation::AddMember {
                    org: OrgRef::Of(..),
                    ..
                }
            ) && matches!(other, Mutation::AddMember { .. });
            assert_eq!(one.is_same_as(other), at == other_at || filled);
        }
    }
}
