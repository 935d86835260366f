//! The records of the worlds: organizations, members and invites.

use orgdeck::domain::invite::Link;
use orgdeck::domain::{
    Assignment, Attribute, Invite, InviteId, InviteRef, InviteStatus, Logo, Member, MemberId,
    MemberRef, Org, OrgId, Role, RoleKey, Row, Text, Told, UserId, Value,
};

use super::{days_ago, hours_ago, shop};

/// An organization with counts.
pub(crate) fn org(id: &OrgId, name: &str, (members, invites): (u64, u64)) -> Org {
    Org {
        name: Told::Is(Text::from(name)),
        slug: Told::Is(Text::from(name.to_lowercase().replace(' ', "-"))),
        created: Told::Is(days_ago(742)),
        updated: Told::Is(days_ago(3)),
        logo: Told::Empty,
        members: Told::Is(members),
        invites: Told::Is(invites),
        ..Org::reference(id.clone())
    }
}

pub(crate) fn shop_in_full() -> Org {
    let metadata = serde_json::json!({
        "plan": "gold", "regions": ["eu", "us"], "note": "größtes Geschäft 🛒"
    });
    Org {
        logo: Told::Is(Logo::at(Told::Is(Text::from(
            "https://img.example/shop.png",
        )))),
        attributes: vec![
            Attribute::new("max_allowed_memberships", Told::Is(Value::Number(50))),
            Attribute::new("public_metadata", Told::Is(Value::Json(metadata))),
        ],
        ..org(&shop(), "Acme Shop", (9, 6))
    }
}

/// A role of the instance.
pub(crate) fn clerk_role(name: &str) -> Role {
    Role {
        key: RoleKey(Text::from(format!("org:{name}"))),
        name: Text::from(name),
        id: None,
        level: Some(u8::from(name != "admin")),
    }
}

pub(crate) fn held(name: &str, level: Option<u8>) -> Assignment {
    let mut role = Role::named(name);
    role.level = level;
    Assignment { role, id: None }
}

/// A member of Acme Shop of whom everything is told.
pub(crate) fn member(number: usize, (name, email): (&str, &str), role: &str) -> Member {
    let user = UserId::new(shop().profile(), format!("user_{number}"));
    let id = MemberId::new(shop().profile(), format!("orgmem_{number}"));
    let day = i64::try_from(number).unwrap();
    Member {
        user: Told::Is(user.clone()),
        name: Told::Is(Text::from(name)),
        username: Told::Empty,
        email: Told::Is(Text::from(email)),
        roles: Told::Is(
            [Assignment {
                role: clerk_role(role),
                id: None,
            }]
            .into(),
        ),
        joined: Told::Is(days_ago(300 + day * 7)),
        last_active: Told::Is(hours_ago(day * day * 11)),
        is_me: Told::Unknown,
        ..Member::reference(MemberRef::user(&shop(), &user), id)
    }
}

pub(crate) fn shop_members() -> Vec<Row<Member>> {
    let people = [
        (("Ana Costa", "ana@acme.example"), "admin"),
        (("Bo Lindqvist", "bo@acme.example"), "member"),
        (("Cleo Okafor", "cleo@partner.example"), "member"),
        (("Dee Moreau", "dee@acme.example"), "admin"),
        (("Emre Yıldız", "emre@acme.example"), "member"),
        (("高橋 文子", "fumiko@acme.example"), "member"),
        (("جيل حدّاد", "gil@acme.example"), "member"),
        (("Hedda Ångström", "hedda@acme.example"), "billing"),
        (("Max 👨‍👩‍👧‍👦 Fünf", "max@acme.example"), "member"),
    ];
    let rows = people.iter().enumerate();
    rows.map(|(number, (who, role))| Row::whole(member(number, *who, role)))
        .collect()
}

/// An invite to Acme Shop, sent so many days ago and valid for so many.
pub(crate) fn invite(number: usize, email: &str, (sent, valid): (i64, i64)) -> Invite {
    let org = shop();
    Invite {
        at: InviteRef {
            id: InviteId::new(org.profile(), format!("orginv_{number}")),
            org,
        },
        org_name: Told::Unknown,
        email: Told::Is(Text::from(email)),
        role: Told::Is(clerk_role("member")),
        status: InviteStatus::Pending,
        created: Told::Is(days_ago(sent)),
        expires: Told::Is(days_ago(sent - valid)),
        inviter: Told::Is(Text::from("ana@acme.example")),
        message: Told::Unknown,
        has_link: Told::Is(Link::Held),
        metadata: Told::Empty,
        redirect: Told::Unknown,
    }
}

pub(crate) fn shop_invites() -> Vec<Row<Invite>> {
    let mut admin = invite(2, "ivy@partner.example", (6, 30));
    admin.role = Told::Is(clerk_role("admin"));
    admin.inviter = Told::Is(Text::from("dee@acme.example"));
    let mut accepted = invite(4, "mia+shop@acme.example", (4, 30));
    accepted.status = InviteStatus::Accepted;
    let mut odd = invite(5, "юля@пример.example", (1, 30));
    odd.status = InviteStatus::Other(Text::from("held\u{202e}back"));
    odd.expires = Told::Empty;
    odd.role = Told::Unknown;
    [
        invite(1, "jon@old.example", (33, 30)),
        admin,
        invite(3, "lea@acme.example", (5, 7)),
        accepted,
        odd,
        invite(6, "hal@acme.example", (2, 30)),
    ]
    .map(Row::whole)
    .into()
}
