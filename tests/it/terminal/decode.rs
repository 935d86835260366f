//! Tests of the way from bytes to inputs: one table, and the cuts that a slow line makes.

use std::time::Duration;

use orgdeck::app::key::{Code, Held, Input, Key};
use orgdeck::domain::Text;
use orgdeck::terminal::Keyboard;
use tokio::sync::mpsc::{Sender, channel};

fn keyboard() -> (Sender<Vec<u8>>, Keyboard) {
    let (chunks, queue) = channel(100_000);
    (chunks, Keyboard::new(queue))
}

/// What these chunks are, when nothing follows.
async fn inputs(chunks: &[&[u8]]) -> Vec<Input> {
    let (sender, mut keyboard) = keyboard();
    for chunk in chunks {
        sender.send(chunk.to_vec()).await.unwrap();
    }
    // A pause longer than any that means something, and then the end.
    let end = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        drop(sender);
    };
    let all = async {
        let mut all = Vec::new();
        while let Some(input) = keyboard.next().await {
            all.push(input);
        }
        all
    };
    tokio::join!(end, all).1
}

fn key(code: Code) -> Input {
    Input::Key(Key::plain(code))
}

fn control(code: Code) -> Input {
    let held = Held::Control;
    Input::Key(Key { code, held })
}

fn typed(text: &str) -> Vec<Input> {
    text.chars().map(|c| key(Code::Char(c))).collect()
}

fn paste(text: &str) -> Input {
    Input::Paste(Text::from(text))
}

/// Bytes, and the one input that they are.
fn table() -> Vec<(&'static [u8], Input)> {
    let plain: &[(&[u8], Code)] = &[
        (b"j", Code::Char('j')),
        (b" ", Code::Char(' ')),
        ("ü".as_bytes(), Code::Char('ü')),
        ("漢".as_bytes(), Code::Char('漢')),
        ("🦀".as_bytes(), Code::Char('🦀')),
        (b"\r", Code::Enter),
        (b"\x1bOM", Code::Enter),
        (b"\t", Code::Tab),
        (b"\x1b[Z", Code::BackTab),
        (b"\x7f", Code::Backspace),
        (b"\x08", Code::Backspace),
        (b"\x1b", Code::Esc),
        (b"\x1b[A", Code::Up),
        (b"\x1bOA", Code::Up),
        (b"\x1b[1;2A", Code::Up),
        (b"\x1b[B", Code::Down),
        (b"\x1b[C", Code::Right),
        (b"\x1b[D", Code::Left),
        (b"\x1b[H", Code::Home),
        (b"\x1bOH", Code::Home),
        (b"\x1b[1~", Code::Home),
        (b"\x1b[7~", Code::Home),
        (b"\x1b[F", Code::End),
        (b"\x1b[4~", Code::End),
        (b"\x1b[8~", Code::End),
        (b"\x1b[3~", Code::Delete),
        (b"\x1b[5~", Code::PageUp),
        (b"\x1b[6~", Code::PageDown),
        (b"\x1bOP", Code::F(1)),
        (b"\x1b[11~", Code::F(1)),
        (b"\x1b[[A", Code::F(1)),
        (b"\x1bOQ", Code::F(2)),
        (b"\x1b[[E", Code::F(5)),
        (b"\x1b[15~", Code::F(5)),
        (b"\x1b[17~", Code::F(6)),
        (b"\x1b[21~", Code::F(10)),
        (b"\x1b[24~", Code::F(12)),
    ];
    let held: &[(&[u8], Code)] = &[
        (b"\x00", Code::Char(' ')),
        (b"\x03", Code::Char('c')),
        (b"\n", Code::Char('j')),
        (b"\x1a", Code::Char('z')),
        (b"\x1c", Code::Char('\\')),
        (b"\x1f", Code::Char('_')),
        (b"\x1b[1;5A", Code::Up),
        (b"\x1b[3;5~", Code::Delete),
        (b"\x1b[1;6P", Code::F(1)),
    ];
    let plain = plain.iter().map(|(bytes, code)| (*bytes, key(*code)));
    let held = held.iter().map(|(bytes, code)| (*bytes, control(*code)));
    plain.chain(held).collect()
}

