//! A yes that is pressed again and again, while its request is under way and afterwards: it goes out once.

use std::time::Duration;

use futures_util::future::join_all;
use orgdeck::app::Model;
use orgdeck::domain::connection::Access;
use orgdeck::provider::registry;
use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};

use super::stage::{NEW, Walk};
use super::{armed, has_form, wants_role};
use crate::support::link::services;

/// How many are walked side by side: what is agreed to must be looked at for a while.
const AT_ONCE: usize = 20;

/// Whether the invite was sent and answered, whatever later keys have opened since.
fn is_done(model: &Model) -> bool {
    let hint = model.notices.hint.as_ref();
    model.tasks.is_empty() && hint.is_some_and(|hint| hint.raw().ends_with(": done"))
}

/// Invites somebody with a yes that is pressed five times; the writes that reached the service.
async fn pressed(service: (registry::Service, Service)) -> Vec<String> {
    let walk = Walk::with(service, Access::Full);
    let slowly = Rule::always(Fault::Slow(Duration::from_millis(5)));
    walk.fail(slowly.method(if service.0.name == "vulos" {
        "PUT"
    } else {
        "POST"
    }));
    let walked = walk
        .played(async |player| {
            let role = if wants_role(player.press_and_see("i", has_form).await) {
                "<tab><down><s-tab>"
            } else {
                ""
            };
            player.press(&format!("{NEW}{role}<s-tab><s-tab><enter>"));
            player.until("the requests", armed).await;
            let five = "<enter>".repeat(5);
            player.press_and_see(&format!("<tab>{five}"), is_done).await;
            player.press(&format!("{five}<esc><esc>"));
        })
        .await;
    assert_eq!(walked.invited().len(), 1, "{}", service.0.name);
    walked.writes()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r3_a_yes_pressed_five_times_is_one_request_a_hundred_times_of_a_hundred() {
    let hundred: Vec<_> = services().into_iter().cycle().take(100).collect();
    let mut once = 0;
    for some in hundred.chunks(AT_ONCE) {
        let ended = join_all(some.iter().copied().map(pressed)).await;
        once += ended.iter().filter(|writes| writes.len() == 1).count();
    }
    assert_eq!(once, 100);
}
