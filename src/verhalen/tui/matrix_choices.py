"""What may be chosen on the screen of crosstabs: columns, rows, unit, whose words, a question, what stands together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verhalen.analysis.crossing_axes import CHANGE
from verhalen.analysis.grid import strongest, value_text
from verhalen.i18n import mark, t
from verhalen.model.cooccurrence import USUAL_DISTANCE, Gap, How
from verhalen.model.crosstable import AxisKind, Measure, Rows, Unit, Whose
from verhalen.tui.dialogs import AskLine, ask_line, choose
from verhalen.tui.words import capital

if TYPE_CHECKING:
    from verhalen.tui.matrix_asked import Asked
    from verhalen.tui.matrix_screen import MatrixScreen

_KINDS = {
    AxisKind.FAMILY: mark("families"),
    AxisKind.VOICE: mark("who speaks"),
    AxisKind.SOURCE: mark("texts"),
    AxisKind.CODER: mark("who coded"),
}
_NONE = "none"
_MOST_PAIRS = 50


class MatrixChoices:
    """The small windows of one screen. Each counts anew where something else is chosen."""

    def __init__(self, screen: MatrixScreen) -> None:
        self._screen = screen

    @property
    def _asked(self) -> Asked:
        return self._screen.asked

    def columns(self) -> None:
        """What the columns are; from codes that stand together it leads back to a crosstab."""
        answers = [
            (each.key, f"{capital(each.name)} ({t(_KINDS[each.kind])})")
            for each in self._screen.project.crossing.axes()
        ]
        choose(self._screen, t("What are the columns?"), answers, self._take_columns)

    def _take_columns(self, key: str) -> None:
        asked = replace(self._asked, by=key, how=None, instrument="", target="", change="")
        known = [each for each in self._screen.project.scores.instruments() if each.asked]
        if key != CHANGE or not known:
            self._screen.count(asked)
        elif len(known) == 1:
            self._ask_target(replace(asked, instrument=known[0].key))
        else:
            answers = [(each.key, each.name) for each in known]
            question = t("By which instrument?")
            choose(self._screen, question, answers, lambda chosen: self._ask_target(replace(asked, instrument=chosen)))

    def _ask_target(self, asked: Asked) -> None:
        """Ask of which part of life."""
        domains = self._screen.project.scores.domains()
        names = {"": t("All questions together")}
        answers = [("", names[""])]
        for group in domains.groups:
            names[group.key] = capital(group.name)
            answers.append((group.key, names[group.key]))
            for each in domains.in_group(group.key):
                names[each.key] = capital(each.name)
                answers.append((each.key, f"  {names[each.key]}"))

        def chosen(key: str) -> None:
            instrument = next(
                each for each in self._screen.project.scores.instruments() if each.key == asked.instrument
            )
            self._screen.count(replace(asked, target=key, change=f"{instrument.name}: {names[key]}"))

        choose(self._screen, t("The change of which part of life?"), answers, chosen)

    def rows(self) -> None:
        """What the rows are; where codes stand together: each code by itself, or those on top with all below them."""
        if self._asked.how is not None:
            both = (("", t("Each code by itself")), ("below", t("The codes on top, with all below them")))
            answers = [(key, _now(words, bool(key) is self._asked.below)) for key, words in both]
            choose(
                self._screen,
                t("What are the rows?"),
                answers,
                lambda key: self._screen.count(replace(self._asked, below=bool(key))),
            )
            return
        choose(
            self._screen,
            t("What are the rows?"),
            [(each.value, _now(capital(t(each.label)), each is self._asked.rows)) for each in Rows],
            lambda key: self._screen.count(replace(self._asked, rows=Rows(key), how=None)),
        )

    def unit(self) -> None:
        """What a cell counts."""
        choose(
            self._screen,
            t("What does a cell count?"),
            [(each.value, _now(capital(t(each.label)), each is self._asked.unit)) for each in Unit],
            lambda key: self._screen.count(replace(self._asked, unit=Unit(key))),
        )

    def whose(self) -> None:
        """Whose words."""
        now = self._screen.counted.whose if self._screen.counted else None
        choose(
            self._screen,
            t("Whose words are counted?"),
            [(each.value, _now(capital(t(each.label)), each is now)) for each in Whose],
            lambda key: self._screen.count(replace(self._asked, whose=Whose(key), how=None)),
        )

    def question(self) -> None:
        """Count only the fragments that answer a question of the query language; an empty line lets it go."""

        def asked(words: str | None) -> None:
            if words is not None:
                self._screen.count(replace(self._asked, query=words))

        if self._asked.query:
            answers = [("", t("No question: count everything")), ("other", t("Another question"))]
            choose(self._screen, t("Counted now: {query}", query=self._asked.query), answers, self._other_question)
        else:
            self._screen.app.push_screen(AskLine(self._what(), self._screen.tried), asked)

    def _what(self) -> str:
        return t("Count which fragments? As in: role=parent and valence=negative")

    def _other_question(self, key: str) -> None:
        if not key:
            self._screen.count(replace(self._asked, query=""))
            return
        ask_line(
            self._screen,
            self._what(),
            lambda words: self._screen.count(replace(self._asked, query=words)),
            self._screen.tried or self._asked.query,
        )

    def together(self) -> None:
        """Codes by codes: when do two stand together? Or back to the crosstab."""
        answers = [
            (How.OVERLAP.value, t("They overlap")),
            (How.TURN.value, t("Within one turn of a speaker")),
            (f"{How.NEAR.value}:{Gap.TURNS.value}", t("Near: in the same turn, or the one before or after")),
            (f"{How.NEAR.value}:{Gap.CHARACTERS.value}", t("Near: a number of characters apart")),
        ]
        if self._asked.how is not None:
            answers.append((_NONE, t("Back to the crosstab")))
        choose(self._screen, t("When do two codes stand together?"), answers, self._take_together)

    def strongest(self) -> None:
        """The pairs that stand together most; one leads to its cell."""
        counted = self._screen.counted
        if counted is None:
            return
        table = counted.table
        pairs = strongest(table, _MOST_PAIRS)
        answers = [
            (
                str(at),
                t(
                    "{coefficient} · {n}× · {one} + {other}",
                    coefficient=value_text(table.coefficients[row][column], Measure.COEFFICIENT),
                    n=table.counts[row][column],
                    one=table.rows[row].name,
                    other=table.columns[column].name,
                ),
            )
            for at, (row, column) in enumerate(pairs)
        ]

        def chosen(key: str) -> None:
            row, column = pairs[int(key)]
            self._screen.view.go_to(table.rows[row].key, table.columns[column].key)

        if answers:
            choose(
                self._screen,
                t("Which codes stand together most? Coefficient, number of times, codes."),
                answers,
                chosen,
            )
        else:
            self._screen.frame.say(t("No two codes stand together."))

    def _take_together(self, key: str) -> None:
        if key == _NONE:
            self._screen.count(replace(self._asked, how=None))
            return
        how, _, gap = key.partition(":")
        asked = replace(self._asked, how=How(how), gap=Gap(gap) if gap else self._asked.gap, distance=None)
        if gap == Gap.CHARACTERS.value:
            usual = USUAL_DISTANCE[Gap.CHARACTERS]
            question = t("At most how many characters between them?")
            ask_line(self._screen, question, lambda typed: self._take_distance(asked, typed), str(usual))
        else:
            self._screen.count(asked)

    def _take_distance(self, asked: Asked, typed: str) -> None:
        if typed.isdecimal() and len(typed) < 7:
            self._screen.count(replace(asked, distance=int(typed)))
        else:
            self._screen.frame.say(t("Write a whole number."), severity="warning")


def _now(words: str, is_now: bool) -> str:
    """An answer, with a sign where it is the one in use."""
    return f"{words} ✓" if is_now else words
