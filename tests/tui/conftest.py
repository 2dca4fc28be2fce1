"""A small project with families, stories, scores and a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.at_rest import hurried
from tests.tui.frame import small_project

from verhalen.api.project import Project


@pytest.fixture(autouse=True, scope="session")
def _hurried() -> Iterator[None]:
    with hurried():
        yield


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Project]:
    """Two families, two stories, one text of the coder Hanne."""
    with small_project(tmp_path) as made:
        yield made
