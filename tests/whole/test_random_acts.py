"""Two coders do thousands of things by chance; all undone and all redone, each step gives the digest that it had."""

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

EXPLORING = bool(os.environ.get("VERHALEN_EXPLORE"))
ACTS, SEEDS = (3_000, [random.SystemRandom().randrange(1 << 30) for _ in range(4)]) if EXPLORING else (140, [4])
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
