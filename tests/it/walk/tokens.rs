//! A token that ends while somebody is at the console: typed anew, tried, and gone on with.

use orgdeck::app::Model;
use orgdeck::app::layer::Overlay;
use orgdeck::app::overlay::ARMING;
use orgdeck::app::prompt::Prompt;
use orgdeck::app::store::Door;
use orgdeck::domain::connection::Access;
use orgdeck::job::{Tally, Task};
use orgdeck::provider::http::SecretSource;
use orgdeck::provider::registry;
use orgdeck::sandbox::faults::{Fault, Rule, Turn};
use orgdeck::sandbox::world::World;
use orgdeck::sandbox::{Options, Sandbox, Service};

use super::bulk::{agrees, in_world, leaves_the_token, marks_others, name, opens, task};
use super::stage::{Player, Walk, Walked};
use super::{armed, calm, invites};
use crate::sandbox::origin;
use crate::support::link::{gives, services};

/// The token of every service, until it ends.
const OLD: &str = "sk_test_first7f3a91c2e5d8";

const TYPED: &str = "sk_test_typed7f3a91c2e5d8";

/// The token of the service ends, and another one speaks for the same caller.
fn exchange(player: &Player, kind: Service) {
    let old = player.sandbox.face(kind).token.clone();
    player.sandbox.world(|world| {
        let principal = world.caller(kind, Some(&old)).unwrap().clone();
        world.revoke(kind, &old);
        world.grant(kind, TYPED, principal);
    });
}

fn prompt(model: &Model) -> Option<&Prompt> {
    match model.overlays.last() {
        Some(Overlay::Prompt(prompt)) => Some(prompt),
        _ => None,
    }
}

/// Whether a token is asked for and was looked at.
fn asked(model: &Model) -> bool {
    let shown = prompt(model).and_then(|prompt| prompt.shown);
    shown.is_some_and(|shown| model.now.moment >= shown.after(ARMING))
}

fn let_in(model: &Model) -> bool {
    calm(model) && model.store.accounts[0].door == Door::Open
}

#[tokio::test]
async fn a_token_that_ends_is_typed_anew_and_reading_goes_on() {
    for service in services() {
        let kind = service.1;
        let walked = Walk::with(service, Access::Full)
            .played(async |player| {
                player.until("everything", calm).await;
                exchange(player, kind);
                player.press_and_see("1R", asked).await;
                player
                    .press_and_see(&format!("{TYPED}<enter>"), let_in)
                    .await;
            })
            .await;
        assert!(walked.writes().is_empty(), "{}", kind.name());
        assert!(walked.model.store.accounts[0].principal.known().is_some());
        assert!(walked.told().iter().all(|(_, _, fine)| *fine));
    }
}

/// What was agreed to was not sent: it is asked about again, and goes out once.
#[tokio::test]
async fn a_write_that_met_the_end_of_the_token_is_asked_about_again() {
    for service in services()
        .into_iter()
        .filter(|(row, _)| row.name != "vulos")
    {
        let kind = service.1;
        let walked = Walk::with(service, Access::Full)
            .played(async |player| {
                invites(player).await;
                let is_there = |model: &Model| calm(model) && model.invite_row().is_some();
                player.press_and_see("4", is_there).await;
                player.press_and_see("D", armed).await;
                exchange(player, kind);
                player.press_and_see("y", asked).await;
                player.press(TYPED);
                player.press_and_see("<enter>", armed).await;
                player.press_and_see("y", let_in).await;
            })
            .await;
        assert_eq!(walked.writes().len(), 2, "{}", kind.name());
    }
}

/// How many are removed, and how many of them before the token ends.
const ALL: usize = 9;
const FIRST: usize = 2;

/// A sandbox whose tokens are known beforehand, as is the one that follows.
fn ending() -> Sandbox {
    let tokens = Service::ALL.map(|kind| (kind, OLD.to_owned()));
    let options = Options {
        tokens: tokens.into(),
        ..Options::demo(origin())
    };
    let sandbox = Sandbox::start(&options).unwrap();
    sandbox.world(|world| {
        for kind in Service::ALL {
            let principal = world.caller(kind, Some(OLD)).unwrap().clone();
            world.grant(kind, TYPED, principal);
            crowd(world, kind);
        }
    });
    sandbox
}

/// So many members that those who are removed are few of them.
fn crowd(world: &mut World, kind: Service) {
    let org = world.orgs(kind).find(|org| org.name == name(kind));
    let org = org.unwrap().key;
    let roles: &[&str] = match kind {
        Service::Balena => &["member"],
        Service::Clerk => &["org:member"],
        Service::Vulos => &[],
    };
    while world.member_count(org) < 5 * ALL {
        let number = world.member_count(org);
        let person = world.add_person(|person| {
            person.emails = vec![format!("many{number}@quay.example")];
            person.username = Some(format!("many{number}"));
            person.join(kind);
        });
        world.add_member(org, person, roles);
    }
}

/// All tokens of before are over.
fn end(world: &mut World) {
    for kind in Service::ALL {
        world.revoke(kind, OLD);
    }
}

/// The writes that the service answered with this status.
fn answered(walked: &Walked, status: u16) -> usize {
    let requests = walked.requests();
    let writes = requests.iter().filter(|request| request.method != "GET");
    writes
        .filter(|request| request.status == Some(status))
        .count()
}

