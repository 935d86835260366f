//! Any model at any size: nothing panics, and no text leaves its column.

use orgdeck::app::Model;
use orgdeck::app::key::Key;
use orgdeck::app::model::Lines;
use orgdeck::app::place::{Pane, Size, Zoom};
use orgdeck::app::{Msg, update};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth};

use crate::support::screen::{buffer, cells};
use crate::support::world;

/// Models in many states: what the panes hold, and what lies above them.
fn models() -> Vec<Model> {
    let worlds = [
        world::unread(),
        world::two_orgs(),
        world::seven_orgs(),
        world::harbour_open(),
        world::hard_names(),
    ];
    let mut models: Vec<Model> = worlds.into();
    for key in ["?", ".", "i", "d", "P", "g", "s", "/", "c-p", "r", "p"] {
        let mut model = world::hard_names();
        world::arrange(&mut model);
        let now = model.now;
        update(&mut model, now, Msg::Pressed(Key::parse(key).unwrap()));
        models.push(model);
    }
    let mut model = world::hard_names();
    world::arrange(&mut model);
    model.panes.focus = Pane::Invites;
    let now = model.now;
    update(&mut model, now, Msg::Pressed(Key::parse("D").unwrap()));
    models.push(model);
    models
}

#[test]
fn r60_no_size_panics() {
    let models = models();
    proptest!(|(
        number in 0..models.len(),
        (width, height) in (1..=200_u16, 1..=60_u16),
        (pane, zoom, lines) in (0..5_usize, any::<bool>(), any::<bool>()),
    )| {
        let mut model = models[number].clone();
        model.panes.focus = Pane::ALL[pane];
        model.panes.zoom = if zoom { Zoom::In } else { Zoom::Out };
        model.settings.lines = if lines { Lines::Drawn } else { Lines::Ascii };
        let drawn = buffer(&model, (width, height));
        every_glyph_fits(&drawn);
    });
}

#[test]
fn a_screen_that_has_just_shrunk_shows_the_part_that_fits() {
    for mut model in models() {
        model.size = Size {
            width: 120,
            height: 36,
        };
        world::arrange(&mut model);
        let mut terminal = Terminal::new(TestBackend::new(50, 9)).unwrap();
        terminal
            .draw(|frame| orgdeck::view::draw(frame, frame.area(), &model))
            .unwrap();
        every_glyph_fits(terminal.backend().buffer());
    }
}

/// The cells that a wide glyph covers are empty, so that it overlaps nothing.
fn every_glyph_fits(buffer: &Buffer) {
    for y in 0..buffer.area.height {
        for (x, cell) in cells(buffer, y) {
            let end = x + cell.cell_width().max(1);
            assert!(end <= buffer.area.width, "{:?} at {x},{y}", cell.symbol());
            for covered in x + 1..end {
                let under = buffer[(covered, y)].symbol();
                assert_eq!(under, " ", "below {:?} at {x},{y}", cell.symbol());
            }
        }
    }
}

#[test]
fn r55_right_borders_are_straight_for_every_hard_name() {
    assert!(world::HARD_NAMES.len() >= 30);
    for size in [(120, 60), (80, 60), (100, 50)] {
        let drawn = buffer(&world::hard_names(), size);
        let edge = size.0 - 1;
        let panes = 3..size.1 - 5;
        let straight = panes.filter(|y| "║│┐┘╗╝".contains(drawn[(edge, *y)].symbol()));
        assert_eq!(straight.count(), usize::from(size.1 - 8), "{size:?}");
    }
}

#[test]
fn r58_columns_begin_below_their_headings_for_every_hard_name() {
    let mut model = world::hard_names();
    model.panes.zoom = Zoom::In;
    let drawn = buffer(&model, (120, 50));
    let headings: Vec<u16> = cells(&drawn, 3)
        .scan(" ", |before, (x, cell)| {
            let starts = *before == " " && cell.symbol() != " ";
            *before = cell.symbol();
            Some(starts.then_some(x))
        })
        .flatten()
        .filter(|x| *x > 4)
        .collect();
    assert!(headings.len() >= 4, "{headings:?}");
    for y in 4..4 + u16::try_from(world::HARD_NAMES.len()).unwrap() {
        for x in &headings {
            assert_ne!(drawn[(*x, y)].symbol(), " ", "column at {x} in row {y}");
            assert_eq!(drawn[(x - 1, y)].symbol(), " ", "before {x} in row {y}");
        }
    }
}

#[test]
fn r5_no_hostile_character_reaches_a_cell() {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    for model in models() {
        let drawn = buffer(&model, (160, 60));
        for cell in &drawn.content {
            assert!(!cell.symbol().contains(hidden), "{:?}", cell.symbol());
        }
    }
}
