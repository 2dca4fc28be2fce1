"""Frog, the Dutch tagger of Nijmegen and Tilburg, when somebody has it: it finds names that lists and rules do not know.

Never needed. It is looked for as the Python package `frog`, then as the program `frog` on the path; both are the user's own (GPL, so
verhalen does not ship it and only talks to it). Loading takes many seconds: ask for it in the background, and keep it.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from verhalen.model.masking import Finding, NameKind
from verhalen.model.text import Span

Tagger = Callable[[str], Iterable[tuple[str, str]]]
"""Gives for a text its words in order, each with a tag: O, B-PER, I-PER, B-LOC, B-ORG, ..."""
_KINDS = {"PER": NameKind.PERSON, "LOC": NameKind.PLACE, "ORG": NameKind.SERVICE}
_PATIENCE = 300
"""Seconds for one text; a program that hangs must not hang the import."""


def installed() -> Tagger | None:
    """The Frog on this machine; None when there is none, or when `VERHALEN_NO_FROG` says that nobody waits for it."""
    return None if os.environ.get("VERHALEN_NO_FROG") else _found()


@functools.cache
def _found() -> Tagger | None:
    if importlib.util.find_spec("frog") is not None:
        return _by_package
    program = shutil.which("frog")
    return functools.partial(_by_program, program) if program else None


def frog_findings(text: str, tagger: Tagger) -> list[Finding]:
    """What Frog calls a person, a place or an organisation, as guesses. A Frog that fails finds nothing."""
    try:
        return list(_aligned(text, tagger(text)))
    except (OSError, RuntimeError, ValueError, LookupError, TypeError, subprocess.SubprocessError):
        return []


def _aligned(text: str, tagged: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Lay words with tags back on the text, in order; a word that is not there is passed over."""
    place, start, stop, kind = 0, 0, 0, None
    for word, tag in tagged:
        at = text.find(word, place) if word else -1
        inside = tag.startswith("I-") and kind is not None
        if kind is not None and not (inside and at >= 0):
            yield Finding(kind, Span(start, stop), sure=False)
            kind = None
        if at < 0:
            continue
        place = at + len(word)
        if inside and kind is not None:
            stop = place
        elif (found := _KINDS.get(tag[2:5].upper())) is not None:
            start, stop, kind = at, place, found
    if kind is not None:
        yield Finding(kind, Span(start, stop), sure=False)


@functools.cache
def _loaded() -> object:
    frog = importlib.import_module("frog")
    return frog.Frog(frog.FrogOptions(parser=False, mwu=False))


def _by_package(text: str) -> Iterator[tuple[str, str]]:
    process = getattr(_loaded(), "process")  # noqa: B009 -- the package has no types
    for token in process(text):
        yield str(token.get("text", "")), str(token.get("ner", "O"))


def _by_program(program: str, text: str) -> Iterator[tuple[str, str]]:
    """Columns of `frog`, apart by tabs: the second is the word, the seventh the name tag. The text goes over a file, never the command."""
    with tempfile.TemporaryDirectory(prefix="verhalen-") as folder:
        path = Path(folder) / "tekst.txt"
        path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [program, "--skip=mpc", "-t", str(path)],
            capture_output=True,
            check=True,
            encoding="utf-8",
            timeout=_PATIENCE,
            cwd=folder,  # it leaves empty debug files where it runs
        )
    for line in done.stdout.splitlines():
        columns = line.split("\t")
        if len(columns) > 6:
            yield columns[1], columns[6]
