"""How are the families doing? Per life domain one bar of all families; Enter shows which families they are."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.analysis.service import CLASSES, DomainChange, Service
from verhalen.api.due import DAYS
from verhalen.api.reach_words import reach_rows
from verhalen.exchange.columns import parse_whole
from verhalen.i18n import mark, t, tn
from verhalen.settings import MOST_SNAPSHOT_DAYS
from verhalen.tui.charts import FILLS, stacked_bar
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.service import SERVICE
from verhalen.tui.dialogs import ask_line, choose
from verhalen.tui.matrix_page import matrix_page
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import HEADING, MUTED, TITLE, Line
from verhalen.tui.reading_window import ReadingWindow

_COLOURS = ("$text-success", "$foreground", "$text-muted", "$text-error")
_WIDEST = 96


class ServiceScreen(CommandScreen[None]):
    """All families together. For inside: nothing is masked."""

    COMMAND_CLASSES = SERVICE
    HELP_TITLE: ClassVar[str] = mark("How are the families doing?")
    HELP_TEXT: ClassVar[str] = mark(
        "Each bar is one part of life: how many families stand better, the same, were not looked at again, or stand worse than "
        "at their start, half a year before. Enter shows which families they are. 'Not looked at again' is not the same as "
        "'the same'. These numbers are for you and your colleagues: they do not say that you caused the change."
    )
    DEFAULT_CSS = """
    ServiceScreen #about { padding: 0 2; height: auto; }
    ServiceScreen OptionList { height: 1fr; }
    """

    def __init__(self, instrument: str = "") -> None:
        super().__init__()
        self.instrument = instrument
        """Key; empty takes the one that is used most."""
        self._service: Service | None = None

    def body(self) -> ComposeResult:
        """What is counted, the legend, the bars."""
        yield Static(id="about", markup=False)
        yield OptionList()

    def on_mount(self) -> None:
        """Count."""
        self.reload()

    def on_resize(self) -> None:
        """Another width, other bars."""
        self._fill()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Count again, beside the screen: a thousand families take a second."""
        self.run_worker(self._count(), exclusive=True, group="count")

    async def _count(self) -> None:
        if self._service is None:
            self.query_one("#about", Static).update(t("Counting…"))

        def count() -> Service:
            with self.project.sibling() as own:
                return own.families.service(self.instrument)

        try:
            self._service = await asyncio.to_thread(count)
        except errors.UnknownInstrument:
            self._service = None
            self.query_one("#about", Static).update(t("There is no instrument yet by which families are looked at."))
        self._fill()
        self.refresh_bindings()

    @property
    def domain(self) -> DomainChange | None:
        """The life domain of the cursor."""
        at = self.query_one(OptionList).highlighted
        return self._service.domains[at] if self._service and at is not None else None

    def _fill(self) -> None:
        about, options = self.query_one("#about", Static), self.query_one(OptionList)
        service = self._service
        if service is None:
            return
        legend = "   ".join(f"{sign} {t(word)}" for sign, word in zip(FILLS, CLASSES, strict=False))
        counted = tn(
            "{n} family was seen at its start and {days} days later ({window} days more or less)",
            "{n} families were seen at their start and {days} days later ({window} days more or less)",
            service.followed,
            days=service.settings.days,
            window=service.settings.window,
        )
        about.update(f"{service.instrument.name} · {counted}\n{legend}")
        at = options.highlighted or 0
        options.clear_options().add_options([Option(self._line(each)) for each in service.domains])
        options.highlighted = min(at, options.option_count - 1) if options.option_count else None

    def _line(self, domain: DomainChange) -> Content:
        words = [tn("{n} family", "{n} families", domain.n)] if domain.n else [t("nobody to compare")]
        if domain.to_read:
            words.append(tn("{n} to read one by one", "{n} to read one by one", len(domain.to_read)))
        if domain.not_compared:
            words.append(tn("{n} not to compare", "{n} not to compare", len(domain.not_compared)))
        head = Content.assemble(Content(domain.name).stylize("bold"), f"  {', '.join(words)}\n")
        parts = stacked_bar(domain.counts, min(_WIDEST, max(20, self.size.width - 8)))
        bar = [Content(part).stylize(colour) for part, colour in zip(parts, _COLOURS, strict=True)]
        return Content.assemble(head, "  ", *bar)

    def on_option_list_option_selected(self) -> None:
        """Enter or a click asks which families."""
        self.see_families()

    def see_families(self) -> None:
        """Choose a class, then see its families."""
        domain = self.domain
        if domain is None:
            return
        groups = [
            *zip(CLASSES, domain.families, strict=True),
            (mark("changed in a way that must be read"), domain.to_read),
            (mark("not to compare"), domain.not_compared),
        ]
        answers = [
            (str(at), tn("{n} family: {what}", "{n} families: {what}", len(keys), what=t(word)))
            for at, (word, keys) in enumerate(groups)
            if keys
        ]
        if not answers:
            self.frame.say(t("No family was looked at here yet."))
            return

        def chosen(answer: str) -> None:
            word, keys = groups[int(answer)]
            self.frame.open_families(only=keys, why=f"{domain.name}: {t(word)}")

        choose(self, t("{domain}: which families?", domain=domain.name), answers, chosen)

    def see_matrices(self) -> None:
        """From where to where, for every item of the life domain."""
        domain, service = self.domain, self._service
        if domain is None or service is None:
            return
        items = [item for item in service.instrument.items if item.domain == domain.key]
        lines = matrix_page(domain.name, service.instrument, service.change.pairs, items)
        self.app.push_screen(ReadingWindow(lines))

    def see_reach(self) -> None:
        """Choose a period, then read who is reached in it, and per municipality."""
        year = self.frame.day.year
        answers = [(str(each), str(each)) for each in (year, year - 1, year - 2)]
        choose(self, t("In which period?"), [*answers, ("", t("All time"))], self._show_reach)

    def _show_reach(self, year: str) -> None:
        period = (dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)) if year else None
        found = self.project.families.reach(period=period, by="municipality", today=self.frame.day)
        lines = [Line(t("Who do we reach, and who not?"), TITLE), Line(year or t("All time"), MUTED)]
        for each in found:
            name = t("All families together") if each.whole else each.group or t("not noted")
            lines += [Line(""), Line(name, HEADING)]
            lines += [Line(f"{label}: {value}", indent=2) for label, value in reach_rows(each.reach)]
        self.app.push_screen(ReadingWindow(lines))

    def see_due(self) -> None:
        """The families that wait for a snapshot, on the families screen."""
        days = self.frame.settings.snapshot_days
        found = [each for each in self.project.families.due(today=self.frame.day, days=days) if each.later is None]
        if not found:
            self.frame.say(t("No family in support is without a snapshot for more than {days} days.", days=days))
            return
        self.frame.open_families(
            only=[each.family.key for each in found], why=t("No snapshot for more than {days} days", days=days)
        )

    def ask_days(self) -> None:
        """After how many days a family waits for a snapshot."""
        question = t(
            "After how many days without a snapshot does a family wait for one? A quarter is {days}.", days=DAYS
        )
        ask_line(self, question, self._set_days, str(self.frame.settings.snapshot_days))

    def _set_days(self, written: str) -> None:
        days = parse_whole(written)
        if days is None or not 1 <= days <= MOST_SNAPSHOT_DAYS:
            self.frame.say(t("Write a number of days from 1 to {most}.", most=MOST_SNAPSHOT_DAYS), severity="warning")
            return
        self.frame.set_snapshot_days(days)
        self.frame.say(
            t("From now on a family waits after {days} days without a snapshot, on this computer.", days=days)
        )

    def see_change(self) -> None:
        """What changed, row by row."""
        if self._service is not None:
            self.frame.open_change(self._service.instrument.key)

    def choose_instrument(self) -> None:
        """By another instrument; what is made of the scores of others has a screen of its own."""
        answers = [(each.key, each.name) for each in self.project.scores.instruments() if each.asked]
        choose(self, t("By which instrument?"), answers, self._take)

    def _take(self, key: str) -> None:
        self.instrument = key
        self.reload()
