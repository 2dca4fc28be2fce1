"""Verdicts: what a team says of numbers beside words. The machine suggests; a person decides and writes why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark


class Relation(StrEnum):
    """How words and numbers stand to each other (methods.md D8)."""

    CONFIRMS = "bevestigt"
    COMPLETES = "vult_aan"
    CONTRADICTS = "spreekt_tegen"
    SILENT = "stil"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "bevestigt": mark("confirms"),
            "vult_aan": mark("completes"),
            "spreekt_tegen": mark("contradicts"),
            "stil": mark("silent"),
        }[self]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's verdict on a life domain or group, with the sentence that says why."""

    target: str
    """Key of a life domain or group."""
    relation: Relation
    sentence: str
    coder: str
    day: str
    id: int = 0
