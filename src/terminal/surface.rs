//! The surface: frames leave on a thread of their own, one write each, so that a slow terminal never
//! holds the loop up.

use std::io::{self, Write};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use tokio::sync::watch;

use super::{Output, guard};

/// A way out for frames.
pub struct Surface {
    frames: Option<Sender<Vec<u8>>>,
    sent: usize,
    written: watch::Receiver<usize>,
    thread: Option<JoinHandle<()>>,
}

impl Surface {
    /// A surface over a writer, such as standard output.
    pub fn over(mut out: impl Write + Send + 'static) -> Self {
        let (frames, queue) = channel::<Vec<u8>>();
        let (count, written) = watch::channel(0);
        let thread = std::thread::spawn(move || {
            for frame in queue {
                // A terminal that is gone takes nothing; the session ends by its signal.
                let _ = out.write_all(&frame).and_then(|()| out.flush());
                count.send_modify(|count| *count += 1);
            }
        });
        Self {
            frames: Some(frames),
            sent: 0,
            written,
            thread: Some(thread),
        }
    }

    fn wait(&self) {
        while *self.written.borrow() < self.sent && !self.is_over() {
            std::thread::yield_now();
        }
    }

    fn is_over(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl Output for Surface {
    fn send(&mut self, frame: Vec<u8>) -> io::Result<()> {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let frames = self.frames.as_ref().ok_or_else(gone)?;
        frames.send(frame).map_err(|_| gone())?;
        self.sent += 1;
        Ok(())
    }

    async fn ready(&self) {
        let mut written = self.written.clone();
        let sent = self.sent;
        // The sender goes only with the thread, and then nothing is left to wait for.
        let _ = written.wait_for(|written| *written >= sent).await;
    }

    fn suspend(&mut self) {
        self.wait();
        guard::restore();
        super::local::stop_process();
        // Without a terminal to come back to there is nothing to draw on.
        let _ = guard::take();
    }
}
