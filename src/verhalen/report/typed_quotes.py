"""Words of families that somebody typed or pasted into a report by hand: consent counts for those too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from verhalen.i18n import mark
from verhalen.model.consent import Answer, Purpose
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Audience
from verhalen.privacy.saying import Saying
from verhalen.report.source import Node, Text, all_words
from verhalen.store.project import ProjectFile
from verhalen.store.search import texts_with_phrase

RUN, STEP = 6, 3
"""So many words in a row that are no accident, and how far apart they are looked for: a quote of eight is always met."""
WITHOUT_YES = mark(
    "here stand words of text {number}, and not all who say them agreed to reports; take them out or ask"
)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def typed_quotes(nodes: Iterable[Node], project: ProjectFile, saying: Saying, audience: Audience) -> list[Notice]:
    """A warning for each line and text, outside the team only. Nothing is taken out: these are somebody's own sentences."""
    if audience is Audience.INTERNAL:
        return []
    found: dict[tuple[int, int], Notice] = {}
    for line, words in _runs(nodes):
        for source, number, text in texts_with_phrase(project, words):
            if (line, number) not in found and _is_refused(saying, source, text, words):
                found[line, number] = Notice(line, WITHOUT_YES, {"number": number})
    return sorted(found.values(), key=lambda each: each.line or 0)


def _runs(nodes: Iterable[Node]) -> Iterator[tuple[int, list[str]]]:
    """Line and words of every run in the coordinator's own text, quotes among it."""
    for words in all_words(nodes, quoted=True):
        typed = [(word, piece.line) for piece in words if isinstance(piece, Text) for word in _WORD.findall(piece.text)]
        last = len(typed) - RUN
        for at in sorted({*range(0, last + 1, STEP), last} if last >= 0 else ()):
            run = typed[at : at + RUN]
            yield run[0][1], [word for word, _ in run]


def _is_refused(saying: Saying, source: int, text: str, words: list[str]) -> bool:
    """Whether a family says these words anywhere in the text without a yes for reports."""
    wanted = re.compile(r"\W+".join(map(re.escape, words)), re.IGNORECASE)
    answers = (saying.answer_here(source, *match.span(), Purpose.REPORT) for match in wanted.finditer(text))
    return any(answer not in (None, Answer.YES) for answer in answers)
