"""A newer version of a long text with many codings, compared and stored; and a whole turn corrected."""

from __future__ import annotations

import random
from pathlib import Path

from bench.measure import Figure, best_ms
from bench.workload import WORDS, coding_rows, fill, long_text, make_project, turns_of
from verhalen.coding.correcting import correct_turn
from verhalen.coding.differing import differences
from verhalen.coding.editing import text_now
from verhalen.coding.renewing import apply, plan
from verhalen.model.text import Reading
from verhalen.store import sources

CHARACTERS = 60_000
LONG = 500_000


def figures(folder: Path) -> list[Figure]:
    """Comparing and storing, correcting a turn, comparing a very long text."""
    return [_newer(folder), _turn(folder), _long()]


def retyped(text: str, *, seed: int = 5) -> str:
    """One word in twenty is another one."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) if chance.random() < 0.05 else word for word in text.split(" "))


def _newer(folder: Path) -> Figure:
    project, source_ids, code_ids = make_project(folder / "newer", texts=1, characters=CHARACTERS)
    rows = coding_rows(500, source_ids=source_ids, code_ids=code_ids, coder=project.coder_id, characters=CHARACTERS)
    fill(project, rows)
    text = retyped(long_text(CHARACTERS, seed=0))
    newer = Reading("t0", text, tuple(turns_of(text)), (), text.encode(), ".txt")
    ours = best_ms(lambda: apply(project, plan(project, source_ids[0], newer)), times=1)
    project.close()
    return Figure(f"a newer version of {CHARACTERS:,} characters with 500 codings", ours, None, "1,000 ms")


def _turn(folder: Path) -> Figure:
    project, source_ids, code_ids = make_project(folder / "turn", texts=1, characters=CHARACTERS)
    rows = coding_rows(5_000, source_ids=source_ids, code_ids=code_ids, coder=project.coder_id, characters=CHARACTERS)
    fill(project, rows)
    turn = sources.turns_of(project, source_ids[0])[20]
    words = text_now(project, source_ids[0])[turn.start : turn.stop]
    ours = best_ms(
        lambda: correct_turn(
            project, source_ids[0], turn.id, before=words, after=f"Allez, {words[:-5]}x{words[-5:]} ja"
        ),
        times=1,
    )
    project.close()
    return Figure(f"a turn corrected in three places, {CHARACTERS:,} characters, 5,000 codings", ours, None, "500 ms")


def _long() -> Figure:
    old = long_text(LONG)
    new = retyped(old)
    return Figure(
        f"two versions of {LONG:,} characters compared",
        best_ms(lambda: differences(old, new), times=1),
        None,
        "3,000 ms",
    )
