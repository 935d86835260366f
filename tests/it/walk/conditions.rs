//! Services that are away, slow, shut or out of their minds: what the screen says meanwhile, what of the
//! lists stays on it, and that all of it is over when they are back. Time is the console's own.

use std::time::Duration;

use orgdeck::app::Model;
use orgdeck::app::place::Size;
use orgdeck::app::store::Store;
use orgdeck::domain::{Actor, Detail, Profile, Refresh};
use orgdeck::gate::Gate;
use orgdeck::journal::memory::Memory;
use orgdeck::provider::http::Limits;
use orgdeck::rig::{Rig, World, keys};
use orgdeck::runtime::Shared;
use orgdeck::sandbox::faults::{Fault, Rule};
use orgdeck::sandbox::{Sandbox, Service};
use tokio::sync::mpsc::unbounded_channel;

use crate::sandbox::{demo, origin};
use crate::support::link::{link, services};
use crate::support::rig::{present, settings};

/// A console over the three services of the demo world, and a clock that somebody turns.
struct Desk {
    rig: Rig,
    world: World,
    sandbox: Sandbox,
}

impl Desk {
    async fn open() -> Self {
        let sandbox = demo();
        let (ear, news) = unbounded_channel();
        let limits = Limits {
            backoff: Duration::from_millis(1),
            idle: Duration::from_millis(400),
            read: Duration::from_secs(2),
            // Side by side they would end in another order at each run.
            at_once: 1,
            pages_at_once: 1,
            ..Limits::default()
        };
        let connect = |(service, kind): (_, Service)| {
            let face = sandbox.face(kind);
            let ear = ear.clone();
            let hears = move |news| drop(ear.send(news));
            let at = (face.url.as_str(), face.token.as_str());
            let profile = Profile::new(kind.name());
            link(&profile, &service, at, (limits.clone(), hears))
        };
        let links: Vec<_> = services().into_iter().map(connect).collect();
        let accounts = links.iter().map(|link| {
            orgdeck::app::store::Account::new(link.connection.clone(), link.capabilities())
        });
        let mut settings = settings();
        settings.refresh = Refresh::default();
        let store = Store::new(accounts.collect());
        let model = Model::new(WIDE, settings, store);
        let gate = Gate::new(std::sync::Arc::new(Memory::default()), origin);
        let shared = Shared::new(links, gate);
        let mut desk = Self {
            rig: Rig::start(model, present()),
            world: World::new(shared, Actor::new("player", "test"), news),
            sandbox,
        };
        desk.pass(1).await;
        desk
    }

    /// Lets so many seconds pass; what is asked meanwhile is answered.
    async fn pass(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.world.settle(&mut self.rig).await;
        }
    }

    /// Lets time pass, with a key now and then, until the screen is so.
    async fn until(&mut self, what: &str, so: impl Fn(&Rig) -> bool) {
        for _ in 0..300 {
            if so(&self.rig) {
                return;
            }
            self.press("T").await;
        }
        panic!("{what} did not come:\n{}", self.text(WIDE));
    }

    async fn press(&mut self, script: &str) {
        for key in keys(script).unwrap() {
            self.world.press(&mut self.rig, key).await;
        }
    }

    /// From now on everything that is asked of a service meets this.
    fn befall(&self, kind: Service, fault: &Fault) {
        self.sandbox.fail(kind, Rule::always(fault.clone()));
    }

    fn asked(&self) -> usize {
        let each = Service::ALL.into_iter();
        each.map(|kind| self.sandbox.requests(kind).len()).sum()
    }

    /// What a screen of some size shows, without what differs from run to run.
    fn text(&self, size: Size) -> String {
        let mut rig = self.rig.clone();
        rig.send(orgdeck::app::Msg::Resized(size));
        let mut text = rig.frame().text();
        for kind in Service::ALL {
            let face = self.sandbox.face(kind);
            let host = face.url.trim_start_matches("http://");
            let same = format!("127.0.0.1:{}", "0".repeat(host.len() - "127.0.0.1:".len()));
            text = text.replace(host, &same);
        }
        text
    }
}

const WIDE: Size = Size {
    width: 120,
    height: 36,
};

const SIZES: [Size; 3] = [
    WIDE,
    Size {
        width: 80,
        height: 24,
    },
    Size {
        width: 60,
        height: 20,
    },
];

