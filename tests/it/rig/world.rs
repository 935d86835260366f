//! The demo played on the rig: every key is finished before the next, and every run is like the other.

use orgdeck::app::Model;
use orgdeck::app::model::InviteScope;
use orgdeck::app::place::{Pane, Size};
use orgdeck::cli::snapshot::Demo;
use orgdeck::domain::Method;
use orgdeck::rig::{Rig, keys};

use crate::support::rig::present;

async fn played(script: &str, (width, height): (u16, u16)) -> Demo {
    let size = Size { width, height };
    let mut demo = Demo::open(size, present()).await.unwrap();
    for key in keys(script).unwrap() {
        demo.world.press(&mut demo.rig, key).await;
        assert!(demo.rig.effects.is_empty(), "something was left to do");
        assert!(demo.rig.model.pending.is_empty(), "something is under way");
    }
    demo
}

#[tokio::test]
async fn everything_is_read_before_the_first_key() {
    let demo = played("", (120, 36)).await;
    let text = demo.rig.frame().text();
    assert!(text.contains("1 Organizations 7"), "{text}");
    assert!(!text.contains("reading"), "{text}");
}

#[tokio::test]
async fn panes_follow_the_cursor_before_the_next_key_comes() {
    let demo = played("jjj", (120, 36)).await;
    let model = &demo.rig.model;
    assert_eq!(model.panes.open, model.panes.orgs.cursor);
    let text = demo.rig.frame().text();
    assert!(text.contains("2 Partner Portal"), "{text}");
    assert!(text.contains("3 Members 318"), "{text}");
}

#[tokio::test]
async fn a_change_is_planned_agreed_to_sent_and_read_again() {
    let demo = played("4D", (120, 36)).await;
    assert!(!demo.rig.model.overlays.is_empty());
    let demo = played("4Dy", (120, 36)).await;
    assert!(demo.rig.model.overlays.is_empty());
    let text = demo.rig.frame().text();
    assert!(text.contains("4 Invites 2"), "{text}");
    let methods = |model: &Model| {
        let lines = model.log.window(0, usize::MAX);
        lines.map(|line| line.sent.method).collect::<Vec<_>>()
    };
    assert!(methods(&demo.rig.model).contains(&Method::Delete));
}

#[tokio::test]
async fn a_key_that_quits_ends_what_is_carried_out() {
    let mut demo = played("q", (80, 24)).await;
    assert!(demo.world.ending().is_some());
    let key = keys("R").unwrap()[0];
    demo.world.press(&mut demo.rig, key).await;
    assert!(demo.rig.effects.is_empty());
}

#[tokio::test]
async fn three_runs_and_two_kinds_of_runtime_give_the_same_bytes() {
    let scripts = [
        "", "gi", "2d", "3jjd", "5jd", "?", "3i", "4D", "4Dy5", "3jD5", "jjjj3jD", "jjjjjD",
    ];
    for script in scripts {
        let one = played(script, (100, 30)).await.rig.frame();
        let threaded = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        for _ in 0..2 {
            let other = threaded.spawn(async move { played(script, (100, 30)).await.rig.frame() });
            let other = other.await.unwrap();
            assert_eq!(one.ansi(), other.ansi(), "{script}");
            assert_eq!(one.svg(), other.svg(), "{script}");
            assert_eq!(one.html(), other.html(), "{script}");
        }
        threaded.shutdown_background();
    }
}

#[tokio::test]
async fn no_port_gets_into_a_frame() {
    for script in ["2d", "2JJJ", "jj2d", "jjjj2d", "jjjjj2d", "5d"] {
        let text = played(script, (160, 60)).await.rig.frame().text();
        assert!(!text.contains("127.0.0.1"), "{script}: {text}");
    }
}

#[tokio::test]
async fn a_model_put_together_by_hand_can_be_played_on() {
    let mut model = played("", (80, 24)).await.rig.model;
    model.panes.focus = Pane::Invites;
    let mut rig = Rig::of(model);
    for key in keys("gi").unwrap() {
        rig.press(key);
    }
    assert_eq!(rig.model.panes.invite_scope, InviteScope::All);
}
