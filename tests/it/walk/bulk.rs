//! Marks from the keys to each service and back: removed, given a role, revoked, sent again. What the
//! screen counts is what the service's record holds.

use orgdeck::app::Model;
use orgdeck::app::layer::Asking;
use orgdeck::app::layer::Overlay;
use orgdeck::app::overlay::ARMING;
use orgdeck::domain::connection::Access;
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Text, Told, Wish};
use orgdeck::job::{Tally, Task};
use orgdeck::provider::registry;
use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};
use orgdeck::sandbox::world::{InviteState, Key, World};

use super::stage::{Player, Walk, Walked};
use crate::support::link::services;

pub(super) fn service(kind: Service) -> (registry::Service, Service) {
    let mut all = services().into_iter();
    all.find(|(_, face)| *face == kind).unwrap()
}

/// Whether a question about so many rows was looked at long enough.
fn asks(model: &Model, rows: usize) -> bool {
    let Some(Overlay::Confirm(confirm)) = model.overlays.last() else {
        return false;
    };
    match &confirm.stage {
        Asking::Ready(plan, shown) => {
            assert_eq!(plan.refusal(), None);
            let armed = shown.is_some_and(|shown| model.now.moment >= shown.after(ARMING));
            plan.wish.parts().len() == rows && armed
        }
        Asking::Failed(error) => panic!("{error:?}"),
        Asking::Preparing(_) | Asking::Waiting(..) | Asking::Leaving(_) => false,
    }
}

/// Says yes: by the letter, else by the name that is asked for.
pub(super) async fn agrees(player: &mut Player, rows: usize) {
    player
        .until("the question", |model| asks(model, rows))
        .await;
    let Some(Overlay::Confirm(confirm)) = player.seen.overlays.last() else {
        unreachable!("it was seen");
    };
    match confirm.names() {
        None => player.press("y"),
        Some((names, _)) => {
            let name = names.last().unwrap().raw().to_owned();
            player.press(&format!("{name}<tab><tab><enter>"));
        }
    }
}

pub(super) fn task(model: &Model, number: u64) -> Option<&Task> {
    orgdeck::app::tasks::find(model, TaskId(number))
}

/// Waits for the end of a task, and takes its rows off the screen.
async fn ends(player: &mut Player, number: u64) -> Tally {
    let over = |model: &Model| task(model, number).is_some_and(Task::is_over);
    let tally = task(player.until("the end", over).await, number)
        .unwrap()
        .tally();
    player.press("<esc>");
    let closed = |model: &Model| model.overlays.is_empty() && model.pending.is_empty();
    player.until("the panes", closed).await;
    tally
}

/// Takes the rows off the screen, and the question for a token where nothing has answered since.
pub(super) async fn leaves_the_token(player: &mut Player) {
    player.press("<esc>");
    let is_off = |model: &Model| !matches!(model.overlays.last(), Some(Overlay::Tasks(_)));
    player.until("the rows are closed", is_off).await;
    if !player.seen.overlays.is_empty() {
        player.press("<esc>");
    }
    let closed = |model: &Model| model.overlays.is_empty();
    player.until("the panes", closed).await;
}

/// The organization that a service's rows are changed in.
pub(super) fn name(kind: Service) -> &'static str {
    match kind {
        Service::Balena => "Acme Fleet",
        Service::Clerk => "Acme Shop",
        Service::Vulos => "Harbour Pilots",
    }
}

/// Opens it, with all its lists read.
pub(super) async fn opens(player: &mut Player, kind: Service) {
    player.press(&format!("1/{}<enter>", name(kind)));
    let open = |model: &Model| {
        let org = model.panes.open.as_ref();
        let row = org.and_then(|org| model.store.org(org));
        let visit = org.and_then(|org| model.store.visit(org));
        let is_it = row.is_some_and(|row| row.item.name == Told::Is(Text::from(name(kind))));
        is_it && visit.is_some_and(|visit| visit.read_at.is_some()) && model.pending.is_empty()
    };
    player.until("the organization", open).await;
}

