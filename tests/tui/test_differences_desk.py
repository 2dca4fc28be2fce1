"""Where one is among the differences, and what is chosen but not stored yet. No screen."""

from __future__ import annotations

from dataclasses import replace

from verhalen.model.coding import Coder, Valence
from verhalen.model.second_coder import Given, Judgement, Outcome, State, TurnBeside
from verhalen.model.text import Span
from verhalen.tui.beside_text import Beside, page_of
from verhalen.tui.coding_marks import Mark
from verhalen.tui.differences_desk import Desk, Waiting
from verhalen.tui.differences_words import sign, state_words, turn_words
from verhalen.tui.second_reading import Place, SharedText, is_alike

HANNE, JAN = Coder(1, "Hanne", "h"), Coder(2, "Jan", "j")
TEXT = SharedText(7, 1, "een", (HANNE, JAN))


def given(start: int, stop: int, valence: Valence = Valence.NONE) -> Given:
    return Given(start, start, stop, Span(start, stop), valence, "")


def place(at: int, state: State = State.OPEN) -> Place:
    """The turn [10 * at, 10 * at + 9), of which Hanne coded the first four characters."""
    start = 10 * at
    found = Judgement(
        7, 1, start, start + 9, "zorg", 3, (HANNE, JAN), ((given(start, start + 4),), ()), state, by="Hanne"
    )
    turn = TurnBeside(start, start + 9, "ANNA", "ik slaap.", (found,))
    before = (TurnBeside(start - 10, start - 1, "COACH", "vertel es", ()),) if at else ()
    return Place(TEXT, turn, before, (), found)


def desk(*states: State) -> Desk:
    return Desk([place(at, state) for at, state in enumerate(states)])


OPEN, DISCUSSED, SETTLED = State.OPEN, State.DISCUSSED, State.SETTLED


def test_one_goes_on_to_the_next_open_one_then_to_what_was_only_talked_over() -> None:
    there = desk(DISCUSSED, OPEN, SETTLED, OPEN)
    assert there.first_open() == 1
    there.at = 1
    assert there.go_on()
    assert there.at == 3
    there.waiting[there.places[3].key] = Waiting(SETTLED, Outcome.NOT)
    there.waiting[there.places[1].key] = Waiting(SETTLED, Outcome.NOT)
    assert there.go_on()
    assert there.at == 0
    there.waiting[there.places[0].key] = Waiting(SETTLED, Outcome.NOT)
    assert not there.go_on()
    assert there.at == 0


def test_nothing_is_counted_that_is_not_stored() -> None:
    there = desk(OPEN, DISCUSSED, SETTLED)
    stored = there.wait_for(there.places[0], Waiting(SETTLED, Outcome.FIRST))
    assert there.state(there.places[0]) is SETTLED
    assert (there.counts().discussed, there.counts().settled) == (2, 1)
    assert sign(there, there.places[0]) == "…"
    stored()
    assert (there.counts().discussed, there.counts().settled) == (3, 2)
    assert sign(there, there.places[0]) == "●"


def test_a_reading_that_began_before_something_was_stored_does_not_open_it_again() -> None:
    there = desk(OPEN, OPEN)
    held = there.stored()
    stored = there.wait_for(there.places[0], Waiting(SETTLED, Outcome.NOT))
    stored()
    there.take([place(0), place(1)], held)
    assert there.state(there.places[0]) is SETTLED
    held = there.stored()
    there.take([place(0, SETTLED), place(1)], held)
    assert there.waiting == {}
    assert there.state(there.places[0]) is SETTLED


def test_what_is_otherwise_than_it_was_is_told_and_the_place_stays_in_sight() -> None:
    there = desk(SETTLED, SETTLED, OPEN)
    there.at = 2
    assert there.take([place(0, SETTLED), place(1), place(2)], ()) == place(1).key
    assert there.at == 2
    assert there.take([place(0, SETTLED), place(1)], ()) is None
    assert there.at == 1
    there.take([], ())
    assert there.here is None


def test_refused_is_as_if_never_chosen() -> None:
    there = desk(OPEN)
    first, second = Waiting(SETTLED, Outcome.NOT), Waiting(SETTLED, Outcome.FIRST)
    there.wait_for(there.places[0], first)
    there.wait_for(there.places[0], second)
    there.drop(there.places[0], first)  # something newer was chosen meanwhile
    assert there.state(there.places[0]) is SETTLED
    there.drop(there.places[0], second)
    assert there.state(there.places[0]) is OPEN


def test_the_turn_stands_between_the_turns_around_it_with_places_counted_from_there() -> None:
    shown = turn_words(place(1), {})
    assert shown.words == "COACH: vertel es\nANNA: ik slaap."
    assert [shown.words[start:stop] for start, stop in shown.labels] == ["COACH:", "ANNA:"]
    assert shown.words[slice(*shown.turn)] == "ANNA: ik slaap."
    assert [shown.words[start:stop] for start, stop in shown.about] == ["ik s"]
    assert [shown.words[mark.start : mark.stop] for mark in shown.left] == ["ik s"]
    assert shown.right == ()


def test_a_margin_has_as_many_lanes_as_its_side_needs_and_fit() -> None:
    marks = tuple(Mark(0, 5, code, " ", mine=True) for code in ("a", "b", "c"))
    assert page_of(Beside("woord", left=marks[:1], turn=(0, 5)), 78).lanes == 1
    assert page_of(Beside("woord", right=marks, turn=(0, 5)), 78).lanes == 2
    assert page_of(Beside("woord", right=marks, turn=(0, 5)), 118).lanes == 3


def test_the_words_of_a_state_name_who_and_the_outcome() -> None:
    there = desk(OPEN)
    there.waiting[there.places[0].key] = Waiting(SETTLED, Outcome.FIRST, "want", stored=True)
    told = state_words(there, there.places[0])
    assert "Hanne" in told
    assert told.endswith("✎ want")


def test_other_borders_and_another_valence_are_no_difference_but_are_not_alike() -> None:
    found = place(0).judgement
    both = replace(found, given=((given(0, 4),), (given(0, 4),)))
    assert not is_alike(found)
    assert not is_alike(both)
    assert is_alike(replace(both, given=((given(0, 4),), (given(0, 5),))))
    assert is_alike(replace(both, given=((given(0, 4),), (given(0, 4, Valence.POSITIVE),))))
