//! From the bytes of a terminal to inputs.
//!
//! Only what a key of ours can be is decoded. Every other sequence, such as a terminal's answer to
//! somebody else's question, is swallowed as a whole: its letters would be keys that act.

use std::collections::VecDeque;
use std::mem;
use std::time::Duration;

use tokio::sync::mpsc::Receiver;

use crate::app::key::{Code, Held, Input, Key};
use crate::domain::Text;

/// How long a sequence may pause: a lone ESC that is followed by nothing for so long is the key.
const PAUSE: Duration = Duration::from_millis(30);

/// The longest sequence that is looked at; the rest of a longer one is swallowed with it.
const LONGEST: usize = 32;

/// The largest paste, in bytes; what is beyond is cut off.
const LARGEST_PASTE: usize = 1024 * 1024;

/// What ends a pasted text.
const PASTE_END: &[u8] = b"\x1b[201~";

const ESC: u8 = 0x1b;

/// Turns chunks of bytes into inputs, however the chunks were cut.
#[derive(Debug)]
pub struct Keyboard {
    chunks: Receiver<Vec<u8>>,
    decoder: Decoder,
    decoded: VecDeque<Input>,
}

impl Keyboard {
    /// A keyboard that sends these chunks; when they end, so do the inputs.
    pub fn new(chunks: Receiver<Vec<u8>>) -> Self {
        Self {
            chunks,
            decoder: Decoder::default(),
            decoded: VecDeque::new(),
        }
    }

    /// The next input. Nothing is lost when this is dropped while it waits.
    pub async fn next(&mut self) -> Option<Input> {
        loop {
            if let Some(input) = self.decoded.pop_front() {
                return Some(input);
            }
            tokio::select! { biased;
                chunk = self.chunks.recv() => self.decoded.extend(self.decoder.feed(&chunk?)),
                () = tokio::time::sleep(PAUSE), if self.decoder.is_inside() => {
                    self.decoded.extend(self.decoder.pause());
                }
            }
        }
    }
}

/// Where in a sequence the decoder is.
#[derive(Clone, Debug, Default)]
enum State {
    /// In none.
    #[default]
    Outside,
    /// In a character of several bytes: those that came, and how many there are.
    Character(Vec<u8>, usize),
    /// Behind ESC.
    Escape,
    /// Behind `ESC [`, with what came since.
    Control(Vec<u8>),
    /// Behind `ESC O`, or behind `ESC [ [` of the Linux console: one byte follows.
    Single(fn(u8) -> Option<Code>),
    /// In a string from the terminal, which ends with BEL or `ESC \`.
    Answer,
    /// In a pasted text.
    Paste(Vec<u8>),
}

/// Turns bytes into inputs one by one.
#[derive(Debug, Default)]
struct Decoder {
    state: State,
    /// The bytes of the sequence so far, if each of them ended a reading: a person may have typed them. A
    /// terminal sends a sequence in one piece, and only a line between may cut it.
    apart: Vec<u8>,
}

