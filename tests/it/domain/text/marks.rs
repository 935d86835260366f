//! Which tricks become which marks, and which characters stay as they are.

use orgdeck::domain::Text;
use orgdeck::domain::text::width;

use super::{clean, visible};
use crate::domain::hostile;
use crate::support::harmless::assert_harmless;

#[test]
fn r57_each_trick_has_its_mark() {
    for (raw, shown) in [
        ("\u{1b}[31mred", "␛[31mred"),
        ("a\u{9b}2J", "a⟦009B⟧2J"),
        ("ok\r\n2026 INFO", "ok␍␊2026 INFO"),
        ("a\0b\u{7f}", "a␀b␡"),
        ("moc\u{202e}abc", "moc⟦202E⟧abc"),
        ("ad\u{200b}min", "ad⟦200B⟧min"),
        ("ad\u{200d}min", "ad⟦200D⟧min"),
        ("a\u{e0061}\u{e0064}\u{e0020}b", "a⟦tag ad␣⟧b"),
        ("a\u{a0}b\u{2003}c\u{85}d", "a⟦00A0⟧b⟦2003⟧c⟦0085⟧d"),
        ("\u{301}a", "◌\u{301}a"),
        ("Acme\u{fe0f}", "Acme⟦FE0F⟧"),
        ("a\u{2800}b", "a⟦2800⟧b"),
        (" \t\u{a0}", "␣␉⟦00A0⟧"),
        (" \u{a0} ", "(blank)"),
        ("\u{200b}\u{2800} \u{3164}\u{feff}", "(blank)"),
        ("\u{200d}\u{fe0f}", "(blank)"),
        ("␣", "␣"),
        ("", ""),
        ("Acme ", "Acme␣"),
        ("  Acme  ", "␣␣Acme␣␣"),
        ("\u{3000}Acme", "⟦3000⟧Acme"),
        ("Acme\u{3164}", "Acme⟦3164⟧"),
        ("Acme\u{ffa0}", "Acme⟦FFA0⟧"),
        ("a\u{2065}b", "a⟦2065⟧b"),
        ("a\u{fff9}b\u{fffa}c\u{fffb}", "a⟦FFF9⟧b⟦FFFA⟧c⟦FFFB⟧"),
        ("a\u{1d173}b", "a⟦1D173⟧b"),
        ("a\u{e0001}b\u{e007f}", "a⟦tag ␁⟧b⟦tag ␡⟧"),
        ("a\u{e000}b\u{f8ff}\u{10fffd}", "a⟦E000⟧b⟦F8FF⟧⟦10FFFD⟧"),
        ("a\u{fdd0}b\u{1ffff}", "a⟦FDD0⟧b⟦1FFFF⟧"),
    ] {
        assert_eq!(clean(raw), shown, "{raw:?}");
    }
    let towering = format!("a{}", "\u{301}".repeat(40));
    let shown = format!("a{}⟦+36⟧", "\u{301}".repeat(4));
    assert_eq!(clean(&towering), shown);
}

#[test]
fn honest_names_are_shown_as_they_are() {
    let scripts = hostile().remove("scripts").unwrap();
    let others = [
        "José",
        "Jose\u{301}",
        "A\u{30a}sa",
        "日本語　文子",
        "한국어",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦",
        "👩🏻\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏻",
        "🏴\u{200d}☠\u{fe0f}",
        "👩🏽\u{200d}⚕\u{fe0f}",
        "1\u{fe0f}\u{20e3}",
        "❤\u{fe0f} ⛑\u{fe0f} ©\u{fe0f} ⌚\u{fe0e}",
        "🇳🇬🇵🇹",
        "кириллица Ω 中文",
    ];
    let scripts = scripts.iter().map(String::as_str);
    for name in scripts.chain(others) {
        assert_eq!(clean(name), name);
    }
}

#[test]
fn r54_names_that_differ_by_a_trick_look_different() {
    let tricks = "\u{fffc}\u{e000}\u{fdd0}\u{2065}\u{ffa0}\u{180b}\u{1d173}\u{fff9}\u{e0001}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\
        \u{feff}\u{ad}\u{34f}\u{61c}\u{180e}\u{fe00}\u{fe0f}\u{e0041}\u{e0100}\u{115f}\u{3164}\
        \u{2800}\u{1d159}\u{1b}\u{9b}\r\n\0";
    let names = [
        "Acme",
        "José",
        "Jose\u{301}",
        "Иван",
        "Ωmega",
        "文子",
        "한국",
        "נועה",
        "a",
        "ß1",
    ];
    for name in names {
        for trick in tricks.chars() {
            for (place, _) in name.char_indices().chain([(name.len(), ' ')]) {
                let (head, tail) = name.split_at(place);
                let spoof = format!("{head}{trick}{tail}");
                let (spoof, name) = (visible(&clean(&spoof)), visible(&clean(name)));
                assert_ne!(spoof, name, "{trick:?} at {place}");
            }
        }
    }
}

#[test]
fn r54_a_blank_at_the_end_of_a_name_is_seen() {
    for blanks in [" ", "   ", "\u{a0}", "\u{2003} ", "\t", "\u{3000}"] {
        let spoof = clean(&format!("Acme{blanks}"));
        assert_ne!(spoof.trim_end(), "Acme", "{blanks:?}");
        assert_eq!(
            Text::from(format!("Acme{blanks}")).excerpt(40).as_str(),
            spoof
        );
    }
}

#[test]
fn joiners_are_shown_where_they_do_not_shape() {
    for (raw, shown) in [
        ("می\u{200c}\u{200c}خواهم", "می⟦200C⟧⟦200C⟧خواهم"),
        ("محمد\u{200c}", "محمد⟦200C⟧"),
        ("د\u{200c}ا", "د⟦200C⟧ا"),
        ("क\u{200d}ष", "क⟦200D⟧ष"),
        ("👨\u{200d}\u{200d}👩", "👨⟦200D⟧⟦200D⟧👩"),
        ("👨\u{200d}", "👨⟦200D⟧"),
        ("→\u{200d}👩", "→⟦200D⟧👩"),
        ("👩\u{e007f}🏻\u{200d}❤", "👩⟦tag ␡⟧🏻⟦200D⟧❤"),
        ("🏻\u{fe0f}", "🏻⟦FE0F⟧"),
        ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}⟦FE0F⟧"),
        ("1\u{fe0f}", "1⟦FE0F⟧"),
    ] {
        assert_eq!(clean(raw), shown, "{raw:?}");
    }
}

#[test]
fn a_chain_of_joined_pictures_has_an_end() {
    let chain = format!("👨{}", "\u{200d}👨".repeat(100));
    let shown = clean(&chain);
    assert!(shown.starts_with("👨\u{200d}👨\u{200d}👨\u{200d}👨⟦200D⟧👨⟦200D⟧"));
    assert!(width(&shown) > 100);
    assert_eq!(clean(&shown), shown);
}

#[test]
fn every_single_character_is_harmless_alone_and_between_letters() {
    let planes = ('\0'..='\u{323af}').chain('\u{e0000}'..='\u{e0fff}');
    for character in planes {
        for raw in [character.to_string(), format!("a{character}b")] {
            let shown = clean(&raw);
            if shown != raw {
                assert_eq!(clean(&shown), shown, "{raw:?}");
            }
            assert_harmless(&raw, &shown);
        }
    }
}
