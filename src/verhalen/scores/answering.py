"""What an answer of a snapshot may be, which digit gives it, where to go after it, and the count at the end. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verhalen.i18n import mark, t
from verhalen.model.instrument import Instrument
from verhalen.model.snapshot import State
from verhalen.scores.registering import CONFIRMATIONS, Answer, Block, Question, Sheet
from verhalen.scores.states import Place

OFF_SCALE = mark("{item} goes from {low} to {high}; {value} is not on it")
NOT_OFFERED = mark("{item} offers no 'not applicable'; perhaps 'unknown' is meant")
NOTHING_TO_CONFIRM = mark("{item} has no earlier answer that could still hold")


def refusal(sheet: Sheet, question: Question, answer: Answer) -> str:
    """Why an answer cannot be, in the reader's language; empty where it can."""
    item, instrument = question.item, sheet.instrument
    if answer.value is not None and not instrument.low <= answer.value <= instrument.high:
        return t(OFF_SCALE, item=item.name, low=instrument.low, high=instrument.high, value=answer.value)
    if answer.state is State.NOT_APPLICABLE and not may_be_na(question):
        return t(NOT_OFFERED, item=item.name)
    if answer.state in CONFIRMATIONS and question.last is None:
        return t(NOTHING_TO_CONFIRM, item=item.name)
    return ""


def may_be_na(question: Question) -> bool:
    """Whether 'not applicable' is an answer; where a table once brought it, it stays one."""
    said = question.answer is not None and question.answer.state is State.NOT_APPLICABLE
    return question.item.may_be_na or said


def is_worse(question: Question) -> bool:
    """Whether the answer is lower than the last value. For an item that is not monotone that need not be bad news."""
    value, last = question.answer.value if question.answer else None, question.last.value if question.last else None
    return value is not None and last is not None and value < last


def in_bulk(block: Block) -> dict[Place, Answer]:
    """The answers that confirm a whole domain after reading it; what was never seen, or has an answer, is left alone."""
    waiting = (each for each in block.questions if each.answer is None and each.last is not None)
    return {each.place: Answer(State.CONFIRMED_IN_BULK) for each in waiting}


def value_at_digit(instrument: Instrument, digit: str) -> int | None:
    """The value behind a digit; 0 stands for 10 on a scale that starts at 1. None where no value has this digit."""
    value = 10 if digit == "0" and instrument.low > 0 else int(digit)
    return value if instrument.low <= value <= instrument.high else None


def has_two_digits(instrument: Instrument) -> bool:
    """Whether one digit does not say which value is meant, so that it has to be typed in full."""
    return instrument.high > 10 or (instrument.high == 10 and instrument.low <= 0)


def next_open(questions: Sequence[Question], at: int) -> int | None:
    """Where to go after an answer: the next without one in this domain, else in a later, else in an earlier one."""
    here = (questions[at].person, questions[at].item.section)
    later = [*range(at + 1, len(questions)), *range(at)]
    waiting = [number for number in later if questions[number].answer is None]
    near = [number for number in waiting if (questions[number].person, questions[number].item.section) == here]
    return next(iter([*near, *waiting]), None)


# -- the closing count -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """What a snapshot holds, for its closing page."""

    scored: int
    confirmed: int
    in_bulk: int
    not_applicable: int
    unknown: int
    carried: int
    """Not looked at today: the last value goes on."""
    never: int
    """Not looked at today, and never before."""
    unexplained: tuple[Question, ...]
    """Lower than last time, without a reason."""


def count(questions: Iterable[Question]) -> Count:
    """Count the answers of a sheet."""
    questions = tuple(questions)
    states = [each.answer.state if each.answer else None for each in questions]
    untouched = [each for each in questions if each.answer is None]
    return Count(
        scored=states.count(State.SCORED),
        confirmed=states.count(State.CONFIRMED),
        in_bulk=states.count(State.CONFIRMED_IN_BULK),
        not_applicable=states.count(State.NOT_APPLICABLE),
        unknown=states.count(State.UNKNOWN),
        carried=sum(each.last is not None for each in untouched),
        never=sum(each.last is None for each in untouched),
        unexplained=tuple(each for each in questions if is_worse(each) and each.answer and not each.answer.reasons),
    )
