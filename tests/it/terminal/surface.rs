//! Tests of the way out for frames.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use futures_util::FutureExt as _;
use orgdeck::terminal::{Output as _, Surface};

/// Tells of every write; each waits until it may go on.
struct Slow {
    written: Sender<Vec<u8>>,
    go_on: Receiver<()>,
}

impl Write for Slow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.written.send(bytes.to_vec()).unwrap();
        self.go_on
            .recv()
            .map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn slow() -> (Surface, Receiver<Vec<u8>>, Sender<()>) {
    let (written, writes) = channel();
    let (go, go_on) = channel();
    (Surface::over(Slow { written, go_on }), writes, go)
}

#[tokio::test]
async fn a_frame_is_one_write_and_ready_when_it_has_left() {
    let (mut surface, writes, go) = slow();
    assert_eq!(surface.ready().now_or_never(), Some(()));
    surface.send(vec![b'x'; 100_000]).unwrap();
    assert_eq!(writes.recv().unwrap().len(), 100_000);
    assert_eq!(surface.ready().now_or_never(), None);
    go.send(()).unwrap();
    surface.ready().await;
    assert!(writes.try_recv().is_err());
}

#[tokio::test]
async fn the_end_waits_for_the_last_frame() {
    let (mut surface, writes, go) = slow();
    surface.send(b"last".to_vec()).unwrap();
    assert_eq!(writes.recv().unwrap(), b"last");
    go.send(()).unwrap();
    drop(surface);
    assert!(writes.try_recv().is_err());
}

#[tokio::test]
async fn a_stuck_terminal_does_not_hold_the_end_up() {
    let (mut surface, writes, _go) = slow();
    surface.send(b"stuck".to_vec()).unwrap();
    assert_eq!(writes.recv().unwrap(), b"stuck");
    let start = tokio::time::Instant::now();
    drop(surface);
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_terminal_that_is_gone_is_always_ready() {
    let (mut surface, writes, go) = slow();
    drop(go);
    surface.send(b"nobody".to_vec()).unwrap();
    surface.ready().await;
    assert_eq!(writes.recv().unwrap(), b"nobody");
}
