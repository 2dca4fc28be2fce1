"""Before a snapshot: with which questions, who judges, which day. Enter is enough where nothing is to be changed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.api.snapshot_forms import Form, Unfinished
from verhalen.i18n import mark, t, tn
from verhalen.model.family import Level
from verhalen.model.instrument import Instrument
from verhalen.model.snapshot import Assessor
from verhalen.scores.registering import Sheet
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, CommandDialog
from verhalen.tui.dialogs import CancelDialog, ask_line, choose
from verhalen.tui.snapshot_words import said_words
from verhalen.tui.words import capital, day_text

FIRST_CHOICE = "sociale_balans"
NOBODY = mark(
    "These questions are about people, and nobody of this family is written down for that day. Write down who they are first."
)
FAMILY_ONLY = mark(
    "Nobody of this family is written down for that day, so only questions about the family as a whole are asked."
)
NO_DAY = mark("I cannot read that day. Write it like 12/03/2026.")
FUTURE = mark("That day is still to come. A snapshot is of today or of an earlier day.")


class StartSnapshot(CommandDialog[Form | None]):
    """Gives which snapshot is wanted, or None."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (CancelDialog,)
    DEFAULT_CSS = """
    StartSnapshot { align: center middle; }
    StartSnapshot > Vertical { width: 70; max-width: 96%; height: auto; max-height: 90%; background: $surface;
        border: round $border; padding: 1 2 0 2; }
    StartSnapshot OptionList { height: auto; max-height: 12; margin: 1 0; background: $surface; padding: 0; }
    StartSnapshot #said { height: auto; max-height: 5; color: $text-muted; }
    StartSnapshot #said.-nothing { display: none; }
    StartSnapshot KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, family: str) -> None:
        super().__init__()
        self._family = family
        self._instruments: list[Instrument] = []
        self._unfinished: list[Unfinished] = []
        self.form: Form | None = None
        """What was chosen so far; None where there are no questions at all."""

    def compose(self) -> ComposeResult:
        """Whose snapshot, the choices, keys."""
        with Vertical():
            label = self.project.privacy.family_label(self._family)
            yield Static(t("A new snapshot of family {key}", key=label), classes="label", markup=False)
            yield OptionList(markup=False)
            yield Static(id="said", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Offer what was chosen the last time."""
        snapshots = self.project.snapshots
        self._instruments = snapshots.instruments()
        self._unfinished = snapshots.unfinished(self._family)
        before = snapshots.remembered()
        wanted = [before.instrument, FIRST_CHOICE]
        known = {each.key: each for each in self._instruments}
        first = next((known[key] for key in wanted if key in known), next(iter(self._instruments), None))
        if first is not None:
            assessor = snapshots.usual_assessor(self._family, first, self.frame.day)
            self.form = Form(self._family, first.key, assessor, self.frame.day)
        self._fill("open:0" if self._unfinished else "begin")

    def _fill(self, at: str) -> None:
        lines = self.query_one(OptionList)
        lines.clear_options().add_options(self._options())
        if lines.option_count:
            ids = [option.id for option in lines.options]
            lines.highlighted = ids.index(at) if at in ids else 0
        self._show_said()

    def _show_said(self) -> None:
        """What was written the last time about the whole."""
        said = self.query_one("#said", Static)
        try:
            sheet = self.project.snapshots.open(self.form) if self.form else None
        except errors.VerhalenError:
            sheet = None  # gone in another window; to begin says so
        lines = [said_words(sheet.said, sheet)] if sheet is not None and sheet.said is not None else []
        if sheet is not None and sheet.questions and not self._asks_persons(sheet):
            lines.append(t(FAMILY_ONLY))
        words = "\n".join(lines)
        said.update(words)
        said.set_class(not words, "-nothing")

    @staticmethod
    def _asks_persons(sheet: Sheet) -> bool:
        """Whether somebody is asked about, where the instrument asks about people."""
        about = any(item.level is not Level.FAMILY for item in sheet.instrument.asked)
        return not about or any(each.person is not None for each in sheet.questions)

    def _options(self) -> list[Option]:
        form = self.form
        if form is None:
            return [
                Option(t("There are no questions yet. Ask the coordinator to load a questionnaire."), disabled=True)
            ]
        options = [
            Option(self._go_on(each), id=f"open:{number}")
            for number, each in enumerate(self._unfinished)
            if each.form != form
        ]
        day = t("today") if form.day == self.frame.day else day_text(form.day)
        return [
            *options,
            Option(self._begin(form), id="begin"),
            Option(t("Questions: {name}", name=self._called(form.instrument)), id="instrument"),
            Option(self._who(form), id="assessor"),
            Option(t("Day: {day}", day=day), id="day"),
        ]

    def _go_on(self, each: Unfinished) -> str:
        what = f"{self._called(each.form.instrument)}, {t(each.form.assessor.label)}, {day_text(each.form.day)}"
        return tn("Finish: {what} ({n} answer)", "Finish: {what} ({n} answers)", each.answers, what=what)

    def _begin(self, form: Form) -> str:
        there = self.project.snapshots.answers(form)
        if not there:
            return t("Begin")
        return tn(
            "Go on with the snapshot of that day ({n} answer)",
            "Go on with the snapshot of that day ({n} answers)",
            there,
        )

    def _who(self, form: Form) -> str:
        """Who judges, and where others judged this family: when, as their answers are not those of this one."""
        said = t("Who judges: {who}", who=t(form.assessor.label))
        judged = self.project.snapshots.judged(self._family, form.instrument, form.day)
        if not judged or form.assessor in [each.assessor for each in judged]:
            return said
        others = ", ".join(f"{t(each.assessor.label)} ({day_text(each.day)})" for each in judged)
        return "\n".join([said, "  " + t("So far judged by: {who}. What they said is not shown.", who=others)])

    def _called(self, key: str) -> str:
        return next((each.name for each in self._instruments if each.key == key), key)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin, go on, or choose something else first."""
        match (event.option.id or "").split(":"):
            case ["open", number]:
                self.dismiss(self._unfinished[int(number)].form)
            case ["begin"]:
                self._try_to_begin()
            case ["instrument"]:
                names = [(each.key, each.name) for each in self._instruments]
                choose(self, t("Which questions?"), names, self._take_instrument)
            case ["assessor"]:
                words = [(each.value, capital(t(each.label))) for each in Assessor]
                choose(self, t("Who judges how it goes?"), words, self._take_assessor)
            case ["day"]:
                day = self.form.day if self.form else self.frame.day
                ask_line(self, t("Of which day is it?"), self._take_day, f"{day:%d/%m/%Y}")

    def _take_instrument(self, key: str) -> None:
        if self.form is not None:
            chosen = next(each for each in self._instruments if each.key == key)
            assessor = self.project.snapshots.usual_assessor(self._family, chosen, self.form.day)
            self.form = Form(self._family, key, assessor, self.form.day)
            self._fill("begin")

    def _take_assessor(self, value: str) -> None:
        if self.form is not None:
            self.form = Form(self._family, self.form.instrument, Assessor(value), self.form.day)
            self._fill("begin")

    def _take_day(self, written: str) -> None:
        from verhalen.exchange.columns import parse_day

        day = parse_day(written)
        if day is None or day > self.frame.day:
            self.frame.say(t(NO_DAY if day is None else FUTURE), severity="warning")
        elif self.form is not None:
            self.form = Form(self._family, self.form.instrument, self.form.assessor, day)
            self._fill("begin")

    def _try_to_begin(self) -> None:
        if self.form is None:
            return
        try:
            sheet = self.project.snapshots.open(self.form, today=self.frame.day)
        except errors.VerhalenError as error:
            self.frame.say_error(error)
            return
        if sheet.questions:
            form = self.form
            self.write(lambda project: project.snapshots.remember(form))
            self.dismiss(form)
        else:
            self.frame.say(t(NOBODY), severity="warning")
