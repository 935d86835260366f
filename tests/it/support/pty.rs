//! A terminal as a program sees it: the program runs on it, every byte that it writes is kept, and
//! afterwards it tells in which state it was left.
//!
//! It is nobody's controlling terminal, so the program hears of its end by the end of its input alone.

use std::collections::BTreeSet;
use std::io::PipeWriter;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitStatus};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcgetattr, tcsetwinsize};

/// The longest that anything may take; nothing waits for it when all is well.
const LIMIT: Duration = Duration::from_secs(20);

/// A terminal with a program on it.
pub(crate) struct Pty {
    terminal: Option<Arc<OwnedFd>>,
    reader: Option<(PipeWriter, JoinHandle<()>)>,
    chunks: Receiver<Vec<u8>>,
    /// Everything that was written so far.
    pub(crate) seen: Vec<u8>,
    ended: Receiver<ExitStatus>,
    status: Option<ExitStatus>,
    pid: Pid,
}

/// The modes of a terminal that a shell cares about.
pub(crate) type Modes = String;

impl Pty {
    /// Starts a program on a new terminal of this size.
    pub(crate) fn start(mut command: Command, (columns, rows): (u16, u16)) -> Self {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | private()).unwrap();
        fcntl_setfd(&terminal, FdFlags::CLOEXEC).unwrap();
        grantpt(&terminal).unwrap();
        unlockpt(&terminal).unwrap();
        let name = ptsname(&terminal, Vec::new()).unwrap();
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = open(&*name, flags, Mode::empty()).unwrap();
        tcsetwinsize(&slave, size(columns, rows)).unwrap();
        let copy = || slave.as_fd().try_clone_to_owned().unwrap();
        let child = command.stdin(copy()).stdout(copy()).stderr(copy());
        // A group of its own, as a shell that knows jobs gives one.
        let mut child = child.process_group(0).spawn().unwrap();
        // The command holds the terminal open as well.
        drop((command, slave));
        let pid = Pid::from_child(&child);
        let terminal = Arc::new(terminal);
        let (reader, chunks) = read(Arc::clone(&terminal));
        let (tell, ended) = channel();
        thread::spawn(move || tell.send(child.wait().unwrap()));
        Self {
            terminal: Some(terminal),
            reader: Some(reader),
            chunks,
            seen: Vec::new(),
            ended,
            status: None,
            pid,
        }
    }

    /// Types these bytes.
    pub(crate) fn types(&self, keys: &str) {
        let terminal = self.terminal.as_ref().unwrap();
        rustix::io::write(terminal, keys.as_bytes()).unwrap();
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// Gives the terminal another size, and tells the program.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        tcsetwinsize(self.terminal.as_ref().unwrap(), size(columns, rows)).unwrap();
        self.signal(Signal::WINCH);
    }

    /// Waits until this was written, at or behind `from`; gives the place behind it.
    pub(crate) fn wait_for(&mut self, wanted: &str, from: usize) -> usize {
        let end = self.comes(wanted, from);
        end.unwrap_or_else(|| panic!("{wanted:?} did not come: {:?}", self.text()))
    }

    /// The same; none where it does not come.
    pub(crate) fn comes(&mut self, wanted: &str, from: usize) -> Option<usize> {
        loop {
            if let Some(at) = find(&self.seen[from..], wanted.as_bytes()) {
                return Some(from + at + wanted.len());
            }
            self.seen.extend(self.chunks.recv_timeout(LIMIT).ok()?);
        }
    }

    /// Waits until the program is stopped.
    pub(crate) fn wait_stopped(&self) {
        let options = WaitIdOptions::STOPPED | WaitIdOptions::NOWAIT;
        let status = waitid(WaitId::Pid(self.pid), options).unwrap().unwrap();
        assert!(status.stopped(), "{status:?}");
    }

    /// Waits for the program's end and for all that it wrote: its exit code, or 1000 and more for a
    /// signal that killed it.
    pub(crate) fn wait_end(&mut self) -> i32 {
        let status = self.ended.recv_timeout(LIMIT);
        let status = *self.status.insert(status.expect("the program ends"));
        while let Ok(chunk) = self.chunks.recv_timeout(LIMIT) {
            self.seen.extend(chunk);
        }
        let signal = || 1000 + status.signal().unwrap();
        status.code().unwrap_or_else(signal)
    }

    /// Takes the terminal away.
    pub(crate) fn hang_up(&mut self) {
        let (stop, reader) = self.reader.take().unwrap();
        drop(stop);
        reader.join().unwrap();
        self.terminal = None;
    }

    /// The modes as they are now.
    pub(crate) fn modes(&self) -> Modes {
        let modes = tcgetattr(self.terminal.as_ref().unwrap()).unwrap();
        format!(
            "{:?} {:?} {:?}",
            modes.input_modes, modes.output_modes, modes.local_modes
        )
    }

    /// Everything that was written, as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }

    /// Whether a mode of the terminal, such as `?1049`, is switched on by what was written last.
    pub(crate) fn is_on(&self, mode: &str) -> bool {
        let text = self.text();
        let last = |end| text.rfind(&format!("\x1b[{mode}{end}"));
        last('h') > last('l')
    }

    /// The private modes that were ever switched, without those that are as a shell has them: the cursor
    /// shown, lines that wrap, everything else off.
    pub(crate) fn odd_modes(&self) -> Vec<String> {
        let text = self.text();
        let starts = text.split("\x1b[?").skip(1);
        let modes = starts.filter_map(|rest| rest.split_once(['h', 'l']).map(|(mode, _)| mode));
        let numbers = modes.filter(|mode| mode.bytes().all(|byte| byte.is_ascii_digit()));
        let modes: BTreeSet<&str> = numbers.collect();
        let is_odd = |mode: &&str| self.is_on(&format!("?{mode}")) != ["25", "7"].contains(mode);
        modes
            .into_iter()
            .filter(is_odd)
            .map(str::to_owned)
            .collect()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if self.status.is_none() && self.ended.try_recv().is_err() {
            // A test that failed half-way leaves nothing running.
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

/// A program that inherits this side of a terminal keeps it alive, so it is closed for them from the
/// first moment on where the system can do that.
fn private() -> OpenptFlags {
    #[cfg(target_os = "linux")]
    return OpenptFlags::CLOEXEC;
    #[cfg(not(target_os = "linux"))]
    OpenptFlags::empty()
}

fn size(columns: u16, rows: u16) -> Winsize {
    Winsize {
        ws_col: columns,
        ws_row: rows,
        ws_xpixel: 0,
        ws_ypixel: 0,
    }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|part| part == wanted)
}

type Reader = (PipeWriter, JoinHandle<()>);

/// Reads on a thread until the program's side is closed, or the pipe's writer is dropped.
fn read(terminal: Arc<OwnedFd>) -> (Reader, Receiver<Vec<u8>>) {
    let (stopped, stop) = std::io::pipe().unwrap();
    let (chunks, queue) = channel();
    let thread = thread::spawn(move || {
        let mut bytes = vec![0; 65_536];
        loop {
            let mut ready = [
                PollFd::new(&stopped, PollFlags::IN),
                PollFd::new(&terminal, PollFlags::IN),
            ];
            poll(&mut ready, None).unwrap();
            if !ready[0].revents().is_empty() {
                break;
            }
            match rustix::io::read(&*terminal, &mut bytes) {
                Ok(count @ 1..) => drop(chunks.send(bytes[..count].to_vec())),
                // Linux says EIO where others say that it is the end.
                Ok(0) | Err(_) => break,
            }
        }
    });
    ((stop, thread), queue)
}
