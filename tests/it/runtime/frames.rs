//! Tests of frames as bytes: one write each, nothing for nothing, little for a step.

use std::io;
use std::sync::{Arc, Mutex};

use orgdeck::app::Model;
use orgdeck::app::place::Size;
use orgdeck::runtime::Front as _;
use orgdeck::runtime::backend::{Frames, Painter};
use orgdeck::runtime::front::Screen;
use orgdeck::terminal::Output;
use ratatui::backend::Backend as _;
use ratatui::layout::Position;

use crate::support::rig::Rig;

/// Keeps what it is given, one text a write.
#[derive(Clone, Default)]
pub(super) struct Paper(Arc<Mutex<Vec<String>>>);

impl Paper {
    /// What was written since it was last asked.
    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl Output for Paper {
    fn send(&mut self, frame: Vec<u8>) -> io::Result<()> {
        self.0
            .lock()
            .unwrap()
            .push(String::from_utf8(frame).unwrap());
        Ok(())
    }

    async fn ready(&self) {}
}

/// A screen on paper.
pub(super) struct Sheet {
    paper: Paper,
    screen: Screen<Paper>,
}

impl Sheet {
    pub(super) fn of(model: &Model, frames: Frames) -> Self {
        let paper = Paper::default();
        let screen = Screen::new(paper.clone(), frames, model.size).unwrap();
        Self { paper, screen }
    }

    /// What showing a model writes.
    pub(super) fn show(&mut self, model: &Model) -> Vec<String> {
        self.screen.show(model);
        self.paper.take()
    }

    /// What is written where one write is expected.
    fn show_once(&mut self, model: &Model) -> String {
        let mut writes = self.show(model);
        assert_eq!(writes.len(), 1);
        writes.remove(0)
    }
}

const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";
const SHOW_CURSOR: &str = "\x1b[?25h";
const HIDE_CURSOR: &str = "\x1b[?25l";
const CLEAR: &str = "\x1b[2J";

#[test]
fn a_frame_is_one_write_between_its_marks() {
    let rig = Rig::two_orgs();
    let frame = Sheet::of(&rig.model, Frames::Marked).show_once(&rig.model);
    assert!(frame.starts_with(BEGIN) && frame.ends_with(END));
    assert!(frame.contains("Acme Shop"));
    assert!(!frame.contains(SHOW_CURSOR) && !frame.contains(CLEAR));
}

#[test]
fn a_terminal_that_might_print_the_marks_gets_none() {
    let mut rig = Rig::two_orgs();
    let mut sheet = Sheet::of(&rig.model, Frames::Bare);
    assert!(!sheet.show_once(&rig.model).contains("2026"));
    rig.press("j");
    assert!(!sheet.show_once(&rig.model).contains("2026"));
}

#[test]
fn a_frame_that_changes_nothing_writes_nothing() {
    let mut rig = Rig::two_orgs();
    let mut sheet = Sheet::of(&rig.model, Frames::Marked);
    assert_eq!(sheet.show(&rig.model).len(), 1);
    assert!(sheet.show(&rig.model).is_empty());
    rig.press("/");
    assert_eq!(sheet.show(&rig.model).len(), 1);
    assert!(sheet.show(&rig.model).is_empty());
}

#[test]
fn a_step_of_the_cursor_takes_few_bytes() {
    let mut rig = Rig::two_orgs();
    let mut sheet = Sheet::of(&rig.model, Frames::Marked);
    sheet.show(&rig.model);
    for keys in ["j", "k"] {
        rig.press(keys);
        let step = sheet.show_once(&rig.model);
        assert!(step.len() < 400, "{} bytes for {keys}", step.len());
    }
}

#[test]
fn the_cursor_is_shown_where_something_is_typed_and_nowhere_else() {
    let mut rig = Rig::two_orgs();
    let mut sheet = Sheet::of(&rig.model, Frames::Marked);
    sheet.show(&rig.model);
    rig.press("/");
    assert!(sheet.show_once(&rig.model).contains(SHOW_CURSOR));
    rig.press("ac");
    let typed = sheet.show_once(&rig.model);
    assert!(!typed.contains(SHOW_CURSOR) && !typed.contains(HIDE_CURSOR));
    // Painting has moved it, so the last word is where it belongs.
    let moves = |frame: &str| frame.trim_end_matches(END).ends_with('H');
    assert!(moves(&typed), "{typed:?}");
    rig.press("<esc>");
    let left = sheet.show_once(&rig.model);
    assert!(left.contains(HIDE_CURSOR) && !left.contains(SHOW_CURSOR));
}

#[test]
fn another_size_is_drawn_whole() {
    let mut rig = Rig::two_orgs();
    let mut sheet = Sheet::of(&rig.model, Frames::Marked);
    sheet.show(&rig.model);
    rig.model.size = Size {
        width: 80,
        height: 24,
    };
    let frame = sheet.show_once(&rig.model);
    assert!(frame.contains(CLEAR) && frame.contains("Acme Shop"));
    rig.press("j");
    assert!(!sheet.show_once(&rig.model).contains(CLEAR));
}

#[test]
fn drawing_anew_draws_everything_and_shows_no_cursor() {
    let rig = Rig::two_orgs();
    let mut sheet = Sheet::of(&rig.model, Frames::Marked);
    let first = sheet.show_once(&rig.model);
    sheet.screen.redraw();
    let again = sheet.show_once(&rig.model);
    assert!(again.contains(CLEAR) && !again.contains(SHOW_CURSOR));
    assert!(again.len() >= first.len());
    assert!(sheet.show(&rig.model).is_empty());
}

#[test]
fn after_a_stop_everything_is_drawn_again() {
    let mut rig = Rig::two_orgs();
    rig.press("/");
    let mut sheet = Sheet::of(&rig.model, Frames::Marked);
    sheet.show(&rig.model);
    sheet.screen.suspend();
    let back = sheet.show_once(&rig.model);
    assert!(back.contains(CLEAR) && back.contains("Acme Shop") && back.contains(SHOW_CURSOR));
}

#[test]
fn the_smallest_and_the_largest_screens_can_be_drawn() {
    let mut rig = Rig::two_orgs();
    let mut sheet = Sheet::of(&rig.model, Frames::Marked);
    for (width, height) in [(1, 1), (10, 3), (1, 200), (500, 1), (1000, 500), (2, 2)] {
        rig.model.size = Size { width, height };
        sheet.show(&rig.model);
        assert!(sheet.show(&rig.model).is_empty(), "{width}x{height}");
    }
}

/// ratatui would ask the process's own terminal, which a session over a network does not have.
#[test]
fn size_and_cursor_are_answered_without_a_terminal() {
    let size = Size {
        width: 33,
        height: 7,
    };
    let mut painter = Painter::new(Paper::default(), Frames::Marked, size);
    let told = painter.size().unwrap();
    assert_eq!((told.width, told.height), (33, 7));
    assert_eq!(painter.window_size().unwrap().columns_rows, told);
    assert_eq!(painter.get_cursor_position().unwrap(), Position::ORIGIN);
    painter.set_cursor_position(Position::new(4, 2)).unwrap();
    assert_eq!(painter.get_cursor_position().unwrap(), Position::new(4, 2));
}
