//! What is asked of a service: each kind of read, and each kind of write. Every id is the same, so that an
//! answer about any of them fits.

use orgdeck::domain::field::Value;
use orgdeck::domain::query::{Cursor, OrgAt, Privacy, Scope, Thing};
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Fields, InviteDraft, InviteId, InviteRef, Member, MemberId, MemberRef, OrgId, Profile, Query,
    Role, Secret, Text, UserAt, UserId, Wish,
};

/// The one id.
const ID: &str = "41";

/// The one address.
const EMAIL: &str = "kim@acme.example";

/// One thing to ask for.
#[derive(Clone)]
pub(crate) enum Ask {
    Read(Query),
    Write(Wish),
}

/// All of them; their order is what the first letter of an input counts in.
pub(crate) fn all(profile: &Profile) -> Vec<Ask> {
    let reads = reads(profile).into_iter().map(Ask::Read);
    reads
        .chain(writes(profile).into_iter().map(Ask::Write))
        .collect()
}

fn org(profile: &Profile) -> OrgId {
    OrgId::new(profile, ID)
}

fn member(profile: &Profile) -> MemberRef {
    // Clerk's requests name the user, the others' the membership.
    let (org, user) = (org(profile), UserId::new(profile, ID));
    MemberRef::user(&org, &user)
}

fn membership(profile: &Profile) -> MemberRef {
    MemberRef::id(&org(profile), &MemberId::new(profile, ID))
}

fn invite(profile: &Profile) -> InviteRef {
    InviteRef {
        org: org(profile),
        id: InviteId::new(profile, ID),
    }
}

fn reads(profile: &Profile) -> Vec<Query> {
    let (org, page) = (org(profile), Cursor::FIRST);
    let members = |role| Query::Members {
        org: org.clone(),
        role,
        text: None,
        page: page.clone(),
    };
    let metadata = |privacy| Query::Metadata {
        org: org.clone(),
        privacy,
    };
    let memberships = |user| Query::Memberships {
        user,
        page: page.clone(),
    };
    vec![
        Query::WhoAmI,
        Query::Probe,
        Query::Orgs {
            scope: Scope::Own,
            text: None,
            page: page.clone(),
        },
        Query::Org(OrgAt::Id(org.clone())),
        Query::Org(OrgAt::Slug(profile.clone(), Text::from("acme"))),
        metadata(Privacy::Public),
        metadata(Privacy::Private),
        members(None),
        Query::Member(member(profile)),
        Query::Member(membership(profile)),
        Query::MemberRoles(member(profile)),
        Query::MemberRoles(membership(profile)),
        memberships(UserAt::Me(profile.clone())),
        memberships(UserAt::Id(UserId::new(profile, ID))),
        Query::Invites {
            org: Some(org.clone()),
            status: None,
            page: page.clone(),
        },
        Query::Invite(invite(profile)),
        Query::InvitesTo {
            org: org.clone(),
            email: Text::from(EMAIL),
        },
        Query::Roles {
            org: Some(org.clone()),
        },
        Query::Users {
            text: Text::from(EMAIL),
            beside: Some(org.clone()),
            page: Cursor::FIRST,
        },
        Query::Raw(Thing::Org(org.clone())),
        Query::Raw(Thing::Member(member(profile))),
        Query::Raw(Thing::Member(membership(profile))),
        Query::Raw(Thing::Invite(invite(profile))),
    ]
}

fn writes(profile: &Profile) -> Vec<Wish> {
    let org = org(profile);
    let named = || Fields::default().with("name", Value::Text(Text::from("Acme")));
    let shown = |at| Member::reference(at, MemberId::new(profile, ID));
    let roles = |member| Wish::SetRoles {
        member,
        from: Vec::new(),
        to: vec![Role::named("member")],
    };
    vec![
        Wish::CreateOrg {
            profile: profile.clone(),
            fields: named(),
            first_member: None,
        },
        Wish::EditOrg {
            org: org.clone(),
            fields: named(),
        },
        Wish::DeleteOrg { org: org.clone() },
        Wish::RemoveLogo { org: org.clone() },
        Wish::AddMember {
            org: org.clone(),
            user: UserId::new(profile, ID),
            role: Role::named("member"),
            metadata: None,
        },
        roles(member(profile)),
        roles(membership(profile)),
        Wish::RemoveMember {
            member: Box::new(shown(member(profile))),
        },
        Wish::RemoveMember {
            member: Box::new(shown(membership(profile))),
        },
        Wish::Leave { org: org.clone() },
        Wish::Invite {
            org: org.clone(),
            drafts: vec![InviteDraft {
                role: Some(Role::named("member")),
                ..InviteDraft::to(EMAIL)
            }],
        },
        Wish::Resend(Resend::Address {
            org,
            email: Text::from(EMAIL),
        }),
        Wish::AcceptInvite {
            profile: profile.clone(),
            token: Secret::new("fuzz-fuzz-token"),
        },
    ]
}
