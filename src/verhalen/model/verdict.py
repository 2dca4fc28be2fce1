"""Verdicts: what a team says of numbers beside words. The machine suggests; a person decides and writes why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark, t

FEWEST_WORDS = 3
FAMILY = "gezin:"
"""Before the code of a family, where a verdict is about one family: `gezin:G012`, or on one life domain `gezin:G012:WON`."""


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
    """A person's verdict on a life domain, a group or a family, with the sentence that says why. Kept: the latest counts."""

    target: str
    """Key of a life domain or group, with `.volwassene` or `.kind` behind it where these were apart; or `gezin:G012`."""
    relation: Relation
    sentence: str
    coder: str
    day: str
    id: int = 0


def family_target(family: str, domain: str = "") -> str:
    """How a verdict names a family, or one life domain of it."""
    return f"{FAMILY}{family}:{domain}" if domain else f"{FAMILY}{family}"


def family_of(target: str) -> tuple[str, str]:
    """The family and the life domain that a verdict names; empty where it names none."""
    if not target.startswith(FAMILY):
        return "", ""
    family, _, domain = target.removeprefix(FAMILY).partition(":")
    return family, domain


def sentence_problem(sentence: str) -> str:
    """What a reason lacks to be a full sentence, as a finished sentence; empty where it lacks nothing."""
    words = " ".join(sentence.split())
    if not words:
        return t("a verdict needs a sentence that says why")
    if sum(any(letter.isalnum() for letter in word) for word in words.split()) < FEWEST_WORDS:
        return t("say a little more: a verdict needs a full sentence of at least {n} words", n=FEWEST_WORDS)
    if words.rstrip("\"'”’»)")[-1:] not in {".", "!", "?", "…"}:
        return t("close the sentence with a full stop, so that nobody wonders whether more was to come")
    return ""
