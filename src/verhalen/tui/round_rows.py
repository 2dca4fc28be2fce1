"""Rows of the form in which a panel's result is written down."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import Horizontal
from textual.widgets import Select, Static

from verhalen.api.round_choosing import Outcome
from verhalen.i18n import t
from verhalen.model.selecting import Panelist, SelectionRound
from verhalen.tui.fields import Field, Picker

MORE_DISSENT = 2
"""Empty lines for who sees it otherwise."""


def heading(words: str) -> Static:
    """Above a part of the form."""
    return Static(words, classes="label", markup=False)


def label(words: str) -> Static:
    """Before a field."""
    return Static(words, classes="who", markup=False)


def picker(options: list[tuple[str, str]], value: str, prompt: str, name: str) -> Picker:
    """A list to choose from; a value that is not in it chooses nothing."""
    known = any(key == value for _, key in options)
    return Picker(options, prompt=prompt, value=value if known else Select.NULL, id=name, compact=True)


def vote_row(member: Panelist, stories: list[tuple[str, str]], filled: Outcome) -> Horizontal:
    """Who, for which story, why."""
    vote = (filled.votes or {}).get(member.name, "")
    argument = (filled.arguments or {}).get(member.name, "")
    chosen = picker(stories, vote, t("no vote"), f"vote-{member.id}")
    why = Field(argument, placeholder=t("why"), key=f"why-{member.id}")
    return Horizontal(label(member.name), chosen, why, classes="row")


def dissent_rows(round_: SelectionRound, filled: Outcome) -> Iterator[Horizontal]:
    """What was said, and some empty lines."""
    people = [(each.name, each.name) for each in round_.members]
    for number, (name, body) in enumerate([*(filled.dissents or ()), *[("", "")] * MORE_DISSENT]):
        who = picker(people, name, t("somebody"), f"other-{number}")
        said = Field(body, placeholder=t("what, and why"), key=f"said-{number}")
        yield Horizontal(who, said, classes="row")
