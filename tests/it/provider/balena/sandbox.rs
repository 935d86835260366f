//! The adapter against the sandbox's face of balena, reads and writes, through the gate.

use std::collections::BTreeSet;

use orgdeck::domain::outcome::{Made, Proof};
use orgdeck::domain::query::{Next, OrgAt, Scope, Thing};
use orgdeck::domain::rows::Detail;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Answer, Assignment, Cursor, Fault, Fields, Image, Invite, InviteDraft, Logo, Member, MemberRef,
    Org, OrgId, Outcome, Query, Receipt, Role, Secret, Text, Told, UserAt, Value, Wish,
};
use orgdeck::sandbox::world::{BalenaKind, Key};
use orgdeck::sandbox::{Options, Sandbox, Service};

use super::stage::{NOW, Stage, profile};

fn sandbox() -> (Sandbox, Stage) {
    let sandbox = Sandbox::start(&Options::demo(NOW.parse().unwrap())).unwrap();
    let stage = Stage::at(&sandbox.balena.url, &sandbox.balena.token);
    (sandbox, stage)
}

fn openbalena() -> (Sandbox, Stage) {
    let (sandbox, stage) = sandbox();
    sandbox.world(|world| world.settings.balena = BalenaKind::Open);
    (sandbox, stage)
}

async fn orgs(stage: &Stage, scope: Scope) -> Vec<Org> {
    let query = Query::Orgs {
        scope,
        text: None,
        page: Cursor::FIRST,
    };
    let Answer::Orgs(page) = stage.ask(query).await.unwrap() else {
        panic!("organizations were asked for");
    };
    assert!(page.rows.iter().all(|row| row.detail == Detail::Whole));
    page.rows.into_iter().map(|row| row.item).collect()
}

async fn first_org(stage: &Stage) -> Org {
    orgs(stage, Scope::Own).await.swap_remove(0)
}

async fn show(stage: &Stage, org: &OrgId) -> Result<Org, Fault> {
    match stage.ask(Query::Org(OrgAt::Id(org.clone()))).await {
        Ok(Answer::Org(org)) => Ok(*org),
        Ok(other) => panic!("{other:?}"),
        Err(error) => Err(error.fault),
    }
}

async fn members(stage: &Stage, org: &OrgId) -> Vec<Member> {
    let mut found = Vec::new();
    let mut page = Cursor::FIRST;
    loop {
        let query = Query::Members {
            org: org.clone(),
            role: None,
            text: None,
            page,
        };
        let Answer::Members(members) = stage.ask(query).await.unwrap() else {
            panic!("members were asked for");
        };
        found.extend(members.rows.into_iter().map(|row| row.item));
        let Next::One(next) = members.next else {
            return found;
        };
        page = next;
    }
}

async fn invites(stage: &Stage, org: &OrgId) -> Vec<Invite> {
    let query = Query::Invites {
        org: Some(org.clone()),
        status: None,
        page: Cursor::FIRST,
    };
    let Answer::Invites(page) = stage.ask(query).await.unwrap() else {
        panic!("invites were asked for");
    };
    page.rows.into_iter().map(|row| row.item).collect()
}

fn done(outcome: Outcome) -> Receipt {
    let shown = format!("{outcome:?}");
    let Outcome::Done(receipt) = outcome else {
        panic!("{shown} should be done");
    };
    receipt
}

