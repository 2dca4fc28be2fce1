"""How far coders agree, code by code: percent, n, how often each gave it, alpha. No traffic light."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.analysis.agreement_units import UnitOf
from verhalen.i18n import mark, t, tn
from verhalen.scores.wording import decimals
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.second import AGREEMENT
from verhalen.tui.dialogs import choose
from verhalen.tui.exporting import export
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.one_reading import OneReading
from verhalen.tui.page import HEADING, MUTED, Line, Page
from verhalen.tui.second_reading import Asked
from verhalen.tui.second_words import why_not
from verhalen.tui.words import capital

if TYPE_CHECKING:
    from verhalen.analysis.agreeing import AgreementRow, AgreementTable
    from verhalen.exchange.drawing import Drawing
    from verhalen.statistics.outcome import Outcome

UNITS = {
    UnitOf.TURN: mark("turn"),
    UnitOf.SENTENCE: mark("sentence"),
    UnitOf.PARAGRAPH: mark("paragraph"),
    UnitOf.CODED: mark("turn with a code"),
}
_FIGURE = 8
"""Cells of a column with a number."""
_EDGES = 4


class AgreementScreen(CommandScreen[None]):
    """The codes, and below them everything of the code of the cursor."""

    COMMAND_CLASSES = AGREEMENT
    HELP_TITLE: ClassVar[str] = mark("Agreement")
    HELP_TEXT: ClassVar[str] = mark(
        "Per code: how many turns both judged (n), in what share of them they say the same (%), how often each gave the "
        "code, and alpha, which takes chance out: 1 is full agreement, 0 is what chance gives. Of a rare code the percentage "
        "is high by itself, and alpha can hang on a few turns: so look at n and at how often it was given. A dash: it cannot "
        "be determined; why stands below it. Enter shows the turns in which you differ. There are no colours or borders "
        "here: what is enough is for you to argue."
    )
    DEFAULT_CSS = """
    AgreementScreen #about { padding: 0 1; height: auto; max-height: 3; background: $panel; }
    AgreementScreen #head { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; }
    AgreementScreen OptionList { height: 1fr; padding: 0; }
    AgreementScreen #row { height: 8; padding: 0 1; border-top: solid $border-blurred; }
    """

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._asked = asked
        self._unit = UnitOf.TURN
        self._names: dict[str, str] = {}
        self._reading = OneReading(self, self._count)
        self.found: AgreementTable | None = None
        """None until it was counted."""

    def body(self) -> ComposeResult:
        """What is compared, the codes, one code."""
        yield Static(t("Counting…"), id="about", markup=False)
        yield Static(id="head", markup=False)
        yield OptionList()
        with VerticalScroll(id="row", can_focus=False):
            yield Page()

    def on_mount(self) -> None:
        """Count."""
        self.query_one(OptionList).focus()
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self.call_after_refresh(self._fill)

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Count again, beside the screen."""
        self._reading.ask()

    async def _count(self) -> None:
        asked, unit = self._asked, self._unit

        def read() -> AgreementTable:
            with self.project.sibling() as own:
                return own.agreement.table(unit=unit, coders=asked.pair or (), sources=asked.sources)

        try:
            self.found = await asyncio.to_thread(read)
        except errors.VerhalenError as error:
            self.found = None
            self.query_one("#about", Static).update(why_not(self, error))
        self._names = {each.key: each.name for each in self.project.codes.book().codes}
        self._fill()

    # -- showing -------------------------------------------------------------------------------------------------------

    @property
    def row(self) -> AgreementRow | None:
        """The code of the cursor."""
        at = self.query_one(OptionList).highlighted if self.is_attached and self.found else None
        return self.found.rows[at] if at is not None and self.found and at < len(self.found.rows) else None

    def _fill(self) -> None:
        found = self.found
        lines = self.query_one(OptionList)
        at = lines.highlighted or 0
        lines.clear_options()
        self.query_one("#head", Static).update(self._head() if found and found.rows else "")
        if found is not None:
            self.query_one("#about", Static).update(self._about(found))
            lines.add_options([Option(self._line(each)) for each in found.rows])
            lines.highlighted = min(at, len(found.rows) - 1) if found.rows else None
        self._show()

    def _about(self, found: AgreementTable) -> str:
        if len(found.coders) < 2 or not found.rows:
            return t("No text was coded by two coders yet: give a colleague a text to code too.")
        return t(
            "{coders} · unit: {unit} · {n}",
            coders=", ".join(each.name for each in found.coders),
            unit=t(UNITS[found.unit]),
            n=tn("{n} text", "{n} texts", len(found.sources)),
        )

    def _columns(self) -> list[str]:
        coders = self.found.coders if self.found else ()
        return ["n", "%", *(each.name[: _FIGURE - 1] for each in coders), t("alpha"), t("differ")]

    def _room(self) -> int:
        """Cells for the name of a code."""
        return max(12, min(40, self.size.width - _EDGES - _FIGURE * len(self._columns())))

    def _head(self) -> str:
        return _padded(capital(t("code")), self._room()) + "".join(each.rjust(_FIGURE) for each in self._columns())

    def _line(self, row: AgreementRow) -> Content:
        figures = [str(row.n), _percent(row.percent), *(_share(each) for each in row.prevalence)]
        figures += [_figure(row.alpha), str(len(row.disagreements))]
        name = _padded(self._names.get(row.code, row.code), self._room())
        line = Content(name + "".join(each.rjust(_FIGURE) for each in figures))
        reasons = dict.fromkeys(t(each.reason) for each in (row.percent, row.alpha) if each.value is None)
        below = [Content(f"\n    {capital(each)}").stylize("$text-muted") for each in reasons]
        return Content.assemble(line, *below)

    def on_option_list_option_highlighted(self) -> None:
        """Another code."""
        self._show()

    def on_option_list_option_selected(self) -> None:
        """Enter or a click: where they differ."""
        self.see_differences()

    def _show(self) -> None:
        row = self.row
        self.query_one(Page).fill(self._lines(row) if row else ())
        self.query_one("#row").scroll_home(animate=False)
        self.refresh_bindings()

    def _lines(self, row: AgreementRow) -> Iterator[Line]:
        yield Line(f"{self._names.get(row.code, row.code)} ({row.code})", HEADING)
        coders = self.found.coders if self.found else ()
        given = (
            t("{coder} gave it in {given} of {n}", coder=each.name, given=some, n=of)
            for each, some, of in zip(coders, row.given, row.judged, strict=True)
        )
        yield Line(" · ".join(given))
        measures = (
            (t("alpha (Krippendorff, nominal)"), row.alpha),
            (
                t("kappa (Cohen)") if len(coders) == 2 else t("kappa (Fleiss)"),
                row.kappa if len(coders) == 2 else row.fleiss,
            ),
            (t("alpha of running text (u)"), row.u_alpha),
            (t("alpha of running text (cu)"), row.cu_alpha),
        )
        for name, outcome in measures:
            yield Line(f"{name}: {_figure(outcome) if outcome.value is not None else t(outcome.reason)}")
        if self.found:
            yield Line(
                t("Alpha of running text (u, cu) by the formulas of {version}.", version=self.found.version), MUTED
            )

    # -- acts ----------------------------------------------------------------------------------------------------------

    def see_differences(self) -> None:
        """The turns in which they differ about this code."""
        if self.row is not None and self.row.disagreements:
            asked = self._asked
            self.frame.open_differences(Asked(asked.sources, asked.pair, self.row.code))

    def ask_unit(self) -> None:
        """Turn, sentence, paragraph, turn with a code."""

        def chosen(answer: str) -> None:
            self._unit = UnitOf(answer)
            self.query_one("#about", Static).update(t("Counting…"))
            self.reload()

        choose(self, t("What is compared?"), [(each.value, capital(t(name))) for each, name in UNITS.items()], chosen)

    def export(self) -> None:
        """To a file."""
        found = self.found
        if found is None:
            return

        def put(path: Path) -> None:
            with self.project.sibling() as own:
                own.agreement.write(path, found)

        def draw() -> Drawing:
            raise NotImplementedError  # only tables are offered

        export(self, t("agreement"), draw=draw, write=put, kinds=(".xlsx", ".csv"))


def _padded(words: str, room: int) -> str:
    short = words if cell_len(words) < room else words[: room - 2] + "…"
    return short + " " * (room - cell_len(short))


def _figure(outcome: Outcome) -> str:
    return "–" if outcome.value is None else decimals(outcome.value, 3)


def _percent(outcome: Outcome) -> str:
    return "–" if outcome.value is None else decimals(100 * outcome.value, 1)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{decimals(100 * value, 1)}%"
