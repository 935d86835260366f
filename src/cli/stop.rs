//! Being told to stop: before anything is sent a signal ends a command at once; after that the first one
//! lets the request under way come to its end, and the second does not.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

use tokio_util::sync::CancellationToken;

use super::complaint::Halt;
use crate::terminal::local;

/// Shared between the command and whoever hears signals.
#[derive(Clone, Default)]
pub(super) struct Stop {
    told: CancellationToken,
    sending: Arc<AtomicBool>,
    signal: Arc<AtomicI32>,
}

impl Stop {
    /// From now on requests go out that change something.
    pub(super) fn sending(&self) {
        self.sending.store(true, Ordering::SeqCst);
    }

    /// Waits until it is to stop.
    pub(super) async fn told(&self) {
        self.told.cancelled().await;
    }

    /// The signal that said so.
    pub(super) fn signal(&self) -> Option<i32> {
        self.told
            .is_cancelled()
            .then(|| self.signal.load(Ordering::SeqCst))
    }

    /// Runs a command until it is done or told to stop.
    pub(super) async fn guard(
        &self,
        work: impl Future<Output = Result<u8, Halt>>,
    ) -> Result<u8, Halt> {
        let mut work = std::pin::pin!(work);
        let first = local::ended_by(super::ENDS)?;
        let signal = tokio::select! {
            signal = first => signal,
            result = &mut work => return result,
        };
        if !self.sending.load(Ordering::SeqCst) {
            return Err(Halt::Signal(signal));
        }
        let second = local::ended_by(super::ENDS)?;
        self.signal.store(signal, Ordering::SeqCst);
        self.told.cancel();
        tokio::select! {
            signal = second => Err(Halt::Signal(signal)),
            result = work => result,
        }
    }
}
