"""How a story stands on the board: as a line, as a card, and the filters and counts above it in words."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence

from textual.content import Content

from verhalen.i18n import mark, t, tn
from verhalen.model.consent import Answer, Purpose
from verhalen.model.story import Moment, StoryAnswer
from verhalen.model.story_words import tongue_label
from verhalen.msc.board import CHOSEN, NEVER, NONE, BoardStory, Facet, Order, View, answer_counts
from verhalen.tui.consent_grid import SHORT
from verhalen.tui.words import day_text

_NOT_SAID = {
    Facet.DOMAIN: mark("no life domain yet"),
    Facet.TODO: mark("nothing: it is complete"),
}
_EXCERPT = 3
"""Lines of the text on a card."""


def answer_word(answer: StoryAnswer) -> str:
    """Good news, bad news, no change."""
    return t(answer.label)


def facts(each: BoardStory, *, short: bool = False) -> str:
    """Family, answer, day."""
    day = (f"{each.day:%d/%m/%Y}" if short else day_text(each.day)) if each.day else ""
    return " · ".join(part for part in (each.label, answer_word(each.story.answer), day) if part)


def states(each: BoardStory) -> str:
    """Consent, how many things are still to do, and a flag where the story is thin."""
    parts = [t("in reports: {answer}", answer=t(SHORT[each.story.consent(Purpose.REPORT)]))]
    signs = f"☐ {len(each.points)}" if each.points else ""
    if each.story.is_thin:
        signs = f"{signs} ⚑".strip()
    return " · ".join([*parts, signs] if signs else parts)


def _title(each: BoardStory, *, marked: bool) -> Content:
    sign = "◧ " if marked else ""
    return Content(f"{sign}{each.key}  {each.story.title}".rstrip()).stylize("bold")


def story_line(each: BoardStory, width: int, *, marked: bool) -> Content:
    """Three short lines; a story marked for reading beside another one has a sign."""
    lines = [
        _title(each, marked=marked),
        Content(facts(each, short=True)),
        Content(states(each)),
    ]
    return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)


def story_card(each: BoardStory, domains: Mapping[str, str], width: int, *, marked: bool) -> Content:
    """Facts, the beginning of the text, what it is about, where it was read, what is still to do."""
    words = tn("{n} word", "{n} words", each.words)
    about = ", ".join(domains.get(key, key) for key in each.story.domains)
    where = ", ".join(t("{round} chosen", round=one.key) if one.chosen else one.key for one in each.rounds)
    below = " · ".join(part for part in (states(each), where, about) if part)
    start = " ".join(each.story.text[: width * (_EXCERPT + 1)].split())
    text = textwrap.wrap(start, max(20, width - 2), max_lines=_EXCERPT, placeholder=" …")
    lines = [
        _title(each, marked=marked),
        Content(f"{facts(each)} · {words}"),
        *(Content(f"  {line}") for line in text),
        Content(below),
        Content(),
    ]
    return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)


def value_label(facet: Facet, value: str, *, domains: Mapping[str, str], board: Sequence[BoardStory]) -> str:
    """A value of a facet in words."""
    if value == NONE:
        return t(_NOT_SAID.get(facet, mark("not said")))
    if facet is Facet.DOMAIN:
        return domains.get(value, value)
    if facet is Facet.ROUND:
        return _round_label(value, board)
    if facet is Facet.FAMILY:
        return next((each.label for each in board if each.story.family == value), value)
    return _MARKED[facet](value) if facet in _MARKED else value


def _round_label(value: str, board: Sequence[BoardStory]) -> str:
    if value in (NEVER, CHOSEN):
        return t("never in a round") if value == NEVER else t("chosen in a round")
    title = next((one.title for each in board for one in each.rounds if one.key == value), "")
    return f"{value} {title}".strip()


def _known(enum: type[StoryAnswer] | type[Moment] | type[Answer], value: str) -> str:
    return t(enum(value).label) if value in set(enum) else value


_MARKED: Mapping[Facet, Callable[[str], str]] = {
    Facet.ANSWER: lambda value: _known(StoryAnswer, value),
    Facet.MOMENT: lambda value: _known(Moment, value),
    Facet.CONSENT: lambda value: _known(Answer, value),
    Facet.TODO: t,
    Facet.LANGUAGE: lambda value: t(tongue_label(value)),
}


def about_line(
    found: Sequence[BoardStory], board: Sequence[BoardStory], view: View, labels: Sequence[str], *, clear: str
) -> Content:
    """How many stories are shown, good and bad news among them, what is left out, and how to see all again."""
    counts = answer_counts(found)
    told = [f"{counts[answer.value]} {answer_word(answer)}" for answer in StoryAnswer if counts.get(answer.value)]
    if view.order is Order.FAMILY:
        told.append(t("by family"))
    all_ = tn("{n} story", "{n} stories", len(board))
    number = t("{n} of {all}", n=len(found), all=all_) if view.is_cut else all_
    first = Content(" · ".join([number, *told]))
    if not labels:
        return first
    only = t("Only: {what}", what=" + ".join(labels))
    back = Content.from_markup(
        "  [@click=screen.run_command('all-stories')][b]$key[/b] $all[/]", key=clear, all=t("All stories")
    )
    return Content.assemble(Content(only).stylize("bold"), back, "\n", first)