fn fields(pairs: &[(&'static str, &str)]) -> Fields {
    let mut fields = Fields::default();
    for (key, value) in pairs {
        fields.set(key, Value::Text(Text::from(*value)));
    }
    fields
}

async fn create(stage: &Stage, fields: Fields) -> OrgId {
    let wish = Wish::CreateOrg {
        profile: profile(),
        fields,
        first_member: None,
    };
    let Some(Made::Org(org)) = done(stage.carry_one(wish).await).made else {
        panic!("the answer names what was made");
    };
    org
}

#[tokio::test]
async fn everything_is_read_and_every_count_is_right() {
    let (sandbox, stage) = sandbox();
    let own = orgs(&stage, Scope::Own).await;
    assert_eq!(own.len(), 2);
    for org in &own {
        let members = members(&stage, &org.id).await;
        assert_eq!(org.members, Told::Is(members.len() as u64));
        let ids: BTreeSet<_> = members.iter().map(|member| &member.id).collect();
        assert_eq!(ids.len(), members.len());
        assert_eq!(members.iter().filter(|member| member.is_own()).count(), 1);
        let invites = invites(&stage, &org.id).await;
        assert_eq!(org.invites, Told::Is(invites.len() as u64));
        assert_eq!(show(&stage, &org.id).await.unwrap(), *org);
        for invite in &invites {
            let answer = stage.ask(Query::Invite(invite.at.clone())).await.unwrap();
            let Answer::Invite(found) = answer else {
                panic!("an invite was asked for");
            };
            assert_eq!(found.email, invite.email);
        }
        for member in members.iter().take(3) {
            let by_pair = MemberRef::user(&org.id, member.user.known().unwrap());
            for at in [member.at.clone(), by_pair] {
                let answer = stage.ask(Query::Member(at)).await.unwrap();
                assert_eq!(answer, Answer::Member(Box::new(member.clone())));
            }
        }
        let Answer::Json(raw) = stage
            .ask(Query::Raw(Thing::Org(org.id.clone())))
            .await
            .unwrap()
        else {
            panic!("a raw record was asked for");
        };
        assert!(raw.raw().contains(org.slug.known().unwrap().raw()));
    }
    assert!(sandbox.unknown_routes().is_empty());
}

#[tokio::test]
async fn memberships_and_roles_are_those_of_the_lists() {
    let (_sandbox, stage) = sandbox();
    let own = orgs(&stage, Scope::Own).await;
    let query = Query::Memberships {
        user: UserAt::Me(profile()),
        page: Cursor::FIRST,
    };
    let Answer::Memberships(mine) = stage.ask(query).await.unwrap() else {
        panic!("memberships were asked for");
    };
    let found: BTreeSet<_> = mine
        .rows
        .iter()
        .map(|row| &row.item.member.at.org)
        .collect();
    assert_eq!(found, own.iter().map(|org| &org.id).collect());
    let Answer::Roles(roles) = stage.ask(Query::Roles { org: None }).await.unwrap() else {
        panic!("roles were asked for");
    };
    let names: Vec<_> = roles.iter().map(|role| role.item.key.raw()).collect();
    assert_eq!(names, ["administrator", "member"]);
}

#[tokio::test]
async fn an_organization_lives_from_creation_to_deletion() {
    let (sandbox, stage) = sandbox();
    let logo = Image::new("x.png", b"\x89PNG\r\n\x1a\nrest".to_vec()).unwrap();
    let with_logo = fields(&[("name", "Quay O'Neill & Söhne"), ("slug", "quay")])
        .with("logo_image", Value::Image(logo.clone()));
    let org = create(&stage, with_logo).await;
    let made = show(&stage, &org).await.unwrap();
    assert_eq!(made.display_name().raw(), "Quay O'Neill & Söhne");
    assert!(matches!(made.logo, Told::Is(Logo { .. })));
    let edit = Wish::EditOrg {
        org: org.clone(),
        fields: fields(&[
            ("name", "Quay"),
            ("website", "https://quay.example"),
            ("industry", ""),
        ]),
    };
    done(stage.carry_one(edit).await);
    let edited = show(&stage, &org).await.unwrap();
    let website = Told::Is(Value::Text(Text::from("https://quay.example")));
    assert_eq!(edited.attribute("website"), Some(&website));
    done(stage.carry_one(Wish::RemoveLogo { org: org.clone() }).await);
    assert_eq!(show(&stage, &org).await.unwrap().logo, Told::Empty);
    let set = Wish::SetLogo {
        org: org.clone(),
        image: logo,
    };
    done(stage.carry_one(set).await);
    done(stage.carry_one(Wish::DeleteOrg { org: org.clone() }).await);
    assert_eq!(show(&stage, &org).await, Err(Fault::Missing));
    assert!(sandbox.unknown_routes().is_empty());
}

#[tokio::test]
async fn invites_are_made_sent_again_and_revoked() {
    let (_sandbox, stage) = sandbox();
    let org = create(&stage, fields(&[("name", "Quay")])).await;
    let draft = InviteDraft {
        role: Some(Role::named("administrator")),
        message: Some(Text::from("Welcome aboard")),
        ..InviteDraft::to("new.person@example.com")
    };
    let invite = Wish::Invite {
        org: org.clone(),
        drafts: vec![draft, InviteDraft::to("second@example.com")],
    };
    for outcome in stage.carry(invite).await {
        assert!(matches!(done(outcome).made, Some(Made::Invites(_))));
    }
    let listed = invites(&stage, &org).await;
    let role = |invite: &Invite| invite.role.known().unwrap().key.raw().to_owned();
    let found: Vec<_> = listed.iter().map(role).collect();
    assert_eq!(
        found,
        ["member", "administrator"],
        "none named is the server's own"
    );
    assert_eq!(listed[1].message, Told::Is(Text::from("Welcome aboard")));
    let revoke = Wish::RevokeInvite {
        invite: Box::new(listed[0].clone()),
    };
    done(stage.carry_one(revoke).await);
    let again = Wish::Resend(Resend::Listed(Box::new(listed[1].clone())));
    for change in stage.plan(again).await.unwrap() {
        done(stage.mutate(change).await);
    }
    let left = invites(&stage, &org).await;
    assert_eq!(left.len(), 1);
    assert_ne!(left[0].at, listed[1].at, "it is a new one");
    assert_eq!(
        (&left[0].role, &left[0].message),
        (&listed[1].role, &listed[1].message)
    );
}

#[tokio::test]
async fn a_role_is_changed_and_a_member_removed() {
    let (_sandbox, stage) = sandbox();
    let org = first_org(&stage).await;
    let held = members(&stage, &org.id).await;
    let other = held
        .iter()
        .find(|member| !member.is_own() && member.assignments()[0].role.key.raw() == "member");
    let other = other.unwrap().clone();
    for (at, role) in [
        (other.at.clone(), "administrator"),
        (
            MemberRef::user(&org.id, other.user.known().unwrap()),
            "member",
        ),
    ] {
        let wish = Wish::SetRoles {
            member: at.clone(),
            from: Vec::<Assignment>::new(),
            to: vec![Role::named(role)],
        };
        done(stage.carry_one(wish).await);
        let Answer::Assignments(now) = stage.ask(Query::MemberRoles(at)).await.unwrap() else {
            panic!("roles were asked for");
        };
        assert_eq!(now[0].role.key.raw(), role);
    }
    let remove = Wish::RemoveMember {
        member: Box::new(other.clone()),
    };
    assert_eq!(done(stage.carry_one(remove).await).proof, Proof::Answer);
    let left = members(&stage, &org.id).await;
    assert_eq!(left.len(), held.len() - 1);
    assert!(left.iter().all(|member| member.id != other.id));
}

#[tokio::test]
async fn the_last_administrator_cannot_leave() {
    let (_sandbox, stage) = sandbox();
    let org = create(&stage, fields(&[("name", "Quay")])).await;
    let outcome = stage.carry_one(Wish::Leave { org: org.clone() }).await;
    let Outcome::Refused(error) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(error.fault, Fault::Refused);
    assert!(
        error
            .words
            .unwrap()
            .raw()
            .starts_with("It is necessary that each organization")
    );
    assert_eq!(members(&stage, &org).await.len(), 1);
}

#[tokio::test]
async fn a_taken_handle_and_an_unfit_one_are_refused() {
    let (_sandbox, stage) = sandbox();
    let taken = first_org(&stage).await.slug.known().unwrap().clone();
    for handle in [taken.raw(), "Not-fit"] {
        let wish = Wish::CreateOrg {
            profile: profile(),
            fields: fields(&[("name", "x"), ("slug", handle)]),
            first_member: None,
        };
        // A taken handle shows in the look before, so the server is asked directly.
        let change = stage.plan(wish).await.unwrap().remove(0);
        let outcome = stage.mutate(change).await;
        let Outcome::Refused(error) = outcome else {
            panic!("{handle}: {outcome:?}");
        };
        assert_eq!(error.fault.kind(), "invalid", "{handle}");
    }
}

#[tokio::test]
async fn an_invite_is_accepted_by_its_token() {
    let (sandbox, stage) = sandbox();
    let token = sandbox.world(|world| {
        let stranger = world.add_person(|person| person.emails = vec!["x@example.com".into()]);
        let org = world.add_org(Service::Balena, |org: &mut _| {
            org.created_by = Some(stranger);
        });
        accepted(world, org)
    });
    let accept = |token: &str| Wish::AcceptInvite {
        profile: profile(),
        token: Secret::new(token),
    };
    let before = orgs(&stage, Scope::Own).await.len();
    done(stage.carry_one(accept(&token)).await);
    assert_eq!(orgs(&stage, Scope::Own).await.len(), before + 1);
    let outcome = stage.carry_one(accept("no-such-token")).await;
    let Outcome::Refused(error) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(error.fault, Fault::Missing);
}

fn accepted(world: &mut orgdeck::sandbox::world::World, org: Key) -> String {
    let invite = world.add_invite(org, "ana@acme.example", |_| {}).unwrap();
    world.invite(invite).unwrap().token.clone()
}

#[tokio::test]
async fn openbalena_shows_ours_first_and_all_on_request() {
    let (sandbox, stage) = openbalena();
    let own = orgs(&stage, Scope::Own).await;
    sandbox.world(|world| {
        let stranger = world.add_person(|person| person.emails = vec!["x@example.com".into()]);
        world.add_org(Service::Balena, |org: &mut _| {
            org.created_by = Some(stranger);
        });
    });
    assert_eq!(orgs(&stage, Scope::Own).await, own);
    assert_eq!(orgs(&stage, Scope::All).await.len(), own.len() + 1);
    let members = members(&stage, &own[0].id).await;
    assert!(members.iter().all(|member| member.roles == Told::Unknown));
    assert_eq!(own[0].members, Told::Is(members.len() as u64));
    assert!(
        sandbox
            .unknown_routes()
            .iter()
            .all(|route| !route.contains("organization("))
    );
}

#[tokio::test]
async fn openbalenas_stock_role_may_not_write_and_keeps_its_token() {
    let (_sandbox, stage) = openbalena();
    let org = first_org(&stage).await;
    let wish = Wish::EditOrg {
        org: org.id,
        fields: fields(&[("name", "x")]),
    };
    let outcome = stage.carry_one(wish).await;
    let Outcome::Refused(error) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!((error.fault, error.status), (Fault::Forbidden, Some(401)));
    orgs(&stage, Scope::Own).await;
}

#[tokio::test]
async fn a_wrong_token_is_signed_out() {
    let (sandbox, _) = sandbox();
    let stage = Stage::at(&sandbox.balena.url, "wrong");
    for query in [Query::WhoAmI, Query::Probe, Query::Roles { org: None }] {
        assert_eq!(stage.ask(query).await.unwrap_err().fault, Fault::SignedOut);
    }
}
