//! Masks: what an answer repeats of a connection's own secrets is not let in.
//!
//! Whoever reads an answer may show, keep or copy it, so it is cleaned once, here, before anybody takes it
//! apart. A mask knows every stretch of a secret in the ways that texts carry one; it knows nothing of what
//! answers mean.

mod forms;

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use secrecy::zeroize::Zeroizing;

use self::forms::forms;
use crate::domain::Secret;

/// What stands for a secret.
const MASK: &[u8] = b"***";
const STRING: &[u8] = b"\"***\"";

/// A stretch of so many bytes tells something of a secret; a shorter secret counts as a whole.
const WIDTH: usize = 12;

/// Shorter texts are no secrets, and may stand in any sentence.
const SHORTEST: usize = 8;

/// Secrets that a connection had lately: of a token that was exchanged, answers may still be under way.
const LATELY: usize = 4;

/// Bits of the number that the first bytes of a stretch make.
const BITS: u32 = 18;

/// All stretches of one secret, in every form.
pub(super) struct Mask {
    width: usize,
    /// Sorted; what is shorter than its place ends in zeros.
    stretches: Zeroizing<Vec<[u8; WIDTH]>>,
    /// One bit for each number that the first bytes of a stretch make: most of a text is told apart by it.
    starts: Zeroizing<Vec<u64>>,
}

/// The masks that an answer passes through.
#[derive(Clone, Default)]
pub(super) struct Masks(Vec<Arc<Mask>>);

/// The secrets that a connection had lately, each with its mask.
#[derive(Default)]
pub(super) struct Wardrobe(RwLock<VecDeque<(Secret, Arc<Mask>)>>);

impl Wardrobe {
    /// The masks for an answer to this secret.
    pub(super) fn masks(&self, secret: &Secret) -> Masks {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if !known.iter().any(|(other, _)| other == secret)
            && let Some(mask) = Mask::of(secret.expose())
        {
            known.truncate(LATELY - 1);
            known.push_front((secret.clone(), Arc::new(mask)));
        }
        Masks(known.iter().map(|(_, mask)| Arc::clone(mask)).collect())
    }
}

impl Masks {
    /// The masks of these secrets alone.
    pub(super) fn of<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let masks = secrets.into_iter().filter_map(Mask::of);
        Self(masks.map(Arc::new).collect())
    }

    /// These masks, and those.
    pub(super) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// The text without what it repeats of a secret.
    pub(super) fn hide(&self, text: Bytes) -> Bytes {
        self.0.iter().fold(text, |text, mask| {
            mask.hide(&text).map_or(text, Bytes::from)
        })
    }
}

impl Mask {
    /// The mask of a secret; none of a text that is too short to be one.
    fn of(secret: &str) -> Option<Self> {
        let secret = secret.as_bytes();
        if secret.len() < SHORTEST {
            return None;
        }
        let width = secret.len().min(WIDTH);
        let forms = forms(secret);
        let room = forms.iter().map(|form| form.len()).sum();
        let mut stretches = Zeroizing::new(Vec::with_capacity(room));
        let mut starts = Zeroizing::new(vec![0; 1 << (BITS - 6)]);
        for stretch in forms.iter().flat_map(|form| form.windows(width)) {
            let (word, bit) = start(stretch);
            starts[word] |= bit;
            stretches.push(padded(stretch));
        }
        stretches.sort_unstable();
        stretches.dedup();
        Some(Self {
            width,
            stretches,
            starts,
        })
    }

    /// The text without what it repeats of the secret; `None` where it repeats nothing.
    fn hide(&self, text: &[u8]) -> Option<Vec<u8>> {
        let unescaped = unescaped(text);
        let text = unescaped.as_deref().unwrap_or(text);
        let runs = self.runs(text);
        (!runs.is_empty()).then(|| replaced(text, runs))
    }

    fn runs(&self, text: &[u8]) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, stretch) in text.windows(self.width).enumerate() {
            if !self.holds(stretch) {
                continue;
            }
            let end = at + self.width;
            match runs.last_mut().filter(|run| run.end >= at) {
                Some(run) => run.end = end,
                None => runs.push(at..end),
            }
        }
        runs
    }

    fn holds(&self, stretch: &[u8]) -> bool {
        let (word, bit) = start(stretch);
        self.starts[word] & bit != 0 && self.stretches.binary_search(&padded(stretch)).is_ok()
    }
}

