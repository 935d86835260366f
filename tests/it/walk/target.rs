//! A question keeps its target: while it is open somebody else removes a row above, the list is read again
//! and every row moves. What the service then takes away is what the question showed.

use std::time::Duration;

use futures_util::future::join_all;
use orgdeck::app::Model;
use orgdeck::app::layer::Overlay;
use orgdeck::domain::connection::Access;
use orgdeck::domain::{Detail, Wish};
use orgdeck::job::Task;
use orgdeck::provider::registry;
use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};
use orgdeck::sandbox::world::World;

use super::bulk::{agrees, in_world, name, opens, task};
use super::stage::{Walk, Walked};
use super::{armed, calm};
use crate::support::link::services;
use crate::support::screen::plain;

/// How many are walked side by side: what is agreed to must be looked at for a while.
const AT_ONCE: usize = 20;

/// The id of the member whom the open question is about.
fn asked_about(model: &Model) -> Option<String> {
    let Some(Overlay::Confirm(confirm)) = model.overlays.last() else {
        return None;
    };
    match &confirm.wish {
        Wish::RemoveMember { member } => Some(member.id.raw().to_owned()),
        _ => None,
    }
}

/// Whether all is known of the row under the cursor.
fn is_whole(model: &Model) -> bool {
    let row = model.member_row();
    row.is_some_and(|row| row.detail == Detail::Whole)
}

/// The members of the organization in the service's own record.
fn members(world: &World, kind: Service) -> Vec<String> {
    let org = world.orgs(kind).find(|org| org.name == name(kind)).unwrap();
    let members = world.members_of(org.key);
    members.map(|member| member.id.clone()).collect()
}

/// Somebody else removes the first member who is neither the target nor the caller; who that was.
fn removes_another(world: &mut World, (kind, target): (Service, &str)) -> String {
    let org = world.orgs(kind).find(|org| org.name == name(kind)).unwrap();
    let caller = world.person_by_email("ana@acme.example").unwrap().key;
    let mut members = world.members_of(org.key);
    let first = members.find(|member| member.id != target && member.person != caller);
    let (key, id) = first.map(|member| (member.key, member.id.clone())).unwrap();
    drop(members);
    drop(world.remove_member(key));
    id
}

/// One removal with everything moving below it.
async fn removed(((service, kind), up): ((registry::Service, Service), usize)) {
    let walk = Walk::with((service, kind), Access::Full);
    let before = walk.world(|world| members(world, kind));
    let (mut shown, mut by_others) = (String::new(), String::new());
    let walked: Walked = walk
        .played(async |player| {
            opens(player, kind).await;
            let rows = player.seen.panes.members.len();
            let is_there = |model: &Model| {
                let is_it = model.panes.members.index + 1 + up == rows;
                // What is being read already is not read again.
                is_it && is_whole(model) && calm(model)
            };
            let keys = format!("3G{}", "k".repeat(up));
            player.press_and_see(&keys, is_there).await;
            let slowly = Fault::Slow(Duration::from_millis(20));
            let slowly = Rule::always(slowly).method("GET");
            player.sandbox.fail(kind, slowly);
            let under = player.seen.member_row().unwrap().item.id.raw().to_owned();
            by_others = player
                .sandbox
                .world(|world| removes_another(world, (kind, &under)));
            let asked = |model: &Model| asked_about(model).is_some();
            shown = asked_about(player.press_and_see("RD", asked).await).unwrap();
            assert_eq!(shown, under);
            let read_again = |model: &Model| model.panes.members.len() < rows && armed(model);
            player
                .until("the list under the question", read_again)
                .await;
            let screen = plain(&player.seen, (120, 36));
            assert!(screen.contains(&shown), "{shown}\n{screen}");
            agrees(player, 1).await;
            let over = |model: &Model| task(model, 1).is_some_and(Task::is_over) && calm(model);
            player.until("the end", over).await;
        })
        .await;
    let after = in_world(&walked, kind, |world, _| members(world, kind));
    let mut gone = before;
    gone.retain(|id| !after.contains(id));
    let mut expected = vec![shown, by_others];
    expected.sort();
    gone.sort();
    assert_eq!(gone, expected, "{kind:?}: {:?}", walked.model.notices);
    assert_eq!(walked.writes(), ["DELETE"], "{kind:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_what_is_removed_is_what_was_shown_a_hundred_times_of_a_hundred() {
    let hundred: Vec<_> = services()
        .into_iter()
        .cycle()
        .zip((0..3).cycle().flat_map(|up| [up; 3]))
        .take(100)
        .collect();
    assert_eq!(hundred.len(), 100);
    for some in hundred.chunks(AT_ONCE) {
        join_all(some.iter().copied().map(removed)).await;
    }
}