/// A condition: its name, what befalls a service, and the word for it.
fn conditions() -> Vec<(&'static str, Fault, &'static str)> {
    let refused = |status: u16| {
        let body = r#"{"errors":[{"message":"no","code":"no"}]}"#;
        Fault::Status(
            status,
            vec![("content-type", "application/json".into())],
            body.into(),
        )
    };
    let html = "<html><body>Sign in</body></html>";
    let page = vec![("content-type", "text/html".into())];
    vec![
        ("offline", Fault::ResetBefore, "offline"),
        ("silent", Fault::NeverAnswer, "no answer"),
        (
            "unavailable",
            Fault::Status(503, vec![], String::new()),
            "unavailable",
        ),
        ("signed_out", refused(401), "signed out"),
        ("forbidden", refused(403), "forbidden"),
        ("garbage", Fault::Garbage, "garbled"),
        ("proxy_page", Fault::Html200, "garbled"),
        (
            "proxy_error",
            Fault::Status(502, page, html.into()),
            "unavailable",
        ),
        ("cut", Fault::CutBody, "garbled"),
    ]
}

/// The names of the organizations that a service has in the demo.
fn rows_of(desk: &Desk, kind: Service) -> Vec<String> {
    let account = desk
        .rig
        .model
        .store
        .account(&Profile::new(kind.name()))
        .unwrap();
    let rows = account.orgs.rows.iter();
    rows.map(|row| row.item.display_name().raw().to_owned())
        .collect()
}

#[tokio::test]
async fn what_a_service_has_told_stays_while_it_is_away_and_it_recovers_by_itself() {
    for kind in Service::ALL {
        for (name, fault, word) in conditions() {
            let mut desk = Desk::open().await;
            let before = rows_of(&desk, kind);
            assert!(!before.is_empty());
            desk.befall(kind, &fault);
            let profile = Profile::new(kind.name());
            let account = |rig: &Rig| rig.model.store.account(&profile).unwrap().clone();
            let what = format!("{name} of {}", kind.name());
            desk.until(&what, |rig| account(rig).health.down() == Some(word))
                .await;
            assert_eq!(rows_of(&desk, kind), before, "{what}");
            let text = desk.text(WIDE);
            assert!(text.contains(word), "{what}:\n{text}");
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains("data from 11:42:00"), "{what}:\n{text}");
            assert!(text.contains(&format!("~{}", before[0])), "{what}:\n{text}");
            let told = desk.rig.model.notices.all().len();
            assert!(told > 0, "{what}");
            desk.sandbox.heal(kind);
            let is_back = |rig: &Rig| {
                account(rig).health.down().is_none() && rig.model.notices.all().is_empty()
            };
            desk.until(&format!("{what}: the end"), is_back).await;
            let text = desk.text(WIDE);
            let is_said = text.lines().any(|line| line.starts_with(" FAIL"));
            assert!(!is_said && !text.contains('~'), "{what}:\n{text}");
            assert_eq!(rows_of(&desk, kind), before, "{what}");
        }
    }
}

#[tokio::test]
async fn one_service_that_is_away_leaves_the_others_alone() {
    for kind in Service::ALL {
        let mut desk = Desk::open().await;
        desk.befall(kind, &Fault::ResetBefore);
        let away = Profile::new(kind.name());
        let is_away = |rig: &Rig| {
            rig.model
                .store
                .account(&away)
                .unwrap()
                .health
                .down()
                .is_some()
        };
        desk.until("the end of the connection", is_away).await;
        for account in &desk.rig.model.store.accounts {
            let is_up = account.health.down().is_none();
            assert_eq!(is_up, account.connection.profile != away);
        }
        let text = desk.text(WIDE);
        for other in Service::ALL {
            for row in rows_of(&desk, other) {
                let marked = text.contains(&format!("~{row}"));
                assert_eq!(marked, other == kind, "{row}:\n{text}");
            }
        }
        // The keys work, and the others are read.
        let before: Vec<usize> = Service::ALL
            .map(|it| desk.sandbox.requests(it).len())
            .into();
        desk.press("1R").await;
        for (other, before) in Service::ALL.into_iter().zip(before) {
            assert!(
                desk.sandbox.requests(other).len() > before,
                "{}",
                other.name()
            );
        }
    }
}