/// Where the bit of a stretch's first bytes is: the word, and the bit in it.
fn start(stretch: &[u8]) -> (usize, u64) {
    let first = stretch.first_chunk().expect("no stretch is that short");
    let number = u32::from_le_bytes(*first).wrapping_mul(0x9e37_79b1) >> (32 - BITS);
    ((number >> 6) as usize, 1 << (number & 63))
}

fn padded(stretch: &[u8]) -> [u8; WIDTH] {
    let mut padded = [0; WIDTH];
    padded[..stretch.len()].copy_from_slice(stretch);
    padded
}

/// The document with the letters that need no escape written as they are; `None` where all are.
fn unescaped(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut at, mut copied) = (0, 0);
    while let Some(ahead) = text[at..].iter().position(|byte| *byte == b'\\') {
        at += ahead;
        match escape(&text[at..]) {
            Some((letter, length)) => {
                out.extend_from_slice(&text[copied..at]);
                out.push(letter);
                at += length;
                copied = at;
            }
            None => at = text.len().min(at + 2),
        }
    }
    out.extend_from_slice(&text[copied..]);
    (copied > 0).then_some(out)
}

/// The letter that an escape stands for, if it needs none, and how long the escape is.
fn escape(text: &[u8]) -> Option<(u8, usize)> {
    if text.starts_with(br"\/") {
        return Some((b'/', 2));
    }
    let digits = text.strip_prefix(br"\u00")?.get(..2)?;
    let letter = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    let needs_none = letter.is_ascii_graphic() && !b"\"\\".contains(&letter);
    needs_none.then_some((letter, 6))
}

/// The text with a mask in the place of each run; in a document, one that is a number of its own becomes a string.
fn replaced(text: &[u8], runs: Vec<Range<usize>>) -> Vec<u8> {
    let is_document = matches!(text.trim_ascii_start().first(), Some(b'{' | b'['));
    let mut quotes = Quotes::default();
    let mut out = Vec::with_capacity(text.len());
    let mut copied = 0;
    for run in runs {
        if run.start < copied {
            continue;
        }
        let is_bare = is_document
            && text[run.clone()].iter().copied().all(is_of_number)
            && !quotes.are_open_at(text, run.start);
        let (run, mask) = if is_bare {
            (number_around(text, run), STRING)
        } else {
            (run, MASK)
        };
        out.extend_from_slice(&text[copied..run.start]);
        out.extend_from_slice(mask);
        copied = run.end;
    }
    out.extend_from_slice(&text[copied..]);
    out
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || b"+-.eE".contains(&byte)
}

/// The whole number of which a run is a part: with a mask inside it, it would be no JSON.
fn number_around(text: &[u8], run: Range<usize>) -> Range<usize> {
    let (before, after) = (&text[..run.start], &text[run.end..]);
    let before = before.iter().rev().take_while(|byte| is_of_number(**byte));
    let after = after.iter().take_while(|byte| is_of_number(**byte));
    run.start - before.count()..run.end + after.count()
}

/// Whether a place in a document is inside a string, for places one after another.
#[derive(Default)]
struct Quotes {
    at: usize,
    are_open: bool,
}

