"""A workspace to run commands in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.copies import copied

from verhalen.cli.main import run

Call = Callable[..., tuple[int, Any]]
"""Run a command as a coder; its exit code and what `--json` said."""


def _new(folder: Path) -> None:
    assert run(["new", str(folder)]) == 0


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "werk"
    copied(_new, folder)
    return folder


@pytest.fixture
def call(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    def do(*words: str, coder: str = "Hanne") -> tuple[int, Any]:
        capsys.readouterr()
        code = run(["-w", str(workspace), "--coder", coder, *words, "--json"])
        said = capsys.readouterr().out
        return code, json.loads(said) if said.strip() else None

    return do
