"""Agreement in whole projects against looking at every character of every text; names, gaps, odd texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import add_code, add_text

from verhalen import errors
from verhalen.analysis.agreeing import agreement
from verhalen.analysis.agreement_rows import NOT_ALL, OVERLAPPING, AgreementRow
from verhalen.analysis.agreement_units import UnitOf
from verhalen.api.agreement import Agreement
from verhalen.coding import correcting, editing
from verhalen.coding.editing import Intent
from verhalen.statistics.agreement import NOT_TWO, Level, alpha, cohen, percent
from verhalen.statistics.unitizing import NO_OVERLAP, Continuum, Segment, u_alphas
from verhalen.store import sources
from verhalen.store.project import ProjectFile

TALK = "Titel vooraf\nAnna: Ik sliep 😴 niet. 👨‍👩‍👧 Nu wel!\nBert: Goed zo.\n\nAnna: Ja… de bus komt weer. Fijn?\nBert: Dat is fijn."
KEYS = ("a", "b", "c")
Made = tuple[str, int, int]


@pytest.fixture
def three(project: ProjectFile) -> Iterator[list[ProjectFile]]:
    """Three coders with one text and codes that stand in order under one."""
    add_code(project, "groep")
    for key in KEYS:
        add_code(project, key, parent="groep")
    add_text(project, TALK)
    with ExitStack() as stack:
        yield [project, *(stack.enter_context(project.sibling(coder=name)) for name in ("Jan", "Mia"))]


def code(project: ProjectFile, marks: Sequence[Made]) -> None:
    number = sources.all_sources(project)[0].id
    editing.apply_codes(project, [Intent(number, start, stop, key) for key, start, stop in marks])


def turn(project: ProjectFile, at: int) -> tuple[int, int]:
    each = sources.turns_of(project, sources.all_sources(project)[0].id)[at]
    return each.start, each.stop


def only(project: ProjectFile, key: str, **more: object) -> AgreementRow:
    (row,) = agreement(project, codes=[key], **more).rows  # type: ignore[arg-type]
    return row


# -- every unit and every character --------------------------------------------------------------------------------------

SENTENCES = (
    *(
        "Titel vooraf",
        "Anna: Ik sliep 😴 niet.",
        "👨‍👩‍👧 Nu wel!",
        "Bert: Goed zo.",
        "Anna: Ja…",
        "de bus komt weer.",
        "Fijn?",
    ),
    "Bert: Dat is fijn.",
)


def pieces(project: ProjectFile, unit: UnitOf) -> list[tuple[int, int]]:
    """The units, found in the plainest way."""
    if unit is UnitOf.SENTENCE:
        return [(TALK.index(each), TALK.index(each) + len(each)) for each in SENTENCES]
    if unit is UnitOf.PARAGRAPH:
        return [(TALK.index(each), TALK.index(each) + len(each)) for each in TALK.split("\n") if each]
    return [(each.start, each.stop) for each in sources.turns_of(project, sources.all_sources(project)[0].id)]


marks_of = st.lists(
    st.tuples(st.sampled_from(KEYS), st.integers(0, len(TALK) - 1), st.integers(1, 40)).map(
        lambda each: (each[0], each[1], min(each[1] + each[2], len(TALK)))
    ),
    min_size=1,
    max_size=5,
)


@given(st.data())
def test_every_unit_and_every_character_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    drawn = data.draw(st.lists(marks_of, min_size=2, max_size=3), "marks")
    unit = data.draw(st.sampled_from(UnitOf), "unit")
    with ExitStack() as stack:
        first = stack.enter_context(ProjectFile.create(tmp_path_factory.mktemp("p"), coder="A"))
        add_code(first, "groep")
        for key in KEYS:
            add_code(first, key, parent="groep")
        add_text(first, TALK)
        coders = [first, *(stack.enter_context(first.sibling(coder=name)) for name in "BC"[: len(drawn) - 1])]
        for coder, marks in zip(coders, drawn, strict=True):
            code(coder, list(dict.fromkeys(marks)))
        said = [_given(coder) for coder in coders]
        places = pieces(first, unit)
        if unit is UnitOf.CODED:
            places = [(a, b) for a, b in places if any(s < b and a < e for marks in said for _, s, e in marks)]
        found = agreement(first, codes=KEYS, unit=unit)
        assert found.outside == sum(
            not any(s < b and a < e for a, b in places) for marks in said for key, s, e in marks if key in KEYS
        )
        for row in found.rows:
            _same(row, [[(s, e) for key, s, e in marks if key == row.code] for marks in said], places)


def _given(project: ProjectFile) -> list[Made]:
    """What stands in the project for this coder: applying may have joined what was drawn."""
    sql = "select code.key, start, stop from coding join code on code.id = code_id where coder_id = ? order by start, stop"
    return [(str(key), int(start), int(stop)) for key, start, stop in project.rows(sql, (project.coder_id,))]


def _same(row: AgreementRow, said: list[list[tuple[int, int]]], places: list[tuple[int, int]]) -> None:
    answers = [tuple(row.code if any(s < b and a < e for s, e in marks) else "" for marks in said) for a, b in places]
    assert row.n == len(places)
    assert row.given == tuple(sum(bool(each[at]) for each in answers) for at in range(len(said)))
    assert row.percent.value == pytest.approx(percent(answers).value)
    assert row.alpha.value == pytest.approx(alpha(answers).value)
    assert row.kappa.value == pytest.approx(cohen(answers).value)
    differ = [(a, b, each) for (a, b), each in zip(places, answers, strict=True) if len(set(each)) > 1]
    assert [(each.start, each.stop, each.said) for each in row.disagreements] == differ
    whole = u_alphas([Continuum(len(TALK), tuple(_joined(marks) for marks in said))])
    assert (row.u_alpha.value, row.binary_alpha.value) == pytest.approx((whole.u.value, whole.binary.value))
    assert row.cu_alpha.value == whole.cu.value


def _joined(marks: list[tuple[int, int]]) -> tuple[Segment, ...]:
    """Passages that overlap are one; passages that only touch are two."""
    found: list[tuple[int, int]] = []
    for start, stop in sorted(marks):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        else:
            found.append((start, stop))
    return tuple(Segment(start, stop, "x") for start, stop in found)


# -- what has no value, and over what a value goes -----------------------------------------------------------------------


def test_a_chosen_coder_who_coded_nothing_leaves_gaps_and_a_reason(three: list[ProjectFile]) -> None:
    hanne, jan, mia = three
    code(hanne, [("a", *turn(hanne, 0))])
    code(jan, [("a", *turn(jan, 0)), ("b", *turn(jan, 1))])
    editing.apply_codes(mia, [Intent(add_text(hanne, TALK, "elders"), 0, 5, "a")])
    row = only(hanne, "a", coders=[hanne.coder, "Jan", "Mia"])
    assert (row.n, row.given, row.judged) == (4, (1, 1, 0), (4, 4, 0))
    assert (row.percent.value, row.alpha.value, row.texts) == (1, 1, 0)
    assert {row.undefined[name] for name in ("u_alpha", "binary_alpha", "cu_alpha")} == {NOT_ALL}
    assert row.undefined["kappa"] == NOT_TWO
    assert only(hanne, "a").judged == (4, 4)  # without being named she is not there


def test_a_code_of_one_coder_only_has_its_disagreements_and_no_overlap(three: list[ProjectFile]) -> None:
    hanne, jan, _ = three
    code(hanne, [("a", *turn(hanne, 0)), ("a", *turn(hanne, 2))])
    code(jan, [("b", *turn(jan, 1))])
    row = only(hanne, "a")
    assert row.given == (2, 0)
    assert [each.said for each in row.disagreements] == [("a", ""), ("a", "")]
    assert (row.kappa.value, row.cu_alpha.value, row.cu_alpha.reason) == (0, None, NO_OVERLAP)


def test_a_coding_outside_every_turn_is_counted_not_lost(three: list[ProjectFile]) -> None:
    hanne, jan, _ = three
    code(hanne, [("a", 0, 5)])
    code(jan, [("a", *turn(jan, 1))])
    found = agreement(hanne, codes=["a"])
    assert (found.outside, found.rows[0].given) == (1, (0, 1))
    assert agreement(hanne, codes=["a"], unit=UnitOf.PARAGRAPH).outside == 0
    assert agreement(hanne, codes=["b"]).outside == 0


def test_a_turn_without_words_is_no_unit(three: list[ProjectFile]) -> None:
    hanne, jan, _ = three
    start, stop = turn(hanne, 1)
    code(hanne, [("a", *turn(hanne, 0))])
    code(jan, [("a", *turn(jan, 0))])
    assert only(hanne, "a").n == 4
    correcting.correct(hanne, sources.all_sources(hanne)[0].id, start=start, stop=stop, replacement="")
    assert only(hanne, "a").n == 3


# -- an order of answers -------------------------------------------------------------------------------------------------


def test_codes_in_order_may_lie_near_or_far(three: list[ProjectFile]) -> None:
    hanne, jan, _ = three
    pairs = (("a", "a"), ("a", "b"), ("c", "c"), ("b", "c"))
    code(hanne, [(one, *turn(hanne, at)) for at, (one, _) in enumerate(pairs)])
    code(jan, [(two, *turn(jan, at)) for at, (_, two) in enumerate(pairs)])
    ranks = [(KEYS.index(one), KEYS.index(two)) for one, two in pairs]
    for level in Level:
        (row,) = agreement(hanne, group="groep", level=level).rows
        assert row.alpha.value == pytest.approx(alpha(ranks, level).value)
        assert (row.n, row.alpha_n) == (4, 4)
    code(jan, [("c", *turn(jan, 0))])
    (row,) = agreement(hanne, group="groep", level=Level.ORDINAL).rows
    assert (row.alpha.reason, row.alpha_n) == (OVERLAPPING, 0)
    with pytest.raises(errors.BadInput, match="--group"):
        agreement(hanne, codes=["a"], level=Level.ORDINAL)


def test_no_code_is_no_place_in_the_order(three: list[ProjectFile]) -> None:
    hanne, jan, _ = three
    code(hanne, [("a", *turn(hanne, 0)), ("c", *turn(hanne, 1)), ("b", *turn(hanne, 2))])
    code(jan, [("b", *turn(jan, 0)), ("c", *turn(jan, 1))])
    (row,) = agreement(hanne, group="groep", level=Level.INTERVAL).rows
    assert (row.n, row.alpha_n) == (4, 2)
    assert row.alpha.value == pytest.approx(alpha([(0, 1), (2, 2)], Level.INTERVAL).value)


# -- two of one name -----------------------------------------------------------------------------------------------------


def test_two_of_one_name_are_told_apart_everywhere(
    three: list[ProjectFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanne, jan, _ = three
    code(jan, [("a", *turn(jan, 0))])
    monkeypatch.setenv("VERHALEN_HOME", str(tmp_path / "other computer"))
    with ProjectFile.open(hanne.path, coder="Jan") as other:
        code(other, [("b", *turn(other, 1))])
        found = agreement(hanne)
        first, second = found.names
        assert first != second
        assert {first[:5], second[:5]} == {"Jan ("}
        ids = [each.identity for each in found.coders]
        with pytest.raises(errors.BadInput) as raised:
            agreement(hanne, coders=["Jan", "Jan"])
        assert all(each[:8] in str(raised.value) for each in ids)
        assert [each.identity for each in agreement(hanne, coders=[each[:8] for each in ids]).coders] == ids
        written = Agreement(hanne).write(tmp_path / "uit.csv", found)
        head = (tmp_path / "uit.verschillen.csv").read_text("utf-8-sig").splitlines()[0]
        assert written.rows == 2
        assert first in head
        assert second in head
