//! Tests of what follows a yes: half-done plans, records that somebody else has changed, long waits,
//! and what is read again.

use std::time::Duration;

use orgdeck::app::confirm::{Asking, Confirm};
use orgdeck::app::layer::Overlay;
use orgdeck::app::notice::Word;
use orgdeck::app::place::Pane;
use orgdeck::app::{Effect, Effects, Msg};
use orgdeck::domain::outcome::Made;
use orgdeck::domain::plan::{Seen, TaskId};
use orgdeck::domain::query::OrgAt;
use orgdeck::domain::{
    ApiError, Assignment, Fault, Fields, InviteDraft, Mutation, Org, Outcome, Plan, Query, Receipt,
    Role, Text, Told, UserId, Value, Verb, Wish,
};

use crate::support::past::ENTRY;
use crate::support::plan::plan_for;
use crate::support::rig::{Rig, invite, member, org, org_id, profile};

/// A question that was answered with yes, and whose first step is on its way.
fn under_way(pane: Pane, key: &str) -> (Rig, TaskId) {
    let mut rig = Rig::two_orgs().on(pane);
    rig.press(key);
    let (_, wish) = rig.planning();
    let task = agreed(&mut rig, plan_for(&wish));
    (rig, task)
}

/// Shows a plan in the question on top, says yes, and lets it be recorded.
fn agreed(rig: &mut Rig, plan: Plan) -> TaskId {
    let names = !plan.objections.is_empty();
    rig.prepared(plan);
    rig.wait(1_000);
    let keys = if names {
        "Acme Shop<tab><tab><enter>"
    } else {
        "y"
    };
    let effects = rig.press(keys);
    let Some(Effect::Record { task, .. }) = effects.first() else {
        panic!("it is recorded: {effects:?}");
    };
    let task = *task;
    let effects = rig.send(Msg::Recorded(task, Ok(ENTRY)));
    assert_eq!(carried(&effects), 1);
    rig.effects.clear();
    task
}

fn carried(effects: &Effects) -> usize {
    let is_carry = |effect: &&Effect| matches!(effect, Effect::Carry { .. });
    effects.iter().filter(is_carry).count()
}

fn done() -> Outcome {
    Outcome::Done(Receipt::default())
}

fn refused(verb: Verb) -> Outcome {
    Outcome::Refused(ApiError::new(verb, Fault::Refused).words("not today"))
}

fn dialog(rig: &Rig) -> &Confirm {
    match rig.model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => confirm,
        other => panic!("a question is open, not {other:?}"),
    }
}

/// What the newest message says.
fn notice(rig: &Rig) -> String {
    let top = rig.model.notices.top().expect("a message waits");
    format!("{} / {}", top.happened(), top.consequence(&rig.model))
}

fn notes(rig: &Rig) -> String {
    let notes = dialog(rig).notes.iter();
    notes
        .map(|(_, words)| words.raw())
        .collect::<Vec<_>>()
        .join("|")
}

#[test]
fn sending_again_that_stops_half_way_says_what_is_done_and_offers_the_rest() {
    let (mut rig, task) = under_way(Pane::Invites, "t");
    assert_eq!(carried(&rig.send(Msg::Carried(task, 0, done()))), 1);
    rig.send(Msg::Carried(task, 1, refused(Verb::InviteCreate)));
    let said = notice(&rig);
    for words in [
        "HALF DONE shop: revoke the invite of jon@old.example: done",
        "invite jon@old.example again: not done, refused: not today",
        "g f finishes it",
    ] {
        assert!(said.contains(words), "{words:?} is missing: {said}");
    }
    rig.press("gf");
    let (_, wish) = rig.planning();
    let draft = InviteDraft {
        role: Some(Role::named("member")),
        ..InviteDraft::to("jon@old.example")
    };
    let org = org_id("shop", "acme");
    let drafts = vec![draft];
    assert_eq!(wish, Wish::Invite { org, drafts });
    let second = agreed(&mut rig, plan_for(&wish));
    assert!(!rig.model.tasks.contains_key(&task), "its row is over");
    rig.send(Msg::Carried(second, 0, done()));
    let open = rig.model.notices.all().iter();
    assert_eq!(
        open.filter(|notice| matches!(notice.word, Word::Unfinished { .. }))
            .count(),
        0,
        "what was finished is not offered again"
    );
    rig.settle();
    rig.press("gf");
    assert_eq!(rig.hint(), "nothing is left to be finished");
}

