"""Compacting: the way back over old changes goes; the history, what merging knows and everything else stay as they were."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import (
    add_code,
    add_text,
    code_words,
    coded,
    correct_words,
    drawing,
    furnish,
    undo,
)
from tests.store.test_forget import say_the_canary_everywhere, traces, traces_in_tables, withdraw
from tests.store.test_masking import NAME, order
from tests.store.test_masking import traces as traces_of_name
from tests.whole.random_acts import Chance

from verhalen import errors
from verhalen.api.bundles import Bundles
from verhalen.api.history import History
from verhalen.api.project import Project
from verhalen.api.upkeep import Upkeep
from verhalen.coding import editing
from verhalen.model.act import Act
from verhalen.model.coding import Valence
from verhalen.model.ids import encode_id
from verhalen.store import (
    around,
    checking,
    compacting,
    compacting_rows,
    drafts,
    journal,
    masking,
    search,
    thin_texts,
    verdicts,
    versions,
)
from verhalen.store import codings as store_codings
from verhalen.store.exchange_log import Names, OwnLog, foreign_writes
from verhalen.store.project import ProjectFile
from verhalen.store.schema import JOURNALED


def what_merging_knows(project: ProjectFile) -> list[str]:
    """Everything that any change is said to have written."""
    log = OwnLog(project, Names(project))
    found = []
    for table in JOURNALED:
        rows = [row[0] for row in project.rows("select distinct row_id from change_row where tbl = ?", (table,))]
        found += [str(each) for each in (*log.writes(table, rows), *foreign_writes(project, rows=rows, table=table))]
    return sorted(found)


def busy(folder: Path, dice: random.Random, acts: int) -> tuple[ProjectFile, list[Chance]]:
    """A project in which two coders did and undid things by chance."""
    file = ProjectFile.create(folder, coder="Hanne")
    furnish(file)
    coders = [Chance(Project(each), dice, folder) for each in (file, file.sibling(coder="Jan"))]
    go_on(coders, dice, acts)
    return file, coders


def go_on(coders: list[Chance], dice: random.Random, acts: int) -> None:
    """More of the same."""
    for _ in range(acts):
        coder = dice.choice(coders)
        if dice.random() < 0.8:
            coder.act()
        else:
            coder.undo()


def middle(project: ProjectFile, part: float) -> int:
    """A change somewhere in the history."""
    numbers = [each.id for each in reversed(journal.history(project))]
    return numbers[int((len(numbers) - 1) * part)]


EXPLORING = bool(os.environ.get("VERHALEN_EXPLORE"))
SEEDS = [random.SystemRandom().randrange(1 << 30) for _ in range(20)] if EXPLORING else [1, 2]
"""VERHALEN_EXPLORE=1 takes others each time."""


def compact_all(project: ProjectFile) -> compacting.Found:
    """Everything, whatever its age."""
    return compacting.compact(project, project.last_change())


# -- merging -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_what_merging_knows_of_own_changes_is_the_same_after_compacting_however_often(
    tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    file, coders = busy(tmp_path, dice, 100)
    with file, coders[1].project:
        for part in (0.5, 0.8, 1.0):
            known, digest, limit = what_merging_knows(file), checking.digest(file), middle(file, part)
            told = verdicts.touched(file, file.number("select min(id) from verdict"))
            would = compacting.look(file, limit)
            done = compacting.compact(file, limit)
            assert (done.changes, done.images, done.versions) == (would.changes, would.images, would.versions)
            assert done.images > 0
            assert what_merging_knows(file) == known
            assert verdicts.touched(file, file.number("select min(id) from verdict")) == told
            assert checking.digest(file) == digest
            assert checking.problems(file) == []
            assert not compacting.look(file, limit)
            go_on(coders, dice, 20)


def contents(project: ProjectFile) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all journaled tables; of a source not the number of its version, but its text. And what is to be decided."""
    found = {}
    for table in JOURNALED:
        columns = [
            row[1] for row in project.rows(f"pragma table_info({table})") if (table, row[1]) != ("source", "version")
        ]
        found[table] = project.rows(f"select {', '.join(columns)} from {table} order by id")
    found["text"] = [
        (row[0], *_text(project, *row)) for row in project.rows("select id, version from source order by id")
    ]
    clashes = project.rows("select kind, tbl, row_id, field, sides from clash order by kind, tbl, row_id, field")
    found["clash"] = [(*row[:4], *(each["value"] for each in json.loads(row[4]))) for row in clashes]
    return found


