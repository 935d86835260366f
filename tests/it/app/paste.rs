//! R52: many lines, control characters and a megabyte, pasted wherever text can go: nothing is pressed or
//! sent, no control character stands anywhere, what has no room is said, and the next key works.

use orgdeck::app::form::{Entry, Stage};
use orgdeck::app::layer::Overlay;
use orgdeck::app::place::Pane;
use orgdeck::app::screen::profiles;
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::{Objection, Text};

use crate::support::forms::{TO_PREVIEW, form, on, plan, preview, wish};
use crate::support::rig::Rig;
use crate::support::world;

/// Lines, the keys that a terminal would make of them, and the end of a paste that is none.
const LINES: &str = "a@b.example\ny\r\nq\rD\u{1b}[201~\u{1b}\r\u{3}\u{0}\u{7f}\u{9b}31m\u{85}z\n";

/// A place for text, by its name, and how somebody comes to it.
type Place = (&'static str, fn() -> Rig);

fn after(service: &'static str, keys: &str) -> Rig {
    let mut rig = on(service);
    rig.press(keys);
    rig.settle();
    rig
}

fn tokens() -> Rig {
    let mut rig = on("balena");
    profiles::open_accept(&mut rig.model);
    rig
}

const PLACES: [Place; 18] = [
    ("an address", || after("clerk", "i")),
    ("a web address", || after("clerk", "i<tab><tab>")),
    ("a number", || after("clerk", "i<tab><tab><tab>")),
    ("a document", || after("clerk", "M")),
    ("a message", || after("balena", "i<tab><tab>")),
    ("a name", || after("vulos", "c")),
    ("a country", || {
        after("vulos", "c<tab><tab><tab><tab><tab><tab>")
    }),
    ("a user", || after("clerk", "a")),
    ("a file", || after("balena", "O")),
    ("many addresses", || after("clerk", "I")),
    ("another role", || {
        let mut rig = after("vulos", "3r");
        while !form(&rig).takes_text() {
            rig.press("<down>");
        }
        rig
    }),
    ("a token of an invite", tokens),
    ("a token of a profile", || after("clerk", "gt")),
    ("the filter", || after("clerk", "3/")),
    ("the palette", || after("clerk", "<c-p>")),
    ("help", || after("clerk", "?")),
    ("a menu's filter", || after("clerk", "./")),
    ("the path of an export", || {
        let mut rig = Rig::of(world::with_bulk(3));
        rig.press("we");
        rig
    }),
];

/// The text that the focus is on; a secret as so many stars.
fn held(rig: &Rig) -> String {
    match rig.model.overlays.last() {
        Some(Overlay::Form(form)) => {
            let field = match form.focus {
                orgdeck::app::form::Focus::Field(number) => &form.fields[number],
                orgdeck::app::form::Focus::Button(_) => panic!("a field has the focus"),
            };
            match &field.entry {
                Entry::Area(area) => area.text(),
                Entry::Masked(masked) => "*".repeat(masked.len()),
                entry => entry.input().map_or_else(
                    || panic!("{entry:?} holds no text"),
                    |input| input.value().to_owned(),
                ),
            }
        }
        Some(Overlay::Prompt(prompt)) => "*".repeat(prompt.masked.len()),
        Some(Overlay::Line(input)) => input.value().to_owned(),
        Some(Overlay::Help(picker) | Overlay::Menu(picker)) => picker.search.value().to_owned(),
        Some(Overlay::Tasks(tasks)) => tasks.export.as_ref().unwrap().path.value().to_owned(),
        other => panic!("{other:?} holds no text"),
    }
}

/// Whether these orders do no more than keep a draft and look at what was read.
fn is_calm(effects: &[Effect]) -> bool {
    let calm = |effect: &Effect| {
        matches!(
            effect,
            Effect::Keep { .. } | Effect::Arrange { .. } | Effect::Query { .. }
        )
    };
    effects.iter().all(calm)
}

fn paste(rig: &mut Rig, text: &str) -> bool {
    is_calm(&rig.send(Msg::Pasted(Text::from(text))))
}

#[test]
fn lines_and_control_characters_press_nothing() {
    for (name, reach) in PLACES {
        let mut rig = reach();
        let overlays = rig.model.overlays.len();
        assert!(paste(&mut rig, LINES), "{name}");
        assert_eq!(rig.model.overlays.len(), overlays, "{name}");
        let held = held(&rig);
        assert!(!held.is_empty(), "{name}");
        let control = held.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(control, None, "{name}: {held:?}");
        let keeps_lines = ["a document", "a message", "many addresses"].contains(&name);
        assert_eq!(held.contains('\n'), keeps_lines, "{name}: {held:?}");
    }
}

#[test]
fn a_megabyte_is_cut_and_said_and_the_next_key_works() {
    for (name, reach) in PLACES {
        let mut rig = reach();
        assert!(paste(&mut rig, &"x".repeat(1 << 20)), "{name}");
        let said = rig.hint().to_owned();
        assert!(
            said.contains("left out: there is room for"),
            "{name}: {said}"
        );
        let most = if name == "many addresses" {
            1_000_000
        } else {
            65_536
        };
        assert!(held(&rig).len() <= most, "{name}: {}", held(&rig).len());
        rig.press("<bs>");
        let before = held(&rig);
        rig.press("<bs>");
        assert!(
            held(&rig).len() < before.len() || before.is_empty(),
            "{name}"
        );
        rig.press("<esc>");
    }
}

#[test]
fn many_pastes_grow_no_further_than_one() {
    for (name, reach) in PLACES {
        let mut rig = reach();
        for _ in 0..4 {
            paste(&mut rig, &"y".repeat(60_000));
        }
        let most = if name == "many addresses" {
            1_000_000
        } else {
            65_536
        };
        assert!(held(&rig).len() <= most, "{name}: {}", held(&rig).len());
    }
}

#[test]
fn a_name_that_a_form_asks_for_is_typed_and_never_pasted() {
    let mut rig = after("clerk", "ikim@acme.example");
    let wish = wish(&rig.press(&format!("{TO_PREVIEW}<enter>")));
    let mut asking = plan(&wish);
    asking.objections.push(Objection::TypeName {
        names: vec![Text::from("Acme Shop")],
        why: "it is a test",
    });
    rig.prepared(asking);
    rig.wait(400);
    rig.press("<s-tab><s-tab>");
    assert!(form(&rig).is_at_name());
    assert!(paste(&mut rig, "Acme Shop"));
    assert_eq!(rig.hint(), "a name is typed here, not pasted");
    assert_eq!(form(&rig).typed_name(), Some(""));
}

#[test]
fn a_paste_on_a_button_sends_nothing() {
    let mut rig = after("clerk", "ikim@acme.example");
    preview(&mut rig, TO_PREVIEW);
    rig.press("<tab>");
    assert!(paste(&mut rig, "\r\n\n"));
    assert!(matches!(form(&rig).stage, Stage::Ready(..)));
    assert!(rig.model.tasks.is_empty());
    assert!(rig.hint().contains("presses no keys"), "{}", rig.hint());
    rig.press("<esc>");
    rig.model.panes.focus = Pane::Members;
    assert!(paste(&mut rig, "D\ny\n"));
    assert!(rig.model.overlays.is_empty());
}