#[test]
fn a_first_step_that_fails_leaves_nothing_half_done() {
    let (mut rig, task) = under_way(Pane::Invites, "t");
    rig.send(Msg::Carried(task, 0, refused(Verb::InviteRevoke)));
    assert!(matches!(
        rig.model.notices.top().unwrap().word,
        Word::Failed(..)
    ));
    rig.settle();
    rig.press("gf");
    assert_eq!(rig.hint(), "nothing is left to be finished");
}

#[test]
fn what_may_have_been_done_is_never_offered_again() {
    let (mut rig, task) = under_way(Pane::Invites, "t");
    rig.send(Msg::Carried(task, 0, done()));
    rig.send(Msg::Carried(task, 1, Outcome::Unknown));
    let said = notice(&rig);
    assert!(said.contains("outcome unknown"), "{said}");
    assert!(!said.contains("g f"), "{said}");
    rig.settle();
    rig.press("gf");
    assert_eq!(rig.hint(), "nothing is left to be finished");
}

/// Opens the question of a wish that a form makes, and says yes.
fn wished(rig: &mut Rig, wish: &Wish) -> TaskId {
    let question = orgdeck::app::screen::asks::of(&rig.model, wish.clone());
    let effects = orgdeck::app::screen::asks::question(&mut rig.model, question);
    rig.effects.extend(effects);
    agreed(rig, plan_for(wish))
}

#[test]
fn a_first_member_that_was_refused_is_added_to_the_organization_that_was_made() {
    let mut rig = Rig::two_orgs();
    let user = UserId::new(&profile("shop"), "user_kim");
    let role = Role::named("admin");
    let name = Value::Text(Text::from("Harbour"));
    let wish = Wish::CreateOrg {
        profile: profile("shop"),
        fields: Fields::default().with("name", name),
        first_member: Some((user.clone(), role.clone())),
    };
    let task = wished(&mut rig, &wish);
    let made = org_id("shop", "harbour");
    let receipt = Receipt {
        made: Some(Made::Org(made.clone())),
        ..Receipt::default()
    };
    rig.send(Msg::Carried(task, 0, Outcome::Done(receipt)));
    rig.send(Msg::Carried(task, 1, refused(Verb::MemberAdd)));
    assert!(notice(&rig).contains("create the organization Harbour: done"));
    assert_eq!(rig.model.panes.orgs.cursor, Some(made.clone()));
    rig.press("gf");
    let (_, wish) = rig.planning();
    let org = made;
    assert_eq!(
        wish,
        Wish::AddMember {
            org,
            user,
            role,
            metadata: None
        }
    );
}

fn changed_invite() -> Outcome {
    let mut now = invite(&org_id("shop", "acme"), "jon@old.example");
    now.role = Told::Is(Role::named("admin"));
    Outcome::Differs(Seen::Invite(Box::new(now)))
}

#[test]
fn r27_what_somebody_has_changed_is_shown_as_it_was_and_is_and_asked_again() {
    let (mut rig, task) = under_way(Pane::Invites, "D");
    rig.send(Msg::Carried(task, 0, changed_invite()));
    let (id, wish) = rig.planning();
    assert_eq!(dialog(&rig).stage, Asking::Preparing(id));
    let Wish::RevokeInvite { invite } = &wish else {
        panic!("the same wish: {wish:?}");
    };
    assert_eq!(invite.role, Told::Is(Role::named("admin")));
    assert_eq!(
        notes(&rig),
        "somebody changed it meanwhile: role was member, is now admin|an undo does not bring back, \
         since the service does not tell it: redirect"
    );
    let again = agreed(&mut rig, plan_for(&wish));
    assert!(again > task);
    assert_eq!(rig.model.tasks.len(), 1);
    assert!(rig.model.notices.top().is_none());
}

