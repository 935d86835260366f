//! This process's terminal: its events as inputs, its size, its signals.

use std::io;

use crossterm::event::{Event, EventStream, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use futures_util::{Stream, StreamExt, future};
use rustix::process::{Signal, getpid, kill_process};
use tokio::signal::unix::{SignalKind, signal};

use crate::app::key::{Code, Held, Input, Key, Size};
use crate::domain::Text;

/// The size of the terminal.
///
/// # Errors
/// When there is no terminal.
pub fn size() -> io::Result<Size> {
    let (width, height) = crossterm::terminal::size()?;
    Ok(Size { width, height })
}

/// Everything that is typed, pasted or resized, until the terminal is gone; a stop signal from outside
/// is among it.
///
/// # Errors
/// When signals cannot be listened to.
pub fn inputs() -> io::Result<impl Stream<Item = Input> + Unpin> {
    let events = EventStream::new()
        .take_while(|event| future::ready(event.is_ok()))
        .filter_map(|event| future::ready(event.ok().and_then(input)));
    let stops = signal(SignalKind::from_raw(Signal::TSTP.as_raw()))?;
    let stops = futures_util::stream::unfold(stops, |mut stops| async {
        stops.recv().await.map(|()| (Input::Stop, stops))
    });
    // The end of the events is the end of everything; the stop signals alone keep nothing alive.
    let ended = events
        .map(Some)
        .chain(futures_util::stream::once(future::ready(None)));
    let both = futures_util::stream::select(ended, stops.map(Some));
    Ok(Box::pin(
        both.take_while(|input| future::ready(input.is_some()))
            .filter_map(future::ready),
    ))
}

fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(event) => key(event).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(Text::from(text))),
        Event::Resize(width, height) => Some(Input::Size(Size { width, height })),
        Event::FocusGained | Event::FocusLost | Event::Mouse(_) => None,
    }
}

/// A key of the terminal as the core knows it; `None` for releases and for keys that not every
/// terminal can send.
pub fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    if event.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    let held = if control {
        Held::Control
    } else {
        Held::Nothing
    };
    Some(Key {
        code: code(event.code)?,
        held,
    })
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "keys that few terminals send are no keys of ours"
)]
fn code(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Char(character) => Code::Char(character),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    })
}

/// Stops this process as `Ctrl-Z` would; returns when it is continued.
pub(super) fn stop_process() {
    // SIGSTOP and not SIGTSTP, which is listened to.
    let _ = kill_process(getpid(), Signal::STOP);
}

/// Waits for a signal that ends the program: its number.
///
/// # Errors
/// When signals cannot be listened to.
pub async fn ended_by_signal() -> io::Result<i32> {
    let mut hangup = signal(SignalKind::hangup())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut quit = signal(SignalKind::quit())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let kind = tokio::select! {
        _ = hangup.recv() => SignalKind::hangup(),
        _ = interrupt.recv() => SignalKind::interrupt(),
        _ = quit.recv() => SignalKind::quit(),
        _ = terminate.recv() => SignalKind::terminate(),
    };
    Ok(kind.as_raw_value())
}
