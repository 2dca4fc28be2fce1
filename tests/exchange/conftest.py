"""A project with life domains, an instrument, three families and a few codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.exchange_data import BALANCE, DOMAINS

from verhalen.exchange.codebook_storing import store_codebook
from verhalen.i18n import set_language
from verhalen.model.act import Act
from verhalen.model.codebook import Code, Codebook
from verhalen.model.family import Person, Trajectory
from verhalen.store import families, scores
from verhalen.store.project import ProjectFile


@pytest.fixture(autouse=True)
def _in_english(home: Path) -> None:
    """After `home`, which speaks Dutch: the sentences of the sources need no catalogue."""
    set_language("en")


@pytest.fixture
def register(project: ProjectFile) -> ProjectFile:
    """The project with life domains, an instrument, three families and three codes."""
    with project.change(Act.IMPORT_DOMAINS) as writing:
        scores.put_domains(writing, DOMAINS)
        scores.put_instrument(writing, BALANCE)
        for key in ("G001", "G002", "G003"):
            number = families.add_family(writing, key, municipality="Oudermeer")
            families.put_person(writing, number, Person(f"{key}.moeder", "ouder"))
            families.put_person(writing, number, Person(f"{key}.kind1", "kind"))
        first = families.family_ids(project)["G001"]
        families.put_trajectory(writing, first, Trajectory(1, dt.date(2025, 1, 1), end=dt.date(2025, 6, 30)))
        families.put_trajectory(writing, first, Trajectory(2, dt.date(2025, 9, 1)))
    store_codebook(
        project,
        Codebook((Code("rol", "Rol"), Code("rol.vertrouwen", "Vertrouwen", parent="rol"), Code("ld", "Domeinen"))),
    )
    return project


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a text file in the test's own folder."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write
