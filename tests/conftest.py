"""What every test starts from: a home of its own, Dutch, and a project when it asks for one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from verhalen.i18n import set_language
from verhalen.store.project import ProjectFile

# Time is measured in bench/, never here: two busy cores would make every deadline flaky.
# The same examples each time, so that a run proves the change at hand; VERHALEN_EXPLORE=1 looks for new ones.
settings.register_profile("verhalen", deadline=None, derandomize=not os.environ.get("VERHALEN_EXPLORE"))
settings.load_profile("verhalen")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and machine data of this test alone; nothing of the user's is read or written."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("VERHALEN_HOME", str(folder))
    monkeypatch.setenv("VERHALEN_CODER", "Hanne")
    monkeypatch.setenv("LANGUAGE", "nl")
    monkeypatch.setenv("VERHALEN_NO_FROG", "1")  # seconds for every review, where it is installed
    for name in ("VERHALEN_LANG", "VERHALEN_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    set_language("nl")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    """An empty project of the coder Hanne."""
    with ProjectFile.create(tmp_path, coder="Hanne") as made:
        yield made


@pytest.fixture
def jan(project: ProjectFile) -> Iterator[ProjectFile]:
    """The same project on a connection of its own, with another coder at work."""
    with project.sibling(coder="Jan") as other:
        yield other
