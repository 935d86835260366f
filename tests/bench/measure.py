#!/usr/bin/env python3
"""What the bars say in milliseconds, bytes or MiB, measured from outside; tests/bench/run starts it."""

import json
import re
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

import faces
from seat import Home, Screen, Seat

PROGRAM = sys.argv[1]
WANTED = sys.argv[2:]
ESC, ENTER = "\x1b", "\r"

MEASURES = []


def measure(name):
    """Marks a function that yields (what, value, unit, bar): it holds as long as value <= bar."""
    return lambda function: MEASURES.append((name, function))


def p99(values):
    values = sorted(values)
    return values[max(0, -(-len(values) * 99 // 100) - 1)]


def seat_on(stack, face, service="clerk", *options, size=(120, 36)):
    home = Home(**{service: face})
    stack.callback(home.close)
    seat = Seat(PROGRAM, list(options), home.path, size)
    stack.callback(seat.close)
    return seat


def sandbox(stack, *options):
    box = faces.Sandbox(PROGRAM, *options)
    stack.callback(box.close)
    return box.faces


def demo(stack, *options):
    home = Home()
    stack.callback(home.close)
    seat = Seat(PROGRAM, ["--demo", *options], home.path)
    stack.callback(seat.close)
    seat.sees("Acme Shop", "Quay Services", "Members")
    seat.drain(1)
    return seat


def run(home, *words, limit=60, env=None):
    begun = time.monotonic()
    environment = {"HOME": home.path, "LANG": "C.UTF-8", **(env or {})}
    done = subprocess.run([PROGRAM, *words], env=environment, capture_output=True, text=True, timeout=limit, stdin=subprocess.DEVNULL)
    return done, (time.monotonic() - begun) * 1000


def moves(seat, keys):
    """Milliseconds from each key to the frame in which the cursor has moved."""
    times = []
    for key in keys:
        before = seat.screen.text()
        rows = [line for line in before.splitlines() if "> " in line]
        times.append(seat.key(key, lambda text: [line for line in text.splitlines() if "> " in line] != rows))
    return times


@measure("R17")
def signals(stack):
    """Ends at once, whatever is under way."""
    box = sandbox(stack)
    line = faces.Line(box["clerk"])
    stack.callback(line.close)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        seat = seat_on(stack, line.face)
        seat.sees("Acme Sandbox", "Members 3")
        line.silent.set()
        seat.types("R")
        seat.drain(0.2)
        seat.signal(number)
        yield f"{number.name} to the end, reads hanging", seat.ends(), "ms", 1000
        line.silent.clear()


@measure("R18")
def window_gone(stack):
    """Ends when its terminal is gone."""
    seat = demo(stack)
    seat.hang_up()
    yield "window closed to the end", seat.ends(), "ms", 3000


@measure("R33")
def offline(stack):
    """Keys while nothing can be reached."""
    seat = seat_on(stack, faces.nowhere())
    seat.sees("FAIL")
    keys = ["?", ESC, "2", "3", "4", "1", "R", ".", ESC] * 6
    times = []
    for key in keys:
        before = seat.screen.text()
        seat.types(key)
        begun = time.monotonic()
        while seat.screen.text() == before and seat.frame(1) is not None:
            pass
        times.append((seat.came - begun) * 1000)
        seat.drain(0.05)
    yield "key to frame, nothing reachable, p99", p99(times), "ms", 100


@measure("R34")
def never_answers(stack):
    """A server that accepts and says nothing."""
    talker = faces.Talker(lambda: [])
    stack.callback(talker.close)
    home = Home(clerk=talker.face)
    stack.callback(home.close)
    done, took = run(home, "org", "list", "--profile", "clerk")
    assert done.returncode not in (0, 101), done
    yield "a read that is never answered ends", took, "ms", 31_000
    box = sandbox(stack)
    line = faces.Line(box["clerk"])
    stack.callback(line.close)
    seat = seat_on(stack, line.face)
    seat.sees("Acme Sandbox", "Members 3")
    seat.types("3")
    seat.drain(0.3)
    line.silent.set()
    seat.types("D")
    seat.sees("Reading what would be sent")
    gone = seat.key(ESC, lambda text: "Reading what would be sent" not in text)
    yield "Esc to a wait that is over", gone, "ms", 200


@measure("R39")
def bombs(stack):
    """Answers that grow."""
    for name, pieces in (("gzip bomb of 1 GiB", faces.bomb()), ("answer without end", faces.endless())):
        talker = faces.Talker(pieces)
        stack.callback(talker.close)
        seat = seat_on(stack, talker.face)
        begun = time.monotonic()
        seat.sees("larger than", limit=40)
        yield f"{name}: error", (time.monotonic() - begun) * 1000, "ms", 10_000
        yield f"{name}: peak memory", seat.memory("VmHWM"), "MiB", 300


@measure("R40")
def deep_and_long(stack):
    """JSON two million levels deep; a list of a million rows."""
    talker = faces.Talker(faces.deep())
    stack.callback(talker.close)
    home = Home(clerk=talker.face)
    stack.callback(home.close)
    done, took = run(home, "org", "list", "--profile", "clerk")
    assert done.returncode not in (0, 101, -11, -6), done
    yield "2 million levels of JSON: error", took, "ms", 10_000
    box = sandbox(stack, "--orgs", "1", "--members", "5", "--invites", "0")
    line = faces.Line(box["clerk"], faces.multiplied(1_000_000))
    stack.callback(line.close)
    seat = seat_on(stack, line.face)
    seat.until(lambda text: "Members 1000000 " in text or "too long" in text, 300, "as many members as are ever read")
    seat.drain(1)
    yield "1 000 000 members: peak memory", seat.memory("VmHWM"), "MiB", 500


@measure("R41")
def hundred_thousand(stack):
    """A hundred thousand members."""
    box = sandbox(stack, "--orgs", "1", "--members", "100000", "--invites", "0")
    for service in ("clerk", "balena"):
        seat = seat_on(stack, box[service], service)
        seat.until(lambda text: "> " in text.split("3 Members", 1)[-1].split("4 Invites")[0], 30, "a row")
        yield f"{service}: start to the first rows", (seat.came - seat.begun) * 1000, "ms", 1000
        seat.types("3")
        seat.drain(0.2)
        yield f"{service}: cursor while it loads, p99", p99(moves(seat, "jjjjjjjjjkkkkk" * 8)), "ms", 50
        seat.until(lambda text: re.search(r"Members 100[ ,.]?000", text), 240, "all of them")
        seat.drain(1)
        yield f"{service}: cursor over 100 000 rows, p99", p99(moves(seat, ["j", "\x1b[6~", "k", "G", "g" "g"] * 20)), "ms", 50
        filtered = []
        for _ in range(4):
            seat.types("/")
            seat.drain(0.3)
            filtered += [seat.key(letter) for letter in "ann"]
            seat.types(ESC)
            seat.drain(0.3)
        yield f"{service}: filter over 100 000 rows, p99", p99(filtered), "ms", 50
        yield f"{service}: memory", seat.memory("VmHWM"), "MiB", 300


@measure("R52")
def paste(stack):
    """A MB pasted into a field."""
    seat = demo(stack)
    seat.types("i")
    seat.sees("Invite people to")
    seat.drain(0.5)
    seat.types(b"\x1b[200~" + b"a" * 1_000_000 + b"\x1b[201~")
    yield "1 MB pasted into a form: next key", seat.key("\t", lambda text: "Invite people to" in text), "ms", 500


@measure("R56")
def long_name(stack):
    """A name of a MiB."""
    name = "An organization with a very long name " * 27_600

    def change(path, body):
        return body.replace(b'"Acme Sandbox"', json.dumps(name).encode())

    box = sandbox(stack)
    plain = seat_on(stack, box["clerk"])
    plain.sees("Acme Sandbox", "Members 3")
    plain.drain(1)
    line = faces.Line(box["clerk"], change)
    stack.callback(line.close)
    seat = seat_on(stack, line.face)
    seat.sees("An organization with", "Members 3", limit=60)
    seat.drain(1)
    yield "1 MiB name: key to frame, p99", p99(moves(seat, "jkjjkk" * 10)), "ms", 50
    yield "1 MiB name: memory more than without", seat.memory() - plain.memory(), "MiB", 20


@measure("R59")
def continued(stack):
    """Stopped and brought back."""
    seat = demo(stack)
    seat.signal(signal.SIGTSTP)
    seat.drain(0.5)
    seat.screen = Screen(120, 36)
    begun = time.monotonic()
    seat.signal(signal.SIGCONT)
    seat.sees("Acme Shop", "Quay Services", "Members")
    yield "continued to the whole screen", (seat.came - begun) * 1000, "ms", 200


@measure("R89")
def bad_config(stack):
    """A configuration that cannot be read."""
    home = Home()
    stack.callback(home.close)
    for what, config in (("unknown key", "colour = 1\n"), ("10 MB", "# x\n" * 2_500_000), ("no TOML", "[profiles\n")):
        home.write(config)
        done, took = run(home, "org", "list")
        assert done.returncode == 2, (what, done)
        yield f"{what}: exit 2", took, "ms", 200


@measure("R92")
def long_session(stack):
    """Memory over a long session."""
    box = sandbox(stack, "--orgs", "20", "--members", "200", "--invites", "50")
    seat = seat_on(stack, box["clerk"])
    seat.sees("Members")
    seat.drain(2)

    def hour():
        for _ in range(10):
            for keys in ["1G", "gg", *"jjjjjjjjkkkkk", "3", *"jjjjj", "4", *"jjj", "R", "?", ESC, ".", ESC, "/a", ESC, "\x10mem", ESC]:
                seat.types(keys)
                seat.drain(0.012)
        seat.drain(1)
        return seat.memory()

    # The first two show every screen once and let the lists be read.
    hour()
    begun = hour()
    last = [hour() for _ in range(6)][-1]
    yield "memory more after 2 000 keys", max(0, last - begun), "MiB", 10


@measure("R93")
def idle(stack):
    """Nobody does anything."""
    seat = demo(stack)
    seat.drain(6)
    used = seat.time()
    quiet = seat.drain(10)
    yield "idle: bytes in 10 s", quiet, "B", 0
    yield "idle: processor", (seat.time() - used) / 10 * 100, "%", 0.5
    steps = []
    seat.types("3")
    seat.drain(0.5)
    for key in "jjkk" * 5:
        before = seat.bytes
        seat.types(key)
        seat.drain(0.1)
        steps.append(seat.bytes - before)
    yield "a step of the cursor, largest", max(steps), "B", 400


@measure("D1")
def while_reading(stack):
    """Keys while five hundred reads run."""
    box = sandbox(stack, "--orgs", "1", "--members", "500", "--invites", "0", "--latency", "40")
    seat = seat_on(stack, box["vulos"], "vulos")
    seat.sees("3 Members")
    seat.types("3")
    seat.until(lambda text: "> " in text.split("3 Members", 1)[-1], 30, "rows")
    times = moves(seat, "jjjjkk" * 25)
    assert "500" in seat.screen.text()
    yield "key to frame while 500 reads run, p99", p99(times), "ms", 50


@measure("X5")
def completion(stack):
    """What a shell waits for."""
    home = Home(clerk=faces.nowhere())
    stack.callback(home.close)
    times = []
    for _ in range(10):
        done, took = run(home, "--", "orgdeck", "org", "show", "c", env={"_ORGDECK_COMPLETE": "fish"})
        assert done.returncode == 0, done
        times.append(took)
    yield "a completion, slowest of 10", max(times), "ms", 100


def drawn(value, bar, width=20):
    """How much of the bar is used up."""
    part = 1 if bar == 0 and value else 0 if bar == 0 else value / bar
    full = min(width, round(part * width))
    return "█" * full + "░" * (width - full) + ("!" if value > bar else " ")


def main():
    missed = 0
    for name, function in sorted(MEASURES, key=lambda one: one[0]):
        if WANTED and not any(name.startswith(wanted) for wanted in WANTED):
            continue
        with ExitStack() as stack:
            try:
                for what, value, unit, bar in function(stack):
                    missed += value > bar
                    number = f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"
                    print(f"{name:4} {what:45} {number:>10} {unit:3}  of {bar:>6,} {drawn(value, bar)}", flush=True)
            except Exception as error:  # One that cannot be measured is missed; the others are measured.
                missed += 1
                print(f"{name:4} FAILED: {type(error).__name__}: {error}", flush=True)
    print(f"{missed} missed")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
