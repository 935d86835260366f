//! Names that were made to break a screen: frames stay straight, and no byte of theirs steers a terminal.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use orgdeck::app::key::Key;
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::{Model, Msg, update};
use orgdeck::runtime::backend::{Frames, Painter};
use orgdeck::terminal::Output;
use orgdeck::view;
use ratatui::Terminal;
use ratatui::buffer::Buffer;

use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::buffer;
use crate::support::world;

/// Names on one screen.
const TOGETHER: usize = 6;

pub(super) fn hostile() -> Vec<String> {
    let text = include_str!("../domain/hostile.json");
    let kinds: BTreeMap<String, Vec<String>> = serde_json::from_str(text).unwrap();
    kinds.into_values().flatten().collect()
}

/// A model with these names in the lists, one of which has the focus.
fn model(names: &[&str], focus: Pane) -> Model {
    let mut model = world::names(names);
    model.panes.focus = focus;
    model
}

/// Where the upright lines of frames are.
fn uprights(buffer: &Buffer) -> Vec<(u16, u16)> {
    let is_upright = |(x, y): &(u16, u16)| matches!(buffer[(*x, *y)].symbol(), "│" | "║" | "|");
    let cells = buffer.area.positions().map(|at| (at.x, at.y));
    cells.filter(is_upright).collect()
}

#[test]
fn r55_frames_stay_straight() {
    let names = hostile();
    assert!(names.len() > 400);
    for size in [WIDE, MEDIUM, NARROW] {
        for focus in [Pane::Orgs, Pane::Members, Pane::Invites] {
            let tame = buffer(&model(&["name"; TOGETHER], focus), size);
            for names in names.chunks(TOGETHER) {
                let mut together: Vec<&str> = names.iter().map(String::as_str).collect();
                together.resize(TOGETHER, "name");
                let drawn = buffer(&model(&together, focus), size);
                for at in uprights(&tame) {
                    let (is, must) = (drawn[at].symbol(), tame[at].symbol());
                    assert_eq!(is, must, "{names:?} at {at:?} of {size:?}");
                }
            }
        }
    }
}

/// An output that keeps what was painted.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Output for Kept {
    fn send(&mut self, frame: Vec<u8>) -> io::Result<()> {
        self.0.lock().unwrap().extend(frame);
        Ok(())
    }

    fn ready(&self) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }
}

/// What a terminal is sent for a model.
fn painted(model: &Model, (width, height): (u16, u16)) -> String {
    let mut model = model.clone();
    model.size = Size { width, height };
    world::arrange(&mut model);
    let kept = Kept::default();
    let mut terminal = Terminal::new(Painter::new(kept.clone(), Frames::Bare, model.size)).unwrap();
    terminal
        .draw(|frame| view::draw(frame, frame.area(), &model))
        .unwrap();
    terminal.backend_mut().end_frame().unwrap();
    let bytes = kept.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

/// What is left of a frame when the sequences are taken out with which the painter moves and colours.
fn without_own_sequences(frame: &str) -> String {
    let mut left = String::new();
    let mut rest = frame;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        left.push_str(before);
        let end = after.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        assert!("HGmhlJ".contains(&after[end..=end]), "{after:.20}");
        rest = &after[end + 1..];
    }
    left + rest
}

fn steers(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}'
        )
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

pub(super) fn nothing_steers(model: &Model, size: (u16, u16)) {
    let text = without_own_sequences(&painted(model, size));
    let found: Vec<char> = text.chars().filter(|c| steers(*c)).collect();
    assert!(found.is_empty(), "{found:?} in {text:?}");
}

#[test]
fn no_byte_of_a_name_steers_the_terminal() {
    for names in hostile().chunks(TOGETHER) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        for (size, focus) in [
            (WIDE, Pane::Orgs),
            (MEDIUM, Pane::Invites),
            (NARROW, Pane::Members),
        ] {
            nothing_steers(&model(&names, focus), size);
        }
    }
}

#[test]
fn nor_does_one_in_details_and_dialogs() {
    for name in hostile() {
        let of_name = model(&[&name], Pane::Orgs);
        for (pane, key) in [
            (Pane::Members, "d"),
            (Pane::Invites, "D"),
            (Pane::Invites, "d"),
        ] {
            let mut model = of_name.clone();
            model.panes.focus = pane;
            model.size = Size {
                width: 80,
                height: 24,
            };
            world::arrange(&mut model);
            let now = model.now;
            update(&mut model, now, Msg::Pressed(Key::parse(key).unwrap()));
            assert_eq!(model.overlays.len(), 1);
            nothing_steers(&model, MEDIUM);
        }
    }
}
