//! Which characters may not be shown as they are, and the visible mark that stands for each.
//!
//! The marks are plain text, so that cleaning twice changes nothing: control characters become their
//! control pictures, format characters and look-alike blanks their code point in brackets.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

/// Stands for an ordinary space where nothing else shows it.
const SPACE: char = '␣';

/// Combining marks shown on one base; more would climb into the rows around it.
const MARKS_SHOWN: usize = 4;

/// Joiners shown in one cluster: no emoji has more, and a terminal that does not join draws each part.
const JOINERS_SHOWN: usize = 3;

const NON_JOINER: char = '\u{200c}';
const JOINER: char = '\u{200d}';

/// Appends one grapheme cluster in the form that may be shown; `after` is what follows it in the text.
pub(super) fn push_cluster(out: &mut String, cluster: &str, after: Option<char>) {
    let mut shown = Shown::default();
    let mut characters = cluster.chars().peekable();
    // Emoji join within a cluster only, letters of some scripts beyond it.
    let after = after.filter(|character| !is_pictograph(*character));
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().or(after);
        if is_tag(character) {
            push_tags(out, character, &mut characters);
            shown.last = None;
        } else if is_joiner(character) || is_selector(character) {
            shown.push_or_code(out, character, next);
        } else if is_combining(character) && shown.last.is_some() {
            shown.push_mark(out, character);
        } else {
            shown.push_single(out, character);
        }
    }
    if shown.dropped > 0 {
        let _ = write!(out, "⟦+{}⟧", shown.dropped);
    }
}

/// What of a cluster was appended so far.
#[derive(Default)]
struct Shown {
    /// The last character, if it stands as it came: only then can others belong to it.
    last: Option<char>,
    marks: usize,
    joiners: usize,
    dropped: usize,
}

impl Shown {
    /// A joiner or selector where it changes what is seen; anywhere else it would only hide.
    fn push_or_code(&mut self, out: &mut String, character: char, next: Option<char>) {
        let whole = self.last.filter(|_| self.dropped == 0);
        let fits = match character {
            NON_JOINER => separates(whole, next),
            JOINER => self.joiners < JOINERS_SHOWN && joins(whole, next),
            _ => selects(whole, next),
        };
        if fits {
            self.joiners += usize::from(character == JOINER);
            self.last = Some(character);
            out.push(character);
        } else {
            self.last = None;
            push_code(out, character);
        }
    }

    /// A mark that belongs to the visible character before it.
    fn push_mark(&mut self, out: &mut String, mark: char) {
        if self.marks < MARKS_SHOWN {
            self.marks += 1;
            self.last = Some(mark);
            out.push(mark);
        } else {
            self.dropped += 1;
        }
    }

    fn push_single(&mut self, out: &mut String, character: char) {
        self.marks = 0;
        // Without its emoji a skin tone is none that anything can be joined to.
        let is_upon = self
            .last
            .is_some_and(|base| is_pictograph(base) || is_selector(base));
        self.last = (is_upon || !is_skin_tone(character)).then_some(character);
        match character {
            ' ' | '\u{3000}' => out.push(character),
            '\u{0}'..='\u{1f}' => out.push(control_picture(character)),
            '\u{7f}' => out.push('␡'),
            _ if character.is_whitespace() || character.is_control() || hides(character) => {
                self.last = None;
                push_code(out, character);
            }
            _ if !is_combining(character) => out.push(character),
            _ if combines(character) => {
                self.marks = 1;
                out.push('◌');
                out.push(character);
            }
            _ => {
                self.last = None;
                push_code(out, character);
            }
        }
    }
}

/// The mark of a blank that stands as it is within a text, at an end of it.
pub(super) fn of_blank(blank: char) -> String {
    match blank {
        ' ' => SPACE.to_string(),
        other => code(other),
    }
}

/// Whether nothing is seen of a character where it stands as it came.
pub(super) fn is_invisible(character: char) -> bool {
    let is_space = character.is_whitespace() && !character.is_control();
    is_space || is_hidden(character) || is_joiner(character) || is_selector(character)
}

fn control_picture(character: char) -> char {
    char::from_u32(0x2400 + u32::from(character)).expect("the control pictures are one block")
}

fn push_code(out: &mut String, character: char) {
    out.push_str(&code(character));
}

fn code(character: char) -> String {
    format!("⟦{:04X}⟧", u32::from(character))
}

/// Whether a joiner makes one emoji of two, or a conjunct of two letters of an Indic script.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return false;
    };
    let emoji = is_pictograph(after) && (is_pictograph(before) || is_selector(before));
    emoji || joins_conjunct(before, after) || joins_conjunct(after, before)
}

