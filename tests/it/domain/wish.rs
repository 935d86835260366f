//! Wishes: each belongs to a verb and a profile.

use orgdeck::domain::wish::Resend;
use orgdeck::domain::{Fields, Image, InviteDraft, Role, Secret, Verb, Wish};

use super::sample::{invite, member, member_ref, org_id, profile, user_id};

#[expect(clippy::too_many_lines, reason = "a table of one of each")]
fn all() -> Vec<(Wish, Verb)> {
    let org = || org_id("1");
    let fields = Fields::default;
    let image = Image::new("l.gif", b"GIF89a".to_vec()).unwrap();
    let listed = Resend::Listed(Box::new(invite("i")));
    let address = Resend::Address {
        org: org(),
        email: "a@b.example".into(),
    };
    let create = Wish::CreateOrg {
        profile: profile(),
        fields: fields(),
        first_member: None,
    };
    let roles = Wish::SetRoles {
        member: member_ref("m"),
        from: Vec::new(),
        to: vec![Role::named("Admin")],
    };
    let drafts = vec![InviteDraft::to("a@b.example")];
    let accept = Wish::AcceptInvite {
        profile: profile(),
        token: Secret::new("t"),
    };
    vec![
        (create, Verb::OrgCreate),
        (
            Wish::EditOrg {
                org: org(),
                fields: fields(),
            },
            Verb::OrgEdit,
        ),
        (Wish::DeleteOrg { org: org() }, Verb::OrgDelete),
        (Wish::SetLogo { org: org(), image }, Verb::LogoSet),
        (Wish::RemoveLogo { org: org() }, Verb::LogoRemove),
        (
            Wish::SetMetadata {
                org: org(),
                merge: serde_json::json!({}),
            },
            Verb::MetadataSet,
        ),
        (
            Wish::AddMember {
                org: org(),
                user: user_id("u"),
                role: Role::named("r"),
                metadata: None,
            },
            Verb::MemberAdd,
        ),
        (roles, Verb::MemberRole),
        (
            Wish::RemoveMember {
                member: Box::new(member("m", &[])),
            },
            Verb::MemberRemove,
        ),
        (Wish::Leave { org: org() }, Verb::MemberLeave),
        (Wish::Invite { org: org(), drafts }, Verb::InviteCreate),
        (
            Wish::RevokeInvite {
                invite: Box::new(invite("i")),
            },
            Verb::InviteRevoke,
        ),
        (Wish::Resend(listed), Verb::InviteResend),
        (Wish::Resend(address), Verb::InviteResend),
        (accept, Verb::InviteAccept),
    ]
}

#[test]
fn every_wish_is_a_write_on_the_profile_of_its_ids() {
    for (wish, verb) in all() {
        assert_eq!(wish.verb(), verb, "{wish:?}");
        assert!(!verb.is_read());
        assert_eq!(wish.profile(), &profile(), "{wish:?}");
    }
}

#[test]
fn every_writing_verb_can_be_wished() {
    let wished: Vec<Verb> = all().into_iter().map(|(_, verb)| verb).collect();
    for verb in Verb::ALL.iter().filter(|verb| !verb.is_read()) {
        assert!(wished.contains(verb), "{verb:?}");
    }
}

#[test]
fn rows_are_counted_once_each() {
    for (wish, verb) in all() {
        assert_eq!(wish.rows(), 1, "{verb:?}");
    }
    let drafts = ["a@b.example", "A@B.example", "c@d.example"].map(InviteDraft::to);
    let wish = Wish::Invite {
        org: org_id("1"),
        drafts: drafts.to_vec(),
    };
    assert_eq!(wish.rows(), 2);
}
