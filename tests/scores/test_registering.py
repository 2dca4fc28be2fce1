"""What a snapshot asks, and what an answer may be: the rules, without a store or a screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from verhalen.model.family import Level, Person, Trajectory
from verhalen.model.instrument import Instrument, InstrumentVersion, Item
from verhalen.model.snapshot import Assessor, Observation, Reason, Snapshot, State
from verhalen.scores.answering import (
    Count,
    count,
    has_two_digits,
    in_bulk,
    is_worse,
    next_open,
    refusal,
    value_at_digit,
)
from verhalen.scores.registering import Answer, Sheet, asked, make_sheet

MARCH, JUNE, TODAY = dt.date(2026, 3, 12), dt.date(2026, 6, 1), dt.date(2026, 11, 20)
LABELS = ("slecht", "matig", "goed")
BALANCE = Instrument(
    key="balans",
    name="Balans",
    version=2,
    wording="eigen",
    low=1,
    high=3,
    items=(
        Item("woning", "Woning", Level.FAMILY, "WON", "Wonen", LABELS),
        Item("stress", "Stress", Level.ADULT, "PSY", "Gezondheid", LABELS),
        Item("roken", "Roken", Level.ADULT, "LIC", "Gezondheid", LABELS, may_be_na=True),
        Item("vroeger", "Vroeger", Level.ADULT, "LIC", "Gezondheid", LABELS, retired=True),
        Item("school", "School", Level.CHILD, "SCH", "School", LABELS),
        Item("hulp", "Hulp", Level.FAMILY, "HUL", "Hulp", LABELS),
    ),
)
MOTHER, FATHER = Person("G1.moeder", "ouder"), Person("G1.vader", "ouder", left=JUNE)
CHILD, BABY = Person("G1.kind1", "kind"), Person("G1.kind2", "kind", joined=TODAY)
PEOPLE = (MOTHER, CHILD, FATHER, BABY)


def seen(
    day: dt.date, *answers: tuple[str | None, str, State, int | None], number: int = 1, **values: object
) -> Snapshot:
    observations = tuple(Observation(item, person, state, value) for person, item, state, value in answers)
    made = Snapshot("G1", day, "balans", Assessor.COACH, observations, id=number, version=2)
    return replace(made, **values)  # type: ignore[arg-type]


def sheet(*snapshots: Snapshot, trajectories: tuple[Trajectory, ...] = (), day: dt.date = TODAY) -> Sheet:
    older = InstrumentVersion(1, "eigen", 1, 3, {"woning": "Huis"}, {"woning": ("krot", "huis", "paleis")})
    return make_sheet(
        "G1",
        BALANCE,
        Assessor.COACH,
        day,
        persons=PEOPLE,
        trajectories=trajectories,
        snapshots=snapshots,
        versions=[older],
    )


def test_items_about_the_family_are_asked_once_and_others_of_each_person_who_is_there_that_day() -> None:
    def places(day: dt.date) -> list[tuple[str, str]]:
        return [(item.key, person.key if person else "") for item, person in asked(BALANCE, PEOPLE, day)]

    family = [("woning", ""), ("hulp", "")]
    mother, child = [("stress", "G1.moeder"), ("roken", "G1.moeder")], [("school", "G1.kind1")]
    assert places(TODAY) == [*family, *mother, *child, ("school", "G1.kind2")]
    assert places(MARCH) == [*family, *mother, ("stress", "G1.vader"), ("roken", "G1.vader"), *child]
    assert places(JUNE) == [*family, *mother, *child]  # the day of leaving no longer counts


def test_a_domain_is_a_block_for_each_person() -> None:
    blocks = [(block.person, block.section, len(block.questions)) for block in sheet().blocks]
    assert blocks == [
        (None, "Wonen", 1),
        (None, "Hulp", 1),
        (MOTHER, "Gezondheid", 2),
        (CHILD, "School", 1),
        (BABY, "School", 1),
    ]


def test_the_last_value_comes_with_its_day_and_the_words_by_which_it_was_judged() -> None:
    first = seen(
        MARCH, (None, "woning", State.SCORED, 2), ("G1.moeder", "roken", State.NOT_APPLICABLE, None), version=1
    )
    second = seen(JUNE, (None, "woning", State.CONFIRMED, None), ("G1.moeder", "stress", State.UNKNOWN, None), number=2)
    other = seen(JUNE, (None, "woning", State.SCORED, 1), number=3, assessor=Assessor.PARENT)
    later = seen(TODAY + dt.timedelta(1), (None, "woning", State.SCORED, 1), number=4)
    questions = {each.item.key: each for each in sheet(first, second, other, later).questions}
    woning, roken = questions["woning"].last, questions["roken"].last
    assert woning is not None
    assert (woning.value, woning.day, woning.label) == (2, JUNE, "huis")
    assert roken is not None
    assert (roken.value, roken.day) == (None, MARCH)
    assert questions["stress"].last is None


def test_a_snapshot_of_the_same_day_is_gone_on_with() -> None:
    there = seen(TODAY, (None, "woning", State.SCORED, 3), number=7, note="Drukke dag.")
    again = sheet(seen(MARCH, (None, "woning", State.SCORED, 2)), there)
    assert (again.snapshot_id, again.first_id, again.note, again.answered) == (7, 1, "Drukke dag.", 1)
    assert again.questions[0].answer == Answer(State.SCORED, 3)
    assert again.questions[0].last is not None
    assert again.questions[0].last.value == 2


def test_what_an_earlier_period_of_support_said_is_shown_but_not_confirmed() -> None:
    periods = (Trajectory(1, dt.date(2026, 1, 1), end=JUNE), Trajectory(2, dt.date(2026, 9, 1)))
    question = sheet(seen(MARCH, (None, "woning", State.SCORED, 2)), trajectories=periods).questions[0]
    assert question.last is None
    assert question.earlier is not None
    assert question.earlier.value == 2
    assert (
        refusal(sheet(), question, Answer(State.CONFIRMED)) == "Woning heeft geen vroeger antwoord dat nog kan kloppen"
    )


@pytest.mark.parametrize(
    ("item", "answer", "refused"),
    [
        (0, Answer(State.SCORED, 4), True),
        (0, Answer(State.SCORED, 0), True),
        (0, Answer(State.SCORED, 1), False),
        (0, Answer(State.NOT_APPLICABLE), True),
        (3, Answer(State.NOT_APPLICABLE), False),
        (0, Answer(State.UNKNOWN), False),
        (0, Answer(State.CONFIRMED_IN_BULK), True),
    ],
)
def test_an_answer_off_the_scale_or_not_offered_is_refused(item: int, answer: Answer, *, refused: bool) -> None:
    assert bool(refusal(sheet(), sheet().questions[item], answer)) is refused


def test_in_bulk_confirms_what_was_seen_and_has_no_answer_yet() -> None:
    mother = "G1.moeder"
    before = seen(MARCH, (mother, "stress", State.SCORED, 2), (mother, "roken", State.NOT_APPLICABLE, None))
    block = sheet(before).blocks[2]
    assert in_bulk(block) == dict.fromkeys([(mother, "stress"), (mother, "roken")], Answer(State.CONFIRMED_IN_BULK))
    answered = sheet(before).with_answers({(mother, "stress"): Answer(State.SCORED, 1)})
    assert list(in_bulk(answered.blocks[2])) == [(mother, "roken")]
    assert is_worse(answered.questions[2])
    assert in_bulk(sheet().blocks[2]) == {}


def test_after_an_answer_the_rest_of_the_domain_comes_first_then_later_ones_then_earlier_ones() -> None:
    form = sheet()
    places = [each.place for each in form.questions]
    done = form.with_answers({places[3]: Answer(State.SCORED, 1)})
    assert next_open(done.questions, 3) == 2
    done = done.with_answers({places[2]: Answer(State.SCORED, 1)})
    assert next_open(done.questions, 2) == 4
    done = done.with_answers(dict.fromkeys(places[4:], Answer(State.SCORED, 1)))
    assert next_open(done.questions, 5) == 0
    assert next_open(done.with_answers(dict.fromkeys(places, Answer(State.UNKNOWN))).questions, 0) is None


def test_zero_is_ten_on_a_scale_to_ten_and_long_scales_are_typed() -> None:
    ten, hundred, from_zero = replace(BALANCE, high=10), replace(BALANCE, high=100), replace(BALANCE, low=0, high=10)
    assert [value_at_digit(ten, digit) for digit in "1990"] == [1, 9, 9, 10]
    assert [value_at_digit(BALANCE, digit) for digit in "1340"] == [1, 3, None, None]
    assert value_at_digit(replace(BALANCE, low=0), "0") == 0
    assert [has_two_digits(each) for each in (BALANCE, ten, hundred, from_zero)] == [False, False, True, True]


def test_the_closing_count_tells_what_was_not_looked_at_and_what_is_lower_without_a_reason() -> None:
    mother = "G1.moeder"
    form = sheet(seen(MARCH, (mother, "stress", State.SCORED, 2), (None, "woning", State.SCORED, 2))).with_answers(
        {(mother, "stress"): Answer(State.SCORED, 1), ("G1.kind1", "school"): Answer(State.UNKNOWN)}
    )
    assert count(form.questions) == Count(1, 0, 0, 0, 1, 1, 3, (form.questions[2],))
    why = form.with_answers({(mother, "stress"): Answer(State.SCORED, 1, reasons=(Reason.EVENT,))})
    assert count(why.questions).unexplained == ()