/// Each condition at each size, as somebody sees it who looks at the members of the first service.
#[tokio::test]
async fn each_condition_has_its_words_at_every_size() {
    for (name, fault, word) in conditions() {
        let mut desk = Desk::open().await;
        desk.press("3").await;
        desk.befall(Service::Balena, &fault);
        let is_so = |rig: &Rig| rig.model.store.accounts[0].health.down() == Some(word);
        desk.until(name, is_so).await;
        desk.rig.model.notices.hint = None;
        let shown: Vec<String> = SIZES.map(|size| desk.text(size)).into();
        insta::assert_snapshot!(name, shown.join("\n\n"));
    }
}

#[tokio::test]
async fn a_service_that_wants_patience_gets_it_until_the_wait_is_over() {
    let mut desk = Desk::open().await;
    desk.press("3").await;
    let after = vec![("retry-after", "45".to_owned())];
    desk.befall(Service::Balena, &Fault::Status(429, after, String::new()));
    let limited = |rig: &Rig| rig.frame().text().contains("limited");
    desk.until("the limit", limited).await;
    desk.rig.model.notices.hint = None;
    let shown: Vec<String> = SIZES.map(|size| desk.text(size)).into();
    insta::assert_snapshot!("limited", shown.join("\n\n"));
    desk.sandbox.heal(Service::Balena);
    let asked = desk.sandbox.requests(Service::Balena).len();
    for _ in 0..40 {
        desk.press("T").await;
        assert!(limited(&desk.rig));
        assert_eq!(
            desk.sandbox.requests(Service::Balena).len(),
            asked,
            "it is left alone"
        );
    }
    desk.until("the end of the wait", |rig| !limited(rig)).await;
}

#[tokio::test]
async fn r73_five_idle_minutes_cost_few_requests_and_never_many_at_once() {
    let mut desk = Desk::open().await;
    desk.press("T").await;
    let start = desk.asked();
    let mut most = 0;
    for _ in 0..300 {
        let before = desk.asked();
        desk.pass(1).await;
        most = most.max(desk.asked() - before);
    }
    let idle = desk.asked() - start;
    assert!((3..=30).contains(&idle), "{idle} requests");
    assert!(most <= 8, "{most} in one second");
    assert!(desk.text(WIDE).contains("paused"));
}

/// Where each member is a question of its own, what an earlier one told stays, and it is asked again soon.
#[tokio::test]
async fn members_that_cannot_be_read_again_stay_as_they_were_until_they_can() {
    let mut desk = Desk::open().await;
    let vulos = Profile::new(Service::Vulos.name());
    let rows = |desk: &Desk| {
        let open = desk.rig.model.panes.open.clone().unwrap();
        let visit = desk.rig.model.store.visit(&open).unwrap();
        let rows = visit.members.rows.iter();
        rows.map(|row| row.item.clone()).collect::<Vec<_>>()
    };
    desk.press("G<enter>").await;
    let is_whole = |rig: &Rig| {
        let open = rig
            .model
            .panes
            .open
            .as_ref()
            .filter(|org| *org.profile() == vulos);
        let visit = open.and_then(|org| rig.model.store.visit(org));
        visit.is_some_and(|visit| {
            let mut rows = visit.members.rows.iter();
            visit.members.rows.len() > 1 && rows.all(|row| row.detail == Detail::Whole)
        })
    };
    desk.until("the members", is_whole).await;
    let before = rows(&desk);
    let organization = desk.rig.model.panes.open.clone().unwrap();
    let path = format!("/organization/{}/", organization.raw());
    let away = Rule::always(Fault::Status(502, vec![], String::new())).path(&path);
    desk.sandbox.fail(Service::Vulos, away);
    desk.press("3R").await;
    let is_said = |rig: &Rig| !rig.model.notices.all().is_empty();
    desk.until("the message", is_said).await;
    let text = desk.text(WIDE);
    let name = before[0].display_name().raw();
    assert!(text.contains(&format!("~{name}")), "{text}");
    assert!(!text.contains("failed:"), "{text}");
    assert_eq!(rows(&desk), before);
    desk.sandbox.heal(Service::Vulos);
    let asked = desk.sandbox.requests(Service::Vulos).len();
    desk.pass(14).await;
    assert!(
        desk.sandbox.requests(Service::Vulos).len() > asked,
        "it is asked again soon"
    );
    desk.until("the end", |rig| is_whole(rig) && !is_said(rig))
        .await;
    assert!(!desk.text(WIDE).contains('~'));
}