/// Looks at it in the service's world.
pub(super) fn in_world<T>(
    walked: &Walked,
    kind: Service,
    look: impl FnOnce(&World, Key) -> T,
) -> T {
    walked.world(|world| {
        let org = world
            .orgs(kind)
            .find(|org| org.name == name(kind))
            .unwrap()
            .key;
        look(world, org)
    })
}

fn all_done(count: usize) -> Tally {
    Tally {
        done: count,
        ..Tally::default()
    }
}

/// Who is a member of the open organization, by the service's own record.
fn members(walked: &Walked, kind: Service) -> Vec<String> {
    in_world(walked, kind, |world, org| {
        world.members_of(org).map(|one| one.id.clone()).collect()
    })
}

#[tokio::test]
async fn three_marked_members_are_removed_by_one_yes_on_each_service() {
    for kind in [Service::Balena, Service::Clerk, Service::Vulos] {
        let walk = Walk::with(service(kind), Access::Full);
        let walked = walk
            .played(async |player| {
                opens(player, kind).await;
                marks_others(player, 3).await;
                player.press("D");
                agrees(player, 3).await;
                assert_eq!(ends(player, 1).await, all_done(3));
            })
            .await;
        let deleted = walked.writes();
        assert_eq!(deleted, ["DELETE"; 3], "{kind:?}");
        let ids = removed_ids(&walked);
        let left = members(&walked, kind);
        assert!(
            ids.iter().all(|id| !left.contains(id)),
            "{kind:?}: {ids:?} of {left:?}"
        );
    }
}

/// The ids that the first task removed.
fn removed_ids(walked: &Walked) -> Vec<String> {
    let task = task(&walked.model, 1).unwrap();
    let id = |part: &Wish| match part {
        Wish::RemoveMember { member } => member.id.raw().to_owned(),
        other => panic!("a removal, not {other:?}"),
    };
    task.plan.wish.parts().iter().map(id).collect()
}

/// Marks so many members who hold the plainest role, from the last row upwards.
pub(super) async fn marks_others(player: &mut Player, count: usize) {
    player.press("3G");
    let read = |model: &Model| {
        let row = model.member_row();
        row.is_some_and(|row| row.detail == orgdeck::domain::Detail::Whole)
    };
    player.until("the last row", read).await;
    for number in 1..=count {
        let marked = move |model: &Model| {
            orgdeck::app::screen::marks::marked_members(model).len() == number && read(model)
        };
        let up = if number == 1 { " " } else { "k " };
        // The mark moves the cursor down, where there is a row below.
        let keys = if number > 2 { "kk " } else { up };
        player.press_and_see(keys, marked).await;
    }
}

#[tokio::test]
async fn three_marked_members_get_a_role_by_one_yes_on_each_service() {
    for (kind, pick) in [
        (Service::Balena, "administrator"),
        (Service::Clerk, "billing"),
        (Service::Vulos, "give moderator"),
    ] {
        let walk = Walk::with(service(kind), Access::Full);
        let walked = walk
            .played(async |player| {
                opens(player, kind).await;
                marks_others(player, 3).await;
                player.press("r");
                let offered = |model: &Model| match model.overlays.last() {
                    Some(Overlay::Menu(picker)) => !picker.choices.is_empty(),
                    _ => false,
                };
                player.until("the roles", offered).await;
                player.press(&format!("/{pick}<enter>"));
                agrees(player, 3).await;
                assert_eq!(ends(player, 1).await, all_done(3), "{kind:?}");
            })
            .await;
        assert_eq!(walked.writes().len(), 3, "{kind:?}");
        let task = task(&walked.model, 1).unwrap();
        let role = match &task.plan.wish.parts()[0] {
            Wish::SetRoles { to, .. } => to.last().unwrap().key.raw().to_owned(),
            other => panic!("roles, not {other:?}"),
        };
        let ids: Vec<String> = task
            .steps()
            .map(|(step, _)| match &step.seen {
                orgdeck::domain::Seen::Member(member) => member.id.raw().to_owned(),
                other => panic!("a member was seen, not {other:?}"),
            })
            .collect();
        in_world(&walked, kind, |world, org| {
            for id in &ids {
                let member = world.members_of(org).find(|one| one.id == *id).unwrap();
                assert!(member.holds(&role), "{kind:?}: {id} {role}");
            }
        });
    }
}