impl Quotes {
    fn are_open_at(&mut self, text: &[u8], place: usize) -> bool {
        while self.at < place {
            match text[self.at] {
                b'\\' => self.at += 1,
                b'"' => self.are_open = !self.are_open,
                _ => {}
            }
            self.at += 1;
        }
        self.are_open
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::*;

    /// What stands before and behind a secret.
    const AROUND: &str = r"[ -~&&[^\\/]]{0,30}";

    fn base64(bytes: &[u8], last: [char; 2]) -> String {
        let bits: Vec<u8> = bytes
            .iter()
            .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1))
            .collect();
        let digit = |six: &[u8]| six.iter().fold(0, |sum, bit| sum * 2 + bit);
        let letter = |digit: u8| match digit {
            0..26 => char::from(b'A' + digit),
            26..52 => char::from(b'a' + digit - 26),
            52..62 => char::from(b'0' + digit - 52),
            _ => last[usize::from(digit - 62)],
        };
        bits.chunks_exact(6).map(|six| letter(digit(six))).collect()
    }

    fn written(bytes: &str, write: impl Fn(u8) -> String) -> String {
        bytes.bytes().map(write).collect()
    }

    /// A piece in each of the ways in which a text between others may carry it.
    fn carried(before: &str, piece: &str, after: &str) -> Vec<String> {
        let whole = [before, piece, after].concat();
        let encoded = |last| {
            let all = base64(whole.as_bytes(), last);
            let (start, end) = (before.len() * 8, (before.len() + piece.len()) * 8);
            all[start.div_ceil(6)..end / 6].to_owned()
        };
        vec![
            piece.to_owned(),
            encoded(['+', '/']),
            encoded(['-', '_']),
            written(piece, |byte| format!("{byte:02x}")),
            written(piece, |byte| format!("{byte:02X}")),
            written(piece, |byte| format!("%{byte:02x}")),
            crate::provider::encode(piece),
        ]
    }

    fn hidden(secret: &str, text: &str) -> String {
        let masks = Masks::of([secret]);
        let bytes = masks.hide(Bytes::copy_from_slice(text.as_bytes()));
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    fn shares_a_stretch(text: &str, form: &str) -> bool {
        let mut stretches = form.as_bytes().windows(WIDTH);
        stretches.any(|stretch| text.as_bytes().windows(WIDTH).any(|other| other == stretch))
    }

    proptest! {
        #[test]
        fn r8_no_stretch_of_a_secret_passes_in_any_form(
            secret in "[A-Za-z0-9_.+=-]{12,60}",
            from in 0_usize..48,
            length in WIDTH..60,
            before in AROUND,
            after in AROUND,
        ) {
            let from = from.min(secret.len() - WIDTH);
            let to = secret.len().min(from + length);
            for form in carried(&before, &secret[from..to], &after) {
                let text = hidden(&secret, &[&before, form.as_str(), &after].concat());
                prop_assert!(!shares_a_stretch(&text, &form), "{form} in {text}");
                prop_assert!(text.contains("***"));
            }
        }

        #[test]
        fn what_holds_nothing_of_the_secret_is_not_touched(
            secret in "[A-M]{8,60}",
            text in "[n-z ,:{}\\\\\"/äß0-9]{0,200}",
        ) {
            prop_assert_eq!(hidden(&secret, &text), text);
        }

        #[test]
        fn a_document_stays_one(secret in "[0-9]{12,18}", sign in "-?", more in "[1-9][0-9]{0,3}") {
            let text = format!(r#"{{"id": {sign}{more}{secret}e1, "a\"{secret}": ["{secret}", 7]}}"#);
            let read: Json = serde_json::from_str(&hidden(&secret, &text)).unwrap();
            prop_assert_eq!(read, json!({"id": "***", "a\"***": ["***", 7]}));
        }
    }

    #[test]
    fn letters_written_as_escapes_are_letters() {
        let secret = "sk_test/abc.\"def";
        for written in [
            r#"sk_test\/abc.\"def"#,
            r#"\u0073k_\u0074est\/abc\u002E\"def"#,
        ] {
            let text = format!(r#"{{"a": "x{written}y", "b": "\u0026\\u0041 \u00e9"}}"#);
            let read: Json = serde_json::from_str(&hidden(secret, &text)).unwrap();
            assert_eq!(read, json!({"a": "x***y", "b": "&\\u0041 é"}), "{written}");
        }
        let other = r#"{"a": "\u0073k\/"}"#;
        assert_eq!(hidden(secret, other), other);
    }

    #[test]
    fn a_short_secret_counts_as_a_whole_and_a_very_short_one_not() {
        assert_eq!(
            hidden("canary-7", "a canary-7, a canary-"),
            "a ***, a canary-"
        );
        assert_eq!(
            hidden("canary-7", "Y2FuYXJ5LTc= 63616e6172792d37"),
            "***c= ***"
        );
        assert_eq!(hidden("canary7", "a canary7"), "a canary7");
    }

    #[test]
    fn several_secrets_are_hidden_and_old_ones_forgotten() {
        let wardrobe = Wardrobe::default();
        let secret = |number| Secret::new(&format!("{number}-canary"));
        for number in 0..=LATELY {
            let _ = wardrobe.masks(&secret(number));
        }
        let masks = wardrobe.masks(&secret(LATELY));
        let text = Bytes::from("0-canary 1-canary 4-canary invitation");
        let text = masks.and(Masks::of(["invitation"])).hide(text);
        assert_eq!(&text[..], b"0-canary *** *** ***");
    }
}
