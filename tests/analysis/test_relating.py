"""Codes that stand together: known answers worked by hand, and every cell against all pairs of fragments."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import add_code, add_family, add_text, code_words, examples, find, story
from tests.copies import made_once

from verhalen import errors
from verhalen.analysis.meeting import Border, Met, Run, in_characters, in_turns, meetings, runs_of
from verhalen.api.project import Project, new_project
from verhalen.coding.editing import Intent, apply_codes
from verhalen.model.act import Act
from verhalen.model.family import Person
from verhalen.msc.telling import tell
from verhalen.store import families, sources
from verhalen.store.project import ProjectFile

TALK = "Anna: We sliepen slecht, de kamer was koud.\nBert: En de school?\nAnna: De school belde over de kou.\nBert: Ja."


@made_once
def made(folder: Path) -> Project:
    """Three codes in a talk of four turns, and in a story."""
    project = new_project(folder / "w", coder="Hanne", empty=True)
    file = project.file
    for key in ("slaap", "kou", "school", "leeg"):
        add_code(file, key)
    talk = add_text(file, TALK)
    family = add_family(file, "G001")
    with file.change(Act.IMPORT_FAMILIES, family) as writing:
        person = families.put_person(writing, family, Person("G001.moeder", "ouder"))
    speaker = next(each for each in sources.speakers_of(file, talk) if each.name == "Anna")
    with file.change(Act.LINK_SPEAKER, talk) as writing:
        sources.link_speaker(writing, speaker.id, person_id=person, role="ouder")
    code_words(file, talk, "We sliepen slecht, de kamer was koud", "slaap")
    code_words(file, talk, "kamer was koud", "kou")
    code_words(file, talk, "En de school", "school")
    code_words(file, talk, "De school belde", "school")
    code_words(file, talk, "over de kou", "kou")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with made(tmp_path) as opened:
        yield opened


def cells(project: Project, **asked: object) -> dict[tuple[str, str], tuple[int, float | None]]:
    """Count and coefficient of the codes that occur, each two once and each with itself."""
    found = project.relating.cooccurrence(**asked)  # type: ignore[arg-type]
    keys = [line.key for line in found.rows]
    assert found.rows == found.columns
    assert all(found.counts[a][b] == found.counts[b][a] for a, b in combinations(range(len(keys)), 2))
    return {
        (min(keys[row], keys[column]), max(keys[row], keys[column])): (
            found.counts[row][column],
            found.coefficients[row][column],
        )
        for row in range(len(keys))
        for column in range(row, len(keys))
    }


def test_overlap_turn_and_near_give_what_was_worked_out_by_hand(project: Project) -> None:
    own = {("slaap", "slaap"): (1, 1.0), ("kou", "kou"): (2, 1.0), ("school", "school"): (2, 1.0)}
    # "kamer was koud" lies in "We sliepen...": 1 of the 1 + 2 - 1 fragments.
    assert cells(project) == own | {
        ("kou", "slaap"): (1, 0.5),
        ("school", "slaap"): (0, 0.0),
        ("kou", "school"): (0, 0.0),
    }
    # The second "kou" stands in one turn with "De school belde".
    assert cells(project, how="turn") == own | {
        ("kou", "slaap"): (1, 0.5),
        ("school", "slaap"): (0, 0.0),
        ("kou", "school"): (1, 1 / 3),
    }
    # One turn further: the first "school" with "slaap" and with both "kou"; each "school" meets a "kou", and the other way
    # round, so two of both stand together: 2 / (2 + 2 - 2).
    assert cells(project, how="near", gap="turns", distance=1) == own | {
        ("kou", "slaap"): (1, 0.5),
        ("school", "slaap"): (1, 0.5),
        ("kou", "school"): (3, 1.0),
    }


def test_a_distance_counts_the_characters_between(project: Project) -> None:
    # "De school belde" and "over de kou": one space between.
    assert cells(project, how="near", distance=0)["kou", "school"] == (0, 0.0)
    assert cells(project, how="near", distance=1)["kou", "school"] == (1, 1 / 3)
    # "kamer was koud" ends before ".\nBert: " and "En de school": eight characters.
    assert cells(project, how="near", distance=7)["kou", "school"] == (1, 1 / 3)
    assert cells(project, how="near", distance=8)["kou", "school"] == (2, 1.0)


def test_a_code_that_occurs_nowhere_has_no_coefficient_and_says_why(project: Project) -> None:
    found = project.relating.cooccurrence(codes=["leeg", "kou"])
    assert found.counts == ((0, 0), (0, 2))
    assert found.coefficients == ((None, 0.0), (0.0, 1.0))
    assert [str(note) for note in project.relating.cooccurrence(codes=["leeg"]).notes] != []


def test_families_count_only_words_of_one_and_the_same_family(project: Project) -> None:
    found = project.relating.cooccurrence(how="near", gap="turns", unit="families")
    assert [line.key for line in found.rows] == ["kou", "school", "slaap"]
    # Anna's two turns are G001's; Bert's "En de school" is nobody's.
    assert found.counts == ((1, 1, 1), (1, 1, 0), (1, 0, 1))
    assert found.total == 1
    assert any(note.values == {"n": 1} for note in found.notes)


def test_a_code_may_take_those_below_it_along(project: Project) -> None:
    file = project.file
    add_code(file, "school.brief", parent="school")
    code_words(file, project.sources.all()[0].id, "school belde over", "school.brief")
    # "De school belde" and "school belde over" are one fragment of school now, which reaches up to "over de kou".
    assert cells(project, below=True)["kou", "school"] == (1, 1 / 3)
    assert ("kou", "school.brief") not in cells(project, below=True)
    assert cells(project)["kou", "school.brief"] == (1, 0.5)
    found = project.relating.cooccurrence(codes=["school", "kou"], below=True)
    assert found.counts == ((2, 1), (1, 2))
    [pair] = project.relating.pairs("school", "kou", below=True)
    assert pair.left.text == "De school belde over"
    with pytest.raises(errors.BadInput):
        project.relating.cooccurrence(codes=["school", "school.brief"], below=True)


def test_two_coders_do_not_double_a_fragment(project: Project) -> None:
    before = cells(project)
    with project.sibling(coder="Jan") as jan:
        source = jan.sources.all()[0].id
        place = find(jan.file, source, "de kamer was koud")
        apply_codes(jan.file, [Intent(source, place.start, place.stop, "kou")])
        assert cells(jan) == before
        [pair] = jan.relating.pairs("kou", "slaap")
        assert pair.left.text == "de kamer was koud"
        assert len(pair.left.coding_ids) == 2


def test_a_cell_opens_into_its_fragments_in_reading_order(project: Project) -> None:
    found = project.relating.pairs("school", "kou", how="near", gap="turns")
    assert [(pair.left.text, pair.right.text) for pair in found] == [
        ("En de school", "kamer was koud"),
        ("En de school", "over de kou"),
        ("De school belde", "over de kou"),
    ]
    assert [pair.gap for pair in found] == [8, 24, 1]
    assert [pair.left.text for pair in project.relating.pairs("school", "school")] == [
        "En de school",
        "De school belde",
    ]


WAYS = [("overlap", "characters", None), ("turn", "characters", None), ("near", "characters", 8), ("near", "turns", 1)]


@pytest.mark.parametrize(("how", "gap", "distance"), WAYS)
def test_every_cell_opens_into_what_it_counts(project: Project, how: str, gap: str, distance: int | None) -> None:
    asked: dict[str, Any] = {"how": how, "gap": gap, "distance": distance}
    add_more(project)
    for unit in ("codings", "families", "sources"):
        found = project.relating.cooccurrence(unit=unit, **asked)
        for row, one in enumerate(found.rows):
            for column, other in enumerate(found.columns):
                pairs = project.relating.pairs(one.key, other.key, unit=unit, **asked)
                behind = {
                    "codings": len(pairs),
                    "families": len({pair.left.first.family for pair in pairs}),
                    "sources": len({pair.source_id for pair in pairs}),
                }
                assert found.counts[row][column] == behind[unit], (one.key, other.key, unit)
                assert all(pair.left.first.coding.code == one.key for pair in pairs)


def add_more(project: Project) -> None:
    """A second text and a story, with a passage that two coders marked, a double one, and one about another family."""
    file = project.file
    second = add_text(file, "Bert: De kou en de slaap en weer kou.\nAnna: School, kou.", title="tweede")
    code_words(file, second, "kou en de slaap en weer kou", "slaap")
    code_words(file, second, "De kou", "kou")
    code_words(file, second, "weer kou", "kou")
    code_words(file, second, "School", "school")
    add_family(file, "G002")
    tell(file, replace(story("", "G002", "De school was koud, en zo slecht sliepen ze."), domains=()))
    told = project.sources.all("story")[0].id
    code_words(file, told, "De school was koud", "school")
    code_words(file, told, "koud, en", "kou")
    with project.sibling(coder="Jan") as jan:
        place = find(jan.file, told, "was koud, en zo")
        apply_codes(jan.file, [Intent(told, place.start, place.stop, "kou")])


def test_who_codes_blind_counts_only_own_fragments(project: Project) -> None:
    with project.sibling(coder="Jan") as jan:
        jan.hide_others(True)
        assert jan.relating.cooccurrence().rows == ()
        assert jan.relating.pairs("kou", "slaap") == []
        assert jan.relating.cooccurrence(unit="families", codes=["kou"]).counts == ((0,),)


def test_a_question_leaves_only_its_fragments(project: Project) -> None:
    assert cells(project, how="turn", query="spreker=Bert") == {("school", "school"): (1, 1.0)}


def test_what_is_not_known_or_too_far_is_refused(project: Project) -> None:
    with pytest.raises(errors.UnknownCode):
        project.relating.cooccurrence(codes=["niets"])
    for distance in (-1, 10_001):
        with pytest.raises(errors.BadInput):
            project.relating.cooccurrence(how="near", distance=distance)


# -- against all pairs -------------------------------------------------------------------------------------------------

CODES = range(4)


@st.composite
def texts(draw: st.DrawFn) -> tuple[list[Run], list[tuple[int, int]]]:
    """Codings of a text as fragments, and its turns, with gaps between."""
    spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 25), st.sampled_from(CODES)), max_size=14))
    rows = sorted((7, start, start + length, code, number) for number, (start, length, code) in enumerate(spans))
    borders = sorted(draw(st.sets(st.integers(0, 90), max_size=14)))
    return runs_of(rows), list(zip(borders[::2], borders[1::2], strict=False))


def all_pairs(runs: Sequence[Run], borders: Sequence[Border], slack: int) -> list[tuple[int, int]]:
    """Places of any two of different codes that stand together, by the definition."""
    return [
        (one, other)
        for one, other in combinations(range(len(runs)), 2)
        if runs[one][2] != runs[other][2]
        and max(borders[one][0], borders[other][0]) < min(borders[one][1], borders[other][1]) + slack
    ]


@settings(max_examples=examples(300), deadline=None)
@given(texts(), st.integers(0, 30))
def test_the_sweep_counts_what_all_pairs_count(text: tuple[list[Run], list[tuple[int, int]]], slack: int) -> None:
    runs, turns = text
    placed = zip(runs, in_turns(runs, [start for start, _ in turns], [stop for _, stop in turns]), strict=True)
    inside = [(run, border) for run, border in placed if border is not None]
    for those, borders in (
        (runs, in_characters(runs)),
        ([run for run, _ in inside], [border for _, border in inside]),
    ):
        met = Met()
        met.add(those, borders, slack)
        found = all_pairs(those, borders, slack)
        for one, other in combinations(CODES, 2):
            own = [pair for pair in found if {those[pair[0]][2], those[pair[1]][2]} == {one, other}]
            assert met.together(one, other) == len(own)
            sides = [{place for pair in own for place in pair if those[place][2] == code} for code in (one, other)]
            assert met.matched(one, other) == min(map(len, sides))
            lefts, rights = (
                [border for run, border in zip(those, borders, strict=True) if run[2] == code] for code in (one, other)
            )
            assert len(list(meetings(lefts, rights, slack))) == len(own)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from(CODES)), max_size=20))
def test_fragments_of_a_code_cover_its_codings_and_never_overlap(spans: list[tuple[int, int, int]]) -> None:
    rows = sorted((7, start, start + length, code, number) for number, (start, length, code) in enumerate(spans))
    runs = runs_of(rows)
    assert sorted(coding for run in runs for coding in run[3:]) == list(range(len(spans)))
    for code in CODES:
        covered = [place for run in runs if run[2] == code for place in range(run[0], run[1])]
        assert len(covered) == len(set(covered))
        assert set(covered) == {place for _, start, stop, of, _ in rows if of == code for place in range(start, stop)}


def test_turns_of_a_fragment_are_those_that_it_has_words_of() -> None:
    turns = [(6, 10), (17, 20), (20, 30)]
    runs = runs_of([(7, 0, 6, 1, 1), (7, 6, 8, 2, 2), (7, 9, 18, 3, 3), (7, 10, 17, 1, 4), (7, 19, 40, 2, 5)])
    assert in_turns(runs, [start for start, _ in turns], [stop for _, stop in turns]) == [
        None,
        (0, 1),
        (0, 2),
        None,
        (1, 3),
    ]


def test_texts_of_a_file_are_counted_apart(project: Project) -> None:
    file: ProjectFile = project.file
    second = add_text(file, "Anna: De kou en de slaap.", title="tweede")
    code_words(file, second, "kou", "kou")
    assert cells(project)["kou", "slaap"] == (1, 1 / 3)
    assert project.relating.cooccurrence(unit="sources").counts[0] == (2, 0, 1)
