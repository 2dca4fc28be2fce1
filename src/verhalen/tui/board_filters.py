"""Choosing what the board shows: first by what, then which value, each with how many stories it would show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from textual.content import Content

from verhalen.i18n import t
from verhalen.msc.board import BoardStory, Facet, View, value_counts
from verhalen.tui.board_lines import value_label
from verhalen.tui.code_picker import Picker
from verhalen.tui.coding_fuzzy import Entry
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.dialogs import choose

_LONG = 12
"""Values from which on one types a few letters instead of walking through a list."""
_ALL = "*"


def ask_filter(
    screen: CommandScreen[Any],
    board: Sequence[BoardStory],
    view: View,
    domains: Mapping[str, str],
    act: Callable[[View], None],
) -> None:
    """Ask by what and which; `act` hears the new view."""

    def label(facet: Facet, value: str) -> str:
        return value_label(facet, value, domains=domains, board=board)

    def facet_chosen(key: str) -> None:
        facet = Facet(key)
        counts = value_counts(board, view, facet)
        answers = [(value, f"{label(facet, value)} ({count})") for value, count in counts.items()]
        if facet in view.chosen:
            answers.insert(0, (_ALL, t("All of them")))

        def value_chosen(value: str) -> None:
            act(view.with_value(facet, None if value == _ALL else value))

        question = t("{facet}: which?", facet=t(facet.label))
        if not answers:
            screen.frame.say(t("There are no stories to choose from."))
        elif len(answers) <= _LONG:
            choose(screen, question, answers, value_chosen)
        else:
            picker = Picker(
                [Entry(value, words) for value, words in answers],
                lambda entry: Content(entry.name),
                placeholder=question,
            )
            screen.app.push_screen(picker, lambda keys: value_chosen(keys[0]) if keys else None)

    facets = [
        (
            facet.value,
            f"{t(facet.label)}: {label(facet, view.chosen[facet])}" if facet in view.chosen else t(facet.label),
        )
        for facet in Facet
    ]
    choose(screen, t("Show only some stories. By what?"), facets, facet_chosen)