/// The token ends at the third of nine removals: what was under way is told so, nothing more goes out, one
/// other token is asked for, and with it the rest goes out, each once.
#[tokio::test]
async fn r21_a_bulk_goes_on_with_another_token_and_nothing_is_lost_or_doubled() {
    for service in services() {
        let kind = service.1;
        let over = Rule::once(Fault::Meanwhile(Turn(end))).method("DELETE");
        let walk = Walk::over(ending(), service, Access::Full);
        walk.fail(over.after(FIRST));
        let mut before = 0;
        let walked = walk
            .played(async |player| {
                opens(player, kind).await;
                before = player.seen.panes.members.len();
                let many = |model: &Model| model.panes.members.len() >= ALL && calm(model);
                player.press("3/many<enter>");
                let few = move |model: &Model| many(model) && model.panes.members.len() < before;
                player.until("the many", few).await;
                marks_others(player, ALL).await;
                player.press("D");
                agrees(player, ALL).await;
                let over = |model: &Model| task(model, 1).is_some_and(Task::is_over);
                let tally = task(player.until("the end", over).await, 1)
                    .unwrap()
                    .tally();
                // Where a success has to be looked at, nobody is let in to look any more.
                let sent = (tally.done + tally.unknown, tally.not_sent);
                assert_eq!(sent, (FIRST, ALL - FIRST), "{kind:?}: {tally:?}");
                player.press_and_see("<esc>", asked).await;
                player
                    .press_and_see(&format!("{TYPED}<enter>"), |model| {
                        model.store.accounts[0].door == Door::Open && prompt(model).is_none()
                    })
                    .await;
                if player.seen.overlays.is_empty() {
                    player.press("gf");
                }
                agrees(player, ALL - FIRST).await;
                let over = |model: &Model| task(model, 2).is_some_and(Task::is_over);
                let tally = task(player.until("the end", over).await, 2)
                    .unwrap()
                    .tally();
                assert_eq!(tally.done, ALL - FIRST, "{kind:?}: {tally:?}");
                leaves_the_token(player).await;
            })
            .await;
        let after_the_first = answered(&walked, 401);
        assert!((1..=4).contains(&after_the_first), "{after_the_first}");
        let applied = walked.writes().len() - after_the_first;
        assert_eq!(applied, ALL, "{kind:?}: each went out once");
        let left = in_world(&walked, kind, World::member_count);
        assert_eq!(left, before - ALL, "{kind:?}");
    }
}

/// Nine are removed, and the token is over at the third: what the source gives then, and how it all ended.
async fn removes_nine(
    service: (registry::Service, Service),
    tokens: SecretSource,
) -> (Walked, Tally) {
    let kind = service.1;
    let over = Rule::once(Fault::Meanwhile(Turn(end))).method("DELETE");
    let walk = Walk::by(ending(), service, Access::Full, tokens);
    walk.fail(over.after(FIRST));
    let mut tally = Tally::default();
    let walked = walk
        .played(async |player| {
            opens(player, kind).await;
            let all = player.seen.panes.members.len();
            player.press("3/many<enter>");
            let few = move |model: &Model| {
                let shown = model.panes.members.len();
                shown >= ALL && shown < all && calm(model)
            };
            player.until("the many", few).await;
            marks_others(player, ALL).await;
            player.press("D");
            agrees(player, ALL).await;
            let over = |model: &Model| task(model, 1).is_some_and(Task::is_over);
            let ended = player.until("the end", over).await;
            tally = task(ended, 1).unwrap().tally();
            leaves_the_token(player).await;
        })
        .await;
    (walked, tally)
}

/// Where the source has another token by then, nobody is asked anything.
#[tokio::test]
async fn r21_a_bulk_goes_on_by_itself_where_the_source_has_another_token() {
    for service in services() {
        let kind = service.1;
        let (walked, tally) = removes_nine(service, gives(&[OLD, TYPED])).await;
        assert_eq!((tally.done, tally.all()), (ALL, ALL), "{kind:?}: {tally:?}");
        let refused = answered(&walked, 401);
        assert!((1..=4).contains(&refused), "{kind:?}: {refused}");
        assert_eq!(
            walked.writes().len() - refused,
            ALL,
            "{kind:?}: each went out once"
        );
        let attempts = walked.writes().len();
        assert_eq!(walked.intents(), attempts, "{kind:?}: one for each attempt");
        assert_eq!(walked.model.store.accounts[0].door, Door::Open, "{kind:?}");
    }
}

/// Another token that is no better stops everything: it is not tried by all that wait.
#[tokio::test]
async fn r21_another_token_that_is_no_better_is_tried_once() {
    for service in services() {
        let kind = service.1;
        let (walked, tally) = removes_nine(service, gives(&[OLD, "sk_test_no_better"])).await;
        let sent = (tally.done + tally.unknown, tally.not_sent);
        assert_eq!(sent, (FIRST, ALL - FIRST), "{kind:?}: {tally:?}");
        let after_the_first = answered(&walked, 401) - 1;
        assert!(after_the_first <= 4, "{kind:?}: {after_the_first}");
    }
}
