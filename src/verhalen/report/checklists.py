"""Checklists of what a research report should tell (COREQ, SRQR, GRAMMS): read from `checklists.json`, never from code.

A newer list (GRAMMS 2.0 is in preparation) takes the place of an old one in that file. Names of items are facts; the
wordings are short ones of our own (methods.md F).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from verhalen.i18n import language

OPEN = "nog in te vullen"
"""How a place is marked that only a person can fill; the same word in a source and in a document, so that both can be counted."""
_FILE = Path(__file__).parent / "checklists.json"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One point of a checklist."""

    number: str
    parts: Mapping[str, str]
    """Of the list, by language."""
    names: Mapping[str, str]
    fact: str = ""
    """What the project can say about it (`fill_checklists.FACTS`); empty: only a person can."""
    more: Mapping[str, str] | None = None
    """What a person must add beside the fact; None: nothing."""

    @property
    def name(self) -> str:
        """In the language that is spoken now."""
        return self.names.get(language(), self.names["en"])

    @property
    def part(self) -> str:
        """The part of the list in which it stands, in the language that is spoken now."""
        return self.parts.get(language(), self.parts["en"])

    @property
    def missing(self) -> str:
        """What a person must add, in the language that is spoken now; empty for nothing."""
        return self.more.get(language(), self.more["en"]) if self.more else ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list with its source."""

    key: str
    name: str
    abouts: Mapping[str, str]
    """What kind of study it is for, by language."""
    version: str
    source: str
    items: tuple[ChecklistItem, ...]

    def find(self, number: str) -> ChecklistItem | None:
        """The point with a number."""
        return next((each for each in self.items if each.number == number), None)


@lru_cache(maxsize=1)
def checklists() -> tuple[Checklist, ...]:
    """All lists, in the order of the file."""
    return tuple(_read(each) for each in json.loads(_FILE.read_text("utf-8")))


def checklist(key: str) -> Checklist | None:
    """The list with a key."""
    return next((each for each in checklists() if each.key == key), None)


def _read(found: Mapping[str, Any]) -> Checklist:
    items = tuple(
        ChecklistItem(each["number"], each["part"], each["name"], each.get("fact", ""), each.get("more"))
        for each in found["items"]
    )
    return Checklist(found["key"], found["name"], found["about"], found["version"], found["source"], items)