#[test]
fn above_another_layer_nothing_opens_and_the_message_says_how_to_look() {
    let (mut rig, task) = under_way(Pane::Invites, "D");
    rig.press("?");
    rig.send(Msg::Carried(task, 0, changed_invite()));
    assert_eq!(rig.model.overlays.len(), 1);
    assert!(matches!(rig.model.overlays[0], Overlay::Help(_)));
    let said = notice(&rig);
    for words in [
        "NOT SENT shop: somebody changed it meanwhile",
        "role was member, is now admin",
        "g f looks again",
    ] {
        assert!(said.contains(words), "{words:?} is missing: {said}");
    }
    assert!(rig.model.notice().is_some(), "the help does not say it");
    rig.settle();
    rig.press("<esc>gf");
    assert!(notes(&rig).contains("is now admin"));
    assert_eq!(rig.model.notice(), None, "the question says it itself");
    rig.press("<esc>");
    assert_eq!(rig.model.notice(), rig.model.notices.top());
}

#[test]
fn what_is_gone_meanwhile_is_not_asked_about_again() {
    let (mut rig, task) = under_way(Pane::Members, "D");
    rig.send(Msg::Carried(task, 0, Outcome::Differs(Seen::Gone)));
    assert!(rig.model.overlays.is_empty());
    let said = notice(&rig);
    assert!(said.contains("FAIL shop: remove the member"), "{said}");
    assert!(said.contains("nothing was changed"), "{said}");
    rig.press("<esc>gf");
    assert_eq!(rig.hint(), "nothing is left to be finished");
}

#[test]
fn a_change_of_an_organization_names_the_values_that_differ() {
    let (mut rig, task) = under_way(Pane::Orgs, "D");
    let mut now = org("shop", "acme", "Acme Shops");
    now.slug = Told::Empty;
    let now = Outcome::Differs(Seen::Org(Box::new(now)));
    rig.send(Msg::Carried(task, 0, now));
    let said = notes(&rig);
    assert!(
        said.contains("name was Acme Shop, is now Acme Shops"),
        "{said}"
    );
    assert!(said.contains("short name was acme, is now empty"), "{said}");
}

fn slowed(seconds: u64) -> Outcome {
    let after = Some(Duration::from_secs(seconds));
    Outcome::NotApplied(ApiError::new(Verb::InviteRevoke, Fault::Slowed { after }))
}

#[test]
fn a_wait_of_two_minutes_is_sat_out() {
    let (mut rig, task) = under_way(Pane::Invites, "D");
    rig.send(Msg::Carried(task, 0, slowed(120)));
    assert!(rig.model.overlays.is_empty());
    assert_eq!(carried(&rig.wait(119_900)), 0);
    assert_eq!(carried(&rig.wait(200)), 1);
}

#[test]
fn a_longer_wait_is_asked_about_and_yes_waits_as_long() {
    let (mut rig, task) = under_way(Pane::Invites, "D");
    rig.send(Msg::Carried(task, 0, slowed(600)));
    assert!(matches!(dialog(&rig).stage, Asking::Waiting(of, _) if of == task));
    assert!(notice(&rig).contains("600 s of patience"));
    rig.press("y");
    assert_eq!(rig.model.overlays.len(), 1, "it is not armed yet");
    rig.wait(400);
    assert_eq!(carried(&rig.press("y")), 0);
    assert!(rig.model.overlays.is_empty());
    assert_eq!(carried(&rig.wait(590_000)), 0);
    assert_eq!(carried(&rig.wait(20_000)), 1);
}

