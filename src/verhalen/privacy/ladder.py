"""The ladder of methods.md D6: what may be done about numbers that are hidden, in order, and what each step would show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark, t
from verhalen.privacy.disclosure import MaskedTable


class Rung(StrEnum):
    """What can be done, the gentlest first; classes are never merged, since worsening would vanish in them."""

    TOWNS = "towns"
    PERIODS = "periods"
    COARSER = "coarser"
    WORDS = "words"
    HIDE = "hide"

    @property
    def label(self) -> str:
        """Marked words for what a person does."""
        return {
            "towns": mark("take municipalities together"),
            "periods": mark("take the periods together"),
            "coarser": mark("take values, items or life domains together"),
            "words": mark("say it in words"),
            "hide": mark("leave it so"),
        }[self]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be done about a masked table."""

    rung: Rung
    hidden: int
    """Cells without a number after it; where it says them in words, without words."""
    of: int
    """Cells of the table after it."""
    argument: str = ""
    """What to write in the placeholder; empty where nothing has to be written."""

    def __str__(self) -> str:
        said = t("{do}: then {hidden} of {all} stay hidden", do=t(self.rung.label), hidden=self.hidden, all=self.of)
        return f"{said} ({self.argument})" if self.argument else said


Choice = tuple[Rung, str, Callable[[], Iterable[MaskedTable]]]
"""A rung, what to write for it, and the tables as they would be."""


def lacking(tables: Iterable[MaskedTable], *, words: bool = False) -> tuple[int, int]:
    """How many cells of the tables show no number (with `words`: no words either), and how many cells there are."""
    hidden = cells = 0
    for table in tables:
        said = [
            count is not None or (words and bool(coarse))
            for row, row_words in zip(table.cells, table.words, strict=True)
            for count, coarse in zip(row, row_words, strict=True)
        ]
        hidden, cells = hidden + said.count(False), cells + len(said)
    return hidden, cells


def ladder(tables: Iterable[MaskedTable], choices: Iterable[Choice]) -> tuple[Step, ...]:
    """The steps that help, in order, for tables with hidden cells; leaving it so is always last. None where all can be read."""
    now = lacking(tables)
    if not now[0]:
        return ()
    order = list(Rung)
    taken = sorted(choices, key=lambda choice: order.index(choice[0]))
    steps = [
        Step(rung, *lacking(make(), words=rung is Rung.WORDS), argument=argument) for rung, argument, make in taken
    ]
    return (*(each for each in steps if each.hidden < now[0]), Step(Rung.HIDE, *now))
