//! Tests of the look: flag, environment and kind of terminal, in this order.

use orgdeck::app::model::{Color, Lines};
use orgdeck::cli::args::When;
use orgdeck::cli::look::Look;
use orgdeck::config::Environment;
use orgdeck::config::environment::{Charset, Wish};
use orgdeck::runtime::backend::Frames;

fn environment(term: &str, color: Wish, charset: Charset) -> Environment {
    Environment {
        term: term.to_owned(),
        color,
        charset,
        ..Environment::default()
    }
}

#[test]
fn colours_follow_the_flag_then_the_environment_then_the_terminal() {
    let table = [
        (When::Never, Wish::Untold, "xterm", Color::Off),
        (When::Never, Wish::Always, "xterm", Color::Off),
        (When::Always, Wish::Untold, "xterm", Color::Sixteen),
        (When::Always, Wish::Never, "xterm", Color::Sixteen),
        (When::Always, Wish::Never, "dumb", Color::Sixteen),
        (When::Always, Wish::Untold, "dumb", Color::Sixteen),
        (When::Auto, Wish::Untold, "xterm", Color::Sixteen),
        (When::Auto, Wish::Never, "xterm", Color::Off),
        (When::Auto, Wish::Always, "xterm", Color::Sixteen),
        (When::Auto, Wish::Untold, "dumb", Color::Off),
        (When::Auto, Wish::Never, "dumb", Color::Off),
        (When::Auto, Wish::Always, "dumb", Color::Sixteen),
    ];
    for (when, wish, term, color) in table {
        let look = Look::of(when, &environment(term, wish, Charset::Unicode));
        assert_eq!(look.color, color, "{when:?} {wish:?} {term}");
    }
}

#[test]
fn each_terminal_gets_what_it_can_show() {
    use Charset::{Other, Unicode, Untold};
    use Frames::{Bare, Marked};
    use Lines::{Ascii, Drawn};
    let table = [
        ("xterm-256color", Unicode, Drawn, Marked),
        ("xterm-256color", Untold, Drawn, Marked),
        ("xterm-256color", Other, Ascii, Marked),
        ("screen", Unicode, Drawn, Marked),
        ("tmux-256color", Untold, Drawn, Marked),
        ("linux", Unicode, Drawn, Bare),
        ("linux", Untold, Ascii, Bare),
        ("linux", Other, Ascii, Bare),
        ("dumb", Unicode, Ascii, Bare),
        ("unknown", Unicode, Ascii, Bare),
        ("", Unicode, Ascii, Bare),
    ];
    for (term, charset, lines, frames) in table {
        let look = Look::of(When::Auto, &environment(term, Wish::Untold, charset));
        assert_eq!(
            (look.lines, look.frames),
            (lines, frames),
            "{term} {charset:?}"
        );
    }
}

#[test]
fn texts_for_the_clipboard_go_where_they_are_known_to_be_taken() {
    use orgdeck::app::around::Clipboard::{self, Refuses, Takes};
    use orgdeck::app::around::Wrap::{Bare, Screen, Tmux};
    type Set = &'static [(&'static str, &'static str)];
    let with = |variables: &[(&str, &str)]| {
        let set = |name: &str| variables.iter().find(|(known, _)| *known == name);
        let environment = Environment::of(|name| set(name).map(|(_, value)| (*value).into()));
        Look::of(When::Auto, &environment).clipboard
    };
    let table: &[(Set, Option<Clipboard>)] = &[
        (&[("TERM", "xterm-256color")], Some(Takes(Bare))),
        (&[("TERM", "alacritty")], Some(Takes(Bare))),
        (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")], None),
        (
            &[
                ("TERM", "xterm-256color"),
                ("TERM_PROGRAM", "Apple_Terminal"),
            ],
            None,
        ),
        (
            &[("TERM", "screen-256color"), ("TMUX", "/tmp/x,1,0")],
            Some(Takes(Tmux)),
        ),
        (&[("TERM", "tmux-256color")], Some(Takes(Tmux))),
        (&[("TERM", "screen"), ("STY", "1.pts")], Some(Takes(Screen))),
        (&[("TERM", "screen")], None),
        (&[("TERM", "linux"), ("TMUX", "/tmp/x,1,0")], None),
        (&[("TERM", "dumb")], None),
        (&[("TERM", "vt100")], None),
        (&[], None),
    ];
    for (variables, expected) in table {
        match (with(variables), expected) {
            (Refuses(why), None) => assert!(!why.is_empty()),
            (found, expected) => assert_eq!(Some(found), *expected, "{variables:?}"),
        }
    }
}
