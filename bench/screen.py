"""The app on a real pseudo-terminal: first paint, and a key in a long coded transcript. Not for Windows."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import termios
import time
from pathlib import Path

from bench.measure import Figure
from bench.workload import coding_rows, fill, make_project

CHARACTERS, CODINGS = 300_000, 5_000


class Terminal:
    """A program on a terminal of 160 by 48."""

    def __init__(self, *command: str) -> None:
        self.pid, self.fd = pty.fork()
        if not self.pid:
            os.environ.update(TERM="xterm-256color", COLUMNS="160", LINES="48")
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.execv(sys.executable, [sys.executable, *command])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 48, 160, 0, 0))

    def read(self, patience: float) -> bytes:
        """What comes within `patience` seconds; empty when nothing does."""
        if not select.select([self.fd], [], [], patience)[0]:
            return b""
        try:
            return os.read(self.fd, 1 << 16)
        except OSError:
            return b""

    def wait_for(self, words: bytes, patience: float = 20.0) -> float:
        """Seconds until `words` are painted."""
        start, seen = time.perf_counter(), b""
        while words not in seen:
            seen += self.read(0.05)
            if time.perf_counter() - start > patience:
                raise TimeoutError(words.decode())
        return time.perf_counter() - start

    def quiet(self, pause: float = 0.4) -> None:
        """Wait until nothing is painted any more."""
        while self.read(pause):
            pass

    def press(self, key: bytes) -> float:
        """Milliseconds from a key to the first paint after it."""
        start = time.perf_counter()
        os.write(self.fd, key)
        self.read(2.0)
        return (time.perf_counter() - start) * 1000

    def resident_mb(self) -> float:
        """Memory of the program."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    def close(self) -> None:
        """Leave with ctrl+q."""
        os.write(self.fd, b"\x11")
        time.sleep(0.5)
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def memory(workspace: Path) -> Figure:
    """The app on a large project, with a text of it open."""
    app = Terminal("-m", "verhalen", "-w", str(workspace), "open")
    app.wait_for(b"Dag ", patience=60)
    app.press(b"3")
    time.sleep(4)
    app.quiet(1.0)
    found = app.resident_mb()
    app.close()
    return Figure("memory of the app on the large project (MB, not ms)", found, None, "200 MB")


def figures(folder: Path) -> list[Figure]:
    """First paint and keys, beside a Python that only paints one Textual screen."""
    project, source_ids, code_ids = make_project(folder / "screen", texts=1, characters=CHARACTERS)
    fill(
        project,
        coding_rows(CODINGS, source_ids=source_ids, code_ids=code_ids, coder=project.coder_id, characters=CHARACTERS),
    )
    project.close()
    warm = Terminal("-m", "verhalen", "-w", str(folder / "screen"), "open")  # writes the bytecode
    warm.wait_for(b"Dag ")
    warm.close()
    start = time.perf_counter()
    hello = Terminal(
        "-c",
        "from textual.app import App\nfrom textual.widgets import Label\nclass A(App):\n def compose(s): yield Label('HALLO')\nA().run()",
    )
    hello.wait_for(b"HALLO")
    raw = (time.perf_counter() - start) * 1000
    hello.close()
    start = time.perf_counter()
    app = Terminal("-m", "verhalen", "-w", str(folder / "screen"), "open")
    app.wait_for(b"Dag ")
    painted = (time.perf_counter() - start) * 1000
    app.quiet()
    app.press(b"3")
    time.sleep(4)  # spaCy loads in the background
    app.quiet(1.0)
    keys = []
    for number in range(120):
        keys.append(app.press(b"\x1b[B" if number % 3 else b"s"))
        app.quiet(0.06)
    memory = app.resident_mb()
    app.close()
    keys.sort()
    return [
        Figure("first paint of the app, beside hello-Textual", painted, raw, "500 ms"),
        Figure(
            f"a key in {CHARACTERS:,} characters with {CODINGS:,} codings, median",
            statistics.median(keys),
            None,
            "16 ms",
        ),
        Figure("the same, p99", keys[int(0.99 * len(keys))], None, "50 ms"),
        Figure("memory of the app then (MB, not ms)", memory, None, "200 MB"),
    ]
