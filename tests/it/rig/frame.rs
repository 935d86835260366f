//! What a frame is written as: text, colours for a terminal, SVG and HTML.

use orgdeck::app::place::Size;
use orgdeck::rig::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use crate::support::screen::plain;
use crate::support::world;

/// A name that tries everything on a document.
const HOSTILE: &str = "</text><script>alert(1)</script>&amp;\"'";

fn drawn(text: &str, style: Style) -> Frame {
    let size = Size {
        width: 60,
        height: 2,
    };
    Frame::drawn(size, |frame| {
        frame.buffer_mut().set_string(0, 0, text, style);
    })
}

/// The characters between tags, and the values of no attribute.
fn outside_tags(document: &str) -> String {
    let parts = document.split('<').skip(1);
    parts
        .filter_map(|part| Some(part.split_once('>')?.1))
        .collect()
}

#[test]
fn text_leaves_out_what_wide_characters_cover_and_blanks_at_the_end() {
    assert_eq!(drawn("a商店b  ", Style::new()).text(), "a商店b\n\n");
}

#[test]
fn a_terminal_gets_the_colours_and_is_left_in_its_usual_style() {
    let style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
    let ansi = drawn("ab", style).ansi();
    assert!(ansi.starts_with("\x1b[1;31mab\x1b[0m "), "{ansi:?}");
    assert_eq!(ansi.lines().count(), 2);
    let moves = |end: char| ansi.contains(&format!("H{end}")) || ansi.contains("\x1b[H");
    assert!(!moves('a'), "{ansi:?}");
}

#[test]
fn names_stay_names_in_pictures_and_pages() {
    for document in [
        drawn(HOSTILE, Style::new()).svg(),
        drawn(HOSTILE, Style::new()).html(),
    ] {
        assert!(!document.contains("<script"), "{document}");
        assert_eq!(document.matches("</text><").count(), 0, "{document}");
        let words = outside_tags(&document);
        let escaped = "&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&quot;&#39;";
        assert!(words.contains(escaped), "{words}");
    }
}

#[test]
fn characters_that_a_document_may_not_hold_are_replaced() {
    // Other people's views may leave anything in a cell.
    let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
    for (x, symbol) in (0..).zip([
        "\u{1b}",
        "\u{0}",
        "\u{9b}",
        "\u{202e}x",
        "\u{2066}",
        "\u{ffff}",
    ]) {
        buffer[Position { x, y: 0 }].set_symbol(symbol);
    }
    let frame = Frame::from(buffer);
    for document in [frame.svg(), frame.html()] {
        let hostile = |c: char| {
            (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{2066}' | '\u{ffff}')
        };
        assert!(!document.contains(hostile), "{document:?}");
        assert_eq!(document.matches('\u{fffd}').count(), 6, "{document}");
    }
}

#[test]
fn every_run_has_a_place_and_a_width_of_its_own() {
    let svg = drawn("a商b", Style::new()).svg();
    let texts: Vec<&str> = svg
        .lines()
        .filter(|line| line.starts_with("<text"))
        .collect();
    let places: Vec<&str> = texts
        .iter()
        .filter_map(|text| text.split("y=").next())
        .collect();
    assert_eq!(
        places,
        [
            "<text x=\"12\" ",
            "<text x=\"20.43\" ",
            "<text x=\"37.29\" "
        ]
    );
    assert!(texts[1].contains("textLength=\"16.86\""), "{}", texts[1]);
}

#[test]
fn reversed_cells_and_the_cursor_change_paper_and_ink() {
    let turned = Style::new().add_modifier(Modifier::REVERSED);
    let svg = drawn("x", turned).svg();
    assert!(svg.contains("fill=\"#d7dae0\"/>\n<text"), "{svg}");
    let size = Size {
        width: 3,
        height: 1,
    };
    let cursor = Frame::drawn(size, |frame| frame.set_cursor_position((1, 0)));
    assert_eq!(cursor.svg().matches("<rect").count(), 2);
    assert_eq!(cursor.html().matches("background:#d7dae0").count(), 1);
    let none = Frame::drawn(size, |_| ());
    assert_eq!(none.svg().matches("<rect").count(), 1);
}

#[test]
fn colours_of_every_kind_have_a_value() {
    let colors = [
        (Color::Indexed(1), "#ef6b73"),
        (Color::Indexed(16), "#000000"),
        (Color::Indexed(231), "#ffffff"),
        (Color::Indexed(244), "#808080"),
        (Color::Rgb(1, 2, 3), "#010203"),
    ];
    for (color, value) in colors {
        let svg = drawn("x", Style::new().fg(color)).svg();
        assert!(svg.contains(&format!("fill=\"{value}\"")), "{color}: {svg}");
    }
}

#[test]
fn hard_names_break_no_document() {
    let model = world::hard_names();
    let text = plain(&model, (120, 36));
    let size = Size {
        width: 120,
        height: 36,
    };
    let frame = Frame::drawn(size, |frame| {
        orgdeck::view::draw(frame, frame.area(), &model);
    });
    assert_eq!(frame.text().lines().count(), text.lines().count());
    let svg = frame.svg();
    for line in svg.lines().filter(|line| line.starts_with("<text")) {
        assert!(line.ends_with("</text>"), "{line}");
        assert_eq!(line.matches('<').count(), 2, "{line}");
    }
}