#[test]
fn no_stops_and_nothing_goes_out() {
    let (mut rig, task) = under_way(Pane::Invites, "D");
    rig.send(Msg::Carried(task, 0, slowed(600)));
    rig.wait(1_000);
    rig.press("<enter>");
    assert_eq!(rig.hint(), "stopped: what was not sent is not sent");
    assert!(rig.model.tasks.values().all(orgdeck::job::Task::is_over));
    assert_eq!(carried(&rig.wait(700_000)), 0);
}

#[test]
fn a_long_wait_above_another_layer_is_a_message_first() {
    let (mut rig, task) = under_way(Pane::Invites, "D");
    rig.press("?");
    rig.send(Msg::Carried(task, 0, slowed(600)));
    assert!(matches!(rig.model.overlays[..], [Overlay::Help(_)]));
    assert!(notice(&rig).contains("g f decides"));
    rig.press("<esc>gf");
    assert!(matches!(dialog(&rig).stage, Asking::Waiting(of, _) if of == task));
}

#[test]
fn a_deleted_organization_leaves_its_list_and_the_panes_go_on() {
    let (mut rig, task) = under_way(Pane::Orgs, "D");
    rig.send(Msg::Carried(task, 0, done()));
    assert_eq!(rig.org_names(), ["Quay Services"]);
    assert_eq!(rig.model.panes.open, Some(org_id("shop", "quay")));
    let again = |query: &Query| matches!(query, Query::Orgs { .. });
    rig.asked(again);
    assert_eq!(rig.hint(), "delete the organization Acme Shop: done");
}

#[test]
fn who_leaves_from_the_members_is_back_among_the_organizations() {
    let (mut rig, task) = under_way(Pane::Members, "X");
    rig.send(Msg::Carried(task, 0, done()));
    assert_eq!(rig.org_names(), ["Quay Services"]);
    assert_eq!(rig.model.panes.focus, Pane::Orgs);
}

#[test]
fn a_failed_deletion_keeps_the_row() {
    let (mut rig, task) = under_way(Pane::Orgs, "D");
    rig.send(Msg::Carried(task, 0, refused(Verb::OrgDelete)));
    assert_eq!(rig.org_names(), ["Acme Shop", "Quay Services"]);
    assert_eq!(rig.model.panes.open, Some(org_id("shop", "acme")));
    assert!(rig.model.tasks.contains_key(&task));
}

#[test]
fn removing_reads_the_members_and_the_counts_again() {
    let (mut rig, task) = under_way(Pane::Members, "D");
    rig.send(Msg::Carried(task, 0, done()));
    rig.asked(|query| matches!(query, Query::Members { .. }));
    rig.asked(|query| matches!(query, Query::Org(OrgAt::Id(_))));
    assert_eq!(rig.hint(), "remove the member: ana: done");
}

#[test]
fn a_removal_from_an_organization_left_meanwhile_is_read_at_the_next_visit() {
    let (mut rig, task) = under_way(Pane::Members, "D");
    rig.press("1j<enter>");
    rig.settle();
    rig.effects.clear();
    rig.send(Msg::Carried(task, 0, done()));
    let acme = org_id("shop", "acme");
    assert!(rig.model.store.visit(&acme).is_none());
    rig.settle();
    rig.press("1k<enter>");
    let of_acme = |query: &Query| matches!(query, Query::Members { org, .. } if *org == acme);
    rig.asked(of_acme);
}

#[test]
fn a_new_organization_has_its_row_at_once_and_the_cursor() {
    let mut rig = Rig::two_orgs();
    let wish = Wish::CreateOrg {
        profile: profile("shop"),
        fields: Fields::default(),
        first_member: None,
    };
    let task = wished(&mut rig, &wish);
    let fresh: Org = org("shop", "harbour", "Harbour");
    let receipt = Receipt {
        made: Some(Made::Org(fresh.id.clone())),
        after: Some(Seen::Org(Box::new(fresh.clone()))),
        ..Receipt::default()
    };
    rig.send(Msg::Carried(task, 0, Outcome::Done(receipt)));
    assert_eq!(rig.org_names(), ["Acme Shop", "Quay Services", "Harbour"]);
    assert_eq!(rig.model.panes.orgs.cursor, Some(fresh.id.clone()));
    rig.wait(10);
    assert_eq!(rig.model.panes.open, Some(fresh.id));
}

