"""Numbers and stories side by side: what was counted left, what was told right, what the team says of it last."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.analysis.change_table import Per
from verhalen.analysis.joint import JointRow
from verhalen.analysis.scoring import Settings
from verhalen.i18n import mark, t, tn
from verhalen.scores.moments import At
from verhalen.tui.change_choices import Asked, Choices, CountingScreen
from verhalen.tui.commands.joint import JOINT
from verhalen.tui.dialogs import choose
from verhalen.tui.joint_reading import Joint, read_joint
from verhalen.tui.joint_words import head_line, is_wide, legend, row_line, row_lines
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page
from verhalen.tui.verdict_acts import VerdictActs

_MARGIN = 5
"""Cells beside the lines: padding and the scroll bar."""
_WIDEST = 156
_NOTHING = mark("There is no list of questions yet by which families are looked at.")


class JointScreen(CountingScreen):
    """J1. For inside: nothing is masked."""

    COMMAND_CLASSES = JOINT
    HELP_TITLE: ClassVar[str] = mark("Numbers and stories side by side")
    HELP_TEXT: ClassVar[str] = mark(
        "Left what was counted: n families were seen twice, and how many stand better, the same, were not looked at again or "
        "worse; D is better less worse, divided by n. Right what was told: stories, words of families themselves, and words "
        "of others about families, which are counted apart. Look first yourself. Then L says what it looks like, and with V "
        "you write down together how numbers and words stand to each other, and why. Enter shows what lies behind a row. "
        "These numbers are for you and your colleagues: they do not say that you caused the change."
    )
    DEFAULT_CSS = """
    JointScreen #about { padding: 0 1; height: auto; max-height: 4; color: $text-muted; }
    JointScreen #head { padding: 0 1 0 2; height: auto; }
    JointScreen OptionList { height: 1fr; border-bottom: solid $border-blurred; padding: 0; }
    JointScreen #row { height: 7; padding: 0 1; }
    JointScreen.-roomy #row { height: 14; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-tight"), (36, "-roomy")]  # noqa: RUF012 - Textual declares it without ClassVar

    def __init__(self, instrument: str = "") -> None:
        super().__init__()
        self.asked = Asked(instrument, per=Per.GROUP)
        self.joint: Joint | None = None
        """None until it was counted, and where there is nothing to count by."""
        self.choices = Choices(self)
        self.verdicts = VerdictActs(self)
        self._looked: set[str] = set()
        """Rows of which somebody asked what they look like."""

    def body(self) -> ComposeResult:
        """What is counted, the rows, the row of the cursor."""
        yield Static(id="about", markup=False)
        yield Static(id="head", markup=False)
        yield OptionList(markup=False)
        with VerticalScroll(id="row", can_focus=False):
            yield Page()

    def on_mount(self) -> None:
        """Count; the arrows walk through the rows at once."""
        self.query_one("#about", Static).update(t("Counting…"))
        self.query_one(OptionList).focus()
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._fill()

    # -- counting ------------------------------------------------------------------------------------------------------

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Count again."""
        self.run_worker(self._count(self.asked), exclusive=True, group="count")

    def count(self, asked: Asked) -> None:
        """Count something else, beside the screen. What was asked before is let go."""
        self.query_one("#about", Static).update(t("Counting…"))
        self.run_worker(self._count(asked), exclusive=True, group="count")

    async def _count(self, asked: Asked) -> None:
        day = self.frame.day

        def counted() -> Joint:
            with self.project.sibling() as own:
                return read_joint(own, asked, today=day)

        try:
            self.joint = await asyncio.to_thread(counted)
        except errors.UnknownInstrument:
            self.joint = None
            self.query_one("#about", Static).update(t(_NOTHING))
        except errors.VerhalenError as error:
            self.frame.say_error(error)
        else:
            self.asked = replace(asked, instrument=self.joint.key)
        self._fill()
        self.refresh_bindings()

    # -- showing -------------------------------------------------------------------------------------------------------

    @property
    def row(self) -> JointRow | None:
        """The row of the cursor."""
        option = self.query_one(OptionList).highlighted_option if self.is_attached else None
        return self.joint.row(option.id or "") if self.joint and option else None

    def _fill(self) -> None:
        joint, width = self.joint, min(_WIDEST, self.size.width - _MARGIN)
        if joint is None or width < 1:
            return
        self.query_one("#about", Static).update(f"{self._basis(joint)}\n{legend(width)}")
        self.query_one("#head", Static).update(head_line(width))
        lines = self.query_one(OptionList)
        here = lines.highlighted_option.id if lines.highlighted_option else ""
        keys = [row.key for row in joint.rows]
        lines.clear_options().add_options([Option(row_line(row, width), id=row.key) for row in joint.rows])
        lines.highlighted = keys.index(here) if here in keys else 0 if keys else None
        self._show_row()

    def _basis(self, joint: Joint) -> str:
        """By what is counted, and how many rows somebody discussed."""
        settings, used = self.asked.settings, [row for row in joint.rows if row.in_use]
        said = sum(row.verdict is not None for row in used)
        words = [joint.instrument, str(self.asked.year) if self.asked.year else t("All time")]
        words.append(tn("{said} of {n} discussed", "{said} of {n} discussed", len(used), said=said))
        if settings != Settings() or is_wide(self.size.width):
            moments = t("day {days}, {window} days before and after", days=settings.days, window=settings.window)
            words += [
                moments if settings.at is At.DAY else t("The last snapshot when support ended"),
                t(settings.rule.label),
            ]
        return " · ".join(words)

    def on_option_list_option_highlighted(self) -> None:
        """Another row."""
        self._show_row()

    def _show_row(self) -> None:
        row, page = self.row, self.query_one("#row Page", Page)
        page.fill(row_lines(row, asked=row.key in self._looked) if row is not None else ())
        self.query_one("#row").scroll_home(animate=False)
        self.refresh_bindings()

    # -- acts ----------------------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self) -> None:
        """Enter or a click shows what lies behind."""
        self.see_row()

    def see_row(self) -> None:
        """The row in full, with a way to everything behind it."""
        from verhalen.tui.joint_row import JointRowScreen

        if self.row is not None:
            self.app.push_screen(JointRowScreen(self.asked, self.row.key))

    def look(self) -> None:
        """Say what the row looks like; asked again it goes away."""
        if self.row is not None:
            self._looked ^= {self.row.key}
            self._show_row()

    def decide(self) -> None:
        """Write down what the team says of the row."""
        if self.row is not None:
            self.verdicts.on_row(self.row)

    def turn(self) -> None:
        """Groups, or life domains."""
        self.count(replace(self.asked, per=Per.DOMAIN if self.asked.per is Per.GROUP else Per.GROUP))

    def turn_apart(self) -> None:
        """Adults and children in rows of their own, or together."""
        self.count(replace(self.asked, apart=not self.asked.apart))

    def see_factors(self) -> None:
        """J5."""
        from verhalen.tui.joint_tables import FactorsScreen

        self.app.push_screen(FactorsScreen(self.asked))

    def see_themes(self) -> None:
        """J2."""
        from verhalen.tui.joint_tables import ThemesScreen

        self.app.push_screen(ThemesScreen(self.asked))

    def see_crosswalk(self) -> None:
        """J4."""
        from verhalen.tui.joint_tables import CrosswalkScreen

        self.app.push_screen(CrosswalkScreen(self.asked))

    def export(self) -> None:
        """Save what is shown."""
        from verhalen.tui.joint_picture import joint_picture
        from verhalen.tui.joint_saving import Saving, save_display

        joint = self.joint
        if joint is not None:
            picture = joint_picture(t(self.HELP_TITLE), self._basis(joint), joint.rows)
            save_display(self, Saving(t("numbers-and-stories"), joint.rows, picture, joint.data))

    def ask_period(self) -> None:
        """One year, or all time."""
        year = self.frame.day.year
        answers = [(str(each), str(each)) for each in (year, year - 1, year - 2)]

        def chosen(answer: str) -> None:
            self.count(replace(self.asked, year=int(answer) or None))

        choose(self, t("In which period?"), [*answers, ("0", t("All time"))], chosen)
