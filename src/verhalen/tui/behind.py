"""What stands behind a number: a fragment, or two that stand together, as a line and as words to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.coding import Fragment
from verhalen.model.cooccurrence import Meeting
from verhalen.tui.coder_looks import looks_of, signed
from verhalen.tui.found import Line, of_fragments
from verhalen.tui.page import HEADING, MUTED, PLAIN
from verhalen.tui.page import Line as Told

MOST = 500
"""Lines in the list."""


@dataclass(frozen=True, slots=True)
class Behind:
    """One fragment, or two that stand together."""

    line: Line
    told: tuple[Told, ...]
    """All of its words, with who speaks and where."""


Find = Callable[[Project], list[Behind]]


def content(each: Behind, width: int | None = None) -> Content:
    """Who says it where, then the words: all of them, or one line of `width` cells."""
    line = each.line
    head = Content(" · ").join([Content(f"{line.source_number} · {line.title}"), line.about])
    words = Content(" ".join(line.text.split()))
    if width is not None:
        head, words = head.truncate(width, ellipsis=True), words.truncate(width, ellipsis=True)
    return Content.assemble(head.stylize_before("$text-muted"), "\n", words)


def singles(project: Project, fragments: Sequence[Fragment]) -> list[Behind]:
    """Fragments, each by itself, what several coders marked alike once; no more than the list shows, and one."""
    coders = looks_of(project)
    alike: dict[tuple[object, ...], list[Fragment]] = {}
    for each in fragments:
        coding = each.coding
        alike.setdefault((coding.source_id, coding.start, coding.stop, coding.code_id, coding.valence), []).append(each)
    some = list(alike.values())[: MOST + 1]
    lines = of_fragments(project, [them[0] for them in some])
    found = []
    for line, them in zip(lines, some, strict=True):
        others = [signed(each.coding.coder_id, each.coding.coder, coders) for each in them[1:]]
        about = Content(", ").join([line.about, *others])
        found.append(Behind(replace(line, about=about), told_of(them[0])))
    return found


def told_of(fragment: Fragment, text: str = "") -> tuple[Told, ...]:
    """Who says it where, then the words; `text` where they reach beyond the coding."""
    coding = fragment.coding
    where = t("{number} · {title}", number=fragment.source_number, title=fragment.source_title)
    parts = [where, fragment.speaker or "", fragment.speaker_role, fragment.family or ""]
    about = t("about {families}", families=", ".join(fragment.about)) if fragment.about else ""
    heading = f"{coding.valence.sign}{coding.code}".strip()
    said = Told(" · ".join(part for part in (*parts, about) if part), MUTED)
    memo = (Told(t("Memo: {memo}", memo=coding.memo), MUTED),) if coding.memo else ()
    return (Told(heading, HEADING), said, Told(text or fragment.text, PLAIN), *memo)


def pairs(project: Project, meetings: Sequence[Meeting]) -> list[Behind]:
    """Two fragments as one line: its place is that of both together, its words are those of both."""
    some = meetings[: MOST + 1]
    lines = of_fragments(project, [each.left.first for each in some])
    return [_pair(line, each) for line, each in zip(lines, some, strict=True)]


def _pair(line: Line, each: Meeting) -> Behind:
    left, right = each.left, each.right
    other = right.first.coding
    told = told_of(left.first, left.text)
    if other.code_id != left.first.coding.code_id:
        told = (*told, *told_of(right.first, right.text))
    about = line.about.append(f" · {other.code}") if len(told) > 3 else line.about
    key = f"{line.key}-{other.id}"
    where = (line.source_id, line.source_number, line.title, each.start, each.stop)
    return Behind(Line(key, *where, about, "", left.text, ""), told)