#[test]
fn an_edit_reads_the_organization_again_and_no_list() {
    let mut rig = Rig::two_orgs();
    let org = org_id("shop", "acme");
    let fields = Fields::default();
    let task = wished(&mut rig, &Wish::EditOrg { org, fields });
    rig.send(Msg::Carried(task, 0, done()));
    rig.asked(|query| matches!(query, Query::Org(OrgAt::Id(_))));
    let lists = |effect: &&Effect| {
        matches!(
            effect,
            Effect::Query {
                query: Query::Orgs { .. } | Query::Members { .. } | Query::Invites { .. },
                ..
            }
        )
    };
    assert_eq!(rig.effects.iter().filter(lists).count(), 0);
}

#[test]
fn a_member_that_somebody_has_changed_is_asked_about_as_it_is() {
    let (mut rig, task) = under_way(Pane::Members, "D");
    let now = member(&org_id("shop", "acme"), "ana", "member");
    let seen = Seen::Member(Box::new(now.clone()));
    rig.send(Msg::Carried(task, 0, Outcome::Differs(seen)));
    let member = Box::new(now);
    assert_eq!(rig.planning().1, Wish::RemoveMember { member });
    assert!(notes(&rig).contains("role was admin, is now member"));
}

#[test]
fn what_helps_a_write_is_said_of_a_write() {
    let advice = |verb, fault| orgdeck::app::fault::words(&ApiError::new(verb, fault)).next;
    let token = advice(Verb::InviteAccept, Fault::Missing);
    assert!(token.starts_with("check the token"), "{token}");
    let write = advice(Verb::MemberRole, Fault::TimedOut);
    assert_eq!(write, "do it again once the network is up");
    let read = advice(Verb::MemberList, Fault::TimedOut);
    assert_eq!(read, "R reads again once the network is up");
}

/// Where a member holds several roles, a question that is asked again begins at those that are held now.
#[test]
fn roles_that_somebody_has_changed_are_those_that_the_next_question_begins_at() {
    let assigned = |name: &str| Assignment {
        role: Role::named(name),
        id: None,
    };
    let mut rig = Rig::two_orgs().on(Pane::Members);
    let wish = Wish::SetRoles {
        member: member(&org_id("shop", "acme"), "ana", "x").at,
        from: ["Moderator", "guide"].map(assigned).to_vec(),
        to: ["Admin", "guide"].map(Role::named).to_vec(),
    };
    let mut plan = plan_for(&wish);
    plan.steps[0].change = Mutation::GiveRole {
        member: member(&org_id("shop", "acme"), "ana", "x").at,
        role: Role::named("Admin"),
    };
    let question = orgdeck::app::screen::asks::of(&rig.model, wish);
    let effects = orgdeck::app::screen::asks::question(&mut rig.model, question);
    rig.effects.extend(effects);
    let task = agreed(&mut rig, plan);
    let mut now = member(&org_id("shop", "acme"), "ana", "Moderator");
    now.roles = Told::Is([assigned("Moderator"), assigned("pilot")].into());
    let seen = Seen::Member(Box::new(now.clone()));
    rig.send(Msg::Carried(task, 0, Outcome::Differs(seen)));
    let Wish::SetRoles { from, to, .. } = rig.planning().1 else {
        panic!("roles are wished");
    };
    assert_eq!(Told::Is(from.into()), now.roles);
    // The guide's end and the pilot's beginning are somebody else's: neither is undone.
    assert_eq!(to, ["Admin", "pilot"].map(Role::named));
    let fact = |label: &str| {
        let mut about = dialog(&rig).about.iter();
        about
            .find(|(known, _)| *known == label)
            .unwrap()
            .1
            .raw()
            .to_owned()
    };
    assert_eq!(fact("Role now"), "Moderator, pilot");
    assert_eq!(fact("Role then"), "Admin, pilot");
}
