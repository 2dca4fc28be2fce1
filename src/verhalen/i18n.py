"""Say things in the reader's language: gettext catalogues `nl` (default) and `en`.

Message ids are English sentences with named places (`"{n} codings"`). Code never glues sentences together:
it calls `t` (one sentence), `tn` (a sentence that depends on a number) or marks a sentence for later with `mark`.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

LANGUAGES = ("nl", "en")
DEFAULT_LANGUAGE = "nl"
DOMAIN = "verhalen"
LOCALE_DIR = Path(__file__).parent / "locale"

_state: dict[str, gettext.NullTranslations] = {}
_current = [DEFAULT_LANGUAGE]
_for_now: ContextVar[str | None] = ContextVar("verhalen_language", default=None)
"""Another language for a while, in one thread: screens go on in theirs."""


def set_language(language: str) -> None:
    """Speak `language` from now on; an unknown one falls back to Dutch. Third parties that use gettext (click) follow."""
    _current[0] = language if language in LANGUAGES else DEFAULT_LANGUAGE
    # click looks its own sentences up through the standard gettext functions: give it our catalogue.
    os.environ["LANGUAGE"] = _current[0]
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)


def language() -> str:
    """The language that is spoken now, `nl` or `en`."""
    return _for_now.get() or _current[0]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language for a while, in this thread only: a report has a language of its own."""
    token = _for_now.set(code)
    try:
        yield
    finally:
        _for_now.reset(token)


def catalogue(code: str) -> gettext.NullTranslations:
    """The catalogue of one language; sentences stay English where the compiled file is absent."""
    if code not in _state:
        _state[code] = gettext.translation(DOMAIN, str(LOCALE_DIR), [code], fallback=True)
    return _state[code]


def mark(message: str) -> str:
    """Mark a sentence for the catalogues without translating it yet (class attributes, tables)."""
    return message


def t(message: str, /, **values: object) -> str:
    """Translate one sentence and fill its named places."""
    said = catalogue(language()).gettext(message) if message else ""
    return said.format(**values) if values else said


def tn(singular: str, plural: str, n: int, /, **values: object) -> str:
    """Translate a sentence that depends on the number `n`, which is also a named place."""
    return catalogue(language()).ngettext(singular, plural, n).format(n=n, **values)