#[tokio::test]
async fn three_marked_invites_are_revoked_and_three_are_sent_again() {
    for kind in [Service::Balena, Service::Clerk] {
        for (key, writes) in [("D", 3), ("t", 6)] {
            let walk = Walk::with(service(kind), Access::Full);
            let walked = walk
                .played(async |player| {
                    let three = |model: &Model| {
                        orgdeck::app::screen::marks::marked_invites(model).len() == 3
                    };
                    opens(player, kind).await;
                    player.press("4gg");
                    player
                        .until("a row", |model| model.invite_row().is_some())
                        .await;
                    player.press_and_see("vjjv", three).await;
                    player.press(key);
                    agrees(player, 3).await;
                    assert_eq!(ends(player, 1).await, all_done(3), "{kind:?} {key}");
                })
                .await;
            assert_eq!(walked.writes().len(), writes, "{kind:?} {key}");
            let emails: Vec<Text> = invited(&walked);
            in_world(&walked, kind, |world, org| {
                for email in &emails {
                    let mut open = world.invites_of(org).filter(|one| {
                        one.email == email.raw()
                            && one.state_at(world.now()) == InviteState::Pending
                    });
                    let wanted = usize::from(key == "t");
                    assert_eq!(open.by_ref().count(), wanted, "{kind:?} {key} {email:?}");
                }
            });
        }
    }
}

fn invited(walked: &Walked) -> Vec<Text> {
    let task = task(&walked.model, 1).unwrap();
    let email = |part: &Wish| match part {
        Wish::RevokeInvite { invite }
        | Wish::Resend(orgdeck::domain::wish::Resend::Listed(invite)) => {
            invite.email.known().unwrap().clone()
        }
        other => panic!("an invite, not {other:?}"),
    };
    task.plan.wish.parts().iter().map(email).collect()
}

#[tokio::test]
async fn where_no_list_is_kept_three_that_were_sent_from_here_are_sent_again() {
    let walk = Walk::with(service(Service::Vulos), Access::Full);
    let walked = walk
        .played(async |player| {
            for number in 1..=3 {
                player.press("i");
                let form = |model: &Model| matches!(model.overlays.last(), Some(Overlay::Form(_)));
                player.until("the form", form).await;
                player.press(&format!("p{number}@quay.example<s-tab><s-tab><enter>"));
                player.until("the requests", super::armed).await;
                player.press("<tab><enter>");
                let sent = move |model: &Model| {
                    model.store.sent_notes.len() == number && super::calm(model)
                };
                player.until("the note", sent).await;
            }
            player.press("4*t");
            agrees(player, 3).await;
            assert_eq!(ends(player, 2 + 2).await, all_done(3));
        })
        .await;
    assert_eq!(walked.writes(), ["PUT"; 6]);
}

/// An organization with more than a hundred members who can be changed at once.
fn crowded() -> Walk {
    let walk = Walk::with(service(Service::Clerk), Access::Full);
    walk.world(|world| {
        let shop = name(Service::Clerk);
        let org = world.orgs(Service::Clerk).find(|org| org.name == shop);
        let org = org.unwrap().key;
        while world.member_count(org) < 140 {
            let number = world.member_count(org);
            let person = world.add_person(|person| {
                person.emails = vec![format!("many{number}@quay.example")];
                person.join(Service::Clerk);
            });
            world.add_member(org, person, &["org:member"]);
        }
    });
    walk
}

