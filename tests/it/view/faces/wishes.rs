//! The question of every wish, and of each wish with a key on every service that has it.

use orgdeck::app::place::{Pane, Size};
use orgdeck::app::screen::asks;
use orgdeck::app::store::SentNote;
use orgdeck::domain::member::Mine;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Fields, InviteDraft, Logo, MemberRef, Role, Secret, Text, Told, UserId, Value, Wish,
};

use super::desk::{SERVICES, answer_plan, change_member, change_org, desk, here};
use super::questions::logo;
use super::{Case, case};
use crate::support::rig::{Rig, invite, profile};

pub(super) fn cases() -> Vec<Case> {
    [keyed(), finished()].into_iter().flatten().collect()
}

/// A key of a list, where it is pressed, and what makes the record such that it counts.
type Keyed = (&'static str, Pane, &'static str, fn(&mut Rig));

const KEYED: [Keyed; 8] = [
    ("delete", Pane::Orgs, "D", |_| {}),
    ("leave", Pane::Orgs, "X", |_| {}),
    ("remove", Pane::Members, "D", |_| {}),
    ("remove_oneself", Pane::Members, "D", |rig| {
        change_member(rig, |member| member.is_me = Told::Is(Mine::Own));
    }),
    ("role", Pane::Members, "r2", |_| {}),
    ("revoke", Pane::Invites, "D", |_| {}),
    ("resend", Pane::Invites, "t", sent_before),
    (
        "remove_logo",
        Pane::Orgs,
        "./remove the logo<enter>",
        |rig| {
            change_org(rig, |org| {
                let url = Text::from("https://img.example/1.png");
                org.logo = Told::Is(Logo::at(Told::Is(url)));
            });
        },
    ),
];

/// Something to send again where the service keeps no list.
fn sent_before(rig: &mut Rig) {
    let note = SentNote {
        org: here(rig),
        email: Text::from("jon@old.example"),
        at: rig.model.now.wall,
    };
    rig.model.store.sent_notes.push(note.clone());
    rig.model.panes.note = Some(note);
}

/// A question where the service has it; what it has not opens none.
fn keyed() -> Vec<Case> {
    let mut cases = Vec::new();
    for service in SERVICES {
        for (name, pane, keys, prepare) in KEYED {
            let reach = move |size: Size| {
                let mut rig = desk(service, size).on(pane);
                prepare(&mut rig);
                rig.press(keys);
                rig
            };
            let size = Size {
                width: 80,
                height: 24,
            };
            if reach(size)
                .model
                .overlays
                .last()
                .is_some_and(asks_for_a_plan)
            {
                cases.push(case(format!("{name}_{service}"), move |size| {
                    let mut rig = reach(size);
                    answer_plan(&mut rig, |_| {});
                    rig
                }));
            }
        }
    }
    cases
}

fn asks_for_a_plan(overlay: &orgdeck::app::layer::Overlay) -> bool {
    matches!(overlay, orgdeck::app::layer::Overlay::Confirm(_))
}

/// A wish that no key leads to: the name of its state, a service that has it, and the wish.
type Finished = (&'static str, &'static str, fn(&Rig) -> Wish);

/// What a form wishes is a question only where a task is taken up again.
fn finished() -> Vec<Case> {
    let wishes: [Finished; 9] = [
        ("finish_create", "clerk", |_| Wish::CreateOrg {
            profile: profile("shop"),
            fields: Fields::default().with("name", Value::Text(Text::from("Harbour"))),
            first_member: Some((
                UserId::new(&profile("shop"), "user_kim"),
                Role::named("admin"),
            )),
        }),
        ("finish_edit", "clerk", |rig| Wish::EditOrg {
            org: here(rig),
            fields: Fields::default().with("name", Value::Text(Text::from("Harbour"))),
        }),
        ("finish_logo", "clerk", |rig| Wish::SetLogo {
            org: here(rig),
            image: logo(),
        }),
        ("finish_metadata", "clerk", |rig| Wish::SetMetadata {
            org: here(rig),
            merge: serde_json::json!({"plan": "gold"}),
        }),
        ("finish_add", "clerk", |rig| Wish::AddMember {
            org: here(rig),
            user: UserId::new(&profile("shop"), "user_kim"),
            role: Role::named("member"),
            metadata: None,
        }),
        ("finish_roles", "vulos", |rig| Wish::SetRoles {
            member: MemberRef::user(&here(rig), &UserId::new(&profile("shop"), "user_ana")),
            from: Vec::new(),
            to: vec![Role::named("Night shift")],
        }),
        ("finish_invite", "balena", |rig| Wish::Invite {
            org: here(rig),
            drafts: vec![InviteDraft::to("kim@acme.example")],
        }),
        ("finish_resend", "clerk", |rig| {
            let invite = Box::new(invite(&here(rig), "jon@old.example"));
            Wish::Resend(Resend::Listed(invite))
        }),
        ("finish_accept", "balena", |_| Wish::AcceptInvite {
            profile: profile("shop"),
            token: Secret::new("canary"),
        }),
    ];
    let of = |(name, service, wish): Finished| {
        case(name, move |size| {
            let mut rig = desk(service, size);
            let wish = wish(&rig);
            let question = asks::of(&rig.model, wish);
            let effects = asks::question(&mut rig.model, question);
            rig.effects.extend(effects);
            answer_plan(&mut rig, |_| {});
            rig
        })
    };
    wishes.into_iter().map(of).collect()
}
