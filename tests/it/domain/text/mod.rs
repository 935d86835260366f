//! Foreign text and its only way out: nothing hostile is left, nothing honest is lost, cleaning twice
//! changes nothing, names that differ by a trick look different.

mod cut;
mod marks;

use std::collections::BTreeSet;

use orgdeck::domain::text::width;
use orgdeck::domain::{Clean, Text};
use proptest::prelude::*;
use proptest::sample::select;

use super::hostile;
use crate::support::harmless::{ZWJ, ZWNJ, assert_harmless, is_format, is_selector};
use cut::assert_cut;

fn all_hostile() -> Vec<String> {
    hostile().into_values().flatten().collect()
}

fn clean(raw: &str) -> String {
    Text::from(raw).clean().to_string()
}

/// What a person sees of it: joiners and selectors are nothing to look at.
fn visible(shown: &str) -> String {
    let seen = |character: &char| !matches!(*character, ZWJ | ZWNJ) && !is_selector(*character);
    shown.chars().filter(seen).collect()
}

#[test]
fn the_corpus_has_many_different_texts() {
    let different: BTreeSet<String> = all_hostile().into_iter().collect();
    assert!(different.len() >= 350, "{}", different.len());
    assert!(hostile().len() >= 18);
}

#[test]
fn r5_nothing_hostile_is_left_and_nothing_vanishes() {
    for raw in all_hostile() {
        let shown = clean(&raw);
        assert_harmless(&raw, &shown);
        assert!(!visible(&shown).trim().is_empty(), "{raw:?}");
        assert!(width(&shown) > 0, "{raw:?}");
        assert_eq!(clean(&shown), shown, "{raw:?}");
        assert_eq!(Clean::from_ours(&shown).as_str(), shown);
    }
}

#[test]
fn the_raw_text_is_kept_and_debug_output_is_inert() {
    for raw in all_hostile() {
        let text = Text::from(raw.as_str());
        assert_eq!(text.raw(), raw);
        let json = serde_json::to_string(&text).unwrap();
        assert_eq!(json, serde_json::to_string(&raw).unwrap());
        assert_eq!(serde_json::from_str::<Text>(&json).unwrap(), text);
        let debug = format!("{text:?}");
        assert!(!debug.contains(char::is_control), "{debug}");
        assert!(!debug.contains(is_format), "{debug}");
    }
}

#[test]
fn r56_an_excerpt_is_cut_before_it_is_cleaned() {
    assert_eq!(Text::from("abc").excerpt(3).as_str(), "abc");
    assert_eq!(Text::from("abcd").excerpt(3).as_str(), "abc…");
    assert_eq!(Text::from("\u{1b}\u{1b}").excerpt(1).as_str(), "␛…");
    // What stands for a character may be longer than that.
    let marks = Text::from("\u{202e}a".repeat(200));
    assert_eq!(marks.excerpt(13).as_str(), "⟦202E⟧a⟦202E⟧…");
    // Of what shows nothing, however long, there is nothing to cut.
    let nothing = Text::from("\u{200b}".repeat(200));
    assert_eq!(nothing.excerpt(13).as_str(), "(blank)…");
    for raw in all_hostile() {
        for limit in [0, 1, 2, 5, 40] {
            let shown = Text::from(raw.as_str()).excerpt(limit);
            assert_harmless(&raw, shown.as_str());
            let whole = clean(&raw);
            if raw.chars().count().max(whole.chars().count()) <= limit {
                assert_eq!(shown.as_str(), whole);
            } else {
                assert!(shown.as_str().ends_with('…'), "{raw:?} {limit}");
                assert!(
                    shown.as_str().chars().count() <= limit + 1,
                    "{raw:?} {limit}"
                );
            }
        }
    }
}

/// Characters that matter to clusters, in every combination.
const PIECES: [&str; 44] = [
    "a",
    "é",
    "1",
    "#",
    " ",
    "日",
    "ב",
    "م",
    "د",
    "ا",
    "क",
    "\u{94d}",
    "ष",
    "\u{93f}",
    "\u{dca}",
    "र",
    "👨",
    "👩",
    "❤",
    "🏻",
    "🏴",
    "🇳",
    "🇬",
    "ᄒ",
    "\u{1161}",
    "\u{11ab}",
    "\u{301}",
    "\u{20e3}",
    "\u{fe0f}",
    "\u{fe0e}",
    "\u{fe00}",
    "\u{200c}",
    "\u{200d}",
    "\u{200b}",
    "\u{202e}",
    "\u{34f}",
    "\u{e0067}",
    "\u{e007f}",
    "\u{600}",
    "\u{d4e}",
    "\u{903}",
    "\u{1b}",
    "\n",
    "⟦",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => select(&PIECES[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn r94_any_text_comes_out_harmless_and_stays_so(raw in any_text()) {
        let shown = clean(&raw);
        assert_harmless(&raw, &shown);
        prop_assert_eq!(clean(&shown), shown);
    }

    #[test]
    fn any_excerpt_is_harmless(raw in any_text(), limit in 0_usize..16) {
        assert_harmless(&raw, Text::from(raw.as_str()).excerpt(limit).as_str());
    }

    #[test]
    fn any_text_is_cut_to_fit(raw in any_text(), columns in 0_usize..24) {
        assert_cut(&clean(&raw), columns);
    }
}