def _text(project: ProjectFile, source: int, version: int) -> tuple[str, str]:
    row = project.row("select text, lemmas from text_version where source_id = ? and version = ?", (source, version))
    assert row is not None
    return row[0], row[1]


class Copies:
    """Copies of one project, each on a machine of its own."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._folder, self._patch = folder, patch

    def at(self, name: str) -> Path:
        """The folder of a copy; from now on we are on its machine."""
        (self._folder / name).mkdir(exist_ok=True)
        self._patch.setenv("VERHALEN_HOME", str(self._folder / name / "home"))
        return self._folder / name

    def open(self, name: str) -> ProjectFile:
        """A copy, opened by the one whose it is."""
        coder = "Jan" if name.startswith("jan") else "Hanne"
        return ProjectFile.open(self.at(name) / "project.verhalen", coder=coder)

    def copy(self, name: str, new: str) -> None:
        """The same again, with the same people."""
        shutil.copytree(self._folder / name, self._folder / new)

    def work(self, name: str, dice: random.Random, acts: int) -> None:
        """Do things by chance."""
        with self.open(name) as file:
            go_on([Chance(Project(file), dice, self._folder / name)], dice, acts)

    def send(self, name: str, other: str) -> None:
        """Everything from one copy to another."""
        path = self._folder / f"{name}.{other}.bundel"
        path.unlink(missing_ok=True)
        with self.open(name) as file:
            Bundles(file).out(path, passphrase="geheim woord")
        with self.open(other) as file:
            Bundles(file).take_in(path, passphrase="geheim woord")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_work_of_copies_comes_together_the_same_whether_one_was_compacted_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dice, copies = random.Random(seed), Copies(tmp_path, monkeypatch)
    file, coders = busy(copies.at("hanne"), dice, 40)
    coders[1].project.close()
    file.close()
    copies.copy("hanne", "jan")
    copies.work("hanne", dice, 40)
    copies.work("jan", dice, 30)
    copies.send("jan", "hanne")
    copies.work("hanne", dice, 30)
    copies.work("jan", dice, 20)
    copies.copy("hanne", "hanne2")
    copies.copy("jan", "jan2")
    with copies.open("hanne") as file:
        assert compacting.compact(file, middle(file, dice.choice((0.5, 0.8, 1.0)))).images
    copies.send("jan", "hanne")
    copies.send("jan", "hanne2")
    with copies.open("hanne") as one, copies.open("hanne2") as other:
        assert contents(one) == contents(other)
        assert checking.problems(one) == checking.problems(other) == []
    copies.send("hanne", "jan")
    copies.send("hanne2", "jan2")
    with copies.open("jan") as one, copies.open("jan2") as other:
        assert contents(one) == contents(other)
        assert checking.problems(one) == checking.problems(other) == []


def test_a_copy_that_still_uses_what_was_removed_here_long_ago_may_keep_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = Copies(tmp_path, monkeypatch)
    with ProjectFile.create(copies.at("hanne"), coder="Hanne") as file:
        source = add_text(file)
        add_code(file, "slaap")
        coding = code_words(file, source, "Ik sliep niet", "slaap")
        editing.set_valence(file, coding, Valence.NEGATIVE)
    copies.copy("hanne", "jan")
    with copies.open("hanne") as file:
        editing.remove_codings(file, [coding])
        assert compact_all(file).images == 1
    with copies.open("jan") as file:
        editing.set_memo(file, coding, "Zelf ook.")
    copies.send("jan", "hanne")
    with copies.open("hanne") as file:
        assert file.rows("select valence, memo from coding where id = ?", (coding,)) == [("negative", "Zelf ook.")]
        assert [each.kind for each in Bundles(file).decisions()] == ["removed"]


# -- undo --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_what_can_still_be_undone_is_undone_to_the_last_letter_as_without_compacting(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    file, coders = busy(tmp_path, dice, 120)
    (tmp_path / "heel").mkdir()
    file.copy_to(tmp_path / "heel" / "project.verhalen")
    whole = ProjectFile.open(tmp_path / "heel" / "project.verhalen", coder="Hanne")
    done = 0
    with file, coders[1].project, whole, whole.sibling(coder="Jan") as jan:
        compacting.compact(file, middle(file, 0.5))
        pairs = [(History(file), History(whole)), (coders[1].project.history, History(jan))]
        for _ in range(60):
            here, there = dice.choice(pairs)
            able = [each.id for each in journal.undoable(file, here._file.coder_id, limit=None)]
            change = encode_id(dice.choice(able)) if able else ""
            act = History.redo if dice.random() < 0.25 else lambda history, change=change: history.undo(change)
            results = [_tried(act, history) for history in (here, there)]
            if results[0] == "NothingToRedo" != results[1]:
                break  # what was to be redone was cleaned up
            assert results[0] == results[1]
            assert contents(file) == contents(whole)
            done += results[0] == ""
        assert checking.problems(file) == []
    assert done > 5


def _tried(act: Callable[[History], object], history: History) -> str:
    """Nothing where it went well, or what refused it."""
    try:
        act(history)
    except errors.VerhalenError as error:
        return type(error).__name__
    return ""


def test_a_change_that_was_cleaned_up_stays_in_the_history_and_is_refused_in_plain_words(project: ProjectFile) -> None:
    source = add_text(project)
    add_code(project, "slaap")
    coding = code_words(project, source, "Ik sliep niet", "slaap")
    editing.set_valence(project, coding, Valence.NEGATIVE)
    old = journal.history(project)
    labels = [History(project).label(each) for each in old]
    changed = project.last_change()
    assert compact_all(project).changes == 2
    history = History(project)
    assert [each.act for each in history.entries(limit=1)] == [Act.COMPACT]
    assert [history.label(each) for each in history.entries()[1:]] == labels
    with pytest.raises(errors.NothingKept, match=r"niet meer|any more"):
        history.undo(encode_id(changed))
    assert history.details(old[0]).cleared
    assert history.details(old[0]).rows == ()
    with pytest.raises(errors.CannotUndo):  # of an older one nothing went, but a coding hangs on it
        history.undo()


def test_a_redo_of_what_was_undone_since_is_still_there_after_compacting(project: ProjectFile) -> None:
    source = add_text(project)
    add_code(project, "slaap")
    limit = project.last_change()
    code_words(project, source, "Ik sliep niet", "slaap")
    before = checking.digest(project)
    undo(project)
    correct = journal.history(project, limit=1)[0].id
    compacting.compact(project, limit)
    compacting.compact(project, correct)
    History(project).redo()
    assert checking.digest(project) == before


# -- texts -------------------------------------------------------------------------------------------------------------


@given(texts=st.lists(st.text("abÿ 😀\n", min_size=1, max_size=12), min_size=2, max_size=6))
def test_a_text_is_built_again_from_how_it_differs_from_a_later_one(texts: list[str]) -> None:
    for text, later in pairwise(texts):
        assert thin_texts.difference(text, later=2, than=later).of(later) == text


def test_older_versions_of_a_text_take_hardly_any_room_and_are_still_known_to_the_letter(project: ProjectFile) -> None:
    source = add_text(project, "Anna: Ik sliep niet. " * 200)
    for number in range(20):
        correct_words(project, source, "sliep niet", f"sliep {number} keer niet zo goed")
    before = thin_texts.texts(project, source)
    texts = {number: versions.text_of(project, source, number) for number in before}
    done = compact_all(project)
    assert done.versions == 20
    assert thin_texts.texts(project, source) == before
    assert {number: versions.text_of(project, source, number) for number in before} == texts
    assert project.number("select sum(length(text) + length(lemmas)) from text_version") < 3 * 4_200
    assert checking.problems(project) == []
    assert len(list(search.matching_texts(project, ["sliep"], ["slapen"]))) == 1
    correct_words(project, source, "sliep 3 keer", "droomde")
    undo(project)
    assert editing.text_now(project, source) == before[21]
    with pytest.raises(errors.NothingKept):
        History(project).undo(encode_id(journal.history(project)[5].id))


# -- what is withdrawn or masked afterwards ----------------------------------------------------------------------------


def test_after_compacting_a_withdrawal_leaves_not_a_byte(project: ProjectFile) -> None:
    there = furnish(project)
    say_the_canary_everywhere(project, there)
    assert compact_all(project).images
    assert "foreign_row" in traces_in_tables(project)
    assert withdraw(project, family=there.family, story=there.story)
    assert traces(project) == []
    assert traces_in_tables(project) == []
    assert checking.problems(project) == []


def test_a_text_that_was_cleaned_up_is_known_again_when_somebody_types_an_older_version_after_it_was_withdrawn(
    project: ProjectFile,
) -> None:
    from verhalen.store import forget

    source = add_text(project, "Anna: Ik sliep niet.")
    correct_words(project, source, "sliep", "droomde")
    correct_words(project, source, "Anna", "Bert")
    compact_all(project)
    withdraw(project, source=source)
    assert forget.is_forgotten_text(project, "anna: ik DROOMDE niet")


def test_after_compacting_a_mask_takes_the_name_from_everything_and_codings_stay_on_their_words(
    project: ProjectFile,
) -> None:
    add_code(project, "slaap")
    source = add_text(project, f"{NAME}: Ik slaap slecht.\nBert: Dag {NAME}.", title=f"gesprek met {NAME}")
    coding = code_words(project, source, "Ik slaap slecht", "slaap")
    editing.set_memo(project, coding, NAME)
    editing.set_memo(project, coding, f"Zei {NAME}.")
    correct_words(project, source, "slecht", f"slecht, zei {NAME}")
    assert compact_all(project).images
    assert "foreign_row" in traces_of_name(project)
    assert masking.mask(project, order(project, source))
    assert traces_of_name(project) == []
    assert [words for _, _, words in coded(project)] == ["Ik slaap slecht, zei [persoon 1]"]
    assert checking.problems(project) == []


# -- files and notes ---------------------------------------------------------------------------------------------------


def test_files_of_what_was_removed_go_and_so_does_the_way_back_to_them(project: ProjectFile) -> None:
    there = furnish(project)
    with project.change(Act.ATTACH, there.story) as writing:
        kept = around.add_attachment(writing, there.story, drawing(b"blijft"), b"blijft", coder_id=project.coder_id)
    with project.change(Act.ATTACH, there.story) as writing:
        gone = around.add_attachment(writing, there.story, drawing(b"weg"), b"weg", coder_id=project.coder_id)
    with project.change(Act.DETACH, there.story) as writing:
        around.remove_attachment(writing, gone)
    removed = project.last_change()
    source = add_text(project, "Cas: De bus is stil.", "cas")
    drafts.keep_view(project, f"bron:{source}", "3")
    drafts.keep_view(project, f"bron:{there.source}", "4")
    undo(project)
    would = compacting.look(project, project.last_change())
    done = compact_all(project)
    assert (would.files, done.files) == (2, 2)
    assert around.attachment_bytes(project, kept) == b"blijft"
    assert project.rows("select attachment_id from attachment_bytes where attachment_id = ?", (gone,)) == []
    assert project.rows("select 1 from original where source_id = ?", (source,)) == []
    assert (drafts.view(project, f"bron:{source}"), drafts.view(project, f"bron:{there.source}")) == ("", "4")
    with pytest.raises(errors.NothingKept):
        History(project).undo(encode_id(removed))
    with pytest.raises(errors.NothingToRedo):
        History(project).redo()


def test_what_was_removed_lately_keeps_its_files(project: ProjectFile) -> None:
    limit = project.last_change()
    source = add_text(project)
    undo(project)
    assert compacting.compact(project, limit).files == 0
    History(project).redo()
    assert project.number("select count(*) from original where source_id = ?", (source,)) == 1


# -- room, locks and kills ---------------------------------------------------------------------------------------------


def much(folder: Path, *, codings: int, corrections: int) -> ProjectFile:
    """A project in which many codings were changed, and moved by corrections."""
    project = ProjectFile.create(folder, coder="Hanne")
    source = add_text(project, "Anna: Ik sliep niet. " * 100)
    code = add_code(project, "slaap")
    with project.change(Act.IMPORT_CODINGS) as writing:
        rows = [(source, 30 + n % 1900, 35 + n % 1900, code, project.coder_id, "none", "") for n in range(codings)]
        store_codings.add_codings(writing, rows)
    for valence in ("positive", "negative"):
        with project.change(Act.VALENCE) as writing:
            writing.execute("update coding set valence = ?", (valence,))
    for number in range(corrections):
        correct_words(project, source, "Anna", f"Anna {number}")
    return project


def test_a_project_with_many_changed_codings_becomes_much_smaller(tmp_path: Path) -> None:
    with much(tmp_path, codings=5_000, corrections=3) as project:
        known, digest = what_merging_knows(project), checking.digest(project)
        upkeep = Upkeep(project)
        would = upkeep.compact(everything=True)
        done = upkeep.compact(everything=True, really=True)
        assert (would.changes, would.images, would.versions) == (done.changes, done.images, done.versions)
        assert done.images >= 25_000
        assert done.after_bytes < 0.4 * done.before_bytes
        assert abs(would.after_bytes - done.after_bytes) < 0.25 * done.before_bytes
        assert done.clean
        assert (what_merging_knows(project), checking.digest(project)) == (known, digest)
        assert checking.problems(project) == []
        assert upkeep.compact(everything=True).is_empty


def test_it_works_in_steps_and_what_was_stopped_half_way_is_whole_and_finished_later(tmp_path: Path) -> None:
    with much(tmp_path, codings=2_000, corrections=2) as project:
        known, digest, limit = what_merging_knows(project), checking.digest(project), project.last_change()
        steps = 0

        def stop() -> None:
            nonlocal steps
            steps += 1
            if steps == 3:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            compacting.compact(project, limit, on_step=stop)
        assert (what_merging_knows(project), checking.digest(project)) == (known, digest)
        assert checking.problems(project) == []
        assert journal.history(project, limit=1)[0].act is not Act.COMPACT
        left = compacting.look(project, limit)
        assert 0 < left.images < 8_000
        assert compacting.compact(project, limit).images == left.images
        assert (what_merging_knows(project), checking.digest(project)) == (known, digest)
        assert journal.history(project, limit=1)[0].act is Act.COMPACT


def test_no_step_holds_more_lines_than_others_can_wait_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compacting_rows, "AT_ONCE", 100)
    with much(tmp_path, codings=300, corrections=1) as project:
        frame = compacting_rows.Frame(project, project.last_change()).look()
        for table, rows in compacting_rows.batches(frame):
            made = compacting_rows.plan(frame, table, rows)
            assert len(made.gone) + len(made.emptied) <= 100


def test_what_somebody_else_stores_between_two_steps_is_kept(tmp_path: Path) -> None:
    with much(tmp_path, codings=2_000, corrections=1) as project, project.sibling(coder="Jan") as jan:
        coding = project.number("select max(id) from coding")
        limit = project.last_change()

        def change_it() -> None:
            if project.last_change() == limit:
                editing.set_memo(jan, coding, "Van Jan.")

        compacting.compact(project, limit, on_step=change_it)
        assert project.rows("select memo from coding where id = ?", (coding,)) == [("Van Jan.",)]
        assert undo(jan).undone_change > limit
        assert project.rows("select memo, valence from coding where id = ?", (coding,)) == [("", "negative")]
        assert checking.problems(project) == []


def test_while_another_window_is_open_the_file_is_not_rewritten_and_says_so(tmp_path: Path) -> None:
    with much(tmp_path, codings=100, corrections=1) as project:
        with project.sibling(coder="Jan") as jan:
            assert jan.last_change()
            done = Upkeep(project).compact(everything=True, really=True)
            assert (done.clean, done.images > 0) == (False, True)
            add_code(jan, "later")
        again = Upkeep(project).compact(everything=True, really=True)
        assert (again.clean, again.is_empty) == (True, True)
        assert again.after_bytes < done.before_bytes
        assert project.rows("pragma journal_mode") == [("wal",)]
        with project.sibling(coder="Jan") as jan:
            add_code(jan, "straks")


COMPACTING_PROCESS = """
import sys
from pathlib import Path
from verhalen.store import compacting
from verhalen.store.project import ProjectFile
with ProjectFile.open(Path(sys.argv[1]), coder="Hanne") as project:
    compacting.compact(project, project.last_change(), on_step=lambda: print("stap", flush=True))
    compacting.give_room_back(project)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_after_a_kill_at_any_step_the_project_is_whole_and_a_second_run_finishes(tmp_path: Path) -> None:
    with much(tmp_path, codings=3_000, corrections=2) as project:
        known, digest = what_merging_knows(project), checking.digest(project)
        limit = project.last_change()
    chance = random.Random(3)
    for steps in (1, 2, 3):
        process = subprocess.Popen(
            [sys.executable, "-c", COMPACTING_PROCESS, str(project.path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for _ in range(steps):
            process.stdout.readline()
        time.sleep(chance.random() / 50)
        process.send_signal(signal.SIGKILL)
        process.stdout.close()
        process.wait(timeout=60)
        with ProjectFile.open(project.path, coder="Hanne") as again:
            assert checking.problems(again) == []
            assert (what_merging_knows(again), checking.digest(again)) == (known, digest)
    with ProjectFile.open(project.path, coder="Hanne") as again:
        compacting.compact(again, limit)
        assert not compacting.look(again, limit)
        assert (what_merging_knows(again), checking.digest(again)) == (known, digest)
        assert checking.problems(again) == []


# -- how old -----------------------------------------------------------------------------------------------------------


def test_only_what_is_older_than_so_many_days_goes(project: ProjectFile) -> None:
    source = add_text(project)
    add_code(project, "slaap")
    coding = code_words(project, source, "Ik sliep niet", "slaap")
    editing.set_valence(project, coding, Valence.NEGATIVE)
    with project.note() as writing:
        writing.execute("update change set time = '2020-01-01T00:00:00.000Z'")
    editing.set_valence(project, coding, Valence.POSITIVE)
    assert Upkeep(project).compact().images == 1
    assert Upkeep(project).compact(0).images == 2
    assert Upkeep(project).compact(10_000).is_empty
    assert Upkeep(project).compact(10**12).is_empty
    with pytest.raises(errors.BadInput):
        Upkeep(project).compact(-1)
    assert Upkeep(project).compact(really=True).images == 1
    undo(project)
    assert project.rows("select valence from coding") == [("negative",)]
    with pytest.raises(errors.NothingKept):
        History(project).undo(encode_id(journal.history(project)[-4].id))


def test_an_encrypted_project_is_compacted_too(tmp_path: Path) -> None:
    pytest.importorskip("sqlcipher3")
    with ProjectFile.create(tmp_path, coder="Hanne", passphrase="geheim") as project:
        source = add_text(project)
        add_code(project, "slaap")
        editing.set_memo(project, code_words(project, source, "Ik sliep niet", "slaap"), "Nog bellen.")
        done = Upkeep(project).compact(everything=True, really=True)
        assert (done.images, done.clean) == (1, True)
        assert checking.problems(project) == []
    with ProjectFile.open(tmp_path / "project.verhalen", coder="Hanne", passphrase="geheim") as project:
        assert checking.problems(project) == []


def test_a_project_that_may_not_be_written_says_so(project: ProjectFile) -> None:
    project.read_only_reason = "een ander venster"
    with pytest.raises(errors.ReadOnlyProject):
        Upkeep(project).compact(everything=True, really=True)
