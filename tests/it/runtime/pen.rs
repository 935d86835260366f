//! Tests of the bytes that cells become: a terminal shows what was drawn, and few bytes do it.

use std::fs;

use orgdeck::app::place::{Pane, Size};
use orgdeck::runtime::backend::{Frames, Painter};
use ratatui::backend::Backend as _;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use tempfile::TempDir;
use termlens::Terminal;

use super::frames::{Paper, Sheet};
use crate::support::{screen, world};

/// What writing these styled words, each at its place, is as bytes.
fn written(words: &[(u16, u16, &str, Style)]) -> String {
    let paper = Paper::default();
    let size = Size {
        width: 40,
        height: 5,
    };
    let mut painter = Painter::new(paper.clone(), Frames::Bare, size);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 5));
    for (x, y, word, style) in words {
        buffer.set_string(*x, *y, word, *style);
    }
    let empty = Buffer::empty(buffer.area);
    let cells: Vec<(u16, u16, &Cell)> = empty.diff(&buffer);
    painter.draw(cells.into_iter()).unwrap();
    painter.end_frame().unwrap();
    paper.take().concat()
}

const PLAIN: Style = Style::new();
const BOLD: Style = PLAIN.add_modifier(Modifier::BOLD);

#[test]
fn the_way_to_a_cell_is_the_shortest_that_is_sure() {
    assert_eq!(written(&[(0, 0, "ab", PLAIN)]), "\x1b[1;1Hab");
    assert_eq!(
        written(&[(3, 1, "ab", PLAIN), (9, 1, "c", PLAIN), (0, 4, "d", PLAIN)]),
        "\x1b[2;4Hab\x1b[10Gc\x1b[5;1Hd"
    );
}

/// A terminal may take it for narrower or wider than we do.
#[test]
fn behind_a_wide_character_or_a_cluster_the_column_is_said_anew() {
    assert_eq!(
        written(&[(0, 0, "e\u{301}x☺\u{fe0f}y", PLAIN)]),
        "\x1b[1;1He\u{301}\x1b[2Gx  \x1b[3G☺\u{fe0f}\x1b[5Gy "
    );
    assert_eq!(
        written(&[(0, 0, "漢字x", PLAIN)]),
        "\x1b[1;1H漢\x1b[3G字\x1b[5Gx"
    );
}

/// On the last row it would scroll the screen.
#[test]
fn what_may_be_too_wide_for_the_end_of_a_row_does_not_wrap() {
    let family = "👨\u{200d}👩\u{200d}👧";
    let near = written(&[(31, 0, family, PLAIN)]);
    assert!(
        near.contains(&format!("\x1b[?7l{family}\x1b[?7h")),
        "{near:?}"
    );
    assert!(!written(&[(30, 0, family, PLAIN)]).contains("\x1b[?7"));
    assert!(!written(&[(36, 0, "漢字", PLAIN)]).contains("\x1b[?7"));
}

#[test]
fn styles_change_in_one_sequence_and_end_with_the_frame() {
    assert_eq!(
        written(&[(0, 0, "a", BOLD.fg(Color::Cyan)), (1, 0, "b", PLAIN)]),
        "\x1b[1;1H\x1b[1;36ma\x1b[0mb"
    );
    assert_eq!(
        written(&[
            (0, 0, "a", PLAIN.fg(Color::Red)),
            (1, 0, "b", BOLD.fg(Color::Red))
        ]),
        "\x1b[1;1H\x1b[31ma\x1b[1mb\x1b[0m"
    );
    let dim = PLAIN.add_modifier(Modifier::DIM);
    assert_eq!(
        written(&[
            (0, 0, "a", BOLD.fg(Color::Red)),
            (1, 0, "b", dim.fg(Color::Red))
        ]),
        "\x1b[1;1H\x1b[1;31ma\x1b[0;2;31mb\x1b[0m"
    );
    assert_eq!(
        written(&[(0, 0, "a", BOLD.fg(Color::Red)), (1, 0, "b", BOLD)]),
        "\x1b[1;1H\x1b[1;31ma\x1b[39mb\x1b[0m"
    );
}

