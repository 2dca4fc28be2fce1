"""Agreement in a project: the sweep over borders says the same as looking at every unit and every character."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.builders import add_code, add_text

from verhalen import errors
from verhalen.analysis import agreement_rows
from verhalen.analysis.agreeing import AgreementTable, agreement
from verhalen.analysis.agreement_rows import OVERLAPPING, AgreementRow
from verhalen.analysis.agreement_units import Places, UnitOf
from verhalen.coding import editing
from verhalen.coding.editing import Intent
from verhalen.model.coding import Coder
from verhalen.statistics.agreement import NOT_TWO, ONE_VALUE, alpha, cohen
from verhalen.statistics.unitizing import VERSION, Continuum, Segment, u_alpha
from verhalen.store import sources
from verhalen.store.agreeing import Mark
from verhalen.store.project import ProjectFile

TALK = "Anna: Ik sliep niet. Nu wel.\nBert: Goed zo.\nAnna: Ja, en de bus komt weer.\nBert: Dat is fijn voor jou."
CODES = ("slaap", "vervoer", "vervoer.bus", "vervoer.fiets")
Marks = list[tuple[str, int, int]]


@pytest.fixture
def two(project: ProjectFile) -> Iterator[tuple[ProjectFile, ProjectFile]]:
    """Two coders with one text and a codebook."""
    for key in CODES:
        add_code(project, key, parent="vervoer" if "." in key else None)
    add_text(project, TALK)
    with project.sibling(coder="Jan") as jan:
        yield project, jan


def code(project: ProjectFile, marks: Marks, *, source: int | None = None) -> None:
    """Give these codes to these places."""
    number = source or sources.all_sources(project)[0].id
    editing.apply_codes(project, [Intent(number, start, stop, key) for key, start, stop in marks])


def row(found: AgreementTable, key: str) -> AgreementRow:
    (only,) = [each for each in found.rows if each.code == key]
    return only


def spans(project: ProjectFile) -> list[tuple[int, int]]:
    number = sources.all_sources(project)[0].id
    return [(each.start, each.stop) for each in sources.turns_of(project, number)]


def test_units_places_and_what_is_undefined(two: tuple[ProjectFile, ProjectFile]) -> None:
    hanne, jan = two
    turns = spans(hanne)
    code(hanne, [("slaap", turns[0][0], turns[0][1]), ("vervoer.bus", turns[2][0] + 4, turns[2][1])])
    code(
        jan, [("slaap", turns[0][0], turns[0][0] + 5), ("slaap", turns[1][0], turns[1][1]), ("vervoer.bus", *turns[2])]
    )
    found = agreement(hanne)
    assert [each.name for each in found.coders] == [hanne.coder, "Jan"]
    assert (found.unit, found.version) == (UnitOf.TURN, VERSION)
    slaap = row(found, "slaap")
    assert (slaap.n, slaap.given, slaap.judged) == (4, (1, 2), (4, 4))
    assert slaap.percent.value == 0.75
    assert slaap.kappa.value == pytest.approx(0.5)
    assert [(each.start, each.stop, each.said) for each in slaap.disagreements] == [(*turns[1], ("", "slaap"))]
    bus = row(found, "vervoer.bus")
    assert (bus.kappa.value, bus.alpha.value, bus.cu_alpha.value) == (1, 1, 1)
    assert bus.u_alpha.value is not None
    assert bus.u_alpha.value < 1
    fiets = row(agreement(hanne, codes=["vervoer.fiets"]), "vervoer.fiets")
    assert fiets.n == 4
    assert fiets.undefined["kappa"] == ONE_VALUE
    assert {"u_alpha", "alpha"} <= set(fiets.undefined)
    assert row(agreement(hanne, unit=UnitOf.CODED), "slaap").n == 3
    assert row(agreement(hanne, unit=UnitOf.PARAGRAPH), "slaap").n == 4
    assert row(agreement(hanne, unit=UnitOf.SENTENCE), "slaap").n > 4


def test_a_group_compares_which_code_was_given(two: tuple[ProjectFile, ProjectFile]) -> None:
    hanne, jan = two
    turns = spans(hanne)
    code(hanne, [("vervoer.bus", *turns[0]), ("vervoer.bus", *turns[2])])
    code(jan, [("vervoer.bus", *turns[0]), ("vervoer.fiets", *turns[2])])
    (only,) = agreement(hanne, group="vervoer").rows
    assert (only.code, only.percent.value) == ("vervoer", 0.75)
    assert [each.said for each in only.disagreements] == [("vervoer.bus", "vervoer.fiets")]
    assert only.binary_alpha.value == pytest.approx(1)
    assert only.cu_alpha.value is not None
    assert only.cu_alpha.value < 1
    code(jan, [("vervoer.bus", *turns[2])])
    (only,) = agreement(hanne, group="vervoer").rows
    assert only.undefined["u_alpha"] == OVERLAPPING
    assert only.disagreements[0].said == ("vervoer.bus", "vervoer.bus + vervoer.fiets")


def test_who_did_not_code_a_text_left_a_gap_and_three_coders_have_no_kappa(
    two: tuple[ProjectFile, ProjectFile],
) -> None:
    hanne, jan = two
    other = add_text(hanne, TALK, "cas")
    turns = spans(hanne)
    with hanne.sibling(coder="Mia") as mia:
        for project in (hanne, jan, mia):
            code(project, [("slaap", *turns[0])])
        for project in (hanne, jan):
            code(project, [("slaap", *turns[0])], source=other)
        found = agreement(hanne)
        assert len(found.sources) == 2
        slaap = row(found, "slaap")
        assert (slaap.n, slaap.judged) == (8, (8, 8, 4))
        assert slaap.undefined["kappa"] == NOT_TWO
        assert (slaap.percent.value, slaap.alpha.value) == (1, 1)
        alone = add_text(hanne, TALK, "dirk")
        code(hanne, [("slaap", *turns[1])], source=alone)
        assert row(agreement(hanne), "slaap").n == 8  # nobody else judged that text
        assert row(agreement(hanne, coders=["Jan", hanne.coder]), "slaap").kappa.value == 1


def test_bad_questions_say_what_to_do(two: tuple[ProjectFile, ProjectFile], tmp_path: Path) -> None:
    hanne, jan = two
    assert agreement(hanne).rows == ()
    with pytest.raises(errors.UnknownCode):
        agreement(hanne, codes=["slap"])
    with pytest.raises(errors.BadInput, match="slaap"):
        agreement(hanne, group="slaap")
    with pytest.raises(errors.BadInput, match="Piet"):
        agreement(hanne, coders=["Piet", "Jan"])
    code(jan, [("slaap", 6, 10)])
    with pytest.raises(errors.BadInput):
        agreement(hanne, coders=["Jan", "Jan"])
    hanne.only_coder = hanne.coder_id
    with pytest.raises(errors.BadInput, match="blind"):
        agreement(hanne)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 100), st.integers(1, 30)), min_size=1, max_size=6),
        min_size=2,
        max_size=2,
    )
)
def test_the_sweep_says_what_every_character_says(drawn: Sequence[Sequence[tuple[int, int, int]]]) -> None:
    """Against the slow way: every unit and every character looked at."""
    length, units = 100, [(0, 30), (31, 60), (61, 100)]
    marked = [
        [(CODES[number], start, min(length, start + size)) for number, start, size in each if start < length]
        for each in drawn
    ]
    slow = {
        key: [[any(s < b and a < e for k, s, e in own if k == key) for a, b in units] for own in marked]
        for key in CODES
    }
    for key, rows in slow.items():
        fast = _fast(key, marked, units, length)
        pairs = [tuple(each) for each in zip(*rows, strict=True)]
        assert fast[0] == pytest.approx(cohen(pairs).value)
        assert fast[1] == pytest.approx(alpha(pairs).value)
        assume(all(_are_apart([each for each in own if each[0] == key]) for own in marked))
        lines = [_runs([any(s <= at < e for k, s, e in own if k == key) for at in range(length)]) for own in marked]
        assert fast[2] == pytest.approx(u_alpha([Continuum(length, tuple(lines))]).value)


def _are_apart(own: Marks) -> bool:
    """Two passages that only touch are two; a row of characters does not show that."""
    covered = {at for _, start, stop in own for at in range(start, stop)}
    stops = {stop for _, _, stop in own if not any(s < stop < e for _, s, e in own)}
    return not any(stop in covered for stop in stops)


def _runs(covered: Sequence[bool]) -> tuple[Segment, ...]:
    """Segments of one value from a row of characters; passages that touch cannot be told apart so."""
    found: list[Segment] = []
    for at, is_marked in enumerate([*covered, False]):
        if is_marked and (at == 0 or not covered[at - 1]):
            start = at
        if not is_marked and at and covered[at - 1]:
            found.append(Segment(start, at, "x"))
    return tuple(found)


def _fast(
    key: str, marked: Sequence[Marks], units: Sequence[tuple[int, int]], length: int
) -> tuple[float | None, float | None, float | None]:
    who = [Coder(0, "a", "a"), Coder(1, "b", "b")]
    own = [Mark(1, coder, 7, s, e) for coder, marks in enumerate(marked) for k, s, e in marks if k == key]
    places = {1: Places([a for a, _ in units], [b for _, b in units])}
    found = agreement_rows.row_of(key, own, {7: key}, who, places, {1: frozenset({0, 1})}, {1: length}, intervals=False)
    assert found.judged == (3, 3)
    return found.kappa.value, found.alpha.value, found.u_alpha.value
