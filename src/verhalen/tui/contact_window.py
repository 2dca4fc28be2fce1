"""A contact in ten seconds: what it was by a digit, today and with the family unless one says otherwise, Enter."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen.exchange.columns import parse_day
from verhalen.i18n import mark, t
from verhalen.model.family import Contact, ContactKind, Family
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog
from verhalen.tui.dialogs import CancelDialog
from verhalen.tui.fields import Field
from verhalen.tui.words import day_text

KINDS = tuple(ContactKind)
EVERYBODY = "gezin"
"""With whom, where nobody says: the word that tables use."""


class _KindOfContact(Command["ContactWindow"]):
    """One of the kinds, by its digit."""

    kind: ClassVar[ContactKind]
    shown = False

    def run(self, screen: ContactWindow) -> None:
        """Choose it."""
        screen.choose(self.kind)


class VisitContact(_KindOfContact):
    """A home visit."""

    id = "contact-visit"
    key = "1"
    kind = ContactKind.VISIT
    title = mark("Home visit")
    help = mark("It was a home visit.")


class OutingContact(_KindOfContact):
    """An outing."""

    id = "contact-outing"
    key = "2"
    kind = ContactKind.OUTING
    title = mark("Outing")
    help = mark("It was an outing.")


class MessageContact(_KindOfContact):
    """A message."""

    id = "contact-message"
    key = "3"
    kind = ContactKind.MESSAGE
    title = mark("Message")
    help = mark("It was a message or a call.")


class MeetingContact(_KindOfContact):
    """A meeting."""

    id = "contact-meeting"
    key = "4"
    kind = ContactKind.MEETING
    title = mark("Meeting")
    help = mark("It was a meeting with others about or with the family.")


class StoreContact(Command["ContactWindow"]):
    """Note it."""

    id = "store-contact"
    key = "enter"
    title = mark("Note it")
    help = mark("Note this contact.")

    def run(self, screen: ContactWindow) -> None:
        """Give it."""
        screen.give()


class ContactWindow(CommandDialog[Contact | None]):
    """Gives the contact, or None."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (
        *(VisitContact, OutingContact, MessageContact, MeetingContact),
        *(StoreContact, CancelDialog),
    )
    DEFAULT_CSS = """
    ContactWindow { align: center middle; }
    ContactWindow > Vertical { width: 64; max-width: 100%; height: auto; background: $surface; border: round $border;
        padding: 0 1; }
    ContactWindow OptionList { height: 4; background: $surface; padding: 0; }
    ContactWindow #problem { height: auto; color: $text-warning; }
    ContactWindow KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, family: Family, label: str, *, today: dt.date) -> None:
        super().__init__()
        self._family = family
        self._label = label
        self._today = today

    def compose(self) -> ComposeResult:
        """Kinds with their digits, with whom, when."""
        members = ", ".join(person.member for person in self._family.there_on(self._today))
        with Vertical():
            yield Static(t("Contact with family {key}", key=self._label), classes="label", markup=False)
            yield OptionList(
                *(Option(f"{number}  {t(kind.label)}", id=kind.value) for number, kind in enumerate(KINDS, 1)),
                markup=False,
            )
            yield Static(t("With whom? Nothing means the family. {members}", members=members), markup=False)
            yield Field(placeholder=EVERYBODY, key="whom")
            yield Static(t("When? Nothing means today, {day}.", day=day_text(self._today)), markup=False)
            yield Field(placeholder=f"{self._today:%d/%m/%Y}", key="day")
            yield Static(id="problem", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """On the kinds, where digits count."""
        kinds = self.query_one(OptionList)
        kinds.highlighted = 0
        kinds.focus()

    def choose(self, kind: ContactKind) -> None:
        """The line of this kind."""
        self.query_one(OptionList).highlighted = KINDS.index(kind)

    def on_option_list_option_selected(self) -> None:
        """Enter on the list, or a click on a kind."""
        self.give()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a field."""
        event.stop()
        self.give()

    def give(self) -> None:
        """Give the contact, or say that the day cannot be read."""
        written = self.query_one("#day", Field).value.strip()
        day = parse_day(written) if written else self._today
        if day is None or day > self._today:
            problem = t("Write a day that has been, as in 12/03/2026.")
            self.query_one("#problem", Static).update(problem)
            self.query_one("#day", Field).focus()
            return
        kind = KINDS[self.query_one(OptionList).highlighted or 0]
        self.dismiss(Contact(day, kind.value, self.query_one("#whom", Field).value.strip() or EVERYBODY))
