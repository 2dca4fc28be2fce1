"""What the snapshot screen says: a question with its last value, the answers to choose from, the closing count."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from verhalen.i18n import mark, t, tn
from verhalen.model.family import Person
from verhalen.model.instrument import Instrument
from verhalen.model.snapshot import State
from verhalen.scores.answering import Count, value_at_digit
from verhalen.scores.registering import Answer, Block, Last, Question, Said, Sheet, label_of
from verhalen.tui.page import MUTED
from verhalen.tui.words import age_text, capital, day_text

SIGNS = {
    State.SCORED: "●",
    State.CONFIRMED: "=",
    State.CONFIRMED_IN_BULK: "≡",
    State.NOT_APPLICABLE: "–",
    State.UNKNOWN: "?",
}
"""Before the name of an item that has an answer; the words of the answer stand behind it."""
OPEN = "○"
HERE = "▸"
"""Before the question of the cursor."""
SAID = {
    State.CONFIRMED: mark("still so"),
    State.CONFIRMED_IN_BULK: mark("still so (whole domain)"),
    State.NOT_APPLICABLE: mark("not applicable"),
    State.UNKNOWN: mark("not known"),
}
NO_DIGITS = mark("Type the number, from {low} to {high}.")
_INDENT = 5
"""Cells before the words of an answer: its digit stands there."""


def about_whom(person: Person | None) -> str:
    """The family, or a member of it."""
    return capital(person.member) if person else t("The family")


def question_name(question: Question) -> str:
    """Item and person."""
    return f"{capital(question.item.name)} · {about_whom(question.person)}"


def block_title(block: Block) -> str:
    """Domain and person."""
    return " · ".join(part for part in (about_whom(block.person), block.section) if part)


def block_heading(block: Block, sheet: Sheet) -> Content:
    """The same, and how many there are, with an arrow each way to click: a narrow window has no list of them."""
    blocks = sheet.blocks
    words = f"{block_title(block)}  ({t('{at} of {n}', at=blocks.index(block) + 1, n=len(blocks))})"
    arrows = (("previous-domain", " ← "), ("next-domain", " → "))
    clicks = [
        Content(sign).stylize(Style.from_meta({"@click": f"screen.run_command('{command}')"}))
        for command, sign in arrows
    ]
    return Content.assemble(words, "  ", *clicks)


def value_words(instrument: Instrument, value: int | None, label: str) -> str:
    """A value with its words."""
    if value is None:
        return t("not applicable")
    return f"{value} '{label}'" if label else t("{value} of {high}", value=value, high=instrument.high)


def last_words(last: Last, sheet: Sheet, *, width: int) -> str:
    """The last value, its words, its day and its age: last time 4 'small faults' (12 March, 8 months ago).

    Where that is too long for the width (cells) the age goes, as the day says it too; then the words are cut.
    """
    when = day_text(last.day, year=last.day.year != sheet.day.year)
    ago = age_text(last.day, sheet.day) if last.day < sheet.day else t("the same day")
    words = value_words(sheet.instrument, last.value, last.label)
    found = t("last time {value} ({day}, {ago})", value=words, day=when, ago=ago)
    if cell_len(found) <= width:
        return found
    found = t("last time {value} ({day})", value=words, day=when)
    over = cell_len(found) - width
    if not 0 < over < len(last.label):
        return found
    words = value_words(sheet.instrument, last.value, f"{last.label[: -over - 1]}…")
    return t("last time {value} ({day})", value=words, day=when)


def seen_words(question: Question, sheet: Sheet, *, width: int) -> str:
    """What is known of a question; that nothing is known, is said too."""
    if question.last is not None:
        return last_words(question.last, sheet, width=width)
    if question.earlier is not None:
        earlier = question.earlier
        value = value_words(sheet.instrument, earlier.value, earlier.label)
        return t("in an earlier period of support {value} ({day})", value=value, day=day_text(earlier.day))
    return t("not asked before")


def answer_words(answer: Answer, question: Question, instrument: Instrument) -> str:
    """An answer, with its words."""
    if answer.value is None:
        return t(SAID[answer.state])
    label = label_of(question.item.labels, instrument.low, answer.value)
    return t("now {value}", value=value_words(instrument, answer.value, label))


def question_line(question: Question, sheet: Sheet, *, width: int, lines: int, here: bool) -> Content:
    """A question in the list, on one line or two; what is too long for the width is cut, never the name."""
    answer = question.answer
    signs = f"{HERE if here else ' '}{SIGNS[answer.state] if answer else OPEN}"
    name = Content(f"{signs} {capital(question.item.name)}").stylize("bold")
    said = f"  {answer_words(answer, question, sheet.instrument)}" if answer else ""
    extra = " ✎" if answer and (answer.note or answer.reasons) else ""
    seen = seen_words(question, sheet, width=width - 3)
    if lines == 1:
        before = f" ← {seen}" if question.last or question.earlier else ""
        middle = f"{said}{extra}{before}" if answer else f"  {seen}"
        return Content.assemble(name, middle).truncate(width, ellipsis=True)
    first = Content.assemble(name, said, extra).truncate(width, ellipsis=True)
    return Content("\n").join([first, Content(f"   {seen}").truncate(width, ellipsis=True).stylize(MUTED)])


# -- the answers of one question -----------------------------------------------------------------------------------------


def answer_panel(question: Question, sheet: Sheet, *, width: int) -> Content:
    """The question in full, each answer with its digit, and what was written beside it. Each answer can be clicked."""
    item = question.item
    lines = [Content(question_name(question)).stylize("bold")]
    lines += [part.stylize(MUTED) for part in _wrapped(item.question, width)]
    lines += list(_scale(question, sheet, width) if item.labels else _numbers(question, sheet))
    if item.note:
        lines += [part.stylize(MUTED) for part in _wrapped(t("Mind: {note}", note=item.note), width)]
    lines += [part for words in _beside(question, sheet) for part in _wrapped(words, width)]
    return Content("\n").join(lines)


def _wrapped(words: str, width: int) -> list[Content]:
    return [Content(part) for part in textwrap.wrap(words, max(20, width))]


def _scale(question: Question, sheet: Sheet, width: int) -> Iterator[Content]:
    for value, label in enumerate(question.item.labels, sheet.instrument.low):
        words = label + _mark(question, value)
        first, *rest = textwrap.wrap(words, max(20, width - _INDENT)) or [""]
        text = "\n".join([f"{value:>3}  {first}", *(" " * _INDENT + part for part in rest)])
        yield _clickable(text, value, chosen=question.answer is not None and question.answer.value == value)


def _numbers(question: Question, sheet: Sheet) -> Iterator[Content]:
    """A scale without words: its numbers on one line, or how to type them where there are many."""
    low, high = sheet.instrument.low, sheet.instrument.high
    if high > 10:
        yield Content(t(NO_DIGITS, low=low, high=high))
        return
    chosen = question.answer.value if question.answer else None
    numbers = [_clickable(f" {value} ", value, chosen=value == chosen) for value in range(low, high + 1)]
    tenth = Content(t("0 is 10")).stylize(MUTED)
    yield Content(" ").join([*numbers, *([tenth] if value_at_digit(sheet.instrument, "0") == 10 else [])])


def _mark(question: Question, value: int) -> str:
    last = question.last.value if question.last else None
    marks = [t("last time")] if last == value else []
    if question.answer is not None and question.answer.value == value:
        marks.append(t("now"))
    return f"  ← {', '.join(marks)}" if marks else ""


def _clickable(text: str, value: int, *, chosen: bool) -> Content:
    click = Style.from_meta({"@click": f"screen.answer({value})"})
    return Content(text).stylize(click).stylize("bold reverse" if chosen else "")


def _beside(question: Question, sheet: Sheet) -> Iterator[str]:
    """Reasons, words, and what the start should have said."""
    answer, revised = question.answer, question.revised
    if question.said is not None:
        yield said_words(question.said, sheet)
    if answer and answer.reasons:
        yield t("Because: {reasons}", reasons=", ".join(t(reason.label) for reason in answer.reasons))
    if answer and answer.note:
        yield t("Words: {note}", note=answer.note)
    if revised is not None:
        label = label_of(question.item.labels, sheet.instrument.low, revised.value) if revised.value is not None else ""
        value = value_words(sheet.instrument, revised.value, label)
        yield t("At the start it was really {value}: {reason}", value=value, reason=t(revised.reason.label))


def said_words(said: Said, sheet: Sheet) -> str:
    """What was written earlier, with its day."""
    reasons = ", ".join(t(reason.label) for reason in said.reasons)
    day = day_text(said.day, year=said.day.year != sheet.day.year)
    return t("Written on {day}: {words}", day=day, words=". ".join(part for part in (reasons, said.note) if part))


# -- heading and closing -------------------------------------------------------------------------------------------------


def about_sheet(sheet: Sheet, family: str, *, width: int) -> str:
    """Family, how far, who judges, day, questionnaire; the last ones go where all of it is too long for the width (cells)."""
    total = len(sheet.questions)
    far = tn("{done} of {n} answered", "{done} of {n} answered", total, done=sheet.answered)
    parts = [family, far, t(sheet.assessor.label), day_text(sheet.day), sheet.instrument.name]
    while len(parts) > 2 and cell_len(" · ".join(parts)) > width:
        parts.pop()
    return " · ".join(parts)


def closing_words(found: Count, day: dt.date) -> str:
    """How many of what, one line each; what is none is not said."""
    lines = [
        tn("{n} new answer", "{n} new answers", found.scored),
        tn("{n} confirmed: still so", "{n} confirmed: still so", found.confirmed),
        tn("{n} confirmed with its whole domain", "{n} confirmed with their whole domain", found.in_bulk),
        tn("{n} not applicable", "{n} not applicable", found.not_applicable),
        tn("{n} not known", "{n} not known", found.unknown),
        tn(
            "{n} not looked at: what was said last goes on",
            "{n} not looked at: what was said last goes on",
            found.carried,
        ),
        tn("{n} never asked so far. That is fine.", "{n} never asked so far. That is fine.", found.never),
    ]
    amounts = (
        *(found.scored, found.confirmed, found.in_bulk, found.not_applicable),
        *(found.unknown, found.carried, found.never),
    )
    said = [f"  {line}" for line, n in zip(lines, amounts, strict=True) if n]
    worse = len(found.unexplained)
    if worse:
        said.append(
            tn(
                "{n} lower than last time, without a reason. You may say why; you need not.",
                "{n} lower than last time, without a reason. You may say why; you need not.",
                worse,
            )
        )
    return "\n".join([t("The snapshot of {day}", day=day_text(day)), *said])
