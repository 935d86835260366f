//! The words that scripts of keys are written in.

use orgdeck::app::Key;
use orgdeck::app::key::Code;
use orgdeck::rig::keys;

#[test]
fn every_name_of_the_table_is_known_and_letters_stand_for_themselves() {
    let script = "jD <enter><esc><tab><s-tab><space><up><down><left><right><pgup><pgdn><home><end><bs><del><f1><f2><c-d><lt>é";
    let plain = [
        Code::Char('j'),
        Code::Char('D'),
        Code::Char(' '),
        Code::Enter,
        Code::Esc,
        Code::Tab,
        Code::BackTab,
        Code::Char(' '),
        Code::Up,
        Code::Down,
        Code::Left,
        Code::Right,
        Code::PageUp,
        Code::PageDown,
        Code::Home,
        Code::End,
        Code::Backspace,
        Code::Delete,
        Code::F(1),
        Code::F(2),
    ];
    let mut wanted: Vec<Key> = plain.into_iter().map(Key::plain).collect();
    wanted.push(Key::control('d'));
    wanted.extend([Code::Char('<'), Code::Char('é')].map(Key::plain));
    assert_eq!(keys(script).unwrap(), wanted);
    assert_eq!(keys("").unwrap(), []);
    assert_eq!(keys("a>").unwrap().len(), 2);
}

#[test]
fn what_names_no_key_is_refused_with_its_words() {
    let refused = [
        ("<enterr>", "<enterr>"),
        ("jj<enter", "<enter"),
        ("<>", "<>"),
        ("<j>", "<j>"),
        ("<c-dd>", "<c-dd>"),
        ("a\u{1b}[A", "\\u{1b}"),
        ("<\u{7}x>", "<\\u{7}x>"),
    ];
    for (script, named) in refused {
        let error = keys(script).unwrap_err().to_string();
        assert_eq!(error, format!("no key is called {named}"));
    }
}
