"""A process that is killed at any moment loses nothing that it acknowledged, and leaves a whole file."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.builders import add_code, add_text, coded

from verhalen.model.query import FragmentQuery
from verhalen.store import checking, codings
from verhalen.store.project import ProjectFile

CODING_PROCESS = Path(__file__).with_name("coding_process.py")
KILLS = int(os.environ.get("VERHALEN_KILLS", "12"))
"""How often; a longer run: VERHALEN_KILLS=500 pytest tests/store/test_crash.py"""


def start(project: Path, *, coder: str, source: int, code: str, count: int) -> subprocess.Popen[str]:
    """Begin to code in a process of its own."""
    command = [sys.executable, str(CODING_PROCESS), str(project), coder, str(source), code, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def prepared(folder: Path) -> tuple[Path, int]:
    """A closed project with one text and two codes."""
    with ProjectFile.create(folder, coder="Hanne") as project:
        source = add_text(project, "Anna: Ik sliep niet. " * 50)
        add_code(project, "rol")
        add_code(project, "tijd")
    return project.path, source


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_what_was_acknowledged_before_a_kill_is_there_and_the_file_is_whole(tmp_path: Path) -> None:
    path, source = prepared(tmp_path)
    chance = random.Random(7)
    acknowledged: set[int] = set()
    for _ in range(KILLS):
        process = start(path, coder=f"Mieke {len(acknowledged)}", source=source, code="rol", count=0)
        assert process.stdout is not None
        # The moment: after some number of lines, and then somewhere in the work on the next.
        for _ in range(chance.randrange(1, 30)):
            acknowledged.add(int(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
        acknowledged.update(int(line) for line in process.stdout.read().splitlines(keepends=True) if line[-1] == "\n")
        process.stdout.close()
        assert process.wait(timeout=60) == -signal.SIGKILL
        with ProjectFile.open(path, coder="Hanne") as project:
            assert checking.problems(project) == []
            stored = {each.coding.id for each in codings.fragments(project, FragmentQuery())}
            assert acknowledged <= stored
            # At most one more: stored, but killed before the word of it was out.
            assert len(stored - acknowledged) <= 1
            acknowledged = stored


def test_two_processes_that_write_at_once_both_store_everything(tmp_path: Path) -> None:
    path, source = prepared(tmp_path)
    running = [
        start(path, coder=coder, source=source, code=code, count=60)
        for coder, code in (("Hanne", "rol"), ("Jan", "tijd"))
    ]
    told = [process.communicate(timeout=120)[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert [len(set(numbers)) for numbers in told] == [60, 60]
    with ProjectFile.open(path, coder="Hanne") as project:
        counts = [sum(coder == who for coder, _, _ in coded(project)) for who in ("Hanne", "Jan")]
        assert counts == [60, 60]
        assert checking.problems(project) == []