#[test]
fn every_colour_has_its_number() {
    let table = [
        (Color::Black, "30", "40"),
        (Color::Red, "31", "41"),
        (Color::Green, "32", "42"),
        (Color::Yellow, "33", "43"),
        (Color::Blue, "34", "44"),
        (Color::Magenta, "35", "45"),
        (Color::Cyan, "36", "46"),
        (Color::Gray, "37", "47"),
        (Color::DarkGray, "90", "100"),
        (Color::LightRed, "91", "101"),
        (Color::LightGreen, "92", "102"),
        (Color::LightYellow, "93", "103"),
        (Color::LightBlue, "94", "104"),
        (Color::LightMagenta, "95", "105"),
        (Color::LightCyan, "96", "106"),
        (Color::White, "97", "107"),
        (Color::Indexed(200), "38;5;200", "48;5;200"),
        (Color::Rgb(1, 22, 255), "38;2;1;22;255", "48;2;1;22;255"),
    ];
    for (color, front, back) in table {
        let style = PLAIN.fg(color).bg(color);
        let expected = format!("\x1b[1;1H\x1b[{front};{back}mx\x1b[0m");
        assert_eq!(written(&[(0, 0, "x", style)]), expected);
    }
}

/// The style of a cell as a terminal understood it, in the words of [`style`].
fn understood(cell: &termlens::Cell) -> String {
    let style = cell.style();
    let color = |color: termlens::Color| match color {
        termlens::Color::Default => "usual".to_owned(),
        termlens::Color::Indexed(index) => index.to_string(),
        termlens::Color::Rgb(..) => panic!("no theme has it"),
    };
    let modifiers = [
        (style.bold, "bold"),
        (style.dim, "dim"),
        (style.underline, "underlined"),
        (style.reverse, "reversed"),
    ];
    words(&color(style.fg), &color(style.bg), &modifiers)
}

/// The style of a cell as it was drawn.
fn style(cell: &Cell) -> String {
    let color = |color: Color| match color {
        Color::Reset => "usual".to_owned(),
        Color::Red => "1".to_owned(),
        Color::Green => "2".to_owned(),
        Color::Yellow => "3".to_owned(),
        Color::Blue => "4".to_owned(),
        Color::Magenta => "5".to_owned(),
        Color::Cyan => "6".to_owned(),
        other => panic!("no theme has {other}"),
    };
    let has = |modifier| cell.modifier.contains(modifier);
    let modifiers = [
        (has(Modifier::BOLD), "bold"),
        (has(Modifier::DIM), "dim"),
        (has(Modifier::UNDERLINED), "underlined"),
        (has(Modifier::REVERSED), "reversed"),
    ];
    words(&color(cell.fg), &color(cell.bg), &modifiers)
}

fn words(front: &str, back: &str, modifiers: &[(bool, &str)]) -> String {
    let modifiers = modifiers
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| *word);
    let modifiers: Vec<&str> = modifiers.collect();
    format!("{front} on {back} {}", modifiers.join(" "))
}

#[test]
fn a_terminal_shows_what_was_drawn_frame_upon_frame() {
    let mut model = world::seven_orgs();
    world::arrange(&mut model);
    let mut sheet = Sheet::of(&model, Frames::Marked);
    let mut other = world::harbour_open();
    world::arrange(&mut other);
    let mut bytes = sheet.show(&model).concat();
    for focus in [Pane::Invites, Pane::Members, Pane::Org] {
        model.panes.focus = focus;
        other.panes.focus = focus;
        bytes += &sheet.show(&other).concat();
        bytes += &sheet.show(&model).concat();
    }
    let home = TempDir::new().unwrap();
    let file = home.path().join("frames");
    fs::write(&file, bytes).unwrap();
    let mut terminal = Terminal::builder()
        .size(80, 24)
        .arg(&file)
        .spawn("cat")
        .unwrap();
    terminal.wait_exit().unwrap();
    let shown = terminal.screen();
    assert!(
        shown.unsupported().is_empty(),
        "{:?}",
        shown.unsupported().iter().next()
    );
    let drawn = screen::buffer(&model, (80, 24));
    for position in drawn.area.positions() {
        let (cell, place) = (&drawn[position], (position.y, position.x));
        let seen = shown.cell(place.0, place.1).unwrap();
        if seen.is_wide_continuation() {
            continue;
        }
        let text = if seen.contents().is_empty() {
            " "
        } else {
            seen.contents()
        };
        assert_eq!(
            (text, understood(seen)),
            (cell.symbol(), style(cell)),
            "{place:?}"
        );
    }
}