/// Whether a non-joiner keeps two letters apart that would otherwise join.
fn separates(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return false;
    };
    let arabic = is_arabic(before) && joins_the_next(before) && is_arabic(after);
    arabic || joins_conjunct(before, after)
}

/// Whether a selector chooses between the two looks of an emoji, or begins a keycap.
fn selects(before: Option<char>, after: Option<char>) -> bool {
    let keycap = |base: char| after == Some('\u{20e3}') && matches!(base, '0'..='9' | '#' | '*');
    before.is_some_and(|base| is_pictograph(base) || keycap(base))
}

/// A virama beside a letter of its own script; the scripts' blocks are 128 characters each.
fn joins_conjunct(virama: char, letter: char) -> bool {
    let (virama, place) = (u32::from(virama), u32::from(letter));
    let is_virama = matches!(virama, 0x900..=0xd7f if virama % 0x80 == 0x4d) || virama == 0xdca;
    is_virama && virama / 0x80 == place / 0x80 && !is_combining(letter)
}

fn is_arabic(character: char) -> bool {
    matches!(character, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6fa}'..='\u{6fc}')
        || matches!(character, '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8b4}')
}

/// Letters of the main Arabic block that leave a gap after them anyway do not join the next.
fn joins_the_next(arabic: char) -> bool {
    !matches!(
        arabic,
        '\u{621}'..='\u{625}'
            | '\u{627}'
            | '\u{629}'
            | '\u{62f}'..='\u{632}'
            | '\u{648}'
            | '\u{671}'..='\u{677}'
            | '\u{688}'..='\u{699}'
            | '\u{6c0}'
            | '\u{6c3}'..='\u{6cb}'
            | '\u{6cd}'
            | '\u{6cf}'
            | '\u{6d2}'..='\u{6d3}'
    )
}

/// Symbols that have a look as emoji, in the blocks where those are.
fn is_pictograph(character: char) -> bool {
    matches!(
        character,
        '©' | '®'
            | '\u{203c}'
            | '\u{2049}'
            | '\u{2122}'
            | '\u{2139}'
            | '\u{2190}'..='\u{21ff}'
            | '\u{2300}'..='\u{23ff}'
            | '\u{24c2}'
            | '\u{25a0}'..='\u{25cb}'
            | '\u{25ce}'..='\u{27bf}'
            | '\u{2934}'..='\u{2935}'
            | '\u{2b00}'..='\u{2bff}'
            | '\u{3030}'
            | '\u{303d}'
            | '\u{3297}'
            | '\u{3299}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

fn is_skin_tone(character: char) -> bool {
    matches!(character, '\u{1f3fb}'..='\u{1f3ff}')
}

/// A run of tag characters is invisible text: shown as the text it spells.
fn push_tags(out: &mut String, first: char, rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    out.push_str("⟦tag ");
    let mut next = Some(first);
    while let Some(tag) = next {
        let spelled = char::from_u32(u32::from(tag) - 0xe0000);
        match spelled.filter(|spelled| *spelled != '\u{7f}') {
            Some(' ') => out.push(SPACE),
            Some(control @ '\u{0}'..='\u{1f}') => out.push(control_picture(control)),
            Some(letter) => out.push(letter),
            None => out.push('␡'),
        }
        next = rest.next_if(|character| is_tag(*character));
    }
    out.push('⟧');
}

fn is_joiner(character: char) -> bool {
    matches!(character, NON_JOINER | JOINER)
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}')
}

fn is_tag(character: char) -> bool {
    matches!(character, '\u{e0000}'..='\u{e007f}')
}

/// Whether a character without width is drawn upon any other: parts of syllables are not.
fn combines(character: char) -> bool {
    let carried = String::from_iter(['◌', character]);
    carried.graphemes(true).count() == 1
}

/// Zero width and drawn upon the character before.
fn is_combining(character: char) -> bool {
    use unicode_width::UnicodeWidthChar;
    !character.is_control() && !hides(character) && character.width() == Some(0)
}

/// Format, filler and separator characters that are invisible or change how others are shown; and those
/// that nobody but a font knows.
fn hides(character: char) -> bool {
    is_private(character) || is_no_character(character) || is_hidden(character)
}

/// Left to private agreement: what is drawn for it, and how wide, is for each font to say.
fn is_private(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Kept free for ever, in a block of its own and at the end of each plane.
fn is_no_character(character: char) -> bool {
    matches!(character, '\u{fdd0}'..='\u{fdef}') || u32::from(character) & 0xfffe == 0xfffe
}

fn is_hidden(character: char) -> bool {
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
            | '\u{fff0}'..='\u{fffc}'
            | '\u{110bd}'
            | '\u{110cd}'
            | '\u{13430}'..='\u{1345f}'
            | '\u{1d159}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0080}'..='\u{e0fff}'
    )
}
