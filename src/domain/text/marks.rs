//! Which characters may not be shown as they are, and the visible mark that stands for each.
//!
//! The marks are plain text, so that cleaning twice changes nothing: control characters become their
//! control pictures, format characters and look-alike blanks their code point in brackets.

use std::fmt::Write as _;

/// Stands for every space that is not the ordinary one (or the ideographic one).
pub(super) const ODD_SPACE: char = '␣';

/// Combining marks shown on one base; more would climb into the rows around it.
const MARKS_SHOWN: usize = 4;

/// Appends one grapheme cluster in the form that may be shown.
pub(super) fn push_cluster(out: &mut String, cluster: &str) {
    let mut characters = cluster.chars().peekable();
    let mut before: Option<char> = None;
    let mut shown = 0;
    let mut dropped = 0;
    while let Some(character) = characters.next() {
        if is_tag(character) {
            push_tags(out, character, &mut characters);
        } else if is_joiner(character) {
            push_joiner(out, before, character, characters.peek().copied());
        } else if is_attached(character, before) {
            if shown < MARKS_SHOWN {
                shown += 1;
                out.push(character);
            } else {
                dropped += 1;
            }
        } else {
            push_single(out, character);
            shown = 0;
        }
        before = Some(character);
    }
    if dropped > 0 {
        let _ = write!(out, "⟦+{dropped}⟧");
    }
}

/// A mark or selector that belongs to a visible character before it.
fn is_attached(character: char, before: Option<char>) -> bool {
    is_combining(character) && before.is_some_and(|base| !hides(base) && !base.is_control())
}

fn push_single(out: &mut String, character: char) {
    match character {
        ' ' | '\u{3000}' => out.push(character),
        '\u{0}'..='\u{1f}' => out.push(control_picture(character)),
        '\u{7f}' => out.push('␡'),
        _ if character.is_whitespace() && !hides(character) => out.push(ODD_SPACE),
        _ if character.is_control() || hides(character) => push_code(out, character),
        _ if is_combining(character) => {
            out.push('◌');
            out.push(character);
        }
        _ => out.push(character),
    }
}

fn control_picture(character: char) -> char {
    char::from_u32(0x2400 + u32::from(character)).expect("the control pictures are one block")
}

fn push_code(out: &mut String, character: char) {
    let _ = write!(out, "⟦{:04X}⟧", u32::from(character));
}

/// Joiners shape emoji and the scripts that join letters; beside anything else they only hide.
fn push_joiner(out: &mut String, before: Option<char>, joiner: char, after: Option<char>) {
    let shapes = |character: char| !character.is_ascii() && !hides(character);
    let ends_cluster = joiner == '\u{200c}' && after.is_none();
    if before.is_some_and(shapes) && (ends_cluster || after.is_some_and(shapes)) {
        out.push(joiner);
    } else {
        push_code(out, joiner);
    }
}

/// A run of tag characters is invisible text: shown as the text it spells.
fn push_tags(out: &mut String, first: char, rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    out.push_str("⟦tag ");
    let mut next = Some(first);
    while let Some(tag) = next {
        let spelled = char::from_u32(u32::from(tag) - 0xe0000);
        out.push(spelled.filter(char::is_ascii_graphic).unwrap_or(ODD_SPACE));
        next = rest.next_if(|character| is_tag(*character));
    }
    out.push('⟧');
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

fn is_tag(character: char) -> bool {
    matches!(character, '\u{e0000}'..='\u{e007f}')
}

/// Zero width and drawn upon the character before: combining marks and the variation selectors.
fn is_combining(character: char) -> bool {
    use unicode_width::UnicodeWidthChar;
    !character.is_control() && !hides(character) && character.width() == Some(0)
}

/// Format, filler and separator characters that are invisible or change how others are shown.
fn hides(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{600}'..='\u{605}'
            | '\u{61c}'
            | '\u{6dd}'
            | '\u{70f}'
            | '\u{890}'..='\u{891}'
            | '\u{8e2}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{fffe}'..='\u{ffff}'
            | '\u{110bd}'
            | '\u{110cd}'
            | '\u{13430}'..='\u{1345f}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0080}'..='\u{e0fff}'
    )
}
