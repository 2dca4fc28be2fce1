"""Names that somebody typed into a report: of the key, codes of families, one family beside its municipality.

A warning tells the line and what kind of name it is, never the name: warnings end up in logs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verhalen.i18n import mark
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Audience
from verhalen.privacy.keyring import present_key
from verhalen.privacy.matching import NameIndex
from verhalen.report.sentences import sentences
from verhalen.report.source import Node, ReportSource, Text, all_words
from verhalen.store.families import families
from verhalen.store.project import ProjectFile

OF_THE_KEY = mark("here stands a name that the key of this project replaces; take it out")
CODE = mark("here stands the code of a family; take it out")
TOWN_AND_FAMILY = mark("one family and its municipality stand in one sentence; would somebody recognise it?")
_ONE = re.compile(
    r"\b(?:(?:het|een|dit|dat|één|ons|jong|groot) (?:\w+ )?gezin|gezin (?:met|van|uit|in)|(?:alleenstaande|jonge|zieke) \w+|"
    r"moeder|vader|mama|papa|mevrouw|meneer|mijnheer|grootmoeder|grootvader|oma|opa|dochter|zoon|koppel|tweeling|weduwe|"
    r"weduwnaar|mother|father|family of|daughter|son)\b",
    re.IGNORECASE,
)


def typed_names(report: ReportSource, project: ProjectFile, audience: Audience) -> list[Notice]:
    """A warning per line and kind, in the order of the lines. Inside the team codes of families and towns may stand."""
    everybody = families(project)
    towns = {each.municipality for each in everybody if each.municipality}
    key = present_key(project)
    names = NameIndex([entry.name for entry in key.entries] + list(key.nicknames().values())) if key else None
    codes = _words([each.key for each in everybody])
    there = _words(towns)
    found: dict[tuple[int, str], Notice] = {}
    for line, text in _lines(report):
        if names is not None and next(iter(names.find(text)), None) is not None:
            found[line, OF_THE_KEY] = Notice(line, OF_THE_KEY)
        if audience is not Audience.INTERNAL and codes is not None and codes.search(text):
            found[line, CODE] = Notice(line, CODE)
    if audience is not Audience.INTERNAL and there is not None:
        whole = [(each.line, each.text) for each in sentences(report.nodes, quoted=True)]
        for line, text in (*_titles(report), *whole):
            if _ONE.search(text) and there.search(text):
                found[line, TOWN_AND_FAMILY] = Notice(line, TOWN_AND_FAMILY)
    return sorted(found.values(), key=lambda each: each.line or 0)


def _words(names: list[str] | set[str]) -> re.Pattern[str] | None:
    """Any of these as a whole word, whatever its case; None where there is none."""
    if not names:
        return None
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _lines(report: ReportSource) -> Iterator[tuple[int, str]]:
    """The coordinator's own words with their line: of the front, and of each run of text."""
    yield from _titles(report)
    yield from _typed(report.nodes)


def _titles(report: ReportSource) -> Iterator[tuple[int, str]]:
    for name, said in (("title", report.front.title), ("subtitle", report.front.subtitle)):
        if said:
            yield report.front.line(name), said


def _typed(nodes: tuple[Node, ...]) -> Iterator[tuple[int, str]]:
    """Pieces of one line together, so that bold words do not part a sentence."""
    for words in all_words(nodes, quoted=True):
        line, parts = 0, list[str]()
        for piece in words:
            if not isinstance(piece, Text):
                continue
            if piece.line != line and parts:
                yield line, "".join(parts)
                parts = []
            line = piece.line
            parts.append(piece.text)
        if parts:
            yield line, "".join(parts)
