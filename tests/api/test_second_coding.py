"""A second coder: texts at a colleague, both codings beside each other, and what the two settle on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import add_code, add_text, code_words, correct_words, examples, find, redo, undo

from verhalen import errors
from verhalen.analysis.consensus_notes import COUNTS, LEFT_OUT
from verhalen.api import workspace
from verhalen.api.project import Project
from verhalen.coding import editing, speaking
from verhalen.coding.double_coding import drawn_by
from verhalen.model.act import Act
from verhalen.model.coding import Valence
from verhalen.model.second_coder import CONSENSUS, Judgement, Outcome, State
from verhalen.store import checking, codings, sources, study
from verhalen.store.coded import coded_rows
from verhalen.store.project import ProjectFile
from verhalen.store.relating import placed_codings

TALK = "Anna: Ik sliep niet. Nu wel.\nBert: Goed zo.\nAnna: Ja, en de bus komt weer.\nBert: Dat is fijn voor jou."


@pytest.fixture
def talk(project: ProjectFile) -> int:
    """A talk of four turns, and two codes."""
    for key in ("slaap", "bus"):
        add_code(project, key)
    return add_text(project, TALK)


def said(places: Sequence[Judgement]) -> list[tuple[str, str, State]]:
    """Each place as its first words, code and state."""
    return [(TALK[each.start : each.start + 5], each.code, each.state) for each in places]


def layer(project: ProjectFile, source: int) -> list[tuple[str, str]]:
    """What stands in the consensus, as words and code."""
    text = editing.text_now(project, source)
    return [(text[each.start : each.stop], each.code) for each in Project(project).second_coding.consensus(source)]


# -- texts at a second coder -------------------------------------------------------------------------------------------


def test_who_has_a_text_as_second_coder_codes_blind_until_it_comes_back(
    project: ProjectFile, jan: ProjectFile, talk: int
) -> None:
    hanne, door = Project(project), Project(jan)
    code_words(project, talk, "Ik sliep niet", "slaap")
    (task,) = hanne.second_coding.give([talk], "  jan ")
    assert (task.source_id, task.coder, task.seed, task.back) == (talk, "jan", None, None)
    assert hanne.second_coding.give([talk], "Jan") == []  # he has it already
    assert (door.keeps_hiding(), hanne.keeps_hiding()) == (True, False)
    assert (door.second_coding.is_blind(), hanne.second_coding.is_blind()) == (True, False)
    with pytest.raises(errors.CodesBlind, match="second back --coder Jan"):
        door.keep_hiding(False)
    code_words(jan, talk, "Goed zo", "slaap")
    for refused in (
        door.agreement.table,
        lambda: door.second_coding.beside(talk),
        lambda: door.second_coding.disagreements(talk),
    ):
        with pytest.raises(errors.CodesBlind):
            refused()
    (of_jan,) = door.second_coding.tasks()
    assert (of_jan.turns, of_jan.coded, of_jan.coded_by_others) == (4, 1, 0)
    (of_hanne,) = hanne.second_coding.tasks(only_open=True)
    assert (of_hanne.coded, of_hanne.coded_by_others) == (1, 1)
    assert [each.id for each in hanne.second_coding.take_back(coder="JAN")] == [task.id]
    assert not door.keeps_hiding()
    assert hanne.second_coding.tasks(only_open=True) == []
    assert [each.act for each in hanne.history.entries(limit=2)] == [Act.DOUBLE_CODE, Act.CODE]
    assert len(door.second_coding.disagreements(talk)) == 2
    undo(project)
    assert door.keeps_hiding()


def test_a_choice_to_code_blind_outlives_a_task(project: ProjectFile, jan: ProjectFile, talk: int) -> None:
    door = Project(jan)
    door.keep_hiding(True)
    (task,) = Project(project).second_coding.give([talk], "Jan")
    Project(project).second_coding.drop([task.id])
    assert door.keeps_hiding()
    door.keep_hiding(False)
    assert not door.keeps_hiding()
    assert Project(project).second_coding.tasks() == []


def test_a_draw_is_told_by_its_seed_and_leaves_out_what_somebody_has(project: ProjectFile) -> None:
    door = Project(project).second_coding
    texts = [add_text(project, f"{TALK} {number}", f"t{number}") for number in range(10)]
    before = checking.digest(project)
    first = door.draw(20, "Jan", seed=7)
    assert (first.seed, first.among, len(first.tasks), first.unusual) == (7, 10, 2, False)
    assert {(each.seed, each.drawn) for each in first.tasks} == {(7, "2/10")}
    drawn = {each.source_id for each in first.tasks}
    undo(project)
    assert checking.digest(project) == before
    assert {each.source_id for each in door.draw(20, "Jan", seed=7).tasks} == drawn
    other = door.draw(50, "Mia")
    assert (other.among, len(other.tasks), other.unusual) == (8, 4, True)
    assert not drawn & {each.source_id for each in other.tasks}
    assert 0 <= other.seed < 1_000_000
    few = door.draw(1, "Jan", among=[number for number in texts if number not in drawn][:4])
    assert len(few.tasks) <= 1


def test_every_text_is_drawn_about_as_often() -> None:
    counts: dict[int, int] = defaultdict(int)
    for seed in range(2000):
        for number in drawn_by(seed, range(100, 110), 20):
            counts[number] += 1
    assert set(counts) == set(range(100, 110))
    assert all(320 < count < 480 for count in counts.values())  # 400 expected


@pytest.mark.parametrize("share", [0, 0.5, 100.1, float("nan"), float("inf"), -20])
def test_a_share_that_is_none_is_refused(project: ProjectFile, talk: int, share: float) -> None:
    with pytest.raises(errors.BadInput, match="100 %"):
        Project(project).second_coding.draw(share, "Jan")
    assert Project(project).second_coding.tasks() == []


def test_what_cannot_be_given_or_taken_back_is_refused(project: ProjectFile, talk: int) -> None:
    door = Project(project).second_coding
    before = project.last_change()
    for coder in ("", "  ", "consensus"):
        with pytest.raises(errors.BadInput):
            door.give([talk], coder)
    with pytest.raises(errors.BadInput):
        door.give([], "Jan")
    with pytest.raises(errors.UnknownSource):
        door.give([talk, 12345], "Jan")
    with pytest.raises(errors.UnknownSource):
        door.draw(20, "Jan", among=[12345])
    for wrong in ({}, {"coder": "Jan"}, {"sources": [talk]}, {"tasks": [1]}):
        with pytest.raises(errors.BadInput):
            door.take_back(**wrong)
    with pytest.raises(errors.BadInput):
        door.drop([1])
    door.give([talk], "Jan")
    with pytest.raises(errors.BadInput):
        door.draw(20, "Jan")
    undo(project)
    assert project.last_change() > before


def test_who_only_reads_a_file_sees_no_codings_of_others_either(project: ProjectFile, talk: int) -> None:
    code_words(project, talk, "Ik sliep niet", "slaap")
    Project(project).second_coding.give([talk], "Jan")
    with ProjectFile(project.path, coder="Jan", read_only_reason="op een stick") as file:
        door = Project(file)
        door.hide_others(door.keeps_hiding())
        assert (door.hides_others, door.codings.of(talk)) == (True, [])
        assert [each.act for each in door.history.entries(limit=1)] == [Act.DOUBLE_CODE]


# -- both codings ------------------------------------------------------------------------------------------------------


@pytest.fixture
def both(project: ProjectFile, jan: ProjectFile, talk: int) -> Project:
    """Hanne and Jan agree on the first turn, with other borders; each gave a code elsewhere that the other did not."""
    code_words(project, talk, "Ik sliep niet", "slaap", valence=Valence.NEGATIVE)
    code_words(project, talk, "Ja, en de bus komt weer", "bus", valence=Valence.POSITIVE)
    code_words(jan, talk, "niet. Nu wel", "slaap", valence=Valence.POSITIVE)
    code_words(jan, talk, "Goed zo", "slaap")
    return Project(project)


def test_each_turn_shows_what_both_gave(both: Project, talk: int) -> None:
    door = both.second_coding
    assert [each.name for each in door.coders(talk)] == ["Hanne", "Jan"]
    turns = door.beside(talk)
    assert [(each.speaker, each.text[:7], each.differs) for each in turns] == [
        ("Anna", "Ik slie", False),
        ("Bert", "Goed zo", True),
        ("Anna", "Ja, en ", True),
        ("Bert", "Dat is ", False),
    ]
    (agreed,) = turns[0].judgements
    assert [TALK[each.start : each.stop] for side in agreed.given for each in side] == ["Ik sliep niet", "niet. Nu wel"]
    assert (agreed.code, agreed.differs, agreed.other_valence, agreed.state) == ("slaap", False, True, State.OPEN)
    assert said(door.disagreements(talk)) == [("Goed ", "slaap", State.OPEN), ("Ja, e", "bus", State.OPEN)]
    assert [(bool(each.given[0]), bool(each.given[1])) for each in door.disagreements(talk)] == [
        (False, True),
        (True, False),
    ]
    turned = door.disagreements(talk, coders=["Jan", "Hanne"])
    assert [(bool(each.given[0]), bool(each.given[1])) for each in turned] == [(True, False), (False, True)]


def test_fewer_or_more_than_two_coders_cannot_stand_beside_each_other(both: Project, talk: int) -> None:
    other = add_text(both.file, TALK + " Tot morgen.", "cas")
    with both.sibling(coder="Mia") as mia:
        code_words(mia.file, talk, "Goed zo", "bus")
        for coders in (["Hanne"], ["Hanne", "Jan", "Mia"], ["Hanne", "Piet"]):
            with pytest.raises(errors.BadInput):
                both.second_coding.disagreements(talk, coders=coders)
        with pytest.raises(errors.BadInput):
            both.second_coding.disagreements(other)
        code_words(both.file, other, "Tot morgen", "bus")
        with pytest.raises(errors.BadInput, match="Jan"):
            both.second_coding.disagreements(other, coders=["Hanne", "Jan"])
    with pytest.raises(errors.UnknownSource):
        both.second_coding.beside(1)


# -- talking over and settling -----------------------------------------------------------------------------------------


def test_ticking_settling_and_opening_again_are_one_undo_step_each(both: Project, talk: int) -> None:
    door, file = both.second_coding, both.file
    digests = [checking.digest(file)]
    door.tick(door.disagreements(talk)[0], " Jan hoort opluchting. ")
    first = door.disagreements(talk)[0]
    assert (first.state, first.note, first.by) == (State.DISCUSSED, "Jan hoort opluchting.", "Hanne")
    digests.append(checking.digest(file))
    door.settle(first, Outcome.SECOND, "Toch slaap.")
    assert layer(file, talk) == [("Goed zo", "slaap")]
    first = door.disagreements(talk)[0]
    assert (first.state, first.note) == (State.SETTLED, "Toch slaap.")
    assert [TALK[each.start : each.stop] for each in first.consensus] == ["Goed zo"]
    digests.append(checking.digest(file))
    door.settle(first, "not")
    assert layer(file, talk) == []
    assert (door.disagreements(talk)[0].state, door.disagreements(talk)[0].consensus) == (State.SETTLED, ())
    digests.append(checking.digest(file))
    door.tick(door.disagreements(talk)[0], "Andere nota.")
    assert (door.disagreements(talk)[0].state, door.disagreements(talk)[0].note) == (State.SETTLED, "Andere nota.")
    digests.append(checking.digest(file))
    door.settle(door.disagreements(talk)[0], "second")
    door.reopen(door.disagreements(talk)[0])
    assert (door.disagreements(talk)[0].state, layer(file, talk)) == (State.OPEN, [])
    assert both.history.label(both.history.entries(limit=1)[0]).endswith("'slaap' in bron 1")
    assert {each.coder for each in both.history.entries(limit=6)} == {"Hanne"}
    undo(file)
    undo(file)
    for digest in reversed(digests):
        assert checking.digest(file) == digest
        if digest != digests[0]:
            undo(file)
    for _ in range(6):
        redo(file)
    assert door.disagreements(talk)[0].state is State.OPEN
    assert both.history.check().ok


def test_what_both_gave_is_copied_once_and_by_the_borders_that_one_chose(both: Project, talk: int) -> None:
    door = both.second_coding
    before = checking.digest(both.file)
    for borders, words, valence in (
        (Outcome.FIRST, "Ik sliep niet", Valence.NEGATIVE),
        (Outcome.SECOND, "niet. Nu wel", Valence.POSITIVE),
        (Outcome.BOTH, "Ik sliep niet. Nu wel", Valence.MIXED),
    ):
        copied = door.settle_agreed(talk, borders=borders)
        assert (copied.judgements, copied.existed) == (1, 0)
        assert layer(both.file, talk) == [(words, "slaap")]
        assert [each.valence for each in door.consensus(talk)] == [valence]
        assert [each.state for each in door.judgements(talk)] == [State.SETTLED, State.OPEN, State.OPEN]
        again = door.settle_agreed(talk)
        assert (again.judgements, again.existed) == (0, 1)
        undo(both.file)
        assert checking.digest(both.file) == before
    with pytest.raises(errors.BadInput):
        door.settle_agreed(talk, borders="not")
    with pytest.raises(errors.BadInput, match="Jan"):
        door.settle(door.disagreements(talk)[1], Outcome.SECOND)


def test_a_fragment_over_several_turns_is_settled_turn_by_turn_and_grows_together_again(
    project: ProjectFile, jan: ProjectFile, talk: int
) -> None:
    door = Project(project).second_coding
    start, stop = find(project, talk, "Nu wel").start, find(project, talk, "Dat is").stop
    editing.apply_codes(project, [editing.Intent(talk, start, stop, "slaap")])
    code_words(jan, talk, "Goed zo", "slaap")
    for at in (0, 2, 1):
        door.settle(
            [each for each in door.judgements(talk) if each.state is not State.SETTLED][0 if at != 2 else 1], "first"
        )
    door.settle(door.judgements(talk)[3], "first")
    assert [(each.start, each.stop) for each in door.consensus(talk)] == [(start, stop)]
    door.settle(door.judgements(talk)[1], "not")
    assert [words for words, _ in layer(project, talk)] == ["Nu wel.", "Ja, en de bus komt weer.\nBert: Dat is"]
    door.settle(door.judgements(talk)[1], "second")
    assert [words for words, _ in layer(project, talk)] == [
        "Nu wel.",
        "Goed zo",
        "Ja, en de bus komt weer.\nBert: Dat is",
    ]
    door.settle(door.judgements(talk)[1], "both")
    assert [(each.start, each.stop) for each in door.consensus(talk)] == [(start, stop)]


def test_places_move_with_corrections_and_turns_and_stale_ones_are_refused(both: Project, talk: int) -> None:
    door, file = both.second_coding, both.file
    old = door.disagreements(talk)
    door.settle(old[1], "first", "De bus telt.")
    door.tick(old[0], "Open gelaten.")
    correct_words(file, talk, "Ik sliep niet", "Ik heb toen niet geslapen")
    assert [(each.state, each.note) for each in door.disagreements(talk)] == [
        (State.DISCUSSED, "Open gelaten."),
        (State.SETTLED, "De bus telt."),
    ]
    for act in (door.tick, door.reopen, lambda place: door.settle(place, "not")):
        with pytest.raises(errors.StaleText):
            act(old[0])
    now = door.disagreements(talk)
    editing.resize(file, now[1].given[0][0].coding_id, start=now[1].start, stop=now[1].start + 2)
    with pytest.raises(errors.StaleText):
        door.settle(now[1], "first")
    moved = replace(door.disagreements(talk)[0], start=door.disagreements(talk)[0].start + 1)
    with pytest.raises(errors.StaleText):
        door.settle(moved, "second")
    sentence = next(each for each in door.judgements(talk, unit="sentence") if each.consensus)
    for refused in (door.reopen, lambda place: door.settle(place, "not")):
        with pytest.raises(errors.StaleText):
            refused(sentence)
    door.tick(sentence, "Over deze zin.")  # talking over may be about any unit
    assert next(each for each in door.judgements(talk, unit="sentence") if each.consensus).note == "Over deze zin."


def test_a_place_is_found_again_where_turns_are_joined_or_cut(both: Project, talk: int) -> None:
    door, file = both.second_coding, both.file
    door.settle(door.disagreements(talk)[0], "second", "Toch slaap.")
    turn = sources.turns_of(file, talk)[2]
    source = both.sources.get(1)
    speaking.join_turn(file, source, turn.id)
    joined = door.judgements(talk)
    assert [(each.code, each.state) for each in joined] == [
        ("slaap", State.OPEN),
        ("bus", State.OPEN),
        ("slaap", State.SETTLED),
    ]
    assert joined[2].stop - joined[2].start > len("Goed zo.")
    door.reopen(joined[2])
    assert layer(file, talk) == []
    undo(file)
    undo(file)
    place = door.disagreements(talk)[0]
    turn = sources.turns_of(file, talk)[1]
    code_words(file, talk, "zo", "slaap")
    speaking.split_turn(file, source, turn.id, at=turn.start + 5, speaker=None)
    first, second = [each for each in door.judgements(talk) if each.start in (place.start, place.start + 5)]
    assert {first.state, second.state} == {State.SETTLED}
    door.reopen(first)
    states = {each.start: each.state for each in door.judgements(talk)}
    assert (states[first.start], states[second.start]) == (State.OPEN, State.SETTLED)
    assert layer(file, talk) == [("zo", "slaap")]


def test_the_consensus_is_nobody_in_agreement_unless_it_is_named(both: Project, talk: int) -> None:
    before = both.agreement.table()
    both.second_coding.settle_agreed(talk)
    after = both.agreement.table()
    assert [each.name for each in after.coders] == ["Hanne", "Jan"]
    assert after.rows == before.rows
    named = both.agreement.table(coders=["Hanne", CONSENSUS])
    assert [each.name for each in named.coders] == ["Hanne", CONSENSUS]
    assert [each.name for each in both.second_coding.coders(talk)] == ["Hanne", "Jan"]
    with both.sibling(coder="Mia") as mia:
        other = add_text(both.file, TALK + " Tot morgen.", "cas")
        code_words(mia.file, other, "Goed zo", "bus")
        assert [each.name for each in mia.agreement.table().coders] == ["Hanne", "Jan"]


def test_the_consensus_has_one_identity_in_every_copy(
    both: Project, talk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.verhalen"
    both.backup(copy)
    both.second_coding.settle_agreed(talk)
    monkeypatch.setenv("VERHALEN_HOME", str(tmp_path / "other-home"))
    with ProjectFile.open(copy, coder="Jan") as other:
        Project(other).second_coding.settle_agreed(talk, coders=["Hanne", "Jan"])
        theirs = [each.identity for each in codings.coders(other) if each.name == CONSENSUS]
    assert theirs == [each.identity for each in codings.coders(both.file) if each.name == CONSENSUS]


# -- what counts ---------------------------------------------------------------------------------------------------------


def test_the_consensus_counts_in_a_text_once_its_coders_say_so(both: Project, talk: int) -> None:
    door = both.second_coding

    def counted() -> dict[str, int]:
        table = both.crossing.table("role")
        found = {line.key: total for line, total in zip(table.rows, table.row_totals, strict=True)}
        assert len(coded_rows(both.file)) == len(placed_codings(both.file))
        return {"lines": len(coded_rows(both.file)), "slaap": found["slaap"], "bus": found["bus"]}

    def by_coder() -> dict[str, int]:
        table = both.crossing.table("coder")
        return {line.name: total for line, total in zip(table.columns, table.column_totals, strict=True)}

    assert counted() == {"lines": 4, "slaap": 2, "bus": 1}
    people = by_coder()
    door.settle(door.disagreements(talk)[0], "not")
    with pytest.raises(errors.BadInput):
        door.conclude(talk)
    door.settle(door.disagreements(talk)[1], "first")
    assert counted() == {"lines": 4, "slaap": 2, "bus": 1}  # what is settled does not count by itself yet
    door.give([talk], "Mia")
    with pytest.raises(errors.BadInput):
        door.conclude(talk)
    door.take_back(coder="Mia")
    assert door.concluded() == set()
    before = checking.digest(both.file)
    assert (door.conclude(talk).judgements, door.concluded()) == (1, {talk})
    assert layer(both.file, talk) == [("Ik sliep niet", "slaap"), ("Ja, en de bus komt weer", "bus")]
    assert counted() == {"lines": 2, "slaap": 1, "bus": 1}
    for found in (both.crossing.table("role"), both.relating.cooccurrence()):
        assert [each.values for each in found.notes if each.message == COUNTS] == [{"n": 1}]
    assert LEFT_OUT in [each.message for each in both.crossing.table("coder").notes]
    assert by_coder() == people == {"Hanne": 2, "Jan": 2}  # whoever compares coders wants the people
    assert study.coded(both.file) == study.Coded(coders=2, codings=4, texts=1, double=1)
    assert {each.coder for each in both.codings.of(talk)} == {"Hanne", "Jan", CONSENSUS}  # screens show all
    both.hide_others(True)
    assert counted() == {"lines": 2, "slaap": 1, "bus": 1}  # one's own
    both.hide_others(False)
    undo(both.file)
    assert checking.digest(both.file) == before
    door.conclude(talk)
    door.open_again(talk)
    assert counted() == {"lines": 4, "slaap": 2, "bus": 1}
    assert door.concluded() == set()
    with pytest.raises(errors.BadInput):
        door.open_again(talk)


def test_a_report_says_that_the_consensus_counts_and_is_not_built_blind(
    both: Project, talk: int, tmp_path: Path
) -> None:
    both.scores.import_domains(workspace.shipped_domains())
    both.scores.import_instruments(*workspace.shipped_instruments())
    source = tmp_path / "raad.md"
    source.write_text(
        "---\ntitel: Verslag\npubliek: intern\n---\n\n# Wie\n\n{{ aantal gezinnen }} gezinnen.\n", "utf-8"
    )

    def said() -> list[dict[str, object]]:
        built = both.reports.build(source, tmp_path / "raad.docx")
        return [each.values for each in built.warnings if each.message == COUNTS]

    assert said() == []
    for place in both.second_coding.disagreements(talk):
        both.second_coding.settle(place, "not")
    both.second_coding.conclude(talk)
    assert said() == [{"n": 1}]
    both.second_coding.give([talk], "Hanne")
    for refused in (
        lambda: both.reports.build(source, tmp_path / "raad.docx"),
        lambda: both.reports.check(tmp_path / "raad.docx"),
        lambda: both.reports.refresh(tmp_path / "raad.docx"),
        both.reports.previewer,
        lambda: both.reports.ladder(source),
        lambda: both.exchange.export(tmp_path / "alles.csv"),
        lambda: both.relating.write_tables(tmp_path / "tabel.csv"),
    ):
        with pytest.raises(errors.CodesBlind):
            refused()
    assert both.exchange.export(tmp_path / "codes.qdc").path.is_file()


# -- properties ------------------------------------------------------------------------------------------------------------

_TEXT = "\n".join(
    f"{name}: {words}" for name, words in zip("ABCAB", ("een twee", "drie", "vier vijf", "zes", "acht"), strict=True)
)
_MARKS = st.lists(
    st.tuples(st.sampled_from(["slaap", "bus"]), st.integers(0, len(_TEXT) - 1), st.integers(1, 20)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=examples(25))
@given(st.tuples(_MARKS, _MARKS), st.lists(st.sampled_from(list(Outcome)), min_size=1, max_size=8))
def test_disagreements_are_what_a_naive_count_says_and_settling_decides_each_once(
    drawn: tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]], outcomes: list[Outcome]
) -> None:
    with TemporaryDirectory() as folder, ProjectFile.create(Path(folder), coder="Hanne") as hanne:
        for key in ("slaap", "bus"):
            add_code(hanne, key)
        source = add_text(hanne, _TEXT)
        with hanne.sibling(coder="Jan") as jan:
            for coder, marks in zip((hanne, jan), drawn, strict=True):
                intents = [editing.Intent(source, at, min(len(_TEXT), at + size), key) for key, at, size in marks]
                editing.apply_codes(coder, intents)
        _look_at(Project(hanne), source, outcomes)


def _look_at(project: Project, source: int, outcomes: list[Outcome]) -> None:
    door = project.second_coding
    digest = checking.digest(project.file)
    turns = [(each.start, each.stop) for each in door.beside(source)]
    gave = {name: _given(project, source, name, turns) for name in ("Hanne", "Jan")}
    found = door.disagreements(source)
    assert {(each.start, each.code) for each in found} == gave["Hanne"] ^ gave["Jan"]
    table = project.agreement.table()
    assert len(found) == sum(len(row.disagreements) for row in table.rows)
    assert {(each.start, each.code) for each in door.judgements(source)} == gave["Hanne"] | gave["Jan"]
    decided = gave["Hanne"] & gave["Jan"]
    for at, place in enumerate(found):
        outcome = outcomes[at % len(outcomes)]
        if outcome in (Outcome.FIRST, Outcome.SECOND):
            outcome = Outcome.FIRST if place.given[0] else Outcome.SECOND
        door.settle(place, outcome)
        decided |= {(place.start, place.code)} if outcome is not Outcome.NOT else set()
    copied = door.settle_agreed(source)
    assert _given(project, source, CONSENSUS, turns) == decided
    assert all(each.state is State.SETTLED for each in door.judgements(source))
    spans = [(each.start, each.stop, each.code) for each in door.consensus(source)]
    assert len(spans) == len(set(spans))
    assert project.history.check().ok
    for _ in range(len(found) + bool(copied.judgements)):
        undo(project.file)
    assert checking.digest(project.file) == digest


def _given(project: Project, source: int, name: str, turns: list[tuple[int, int]]) -> set[tuple[int, str]]:
    """(turn, code) that somebody gave, looked up one by one."""
    own = [each for each in project.codings.of(source) if each.coder == name]
    return {(start, each.code) for each in own for start, stop in turns if each.start < stop and start < each.stop}


@settings(max_examples=examples(20))
@given(
    st.tuples(_MARKS, _MARKS),
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from([*Outcome, None])), min_size=1, max_size=10),
)
def test_whatever_is_settled_again_or_opened_each_turn_says_what_was_chosen_last(
    drawn: tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]], choices: list[tuple[int, Outcome | None]]
) -> None:
    with TemporaryDirectory() as folder, ProjectFile.create(Path(folder), coder="Hanne") as hanne:
        for key in ("slaap", "bus"):
            add_code(hanne, key)
        source = add_text(hanne, _TEXT)
        with hanne.sibling(coder="Jan") as jan:
            for coder, marks in zip((hanne, jan), drawn, strict=True):
                intents = [editing.Intent(source, at, min(len(_TEXT), at + size), key) for key, at, size in marks]
                editing.apply_codes(coder, intents)
        _choose(Project(hanne), source, choices)


def _choose(project: Project, source: int, choices: list[tuple[int, Outcome | None]]) -> None:
    door = project.second_coding
    chosen: dict[tuple[int, str], Outcome | None] = {}
    whole = {(each.start, each.stop) for each in project.codings.of(source)}
    for at, outcome in choices:
        places = door.judgements(source)
        if not places:  # all lies between turns
            return
        place = places[at % len(places)]
        if outcome is None:
            door.reopen(place)
        elif outcome in (Outcome.FIRST, Outcome.SECOND) and not place.given[outcome is Outcome.SECOND]:
            continue
        else:
            door.settle(place, outcome)
        chosen[place.start, place.code] = outcome
        now = {(each.start, each.code): each for each in door.judgements(source)}
        for key, judged in now.items():
            last = chosen.get(key)
            assert judged.state is (State.OPEN if last is None else State.SETTLED)
            borders = {(each.start, each.stop) for each in judged.consensus}
            assert borders == _borders(judged, last)
    turns = [(each.start, each.stop) for each in door.beside(source)]
    given = {key for key, outcome in chosen.items() if outcome not in (None, Outcome.NOT)}
    assert _given(project, source, CONSENSUS, turns) == given
    for each in door.consensus(source):
        # Over several turns only where a coder had it so.
        crossed = [start for start, _ in turns if each.start < start < each.stop]
        assert all(any(a < start < b for a, b in whole) for start in crossed)


def _borders(place: Judgement, outcome: Outcome | None) -> set[tuple[int, int]]:
    """Character by character what a choice takes over in the turn."""
    sides = {Outcome.FIRST: place.given[:1], Outcome.SECOND: place.given[1:], Outcome.BOTH: place.given}
    covered = {
        at for side in sides.get(outcome or Outcome.NOT, ()) for each in side for at in range(each.start, each.stop)
    }
    starts = sorted(at for at in covered if at - 1 not in covered)
    stops = sorted(at + 1 for at in covered if at + 1 not in covered)
    return set(zip(starts, stops, strict=True))
