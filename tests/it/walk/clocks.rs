//! A clock of ours that is a day off: ages are those of the service's clock, on every service, and nothing
//! that it makes look over is kept from being done.

use std::sync::Arc;

use jiff::SignedDuration;
use orgdeck::app::Model;
use orgdeck::app::place::Size;
use orgdeck::app::store::{Account, Store};
use orgdeck::domain::{Actor, Profile};
use orgdeck::gate::Gate;
use orgdeck::journal::memory::Memory;
use orgdeck::provider::http::Limits;
use orgdeck::provider::registry;
use orgdeck::rig::{Rig, World, keys};
use orgdeck::runtime::Shared;
use orgdeck::sandbox::{Sandbox, Service};
use tokio::sync::mpsc::unbounded_channel;

use crate::sandbox::{demo, origin};
use crate::support::link::{link, services};
use crate::support::rig::settings;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Somebody who waits for an answer, and has half a day left.
const LATE: &str = "lea@acme.example";

/// A console over one service, at a machine whose clock is off.
struct Desk {
    rig: Rig,
    world: World,
    sandbox: Sandbox,
}

impl Desk {
    async fn open((service, kind): (registry::Service, Service), off: SignedDuration) -> Self {
        let sandbox = demo();
        sandbox.world(|world| {
            let to = |invite: &&orgdeck::sandbox::world::Invite| invite.email == LATE;
            let late = world.invites(kind).find(to).map(|invite| invite.key);
            if let Some(late) = late {
                let end = origin() + DAY / 2 + SignedDuration::from_mins(30);
                world.edit_invite(late, |invite| invite.expires = Some(end));
            }
            // Every change has taken a second.
            world.set_now(origin());
        });
        let (ear, news) = unbounded_channel();
        let face = sandbox.face(kind);
        let at = (face.url.as_str(), face.token.as_str());
        // Side by side they would end in another order at each run.
        let limits = Limits {
            at_once: 1,
            pages_at_once: 1,
            ..Limits::default()
        };
        let hears = move |news| drop(ear.send(news));
        let link = link(&Profile::new("work"), &service, at, (limits, hears));
        let account = Account::new(link.connection.clone(), link.capabilities());
        let size = Size {
            width: 120,
            height: 60,
        };
        let model = Model::new(size, settings(), Store::new(vec![account]));
        let gate = Gate::new(Arc::new(Memory::default()), origin);
        let mut desk = Self {
            rig: Rig::start(model, origin() + off),
            world: World::new(Shared::new([link], gate), Actor::new("ana", "test"), news),
            sandbox,
        };
        desk.world.settle(&mut desk.rig).await;
        desk
    }

    async fn press(&mut self, script: &str) -> String {
        for key in keys(script).unwrap() {
            self.world.press(&mut self.rig, key).await;
        }
        self.screen()
    }

    fn screen(&self) -> String {
        let mut text = self.rig.frame().text();
        for kind in Service::ALL {
            let host = self.sandbox.face(kind).url.replace("http://", "");
            text = text.replace(&host, &"0".repeat(host.len()));
        }
        text
    }

    /// The screens that show ages: members, invites, and those invites that are filtered by theirs.
    async fn looked_at(&mut self) -> [String; 3] {
        [
            self.press("3+").await,
            self.press("_gi+").await,
            self.press("/status:pending created:<lt>3d<enter>").await,
        ]
    }
}

#[tokio::test]
async fn r66_a_clock_that_is_off_changes_no_age() {
    for service in services() {
        let right = Desk::open(service, SignedDuration::ZERO).await;
        let right = { right }.looked_at().await;
        for off in [DAY, -DAY, DAY * 400] {
            let mut desk = Desk::open(service, off).await;
            let wrong = desk.looked_at().await;
            for (right, wrong) in right.iter().zip(&wrong) {
                assert_eq!(right, wrong, "{} off by {off:#}", service.1.name());
            }
        }
    }
}

#[tokio::test]
async fn r66_what_only_our_clock_calls_over_is_open_and_can_be_revoked_and_sent_again() {
    let clerk = services()
        .into_iter()
        .find(|(_, kind)| *kind == Service::Clerk);
    let clerk = clerk.unwrap();
    for (key, writes) in [("D", 1), ("t", 2)] {
        for off in [DAY, -DAY] {
            let mut desk = Desk::open(clerk, off).await;
            let shown = desk.press("gi+/lea<enter>").await;
            assert!(shown.contains("pending       4d      in 12h"), "{shown}");
            let asked = desk.press(key).await;
            assert!(asked.contains("pending"), "{asked}");
            let done = desk.press("<tab><enter>").await;
            assert_eq!(desk.sandbox.applied(Service::Clerk).len(), writes, "{done}");
        }
    }
}
