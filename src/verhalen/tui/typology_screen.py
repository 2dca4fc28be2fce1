"""How families that tell of a code stand in the scores, beside those that do not: a table that leads to the families."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.analysis.change_table import Per
from verhalen.analysis.typology import TypologyRow, TypologyTable, Whose
from verhalen.exchange.matrix_picture import Caption
from verhalen.i18n import mark, t
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.behind import TYPOLOGY
from verhalen.tui.dialogs import choose
from verhalen.tui.exporting import TABLE, export
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.typology_words import (
    WHOSE,
    about_words,
    group_name,
    head_line,
    legend,
    row_line,
    target_name,
)
from verhalen.tui.words import capital, day_text

if TYPE_CHECKING:
    from verhalen.exchange.drawing import Drawing

_MARGIN = 6
_PER = {
    Per.ITEM: mark("Per question"),
    Per.DOMAIN: mark("Per life domain"),
    Per.SECTION: mark("Per part of the questionnaire"),
}


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What is asked."""

    code: str
    instrument: str
    per: Per = Per.DOMAIN
    whose: Whose = Whose.OWN


class TypologyScreen(CommandScreen[None]):
    """Per question or life domain a line for each group of families."""

    COMMAND_CLASSES = TYPOLOGY
    HELP_TITLE: ClassVar[str] = mark("Scores of families that tell of it")
    HELP_TEXT: ClassVar[str] = mark(
        "Each part of the table sets families that tell of the code beside families that have words here but do not tell of "
        "it, and families without words. Before and after are medians with the middle half of the group between brackets; "
        "the bar says how many families went forward, stayed or went backward. Enter shows the families of a line. "
        "A difference is no cause: who tells was not drawn by lot, and few families make large differences by chance."
    )
    DEFAULT_CSS = """
    TypologyScreen #about { padding: 0 1; height: auto; max-height: 6; background: $panel; }
    TypologyScreen #head, TypologyScreen #legend { padding: 0 1; height: auto; }
    TypologyScreen #legend { color: $text-muted; }
    TypologyScreen OptionList { height: 1fr; padding: 0; }
    """

    def __init__(self, code: str, instrument: str) -> None:
        super().__init__()
        self.asked = AskedOf(code, instrument)
        self.table: TypologyTable | None = None
        """None until it was counted."""
        self._rows: list[TypologyRow | None] = []
        """What each line shows; None for a heading."""

    def body(self) -> ComposeResult:
        """Who tells of what, the table, its signs."""
        yield Static(id="about", markup=False)
        yield Static(id="head", markup=False)
        yield OptionList(markup=False)
        yield Static(id="legend", markup=False)

    def on_mount(self) -> None:
        """Count."""
        self.query_one(OptionList).focus()
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._fill()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Count again."""
        self._ask(self.asked)

    def _ask(self, asked: AskedOf) -> None:
        self.asked = asked
        self.run_worker(self._count(asked), exclusive=True, group="count")

    async def _count(self, asked: AskedOf) -> None:
        self.query_one("#about", Static).update(t("Counting…"))

        def counted() -> TypologyTable:
            with self.project.sibling() as own:
                return own.relating.typology(asked.code, instrument=asked.instrument, per=asked.per, whose=asked.whose)

        try:
            self.table = await asyncio.to_thread(counted)
        except errors.VerhalenError as error:
            if self.table is None:
                self.query_one("#about", Static).update(str(error))
            self.frame.say_error(error)
        self._fill()

    def _fill(self) -> None:
        table, width = self.table, self.size.width - _MARGIN
        if table is None or not self.is_attached or width < 1:
            return
        options: list[Option] = []
        self._rows, target = [], None
        for row in table.rows:
            if row.target != target:
                target = row.target
                self._rows.append(None)
                options.append(Option(f"── {target_name(row)}", disabled=True))
            self._rows.append(row)
            options.append(Option(row_line(row, width)))
        self.query_one("#about", Static).update("\n".join([about_words(table), *map(str, table.notes)]))
        self.query_one("#head", Static).update(head_line(width))
        self.query_one("#legend", Static).update(legend())
        lines = self.query_one(OptionList)
        at = lines.highlighted
        lines.clear_options().add_options(options)
        able = [number for number, row in enumerate(self._rows) if row is not None]
        lines.highlighted = at if at in able else next(iter(able), None)
        self.refresh_bindings()

    @property
    def row(self) -> TypologyRow | None:
        """The line of the cursor."""
        at = self.query_one(OptionList).highlighted if self.is_attached else None
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def on_option_list_option_selected(self) -> None:
        """Enter or a click."""
        self.see_families()

    def see_families(self) -> None:
        """The families of the group on this line."""
        table, row = self.table, self.row
        if table is None or row is None:
            return
        them = table.groups.get(row.group, ())
        if not them:
            self.frame.say(t("No family stands in this group."))
            return
        why = f"{table.name}: {group_name(row.group)}"
        self.frame.open_families(only=sorted(them), why=why)

    # -- choosing ------------------------------------------------------------------------------------------------------

    def ask_per(self) -> None:
        """What a row stands for."""
        answers = [(each.value, t(words)) for each, words in _PER.items()]
        choose(self, t("What is a row?"), answers, lambda key: self._ask(replace(self.asked, per=Per(key))))

    def ask_whose(self) -> None:
        """Whose words make a family one that tells."""
        answers = [(each.value, capital(t(words))) for each, words in WHOSE.items()]
        choose(
            self, t("Whose words are counted?"), answers, lambda key: self._ask(replace(self.asked, whose=Whose(key)))
        )

    def ask_instrument(self) -> None:
        """By another instrument."""
        answers = [(each.key, each.name) for each in self.project.scores.instruments() if each.asked]
        choose(
            self,
            t("By which instrument?"),
            answers,
            lambda key: self._ask(replace(self.asked, instrument=key)),
        )

    # -- to a file -----------------------------------------------------------------------------------------------------

    def export(self) -> None:
        """This table as a file."""
        table = self.table
        if table is None:
            return

        def draw() -> Drawing:
            from verhalen.exchange.typology_picture import typology_drawing

            title = t("Scores of families that tell of '{code}'", code=table.name)
            lines = [
                *about_words(table).split("\n"),
                day_text(self.frame.day),
                t("before, after: median (middle half)"),
            ]
            return typology_drawing(table, Caption(title, lines, tuple(map(str, table.notes))))

        def put(path: Path) -> None:
            with self.project.sibling() as own:
                own.relating.write_typology(path, table)

        export(self, t("scores-{code}", code=table.name), draw=draw, write=put, kinds=(*TABLE, ".sav"))
