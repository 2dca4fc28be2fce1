"""Two coders do thousands of things by chance. All undone and all redone, each step gives the digest that it had; and
whatever one of them undoes in between, by name or not, is back as it was when redone, or refused and left as it was."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest
from tests.builders import furnish
from tests.whole.random_acts import Chance

from verhalen.api.project import Project
from verhalen.store import checking
from verhalen.store.project import ProjectFile
from verhalen.store.schema import JOURNALED

EXPLORING = bool(os.environ.get("VERHALEN_EXPLORE"))
ACTS, SEEDS = (3_000, [random.SystemRandom().randrange(1 << 30) for _ in range(4)]) if EXPLORING else (120, [4])
"""How many acts in a row; VERHALEN_EXPLORE=1 does thousands, other ones each time."""
CHECK_EVERY = 50


@pytest.mark.parametrize("seed", SEEDS)
def test_thousands_of_acts_of_two_coders_are_undone_and_redone_to_the_letter(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    with ProjectFile.create(tmp_path, coder="Hanne") as file, file.sibling(coder="Jan") as other:
        furnish(file)
        coders = [Chance(Project(each), dice, tmp_path) for each in (file, other)]
        done = _do(file, coders, acts=ACTS)
        kinds = Counter(name for _, name, _ in done)
        assert len(kinds) > 25, "the dice must come to nearly every act"

        for number, (coder, name, before) in enumerate(reversed(done)):
            coder.project.history.undo()
            assert checking.digest(file) == before, f"undo of {name}"
            _check_sometimes(file, number)
        for number, (coder, name, _) in enumerate(done):
            coder.project.history.redo()
            after = done[number + 1][2] if number + 1 < len(done) else None
            assert after in (None, checking.digest(file)), f"redo of {name}"
            _check_sometimes(file, number)
        assert checking.problems(file) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_two_coders_undo_between_their_acts_a_redo_brings_back(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    with ProjectFile.create(tmp_path, coder="Hanne") as file, file.sibling(coder="Jan") as other:
        furnish(file)
        coders = [Chance(Project(each), dice, tmp_path) for each in (file, other)]
        turned = 0
        for number in range(ACTS):
            coder = dice.choice(coders)
            if dice.random() < 0.7:
                coder.act()
                continue
            digest, before = checking.digest(file), _contents(file)
            if not coder.undo():
                assert checking.digest(file) == digest
            elif dice.random() < 0.5:
                coder.project.history.redo()
                assert _contents(file) == before
                turned += 1
            _check_sometimes(file, number)
        assert turned > ACTS // 30
        assert checking.problems(file) == []


def _contents(file: ProjectFile) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all journaled tables; of a source not the number of its version, but its text."""
    found = {}
    for table in JOURNALED:
        columns = [
            row[1] for row in file.rows(f"pragma table_info({table})") if (table, row[1]) != ("source", "version")
        ]
        found[table] = file.rows(f"select {', '.join(columns)} from {table} order by id")
    found["text"] = file.rows(
        "select source.id, text from source join text_version now"
        " on now.source_id = source.id and now.version = source.version order by source.id"
    )
    return found


def _do(file: ProjectFile, coders: list[Chance], *, acts: int) -> list[tuple[Chance, str, str]]:
    """What was done, by whom, and the digest before; what was refused left everything as it was."""
    done: list[tuple[Chance, str, str]] = []
    digest, newest = checking.digest(file), file.last_change()
    for number in range(acts):
        coder = coders[0].one(coders)
        name = coder.act()
        after = checking.digest(file)
        if file.last_change() == newest:
            assert after == digest, f"{name or 'what was refused'} left something behind"
        else:
            assert name, "what was refused stands in the history"
            done.append((coder, name, digest))
        digest, newest = after, file.last_change()
        _check_sometimes(file, number)
    return done


def _check_sometimes(file: ProjectFile, number: int) -> None:
    if number % CHECK_EVERY == 0:
        assert checking.problems(file) == []