/// A hundred rows of which ten are refused: exactly these go out again, and the service's record agrees with
/// every count.
#[tokio::test]
async fn r22_ten_of_a_hundred_that_failed_go_out_again_and_no_others() {
    let walk = crowded();
    let held = walk.world(|world| {
        let shop = name(Service::Clerk);
        let org = world.orgs(Service::Clerk).find(|org| org.name == shop);
        let org = org.unwrap().key;
        let many = world.members_of(org).filter(|one| one.holds("org:billing"));
        many.count()
    });
    let refusal = Fault::Status(
        422,
        vec![("content-type", "application/json".to_owned())],
        r#"{"errors":[{"message":"not today","long_message":"not today","code":"no"}]}"#.to_owned(),
    );
    walk.fail(Rule::always(refusal).method("PATCH").after(40).times(10));
    let walked = walk
        .played(async |player| {
            let many = |model: &Model| orgdeck::app::screen::marks::marked_members(model).len();
            opens(player, Service::Clerk).await;
            player.press("3/many<enter>");
            player
                .until("the rows", |model| model.panes.members.len() >= 100)
                .await;
            player.press("v");
            player.press(&"j".repeat(99));
            player.press_and_see("v", |model| many(model) == 100).await;
            player.press("r");
            let offered = |model: &Model| match model.overlays.last() {
                Some(Overlay::Menu(picker)) => !picker.choices.is_empty(),
                _ => false,
            };
            player.until("the roles", offered).await;
            player.press("/billing<enter>");
            agrees(player, 100).await;
            let over = |model: &Model| task(model, 1).is_some_and(Task::is_over);
            let tally = task(player.until("the end", over).await, 1)
                .unwrap()
                .tally();
            assert_eq!((tally.done, tally.refused, tally.all()), (90, 10, 100));
            player.press("r");
            agrees(player, 10).await;
            let over = |model: &Model| task(model, 2).is_some_and(Task::is_over);
            let again = task(player.until("the end", over).await, 2)
                .unwrap()
                .tally();
            assert_eq!(again, all_done(10));
            player.press("<esc>");
            player
                .until("the panes", |model| model.overlays.is_empty())
                .await;
        })
        .await;
    assert_eq!(walked.writes().len(), 110);
    let billing = in_world(&walked, Service::Clerk, |world, org| {
        let many = world.members_of(org).filter(|one| one.holds("org:billing"));
        many.count()
    });
    assert_eq!(billing - held, 100, "the service's record agrees");
}

/// The token ends in the middle: nothing more goes out than what was under way, and nothing is lost.
#[tokio::test]
async fn r21_a_token_that_ends_in_the_middle_stops_everything_and_keeps_the_rest() {
    let walk = Walk::with(service(Service::Clerk), Access::Full);
    let over = Fault::Status(
        401,
        vec![("content-type", "application/json".to_owned())],
        r#"{"errors":[{"message":"no","long_message":"no","code":"authentication_invalid"}]}"#
            .to_owned(),
    );
    walk.fail(Rule::always(over).method("POST").path("/revoke").after(1));
    let walked = walk
        .played(async |player| {
            opens(player, Service::Clerk).await;
            player.press("4gg");
            player.until("a row", |model| model.invite_row().is_some()).await;
            player.press("*D");
            let rows = player.seen.panes.invites.len();
            let asked = |model: &Model| {
                matches!(model.overlays.last(), Some(Overlay::Confirm(confirm)) if confirm.plan().is_some())
            };
            player.until("the question", asked).await;
            let rows = rows.max(player.seen.panes.invites.len());
            agrees(player, rows).await;
            // Once its lists were read again nobody is asked for a token that is good for reading.
            let over = |model: &Model| {
                task(model, 1).is_some_and(Task::is_over) && model.pending.is_empty()
            };
            let tally = task(player.until("the end", over).await, 1).unwrap().tally();
            assert_eq!((tally.done, tally.all()), (1, rows), "{tally:?}");
            assert_eq!(tally.not_sent, rows - 1, "{tally:?}");
            leaves_the_token(player).await;
        })
        .await;
    let after_the_first = walked.writes().len() - 1;
    assert!(
        after_the_first <= 4,
        "{after_the_first} after the first 401"
    );
}
