"""What every test starts from: a home of its own, Dutch, and a project when it asks for one."""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from tests import copies

from verhalen.i18n import set_language
from verhalen.scores import instruments
from verhalen.store import connection, migrations
from verhalen.store import project as project_file
from verhalen.store.project import ProjectFile

# Time is measured in bench/, never here: two busy cores would make every deadline flaky.
# The same examples each time, so that a run proves the change at hand; VERHALEN_EXPLORE=1 looks for new ones.
settings.register_profile("verhalen", deadline=None, derandomize=not os.environ.get("VERHALEN_EXPLORE"))
settings.load_profile("verhalen")


def pytest_collection_finish() -> None:
    """What was loaded stays: the collector need not walk through it, nor through a test for every few objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def parsed_once() -> Iterator[None]:
    """Every new project reads the shipped instruments: parse the same text once. What comes out of it is never changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(instruments, "_parse", functools.lru_cache(instruments._parse))
        yield


@pytest.fixture(autouse=True, scope="session")
def unsynced() -> Iterator[None]:
    """Do not wait for the disk at every commit: only a power cut would show the difference, and no test can make one."""
    configure = connection._configure

    def hurried(opened: sqlite3.Connection, *, read_only: bool, wal: bool) -> None:
        configure(opened, read_only=read_only, wal=wal)
        opened.execute("pragma synchronous = off")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "_configure", hurried)
        yield


@pytest.fixture(autouse=True, scope="session")
def laid_once() -> Iterator[None]:
    """Every new project begins with the same tables and triggers: lay them once, and copy the pages from memory."""
    tables = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    migrations.create(tables, project_id="", secret="")
    tables.execute("delete from setting")

    def copied(opened: Any, *, project_id: str, secret: str) -> None:
        if not isinstance(opened, sqlite3.Connection):  # SQLCipher's, which cannot take plain pages
            migrations.create(opened, project_id=project_id, secret=secret)
            return
        tables.backup(opened)
        opened.executemany("insert into setting values (?, ?)", [("project_id", project_id), ("secret", secret)])

    with pytest.MonkeyPatch.context() as patch, contextlib.closing(tables):
        patch.setattr(project_file, "create", copied)
        yield


@pytest.fixture(autouse=True, scope="session")
def kept_copies(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the projects lie that are made once."""
    copies.base = tmp_path_factory.mktemp("made-once")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and machine data of this test alone; nothing of the user's is read or written."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("VERHALEN_HOME", str(folder))
    monkeypatch.delenv("COLUMNS", raising=False)  # those who run the tests in parallel set it
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
