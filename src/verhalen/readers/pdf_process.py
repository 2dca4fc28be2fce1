"""Has PDF files read by a process beside ours, which may crash, run away or eat memory without harm.

PDFium is written in C++ and PDF files come from everywhere. The process is kept for the next file: starting it costs more
than reading a transcript.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verhalen.errors import TooHeavy, UnreadableFile
from verhalen.i18n import mark, t

_SECONDS = 8.0
"""For one file, starting the process included."""
_MOST = 256 * 1024 * 1024
"""Bytes of all that comes back for one file: more is no text of at most 20 MB."""
_FILES = 50
"""After so many files a new process starts, so that memory never adds up."""
_KEPT = {
    "MALLOC_TRIM_THRESHOLD_": str(1 << 27),
    "MALLOC_TOP_PAD_": str(1 << 24),
    "MALLOC_MMAP_THRESHOLD_": str(1 << 26),
}
"""For the memory of the C library on Linux: giving it back after each page and asking for it again took a fifth of the time."""
_WORKER = Path(__file__).with_name("pdf_worker.py")

NOT_STARTED = mark("the part that reads PDF files does not start; install verhalen anew, or save the file as .docx")

Part = dict[str, Any]
"""What the process tells of the file, or of one page: see `pdf_worker.Reader.document`."""


class _Gone(Exception):
    """The process ended, or said what it should not."""


@dataclass(slots=True)
class _Worker:
    """One process at a time, for one file at a time."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    process: subprocess.Popen[bytes] | None = None
    owner: int = 0
    served: int = 0

    def ask(self, data: bytes) -> list[Part]:
        """All parts of the file. Raises TooHeavy."""
        deadline = time.monotonic() + _SECONDS
        with self.lock:
            used = self._is_warm()
            try:
                return self._exchange(data, deadline)
            except _Gone:
                # A process that read other files before may have died of those, or have been idle too long.
                if not used or time.monotonic() > deadline - _SECONDS / 2:
                    raise TooHeavy from None
            try:
                return self._exchange(data, deadline)
            except _Gone:
                raise TooHeavy from None

    def _is_warm(self) -> bool:
        if self.owner != os.getpid():
            # After a fork the process belongs to our parent.
            self.process = None
        if self.process is not None and (self.process.poll() is not None or self.served >= _FILES):
            self.close()
        return self.process is not None

    def _exchange(self, data: bytes, deadline: float) -> list[Part]:
        fresh = self.process is None
        process = self.process or self._start()
        clock = threading.Timer(max(0.1, deadline - time.monotonic()), process.kill)
        clock.daemon = True
        clock.start()
        try:
            if fresh:
                _greet(process)
            _give(process, data)
            parts = _take_all(process)
        except (OSError, ValueError, TypeError, EOFError, RecursionError):
            self.close()
            raise _Gone from None
        except BaseException:
            # Stopped by the user halfway: what still comes would be taken for the next file.
            self.close()
            raise
        finally:
            clock.cancel()
        self.served += 1
        return parts

    def _start(self) -> subprocess.Popen[bytes]:
        self.owner, self.served = os.getpid(), 0
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-E", "-S", "-P", str(_WORKER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_KEPT},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                # Ctrl+c in a terminal goes to all of a group: an import that stops after this file must finish it.
                start_new_session=True,
            )
        except OSError:
            raise UnreadableFile(reason=t(NOT_STARTED)) from None
        return self.process

    def close(self) -> None:
        """End the process; the next file starts another."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            try:
                if stream:
                    stream.close()
            except OSError:
                continue
        process.wait()


_worker = _Worker()
atexit.register(_worker.close)


def read_parts(data: bytes) -> list[Part]:
    """What holds for the file, then its pages in order. Raises TooHeavy for what takes too long or too much."""
    return _worker.ask(data)


def _greet(process: subprocess.Popen[bytes]) -> None:
    """Say where Python finds its packages. Raises UnreadableFile where PDFium is missing or does not load."""
    try:
        _give(process, json.dumps([str(Path(place).absolute()) for place in sys.path]).encode())
        _take_all(process)
    except (OSError, EOFError):
        raise UnreadableFile(reason=t(NOT_STARTED)) from None


def _give(process: subprocess.Popen[bytes], content: bytes) -> None:
    assert process.stdin
    process.stdin.write(len(content).to_bytes(8, "big"))
    process.stdin.write(content)
    process.stdin.flush()


def _take_all(process: subprocess.Popen[bytes]) -> list[Part]:
    """All frames up to the empty one."""
    assert process.stdout
    parts: list[Part] = []
    left = _MOST
    while True:
        head = process.stdout.read(8)
        length = int.from_bytes(head, "big")
        left -= length
        if len(head) < 8 or left < 0:
            raise EOFError
        if not length:
            return parts
        content = process.stdout.read(length)
        if len(content) < length:
            raise EOFError
        part = json.loads(content)
        if not isinstance(part, dict):
            raise TypeError
        parts.append(part)
