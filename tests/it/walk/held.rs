//! A bulk that a service holds up, from the keys to its record: a 401 of balena means what whoami says, and
//! what got a 429 goes out again when the wait is over, and not before.

use std::time::Duration;

use orgdeck::app::Model;
use orgdeck::app::screen::marks::marked_invites;
use orgdeck::domain::connection::Access;
use orgdeck::job::{Tally, Task};
use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};
use orgdeck::sandbox::world::World;

use super::bulk::{agrees, in_world, leaves_the_token, name, opens, service, task};
use super::stage::{Player, Walk, Walked};

fn status(code: u16, headers: Vec<(&'static str, String)>) -> Fault {
    Fault::Status(code, headers, String::new())
}

/// The invites that these keys mark are taken back: how many there are, and how they ended.
async fn revokes(player: &mut Player, (kind, keys): (Service, &str)) -> (usize, Tally) {
    opens(player, kind).await;
    player.press("4gg");
    player
        .until("a row", |model| model.invite_row().is_some())
        .await;
    let some = |model: &Model| marked_invites(model).len() > 1;
    let rows = marked_invites(player.press_and_see(keys, some).await).len();
    player.press("D");
    agrees(player, rows).await;
    let over = |model: &Model| task(model, 1).is_some_and(Task::is_over);
    let tally = task(player.until("the end", over).await, 1)
        .unwrap()
        .tally();
    (rows, tally)
}

async fn closes(player: &mut Player) {
    player.press("<esc>");
    let closed = |model: &Model| model.overlays.is_empty();
    player.until("the panes", closed).await;
}

/// The open invites of the organization, by the service's own record.
fn open(walked: &Walked, kind: Service) -> usize {
    in_world(walked, kind, World::pending_count)
}

#[tokio::test]
async fn r97_a_401_that_whoami_does_not_confirm_is_a_no_to_one_row_and_the_others_go_on() {
    let walk = Walk::with(service(Service::Balena), Access::Full);
    walk.fail(Rule::once(status(401, Vec::new())).method("DELETE"));
    let walked = walk
        .played(async |player| {
            let (rows, tally) = revokes(player, (Service::Balena, "*")).await;
            closes(player).await;
            assert_eq!((tally.done, tally.refused), (rows - 1, 1), "{tally:?}");
        })
        .await;
    assert_eq!(
        open(&walked, Service::Balena),
        1,
        "none but that one is left"
    );
}

#[tokio::test]
async fn r21_a_401_that_whoami_confirms_stops_everything_and_keeps_the_rest() {
    let walk = Walk::with(service(Service::Balena), Access::Full);
    walk.fail(Rule::always(status(401, Vec::new())).method("DELETE"));
    let before = walk.world(|world| {
        let fleet = name(Service::Balena);
        let org = world.orgs(Service::Balena).find(|org| org.name == fleet);
        world.pending_count(org.unwrap().key)
    });
    let walked = walk
        .played(async |player| {
            let whoami = Rule::always(status(401, Vec::new())).path("/actor/v1/whoami");
            opens(player, Service::Balena).await;
            player.sandbox.fail(Service::Balena, whoami);
            let (rows, tally) = revokes(player, (Service::Balena, "*")).await;
            assert_eq!((tally.not_sent, tally.all()), (rows, rows), "{tally:?}");
            leaves_the_token(player).await;
        })
        .await;
    let writes = walked.writes().len();
    assert!((1..=4).contains(&writes), "{writes} after the first 401");
    assert_eq!(open(&walked, Service::Balena), before, "nothing is lost");
}

#[tokio::test]
async fn r23_what_got_a_429_goes_out_again_when_the_wait_is_over() {
    let walk = Walk::with(service(Service::Clerk), Access::Full);
    let wait = vec![("retry-after", "1".to_owned())];
    walk.fail(Rule::once(status(429, wait)).path("/revoke"));
    let walked = walk
        .played(async |player| {
            let (rows, tally) = revokes(player, (Service::Clerk, "vjv")).await;
            closes(player).await;
            assert_eq!((tally.done, tally.all()), (rows, rows), "{tally:?}");
        })
        .await;
    let task = task(&walked.model, 1).unwrap();
    assert_eq!(
        walked.writes().len(),
        task.parts().len() + 1,
        "one of them twice"
    );
    assert!(task.patience().0 > Duration::ZERO, "the wait was taken up");
}
