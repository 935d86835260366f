//! The surface: frames leave on a thread of their own, one write each, so that a slow terminal never
//! holds the loop up.

use std::io::{self, Write};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use tokio::sync::watch;

use super::{Output, guard, local};

/// How long the last frame has to leave before the terminal is given back without it.
const PATIENCE: Duration = Duration::from_millis(300);

/// A way out for frames.
pub struct Surface {
    orders: Sender<Order>,
    sent: usize,
    left: watch::Receiver<usize>,
}

/// What the thread is told to do.
enum Order {
    Write(Vec<u8>),
    /// Tell that everything before this has left.
    Tell(Sender<()>),
}

impl Surface {
    /// A surface over a writer.
    pub fn over(mut out: impl Write + Send + 'static) -> Self {
        let (orders, queue) = channel();
        let (count, left) = watch::channel(0);
        std::thread::spawn(move || {
            for order in queue {
                match order {
                    Order::Write(frame) => {
                        // A terminal that is gone takes nothing; the end of its input ends the session.
                        let _ = out.write_all(&frame).and_then(|()| out.flush());
                        count.send_modify(|count| *count += 1);
                    }
                    // Whoever asked may have lost patience.
                    Order::Tell(waiting) => drop(waiting.send(())),
                }
            }
        });
        Self {
            orders,
            sent: 0,
            left,
        }
    }

    /// Waits until everything has left, on a terminal that takes it.
    fn settle(&self) {
        let (waiting, told) = channel();
        if self.orders.send(Order::Tell(waiting)).is_ok() {
            let _ = told.recv_timeout(PATIENCE);
        }
    }
}

impl Output for Surface {
    fn send(&mut self, frame: Vec<u8>) -> io::Result<()> {
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.orders.send(Order::Write(frame)).map_err(gone)?;
        self.sent += 1;
        Ok(())
    }

    async fn ready(&self) {
        let mut left = self.left.clone();
        // The sender goes only with the thread, and then nothing is left to wait for.
        let _ = left.wait_for(|left| *left >= self.sent).await;
    }

    fn suspend(&mut self) {
        self.settle();
        guard::restore();
        local::stop_process();
        // Without a terminal to come back to there is nothing to draw on.
        let _ = guard::take();
    }
}

impl Drop for Surface {
    /// No frame may leave once the terminal has been given back.
    fn drop(&mut self) {
        self.settle();
    }
}