impl Decoder {
    /// What these bytes are, together with those before them.
    fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut inputs = Vec::new();
        if self.apart == [ESC] && bytes.first().is_some_and(|byte| !begins_sequence(*byte)) {
            inputs.extend(self.typed());
        }
        inputs.extend(bytes.iter().filter_map(|byte| self.step(*byte)));
        match bytes {
            [byte] if self.is_inside() => self.follow(*byte),
            [byte] if inputs.is_empty() && self.apart.len() == 2 => {
                inputs.extend(self.typed());
                inputs.extend(self.begin(*byte));
            }
            [.., ESC] if matches!(self.state, State::Escape) => self.apart = vec![ESC],
            _ => self.apart.clear(),
        }
        if !self.is_inside() {
            self.apart.clear();
        }
        inputs
    }

    /// A byte that was read alone, inside a sequence.
    fn follow(&mut self, byte: u8) {
        if byte == ESC {
            self.apart.clear();
        }
        if byte == ESC || !self.apart.is_empty() {
            self.apart.push(byte);
        }
    }

    /// What came apart was no sequence: the keys that it is.
    fn typed(&mut self) -> Vec<Input> {
        self.state = State::Outside;
        let key = |byte: &u8| match *byte {
            ESC => Input::Key(Key::plain(Code::Esc)),
            byte => Input::Key(ascii(byte)),
        };
        mem::take(&mut self.apart).iter().map(key).collect()
    }

    /// Whether a pause would mean something.
    fn is_inside(&self) -> bool {
        !matches!(self.state, State::Outside | State::Paste(_))
    }

    /// Nothing came for a while: a lone ESC was the key, and so was a letter behind it that came apart from
    /// it. Anything else was no sequence.
    fn pause(&mut self) -> Vec<Input> {
        if self.apart.len() == 2 {
            return self.typed();
        }
        self.apart.clear();
        let before = mem::take(&mut self.state);
        let lone = matches!(before, State::Escape);
        lone.then_some(Input::Key(Key::plain(Code::Esc)))
            .into_iter()
            .collect()
    }

    fn step(&mut self, byte: u8) -> Option<Input> {
        match mem::take(&mut self.state) {
            State::Outside => self.begin(byte),
            State::Character(bytes, length) => self.character(bytes, length, byte),
            State::Escape => self.escape(byte),
            State::Control(sequence) => self.control(sequence, byte),
            State::Single(code) => code(byte).map(Key::plain).map(Input::Key),
            State::Answer => self.answer(byte),
            State::Paste(text) => self.paste(text, byte),
        }
    }

    fn begin(&mut self, byte: u8) -> Option<Input> {
        match byte {
            ESC => {
                self.state = State::Escape;
                None
            }
            0xc2..=0xdf => self.character_of(byte, 2),
            0xe0..=0xef => self.character_of(byte, 3),
            0xf0..=0xf4 => self.character_of(byte, 4),
            0x80.. => None,
            _ => Some(Input::Key(ascii(byte))),
        }
    }

    fn character_of(&mut self, first: u8, length: usize) -> Option<Input> {
        self.state = State::Character(vec![first], length);
        None
    }

    fn character(&mut self, mut bytes: Vec<u8>, length: usize, byte: u8) -> Option<Input> {
        if !(0x80..=0xbf).contains(&byte) {
            return self.begin(byte);
        }
        bytes.push(byte);
        if bytes.len() < length {
            self.state = State::Character(bytes, length);
            return None;
        }
        let character = std::str::from_utf8(&bytes).ok()?.chars().next()?;
        let typed = Key::plain(Code::Char(character));
        (!character.is_control()).then_some(Input::Key(typed))
    }

    fn escape(&mut self, byte: u8) -> Option<Input> {
        match byte {
            b'[' => self.state = State::Control(Vec::new()),
            b'O' => self.state = State::Single(application_key),
            b']' | b'P' | b'X' | b'^' | b'_' => self.state = State::Answer,
            ESC => {
                self.state = State::Escape;
                return Some(Input::Key(Key::plain(Code::Esc)));
            }
            // A key with Alt, which not every terminal can send.
            _ => {}
        }
        None
    }

    fn control(&mut self, mut sequence: Vec<u8>, byte: u8) -> Option<Input> {
        match byte {
            b'[' if sequence.is_empty() => self.state = State::Single(console_key),
            0x20..=0x3f => {
                if sequence.len() < LONGEST {
                    sequence.push(byte);
                }
                self.state = State::Control(sequence);
            }
            b'~' if sequence == b"200" => self.state = State::Paste(Vec::new()),
            0x40..=0x7e => return control_key(&sequence, byte).map(Input::Key),
            ESC => self.state = State::Escape,
            _ => {}
        }
        None
    }

    fn answer(&mut self, byte: u8) -> Option<Input> {
        const BEL: u8 = 0x07;
        self.state = match byte {
            BEL => State::Outside,
            // What ends it is `ESC \`, and that is no key.
            ESC => State::Escape,
            _ => State::Answer,
        };
        None
    }

    fn paste(&mut self, mut text: Vec<u8>, byte: u8) -> Option<Input> {
        text.push(byte);
        if text.len() > LARGEST_PASTE + PASTE_END.len() {
            // From here on only the last bytes matter: they may be the end mark.
            text.remove(LARGEST_PASTE);
        }
        if !text.ends_with(PASTE_END) {
            self.state = State::Paste(text);
            return None;
        }
        text.truncate(text.len() - PASTE_END.len());
        let text = String::from_utf8_lossy(&text);
        Some(Input::Paste(Text::from(&*text)))
    }
}

/// Whether a byte behind ESC may begin a sequence. Behind an ESC that ended a reading every other one is a
/// key of its own: Alt, which it would be otherwise, is sent in one piece and is none of ours.
fn begins_sequence(byte: u8) -> bool {
    matches!(byte, b'[' | b'O' | b']' | b'P' | b'X' | b'^' | b'_' | ESC)
}

/// A key that is one byte below 0x80.
fn ascii(byte: u8) -> Key {
    match byte {
        b'\t' => Key::plain(Code::Tab),
        b'\r' => Key::plain(Code::Enter),
        // Terminals differ in which of the two their backspace sends.
        0x08 | 0x7f => Key::plain(Code::Backspace),
        0x00 => Key::control(' '),
        0x01..=0x1a => Key::control(char::from(byte | 0x60)),
        0x1b..=0x1f => Key::control(char::from(byte | 0x40)),
        _ => Key::plain(Code::Char(char::from(byte))),
    }
}

/// The key behind `ESC [`: numbers, then the last byte.
fn control_key(sequence: &[u8], last: u8) -> Option<Key> {
    let numbers = std::str::from_utf8(sequence).ok()?;
    let mut numbers = numbers.split(';').map(str::parse::<u8>);
    let first = numbers.next().and_then(Result::ok);
    if first.is_none() && !sequence.is_empty() {
        return None;
    }
    let held = match numbers.next() {
        None => Held::Nothing,
        Some(modifiers) => held(modifiers.ok()?)?,
    };
    let code = match last {
        b'~' => numbered_key(first?)?,
        b'Z' => Code::BackTab,
        _ => application_key(last)?,
    };
    Some(Key { code, held })
}

/// The number of a modifier is one more than the sum of Shift 1, Alt 2, Control 4; keys with Alt are
/// none of ours.
fn held(modifiers: u8) -> Option<Held> {
    match modifiers.checked_sub(1)? {
        0 | 1 => Some(Held::Nothing),
        4 | 5 => Some(Held::Control),
        _ => None,
    }
}

fn numbered_key(number: u8) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number - 10),
        17..=21 => Code::F(number - 11),
        23 | 24 => Code::F(number - 12),
        _ => return None,
    })
}

fn application_key(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'M' => Code::Enter,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

fn console_key(last: u8) -> Option<Code> {
    matches!(last, b'A'..=b'E').then(|| Code::F(last - b'A' + 1))
}