#[tokio::test(start_paused = true)]
async fn every_key_is_known_by_its_bytes() {
    for (bytes, input) in table() {
        let name = bytes.escape_ascii();
        assert_eq!(inputs(&[bytes]).await, [input], "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_may_come_byte_by_byte() {
    for (bytes, input) in table() {
        let chunks: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(inputs(&chunks).await, [input], "{}", bytes.escape_ascii());
    }
}

#[tokio::test(start_paused = true)]
async fn keys_follow_one_another() {
    let everything: Vec<u8> = table()
        .iter()
        .filter(|(bytes, _)| *bytes != b"\x1b")
        .flat_map(|(bytes, _)| bytes.to_vec())
        .collect();
    let expected: Vec<Input> = table()
        .into_iter()
        .filter(|(bytes, _)| *bytes != b"\x1b")
        .map(|(_, input)| input)
        .collect();
    assert_eq!(inputs(&[&everything]).await, expected);
}

/// Nothing of what is in here may become a key that acts.
#[tokio::test(start_paused = true)]
async fn what_is_no_key_is_swallowed_as_a_whole() {
    let sequences: &[&[u8]] = &[
        b"\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
        b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
        b"\x1bP1$r0q\x1b\\",
        b"\x1b_Gi=31;OK\x1b\\",
        b"\x1b[?62;22c",
        b"\x1b[?2026;2$y",
        b"\x1b[24;80R",
        b"\x1b[<0;35;12M",
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[2~",
        b"\x1b[999~",
        b"\x1b[1;3A",
        b"\x1b[1;99A",
        b"\x1b[;5A",
        b"\x1b[0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0m",
        b"\x1bD",
        "\x1bü".as_bytes(),
        b"\x1b[[Z",
        b"\x1bOz",
        "\u{85}\u{9b}".as_bytes(),
        b"\x80\xff\xc0\xaf",
        b"\xe6\xbc",
        b"\xed\xa0\x80",
    ];
    for bytes in sequences {
        let name = bytes.escape_ascii();
        let chunks: [&[u8]; 2] = [bytes, b"j"];
        assert_eq!(inputs(&chunks).await, typed("j"), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_sequence_that_breaks_off_costs_no_later_key() {
    for bytes in [
        &b"\x1b["[..],
        b"\x1b[1;",
        b"\x1bO",
        b"\x1b]",
        b"\x1bP0",
        b"\xe6",
    ] {
        let (sender, mut keyboard) = keyboard();
        sender.send(bytes.to_vec()).await.unwrap();
        let waited = tokio::time::timeout(Duration::from_millis(100), keyboard.next()).await;
        assert!(waited.is_err(), "{}", bytes.escape_ascii());
        sender.send(b"D".to_vec()).await.unwrap();
        let next = keyboard.next().await;
        assert_eq!(next, Some(key(Code::Char('D'))), "{}", bytes.escape_ascii());
    }
}

#[tokio::test(start_paused = true)]
async fn an_escape_is_the_key_after_a_pause_and_a_beginning_before_it() {
    let (sender, mut keyboard) = keyboard();
    let start = tokio::time::Instant::now();
    sender.send(b"\x1b".to_vec()).await.unwrap();
    assert_eq!(keyboard.next().await, Some(key(Code::Esc)));
    assert_eq!(start.elapsed(), Duration::from_millis(30));

    sender.send(b"\x1b".to_vec()).await.unwrap();
    let slow_line = async {
        tokio::time::sleep(Duration::from_millis(29)).await;
        sender.send(b"[A".to_vec()).await.unwrap();
    };
    let (input, ()) = tokio::join!(keyboard.next(), slow_line);
    assert_eq!(input, Some(key(Code::Up)));
}

#[tokio::test(start_paused = true)]
async fn two_escapes_are_two_keys() {
    assert_eq!(
        inputs(&[b"\x1b\x1b"]).await,
        [key(Code::Esc), key(Code::Esc)]
    );
    assert_eq!(
        inputs(&[b"\x1b\x1b[A"]).await,
        [key(Code::Esc), key(Code::Up)]
    );
}

#[tokio::test(start_paused = true)]
async fn a_paste_is_one_text_whatever_is_in_it() {
    let text = "D\r\n\x1b[A\x03\u{9b}ü\t漢";
    let bytes = format!("a\x1b[200~{text}\x1b[201~b");
    let expected = [typed("a"), vec![paste(text)], typed("b")].concat();
    assert_eq!(inputs(&[bytes.as_bytes()]).await, expected);
    let chunks: Vec<&[u8]> = bytes.as_bytes().chunks(1).collect();
    assert_eq!(inputs(&chunks).await, expected);
}

/// A slow line may pause in the middle of a paste: what follows is text still.
#[tokio::test(start_paused = true)]
async fn a_pause_does_not_end_a_paste() {
    let (sender, mut keyboard) = keyboard();
    sender.send(b"\x1b[200~one".to_vec()).await.unwrap();
    let slow_line = async {
        tokio::time::sleep(Duration::from_mins(1)).await;
        sender.send(b"D\r\x1b[201~".to_vec()).await.unwrap();
    };
    let (input, ()) = tokio::join!(keyboard.next(), slow_line);
    assert_eq!(input, Some(paste("oneD\r")));
}

#[tokio::test(start_paused = true)]
async fn a_paste_has_a_largest_size() {
    let most = 1024 * 1024;
    let long = "x".repeat(most + 1000);
    let bytes = format!("\x1b[200~{long}\x1b[201~D");
    let inputs = inputs(&[bytes.as_bytes()]).await;
    assert_eq!(inputs, [paste(&long[..most]), key(Code::Char('D'))]);
}

#[tokio::test(start_paused = true)]
async fn bytes_that_are_no_text_do_not_end_a_paste() {
    assert_eq!(
        inputs(&[b"\x1b[200~\xff\xe6\x1b[20\x1b[201~"]).await,
        [paste("\u{fffd}\u{fffd}\x1b[20")]
    );
}

/// Somebody types Esc and a letter in quick succession: each is read alone, within a few milliseconds.
#[tokio::test(start_paused = true)]
async fn an_escape_and_a_letter_that_are_read_apart_are_two_keys() {
    for letter in ["O", "[", "P", "]", "_", "X", "D", "j", "q"] {
        let esc = key(Code::Esc);
        let expected: Vec<Input> = [vec![esc], typed(letter)].concat();
        assert_eq!(
            inputs(&[b"\x1b", letter.as_bytes()]).await,
            expected,
            "{letter}"
        );
    }
    let chunks: &[&[u8]] = &[b"\x1b", b"O", b"x"];
    assert_eq!(
        inputs(chunks).await,
        [vec![key(Code::Esc)], typed("Ox")].concat()
    );
    let chunks: &[&[u8]] = &[b"jk\x1b", b"D"];
    assert_eq!(
        inputs(chunks).await,
        [typed("jk"), vec![key(Code::Esc)], typed("D")].concat()
    );
}

/// A line may cut a sequence behind its ESC; what then comes in one piece is none of a person's keys.
#[tokio::test(start_paused = true)]
async fn a_sequence_that_a_line_has_cut_is_one_key_or_none() {
    for (rest, expected) in [
        (&b"[A"[..], vec![key(Code::Up)]),
        (b"OP", vec![key(Code::F(1))]),
        (b"[24;80R", Vec::new()),
        (b"]11;rgb:0/0/0\x07", Vec::new()),
        (b"Oz", Vec::new()),
    ] {
        let name = rest.escape_ascii();
        assert_eq!(inputs(&[b"\x1b", rest]).await, expected, "{name}");
        let after: [&[u8]; 3] = [b"\x1b", rest, b"j"];
        assert_eq!(
            inputs(&after).await,
            [expected, typed("j")].concat(),
            "{name}"
        );
    }
}
