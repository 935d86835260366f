//! Tests of terminals that draw clusters wider or narrower than we think: whatever was done before, the
//! screen is the one that drawing everything anew would give.

use orgdeck::app::Model;
use orgdeck::app::place::{Pane, Size};
use orgdeck::runtime::backend::Frames;
use unicode_width::UnicodeWidthChar as _;

use super::frames::Sheet;
use crate::support::odd::{Odd, Widths};
use crate::support::rig::Rig;
use crate::support::world::{self, HARD_NAMES};

/// Each character as wide as it is alone: a family of four is eight columns.
fn apart(character: char) -> usize {
    character.width().unwrap_or(0)
}

/// Marks and joiners have a column of their own.
fn broad(character: char) -> usize {
    match character {
        '\u{1f1e6}'..='\u{1f1ff}' => 2,
        _ => apart(character).max(1),
    }
}

/// Pictures are narrow, as on the console of Linux.
fn narrow(character: char) -> usize {
    match character {
        '\u{2300}'..='\u{2bff}' | '\u{1f000}'..='\u{1ffff}' => 1,
        _ => apart(character),
    }
}

const KINDS: [(&str, Widths); 3] = [("apart", apart), ("broad", broad), ("narrow", narrow)];

const SIZES: [(u16, u16); 2] = [(120, 36), (60, 20)];

/// What such a terminal shows that has seen this state only.
fn anew(model: &Model, widths: Widths) -> String {
    let mut odd = Odd::new(widths, (model.size.width, model.size.height));
    for frame in Sheet::of(model, Frames::Marked).show(model) {
        odd.feed(&frame);
    }
    odd.picture()
}

/// Presses the keys one by one and compares after each of them, on every kind of terminal.
fn walk(model: &Model, keys: &[&str]) {
    for (kind, widths) in KINDS {
        for (width, height) in SIZES {
            let mut model = model.clone();
            model.size = Size { width, height };
            let mut rig = Rig::of(model);
            let mut sheet = Sheet::of(&rig.model, Frames::Marked);
            let mut odd = Odd::new(widths, (width, height));
            for (number, key) in ["", ""].iter().chain(keys).enumerate() {
                rig.press(key);
                for frame in sheet.show(&rig.model) {
                    odd.feed(&frame);
                }
                let wanted = anew(&rig.model, widths);
                assert!(
                    odd.picture() == wanted,
                    "{kind} {width}x{height}, key {number} {key:?}:\n{}",
                    differences(&odd.picture(), &wanted)
                );
            }
        }
    }
}

fn differences(seen: &str, wanted: &str) -> String {
    let lacks = |text: &str, line: &&str| !text.lines().any(|other| other == *line);
    let extra = seen.lines().filter(|line| lacks(wanted, line));
    let missing = wanted.lines().filter(|line| lacks(seen, line));
    let extra = extra.map(|line| format!("seen   {line}\n"));
    let missing = missing.map(|line| format!("wanted {line}\n"));
    extra.chain(missing).collect()
}

fn hard(focus: Pane) -> Model {
    let mut model = world::hard_names();
    model.panes.focus = focus;
    model
}

#[test]
fn every_row_can_be_walked_over() {
    let steps = vec!["j"; HARD_NAMES.len() + 2];
    walk(&hard(Pane::Members), &steps);
    walk(&hard(Pane::Invites), &steps);
    walk(&hard(Pane::Orgs), &steps);
}

#[test]
fn pages_jumps_and_sorting_leave_nothing_behind() {
    let keys = [
        "<pgdn>", "<pgdn>", "<pgup>", "G", "g", "g", "s", "s", "s", "s", "G",
    ];
    for pane in [Pane::Orgs, Pane::Members, Pane::Invites] {
        walk(&hard(pane), &keys);
    }
}

#[test]
fn a_filter_leaves_nothing_behind() {
    let keys = [
        "/", "a", "m", "<bs>", "s", "<enter>", "<esc>", "/", "☺", "<esc>", "j",
    ];
    for pane in [Pane::Orgs, Pane::Members, Pane::Invites] {
        walk(&hard(pane), &keys);
    }
}

#[test]
fn dialogs_and_zoomed_panes_leave_nothing_behind() {
    let keys = [
        "?", "<pgdn>", "<esc>", "d", "j", "<esc>", "z", "j", "z", "<tab>", "z", "<tab>", "d",
        "<esc>", "g", "<esc>", ":", "<esc>", "i", "<esc>",
    ];
    for pane in [Pane::Orgs, Pane::Members, Pane::Invites] {
        walk(&hard(pane), &keys);
    }
}
