//! Tests of leaving, going back, time and size.

use orgdeck::app::effect::Ending;
use orgdeck::app::model::{Times, Welcome};
use orgdeck::app::place::{Pane, Size, Zoom};
use orgdeck::app::{Effect, Msg, wake_at};
use orgdeck::domain::{News, Text};

use crate::support::rig::{Rig, account, everything, profile};

#[test]
fn r73_nothing_is_woken_when_nothing_happens() {
    let rig = Rig::two_orgs();
    assert_eq!(wake_at(&rig.model), None);
}

#[test]
fn the_spinner_turns_four_times_a_second_while_something_is_under_way() {
    let mut rig = Rig::two_orgs();
    rig.press("R");
    let first = wake_at(&rig.model).unwrap();
    rig.wait(1_000);
    let later = wake_at(&rig.model).unwrap();
    assert_eq!(later.since(first).as_millis() % 250, 0);
    rig.settle();
    assert_eq!(wake_at(&rig.model), None);
}

#[test]
fn escape_goes_back_one_thing_at_a_time() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("+/bo<enter>");
    rig.press("<esc>");
    assert_eq!(rig.model.panes.members.lens.text, "");
    assert_eq!(rig.model.panes.zoom, Zoom::In);
    rig.press("<esc>");
    assert_eq!(rig.model.panes.zoom, Zoom::Out);
    rig.press("<esc>");
    assert_eq!(rig.model.panes.focus, Pane::Orgs);
    rig.press("<esc>");
    assert_eq!(rig.hint(), "nothing to go back from: q quits");
}

#[test]
fn escape_stops_what_is_under_way() {
    let mut rig = Rig::with(vec![account("shop", "fake", everything())]);
    let effects = rig.press("<esc>");
    assert_eq!(
        effects
            .iter()
            .filter(|e| matches!(e, Effect::Cancel(_)))
            .count(),
        3
    );
    assert!(rig.model.pending.is_empty());
    assert_eq!(wake_at(&rig.model), None);
}

#[test]
fn control_c_stops_first_and_quits_when_pressed_twice() {
    let mut rig = Rig::two_orgs();
    assert!(rig.press("<c-c>").is_empty());
    assert_eq!(rig.hint(), "once more quits");
    rig.press("j");
    assert!(
        rig.press("<c-c>").is_empty(),
        "another key in between takes it back"
    );
    let effects = rig.press("<c-c>");
    assert_eq!(effects, [Effect::Quit(Ending::Quit)]);
}

#[test]
fn below_the_smallest_size_keys_do_nothing_but_quit() {
    let mut rig = Rig::two_orgs();
    rig.send(Msg::Resized(Size {
        width: 30,
        height: 8,
    }));
    rig.press("jiD");
    assert!(rig.model.overlays.is_empty());
    assert_eq!(rig.model.panes.orgs.index, 0);
    assert_eq!(rig.press("q"), [Effect::Quit(Ending::Quit)]);
}

#[test]
fn r52_a_paste_into_a_list_presses_nothing() {
    let mut rig = Rig::two_orgs().on(Pane::Invites);
    let effects = rig.send(Msg::Pasted(Text::from("DDD!y\n")));
    assert!(effects.is_empty());
    assert!(rig.model.overlays.is_empty());
    assert_eq!(
        rig.hint(),
        "pasted text presses no keys: 6 characters without an address are ignored"
    );
}

#[test]
fn a_begun_sequence_waits_without_a_timer_and_escape_ends_it() {
    let mut rig = Rig::two_orgs();
    rig.press("g");
    assert_eq!(wake_at(&rig.model), None);
    assert_eq!(rig.model.typed.len(), 1);
    rig.press("<esc>");
    assert!(rig.model.typed.is_empty());
}

#[test]
fn times_turn_and_stop_signals_suspend() {
    let mut rig = Rig::two_orgs();
    rig.press("T");
    assert_eq!(rig.model.times, Times::Absolute);
    assert_eq!(rig.press("<c-z>"), [Effect::Suspend]);
    assert_eq!(rig.send(Msg::Stopped), [Effect::Suspend]);
    assert_eq!(rig.press("<c-l>"), [Effect::Redraw]);
}

#[test]
fn r23_a_pause_counts_down_once_a_second() {
    let mut rig = Rig::two_orgs();
    let paused = News::Paused {
        profile: profile("shop"),
        wait: std::time::Duration::from_secs(3),
    };
    rig.send(Msg::Told(paused));
    let wake = wake_at(&rig.model).unwrap();
    assert_eq!(wake.since(rig.model.now.moment).as_millis(), 1_000);
    rig.wait(3_100);
    assert_eq!(wake_at(&rig.model), None);
}

#[test]
fn the_first_screen_offers_its_choices_and_writes_nothing() {
    let mut rig = Rig::with(Vec::new());
    rig.model.welcome = Some(Welcome {
        found: Vec::new(),
        toml: Text::from("[profiles.x]\n"),
        path: Text::from("config.toml"),
        index: 0,
    });
    let effects = rig.press("<enter>");
    let [Effect::Quit(Ending::Print(text))] = &effects[..] else {
        panic!("the TOML is printed: {effects:?}");
    };
    assert!(text.contains("[profiles.x]") && text.contains("config.toml"));
    assert_eq!(rig.press("j<enter>"), [Effect::Quit(Ending::Demo)]);
    assert_eq!(rig.press("j<enter>"), [Effect::Quit(Ending::Quit)]);
}

/// Keys that lead to each layer, and the pane they are pressed in.
const LAYERS: [(Pane, &str); 15] = [
    (Pane::Orgs, ""),
    (Pane::Activity, ""),
    (Pane::Members, "D"),
    (Pane::Orgs, "D"),
    (Pane::Orgs, "i"),
    (Pane::Orgs, "O"),
    (Pane::Orgs, "/ab"),
    (Pane::Orgs, "."),
    (Pane::Orgs, "./ab"),
    (Pane::Orgs, "P"),
    (Pane::Members, "r"),
    (Pane::Members, "p"),
    (Pane::Orgs, "?ab"),
    (Pane::Orgs, "<c-p>ab"),
    (Pane::Members, "d"),
];

#[test]
fn redrawing_and_suspending_are_possible_in_every_place_and_leave_it_as_it_is() {
    for (pane, keys) in LAYERS {
        for size in [(120, 36), (39, 9)] {
            let mut rig = Rig::two_orgs().on(pane);
            rig.press(keys);
            let (width, height) = size;
            rig.send(Msg::Resized(Size { width, height }));
            let before = format!("{:?}", rig.model.overlays);
            assert_eq!(rig.press("<c-l>"), [Effect::Redraw], "{keys}");
            assert_eq!(rig.press("<c-z>"), [Effect::Suspend], "{keys}");
            assert_eq!(format!("{:?}", rig.model.overlays), before);
        }
    }
}
