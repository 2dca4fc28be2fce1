"""Everything that is wrong with a report source, found before anything is built: all of it at once, each with its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

from verhalen.i18n import mark
from verhalen.model.text import Notice
from verhalen.report.data import DEFAULT_INSTRUMENT
from verhalen.report.fill import KNOWN, NEEDED, stands_alone
from verhalen.report.front import Front
from verhalen.report.placeholders import Placeholder, check_names
from verhalen.report.source import Inserted, Node, ReportSource, all_words, placeholders
from verhalen.report.values import Values, nearest_of
from verhalen.store.families import families
from verhalen.store.project import ProjectFile
from verhalen.store.scores import instruments

MANY = frozenset({"citaat", "verhaal", "verhalen", "voorop"})
"""Alone in their paragraph, and another one each time they stand there."""


def problems(report: ReportSource, project: ProjectFile, *, beside: Path) -> tuple[Notice, ...]:
    """What stops the building, in the order of the lines. `beside` is the folder of the source, where its house style lies."""
    found = list(placeholders(report.nodes))
    known = instruments(project)
    wanted = report.front.instrument or DEFAULT_INSTRUMENT
    instrument = next((each for each in known if each.key == wanted), None)
    values = Values(project, instrument)
    told = [
        *report.problems,
        *check_names(found, KNOWN),
        *_within_sentences(report.nodes),
        *_front(report.front, project, {each.key: each.name for each in known}, beside=beside),
        *(problem for each in found if each.name in KNOWN for problem in _arguments(each, values)),
    ]
    return tuple(sorted(told, key=lambda each: each.line or 0))


def _arguments(found: Placeholder, values: Values) -> Iterator[Notice]:
    for key in found.arguments:
        problem = values.problem(found, key) if key in KNOWN[found.name] else None
        if problem is not None:
            yield problem
    for key in NEEDED.get(found.name, ()):
        if key not in found.arguments:
            message = mark('"{name}" needs {key}=...')
            yield Notice(found.line, message, {"name": found.name, "key": key})


def _within_sentences(nodes: Iterable[Node]) -> Iterator[Notice]:
    """Tables and quotes that stand in the middle of a sentence."""
    for words in all_words(nodes):
        for piece in words:
            if isinstance(piece, Inserted) and stands_alone(piece.placeholder.name):
                message = mark("{name} stands alone in its paragraph, not within a sentence")
                yield Notice(piece.line, message, {"name": piece.placeholder.name})


def _front(front: Front, project: ProjectFile, known: dict[str, str], *, beside: Path) -> Iterator[Notice]:
    """Values of the front that only the project or the folder can judge."""
    if front.instrument and front.instrument not in known:
        near = nearest_of(front.instrument, known)
        values: dict[str, object] = {"value": front.instrument, "nearest": near, "known": ", ".join(known)}
        message = mark('there is no instrument "{value}"; did you mean "{nearest}"?')
        if not near:
            message = mark('there is no instrument "{value}"; choose from: {known}')
        yield Notice(front.line("instrument"), message, values)
    if front.municipalities:
        yield from _towns(front, {each.municipality for each in families(project) if each.municipality})
    if front.style and not (beside / front.style).is_file():
        there = sorted(path.name for path in beside.glob("*.do[ct]x") if not path.name.startswith("~$"))
        message = mark('the house style "{value}" does not lie beside this text; there I see: {known}')
        shown = ", ".join(there[:6]) or "–"
        yield Notice(front.line("style"), message, {"value": front.style, "known": shown})


def _towns(front: Front, known: set[str]) -> Iterator[Notice]:
    by_word = {name.casefold(): name for name in known}
    for name in front.municipalities:
        if name.casefold() in by_word:
            continue
        near = difflib.get_close_matches(name.casefold(), list(by_word), n=1, cutoff=0.6)
        message = mark('no family lives in "{value}"; did you mean "{nearest}"?')
        if not near:
            message = mark('no family lives in "{value}"; choose from: {known}')
        values: dict[str, object] = {
            "value": name,
            "nearest": by_word[near[0]] if near else "",
            "known": ", ".join(sorted(known)) or "–",
        }
        yield Notice(front.line("municipalities"), message, values)


def repeated(nodes: Iterable[Node]) -> Iterator[Notice]:
    """Tables and boxes that stand there twice, word for word; a story or quote that is named twice comes only once."""
    seen: dict[str, int] = {}
    for found in placeholders(nodes):
        named = "verhaal" in found.arguments or "fragment" in found.arguments
        if not stands_alone(found.name) or (found.name in MANY and not named):
            continue
        what = found.arguments.get("verhaal", found.source)
        if what in seen:
            message = mark('"{what}" stands on line {first} already; a reader needs it once')
            yield Notice(found.line, message, {"what": what, "first": seen[what]})
        else:
            seen[what] = found.line
