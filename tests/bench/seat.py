"""A program on a pseudo terminal: its screen, when its bytes came, its memory and its time."""

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import tempfile
import termios
import time
import unicodedata

FRAME = b"\x1b[?2026l"
SEQUENCE = re.compile(r"\x1b\[([?\d;]*)([A-Za-z])")
TICKS = os.sysconf("SC_CLK_TCK")


class Screen:
    """As much of a terminal as the program's pen needs."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.lines = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0

    def feed(self, text):
        at = 0
        while at < len(text):
            if text[at] == "\x1b" and (found := SEQUENCE.match(text, at)):
                self.obey(*found.groups())
                at = found.end()
                continue
            self.put(text[at])
            at += 1

    def obey(self, given, command):
        if command == "J":
            self.lines = [[" "] * self.columns for _ in range(self.rows)]
        elif command == "H":
            row, column = (given.split(";") + ["1"])[:2] if given else ("1", "1")
            self.row, self.column = int(row) - 1, int(column) - 1
        elif command == "G":
            self.column = int(given) - 1

    def put(self, one):
        width = 0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        if width and self.row < self.rows and self.column < self.columns:
            self.lines[self.row][self.column] = one
        self.column += width

    def text(self):
        return "\n".join("".join(line) for line in self.lines)


class Seat:
    """The program with somebody at its keys."""

    def __init__(self, program, arguments, home, size=(120, 36)):
        self.screen, self.bytes, self.rest = Screen(*size), 0, b""
        self.terminal, own = pty.openpty()
        fcntl.ioctl(own, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        environment = {"HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self.begun = time.monotonic()
        # A group of its own, as a shell gives one: only then can it be stopped.
        self.process = subprocess.Popen([program, *arguments], stdin=own, stdout=own, stderr=own, env=environment, process_group=0)
        self.pid = self.process.pid
        os.close(own)
        os.set_blocking(self.terminal, False)

    def frame(self, limit):
        """Takes what comes until a frame has ended: when that was; none where the time is over."""
        end = time.monotonic() + limit
        while True:
            if FRAME in self.rest:
                frame, self.rest = self.rest.split(FRAME, 1)
                self.screen.feed(frame.decode("utf-8", "replace"))
                return self.came
            ready, _, _ = select.select([self.terminal], [], [], max(0, end - time.monotonic()))
            if not ready:
                return None
            try:
                chunk = os.read(self.terminal, 1 << 20)
            except OSError:
                return None
            self.came = time.monotonic()
            self.bytes += len(chunk)
            self.rest += chunk
            if not chunk:
                return None

    def until(self, so, limit=30, what="it"):
        """Waits until the screen is so: how long that took."""
        begun = time.monotonic()
        while not so(self.screen.text()):
            if self.frame(begun + limit - time.monotonic()) is None:
                raise AssertionError(f"{what} did not come within {limit} s:\n{self.screen.text()}")
        return getattr(self, "came", begun) - begun

    def sees(self, *words, limit=30):
        return self.until(lambda text: all(word in text for word in words), limit, str(words))

    def types(self, keys):
        keys = keys if isinstance(keys, bytes) else keys.encode()
        while keys:
            try:
                keys = keys[os.write(self.terminal, keys):]
            except BlockingIOError:
                self.frame(0.01)

    def key(self, key, so=None, limit=5):
        """Presses a key and waits for the frame that shows it: how long that took, in milliseconds."""
        before = self.screen.text()
        so = so or (lambda text: text != before)
        begun = time.monotonic()
        self.types(key)
        while self.frame(begun + limit - time.monotonic()) is not None:
            if so(self.screen.text()):
                return (self.came - begun) * 1000
        raise AssertionError(f"{key!r} shows nothing:\n{self.screen.text()}")

    def drain(self, seconds):
        """Takes what comes for so long: how many bytes it was."""
        before, end = self.bytes, time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.frame(left)
        return self.bytes - before

    def memory(self, which="VmRSS"):
        """Resident memory in MiB, or its peak (VmHWM)."""
        with open(f"/proc/{self.pid}/status") as status:
            return int(re.search(rf"{which}:\s+(\d+) kB", status.read())[1]) / 1024

    def time(self):
        """Seconds of processor time so far."""
        with open(f"/proc/{self.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def ends(self, limit=30):
        """Waits for its end: how long that took, in milliseconds."""
        begun = time.monotonic()
        while self.process.poll() is None:
            assert time.monotonic() < begun + limit, "it does not end"
            if self.terminal is None:
                time.sleep(0.002)
            else:
                self.frame(0.002)
        return (time.monotonic() - begun) * 1000

    def signal(self, number):
        os.kill(self.pid, number)

    def hang_up(self):
        os.close(self.terminal)
        self.terminal = None

    def close(self):
        self.process.kill()
        self.process.wait()
        if self.terminal is not None:
            os.close(self.terminal)


class Home:
    """A home with a configuration, for as long as it is used."""

    def __init__(self, **profiles):
        self.path = tempfile.mkdtemp()
        os.makedirs(f"{self.path}/.config/orgdeck")
        with open(os.open(f"{self.path}/token", os.O_CREAT | os.O_WRONLY, 0o600), "w") as token:
            token.write(next((face["token"] for face in profiles.values()), "none"))
        lines = [
            f'[profiles.{name}]\nprovider = "{name}"\nurl = "{face["url"]}"\ntoken = {{ file = "{self.path}/token" }}\n'
            for name, face in profiles.items()
        ]
        self.write("".join(lines))

    def write(self, config):
        with open(f"{self.path}/.config/orgdeck/config.toml", "w") as file:
            file.write(config)

    def close(self):
        shutil.rmtree(self.path, ignore_errors=True)
