"""One memo as a page: what it is about, who wrote it when, the words it is about, and the memo itself."""

from __future__ import annotations

from verhalen import errors
from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.memo import Memo
from verhalen.tui.page import BLANK, MUTED, TITLE, Line
from verhalen.tui.words import capital, time_text

MOST = 300
"""Characters of the words that a memo is about."""


def memo_page(project: Project, memo: Memo) -> list[Line]:
    """The lines of a memo."""
    when = t("{time} by {coder}", time=time_text(memo.created), coder=memo.coder)
    quote = _quote(project, memo)
    return [
        Line(capital(project.memos.label(memo)), TITLE),
        Line(when, MUTED),
        *([BLANK, Line(quote, MUTED, indent=2)] if quote else []),
        BLANK,
        Line(memo.text),
    ]


def _quote(project: Project, memo: Memo) -> str:
    """The words of a turn or fragment, or the title of a text: on the screen only."""
    place = memo.place
    if place.source is None or memo.target == "story":
        return ""
    try:
        source = project.sources.text(place.source)
    except errors.VerhalenError:  # removed in another window, a moment ago
        return ""
    if place.start is None:
        return source.source.title
    words = " ".join(source.text[place.start : place.stop].split())
    return f"“{words[:MOST]}…”" if len(words) > MOST else f"“{words}”"
